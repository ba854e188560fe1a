/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-regions.h"

/* Union-find over provisional labels; the root of a set is its smallest label. */
static guint32
find_root (GArray *parents, guint32 label)
{
  guint32 *parent = (guint32 *) (gpointer) parents->data;

  while (parent[label] != label)
    {
      parent[label] = parent[parent[label]];
      label = parent[label];
    }

  return label;
}

static guint32
join (GArray *parents, guint32 one, guint32 two)
{
  guint32 low, high;

  one = find_root (parents, one);
  two = find_root (parents, two);
  low = MIN (one, two);
  high = MAX (one, two);
  g_array_index (parents, guint32, high) = low;

  return low;
}

/* First pass: 0 where the mask is 0, otherwise a label that is joined with its neighbours'. */
static void
label_pixels (const guint8 *mask, guint width, guint height, guint32 *labels, GArray *parents)
{
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        gsize at = (gsize) y * width + x;
        guint32 label = 0;
        /* left, upper left, upper, upper right */
        guint32 near[4] = {
          x > 0 ? labels[at - 1] : 0,
          x > 0 && y > 0 ? labels[at - width - 1] : 0,
          y > 0 ? labels[at - width] : 0,
          x + 1 < width && y > 0 ? labels[at - width + 1] : 0,
        };

        if (!mask[at])
          {
            labels[at] = 0;
            continue;
          }
        for (guint i = 0; i < 4; i++)
          {
            if (near[i] != 0 && near[i] != label)
              label = label == 0 ? near[i] : join (parents, label, near[i]);
          }
        if (label == 0)
          {
            label = parents->len;
            g_array_append_val (parents, label);
          }
        labels[at] = label;
      }
}

/**
 * trestle_practice_regions_find:
 * @mask: not 0 where a pixel belongs to a region; rows without padding
 * @luma: (nullable): brightness of each pixel
 * @width: width in pixels
 * @height: height in pixels
 * @labels: (out) (optional) (transfer full): for each pixel its region's index plus 1, or 0
 *
 * Returns: (transfer full) (element-type TrestlePracticeRegion): the regions, ordered by their
 *   first pixel, rows first
 */
GArray *
trestle_practice_regions_find (const guint8 *mask,
                               const guint8 *luma,
                               guint width,
                               guint height,
                               guint32 **labels)
{
  GArray *regions = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeRegion));
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree guint32 *table = g_new (guint32, (gsize) width * height);
  g_autofree guint32 *numbers = NULL;
  guint32 none = 0;

  g_array_append_val (parents, none);
  label_pixels (mask, width, height, table, parents);

  numbers = g_new0 (guint32, parents->len);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        gsize at = (gsize) y * width + x;
        TrestlePracticeRegion *region;
        guint32 root;

        if (table[at] == 0)
          continue;
        root = find_root (parents, table[at]);
        if (numbers[root] == 0)
          {
            TrestlePracticeRegion fresh = { x, y, x + 1, y + 1, 0, 0 };

            g_array_append_val (regions, fresh);
            numbers[root] = regions->len;
          }
        table[at] = numbers[root];
        region = &g_array_index (regions, TrestlePracticeRegion, numbers[root] - 1);
        region->x0 = MIN (region->x0, x);
        region->x1 = MAX (region->x1, x + 1);
        region->y1 = MAX (region->y1, y + 1);
        region->area++;
        if (luma != NULL)
          region->luma_sum += luma[at];
      }

  if (labels != NULL)
    *labels = g_steal_pointer (&table);

  return regions;
}
