/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-ground.h"

#include <math.h>

#include "practice/models/trestle-practice-color.h"

/*
 * What is asphalt? Of the colours around a place, the most frequent one that is nearly grey. It is
 * looked for in wide windows, one for each cell of a grid, so that a lamp's pool of light or the
 * evening's fall of brightness does no harm, while a row full of cars does not become the ground.
 */
#define N_CELLS 32
#define WINDOW 5
#define N_BINS 96
#define MAX_GROUND_CHROMA 0.05

/* Lighter and darker than the ground by these parts of it; darker may be a shadow. */
#define LIGHTER 0.11
#define DARKER 0.28
#define MIN_CHROMA_DISTANCE 0.035

typedef struct
{
  float n[N_BINS];
  float a[N_BINS];
  float b[N_BINS];
} Cell;

typedef struct
{
  guint cell_size;
  guint columns;
  guint rows;
  TrestlePracticeLab *colors;
} Ground;

static void
ground_clear (Ground *ground)
{
  g_free (ground->colors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ground, ground_clear)

/* Lawns, hedges and trees: green with much yellow in it, which paint hardly ever is. */
static gboolean
is_plant (TrestlePracticeLab lab)
{
  return lab.b > 0.9 * fabs (lab.a) && lab.b > 0.03 && lab.a < -0.012;
}

static void
count_pixel (Cell *cell, TrestlePracticeLab lab)
{
  guint bin = (guint) CLAMP (lab.l * N_BINS, 0, N_BINS - 1);

  if (is_plant (lab) || lab.a * lab.a + lab.b * lab.b > MAX_GROUND_CHROMA * MAX_GROUND_CHROMA)
    return;

  cell->n[bin]++;
  cell->a[bin] += lab.a;
  cell->b[bin] += lab.b;
}

/* The brightness that is most frequent, with its two neighbours on each side, and its colour. */
static TrestlePracticeLab
most_frequent (const Cell *window)
{
  double best = 0, n = 0, l = 0, a = 0, b = 0;
  guint peak = N_BINS / 2;

  for (guint i = 2; i + 2 < N_BINS; i++)
    {
      double sum = window->n[i - 2] + window->n[i - 1] + window->n[i] + window->n[i + 1]
                   + window->n[i + 2];

      if (sum > best)
        {
          best = sum;
          peak = i;
        }
    }
  if (best <= 0)
    return (TrestlePracticeLab) { 0.5, 0, 0 };

  for (guint i = peak - 2; i <= peak + 2; i++)
    {
      n += window->n[i];
      l += window->n[i] * (i + 0.5) / N_BINS;
      a += window->a[i];
      b += window->b[i];
    }

  return (TrestlePracticeLab) { l / n, a / n, b / n };
}

static void
find_ground (const TrestlePracticePicture *picture, const TrestlePracticeLab *labs, Ground *ground)
{
  g_autofree Cell *cells = NULL;

  ground->cell_size = MAX (picture->width, picture->height) / N_CELLS + 1;
  ground->columns = picture->width / ground->cell_size + 1;
  ground->rows = picture->height / ground->cell_size + 1;
  ground->colors = g_new (TrestlePracticeLab, ground->columns * ground->rows);
  cells = g_new0 (Cell, ground->columns * ground->rows);

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      count_pixel (&cells[y / ground->cell_size * ground->columns + x / ground->cell_size],
                   labs[(gsize) y * picture->width + x]);

  for (guint row = 0; row < ground->rows; row++)
    for (guint column = 0; column < ground->columns; column++)
      {
        Cell window = { 0 };

        for (guint v = row > WINDOW ? row - WINDOW : 0; v < MIN (row + WINDOW + 1, ground->rows);
             v++)
          for (guint u = column > WINDOW ? column - WINDOW : 0;
               u < MIN (column + WINDOW + 1, ground->columns); u++)
            {
              const Cell *cell = &cells[v * ground->columns + u];

              for (guint i = 0; i < N_BINS; i++)
                {
                  window.n[i] += cell->n[i];
                  window.a[i] += cell->a[i];
                  window.b[i] += cell->b[i];
                }
            }
        ground->colors[row * ground->columns + column] = most_frequent (&window);
      }
}

/* How much a pixel differs from the ground: more than 1 is something else. */
static double
difference (TrestlePracticeLab lab, TrestlePracticeLab ground)
{
  double lightness = lab.l - ground.l;
  double limit = lightness > 0 ? LIGHTER * ground.l : DARKER * ground.l;
  double a = lab.a - ground.a, b = lab.b - ground.b;

  return MAX (fabs (lightness) / MAX (limit, 0.02), sqrt (a * a + b * b) / MIN_CHROMA_DISTANCE);
}

/**
 * trestle_practice_ground_stand_out:
 * @picture: a picture of paved ground from above
 * @contrast: (out) (transfer full): for each pixel its distance from the ground in Oklab
 *
 * Returns: (transfer full): for each pixel 1 if it is neither ground, nor shadow on it, nor plants
 */
guint8 *
trestle_practice_ground_stand_out (const TrestlePracticePicture *picture, float **contrast)
{
  gsize n = (gsize) picture->width * picture->height;
  g_autofree TrestlePracticeLab *labs = g_new (TrestlePracticeLab, n);
  g_auto (Ground) ground = { 0 };
  float *distances = g_new (float, n);
  guint8 *mask = g_malloc (n);

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const guint8 *p = trestle_practice_picture_at (picture, x, y);

        labs[(gsize) y * picture->width + x] = trestle_practice_color_pixel_to_lab (p);
      }
  find_ground (picture, labs, &ground);

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        gsize at = (gsize) y * picture->width + x;
        TrestlePracticeLab here =
            ground.colors[y / ground.cell_size * ground.columns + x / ground.cell_size];

        mask[at] = !is_plant (labs[at]) && difference (labs[at], here) > 1;
        distances[at] = sqrt (trestle_practice_lab_distance2 (labs[at], here));
      }

  *contrast = distances;

  return mask;
}
