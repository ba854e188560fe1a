/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/trestle-chart.h"

G_BEGIN_DECLS

/**
 * TrestleChartCard:
 *
 * A chart with heading and legend, and the same as a table. Properties: "title", "as-table" (boolean),
 * "nothing" (what is said while there are no values).
 */
#define TRESTLE_TYPE_CHART_CARD (trestle_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (TrestleChartCard, trestle_chart_card, TRESTLE, CHART_CARD, GtkWidget)

/** trestle_chart_card_begin: as trestle_chart_begin() */
void trestle_chart_card_begin (TrestleChartCard *self, gint64 from, gint64 step, guint n_steps);

/** trestle_chart_card_add: as trestle_chart_add() */
void trestle_chart_card_add (TrestleChartCard *self,
                             const char *name,
                             TrestleChartHue hue,
                             const double *values,
                             gboolean bars);

/** trestle_chart_card_end: shows what was added since _begin() */
void trestle_chart_card_end (TrestleChartCard *self);

G_END_DECLS
