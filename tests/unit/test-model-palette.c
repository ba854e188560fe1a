/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include "unit/model-picture.h"
#include "unit/model-test.h"

static const char *
hex (JsonObject *object, guint i)
{
  JsonArray *colors = json_object_get_array_member (object, "colors");

  return json_object_get_string_member (json_array_get_object_element (colors, i), "hex");
}

static double
share (JsonObject *object, guint i)
{
  JsonArray *colors = json_object_get_array_member (object, "colors");

  return json_object_get_double_member (json_array_get_object_element (colors, i), "share");
}

static guint
n_colors (JsonObject *object)
{
  return json_array_get_length (json_object_get_array_member (object, "colors"));
}

static GBytes *
flag (const char *format)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (100, 80, FALSE);

  fill (pixbuf, 0, 0, 50, 80, 0x1a5fb4ff);
  fill (pixbuf, 50, 0, 30, 80, 0xf6d32dff);
  fill (pixbuf, 80, 0, 20, 80, 0xc01c28ff);

  return encode (pixbuf, format);
}

static void
test_exact (void)
{
  g_autoptr (GBytes) body = flag ("png");
  g_autoptr (JsonObject) object = good (ask_bytes ("palette", body, "image/png", NULL, NULL));

  g_assert_cmpuint (n_colors (object), ==, 3);
  g_assert_cmpstr (hex (object, 0), ==, "#1a5fb4");
  g_assert_cmpstr (hex (object, 1), ==, "#f6d32d");
  g_assert_cmpstr (hex (object, 2), ==, "#c01c28");
  g_assert_cmpfloat_with_epsilon (share (object, 0), 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (share (object, 1), 0.3, 1e-9);
  g_assert_cmpfloat_with_epsilon (share (object, 2), 0.2, 1e-9);
}

static void
test_jpeg (void)
{
  static const guint8 truth[3][3] = { { 0x1a, 0x5f, 0xb4 },
                                      { 0xf6, 0xd3, 0x2d },
                                      { 0xc0, 0x1c, 0x28 } };
  g_autoptr (GBytes) body = flag ("jpeg");
  g_autoptr (JsonObject) object = good (ask_bytes ("palette", body, "image/jpeg", NULL, NULL));

  g_assert_cmpuint (n_colors (object), >=, 3);
  for (guint i = 0; i < 3; i++)
    {
      guint rgb[3];

      g_assert_cmpint (sscanf (hex (object, i), "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]), ==, 3);
      for (guint c = 0; c < 3; c++)
        g_assert_cmpint (ABS ((int) rgb[c] - truth[i][c]), <=, 12);
    }
  g_assert_cmpfloat_with_epsilon (share (object, 0), 0.5, 0.03);
}

static void
test_alpha (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (64, 64, TRUE);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) nothing = NULL;
  g_autoptr (JsonObject) object = NULL;

  fill (pixbuf, 0, 0, 64, 64, 0xff000000);
  nothing = encode (pixbuf, "png");
  refused (ask_bytes ("palette", nothing, "image/png", NULL, NULL), 422, "transparent");

  fill (pixbuf, 8, 8, 8, 8, 0x2ec27eff);
  body = encode (pixbuf, "png");
  object = good (ask_bytes ("palette", body, "image/png", NULL, NULL));
  g_assert_cmpuint (n_colors (object), ==, 1);
  g_assert_cmpstr (hex (object, 0), ==, "#2ec27e");
  g_assert_cmpfloat_with_epsilon (share (object, 0), 1, 1e-9);
}

static void
test_number (void)
{
  g_autoptr (GBytes) body = flag ("png");
  g_autoptr (JsonObject) object = NULL;

  object = good (ask_bytes ("palette", body, NULL, NULL, "Colors=2"));
  g_assert_cmpuint (n_colors (object), ==, 2);
  g_assert_cmpfloat_with_epsilon (share (object, 0) + share (object, 1), 1, 1e-3);

  refused (ask_bytes ("palette", body, NULL, NULL, "colors=0"), 400, "colors");
  refused (ask_bytes ("palette", body, NULL, NULL, "colors=many"), 400, "colors");
}

static void
test_gradient (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (256, 256, FALSE);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonObject) object = NULL;
  double sum = 0;

  for (int x = 0; x < 256; x++)
    for (int y = 0; y < 256; y++)
      fill (pixbuf, x, y, 1, 1, (guint32) x << 24 | (guint32) y << 16 | 0x80ff);
  body = encode (pixbuf, "png");
  object = good (ask_bytes ("palette", body, NULL, NULL, NULL));
  g_assert_cmpuint (n_colors (object), ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      sum += share (object, i);
      g_assert_cmpfloat (share (object, i), >, 0.05);
      if (i > 0)
        g_assert_cmpfloat (share (object, i), <=, share (object, i - 1));
    }
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-3);
}

static void
test_strip (void)
{
  g_autoptr (GBytes) body = flag ("png");
  g_autoptr (TrestlePracticeAnswer) answer = NULL;
  g_autoptr (GdkPixbuf) strip = NULL;
  const guint8 *row;

  answer = ask_bytes ("palette", body, "image/png", "image/png", NULL);
  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpstr (answer->content_type, ==, "image/png");
  strip = decode (answer->body);
  g_assert_cmpint (gdk_pixbuf_get_width (strip), ==, 480);
  row = gdk_pixbuf_read_pixels (strip);
  g_assert_cmpmem (row + 3 * 239, 3, "\x1a\x5f\xb4", 3);
  g_assert_cmpmem (row + 3 * 240, 3, "\xf6\xd3\x2d", 3);
  g_assert_cmpmem (row + 3 * 479, 3, "\xc0\x1c\x28", 3);
}

/* The header of a PNG file that promises width × height pixels. */
static GBytes *
promise (guint width, guint height)
{
  g_autoptr (GBytes) body = flag ("png");
  gsize size;
  guint8 *data = g_memdup2 (g_bytes_get_data (body, &size), g_bytes_get_size (body));

  for (guint i = 0; i < 4; i++)
    {
      data[16 + i] = width >> (24 - 8 * i);
      data[20 + i] = height >> (24 - 8 * i);
    }

  return g_bytes_new_take (data, size);
}

static void
test_wrong (void)
{
  static const struct
  {
    guint width, height;
    int status;
    const char *word;
  } promises[] = {
    { 0, 80, 400, "no size" },
    { 0xffffffff, 0xffffffff, 422, "more than" },
    { 100000, 1, 422, "more than" },
    { 16000, 16000, 422, "more than" },
    { 4000, 4000, 400, "cannot be read" },
  };
  g_autoptr (GBytes) png = flag ("png");
  g_autoptr (GBytes) jpeg = flag ("jpeg");

  refused (ask ("palette", "", "image/png", NULL, NULL), 400, "empty");
  refused (ask ("palette", "GIF89a", "image/png", NULL, NULL), 400, "neither PNG nor JPEG");
  refused (ask ("palette", "x", "image/gif", NULL, NULL), 415, "image/png");
  refused (ask ("palette", "x", "image/png", "audio/wav", NULL), 406, "application/json");

  for (guint i = 0; i < G_N_ELEMENTS (promises); i++)
    {
      g_autoptr (GBytes) body = promise (promises[i].width, promises[i].height);

      refused (ask_bytes ("palette", body, "image/png", NULL, NULL), promises[i].status,
               promises[i].word);
    }

  for (gsize n = 1; n < g_bytes_get_size (jpeg); n += 31)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (jpeg, 0, n);

      refused (ask_bytes ("palette", cut, "image/jpeg", NULL, NULL), 400, "");
    }
  for (gsize n = 1; n < g_bytes_get_size (png); n += 7)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (png, 0, n);

      if (n < g_bytes_get_size (png) - 8)
        refused (ask_bytes ("palette", cut, "image/png", NULL, NULL), 400, "");
    }
}

static void
test_scans (void)
{
  g_autoptr (GBytes) jpeg = flag ("jpeg");
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  g_byte_array_append (body, data, size - 2);
  for (guint i = 0; i < 1000; i++)
    g_byte_array_append (body, (const guint8 *) "\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00", 10);
  g_byte_array_append (body, (const guint8 *) "\xff\xd9", 2);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&body));
  refused (ask_bytes ("palette", bytes, "image/jpeg", NULL, NULL), 422, "scans");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/palette/exact", test_exact);
  g_test_add_func ("/model/palette/jpeg", test_jpeg);
  g_test_add_func ("/model/palette/alpha", test_alpha);
  g_test_add_func ("/model/palette/number", test_number);
  g_test_add_func ("/model/palette/gradient", test_gradient);
  g_test_add_func ("/model/palette/strip", test_strip);
  g_test_add_func ("/model/palette/wrong-input", test_wrong);
  g_test_add_func ("/model/palette/too-many-scans", test_scans);

  return g_test_run ();
}
