/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "logs/trestle-log-model.h"

G_BEGIN_DECLS

/**
 * TrestleLogSelection:
 *
 * One line of a #TrestleLogModel that is chosen, or none. It stays chosen while the filter changes, shown or
 * not. (GtkSingleSelection would make every line of a large result to find it again.)
 * Property: "line" (#TrestleLogLine, nullable).
 */
#define TRESTLE_TYPE_LOG_SELECTION (trestle_log_selection_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogSelection, trestle_log_selection, TRESTLE, LOG_SELECTION, GObject)

TrestleLogSelection *trestle_log_selection_new (TrestleLogModel *model);
/** trestle_log_selection_get_line: Returns: (transfer none) (nullable): the line */
TrestleLogLine *trestle_log_selection_get_line (TrestleLogSelection *self);
void trestle_log_selection_set_line (TrestleLogSelection *self, TrestleLogLine *line);
/** trestle_log_selection_get_position: Returns: where it is shown, %GTK_INVALID_LIST_POSITION where it is not */
guint trestle_log_selection_get_position (TrestleLogSelection *self);

G_END_DECLS
