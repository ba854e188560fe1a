/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "publish/trestle-publish-point.h"

G_BEGIN_DECLS

/** TrestlePublishStep: a step of the track: mark, name, and when or why */
#define TRESTLE_TYPE_PUBLISH_STEP (trestle_publish_step_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePublishStep, trestle_publish_step, TRESTLE, PUBLISH_STEP, GtkWidget)

/** trestle_publish_step_new: the step @index of @n */
GtkWidget *trestle_publish_step_new (TrestlePublishPoint *point, guint index, guint n);

/** trestle_publish_step_set_lines: whether the line before and after the mark is done; -1: there is no line */
void trestle_publish_step_set_lines (TrestlePublishStep *self, int before, int after);
void trestle_publish_step_set_vertical (TrestlePublishStep *self, gboolean vertical);

G_END_DECLS
