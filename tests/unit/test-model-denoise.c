/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

#include "unit/model-test.h"
#include "unit/model-wave.h"

#define RATE 16000
#define N (4 * RATE)

static guint32 state;

static double
noise (double amplitude)
{
  state = state * 1664525 + 1013904223;

  return amplitude * (state / 2147483648.0 - 1);
}

/* A voice of ten harmonics that sounds for half a second and rests for half a second. */
static double
voice (guint i)
{
  double value = 0;

  if (i / (RATE / 2) % 2 == 0)
    return 0;
  for (guint h = 1; h <= 10; h++)
    value += sin (2 * G_PI * 140 * h * i / RATE) / h;

  return 0.2 * value;
}

static double *
samples_of (GBytes *bytes)
{
  const gint16 *in = (const gint16 *) ((const guint8 *) g_bytes_get_data (bytes, NULL) + 44);
  gsize n = (g_bytes_get_size (bytes) - 44) / 2;
  double *out = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    out[i] = GINT16_FROM_LE (in[i]) / 32768.0;

  return out;
}

static TrestlePracticeAnswer *
clean (GBytes *body, const char *attributes)
{
  TrestlePracticeAnswer *answer = ask_bytes ("denoise", body, "audio/wav", NULL, attributes);

  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpstr (answer->content_type, ==, "audio/wav");

  return answer;
}

static double
level (const double *samples, const double *truth, guint from, guint to)
{
  double sum = 0;

  for (guint i = from; i < to; i++)
    sum += (samples[i] - truth[i]) * (samples[i] - truth[i]);

  return 10 * log10 (sum / (to - from) + 1e-12);
}

static void
test_noise_falls (void)
{
  g_autofree double *truth = g_new (double, N);
  g_autofree double *noisy = g_new (double, N);
  g_autofree double *result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (TrestlePracticeAnswer) answer = NULL;
  double energy = 0, kept = 0;

  state = 1;
  for (guint i = 0; i < N; i++)
    {
      truth[i] = voice (i);
      noisy[i] = truth[i] + noise (0.08);
    }
  body = wave_file (noisy, N, 1, RATE, 16);
  answer = clean (body, "strength=0.9; keep=everything");
  g_assert_cmpuint (g_bytes_get_size (answer->body), ==, g_bytes_get_size (body));
  g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), 44, g_bytes_get_data (body, NULL), 44);
  result = samples_of (answer->body);

  /* In a pause, and while the voice speaks. */
  g_assert_cmpfloat (level (result, truth, 17000, 23000), <,
                     level (noisy, truth, 17000, 23000) - 15);
  g_assert_cmpfloat (level (result, truth, 25000, 31000), <,
                     level (noisy, truth, 25000, 31000) - 5);
  for (guint i = 25000; i < 31000; i++)
    {
      energy += truth[i] * truth[i];
      kept += result[i] * result[i];
    }
  g_assert_cmpfloat_with_epsilon (kept / energy, 1, 0.1);
  g_assert_true (g_str_has_prefix (answer->custom_attributes, "snr-gain-db="));
  g_assert_cmpfloat (g_ascii_strtod (answer->custom_attributes + 12, NULL), >, 15);
}

static void
test_strength_nought (void)
{
  g_autofree double *noisy = g_new (double, N);
  g_autofree double *before = NULL;
  g_autofree double *after = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (TrestlePracticeAnswer) answer = NULL;

  state = 2;
  for (guint i = 0; i < N; i++)
    noisy[i] = voice (i) + noise (0.1);
  body = wave_file (noisy, N, 1, RATE, 16);
  answer = clean (body, "strength=0; keep=everything; report=off");
  g_assert_null (answer->custom_attributes);
  before = samples_of (body);
  after = samples_of (answer->body);
  for (guint i = 0; i < N; i++)
    g_assert_cmpfloat_with_epsilon (before[i], after[i], 2 / 32768.0);
}

static void
test_formats (void)
{
  static const int widths[] = { 8, 16, 24, 32, -32 };
  static const guint rates[] = { 8000, 22050, 48000 };
  g_autofree double *samples = g_new (double, 3 * 12345);

  for (guint i = 0; i < 3 * 12345; i++)
    samples[i] = 0.3 * sin (i / 20.0) + noise (0.01);

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint r = 0; r < G_N_ELEMENTS (rates); r++)
      for (guint channels = 1; channels <= 3; channels++)
        {
          g_autoptr (GBytes) body = wave_file (samples, 12345, channels, rates[r], widths[w]);
          g_autoptr (TrestlePracticeAnswer) answer = clean (body, NULL);
          gsize padding = g_bytes_get_size (body) & 1;

          /* The header says the same, but for the padding that the file's length counts. */
          g_assert_cmpuint (g_bytes_get_size (answer->body), ==, g_bytes_get_size (body) + padding);
          g_assert_cmpmem ((const char *) g_bytes_get_data (answer->body, NULL) + 8, 36,
                           (const char *) g_bytes_get_data (body, NULL) + 8, 36);
        }
}

static void
test_silence (void)
{
  g_autofree double *samples = g_new0 (double, RATE);
  g_autoptr (GBytes) silence = wave_file (samples, RATE, 1, RATE, 16);
  g_autoptr (GBytes) one = wave_file (samples, 1, 1, RATE, 16);
  g_autoptr (TrestlePracticeAnswer) quiet = clean (silence, NULL);
  g_autoptr (TrestlePracticeAnswer) tiny = clean (one, NULL);

  g_assert_true (g_bytes_equal (quiet->body, silence));
  g_assert_true (g_bytes_equal (tiny->body, one));
}

static void
test_sample (void)
{
  g_autoptr (GBytes) body = read_sample ("interview-tram.wav");
  g_autoptr (TrestlePracticeAnswer) answer = clean (body, NULL);

  g_assert_cmpuint (g_bytes_get_size (answer->body), ==, g_bytes_get_size (body));
  g_assert_cmpfloat (g_ascii_strtod (answer->custom_attributes + 12, NULL), >, 10);
}

static void
test_wrong (void)
{
  g_autofree double *samples = g_new0 (double, 100);
  g_autoptr (GBytes) body = wave_file (samples, 100, 1, RATE, 16);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (body, 0, 100);

  refused (ask ("denoise", "", "audio/wav", NULL, NULL), 400, "empty");
  refused (ask ("denoise", "RIFFabcdAVI ", "audio/wav", NULL, NULL), 400, "no RIFF WAVE");
  refused (ask ("denoise", "x", "audio/flac", NULL, NULL), 415, "audio/wav");
  refused (ask_bytes ("denoise", body, NULL, "application/json", NULL), 406, "audio/wav");
  refused (ask_bytes ("denoise", body, NULL, NULL, "strength=2"), 400, "strength");
  refused (ask_bytes ("denoise", body, NULL, NULL, "keep=music"), 400, "speech, everything");
  refused (ask_bytes ("denoise", cut, NULL, NULL, NULL), 400, "cut short");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/denoise/noise-falls", test_noise_falls);
  g_test_add_func ("/model/denoise/strength-nought", test_strength_nought);
  g_test_add_func ("/model/denoise/formats", test_formats);
  g_test_add_func ("/model/denoise/silence", test_silence);
  g_test_add_func ("/model/denoise/sample", test_sample);
  g_test_add_func ("/model/denoise/wrong-input", test_wrong);

  return g_test_run ();
}
