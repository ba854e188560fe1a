/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "publish/trestle-publish-point.h"

G_BEGIN_DECLS

/**
 * TrestlePublishMarkView:
 *
 * The mark of a step on its line: disc with a tick, ring with a core, ring with an exclamation mark,
 * empty ring. What it means is said beside it.
 */
#define TRESTLE_TYPE_PUBLISH_MARK_VIEW (trestle_publish_mark_view_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePublishMarkView,
                      trestle_publish_mark_view,
                      TRESTLE,
                      PUBLISH_MARK_VIEW,
                      GtkWidget)

void trestle_publish_mark_view_set_mark (TrestlePublishMarkView *self, TrestlePublishMark mark);
/** trestle_publish_mark_view_set_lines: whether the line on each side is done; -1: none */
void trestle_publish_mark_view_set_lines (TrestlePublishMarkView *self, int before, int after);
void trestle_publish_mark_view_set_vertical (TrestlePublishMarkView *self, gboolean vertical);

G_END_DECLS
