/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-mask.h"

#include <string.h>

#include "practice/models/trestle-practice-regions.h"

/*
 * One row or column: each pixel becomes 1 if enough of the 2 × radius + 1 pixels around it are 1:
 * all of them to erode, one of them to dilate. What lies outside of the picture does not count.
 */
static void
sweep (guint8 *line, gsize step, guint n, guint radius, gboolean erode, guint8 *copy)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    copy[i] = line[i * step] != 0;
  for (guint i = 0; i < MIN (radius, n); i++)
    sum += copy[i];

  for (guint i = 0; i < n; i++)
    {
      guint first = i > radius ? i - radius : 0;
      guint last = MIN (i + radius, n - 1);

      if (i + radius < n)
        sum += copy[i + radius];
      if (i > radius)
        sum -= copy[i - radius - 1];
      line[i * step] = erode ? sum == last - first + 1 : sum > 0;
    }
}

static void
sweep_both_ways (guint8 *mask, guint width, guint height, guint radius, gboolean erode)
{
  g_autofree guint8 *copy = g_malloc (MAX (width, height));

  for (guint y = 0; y < height; y++)
    sweep (mask + (gsize) y * width, 1, width, radius, erode, copy);
  for (guint x = 0; x < width; x++)
    sweep (mask + x, width, height, radius, erode, copy);
}

/**
 * trestle_practice_mask_erode:
 * @mask: (inout): 0 or 1 for each pixel, rows without padding
 * @width: width in pixels
 * @height: height in pixels
 * @radius: how far
 *
 * Takes @radius pixels off every edge; what is no wider than twice that vanishes.
 */
void
trestle_practice_mask_erode (guint8 *mask, guint width, guint height, guint radius)
{
  sweep_both_ways (mask, width, height, radius, TRUE);
}

/**
 * trestle_practice_mask_dilate:
 * @mask: (inout): 0 or 1 for each pixel, rows without padding
 * @width: width in pixels
 * @height: height in pixels
 * @radius: how far
 *
 * Adds @radius pixels to every edge; gaps no wider than twice that close.
 */
void
trestle_practice_mask_dilate (guint8 *mask, guint width, guint height, guint radius)
{
  sweep_both_ways (mask, width, height, radius, FALSE);
}

/**
 * trestle_practice_mask_fill_holes:
 * @mask: (inout): 0 or 1 for each pixel, rows without padding
 * @width: width in pixels
 * @height: height in pixels
 * @max_area: larger holes stay
 *
 * Sets what is 0 and surrounded by 1, unless it reaches the picture's edge.
 */
void
trestle_practice_mask_fill_holes (guint8 *mask, guint width, guint height, guint max_area)
{
  gsize n = (gsize) width * height;
  g_autofree guint8 *inverse = g_malloc (n);
  g_autofree guint32 *labels = NULL;
  g_autoptr (GArray) regions = NULL;

  for (gsize i = 0; i < n; i++)
    inverse[i] = !mask[i];
  regions = trestle_practice_regions_find (inverse, NULL, width, height, &labels);

  for (gsize i = 0; i < n; i++)
    {
      const TrestlePracticeRegion *hole;

      if (labels[i] == 0)
        continue;
      hole = &g_array_index (regions, TrestlePracticeRegion, labels[i] - 1);
      if (hole->area <= max_area && hole->x0 > 0 && hole->y0 > 0 && hole->x1 < width
          && hole->y1 < height)
        mask[i] = 1;
    }
}
