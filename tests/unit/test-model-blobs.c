/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include "unit/model-picture.h"
#include "unit/model-test.h"

static JsonArray *
boxes (JsonObject *object)
{
  return json_object_get_array_member (object, "boxes");
}

static void
assert_box (JsonObject *object, guint i, int x, int y, int width, int height)
{
  JsonObject *box = json_array_get_object_element (boxes (object), i);
  double score = json_object_get_double_member (box, "score");

  g_assert_cmpint (json_object_get_int_member (box, "x"), ==, x);
  g_assert_cmpint (json_object_get_int_member (box, "y"), ==, y);
  g_assert_cmpint (json_object_get_int_member (box, "width"), ==, width);
  g_assert_cmpint (json_object_get_int_member (box, "height"), ==, height);
  g_assert_cmpfloat (score, >, 0);
  g_assert_cmpfloat (score, <=, 1);
}

static JsonObject *
find (GdkPixbuf *pixbuf, const char *attributes)
{
  g_autoptr (GBytes) body = encode (pixbuf, "png");

  return good (ask_bytes ("blobs", body, "image/png", NULL, attributes));
}

static void
test_exact (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (320, 200, FALSE);
  g_autoptr (JsonObject) object = NULL;

  fill (pixbuf, 0, 0, 320, 200, 0x202428ff);
  fill (pixbuf, 10, 20, 30, 40, 0xffffffff);
  fill (pixbuf, 290, 180, 30, 20, 0xf0f0e0ff);
  fill (pixbuf, 100, 50, 7, 5, 0xffff80ff);
  /* Two squares that touch at a corner are one region; a single pixel is none. */
  fill (pixbuf, 150, 100, 10, 10, 0xffffffff);
  fill (pixbuf, 160, 110, 10, 10, 0xffffffff);
  fill (pixbuf, 250, 20, 1, 1, 0xffffffff);

  object = find (pixbuf, NULL);
  g_assert_cmpint (json_object_get_int_member (object, "width"), ==, 320);
  g_assert_cmpint (json_object_get_int_member (object, "height"), ==, 200);
  g_assert_cmpuint (json_array_get_length (boxes (object)), ==, 4);
  assert_box (object, 0, 10, 20, 30, 40);
  assert_box (object, 1, 290, 180, 30, 20);
  assert_box (object, 2, 150, 100, 20, 20);
  assert_box (object, 3, 100, 50, 7, 5);
  g_assert_cmpfloat (
      json_object_get_double_member (json_array_get_object_element (boxes (object), 0), "score"), >,
      0.99);
}

static void
test_shapes (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (200, 200, FALSE);
  g_autoptr (JsonObject) object = NULL;

  /* A comb, whose teeth are joined at the last row only, and a spiral. */
  for (int x = 0; x < 60; x += 4)
    fill (pixbuf, 10 + x, 10, 2, 40, 0xffffffff);
  fill (pixbuf, 10, 50, 58, 2, 0xffffffff);
  fill (pixbuf, 100, 100, 60, 2, 0xffffffff);
  fill (pixbuf, 158, 100, 2, 60, 0xffffffff);
  fill (pixbuf, 110, 158, 50, 2, 0xffffffff);
  fill (pixbuf, 110, 110, 2, 50, 0xffffffff);
  fill (pixbuf, 110, 110, 30, 2, 0xffffffff);

  object = find (pixbuf, NULL);
  g_assert_cmpuint (json_array_get_length (boxes (object)), ==, 2);
  assert_box (object, 0, 10, 10, 58, 42);
  assert_box (object, 1, 100, 100, 60, 60);
}

static void
test_even (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (64, 64, FALSE);
  static const guint32 colors[] = { 0x000000ff, 0xffffffff, 0x808080ff };

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      g_autoptr (JsonObject) object = NULL;

      fill (pixbuf, 0, 0, 64, 64, colors[i]);
      object = find (pixbuf, NULL);
      g_assert_cmpuint (json_array_get_length (boxes (object)), ==, 0);
    }
}

static void
test_attributes (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (64, 64, FALSE);
  g_autoptr (JsonObject) large = NULL;
  g_autoptr (JsonObject) bright = NULL;
  g_autoptr (GBytes) body = NULL;

  fill (pixbuf, 4, 4, 20, 20, 0xb0b0b0ff);
  fill (pixbuf, 40, 40, 6, 6, 0xffffffff);
  large = find (pixbuf, "min-area=100");
  g_assert_cmpuint (json_array_get_length (boxes (large)), ==, 1);
  assert_box (large, 0, 4, 4, 20, 20);
  bright = find (pixbuf, "min-score=0.9");
  g_assert_cmpuint (json_array_get_length (boxes (bright)), ==, 1);
  assert_box (bright, 0, 40, 40, 6, 6);

  body = encode (pixbuf, "png");
  refused (ask_bytes ("blobs", body, NULL, NULL, "min-score=2"), 400, "min-score");
}

/* Larger pictures are reduced; boxes are still those of the file. */
static void
test_large (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (3001, 2001, FALSE);
  g_autoptr (JsonObject) object = NULL;

  fill (pixbuf, 200, 400, 600, 800, 0xffffffff);
  fill (pixbuf, 2900, 1900, 101, 101, 0xffffffff);
  object = find (pixbuf, NULL);
  g_assert_cmpint (json_object_get_int_member (object, "width"), ==, 3001);
  g_assert_cmpuint (json_array_get_length (boxes (object)), ==, 2);
  assert_box (object, 0, 200, 400, 600, 800);
  assert_box (object, 1, 2900, 1900, 101, 101);
}

static void
test_noise (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (500, 400, FALSE);
  g_autoptr (JsonObject) object = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  guint32 state = 1;

  for (int i = 0; i < gdk_pixbuf_get_rowstride (pixbuf) * 400; i++)
    {
      state = state * 1664525 + 1013904223;
      pixels[i] = state >> 24;
    }
  object = find (pixbuf, NULL);
  g_assert_cmpuint (json_array_get_length (boxes (object)), <=, 500);
}

static void
test_sample (void)
{
  g_autoptr (GBytes) body = read_sample ("blobs-plate.png");
  g_autoptr (JsonObject)
      object = good (ask_bytes ("blobs", body, "image/png", NULL, "min-area=20"));

  g_assert_cmpuint (json_array_get_length (boxes (object)), ==, 23);
}

static void
test_wrong (void)
{
  refused (ask ("blobs", "", "image/png", NULL, NULL), 400, "empty");
  refused (ask ("blobs", "not a picture", "image/jpeg", NULL, NULL), 400, "neither");
  refused (ask ("blobs", "x", "text/csv", NULL, NULL), 415, "image/jpeg");
  refused (ask ("blobs", "x", NULL, "image/png", NULL), 406, "application/json");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/blobs/exact", test_exact);
  g_test_add_func ("/model/blobs/shapes", test_shapes);
  g_test_add_func ("/model/blobs/even", test_even);
  g_test_add_func ("/model/blobs/attributes", test_attributes);
  g_test_add_func ("/model/blobs/large", test_large);
  g_test_add_func ("/model/blobs/noise", test_noise);
  g_test_add_func ("/model/blobs/sample", test_sample);
  g_test_add_func ("/model/blobs/wrong-input", test_wrong);

  return g_test_run ();
}
