/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-task.h"

G_BEGIN_DECLS

/** TrestleTimeline: the steps of a task, as they go. Property: "task" */
#define TRESTLE_TYPE_TIMELINE (trestle_timeline_get_type ())
G_DECLARE_FINAL_TYPE (TrestleTimeline, trestle_timeline, TRESTLE, TIMELINE, GtkWidget)

void trestle_timeline_set_task (TrestleTimeline *self, TrestleTask *task);

/** trestle_timeline_set_extra: @extra: (nullable): shown below the step that runs, or ran last */
void trestle_timeline_set_extra (TrestleTimeline *self, GtkWidget *extra);

G_END_DECLS
