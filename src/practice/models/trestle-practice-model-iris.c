/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <math.h>

#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-request.h"
#include "practice/models/trestle-practice-table.h"

#define N_FEATURES 4
#define N_SPECIES 3
#define MAX_ROWS 10000

static const char *const species_names[N_SPECIES] = { "setosa", "versicolor", "virginica" };

/*
 * Linear discriminant analysis on Fisher's 150 flowers: with the means m of each species and the
 * pooled covariance S of all three, the weights are inv(S)·m and the bias is -m·inv(S)·m/2 +
 * ln(1/3). The softmax of the scores is then the probability of each species, given that all are
 * equally frequent and spread alike. It puts 147 of the 150 flowers right.
 * Order: sepal length, sepal width, petal length, petal width (cm).
 */
static const double weights[N_SPECIES][N_FEATURES] = {
  { 23.544167, 23.587870, -16.430639, -17.398411 },
  { 15.698209, 7.072510, 5.211451, 6.434229 },
  { 12.445849, 3.685280, 12.766545, 21.079113 },
};
static const double biases[N_SPECIES] = { -86.308470, -72.852607, -104.368320 };

static void
classify (const double *features, double *probabilities)
{
  double highest = -INFINITY;
  double sum = 0;

  for (guint s = 0; s < N_SPECIES; s++)
    {
      probabilities[s] = biases[s];
      for (guint f = 0; f < N_FEATURES; f++)
        probabilities[s] += weights[s][f] * features[f];
      highest = MAX (highest, probabilities[s]);
    }
  for (guint s = 0; s < N_SPECIES; s++)
    sum += probabilities[s] = exp (probabilities[s] - highest);
  for (guint s = 0; s < N_SPECIES; s++)
    probabilities[s] /= sum;
}

static gboolean
is_believable (const double *features)
{
  for (guint f = 0; f < N_FEATURES; f++)
    {
      /* No part of a flower is longer than a metre; beyond that the scores may overflow. */
      if (features[f] < 0 || features[f] > 100)
        return FALSE;
    }

  return TRUE;
}

static GArray *
read_csv (TrestlePracticeRequest *request, TrestlePracticeAnswer **error)
{
  g_autoptr (GArray) flowers = g_array_new (FALSE, FALSE, sizeof (double) * N_FEATURES);
  g_autoptr (GPtrArray) rows = trestle_practice_table_rows (request, MAX_ROWS + 1, error);

  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      GStrv fields = g_ptr_array_index (rows, i);
      guint n = g_strv_length (fields);
      double features[N_FEATURES];
      guint numbers = 0;

      while (numbers < MIN (n, N_FEATURES)
             && trestle_practice_table_number (fields[numbers], &features[numbers]))
        numbers++;

      if (i == 0 && numbers == 0)
        continue;
      if (numbers < N_FEATURES || n > N_FEATURES + 1)
        {
          *error = trestle_practice_request_error (request, 400,
                                                   "row %u: 4 numbers expected (sepal length and "
                                                   "width, petal length and width)",
                                                   i + 1);
          return NULL;
        }
      g_array_append_vals (flowers, features, 1);
    }

  return g_steal_pointer (&flowers);
}

static JsonArray *
features_of (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    node = json_object_get_member (json_node_get_object (node), "features");
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) != N_FEATURES)
    return NULL;

  return json_node_get_array (node);
}

static GArray *
read_json (TrestlePracticeRequest *request, TrestlePracticeAnswer **error)
{
  g_autoptr (GArray) flowers = g_array_new (FALSE, FALSE, sizeof (double) * N_FEATURES);
  g_autoptr (JsonNode) root = trestle_practice_table_json (request, error);
  JsonNode *instances = NULL;
  JsonArray *array;
  guint n;

  if (root == NULL)
    return NULL;

  if (JSON_NODE_HOLDS_OBJECT (root))
    instances = json_object_get_member (json_node_get_object (root), "instances");
  if (instances == NULL || !JSON_NODE_HOLDS_ARRAY (instances))
    {
      *error = trestle_practice_request_error (request, 400,
                                               "{\"instances\":[[…]]} expected: the array "
                                               "\"instances\" is missing");
      return NULL;
    }

  array = json_node_get_array (instances);
  n = json_array_get_length (array);
  for (guint i = 0; i < MIN (n, MAX_ROWS + 1); i++)
    {
      JsonArray *row = features_of (json_array_get_element (array, i));
      double features[N_FEATURES];
      guint numbers = 0;

      while (row != NULL && numbers < N_FEATURES
             && trestle_practice_table_double (json_array_get_element (row, numbers),
                                               &features[numbers]))
        numbers++;
      if (numbers < N_FEATURES)
        {
          *error = trestle_practice_request_error (request, 400,
                                                   "instances[%u]: 4 numbers expected", i);
          return NULL;
        }
      g_array_append_vals (flowers, features, 1);
    }

  return g_steal_pointer (&flowers);
}

static TrestlePracticeAnswer *
answer_csv (GArray *flowers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < flowers->len; i++)
    {
      double p[N_SPECIES];
      guint best = 0;
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      classify (&g_array_index (flowers, double, i *N_FEATURES), p);
      for (guint s = 1; s < N_SPECIES; s++)
        best = p[s] > p[best] ? s : best;
      g_string_append_printf (text, "%s,%s\n", species_names[best],
                              g_ascii_formatd (number, sizeof number, "%.4f", p[best]));
    }

  return trestle_practice_answer_new (200, g_string_free_to_bytes (text), "text/csv");
}

static TrestlePracticeAnswer *
answer_json (GArray *flowers)
{
  g_autoptr (TrestlePracticeJson) json = trestle_practice_json_new ();

  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_open (json, "predictions", '[');
  for (guint i = 0; i < flowers->len; i++)
    {
      double p[N_SPECIES];
      guint best = 0;

      classify (&g_array_index (flowers, double, i *N_FEATURES), p);
      for (guint s = 1; s < N_SPECIES; s++)
        best = p[s] > p[best] ? s : best;
      trestle_practice_json_open (json, NULL, '{');
      trestle_practice_json_string (json, "species", species_names[best]);
      trestle_practice_json_open (json, "probabilities", '{');
      for (guint s = 0; s < N_SPECIES; s++)
        trestle_practice_json_double (json, species_names[s], p[s], 6);
      trestle_practice_json_close (json, '}');
      trestle_practice_json_close (json, '}');
    }
  trestle_practice_json_close (json, ']');
  trestle_practice_json_close (json, '}');

  return trestle_practice_answer_new (200, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (GArray) flowers = NULL;
  TrestlePracticeAnswer *result = NULL;

  if (g_str_equal (request->type, "text/csv"))
    flowers = read_csv (request, &result);
  else
    flowers = read_json (request, &result);
  if (flowers == NULL)
    return result;

  if (flowers->len == 0)
    return trestle_practice_request_error (request, 400, "there are no flowers in the body");
  if (flowers->len > MAX_ROWS)
    return trestle_practice_request_error (
        request, 422, "more than the %d flowers this model takes at once", MAX_ROWS);
  for (guint i = 0; i < flowers->len; i++)
    {
      if (!is_believable (&g_array_index (flowers, double, i *N_FEATURES)))
        return trestle_practice_request_error (
            request, 422, "flower %u: lengths are centimetres from 0 to 100", i + 1);
    }

  trestle_practice_request_log (request, "[INFO] iris: %u rows of %s, lda-150", flowers->len,
                                request->type);

  return g_str_equal (request->accept, "text/csv") ? answer_csv (flowers) : answer_json (flowers);
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_iris, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_iris = {
  .id = "iris",
  .content_types = (const char *const[]) { "text/csv", "application/json", NULL },
  .accepts = (const char *const[]) { "application/json", "text/csv", NULL },
  .samples = (const char *const[]) { "iris-4.csv", NULL },
  .invoke = invoke,
};
