/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "invoke/trestle-call-row.h"

G_BEGIN_DECLS

/**
 * TrestleHistoryPane:
 *
 * Calls of an endpoint, newest first, with their latencies. Signal "recall" (#TrestleInvocation): one was chosen.
 */
#define TRESTLE_TYPE_HISTORY_PANE (trestle_history_pane_get_type ())
G_DECLARE_FINAL_TYPE (TrestleHistoryPane, trestle_history_pane, TRESTLE, HISTORY_PANE, GtkWidget)

/** trestle_history_pane_set_calls: @invocations: #GListModel of #TrestleInvocation, newest first */
void trestle_history_pane_set_calls (TrestleHistoryPane *self, GListModel *invocations);
/** trestle_history_pane_prepend: a call that has just been made; it is not chosen */
void trestle_history_pane_prepend (TrestleHistoryPane *self, TrestleInvocation *invocation);
/** trestle_history_pane_get_usual: Returns: median latency in µs of the calls that were answered; 0 without any */
gint64 trestle_history_pane_get_usual (TrestleHistoryPane *self);

G_END_DECLS
