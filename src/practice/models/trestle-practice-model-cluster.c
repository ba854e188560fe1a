/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>
#include <string.h>

#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-request.h"
#include "practice/models/trestle-practice-table.h"

#define MAX_ROWS 20000
#define MAX_CLUSTERS 20
#define MAX_ROUNDS 50
/* Rows × columns × clusters that are looked at in all rounds together. */
#define MAX_WORK 400e6

typedef struct
{
  const double *values;
  double *scaled;
  guint n_rows;
  guint n_columns;
  guint k;
  double *centers;
  guint *labels;
  guint *sizes;
} KMeans;

static void
k_means_clear (KMeans *self)
{
  g_free (self->scaled);
  g_free (self->centers);
  g_free (self->labels);
  g_free (self->sizes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KMeans, k_means_clear)

/* Brings all columns to the same spread; one that is constant says nothing and becomes 0. */
static void
scale (KMeans *self)
{
  self->scaled = g_new0 (double, (gsize) self->n_rows * self->n_columns);
  for (guint c = 0; c < self->n_columns; c++)
    {
      double mean = 0, variance = 0;

      for (guint i = 0; i < self->n_rows; i++)
        mean += self->values[i * self->n_columns + c] / self->n_rows;
      for (guint i = 0; i < self->n_rows; i++)
        {
          double d = self->values[i * self->n_columns + c] - mean;

          variance += d * d / self->n_rows;
        }
      for (guint i = 0; i < self->n_rows && variance > 0; i++)
        self->scaled[i * self->n_columns + c] = (self->values[i * self->n_columns + c] - mean)
                                                / sqrt (variance);
    }
}

static double
distance2 (const double *a, const double *b, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);

  return sum;
}

/* The row farthest from the middle first, then always the one farthest from all that are chosen.
 * Fewer centres come out if there are fewer different rows. */
static void
seed (KMeans *self)
{
  guint d = self->n_columns;
  g_autofree double *nearest = g_new (double, self->n_rows);
  g_autofree double *middle = g_new0 (double, d);

  for (guint i = 0; i < self->n_rows; i++)
    nearest[i] = distance2 (self->scaled + i * d, middle, d);

  for (guint n = 0; n < self->k; n++)
    {
      guint far = 0;

      for (guint i = 1; i < self->n_rows; i++)
        far = nearest[i] > nearest[far] ? i : far;
      if (n > 0 && nearest[far] <= 0)
        {
          self->k = n;
          break;
        }
      memcpy (self->centers + n * d, self->scaled + far * d, d * sizeof (double));
      for (guint i = 0; i < self->n_rows; i++)
        {
          double distance = distance2 (self->scaled + i * d, self->centers + n * d, d);

          nearest[i] = n == 0 ? distance : MIN (nearest[i], distance);
        }
    }
}

/* Gives each row to its nearest centre; TRUE if any moved. */
static gboolean
assign (KMeans *self)
{
  guint d = self->n_columns;
  gboolean moved = FALSE;

  memset (self->sizes, 0, self->k * sizeof (guint));
  for (guint i = 0; i < self->n_rows; i++)
    {
      double best = INFINITY;
      guint label = 0;

      for (guint n = 0; n < self->k; n++)
        {
          double distance = distance2 (self->scaled + i * d, self->centers + n * d, d);

          if (distance < best)
            {
              best = distance;
              label = n;
            }
        }
      moved |= self->labels[i] != label;
      self->labels[i] = label;
      self->sizes[label]++;
    }

  return moved;
}

/* Fills centers with the means of what belongs to them; an empty cluster stays where it is. */
static void
average (KMeans *self, const double *values, double *centers)
{
  guint d = self->n_columns;

  for (guint n = 0; n < self->k; n++)
    {
      if (self->sizes[n] > 0)
        memset (centers + n * d, 0, d * sizeof (double));
    }
  for (guint i = 0; i < self->n_rows; i++)
    for (guint c = 0; c < d; c++)
      centers[self->labels[i] * d + c] += values[i * d + c] / self->sizes[self->labels[i]];
}

/* Numbers the clusters in the order in which the rows meet them. */
static void
renumber (KMeans *self)
{
  guint map[MAX_CLUSTERS], sizes[MAX_CLUSTERS] = { 0 }, n = 0;

  for (guint i = 0; i < MAX_CLUSTERS; i++)
    map[i] = G_MAXUINT;
  for (guint i = 0; i < self->n_rows; i++)
    {
      if (map[self->labels[i]] == G_MAXUINT)
        map[self->labels[i]] = n++;
      self->labels[i] = map[self->labels[i]];
      sizes[self->labels[i]]++;
    }
  self->k = n;
  memcpy (self->sizes, sizes, n * sizeof (guint));
}

static TrestlePracticeAnswer *
write_clusters (KMeans *self)
{
  g_autoptr (TrestlePracticeJson) json = trestle_practice_json_new ();

  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_open (json, "labels", '[');
  for (guint i = 0; i < self->n_rows; i++)
    trestle_practice_json_int (json, NULL, self->labels[i]);
  trestle_practice_json_close (json, ']');
  trestle_practice_json_open (json, "clusters", '[');
  for (guint n = 0; n < self->k; n++)
    {
      trestle_practice_json_open (json, NULL, '{');
      trestle_practice_json_open (json, "center", '[');
      for (guint c = 0; c < self->n_columns; c++)
        trestle_practice_json_double (json, NULL, self->centers[n * self->n_columns + c], 6);
      trestle_practice_json_close (json, ']');
      trestle_practice_json_int (json, "size", self->sizes[n]);
      trestle_practice_json_close (json, '}');
    }
  trestle_practice_json_close (json, ']');
  trestle_practice_json_close (json, '}');

  return trestle_practice_answer_new (200, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (GArray) matrix = NULL;
  g_auto (KMeans) means = { 0 };
  TrestlePracticeAnswer *error = NULL;
  double clusters = 3, work;
  guint round = 0, max_rounds;

  if (!trestle_practice_request_number (request, "clusters", 2, MAX_CLUSTERS, &clusters, &error))
    return error;
  matrix = trestle_practice_table_matrix (request, MAX_ROWS, &names, &error);
  if (matrix == NULL)
    return error;

  means.values = (const double *) (gpointer) matrix->data;
  means.n_columns = g_strv_length (names);
  means.n_rows = matrix->len / means.n_columns;
  means.k = MIN ((guint) clusters, means.n_rows);
  means.centers = g_new0 (double, means.k *means.n_columns);
  means.labels = g_new (guint, means.n_rows);
  memset (means.labels, 0xff, means.n_rows * sizeof (guint));
  means.sizes = g_new0 (guint, means.k);

  scale (&means);
  seed (&means);
  work = (double) means.n_rows * means.n_columns * means.k;
  max_rounds = (guint) CLAMP (MAX_WORK / work, 3, MAX_ROUNDS);
  while (assign (&means) && round < max_rounds)
    {
      average (&means, means.scaled, means.centers);
      round++;
    }
  renumber (&means);
  average (&means, means.values, means.centers);
  trestle_practice_request_log (request,
                                "[INFO] cluster: %u rows, %u columns, %u clusters after "
                                "%u rounds",
                                means.n_rows, means.n_columns, means.k, round);

  return write_clusters (&means);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_cluster, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_cluster = {
  .id = "cluster",
  .content_types = (const char *const[]) { "text/csv", NULL },
  .accepts = (const char *const[]) { "application/json", NULL },
  .samples = (const char *const[]) { "cluster-shells.csv", NULL },
  .invoke = invoke,
};
