/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "media/trestle-content-type.h"
#include "media/trestle-picture.h"
#include "media/trestle-player.h"
#include "media/trestle-sound.h"
#include "trestle-test.h"

static void
test_guess (void)
{
  static const struct
  {
    const char *name, *head, *type;
  } cases[] = { { "iris.csv", "", "text/csv" },
                { "a.JPEG", "", "image/jpeg" },
                { "a.wav", NULL, "audio/wav" },
                { "a.jsonl", "{}", "application/jsonlines" },
                { NULL, " {\"a\":1}", "application/json" },
                { NULL, "{\"a\":1}\n{\"a\":2}\n", "application/jsonlines" },
                { "noname", "1,2\n3,4\n", "text/csv" },
                { "noname", "\x89PNG\r\n\x1a\n", "image/png" },
                { "noname", "plain words here", "text/plain" },
                { "noname", "", "application/octet-stream" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes)
          head = cases[i].head ? g_bytes_new_static (cases[i].head, strlen (cases[i].head)) : NULL;
      g_autofree char *type = trestle_content_type_guess (cases[i].name, head);

      g_assert_cmpstr (type, ==, cases[i].type);
    }
}

static void
test_choose (void)
{
  const char *const supported[] = { "text/csv; charset=utf-8", "audio/x-wav", "application/json",
                                    NULL };
  const char *const any[] = { "image/*", NULL };
  g_autofree char *csv = trestle_content_type_choose ("text/csv", supported);
  g_autofree char *wav = trestle_content_type_choose ("audio/wav", supported);
  g_autofree char *png = trestle_content_type_choose ("image/png", supported);
  g_autofree char *wild = trestle_content_type_choose ("image/png", any);
  g_autofree char *free_choice = trestle_content_type_choose ("x/y", NULL);

  g_assert_cmpstr (csv, ==, "text/csv; charset=utf-8");
  g_assert_cmpstr (wav, ==, "audio/x-wav");
  g_assert_null (png);
  g_assert_cmpstr (wild, ==, "image/png");
  g_assert_cmpstr (free_choice, ==, "x/y");
  g_assert_cmpint (trestle_content_type_get_family ("application/vnd.x+json"), ==,
                   TRESTLE_CONTENT_JSON);
  g_assert_cmpint (trestle_content_type_get_family (NULL), ==, TRESTLE_CONTENT_BINARY);
  g_assert_cmpstr (trestle_content_type_get_extension ("image/jpeg"), ==, "jpg");
}

static DexFuture *
test_picture_fiber (gpointer data)
{
  guint8 *pixels = g_malloc0 (40 * 20 * 4);
  TrestlePicture raw = { 40, 20, 40 * 4, NULL, 40, 20 };
  g_autoptr (TrestlePicture) back = NULL;
  g_autoptr (GBytes) png = NULL, cut = NULL, noise = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 40 * 20; i++)
    memcpy (pixels + i * 4, (guint8[]) { 200, 10, 20, 255 }, 4);
  raw.rgba = g_bytes_new_take (pixels, 40 * 20 * 4);
  png = dex_await_boxed (trestle_picture_encode_png (&raw), &error);
  g_assert_no_error (error);
  back = dex_await_boxed (trestle_picture_decode (png, 10, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpint (back->width, ==, 10);
  g_assert_cmpint (back->height, ==, 5);
  g_assert_cmpint (back->full_width, ==, 40);
  g_assert_cmpint (((const guint8 *) g_bytes_get_data (back->rgba, NULL))[0], ==, 200);
  g_bytes_unref (raw.rgba);

  cut = g_bytes_new_from_bytes (png, 0, 30);
  g_assert_null (dex_await_boxed (trestle_picture_decode (cut, 0, 0), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  noise = g_bytes_new_static ("not a picture", 13);
  g_assert_null (dex_await_boxed (trestle_picture_decode (noise, 0, 0), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  return dex_future_new_for_boolean (TRUE);
}

/* One second of 440 Hz at half scale, 8 kHz, mono, 16 bit. */
static GBytes *
make_wav (void)
{
  guint32 rate = 8000, bytes = rate * 2;
  GByteArray *wav = g_byte_array_new ();
  guint32 riff = 36 + bytes, sixteen = 16, byte_rate = rate * 2;
  guint16 one = 1, two = 2, bits = 16;

  g_byte_array_append (wav, (const guint8 *) "RIFF", 4);
  g_byte_array_append (wav, (const guint8 *) &riff, 4);
  g_byte_array_append (wav, (const guint8 *) "WAVEfmt ", 8);
  g_byte_array_append (wav, (const guint8 *) &sixteen, 4);
  g_byte_array_append (wav, (const guint8 *) &one, 2);
  g_byte_array_append (wav, (const guint8 *) &one, 2);
  g_byte_array_append (wav, (const guint8 *) &rate, 4);
  g_byte_array_append (wav, (const guint8 *) &byte_rate, 4);
  g_byte_array_append (wav, (const guint8 *) &two, 2);
  g_byte_array_append (wav, (const guint8 *) &bits, 2);
  g_byte_array_append (wav, (const guint8 *) "data", 4);
  g_byte_array_append (wav, (const guint8 *) &bytes, 4);
  for (guint32 i = 0; i < rate; i++)
    {
      gint16 v = (gint16) (16384 * sin (2 * G_PI * 440 * i / rate));
      g_byte_array_append (wav, (const guint8 *) &v, 2);
    }
  return g_byte_array_free_to_bytes (wav);
}

static DexFuture *
test_sound_fiber (gpointer data)
{
  g_autoptr (GBytes) wav = make_wav ();
  g_autoptr (GBytes) noise = g_bytes_new_static ("not a sound at all", 18);
  g_autoptr (TrestleSound) sound = NULL;
  g_autoptr (GError) error = NULL;

  sound = dex_await_boxed (trestle_sound_analyse (wav, 64), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sound->rate, ==, 8000);
  g_assert_cmpuint (sound->channels, ==, 1);
  g_assert_cmpuint (sound->n_peaks, ==, 64);
  g_assert_cmpfloat_with_epsilon (sound->peaks[30], 0.5, 0.02);
  g_assert_cmpfloat_with_epsilon (sound->loudness, -9.03, 0.2);
  g_assert_cmpint (ABS (sound->duration - G_USEC_PER_SEC), <, 20000);
  g_assert_null (dex_await_boxed (trestle_sound_analyse (noise, 64), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  return dex_future_new_for_boolean (TRUE);
}

static void
resolve_cb (GObject *object, GParamSpec *pspec, DexPromise *promise)
{
  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_boolean (promise, TRUE);
}

static DexFuture *
test_player_fiber (gpointer data)
{
  g_autoptr (TrestlePlayer) player = trestle_player_new ();
  g_autoptr (GBytes) wav = make_wav ();
  g_autoptr (DexPromise) loaded = dex_promise_new ();
  g_autoptr (GError) error = NULL;

  g_signal_connect (player, "notify::duration", G_CALLBACK (resolve_cb), loaded);
  g_signal_connect (player, "notify::error", G_CALLBACK (resolve_cb), loaded);
  trestle_player_load (player, wav, FALSE);
  g_assert_true (dex_await (
      trestle_future_with_timeout (dex_ref (DEX_FUTURE (loaded)), 30000, "Loading"), &error));
  g_assert_no_error (error);
  if (trestle_player_get_duration (player) > 0)
    {
      g_assert_cmpint (ABS (trestle_player_get_duration (player) - G_USEC_PER_SEC), <, 20000);
      trestle_player_seek (player, G_USEC_PER_SEC / 2);
      g_assert_cmpint (trestle_player_get_position (player), ==, G_USEC_PER_SEC / 2);
    }
  else
    {
      g_autofree char *text = NULL;

      /* A machine without any audio sink says so, and does not hang. */
      g_object_get (player, "error", &text, NULL);
      g_assert_nonnull (text);
    }
  trestle_player_load (player, NULL, FALSE);
  g_assert_false (trestle_player_get_playing (player));
  return dex_future_new_for_boolean (TRUE);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/content-type/guess", test_guess);
  g_test_add_func ("/media/content-type/choose", test_choose);
  trestle_test_fiber ("/media/picture", test_picture_fiber);
  trestle_test_fiber ("/media/sound", test_sound_fiber);
  trestle_test_fiber ("/media/player", test_player_fiber);
  return g_test_run ();
}
