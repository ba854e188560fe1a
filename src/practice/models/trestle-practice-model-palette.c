/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>

#include "practice/models/trestle-practice-color.h"
#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-picture.h"
#include "practice/models/trestle-practice-request.h"

/* A cube of 32 × 32 × 32 colours stands for all pixels: time does not grow with the picture. */
#define N_BINS 32768
#define MAX_COLORS 16
#define MAX_ROUNDS 30
/* Nearer than this in Oklab, or rarer than this, is no colour of its own. */
#define MIN_DISTANCE 0.06
#define MIN_SHARE 0.004

#define STRIP_WIDTH 480
#define STRIP_HEIGHT 96

typedef struct
{
  TrestlePracticeLab lab;
  double weight;
  guint8 rgb[3];
} Swatch;

static GArray *
histogram (const TrestlePracticePicture *picture)
{
  typedef struct
  {
    guint64 sums[3];
    guint64 n;
  } Bin;
  g_autofree Bin *bins = g_new0 (Bin, N_BINS);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (Swatch));

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const guint8 *p = trestle_practice_picture_at (picture, x, y);
        Bin *bin;

        if (picture->channels == 4 && p[3] < 128)
          continue;
        bin = &bins[(p[0] >> 3) << 10 | (p[1] >> 3) << 5 | p[2] >> 3];
        bin->n++;
        for (guint c = 0; c < 3; c++)
          bin->sums[c] += p[c];
      }

  for (guint i = 0; i < N_BINS; i++)
    {
      double n = bins[i].n;
      Swatch point = { .weight = n };

      if (bins[i].n == 0)
        continue;
      point.lab = trestle_practice_color_to_lab (bins[i].sums[0] / n, bins[i].sums[1] / n,
                                                 bins[i].sums[2] / n);
      g_array_append_val (points, point);
    }

  return points;
}

static guint
nearest (const Swatch *swatches, guint n, TrestlePracticeLab lab, double *distance)
{
  guint best = 0;

  *distance = INFINITY;
  for (guint i = 0; i < n; i++)
    {
      double d = trestle_practice_lab_distance2 (swatches[i].lab, lab);

      if (d < *distance)
        {
          *distance = d;
          best = i;
        }
    }

  return best;
}

/* The most frequent colour first, then always the one that the others serve worst. */
static guint
seed (const GArray *points, Swatch *swatches, guint k)
{
  guint n = 0;

  while (n < k)
    {
      double worst = 0;
      guint chosen = 0;

      for (guint i = 0; i < points->len; i++)
        {
          const Swatch *point = &g_array_index (points, Swatch, i);
          double distance = 1, badness;

          if (n > 0)
            nearest (swatches, n, point->lab, &distance);
          badness = point->weight * distance;
          if (badness > worst)
            {
              worst = badness;
              chosen = i;
            }
        }
      if (worst <= 0)
        break;
      swatches[n++] = g_array_index (points, Swatch, chosen);
    }

  return n;
}

static gboolean
improve (const GArray *points, Swatch *swatches, guint n)
{
  Swatch sums[MAX_COLORS] = { 0 };
  double moved = 0;

  for (guint i = 0; i < points->len; i++)
    {
      const Swatch *point = &g_array_index (points, Swatch, i);
      double distance;
      Swatch *sum = &sums[nearest (swatches, n, point->lab, &distance)];

      sum->weight += point->weight;
      sum->lab.l += point->weight * point->lab.l;
      sum->lab.a += point->weight * point->lab.a;
      sum->lab.b += point->weight * point->lab.b;
    }

  for (guint i = 0; i < n; i++)
    {
      TrestlePracticeLab before = swatches[i].lab;

      swatches[i].weight = sums[i].weight;
      if (sums[i].weight <= 0)
        continue;
      swatches[i].lab.l = sums[i].lab.l / sums[i].weight;
      swatches[i].lab.a = sums[i].lab.a / sums[i].weight;
      swatches[i].lab.b = sums[i].lab.b / sums[i].weight;
      moved = MAX (moved, trestle_practice_lab_distance2 (before, swatches[i].lab));
    }

  return moved > 1e-8;
}

static int
compare_swatches (gconstpointer a, gconstpointer b)
{
  double one = ((const Swatch *) a)->weight, two = ((const Swatch *) b)->weight;

  return (one < two) - (one > two);
}

/* Merges the rarest swatch into the one nearest to it, as long as it is too rare or too near. */
static guint
merge (Swatch *swatches, guint n, double total)
{
  gboolean changed = TRUE;

  while (n > 1 && changed)
    {
      changed = FALSE;
      qsort (swatches, n, sizeof (Swatch), compare_swatches);
      for (guint i = n - 1; i > 0 && !changed; i--)
        {
          double distance;
          Swatch *other = &swatches[nearest (swatches, i, swatches[i].lab, &distance)];
          Swatch *rare = &swatches[i];
          double weight = other->weight + rare->weight;

          if (rare->weight >= MIN_SHARE * total && distance >= MIN_DISTANCE * MIN_DISTANCE)
            continue;
          /* What is too near moves the colour, what is merely rare and far does not. */
          if (distance < MIN_DISTANCE * MIN_DISTANCE && weight > 0)
            {
              double part = rare->weight / weight;

              other->lab.l += part * (rare->lab.l - other->lab.l);
              other->lab.a += part * (rare->lab.a - other->lab.a);
              other->lab.b += part * (rare->lab.b - other->lab.b);
            }
          other->weight = weight;
          *rare = swatches[--n];
          changed = TRUE;
        }
    }
  qsort (swatches, n, sizeof (Swatch), compare_swatches);

  return n;
}

static TrestlePracticeAnswer *
answer_json (const Swatch *swatches, guint n, double total)
{
  g_autoptr (TrestlePracticeJson) json = trestle_practice_json_new ();

  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_open (json, "colors", '[');
  for (guint i = 0; i < n; i++)
    {
      const guint8 *rgb = swatches[i].rgb;
      char hex[8];

      g_snprintf (hex, sizeof hex, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
      trestle_practice_json_open (json, NULL, '{');
      trestle_practice_json_string (json, "hex", hex);
      trestle_practice_json_double (json, "share", swatches[i].weight / total, 4);
      trestle_practice_json_close (json, '}');
    }
  trestle_practice_json_close (json, ']');
  trestle_practice_json_close (json, '}');

  return trestle_practice_answer_new (200, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
answer_strip (TrestlePracticeRequest *request, const Swatch *swatches, guint n, double total)
{
  g_autofree guint8 *rgb = g_malloc (STRIP_WIDTH * STRIP_HEIGHT * 3);
  double end = swatches[0].weight / total * STRIP_WIDTH;
  guint i = 0;

  for (guint x = 0; x < STRIP_WIDTH; x++)
    {
      while (i + 1 < n && x >= (guint) lround (end))
        end += swatches[++i].weight / total * STRIP_WIDTH;
      for (guint y = 0; y < STRIP_HEIGHT; y++)
        for (guint c = 0; c < 3; c++)
          rgb[(y * STRIP_WIDTH + x) * 3 + c] = swatches[i].rgb[c];
    }

  return trestle_practice_picture_png (request, rgb, STRIP_WIDTH, STRIP_HEIGHT);
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (TrestlePracticePicture) picture = NULL;
  g_autoptr (GArray) points = NULL;
  TrestlePracticeAnswer *error = NULL;
  Swatch swatches[MAX_COLORS];
  double colors = 6, total = 0;
  guint n, rounds = 0;

  if (!trestle_practice_request_number (request, "colors", 1, MAX_COLORS, &colors, &error))
    return error;
  picture = trestle_practice_picture_load (request, G_MAXUINT, &error);
  if (picture == NULL)
    return error;

  points = histogram (picture);
  if (points->len == 0)
    return trestle_practice_request_error (request, 422,
                                           "every pixel of the picture is "
                                           "transparent");
  for (guint i = 0; i < points->len; i++)
    total += g_array_index (points, Swatch, i).weight;

  n = seed (points, swatches, (guint) colors);
  while (rounds < MAX_ROUNDS && improve (points, swatches, n))
    rounds++;
  n = merge (swatches, n, total);
  for (guint i = 0; i < n; i++)
    trestle_practice_color_from_lab (swatches[i].lab, swatches[i].rgb);

  trestle_practice_request_log (request, "[INFO] palette: %u colours after %u rounds", n, rounds);

  return g_str_equal (request->accept, "image/png") ? answer_strip (request, swatches, n, total)
                                                    : answer_json (swatches, n, total);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_palette, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_palette = {
  .id = "palette",
  .content_types = (const char *const[]) { "image/png", "image/jpeg", NULL },
  .accepts = (const char *const[]) { "application/json", "image/png", NULL },
  .samples = (const char *const[]) { "palette-harbour.png", NULL },
  .invoke = invoke,
};
