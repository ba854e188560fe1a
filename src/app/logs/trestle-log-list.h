/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "logs/trestle-log-row.h"
#include "logs/trestle-log-selection.h"
#include "logs/trestle-log-source.h"

G_BEGIN_DECLS

/**
 * TrestleLogList:
 *
 * The lines of a source, newest first, below the strip that shows them over time. At its top it stays with the
 * newest line; elsewhere it keeps its place, and a pill counts what comes. Signals: "activate" (guint),
 * "found" (the lines that were asked for last are shown).
 */
#define TRESTLE_TYPE_LOG_LIST (trestle_log_list_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogList, trestle_log_list, TRESTLE, LOG_LIST, GtkWidget)

void trestle_log_list_set_source (TrestleLogList *self, TrestleLogSource *source);
/** trestle_log_list_get_selection: Returns: (transfer none): the line that is chosen */
TrestleLogSelection *trestle_log_list_get_selection (TrestleLogList *self);
void trestle_log_list_set_time_style (TrestleLogList *self, TrestleLogTimeStyle style);
/** trestle_log_list_set_touch: @touch: whether one click opens a line, as fingers do */
void trestle_log_list_set_touch (TrestleLogList *self, gboolean touch);
void trestle_log_list_scroll_to_newest (TrestleLogList *self);
/** trestle_log_list_scroll_to_chosen: shows where the chosen line is, if it is among those shown */
void trestle_log_list_scroll_to_chosen (TrestleLogList *self);

G_END_DECLS
