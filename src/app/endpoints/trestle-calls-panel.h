/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleCallsPanel:
 *
 * Calls of an endpoint over time, from the local history: how many, and how long they took. Property:
 * "narrow" (boolean: one chart below the other). Signal "changed": other calls than before.
 */
#define TRESTLE_TYPE_CALLS_PANEL (trestle_calls_panel_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCallsPanel, trestle_calls_panel, TRESTLE, CALLS_PANEL, GtkWidget)

/** trestle_calls_panel_load: reads the history again; @created: µs, older calls were of another endpoint */
void trestle_calls_panel_load (TrestleCallsPanel *self,
                               TrestleSession *session,
                               const char *endpoint,
                               gint64 created);

/** trestle_calls_panel_get_calls: Returns: (transfer none) (nullable): #TrestleInvocation, newest first */
GListModel *trestle_calls_panel_get_calls (TrestleCallsPanel *self);

G_END_DECLS
