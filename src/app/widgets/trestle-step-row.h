/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-task.h"

G_BEGIN_DECLS

/** TrestleStepRow: a step of a timeline. Property: "step" */
#define TRESTLE_TYPE_STEP_ROW (trestle_step_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleStepRow, trestle_step_row, TRESTLE, STEP_ROW, GtkWidget)

GtkWidget *trestle_step_row_new (TrestleStep *step);
TrestleStep *trestle_step_row_get_step (TrestleStepRow *self);
void trestle_step_row_set_ends (TrestleStepRow *self, gboolean first, gboolean last);

/** trestle_step_row_tick: shows the time that has passed */
void trestle_step_row_tick (TrestleStepRow *self);

/** trestle_step_row_set_extra: @extra: (nullable): shown below the step, a log for instance */
void trestle_step_row_set_extra (TrestleStepRow *self, GtkWidget *extra);

G_END_DECLS
