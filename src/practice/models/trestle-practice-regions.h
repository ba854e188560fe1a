/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeRegion:
 * @x0: left edge
 * @y0: upper edge
 * @x1: right edge, the first column that is not in it
 * @y1: lower edge, the first row that is not in it
 * @area: number of pixels
 * @luma_sum: the sum of their brightness
 *
 * Pixels of a mask that touch each other, corners included.
 */
typedef struct
{
  guint x0;
  guint y0;
  guint x1;
  guint y1;
  guint area;
  double luma_sum;
} TrestlePracticeRegion;

GArray *trestle_practice_regions_find (const guint8 *mask,
                                       const guint8 *luma,
                                       guint width,
                                       guint height,
                                       guint32 **labels);

G_END_DECLS
