/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleTaskRow: a deployment or a deletion under way, or one that failed */
#define TRESTLE_TYPE_TASK_ROW (trestle_task_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleTaskRow, trestle_task_row, TRESTLE, TASK_ROW, GtkListBoxRow)

/** trestle_task_row_new: @endpoint: (nullable): what it is about, where it is there already */
GtkWidget *trestle_task_row_new (TrestleTask *task, TrestleEndpoint *endpoint);
/** trestle_task_row_set_passive: leads nowhere, as in a dialog */
void trestle_task_row_set_passive (TrestleTaskRow *self);
TrestleTask *trestle_task_row_get_task (TrestleTaskRow *self);

G_END_DECLS
