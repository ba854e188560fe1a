/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/models/trestle-practice-wave.h"

#include <math.h>
#include <string.h>

/*
 * Read by hand rather than by a GStreamer pipeline: a container has to tell what is wrong with a
 * file, and a pipeline a request would cost more than the models that stand on it.
 */

/* Six minutes at 44 100 Hz; four bytes each. */
#define MAX_SAMPLES (16 * 1000 * 1000)
#define MAX_CHANNELS 32
#define MIN_RATE 1000
#define MAX_RATE 384000
/* Full scale is 1; floating point may go beyond, but squares of it must not overflow. */
#define LOUDEST 16
#define QUIETEST_DBFS -120.0

#define FORMAT_PCM 1
#define FORMAT_FLOAT 3
#define FORMAT_EXTENSIBLE 0xfffe

static guint
le16 (const guint8 *p)
{
  return p[0] | (guint) p[1] << 8;
}

static guint32
le32 (const guint8 *p)
{
  return le16 (p) | (guint32) le16 (p + 2) << 16;
}

/* Parses the "fmt " chunk. */
static TrestlePracticeAnswer *
read_format (TrestlePracticeRequest *request,
             TrestlePracticeWave *wave,
             const guint8 *chunk,
             gsize size)
{
  guint tag, align;

  if (size < 16)
    return trestle_practice_request_error (request, 400, "the WAVE file's format is cut short");

  tag = le16 (chunk);
  wave->channels = le16 (chunk + 2);
  wave->rate = le32 (chunk + 4);
  align = le16 (chunk + 12);
  wave->bits = le16 (chunk + 14);
  if (tag == FORMAT_EXTENSIBLE && size >= 26)
    tag = le16 (chunk + 24);
  wave->is_float = tag == FORMAT_FLOAT;

  if (tag != FORMAT_PCM && tag != FORMAT_FLOAT)
    return trestle_practice_request_error (request, 422,
                                           "WAVE format %u is not supported; send "
                                           "PCM or floating point",
                                           tag);
  if (wave->is_float ? wave->bits != 32 && wave->bits != 64
                     : wave->bits != 8 && wave->bits != 16 && wave->bits != 24 && wave->bits != 32)
    return trestle_practice_request_error (request, 422, "%u bits a sample are not supported",
                                           wave->bits);
  if (wave->channels < 1 || wave->channels > MAX_CHANNELS)
    return trestle_practice_request_error (request, 422, "%u channels are not supported",
                                           wave->channels);
  if (wave->rate < MIN_RATE || wave->rate > MAX_RATE)
    return trestle_practice_request_error (request, 422, "a rate of %u Hz is not supported",
                                           wave->rate);
  if (align != wave->channels * wave->bits / 8)
    return trestle_practice_request_error (request, 400,
                                           "the WAVE file's format contradicts "
                                           "itself (%u bytes a frame)",
                                           align);

  return NULL;
}

static float
read_sample (const TrestlePracticeWave *wave, const guint8 *p)
{
  double value;

  if (wave->is_float && wave->bits == 64)
    {
      guint64 word = le32 (p) | (guint64) le32 (p + 4) << 32;

      memcpy (&value, &word, sizeof value);
    }
  else if (wave->is_float)
    {
      guint32 word = le32 (p);
      float single;

      memcpy (&single, &word, sizeof single);
      value = single;
    }
  else if (wave->bits == 8)
    return (p[0] - 128) / 128.0f;
  else if (wave->bits == 16)
    return (gint16) le16 (p) / 32768.0f;
  else if (wave->bits == 24)
    return (gint32) ((guint32) p[0] << 8 | (guint32) p[1] << 16 | (guint32) p[2] << 24)
           / 2147483648.0f;
  else
    return (gint32) le32 (p) / 2147483648.0f;

  return isfinite (value) ? CLAMP (value, -LOUDEST, LOUDEST) : 0;
}

static TrestlePracticeAnswer *
read_data (TrestlePracticeRequest *request,
           TrestlePracticeWave *wave,
           const guint8 *data,
           gsize size)
{
  guint bytes = wave->bits / 8;
  gsize n;

  wave->n_frames = size / (wave->channels * bytes);
  n = wave->n_frames * wave->channels;
  if (n == 0)
    return trestle_practice_request_error (request, 400, "the WAVE file holds no sound");
  if (n > MAX_SAMPLES)
    return trestle_practice_request_error (request, 422,
                                           "%" G_GSIZE_FORMAT " samples are more "
                                           "than the %d this model takes at once",
                                           n, MAX_SAMPLES);

  wave->samples = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    wave->samples[i] = read_sample (wave, data + i * bytes);

  return NULL;
}

static TrestlePracticeAnswer *
read_chunks (TrestlePracticeRequest *request, TrestlePracticeWave *wave)
{
  const guint8 *data = request->data;
  gsize size = request->size, at = 12;
  TrestlePracticeAnswer *error;

  if (size < 12 || memcmp (data, "RIFF", 4) != 0 || memcmp (data + 8, "WAVE", 4) != 0)
    return trestle_practice_request_error (request, 400, "the body is no RIFF WAVE file");

  while (at + 8 <= size)
    {
      const guint8 *chunk = data + at + 8;
      gsize rest = size - at - 8;
      guint32 length = le32 (data + at + 4);

      if (memcmp (data + at, "data", 4) == 0)
        {
          if (wave->rate == 0)
            return trestle_practice_request_error (request, 400,
                                                   "the WAVE file has no format "
                                                   "before its sound");
          /* Who writes to a pipe cannot know the length and leaves it at the highest, or at 0. */
          if (length == 0 || length >= 0x7fffff00)
            length = MIN (rest, 0x7fffff00);
          if (length > rest)
            return trestle_practice_request_error (request, 400,
                                                   "the WAVE file is cut short: "
                                                   "%u bytes of sound announced, %" G_GSIZE_FORMAT
                                                   " there",
                                                   length, rest);
          return read_data (request, wave, chunk, length);
        }

      if (length > rest)
        break;
      if (memcmp (data + at, "fmt ", 4) == 0)
        {
          error = read_format (request, wave, chunk, length);
          if (error != NULL)
            return error;
        }
      at += 8 + (gsize) length + (length & 1);
    }

  return trestle_practice_request_error (request, 400,
                                         "the WAVE file is cut short: it has no "
                                         "sound");
}

/**
 * trestle_practice_wave_load:
 * @request: a request whose body is a WAVE file: PCM of 8, 16, 24 or 32 bits or floating point,
 *   any channels
 * @error: (out): a 400 or 422 answer
 *
 * Returns: (transfer full) (nullable): the sound, %NULL if @error was set
 */
TrestlePracticeWave *
trestle_practice_wave_load (TrestlePracticeRequest *request, TrestlePracticeAnswer **error)
{
  g_autoptr (TrestlePracticeWave) self = g_new0 (TrestlePracticeWave, 1);

  *error = read_chunks (request, self);
  if (*error != NULL)
    return NULL;

  trestle_practice_request_log (request, "[INFO] %s: %.2f s, %u Hz, %u channels, %u bits%s",
                                request->model->id, (double) self->n_frames / self->rate,
                                self->rate, self->channels, self->bits,
                                self->is_float ? " floating point" : "");

  return g_steal_pointer (&self);
}

/**
 * trestle_practice_wave_free:
 * @self: (transfer full): a sound
 */
void
trestle_practice_wave_free (TrestlePracticeWave *self)
{
  g_free (self->samples);
  g_free (self);
}

/**
 * trestle_practice_wave_level:
 * @self: a sound
 *
 * Returns: the root mean square of all channels in dB against full scale (a sine of full scale has
 *   -3.01), -120 for silence
 */
double
trestle_practice_wave_level (const TrestlePracticeWave *self)
{
  gsize n = self->n_frames * self->channels;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (double) self->samples[i] * self->samples[i];

  return sum > 0 ? MAX (10 * log10 (sum / n), QUIETEST_DBFS) : QUIETEST_DBFS;
}

static void
put16 (GByteArray *array, guint value)
{
  guint8 bytes[2] = { value & 0xff, value >> 8 & 0xff };

  g_byte_array_append (array, bytes, 2);
}

static void
put32 (GByteArray *array, guint32 value)
{
  put16 (array, value & 0xffff);
  put16 (array, value >> 16);
}

static void
put_sample (const TrestlePracticeWave *self, GByteArray *array, float sample)
{
  gint32 value;

  if (self->is_float)
    {
      guint32 word;

      memcpy (&word, &sample, sizeof word);
      put32 (array, word);
      return;
    }

  value = (gint32) CLAMP (llround (ldexp (sample, self->bits - 1)), -(1LL << (self->bits - 1)),
                          (1LL << (self->bits - 1)) - 1);
  if (self->bits == 8)
    {
      guint8 byte = value + 128;

      g_byte_array_append (array, &byte, 1);
    }
  else if (self->bits == 16)
    put16 (array, (guint) value & 0xffff);
  else if (self->bits == 24)
    {
      guint8 high = (guint) value >> 16 & 0xff;

      put16 (array, (guint) value & 0xffff);
      g_byte_array_append (array, &high, 1);
    }
  else
    put32 (array, (guint32) value);
}

/**
 * trestle_practice_wave_answer:
 * @self: a sound
 *
 * Writes @self with its own rate, channels and width (64-bit floating point becomes 32-bit).
 *
 * Returns: (transfer full): an answer of type `audio/wav`
 */
TrestlePracticeAnswer *
trestle_practice_wave_answer (const TrestlePracticeWave *self)
{
  guint bytes = self->is_float ? 4 : self->bits / 8;
  gsize n = self->n_frames * self->channels;
  gsize size = n * bytes;
  GByteArray *array = g_byte_array_sized_new (size + 64);

  g_byte_array_append (array, (const guint8 *) "RIFF", 4);
  put32 (array, 36 + size + (size & 1));
  g_byte_array_append (array, (const guint8 *) "WAVEfmt ", 8);
  put32 (array, 16);
  put16 (array, self->is_float ? FORMAT_FLOAT : FORMAT_PCM);
  put16 (array, self->channels);
  put32 (array, self->rate);
  put32 (array, self->rate * self->channels * bytes);
  put16 (array, self->channels * bytes);
  put16 (array, bytes * 8);
  g_byte_array_append (array, (const guint8 *) "data", 4);
  put32 (array, size);
  for (gsize i = 0; i < n; i++)
    put_sample (self, array, self->samples[i]);
  if (size & 1)
    g_byte_array_append (array, (const guint8 *) "", 1);

  return trestle_practice_answer_new (200, g_byte_array_free_to_bytes (array), "audio/wav");
}
