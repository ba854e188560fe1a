/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <gst/fft/gstfftf64.h>
#include <math.h>

#include "practice/models/trestle-practice-json.h"
#include "practice/models/trestle-practice-request.h"
#include "practice/models/trestle-practice-wave.h"

/*
 * McLeod's pitch method: the autocorrelation of a frame, divided by the energy that overlaps, has
 * a peak near 1 at each period. It is taken at four times the sampling rate (the spectrum is padded
 * with zeros, which is exact), so that periods of little more than two samples are seen, and then
 * the period is measured over as many repetitions as the frame holds.
 */
#define OVERSAMPLE 4
#define N_FRAMES 12
#define FRAME_SECONDS 0.25
#define MIN_SAMPLES 32
/* Of all peaks the first one that is this near to the highest is the period. */
#define PEAK_RATIO 0.9
#define MIN_CLARITY 0.6
/* Frames this much below the loudest one say nothing about the pitch (as energy: -40 dB). */
#define MIN_ENERGY_RATIO 1e-4
#define MIN_ENERGY 1e-10

typedef struct
{
  double hertz;
  double weight;
} Estimate;

typedef struct
{
  guint n;
  guint length;
  GstFFTF64 *forward;
  GstFFTF64 *inverse;
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->forward, gst_fft_f64_free);
  g_clear_pointer (&plan->inverse, gst_fft_f64_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static guint
power_of_two (double least)
{
  guint n = 1;

  while (n < least)
    n *= 2;

  return n;
}

/* The autocorrelation at steps of 1/OVERSAMPLE sample. */
static double *
autocorrelate (const Plan *plan, const double *x)
{
  guint bins = plan->length / 2 + 1, fine_length = plan->length * OVERSAMPLE;
  g_autofree double *padded = g_new0 (double, plan->length);
  g_autofree GstFFTF64Complex *spectrum = g_new0 (GstFFTF64Complex, fine_length / 2 + 1);
  double *result = g_new0 (double, fine_length);

  for (guint i = 0; i < plan->n; i++)
    padded[i] = x[i];
  gst_fft_f64_fft (plan->forward, padded, spectrum);
  for (guint i = 0; i < bins; i++)
    {
      spectrum[i].r = (spectrum[i].r * spectrum[i].r + spectrum[i].i * spectrum[i].i)
                      / plan->length;
      spectrum[i].i = 0;
    }
  gst_fft_f64_inverse_fft (plan->inverse, spectrum, result);

  return result;
}

/* Turns the autocorrelation of the first half of lags into figures from -1 to 1. */
static guint
normalize (const Plan *plan, const double *x, double *r)
{
  guint n_lags = plan->n * OVERSAMPLE / 2;
  g_autofree double *energy = g_new0 (double, plan->n + 1);

  for (guint i = 0; i < plan->n; i++)
    energy[i + 1] = energy[i] + x[i] * x[i];

  for (guint lag = 0; lag < n_lags; lag++)
    {
      guint whole = lag / OVERSAMPLE;
      double part = (double) (lag % OVERSAMPLE) / OVERSAMPLE;
      double m0 = energy[plan->n - whole] + energy[plan->n] - energy[whole];
      double m1 = energy[plan->n - whole - 1] + energy[plan->n] - energy[whole + 1];
      double m = m0 + part * (m1 - m0);

      r[lag] = m > 0 ? 2 * r[lag] / m : 0;
    }

  return n_lags;
}

/* The place of the peak around a highest point, by the parabola through its neighbours. */
static double
peak_place (const double *r, guint at)
{
  double bend = r[at - 1] - 2 * r[at] + r[at + 1];

  return bend < 0 ? at + 0.5 * (r[at - 1] - r[at + 1]) / bend : at;
}

static double
refine (const double *r, guint n_lags, double period, double clarity)
{
  for (double times = 2; period * (times + 0.5) < n_lags; times *= 2)
    {
      guint from = (guint) (period * (times - 0.25)), to = (guint) (period * (times + 0.25));
      guint best = from;

      for (guint lag = from; lag <= to && lag + 1 < n_lags; lag++)
        best = r[lag] > r[best] ? lag : best;
      /* A voice does not stay in step for long; a peak at the edge is another one's slope. */
      if (r[best] < 0.8 * clarity || best == from || best == to)
        break;
      period = peak_place (r, best) / times;
    }

  return period;
}

static double
frame_pitch (const Plan *plan, const double *x, double rate, double *clarity)
{
  g_autofree double *r = autocorrelate (plan, x);
  guint n_lags = normalize (plan, x, r);
  guint start = 0, best = 0;
  double highest = 0;

  *clarity = 0;
  while (start < n_lags && r[start] > 0)
    start++;
  for (guint lag = start; lag < n_lags; lag++)
    highest = MAX (highest, r[lag]);

  for (guint lag = MAX (start, 1); lag + 1 < n_lags; lag++)
    {
      if (r[lag] >= PEAK_RATIO * highest && r[lag] > 0 && r[lag] >= r[lag - 1]
          && r[lag] > r[lag + 1])
        {
          best = lag;
          break;
        }
    }
  if (best == 0)
    return 0;

  *clarity = MIN (r[best], 1);

  return rate * OVERSAMPLE / refine (r, n_lags, peak_place (r, best), r[best]);
}

/* Channels may cancel each other out, so the loudest one is listened to, not their sum. */
static guint
loudest_channel (const TrestlePracticeWave *wave)
{
  double best = -1;
  guint chosen = 0;

  for (guint c = 0; c < wave->channels; c++)
    {
      double sum = 0;

      for (gsize i = c; i < wave->n_frames * wave->channels; i += wave->channels)
        sum += (double) wave->samples[i] * wave->samples[i];
      if (sum > best)
        {
          best = sum;
          chosen = c;
        }
    }

  return chosen;
}

/* Copies a frame without its mean and returns its energy a sample. */
static double
take_frame (const TrestlePracticeWave *wave, guint channel, gsize start, guint n, double *x)
{
  double mean = 0, energy = 0;

  for (guint i = 0; i < n; i++)
    mean += x[i] = wave->samples[(start + i) * wave->channels + channel];
  mean /= n;
  for (guint i = 0; i < n; i++)
    {
      x[i] -= mean;
      energy += x[i] * x[i];
    }

  return energy / n;
}

static int
compare_estimates (gconstpointer a, gconstpointer b)
{
  double one = ((const Estimate *) a)->hertz, two = ((const Estimate *) b)->hertz;

  return (one > two) - (one < two);
}

static double
weighted_median (Estimate *estimates, guint n)
{
  double total = 0, sum = 0;

  qsort (estimates, n, sizeof *estimates, compare_estimates);
  for (guint i = 0; i < n; i++)
    total += estimates[i].weight;
  for (guint i = 0; i < n; i++)
    {
      sum += estimates[i].weight;
      if (sum >= total / 2)
        return estimates[i].hertz;
    }

  return NAN;
}

/* The frequency in Hz, or not a number where there is no pitch. */
static double
find_pitch (const TrestlePracticeWave *wave, guint *n_voiced)
{
  g_auto (Plan) plan = { 0 };
  g_autofree double *x = NULL;
  double energies[N_FRAMES], loudest = 0;
  Estimate estimates[N_FRAMES];
  guint n_frames, channel = loudest_channel (wave);
  gsize room;

  *n_voiced = 0;
  if (wave->n_frames < MIN_SAMPLES)
    return NAN;

  plan.n = MIN (power_of_two (wave->rate * FRAME_SECONDS), wave->n_frames);
  plan.length = power_of_two (2.0 * plan.n);
  plan.forward = gst_fft_f64_new (plan.length, FALSE);
  plan.inverse = gst_fft_f64_new (plan.length * OVERSAMPLE, TRUE);
  x = g_new (double, plan.n);

  room = wave->n_frames - plan.n;
  n_frames = MIN (N_FRAMES, 1 + room / (plan.n / 2));
  for (guint i = 0; i < n_frames; i++)
    {
      energies[i] = take_frame (wave, channel, room * i / MAX (n_frames - 1, 1), plan.n, x);
      loudest = MAX (loudest, energies[i]);
    }

  for (guint i = 0; i < n_frames; i++)
    {
      double clarity, hertz;

      if (energies[i] < MIN_ENERGY || energies[i] < MIN_ENERGY_RATIO * loudest)
        continue;
      take_frame (wave, channel, room * i / MAX (n_frames - 1, 1), plan.n, x);
      hertz = frame_pitch (&plan, x, wave->rate, &clarity);
      if (clarity >= MIN_CLARITY)
        estimates[(*n_voiced)++] = (Estimate) { hertz, clarity * energies[i] };
    }

  return weighted_median (estimates, *n_voiced);
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  g_autoptr (TrestlePracticeWave) wave = NULL;
  g_autoptr (TrestlePracticeJson) json = NULL;
  TrestlePracticeAnswer *error = NULL;
  double hertz;
  guint n_voiced;

  wave = trestle_practice_wave_load (request, &error);
  if (wave == NULL)
    return error;

  hertz = find_pitch (wave, &n_voiced);
  trestle_practice_request_log (request, "[INFO] pitch: %u frames with a pitch", n_voiced);

  json = trestle_practice_json_new ();
  trestle_practice_json_open (json, NULL, '{');
  trestle_practice_json_double (json, "frequency_hz", hertz, 2);
  trestle_practice_json_double (json, "loudness_dbfs", trestle_practice_wave_level (wave), 2);
  trestle_practice_json_double (json, "duration_s", (double) wave->n_frames / wave->rate, 3);
  trestle_practice_json_close (json, '}');

  return trestle_practice_answer_new (200, trestle_practice_json_end (json), "application/json");
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_pitch, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_pitch = {
  .id = "pitch",
  .content_types = (const char *const[]) { "audio/wav", "audio/x-wav", "audio/vnd.wave", NULL },
  .accepts = (const char *const[]) { "application/json", NULL },
  .samples = (const char *const[]) { "pitch-a440.wav", NULL },
  .invoke = invoke,
};
