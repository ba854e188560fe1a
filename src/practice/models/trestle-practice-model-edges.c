/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>

#include "practice/models/trestle-practice-picture.h"
#include "practice/models/trestle-practice-request.h"

#define MAX_SIDE 4096
/* A step from black to white makes Sobel's filter answer with this. */
#define FULL_STEP (4.0 * 255)

static guint8 *
take_luma (const TrestlePracticePicture *picture)
{
  guint8 *luma = g_malloc ((gsize) picture->width * picture->height);

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const guint8 *p = trestle_practice_picture_at (picture, x, y);
        guint value = trestle_practice_picture_luma (p);

        /* What cannot be seen is white, as on paper. */
        luma[(gsize) y * picture->width + x] = picture->channels == 4
                                                   ? 255 - (255 - value) * p[3] / 255
                                                   : value;
      }

  return luma;
}

/* The slope at x, y from 0 to about 1; beyond the picture's edge its last pixels go on. */
static double
sobel (const guint8 *luma, guint width, guint height, guint x, guint y)
{
  guint x0 = x > 0 ? x - 1 : 0, x1 = MIN (x + 1, width - 1);
  const guint8 *up = luma + (gsize) (y > 0 ? y - 1 : 0) * width;
  const guint8 *here = luma + (gsize) y * width;
  const guint8 *down = luma + (gsize) MIN (y + 1, height - 1) * width;
  int across = up[x1] + 2 * here[x1] + down[x1] - up[x0] - 2 * here[x0] - down[x0];
  int along = down[x0] + 2 * down[x] + down[x1] - up[x0] - 2 * up[x] - up[x1];

  return sqrt ((double) across * across + (double) along * along) / FULL_STEP;
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (TrestlePracticePicture) picture = NULL;
  g_autofree guint8 *luma = NULL;
  g_autofree guint8 *rgb = NULL;
  TrestlePracticeAnswer *error = NULL;
  double threshold = 0.2;
  guint64 n_edges = 0;

  if (!trestle_practice_request_number (request, "threshold", 0, 1, &threshold, &error))
    return error;
  picture = trestle_practice_picture_load (request, G_MAXUINT, &error);
  if (picture == NULL)
    return error;
  if (picture->width > MAX_SIDE || picture->height > MAX_SIDE)
    return trestle_practice_request_error (request, 422, "%u × %u pixels are more than %d × %d",
                                           picture->width, picture->height, MAX_SIDE, MAX_SIDE);

  luma = take_luma (picture);
  rgb = g_malloc ((gsize) picture->width * picture->height * 3);
  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        double slope = sobel (luma, picture->width, picture->height, x, y);
        guint8 *p = rgb + ((gsize) y * picture->width + x) * 3;

        /* Below the threshold is black; from there on weak edges are lifted so that they show. */
        p[0] = p[1] = p[2] = slope < threshold ? 0 : (guint8) (255 * sqrt (MIN (slope, 1)));
        n_edges += p[0] > 0;
      }

  trestle_practice_request_log (request, "[INFO] edges: %.1f %% of the pixels from %.2f on",
                                100.0 * n_edges / ((double) picture->width * picture->height),
                                threshold);

  return trestle_practice_picture_png (request, rgb, picture->width, picture->height);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_edges, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_edges = {
  .id = "edges",
  .content_types = (const char *const[]) { "image/jpeg", "image/png", NULL },
  .accepts = (const char *const[]) { "image/png", NULL },
  .samples = (const char *const[]) { "edges-mill.png", NULL },
  .invoke = invoke,
};
