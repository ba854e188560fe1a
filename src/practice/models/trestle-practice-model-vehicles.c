/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>
#include <string.h>

#include "practice/models/trestle-practice-ground.h"
#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-mask.h"
#include "practice/models/trestle-practice-picture.h"
#include "practice/models/trestle-practice-regions.h"
#include "practice/models/trestle-practice-request.h"

#define MAX_PIXELS (1000 * 1000)
#define MAX_VEHICLES 1000
#define MIN_SIDE 32

/* A lane mark is thinner, a car is wider than twice this part of the picture's shorter side. */
#define OPENING (1.0 / 150)

/* A vehicle fills its own box, and is longer than wide. */
#define MIN_FILL 0.72
#define MIN_RATIO 1.35
#define MAX_RATIO 6.0
/* Lengths in widths of a car: all vehicles are about as wide, not as long. */
#define CAR_OR_VAN 2.42
#define VAN_OR_TRUCK 3.2

typedef enum
{
  KIND_CAR,
  KIND_VAN,
  KIND_TRUCK,
  N_KINDS,
} Kind;

static const char *const kind_names[N_KINDS] = { "car", "van", "truck" };

typedef struct
{
  guint label;
  TrestlePracticeRegion region;
  double x, y;
  double xx, xy, yy;
  double cos, sin;
  double along0, along1;
  double across0, across1;
  double contrast;
  double length;
  double width;
  double fill;
  Kind kind;
  double score;
} Candidate;

typedef struct
{
  double min_score;
  gboolean kinds[N_KINDS];
} Wanted;

/* Looks at every region's shape along its own axes, which are those of its moments. */
static void
measure (Candidate *candidates,
         guint n,
         const guint32 *labels,
         const float *contrast,
         guint width,
         guint height)
{
  for (guint pass = 0; pass < 3; pass++)
    {
      for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++)
          {
            gsize at = (gsize) y * width + x;
            Candidate *c;
            double dx, dy, along, across;

            if (labels[at] == 0)
              continue;
            c = &candidates[labels[at] - 1];
            if (pass == 0)
              {
                c->x += (double) x / c->region.area;
                c->y += (double) y / c->region.area;
                c->contrast += contrast[at] / c->region.area;
                continue;
              }
            dx = x - c->x;
            dy = y - c->y;
            if (pass == 1)
              {
                c->xx += dx * dx;
                c->xy += dx * dy;
                c->yy += dy * dy;
                continue;
              }
            along = dx * c->cos + dy * c->sin;
            across = dy * c->cos - dx * c->sin;
            c->along0 = MIN (c->along0, along);
            c->along1 = MAX (c->along1, along);
            c->across0 = MIN (c->across0, across);
            c->across1 = MAX (c->across1, across);
          }

      for (guint i = 0; pass == 1 && i < n; i++)
        {
          double angle = 0.5 * atan2 (2 * candidates[i].xy, candidates[i].xx - candidates[i].yy);

          candidates[i].cos = cos (angle);
          candidates[i].sin = sin (angle);
        }
    }

  for (guint i = 0; i < n; i++)
    {
      Candidate *c = &candidates[i];

      c->length = c->along1 - c->along0 + 1;
      c->width = c->across1 - c->across0 + 1;
      c->fill = c->region.area / (c->length * c->width);
    }
}

static gboolean
has_shape (const Candidate *c, double opening)
{
  double ratio = c->length / c->width;

  return c->fill >= MIN_FILL && ratio >= MIN_RATIO && ratio <= MAX_RATIO
         && c->width > 2 * opening + 2;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return (one > two) - (one < two);
}

/* A car's width: vans and trucks are a little wider, so it is not looked for in the middle. */
static double
car_width (const GArray *vehicles)
{
  g_autofree double *widths = g_new (double, vehicles->len);

  for (guint i = 0; i < vehicles->len; i++)
    widths[i] = g_array_index (vehicles, Candidate, i).width;
  qsort (widths, vehicles->len, sizeof *widths, compare_doubles);

  return widths[vehicles->len / 3];
}

/* Sets kind and score; FALSE if it is too large or too small beside the others. */
static gboolean
classify (Candidate *c, double unit)
{
  double length = c->length / unit, doubt;

  if (c->width < 0.6 * unit || c->width > 1.6 * unit || length < 1.2)
    return FALSE;

  c->kind = length < CAR_OR_VAN ? KIND_CAR : length < VAN_OR_TRUCK ? KIND_VAN : KIND_TRUCK;
  doubt = MIN (fabs (length - CAR_OR_VAN), fabs (length - VAN_OR_TRUCK));
  c->score = 0.4 + 0.25 * CLAMP ((c->fill - 0.6) / 0.38, 0, 1)
             + 0.17 * CLAMP (c->contrast / 0.3, 0, 1) + 0.15 * CLAMP (doubt / 0.35, 0, 1);

  return TRUE;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *one = a, *two = b;

  if (one->kind != two->kind)
    return one->kind < two->kind ? 1 : -1;
  if (one->score != two->score)
    return one->score < two->score ? 1 : -1;

  return (one->label > two->label) - (one->label < two->label);
}

static GArray *
find_vehicles (const TrestlePracticePicture *picture)
{
  guint width = picture->width, height = picture->height;
  guint opening = MAX (2, (guint) lround (MIN (width, height) * OPENING));
  g_autofree float *contrast = NULL;
  g_autofree guint32 *labels = NULL;
  g_autofree guint8 *mask = trestle_practice_ground_stand_out (picture, &contrast);
  g_autofree Candidate *candidates = NULL;
  g_autoptr (GArray) regions = NULL;
  GArray *vehicles = g_array_new (FALSE, FALSE, sizeof (Candidate));
  double unit;

  /* Roofs and bonnets may have the ground's colour; then lane marks and grain go; then what was
   * torn apart, such as a truck and its trailer, is joined again. */
  trestle_practice_mask_fill_holes (mask, width, height, width * height / 400);
  trestle_practice_mask_erode (mask, width, height, opening);
  trestle_practice_mask_dilate (mask, width, height, opening + opening / 2);
  trestle_practice_mask_erode (mask, width, height, opening / 2);

  regions = trestle_practice_regions_find (mask, NULL, width, height, &labels);
  candidates = g_new0 (Candidate, regions->len + 1);
  for (guint i = 0; i < regions->len; i++)
    {
      candidates[i].label = i;
      candidates[i].region = g_array_index (regions, TrestlePracticeRegion, i);
    }
  measure (candidates, regions->len, labels, contrast, width, height);

  for (guint i = 0; i < regions->len; i++)
    {
      if (has_shape (&candidates[i], opening))
        g_array_append_val (vehicles, candidates[i]);
    }
  if (vehicles->len == 0)
    return vehicles;

  unit = car_width (vehicles);
  for (guint i = vehicles->len; i > 0; i--)
    {
      if (!classify (&g_array_index (vehicles, Candidate, i - 1), unit))
        g_array_remove_index (vehicles, i - 1);
    }
  g_array_sort (vehicles, compare_candidates);

  return vehicles;
}

static gboolean
read_wanted (TrestlePracticeRequest *request, Wanted *wanted, TrestlePracticeAnswer **error)
{
  const char *classes = trestle_practice_request_attribute (request, "classes");
  g_auto (GStrv) names = NULL;

  *wanted = (Wanted) { 0.5, { classes == NULL, classes == NULL, classes == NULL } };
  if (!trestle_practice_request_number (request, "min-score", 0, 1, &wanted->min_score, error))
    return FALSE;
  if (classes == NULL)
    return TRUE;

  names = g_strsplit (classes, ",", 16);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      guint kind = 0;

      if (*name == '\0')
        continue;
      while (kind < N_KINDS && g_ascii_strcasecmp (name, kind_names[kind]) != 0)
        kind++;
      if (kind == N_KINDS)
        {
          *error = trestle_practice_request_error (request, 400,
                                                   "custom attribute classes: %.40s "
                                                   "is none of car, van, truck",
                                                   name);
          return FALSE;
        }
      wanted->kinds[kind] = TRUE;
    }

  return TRUE;
}

static void
write_vehicle (TrestlePracticeJson *json, const TrestlePracticePicture *picture, const Candidate *c)
{
  guint x = c->region.x0 * picture->factor, y = c->region.y0 * picture->factor;

  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_string (json, "kind", kind_names[c->kind]);
  trestle_practice_json_double (json, "score", c->score, 3);
  trestle_practice_json_open (json, "box", '[');
  trestle_practice_json_int (json, NULL, x);
  trestle_practice_json_int (json, NULL, y);
  trestle_practice_json_int (json, NULL,
                             MIN (c->region.x1 * picture->factor, picture->full_width) - x);
  trestle_practice_json_int (json, NULL,
                             MIN (c->region.y1 * picture->factor, picture->full_height) - y);
  trestle_practice_json_close (json, ']');
  trestle_practice_json_close (json, '}');
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (TrestlePracticePicture) picture = NULL;
  g_autoptr (TrestlePracticeJson) json = NULL;
  g_autoptr (GArray) vehicles = NULL;
  TrestlePracticeAnswer *error = NULL;
  Wanted wanted;
  guint counts[N_KINDS] = { 0 };
  gint64 start = g_get_monotonic_time ();

  if (!read_wanted (request, &wanted, &error))
    return error;
  picture = trestle_practice_picture_load (request, MAX_PIXELS, &error);
  if (picture == NULL)
    return error;
  if (MIN (picture->width, picture->height) < MIN_SIDE)
    return trestle_practice_request_error (request, 422, "a picture of %u × %u pixels is too small",
                                           picture->width, picture->height);

  vehicles = find_vehicles (picture);
  for (guint i = vehicles->len; i > 0; i--)
    {
      const Candidate *c = &g_array_index (vehicles, Candidate, i - 1);

      if (c->score < wanted.min_score || !wanted.kinds[c->kind] || i > MAX_VEHICLES)
        g_array_remove_index (vehicles, i - 1);
      else
        counts[c->kind]++;
    }

  json = trestle_practice_json_new ();
  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_string (json, "model", "avc-3.2");
  trestle_practice_json_open (json, "counts", '{');
  for (guint kind = 0; kind < N_KINDS; kind++)
    trestle_practice_json_int (json, kind_names[kind], counts[kind]);
  trestle_practice_json_close (json, '}');
  trestle_practice_json_open (json, "vehicles", '[');
  for (guint i = 0; i < vehicles->len; i++)
    write_vehicle (json, picture, &g_array_index (vehicles, Candidate, i));
  trestle_practice_json_close (json, ']');
  trestle_practice_json_close (json, '}');

  trestle_practice_request_log (request,
                                "[INFO] avc-3.2: %u vehicles (car %u, van %u, truck %u) in "
                                "%.1f ms, min-score %.2f",
                                vehicles->len, counts[KIND_CAR], counts[KIND_VAN],
                                counts[KIND_TRUCK], (g_get_monotonic_time () - start) / 1000.0,
                                wanted.min_score);

  return trestle_practice_answer_new (200, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_vehicles, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_vehicles = {
  .id = "vehicles",
  .content_types = (const char *const[]) { "image/jpeg", "image/png", NULL },
  .accepts = (const char *const[]) { "application/json", NULL },
  .samples = (const char *const[]) { "yard-north.jpg", "yard-south.jpg", "lot-b-dusk.jpg",
                                     "gate-0714.png", NULL },
  .invoke = invoke,
};
