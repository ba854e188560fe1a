/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

/* A WAVE file of frames × channels samples; bits: 8, 16, 24, 32, or -32, -64 for floating point. */
static inline GBytes *
wave_file (const double *samples, guint n_frames, guint channels, guint rate, int bits)
{
  guint bytes = ABS (bits) / 8, n = n_frames * channels;
  guint32 size = n * bytes;
  guint8 *data = g_malloc0 (44 + size);
  guint32 head[11] = {
    0x46464952,
    36 + size,
    0x45564157,
    0x20746d66,
    16,
    (bits < 0 ? 3 : 1) | channels << 16,
    rate,
    rate * channels * bytes,
    channels * bytes | (guint32) ABS (bits) << 16,
    0x61746164,
    size,
  };

  for (guint i = 0; i < 11; i++)
    for (guint b = 0; b < 4; b++)
      data[i * 4 + b] = head[i] >> (8 * b);

  for (guint i = 0; i < n; i++)
    {
      guint8 *p = data + 44 + i * bytes;
      guint64 word;

      if (bits == -32)
        {
          float value = samples[i];
          guint32 half;

          memcpy (&half, &value, 4);
          word = half;
        }
      else if (bits == -64)
        memcpy (&word, &samples[i], 8);
      else
        {
          double top = ldexp (1, bits - 1);

          word = (guint64) (gint64) CLAMP (round (samples[i] * top), -top, top - 1);
          if (bits == 8)
            word += 128;
        }
      for (guint b = 0; b < bytes; b++)
        p[b] = word >> (8 * b);
    }

  return g_bytes_new_take (data, 44 + size);
}
