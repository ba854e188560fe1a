/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-task.h"

G_BEGIN_DECLS

/**
 * TrestleRail:
 *
 * The 28 px rail of a timeline with a step's mark, which differs in shape as well as in colour.
 * The step that runs has room for a spinner, which is its child.
 */
#define TRESTLE_TYPE_RAIL (trestle_rail_get_type ())
G_DECLARE_FINAL_TYPE (TrestleRail, trestle_rail, TRESTLE, RAIL, GtkWidget)

/** trestle_rail_set: @first and @last end the line */
void trestle_rail_set (TrestleRail *self, TrestleTaskState state, gboolean first, gboolean last);

G_END_DECLS
