/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-engines.h"

#include <gst/fft/gstfftf32.h>
#include <math.h>

#include "practice/models/trestle-practice-request.h"
#include "practice/models/trestle-practice-wave.h"

/*
 * Spectral gating. The sound is cut into overlapping frames; the spectrum of the noise is the mean
 * of the quietest ones; each bin of each frame is lowered by how little it rises above the noise.
 * All channels of a frame share one set of gains, so that voices stay in their place.
 */
#define FRAME_SECONDS 0.04
#define OVERLAP 4
/* The part of the frames that is taken for noise, and how many of them are looked at. */
#define QUIET_PART 0.12
#define MAX_NOISE_FRAMES 300
/* The quietest frames have a little less noise than the average. */
#define NOISE_BIAS 1.4
#define DEEPEST_CUT_DB 32
/* How much of the last frame's gain is kept as it falls; it rises at once. */
#define RELEASE 0.75
/* Digital silence says nothing about noise: -100 dBFS. */
#define SILENCE 1e-10

#define SPEECH_LOW_HZ 70
#define SPEECH_HIGH_HZ 9000

typedef struct
{
  const TrestlePracticeWave *wave;
  guint size;
  guint hop;
  guint bins;
  gsize n_frames;
  float *window;
  float *frame;
  GstFFTF32 *forward;
  GstFFTF32 *inverse;
} Stft;

static void
stft_clear (Stft *self)
{
  g_free (self->window);
  g_free (self->frame);
  g_clear_pointer (&self->forward, gst_fft_f32_free);
  g_clear_pointer (&self->inverse, gst_fft_f32_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stft, stft_clear)

static void
stft_init (Stft *self, const TrestlePracticeWave *wave)
{
  self->wave = wave;
  self->size = 64;
  while (self->size * 1.5 < wave->rate * FRAME_SECONDS)
    self->size *= 2;
  self->hop = self->size / OVERLAP;
  self->bins = self->size / 2 + 1;
  /* The first frame begins before the sound and the last one ends after it: each sample has its
   * full share of windows. */
  self->n_frames = (wave->n_frames + self->size) / self->hop;
  self->window = g_new (float, self->size);
  self->frame = g_new (float, self->size);
  for (guint i = 0; i < self->size; i++)
    self->window[i] = sqrt (0.5 - 0.5 * cos (2 * G_PI * i / self->size));
  self->forward = gst_fft_f32_new (self->size, FALSE);
  self->inverse = gst_fft_f32_new (self->size, TRUE);
}

/* Where in the sound a frame begins; may be negative. */
static gssize
frame_start (const Stft *self, gsize index)
{
  return (gssize) ((index + 1) * self->hop) - (gssize) self->size;
}

static void
stft_analyse (Stft *self, gsize index, guint channel, GstFFTF32Complex *spectrum)
{
  gssize start = frame_start (self, index);

  for (guint i = 0; i < self->size; i++)
    {
      gssize at = start + i;
      float sample = 0;

      if (at >= 0 && (gsize) at < self->wave->n_frames)
        sample = self->wave->samples[at * self->wave->channels + channel];
      self->frame[i] = self->window[i] * sample;
    }
  gst_fft_f32_fft (self->forward, self->frame, spectrum);
}

static void
stft_add (Stft *self, gsize index, guint channel, const GstFFTF32Complex *spectrum, float *out)
{
  gssize start = frame_start (self, index);
  /* The transform multiplies by its size, the squared windows add up to half the overlap. */
  float scale = 2.0f / OVERLAP / self->size;

  gst_fft_f32_inverse_fft (self->inverse, spectrum, self->frame);
  for (guint i = 0; i < self->size; i++)
    {
      gssize at = start + i;

      if (at >= 0 && (gsize) at < self->wave->n_frames)
        out[at * self->wave->channels + channel] += scale * self->window[i] * self->frame[i];
    }
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float one = *(const float *) a, two = *(const float *) b;

  return (one > two) - (one < two);
}

/* Mean energy of each whole frame, not counting what overlaps the ends. */
static float *
frame_energies (const Stft *self, gsize *n)
{
  const TrestlePracticeWave *wave = self->wave;
  float *energies = g_new0 (float, self->n_frames);

  *n = 0;
  for (gsize f = 0; f < self->n_frames; f++)
    {
      gssize start = frame_start (self, f);
      double sum = 0;

      if (start < 0 || (gsize) start + self->size > wave->n_frames)
        {
          energies[f] = INFINITY;
          continue;
        }
      for (gsize i = 0; i < (gsize) self->size * wave->channels; i++)
        {
          float sample = wave->samples[start * wave->channels + i];

          sum += sample * sample;
        }
      energies[f] = sum / (self->size * wave->channels);
      if (energies[f] > SILENCE)
        (*n)++;
    }

  return energies;
}

/* The energy under which a frame is taken for noise; 0 if there is nothing to learn from. */
static float
quiet_limit (const Stft *self, const float *energies, gsize n_sounding)
{
  g_autofree float *sorted = NULL;
  gsize n = 0;

  if (n_sounding == 0)
    return 0;

  sorted = g_new (float, n_sounding);
  for (gsize f = 0; f < self->n_frames && n < n_sounding; f++)
    {
      if (energies[f] > SILENCE && isfinite (energies[f]))
        sorted[n++] = energies[f];
    }
  qsort (sorted, n, sizeof *sorted, compare_floats);

  return sorted[(gsize) (QUIET_PART * (n - 1))];
}

static gboolean
is_quiet (float energy, float limit)
{
  return energy > SILENCE && energy <= limit;
}

/* The power of the noise in each bin, summed over the channels. */
static float *
learn_noise (Stft *self, const float *energies, float limit)
{
  float *noise = g_new0 (float, self->bins);
  g_autofree GstFFTF32Complex *spectrum = g_new (GstFFTF32Complex, self->bins);
  gsize n_quiet = 0, seen = 0, used = 0, every;

  for (gsize f = 0; f < self->n_frames; f++)
    n_quiet += is_quiet (energies[f], limit);
  every = n_quiet / MAX_NOISE_FRAMES + 1;

  for (gsize f = 0; f < self->n_frames; f++)
    {
      if (!is_quiet (energies[f], limit) || seen++ % every != 0)
        continue;
      for (guint c = 0; c < self->wave->channels; c++)
        {
          stft_analyse (self, f, c, spectrum);
          for (guint i = 0; i < self->bins; i++)
            noise[i] += spectrum[i].r * spectrum[i].r + spectrum[i].i * spectrum[i].i;
        }
      used++;
    }
  for (guint i = 0; i < self->bins; i++)
    noise[i] *= NOISE_BIAS / MAX (used, 1);

  return noise;
}

/* Fills in the gains of a frame from its power; before holds the last frame's. */
static void
find_gains (const Stft *self,
            const float *power,
            const float *noise,
            double strength,
            gboolean speech,
            float *before,
            float *gains)
{
  float lowest = powf (10, -DEEPEST_CUT_DB * strength / 20);
  float weight = 1 + strength;

  for (guint i = 0; i < self->bins; i++)
    {
      guint first = i > 0 ? i - 1 : 0, last = MIN (i + 1, self->bins - 1);
      double hertz = (double) i * self->wave->rate / self->size;
      float p = 0, n = 0, gain = 1;

      for (guint k = first; k <= last; k++)
        {
          p += power[k];
          n += noise[k];
        }
      if (n > 0)
        gain = sqrtf (MAX (0, 1 - weight * n / MAX (p, 1e-20f)));
      if (speech && (hertz < SPEECH_LOW_HZ || hertz > SPEECH_HIGH_HZ))
        gain = 0;
      gains[i] = MAX (MAX (gain, lowest), RELEASE * before[i]);
      before[i] = gains[i];
    }
}

static float *
clean (Stft *self, const float *noise, double strength, gboolean speech)
{
  const TrestlePracticeWave *wave = self->wave;
  float *out = g_new0 (float, wave->n_frames * wave->channels);
  g_autofree GstFFTF32Complex *spectra = g_new (GstFFTF32Complex, self->bins * wave->channels);
  g_autofree float *power = g_new (float, self->bins);
  g_autofree float *gains = g_new (float, self->bins);
  g_autofree float *before = g_new0 (float, self->bins);

  for (gsize f = 0; f < self->n_frames; f++)
    {
      for (guint i = 0; i < self->bins; i++)
        power[i] = 0;
      for (guint c = 0; c < wave->channels; c++)
        {
          GstFFTF32Complex *spectrum = spectra + c * self->bins;

          stft_analyse (self, f, c, spectrum);
          for (guint i = 0; i < self->bins; i++)
            power[i] += spectrum[i].r * spectrum[i].r + spectrum[i].i * spectrum[i].i;
        }
      find_gains (self, power, noise, strength, speech, before, gains);
      for (guint c = 0; c < wave->channels; c++)
        {
          GstFFTF32Complex *spectrum = spectra + c * self->bins;

          for (guint i = 0; i < self->bins; i++)
            {
              spectrum[i].r *= gains[i];
              spectrum[i].i *= gains[i];
            }
          stft_add (self, f, c, spectrum, out);
        }
    }

  return out;
}

/* Mean energy of the quiet frames in samples, in dBFS. */
static double
quiet_level (const Stft *self, const float *energies, float limit, const float *samples)
{
  const TrestlePracticeWave *wave = self->wave;
  double sum = 0;
  gsize n = 0;

  for (gsize f = 0; f < self->n_frames; f++)
    {
      gsize start;

      if (!is_quiet (energies[f], limit))
        continue;
      start = frame_start (self, f) * wave->channels;
      for (gsize i = start; i < start + self->size * wave->channels; i++)
        sum += samples[i] * samples[i];
      n += self->size * wave->channels;
    }

  return n > 0 && sum > 0 ? MAX (10 * log10 (sum / n), -120) : -120;
}

static TrestlePracticeAnswer *
answer (TrestlePracticeRequest *request)
{
  static const char *const keeps[] = { "speech", "everything", NULL };
  static const char *const switches[] = { "off", "on", NULL };
  g_autoptr (TrestlePracticeWave) wave = NULL;
  g_auto (Stft) stft = { 0 };
  g_autofree float *energies = NULL;
  g_autofree float *noise = NULL;
  TrestlePracticeAnswer *result = NULL;
  double strength = 0.8, before, after;
  guint keep = 0, report = 1;
  float *out, limit;
  gsize n_sounding;

  if (!trestle_practice_request_number (request, "strength", 0, 1, &strength, &result)
      || !trestle_practice_request_choice (request, "keep", keeps, &keep, &result)
      || !trestle_practice_request_choice (request, "report", switches, &report, &result))
    return result;
  wave = trestle_practice_wave_load (request, &result);
  if (wave == NULL)
    return result;

  stft_init (&stft, wave);
  energies = frame_energies (&stft, &n_sounding);
  limit = quiet_limit (&stft, energies, n_sounding);
  noise = learn_noise (&stft, energies, limit);
  before = quiet_level (&stft, energies, limit, wave->samples);
  out = clean (&stft, noise, strength, keep == 0);
  after = quiet_level (&stft, energies, limit, out);
  g_free (wave->samples);
  wave->samples = out;

  trestle_practice_request_log (request,
                                "[INFO] denoise: ground %.1f dBFS before, %.1f dBFS "
                                "after, strength %.2f, keep %s",
                                before, after, strength, keeps[keep]);

  result = trestle_practice_wave_answer (wave);
  if (report == 1)
    result->custom_attributes = g_strdup_printf ("snr-gain-db=%.1f; noise-dbfs=%.1f",
                                                 before - after, before);

  return result;
}

static TrestlePracticeAnswer *
invoke (GBytes *body,
        const char *content_type,
        const char *accept,
        const char *custom_attributes,
        GStrv *log_lines)
{
  return trestle_practice_request_run (&trestle_practice_model_denoise, answer, body, content_type,
                                       accept, custom_attributes, log_lines);
}

const TrestlePracticeModel trestle_practice_model_denoise = {
  .id = "denoise",
  .content_types = (const char *const[]) { "audio/wav", "audio/x-wav", "audio/vnd.wave", NULL },
  .accepts = (const char *const[]) { "audio/wav", NULL },
  .samples = (const char *const[]) { "interview-tram.wav", NULL },
  .invoke = invoke,
};
