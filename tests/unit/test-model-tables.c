/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include <math.h>

#include "unit/model-test.h"

static const char *const table_models[] = { "forecast", "anomaly", "cluster" };

static double
step (JsonObject *object, guint i, const char *name)
{
  JsonArray *forecast = json_object_get_array_member (object, "forecast");

  return json_object_get_double_member (json_array_get_object_element (forecast, i), name);
}

static void
test_forecast_line (void)
{
  g_autoptr (GString) rows = g_string_new ("day,value\n");
  g_autoptr (JsonObject) object = NULL;

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (rows, "2026-01-%02u,%u\n", i + 1, 100 + 5 * i);
  object = good (ask ("forecast", rows->str, "text/csv", NULL, "horizon=3"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "forecast")), ==,
                    3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat_with_epsilon (step (object, i, "value"), 250 + 5 * i, 2);
      g_assert_cmpfloat (step (object, i, "lower"), <=, step (object, i, "value"));
      g_assert_cmpfloat (step (object, i, "upper"), >=, step (object, i, "value"));
    }
}

static void
test_forecast_season (void)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (JsonObject) found = NULL;
  g_autoptr (JsonObject) given = NULL;

  for (guint i = 0; i < 70; i++)
    g_string_append_printf (rows, "%u\n", 200 + i + (i % 7 == 5 ? 90 : i % 7 == 6 ? 60 : 0));
  found = good (ask ("forecast", rows->str, "text/csv", NULL, "horizon=14"));
  given = good (ask ("forecast", rows->str, "text/csv", NULL, "horizon=14; season=7"));
  g_assert_cmpint (json_object_get_int_member (found, "season"), ==, 7);
  for (guint i = 0; i < 14; i++)
    {
      double truth = 270 + i + (i % 7 == 5 ? 90 : i % 7 == 6 ? 60 : 0);

      g_assert_cmpfloat_with_epsilon (step (found, i, "value"), truth, 8);
      g_assert_cmpfloat_with_epsilon (step (given, i, "value"), step (found, i, "value"), 1e-9);
    }
}

/* The band grows, and the truth of the years before lies in it four times out of five. */
static void
test_forecast_band (void)
{
  g_autoptr (GBytes) body = read_sample ("forecast-ferry.csv");
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (JsonObject) object = NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *early = g_strndup (text, strstr (text, lines[61]) - text);
  guint inside = 0;

  object = good (ask ("forecast", early, "text/csv", NULL, NULL));
  g_assert_cmpint (json_object_get_int_member (object, "season"), ==, 12);
  for (guint i = 0; i < 12; i++)
    {
      double truth = g_ascii_strtod (strchr (lines[61 + i], ',') + 1, NULL);

      inside += truth >= step (object, i, "lower") && truth <= step (object, i, "upper");
      g_assert_cmpfloat (fabs (step (object, i, "value") / truth - 1), <, 0.1);
    }
  g_test_message ("%u of 12 months inside the band", inside);
  g_assert_cmpuint (inside, >=, 7);
  g_assert_cmpfloat (step (object, 11, "upper") - step (object, 11, "lower"), >,
                     step (object, 0, "upper") - step (object, 0, "lower"));
}

static void
test_forecast_csv (void)
{
  g_autoptr (TrestlePracticeAnswer) answer = NULL;
  g_autofree char *text = NULL;

  answer = ask ("forecast", "5\n5\n5\n5\n5\n5\n5\n5\n5\n", "text/csv", "text/csv", "horizon=2");
  g_assert_cmpstr (answer->content_type, ==, "text/csv");
  text = g_strndup (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body));
  g_assert_cmpstr (text, ==, "step,value,lower,upper\n1,5,5,5\n2,5,5,5\n");
}

static void
test_anomaly (void)
{
  static const struct
  {
    guint row;
    const char *column;
  } odd[] = { { 37, "temperature_c" }, { 88, "vibration_mm_s" }, { 131, "flow_l_min" } };
  g_autoptr (GBytes) body = read_sample ("anomaly-pump.csv");
  g_autoptr (JsonObject) object = good (ask_bytes ("anomaly", body, "text/csv", NULL, NULL));
  g_autoptr (JsonObject) all = good (ask_bytes ("anomaly", body, NULL, NULL, "threshold=0"));
  JsonArray *rows = json_object_get_array_member (object, "rows");

  g_assert_cmpuint (json_array_get_length (rows), ==, 160);
  g_assert_cmpint (json_object_get_int_member (object, "anomalies"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (all, "anomalies"), ==, 160);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, odd[i].row);

      g_assert_true (json_object_get_boolean_member (row, "anomaly"));
      g_assert_cmpfloat (json_object_get_double_member (row, "score"), >, 0.9);
      g_assert_cmpstr (json_object_get_string_member (row, "column"), ==, odd[i].column);
    }
}

static void
test_anomaly_constant (void)
{
  g_autoptr (JsonObject) same = good (ask ("anomaly", "1\n1\n1\n1\n", NULL, NULL, NULL));
  g_autoptr (JsonObject)
      one = good (ask ("anomaly", "1\n1\n1\n1\n1\n1\n1\n1\n9\n1\n", NULL, NULL, NULL));
  JsonArray *rows = json_object_get_array_member (one, "rows");

  g_assert_cmpint (json_object_get_int_member (same, "anomalies"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (one, "anomalies"), ==, 1);
  g_assert_true (
      json_object_get_boolean_member (json_array_get_object_element (rows, 8), "anomaly"));
}

static void
test_cluster (void)
{
  g_autoptr (GBytes) body = read_sample ("cluster-shells.csv");
  g_autoptr (JsonObject) object = good (ask_bytes ("cluster", body, "text/csv", NULL, NULL));
  JsonArray *labels = json_object_get_array_member (object, "labels");
  JsonArray *clusters = json_object_get_array_member (object, "clusters");
  JsonArray *center;

  g_assert_cmpuint (json_array_get_length (labels), ==, 90);
  for (guint i = 0; i < 90; i++)
    g_assert_cmpint (json_array_get_int_element (labels, i), ==, i % 3);
  g_assert_cmpuint (json_array_get_length (clusters), ==, 3);
  center = json_object_get_array_member (json_array_get_object_element (clusters, 0), "center");
  g_assert_cmpuint (json_array_get_length (center), ==, 3);
  g_assert_cmpfloat_with_epsilon (json_array_get_double_element (center, 0), 62, 2);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (clusters, 2), "size"),
                   ==, 30);
}

static void
test_cluster_few (void)
{
  g_autoptr (JsonObject) same = good (ask ("cluster", "1,2\n1,2\n1,2\n", NULL, NULL, NULL));
  g_autoptr (JsonObject) two = good (ask ("cluster", "1,5\n9,5\n", NULL, NULL, "clusters=5"));

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (same, "clusters")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (two, "clusters")), ==, 2);
  refused (ask ("cluster", "1,2\n", NULL, NULL, "clusters=21"), 400, "clusters");
}

static void
test_wrong (void)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  for (guint i = 0; i < 120000; i++)
    g_string_append (rows, "1\n");

  for (guint i = 0; i < G_N_ELEMENTS (table_models); i++)
    {
      const char *id = table_models[i];

      refused (ask (id, "", "text/csv", NULL, NULL), 400, "empty");
      refused (ask (id, "\n\n", "text/csv", NULL, NULL), 400, "no rows");
      refused (ask (id, "only words here", "text/csv", NULL, NULL), 400, "no ");
      refused (ask (id, "1\n2\nthree\n", "text/csv", NULL, NULL), 400, "row 3");
      refused (ask (id, "1\n2\n1e300\n", "text/csv", NULL, NULL), 400, "row 3");
      refused (ask (id, "1\n\xff\n", "text/csv", NULL, NULL), 400, "UTF-8");
      refused (ask (id, "1\n2\n", "application/json", NULL, NULL), 415, "text/csv");
      refused (ask (id, "1\n2\n", "text/csv", "image/png", NULL), 406, "application/json");
      refused (ask (id, rows->str, "text/csv", NULL, NULL), 422, "rows");
    }
  refused (ask ("forecast", "1\n2\n3\n", NULL, NULL, NULL), 422, "too few");
  refused (ask ("forecast", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", NULL, NULL, "season=7"), 422, "seasons");
  refused (ask ("forecast", "1,2,3\n4,5,6\n", NULL, NULL, NULL), 400, "row 1");
  refused (ask ("anomaly", "1\n2\n", NULL, NULL, NULL), 422, "too few");
  refused (ask ("cluster", "1,2\n3\n", NULL, NULL, NULL), 400, "columns");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/forecast/line", test_forecast_line);
  g_test_add_func ("/model/forecast/season", test_forecast_season);
  g_test_add_func ("/model/forecast/band", test_forecast_band);
  g_test_add_func ("/model/forecast/csv", test_forecast_csv);
  g_test_add_func ("/model/anomaly/sample", test_anomaly);
  g_test_add_func ("/model/anomaly/constant", test_anomaly_constant);
  g_test_add_func ("/model/cluster/sample", test_cluster);
  g_test_add_func ("/model/cluster/few", test_cluster_few);
  g_test_add_func ("/model/tables/wrong-input", test_wrong);

  return g_test_run ();
}
