/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestlePingChart:
 *
 * Answers to /ping as dots over time; loading and load are shaded spans. A table has the same.
 */
#define TRESTLE_TYPE_PING_CHART (trestle_ping_chart_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePingChart, trestle_ping_chart, TRESTLE, PING_CHART, GtkWidget)

/** trestle_ping_chart_set_pings: @pings: (nullable): a #GListModel of #TrestleContainerPing, followed */
void trestle_ping_chart_set_pings (TrestlePingChart *self, GListModel *pings);

/** trestle_ping_chart_dup_summary: Returns: (transfer full): "40 asked, 33 healthy" */
char *trestle_ping_chart_dup_summary (GListModel *pings);

G_END_DECLS
