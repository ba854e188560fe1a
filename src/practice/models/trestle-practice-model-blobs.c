/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-picture.h"
#include "practice/models/trestle-practice-regions.h"
#include "practice/models/trestle-practice-request.h"

#define MAX_PIXELS (4 * 1000 * 1000)
#define MAX_BOXES 500
/* Less between the dark and the bright half than this is one even surface. */
#define MIN_CONTRAST 20

typedef struct
{
  guint threshold;
  double dark;
  double bright;
} Split;

/* Otsu: the threshold that parts dark and bright so that both are as even as can be. */
static Split
split (const guint8 *luma, gsize n)
{
  guint64 counts[256] = { 0 };
  double sum = 0, below = 0, below_sum = 0, best = -1;
  Split result = { 255, 0, 0 };

  for (gsize i = 0; i < n; i++)
    counts[luma[i]]++;
  for (guint i = 0; i < 256; i++)
    sum += (double) i * counts[i];

  for (guint i = 0; i < 255; i++)
    {
      double above, dark, bright, between;

      below += counts[i];
      below_sum += (double) i * counts[i];
      above = n - below;
      if (below <= 0 || above <= 0)
        continue;
      dark = below_sum / below;
      bright = (sum - below_sum) / above;
      between = below * above * (bright - dark) * (bright - dark);
      if (between > best)
        {
          best = between;
          result = (Split) { i, dark, bright };
        }
    }

  return result;
}

static int
compare_regions (gconstpointer a, gconstpointer b)
{
  const TrestlePracticeRegion *one = a, *two = b;

  if (one->area != two->area)
    return one->area < two->area ? 1 : -1;
  if (one->y0 != two->y0)
    return one->y0 < two->y0 ? -1 : 1;

  return (one->x0 > two->x0) - (one->x0 < two->x0);
}

/* How far the region stands out from the dark, as a part of what would be possible. */
static double
score (const TrestlePracticeRegion *region, double dark)
{
  return CLAMP ((region->luma_sum / region->area - dark) / (255 - dark), 0, 1);
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (TrestlePracticePicture) picture = NULL;
  g_autoptr (TrestlePracticeJson) json = NULL;
  g_autoptr (GArray) regions = NULL;
  g_autofree guint8 *luma = NULL;
  g_autofree guint8 *mask = NULL;
  TrestlePracticeAnswer *error = NULL;
  double min_area = 4, min_score = 0;
  guint n = 0;
  gsize n_pixels;
  Split parts;

  if (!trestle_practice_request_number (request, "min-area", 1, 1e8, &min_area, &error)
      || !trestle_practice_request_number (request, "min-score", 0, 1, &min_score, &error))
    return error;
  picture = trestle_practice_picture_load (request, MAX_PIXELS, &error);
  if (picture == NULL)
    return error;

  n_pixels = (gsize) picture->width * picture->height;
  luma = g_malloc (n_pixels);
  mask = g_malloc (n_pixels);
  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const guint8 *p = trestle_practice_picture_at (picture, x, y);
        guint value = trestle_practice_picture_luma (p);

        /* What cannot be seen is dark. */
        luma[(gsize) y * picture->width + x] = picture->channels == 4 ? value * p[3] / 255 : value;
      }

  parts = split (luma, n_pixels);
  if (parts.bright - parts.dark >= MIN_CONTRAST)
    {
      for (gsize i = 0; i < n_pixels; i++)
        mask[i] = luma[i] > parts.threshold;
      regions = trestle_practice_regions_find (mask, luma, picture->width, picture->height, NULL);
      g_array_sort (regions, compare_regions);
    }
  else
    regions = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeRegion));

  json = trestle_practice_json_new ();
  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_int (json, "width", picture->full_width);
  trestle_practice_json_int (json, "height", picture->full_height);
  trestle_practice_json_open (json, "boxes", '[');
  for (guint i = 0; i < regions->len && n < MAX_BOXES; i++)
    {
      const TrestlePracticeRegion *region = &g_array_index (regions, TrestlePracticeRegion, i);
      guint x = region->x0 * picture->factor, y = region->y0 * picture->factor;
      double value = score (region, parts.dark);

      if ((double) region->area * picture->factor * picture->factor < min_area || value < min_score)
        continue;
      trestle_practice_json_open (json, NULL, '{');
      trestle_practice_json_int (json, "x", x);
      trestle_practice_json_int (json, "y", y);
      trestle_practice_json_int (json, "width",
                                 MIN (region->x1 * picture->factor, picture->full_width) - x);
      trestle_practice_json_int (json, "height",
                                 MIN (region->y1 * picture->factor, picture->full_height) - y);
      trestle_practice_json_double (json, "score", value, 3);
      trestle_practice_json_close (json, '}');
      n++;
    }
  trestle_practice_json_close (json, ']');
  trestle_practice_json_close (json, '}');

  trestle_practice_request_log (request, "[INFO] blobs: threshold %u, %u regions, %u boxes",
                                parts.threshold, regions->len, n);

  return trestle_practice_answer_new (200, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_blobs, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_blobs = {
  .id = "blobs",
  .content_types = (const char *const[]) { "image/png", "image/jpeg", NULL },
  .accepts = (const char *const[]) { "application/json", NULL },
  .samples = (const char *const[]) { "blobs-plate.png", NULL },
  .invoke = invoke,
};
