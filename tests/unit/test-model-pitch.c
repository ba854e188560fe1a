/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include "unit/model-test.h"
#include "unit/model-wave.h"

static const double harmonics[] = { 1, 0.7, 0.5, 0.3, 0.2 };

static GBytes *
tone (double hertz,
      guint n_harmonics,
      double amplitude,
      double seconds,
      guint rate,
      guint channels,
      int bits)
{
  guint n = (guint) (seconds * rate);
  g_autofree double *samples = g_new (double, (gsize) n *channels);
  double sum = 0;

  for (guint h = 0; h < n_harmonics; h++)
    sum += harmonics[h];
  for (guint i = 0; i < n; i++)
    {
      double value = 0;

      for (guint h = 0; h < n_harmonics; h++)
        value += harmonics[h] / sum * sin (2 * G_PI * hertz * (h + 1) * i / rate + h);
      /* The channels are in opposite phase: their sum would be silence. */
      for (guint c = 0; c < channels; c++)
        samples[i * channels + c] = amplitude * (c % 2 == 0 ? value : -value);
    }

  return wave_file (samples, n, channels, rate, bits);
}

static double
hear (GBytes *body)
{
  g_autoptr (JsonObject) object = good (ask_bytes ("pitch", body, "audio/wav", NULL, NULL));

  g_assert_cmpuint (json_object_get_size (object), ==, 3);

  return json_object_get_null_member (object, "frequency_hz")
             ? 0
             : json_object_get_double_member (object, "frequency_hz");
}

static void
assert_pitch (double hertz,
              guint n_harmonics,
              double amplitude,
              double seconds,
              guint rate,
              guint channels,
              int bits)
{
  g_autoptr (GBytes) body = tone (hertz, n_harmonics, amplitude, seconds, rate, channels, bits);
  double heard = hear (body);

  if (fabs (heard / hertz - 1) > 0.01)
    g_test_message ("%g Hz, %u harmonics, %g s at %u Hz, %u channels, %d bits: heard %g", hertz,
                    n_harmonics, seconds, rate, channels, bits, heard);
  g_assert_cmpfloat (fabs (heard / hertz - 1), <=, 0.01);
}

static void
test_sines (void)
{
  static const guint rates[] = { 8000, 11025, 16000, 22050, 44100, 48000, 96000 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    for (double hertz = 27.5; hertz < 0.45 * rates[i]; hertz *= 1.37)
      assert_pitch (hertz, 1, 0.5, 1, rates[i], 1, 16);
}

static void
test_widths (void)
{
  static const int widths[] = { 8, 16, 24, 32, -32, -64 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    for (guint channels = 1; channels <= 6; channels++)
      {
        assert_pitch (440, 1, 0.8, 0.5, 44100, channels, widths[i]);
        assert_pitch (82.41, 5, 0.8, 0.7, 22050, channels, widths[i]);
      }
}

static void
test_voices (void)
{
  for (double hertz = 41.2; hertz < 1600; hertz *= 1.21)
    for (guint n = 2; n <= 5; n++)
      assert_pitch (hertz, n, 0.3, 0.8, 44100, 1, 16);
}

static void
test_short (void)
{
  assert_pitch (440, 1, 0.5, 0.03, 44100, 1, 16);
  assert_pitch (1000, 1, 0.5, 0.01, 44100, 1, 16);
  assert_pitch (110, 3, 0.5, 0.06, 44100, 1, 16);
  assert_pitch (440, 1, 0.003, 1, 44100, 2, 16);
}

static void
test_noisy (void)
{
  g_autofree double *samples = g_new (double, 44100);
  g_autoptr (GBytes) body = NULL;
  guint32 state = 7;

  for (guint i = 0; i < 44100; i++)
    {
      state = state * 1664525 + 1013904223;
      samples[i] = 0.4 * sin (2 * G_PI * 330 * i / 44100) + 0.2 * (state / 2147483648.0 - 1) + 0.1;
    }

  body = wave_file (samples, 44100, 1, 44100, 16);
  g_assert_cmpfloat_with_epsilon (hear (body), 330, 3.3);
}

static void
test_figures (void)
{
  g_autoptr (GBytes) body = tone (1000, 1, 1, 2.5, 48000, 2, -32);
  g_autoptr (JsonObject) object = good (ask_bytes ("pitch", body, NULL, NULL, NULL));

  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "loudness_dbfs"), -3.01,
                                  0.02);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "duration_s"), 2.5, 0.001);
}

static void
test_no_pitch (void)
{
  g_autofree double *samples = g_new0 (double, 20000);
  g_autoptr (GBytes) silence = wave_file (samples, 20000, 1, 8000, 16);
  g_autoptr (GBytes) noise = NULL;
  g_autoptr (GBytes) click = wave_file (samples, 3, 1, 8000, 16);
  g_autoptr (JsonObject) object = good (ask_bytes ("pitch", silence, NULL, NULL, NULL));
  guint32 state = 3;

  g_assert_true (json_object_get_null_member (object, "frequency_hz"));
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "loudness_dbfs"), -120,
                                  0.01);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "duration_s"), 2.5, 0.001);
  g_assert_cmpfloat (hear (click), ==, 0);

  for (guint i = 0; i < 20000; i++)
    {
      state = state * 1664525 + 1013904223;
      samples[i] = state / 2147483648.0 - 1;
    }
  noise = wave_file (samples, 20000, 1, 8000, 16);
  g_assert_cmpfloat (hear (noise), ==, 0);
}

static void
test_sample (void)
{
  g_autoptr (GBytes) body = read_sample ("pitch-a440.wav");

  g_assert_cmpfloat_with_epsilon (hear (body), 440, 1);
}

/* Chunks that are not sound are passed over, and a length that a pipe could not know is ignored. */
static void
test_chunks (void)
{
  g_autoptr (GBytes) body = tone (440, 1, 0.5, 0.5, 16000, 1, 16);
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);

  g_byte_array_append (array, data, 12);
  g_byte_array_append (array, (const guint8 *) "LIST\x03\0\0\0abc\0", 12);
  g_byte_array_append (array, data + 12, size - 12);
  memset (array->data + 12 + 40, 0xff, 4);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  g_assert_cmpfloat_with_epsilon (hear (bytes), 440, 4.4);
}

static GBytes *
patched (guint offset, guint bytes, guint value)
{
  g_autoptr (GBytes) body = tone (440, 1, 0.5, 0.1, 16000, 1, 16);
  gsize size;
  guint8 *data = g_memdup2 (g_bytes_get_data (body, &size), g_bytes_get_size (body));

  for (guint i = 0; i < bytes; i++)
    data[offset + i] = value >> (8 * i);

  return g_bytes_new_take (data, size);
}

static void
test_wrong (void)
{
  static const struct
  {
    guint offset, bytes, value;
    int status;
    const char *word;
  } patches[] = {
    { 0, 4, 0x58464952, 400, "no RIFF" },
    { 12, 4, 0, 400, "no format" },
    { 16, 4, 0xfffffff0, 400, "cut short" },
    { 20, 2, 7, 422, "format 7" },
    { 22, 2, 0, 422, "0 channels" },
    { 22, 2, 999, 422, "channels" },
    { 24, 4, 0, 422, "rate" },
    { 24, 4, 0xffffffff, 422, "rate" },
    { 32, 2, 0, 400, "contradicts" },
    { 34, 2, 12, 422, "12 bits" },
    { 40, 4, 100000, 400, "cut short" },
    { 40, 4, 1, 400, "no sound" },
  };
  g_autoptr (GBytes) body = tone (440, 1, 0.5, 0.1, 16000, 1, 16);

  refused (ask ("pitch", "", "audio/wav", NULL, NULL), 400, "empty");
  refused (ask ("pitch", "x", "audio/mpeg", NULL, NULL), 415, "audio/wav");
  refused (ask ("pitch", "x", NULL, "text/csv", NULL), 406, "application/json");
  for (guint i = 0; i < G_N_ELEMENTS (patches); i++)
    {
      g_autoptr (GBytes) wrong = patched (patches[i].offset, patches[i].bytes, patches[i].value);

      refused (ask_bytes ("pitch", wrong, NULL, NULL, NULL), patches[i].status, patches[i].word);
    }
  for (gsize n = 1; n < g_bytes_get_size (body); n += 11)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (body, 0, n);

      refused (ask_bytes ("pitch", cut, NULL, NULL, NULL), 400, "");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/pitch/sines", test_sines);
  g_test_add_func ("/model/pitch/widths", test_widths);
  g_test_add_func ("/model/pitch/voices", test_voices);
  g_test_add_func ("/model/pitch/short", test_short);
  g_test_add_func ("/model/pitch/noisy", test_noisy);
  g_test_add_func ("/model/pitch/figures", test_figures);
  g_test_add_func ("/model/pitch/no-pitch", test_no_pitch);
  g_test_add_func ("/model/pitch/sample", test_sample);
  g_test_add_func ("/model/pitch/chunks", test_chunks);
  g_test_add_func ("/model/pitch/wrong-input", test_wrong);

  return g_test_run ();
}
