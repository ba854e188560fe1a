/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include "unit/model-picture.h"
#include "unit/model-test.h"

static GdkPixbuf *
outline (GBytes *body, const char *attributes)
{
  g_autoptr (TrestlePracticeAnswer) answer = ask_bytes ("edges", body, NULL, NULL, attributes);

  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpstr (answer->content_type, ==, "image/png");

  return decode (answer->body);
}

static guint8
at (GdkPixbuf *pixbuf, int x, int y)
{
  return gdk_pixbuf_read_pixels (
      pixbuf)[y * gdk_pixbuf_get_rowstride (pixbuf) + x * gdk_pixbuf_get_n_channels (pixbuf)];
}

static void
test_square (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (60, 50, FALSE);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GdkPixbuf) edges = NULL;

  fill (pixbuf, 20, 10, 20, 30, 0xffffffff);
  body = encode (pixbuf, "png");
  edges = outline (body, NULL);
  g_assert_cmpint (gdk_pixbuf_get_width (edges), ==, 60);
  g_assert_cmpint (gdk_pixbuf_get_height (edges), ==, 50);
  for (int y = 12; y < 38; y++)
    for (int x = 0; x < 60; x++)
      g_assert_cmpint (at (edges, x, y), ==, x == 19 || x == 20 || x == 39 || x == 40 ? 255 : 0);
  g_assert_cmpint (at (edges, 30, 9), ==, 255);
  g_assert_cmpint (at (edges, 30, 8), ==, 0);
}

static void
test_threshold (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (40, 40, FALSE);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GdkPixbuf) strong = NULL;
  g_autoptr (GdkPixbuf) weak = NULL;

  fill (pixbuf, 0, 0, 20, 40, 0x202020ff);
  body = encode (pixbuf, "png");
  strong = outline (body, NULL);
  weak = outline (body, "threshold=0.1");
  g_assert_cmpint (at (strong, 19, 20), ==, 0);
  g_assert_cmpint (at (weak, 19, 20), >, 64);
  refused (ask_bytes ("edges", body, NULL, NULL, "threshold=-1"), 400, "threshold");
}

static void
test_alpha (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (30, 30, TRUE);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GdkPixbuf) edges = NULL;

  fill (pixbuf, 0, 0, 30, 30, 0x00000000);
  fill (pixbuf, 10, 10, 10, 10, 0xffffffff);
  body = encode (pixbuf, "png");
  edges = outline (body, NULL);
  g_assert_cmpint (at (edges, 10, 15), ==, 0);
}

static void
test_sample (void)
{
  g_autoptr (GBytes) body = read_sample ("edges-mill.png");
  g_autoptr (GdkPixbuf) edges = outline (body, NULL);
  guint n = 0;

  for (int y = 0; y < 420; y++)
    for (int x = 0; x < 360; x++)
      n += at (edges, x, y) > 0;
  g_assert_cmpuint (n, >, 360 * 420 / 50);
  g_assert_cmpuint (n, <, 360 * 420 / 5);
}

static void
test_wrong (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_picture (4097, 2, FALSE);
  g_autoptr (GBytes) wide = encode (pixbuf, "png");

  refused (ask ("edges", "", "image/png", NULL, NULL), 400, "empty");
  refused (ask ("edges", "\xff\xd8\xff\xe0", "image/jpeg", NULL, NULL), 400, "no size");
  refused (ask ("edges", "x", "image/webp", NULL, NULL), 415, "image/png");
  refused (ask_bytes ("edges", wide, NULL, "application/json", NULL), 406, "image/png");
  refused (ask_bytes ("edges", wide, NULL, NULL, NULL), 422, "more than 4096");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/edges/square", test_square);
  g_test_add_func ("/model/edges/threshold", test_threshold);
  g_test_add_func ("/model/edges/alpha", test_alpha);
  g_test_add_func ("/model/edges/sample", test_sample);
  g_test_add_func ("/model/edges/wrong-input", test_wrong);

  return g_test_run ();
}
