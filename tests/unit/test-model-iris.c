/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include "unit/model-test.h"
#include "unit/shared-data.h"

static JsonArray *
predictions (JsonObject *object)
{
  g_assert_true (json_object_has_member (object, "predictions"));

  return json_object_get_array_member (object, "predictions");
}

static const char *
species (JsonArray *array, guint i)
{
  return json_object_get_string_member (json_array_get_object_element (array, i), "species");
}

static void
test_sample (void)
{
  g_autoptr (GBytes) body = read_sample ("iris-4.csv");
  g_autoptr (JsonObject) object = good (ask_bytes ("iris", body, "text/csv", NULL, NULL));
  JsonArray *array = predictions (object);
  JsonObject *first = json_array_get_object_element (array, 0);
  JsonObject *p = json_object_get_object_member (first, "probabilities");
  double sum = 0;

  g_assert_cmpuint (json_array_get_length (array), ==, 4);
  g_assert_cmpstr (species (array, 0), ==, "setosa");
  g_assert_cmpstr (species (array, 1), ==, "versicolor");
  g_assert_cmpstr (species (array, 2), ==, "virginica");
  g_assert_cmpstr (species (array, 3), ==, "versicolor");

  g_assert_cmpuint (json_object_get_size (p), ==, 3);
  sum += json_object_get_double_member (p, "setosa");
  sum += json_object_get_double_member (p, "versicolor");
  sum += json_object_get_double_member (p, "virginica");
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-5);
  g_assert_cmpfloat (json_object_get_double_member (p, "setosa"), >, 0.99);
}

static void
test_flowers (void)
{
  g_autofree char *path = dup_shared_path ("data/iris.csv");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_auto (GStrv) lines = NULL;
  guint right = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no iris table: " SHARED_MISSING);
      return;
    }

  body = read_file (path);
  object = good (ask_bytes ("iris", body, "text/csv", NULL, NULL));
  g_assert_cmpuint (json_array_get_length (predictions (object)), ==, 150);

  lines = g_strsplit (g_bytes_get_data (body, NULL), "\n", 151);
  for (guint i = 0; i < 150; i++)
    {
      const char *truth = strrchr (lines[i + 1], ',') + 1;

      right += g_str_has_prefix (truth, species (predictions (object), i));
    }
  g_test_message ("%u of 150 right", right);
  g_assert_cmpuint (right, >=, 143);
}

static void
test_json (void)
{
  g_autoptr (JsonObject) object = NULL;

  object = good (ask ("iris", "{\"instances\":[[5.1,3.5,1.4,0.2],{\"features\":[6.3,3.3,6,2.5]}]}",
                      "application/json; charset=utf-8", "*/*", NULL));
  g_assert_cmpstr (species (predictions (object), 0), ==, "setosa");
  g_assert_cmpstr (species (predictions (object), 1), ==, "virginica");
}

static void
test_csv_answer (void)
{
  g_autoptr (TrestlePracticeAnswer) answer = NULL;

  answer = ask ("iris", "a,b,c,d\r\n5.1,3.5,1.4,0.2,setosa\r\n\r\n\"7.0\", 3.2 ,4.7,1.4\r\n", NULL,
                "image/png, text/*", NULL);
  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpstr (answer->content_type, ==, "text/csv");
  g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body),
                   "setosa,1.0000\nversicolor,0.9999\n",
                   strlen ("setosa,1.0000\nversicolor,0.9999\n"));
}

static void
test_wrong (void)
{
  refused (ask ("iris", "", "text/csv", NULL, NULL), 400, "empty");
  refused (ask ("iris", "1,2,3,4", "image/png", NULL, NULL), 415, "text/csv");
  refused (ask ("iris", "1,2,3,4", "text/csv", "image/png", NULL), 406, "application/json");
  refused (ask ("iris", "1,2,3", "text/csv", NULL, NULL), 400, "row 1");
  refused (ask ("iris", "1,2,3,4\n1,2,three,4", "text/csv", NULL, NULL), 400, "row 2");
  refused (ask ("iris", "1,2,3,4,5,6", "text/csv", NULL, NULL), 400, "row 1");
  refused (ask ("iris", "sepal,petal,x,y", "text/csv", NULL, NULL), 400, "no flowers");
  refused (ask ("iris", " \n\n", "text/csv", NULL, NULL), 400, "no rows");
  refused (ask ("iris", "nan,nan,1,2\n1,nan,2,3", "text/csv", NULL, NULL), 400, "row 2");
  refused (ask ("iris", "1,inf,2,3", "text/csv", NULL, NULL), 400, "row 1");
  refused (ask ("iris", "1e300,1e300,-1e300,3", "text/csv", NULL, NULL), 422, "centimetres");
  refused (ask ("iris", "1,2,\xff,4", "text/csv", NULL, NULL), 400, "UTF-8");
  refused (ask ("iris", "{", "application/json", NULL, NULL), 400, "JSON");
  refused (ask ("iris", "{}", "application/json", NULL, NULL), 400, "instances");
  refused (ask ("iris", "[1]", "application/json", NULL, NULL), 400, "instances");
  refused (ask ("iris", "{\"instances\":[]}", "application/json", NULL, NULL), 400, "no flowers");
  refused (ask ("iris", "{\"instances\":[[1,2,3,\"4\"]]}", "application/json", NULL, NULL), 400,
           "instances[0]");
  refused (ask ("iris", "{\"instances\":[null,true]}", "application/json", NULL, NULL), 400,
           "instances[0]");
}

static void
test_limits (void)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) nested = g_string_new ("{\"instances\":");

  for (guint i = 0; i < 10002; i++)
    g_string_append (rows, "5,3,1,0.2\n");
  refused (ask ("iris", rows->str, "text/csv", NULL, NULL), 422, "more than");

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (nested, '[');
  refused (ask ("iris", nested->str, "application/json", NULL, NULL), 400, "JSON");
}

static void
test_log (void)
{
  const TrestlePracticeModel *model = trestle_practice_model_lookup ("iris");
  g_autoptr (GBytes) body = g_bytes_new_static ("x", 1);
  g_autoptr (TrestlePracticeAnswer) answer = NULL;
  g_auto (GStrv) log = NULL;

  answer = model->invoke (body, "text/\n\xff", NULL, "a=b;=;;c", &log);
  g_assert_cmpint (answer->status, ==, 415);
  g_assert_cmpuint (g_strv_length (log), ==, 2);
  for (guint i = 0; log[i] != NULL; i++)
    {
      g_assert_true (g_utf8_validate (log[i], -1, NULL));
      g_assert_null (strchr (log[i], '\n'));
    }
  g_assert_nonnull (strstr (log[0], "[ERROR] iris: content type"));
  g_assert_nonnull (strstr (log[1], "\"POST /invocations HTTP/1.1\" 415 "));
}

static void
test_table (void)
{
  const TrestlePracticeModel *const *models;
  guint n;

  models = trestle_practice_models (&n);
  g_assert_cmpuint (n, >=, 1);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (trestle_practice_model_lookup (models[i]->id) == models[i]);
      g_assert_nonnull (models[i]->content_types[0]);
      g_assert_nonnull (models[i]->accepts[0]);
    }
  g_assert_null (trestle_practice_model_lookup ("no-such-model"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/table", test_table);
  g_test_add_func ("/model/log", test_log);
  g_test_add_func ("/model/iris/sample", test_sample);
  g_test_add_func ("/model/iris/150-flowers", test_flowers);
  g_test_add_func ("/model/iris/json", test_json);
  g_test_add_func ("/model/iris/csv-answer", test_csv_answer);
  g_test_add_func ("/model/iris/wrong-input", test_wrong);
  g_test_add_func ("/model/iris/limits", test_limits);

  return g_test_run ();
}
