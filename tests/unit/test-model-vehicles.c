/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include "unit/model-picture.h"
#include "unit/model-test.h"

static const char *const kinds[] = { "car", "van", "truck" };

static JsonArray *
vehicles (JsonObject *object)
{
  return json_object_get_array_member (object, "vehicles");
}

static gint64
count (JsonObject *object, const char *kind)
{
  return json_object_get_int_member (json_object_get_object_member (object, "counts"), kind);
}

/* Intersection over union of two boxes. */
static double
overlap (JsonArray *a, JsonArray *b)
{
  double v[2][4], w, h, both;

  for (guint i = 0; i < 4; i++)
    {
      v[0][i] = json_array_get_int_element (a, i);
      v[1][i] = json_array_get_int_element (b, i);
    }
  w = MIN (v[0][0] + v[0][2], v[1][0] + v[1][2]) - MAX (v[0][0], v[1][0]);
  h = MIN (v[0][1] + v[0][3], v[1][1] + v[1][3]) - MAX (v[0][1], v[1][1]);
  both = MAX (w, 0) * MAX (h, 0);

  return both / (v[0][2] * v[0][3] + v[1][2] * v[1][3] - both);
}

static void
test_sample (gconstpointer name)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) body = read_sample (name);
  g_autoptr (JsonObject) object = NULL;
  JsonArray *truth;

  path = g_build_filename (g_getenv ("TRESTLE_SOURCE"), "tests", "unit", "vehicles-truth.json",
                           NULL);
  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  truth = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), name);
  g_assert_cmpuint (json_array_get_length (truth), >=, 4);

  object = good (ask_bytes ("vehicles", body, NULL, NULL, "min-score=0.5; classes=car,van,truck"));
  g_assert_cmpstr (json_object_get_string_member (object, "model"), ==, "avc-3.2");

  for (guint i = 0; i < json_array_get_length (truth); i++)
    {
      JsonObject *real = json_array_get_object_element (truth, i);
      JsonArray *box = json_object_get_array_member (real, "box");
      const char *kind = json_object_get_string_member (real, "kind");
      const char *found = "nothing";
      double best = 0;

      for (guint j = 0; j < json_array_get_length (vehicles (object)); j++)
        {
          JsonObject *vehicle = json_array_get_object_element (vehicles (object), j);
          double value = overlap (box, json_object_get_array_member (vehicle, "box"));

          if (value > best)
            {
              best = value;
              found = json_object_get_string_member (vehicle, "kind");
            }
        }
      if (best < 0.8 || !g_str_equal (found, kind))
        g_test_message ("%s: %s at %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ": found %s, %.2f",
                        (const char *) name, kind, json_array_get_int_element (box, 0),
                        json_array_get_int_element (box, 1), found, best);
      g_assert_cmpfloat (best, >=, 0.8);
      g_assert_cmpstr (found, ==, kind);
    }
  g_assert_cmpuint (json_array_get_length (vehicles (object)), ==, json_array_get_length (truth));
}

static void
test_attributes (void)
{
  g_autoptr (GBytes) body = read_sample ("yard-north.jpg");
  g_autoptr (JsonObject)
      trucks = good (ask_bytes ("vehicles", body, NULL, NULL, "classes=truck, Van"));
  g_autoptr (JsonObject) none = good (ask_bytes ("vehicles", body, NULL, NULL, "min-score=1"));
  gint64 sum = 0;

  g_assert_cmpint (count (trucks, "truck"), ==, 1);
  g_assert_cmpint (count (trucks, "van"), ==, 3);
  g_assert_cmpint (count (trucks, "car"), ==, 0);
  g_assert_cmpuint (json_array_get_length (vehicles (trucks)), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    sum += count (none, kinds[i]);
  g_assert_cmpint (sum, ==, 0);

  refused (ask_bytes ("vehicles", body, NULL, NULL, "min-score=high"), 400, "min-score");
  refused (ask_bytes ("vehicles", body, NULL, NULL, "classes=car,tram"), 400, "tram");
}

/* Three times larger and as PNG: the same vehicles, boxes in the larger picture's pixels. */
static void
test_scale (void)
{
  g_autoptr (GBytes) small = read_sample ("yard-north.jpg");
  g_autoptr (GdkPixbuf) pixbuf = decode (small);
  g_autoptr (GdkPixbuf) large = gdk_pixbuf_scale_simple (pixbuf, 2700, 1800, GDK_INTERP_BILINEAR);
  g_autoptr (GBytes) body = encode (large, "jpeg");
  g_autoptr (JsonObject) object = good (ask_bytes ("vehicles", body, NULL, NULL, NULL));
  JsonObject *truck = json_array_get_object_element (vehicles (object), 0);
  JsonArray *box = json_object_get_array_member (truck, "box");

  g_assert_cmpint (count (object, "truck"), ==, 1);
  g_assert_cmpint (count (object, "van"), ==, 3);
  g_assert_cmpint (count (object, "car"), ==, 24);
  g_assert_cmpstr (json_object_get_string_member (truck, "kind"), ==, "truck");
  g_assert_cmpint (ABS (json_array_get_int_element (box, 2) - 3 * 158), <=, 18);
}

static void
test_empty_ground (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (400, 300, FALSE);
  g_autoptr (GBytes) bare = NULL;
  g_autoptr (GBytes) lines = NULL;
  g_autoptr (JsonObject) nothing = NULL;
  g_autoptr (JsonObject) none = NULL;

  fill (pixbuf, 0, 0, 400, 300, 0x666668ff);
  bare = encode (pixbuf, "jpeg");
  nothing = good (ask_bytes ("vehicles", bare, NULL, NULL, NULL));
  g_assert_cmpuint (json_array_get_length (vehicles (nothing)), ==, 0);

  for (int x = 20; x < 380; x += 40)
    fill (pixbuf, x, 50, 3, 80, 0xd0d0d0ff);
  fill (pixbuf, 0, 200, 400, 100, 0x547034ff);
  lines = encode (pixbuf, "jpeg");
  none = good (ask_bytes ("vehicles", lines, NULL, NULL, NULL));
  g_assert_cmpuint (json_array_get_length (vehicles (none)), ==, 0);
}

static void
test_wrong (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (31, 400, FALSE);
  g_autoptr (GBytes) thin = encode (pixbuf, "png");

  refused (ask ("vehicles", "", "image/jpeg", NULL, NULL), 400, "empty");
  refused (ask ("vehicles", "II*", "image/tiff", NULL, NULL), 415, "image/jpeg");
  refused (ask ("vehicles", "II*", "image/jpeg", NULL, NULL), 400, "neither");
  refused (ask_bytes ("vehicles", thin, "image/png", NULL, NULL), 422, "too small");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/model/vehicles/yard-north", "yard-north.jpg", test_sample);
  g_test_add_data_func ("/model/vehicles/yard-south", "yard-south.jpg", test_sample);
  g_test_add_data_func ("/model/vehicles/lot-b-dusk", "lot-b-dusk.jpg", test_sample);
  g_test_add_data_func ("/model/vehicles/gate-0714", "gate-0714.png", test_sample);
  g_test_add_func ("/model/vehicles/attributes", test_attributes);
  g_test_add_func ("/model/vehicles/scale", test_scale);
  g_test_add_func ("/model/vehicles/empty-ground", test_empty_ground);
  g_test_add_func ("/model/vehicles/wrong-input", test_wrong);

  return g_test_run ();
}
