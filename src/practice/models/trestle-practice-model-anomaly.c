/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>

#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-request.h"
#include "practice/models/trestle-practice-table.h"

#define MAX_ROWS 50000

/* A robust z of 3.5, the customary limit, scores 0.8: z² / (z² + 1.75²). */
#define HALF_Z 1.75
/* Of a normal distribution, the median of the distances from the median is 0.6745 standard
 * deviations, their mean 0.7979. */
#define MEDIAN_DISTANCE 0.6745
#define MEAN_DISTANCE 0.7979

typedef struct
{
  double median;
  double deviation;
} Column;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return (one > two) - (one < two);
}

static double
median_of (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);

  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static Column
describe (const double *values, guint n_rows, guint n_columns, guint column)
{
  g_autofree double *sorted = g_new (double, n_rows);
  Column result;
  double mean = 0;

  for (guint i = 0; i < n_rows; i++)
    sorted[i] = values[i * n_columns + column];
  result.median = median_of (sorted, n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      sorted[i] = fabs (values[i * n_columns + column] - result.median);
      mean += sorted[i] / n_rows;
    }
  result.deviation = median_of (sorted, n_rows) / MEDIAN_DISTANCE;
  /* More than half of the values are the same: the mean still says something. */
  if (result.deviation <= 0)
    result.deviation = mean / MEAN_DISTANCE;

  return result;
}

static double
score_row (const double *row, const Column *columns, guint n_columns, guint *worst)
{
  double highest = 0;

  *worst = 0;
  for (guint c = 0; c < n_columns; c++)
    {
      double z = columns[c].deviation > 0 ? fabs (row[c] - columns[c].median) / columns[c].deviation
                                          : 0;

      if (z > highest)
        {
          highest = z;
          *worst = c;
        }
    }

  return highest * highest / (highest * highest + HALF_Z * HALF_Z);
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (TrestlePracticeJson) json = trestle_practice_json_new ();
  g_auto (GStrv) names = NULL;
  g_autoptr (GArray) matrix = NULL;
  g_autofree Column *columns = NULL;
  TrestlePracticeAnswer *error = NULL;
  guint n_columns, n_rows, n_odd = 0;
  double threshold = 0.8;

  if (!trestle_practice_request_number (request, "threshold", 0, 1, &threshold, &error))
    return error;
  matrix = trestle_practice_table_matrix (request, MAX_ROWS, &names, &error);
  if (matrix == NULL)
    return error;

  n_columns = g_strv_length (names);
  n_rows = matrix->len / n_columns;
  if (n_rows < 3)
    return trestle_practice_request_error (request, 422,
                                           "%u rows are too few to tell what is "
                                           "ordinary",
                                           n_rows);
  columns = g_new (Column, n_columns);
  for (guint c = 0; c < n_columns; c++)
    columns[c] = describe ((const double *) (gpointer) matrix->data, n_rows, n_columns, c);

  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_open (json, "rows", '[');
  for (guint i = 0; i < n_rows; i++)
    {
      guint worst;
      double score = score_row (&g_array_index (matrix, double, i *n_columns), columns, n_columns,
                                &worst);

      trestle_practice_json_open (json, NULL, '{');
      trestle_practice_json_double (json, "score", score, 4);
      trestle_practice_json_bool (json, "anomaly", score >= threshold);
      trestle_practice_json_string (json, "column", names[worst]);
      trestle_practice_json_close (json, '}');
      n_odd += score >= threshold;
    }
  trestle_practice_json_close (json, ']');
  trestle_practice_json_int (json, "anomalies", n_odd);
  trestle_practice_json_close (json, '}');

  trestle_practice_request_log (request, "[INFO] anomaly: %u rows, %u columns, %u at or above %.2f",
                                n_rows, n_columns, n_odd, threshold);

  return trestle_practice_answer_new (200, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_anomaly, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_anomaly = {
  .id = "anomaly",
  .content_types = (const char *const[]) { "text/csv", NULL },
  .accepts = (const char *const[]) { "application/json", NULL },
  .samples = (const char *const[]) { "anomaly-pump.csv", NULL },
  .invoke = invoke,
};
