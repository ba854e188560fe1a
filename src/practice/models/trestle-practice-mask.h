/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void trestle_practice_mask_erode (guint8 *mask, guint width, guint height, guint radius);
void trestle_practice_mask_dilate (guint8 *mask, guint width, guint height, guint radius);
void trestle_practice_mask_fill_holes (guint8 *mask, guint width, guint height, guint max_area);

G_END_DECLS
