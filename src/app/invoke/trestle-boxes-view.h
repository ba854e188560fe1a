/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestleBoxesView:
 *
 * A picture with an answer's regions over it. Signal "box-entered" (int: index of the region under the
 * pointer, -1 for none).
 */
#define TRESTLE_TYPE_BOXES_VIEW (trestle_boxes_view_get_type ())
G_DECLARE_FINAL_TYPE (TrestleBoxesView, trestle_boxes_view, TRESTLE, BOXES_VIEW, GtkWidget)

/**
 * trestle_boxes_view_set_picture:
 * @texture: (nullable): at any scale
 * @full_width: pixels that the regions count in
 * @boxes: (nullable) (element-type TrestleAnswerBox): regions
 */
void trestle_boxes_view_set_picture (TrestleBoxesView *self,
                                     GdkTexture *texture,
                                     int full_width,
                                     int full_height,
                                     GPtrArray *boxes);

/** trestle_boxes_view_dup_legend: Returns: (transfer full): markup: "■ car 24   ■ van 3   ■ truck 1", in the colours of the regions */
char *trestle_boxes_view_dup_legend (TrestleBoxesView *self);

G_END_DECLS
