/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * TrestleSound:
 * @rate: samples a second in its file
 * @channels: channels in its file
 * @duration: microseconds
 * @peaks: largest absolute value, 0–1, of equal slices of the time
 * @n_peaks: how many
 * @loudness: dBFS of the root mean square over all; -120 for silence
 * @mono: (nullable): the samples, one channel, 16 kHz, for a spectrogram; at most ten minutes
 * @n_mono: how many
 *
 * What is seen of a sound. Immutable.
 */
typedef struct
{
  guint rate, channels;
  gint64 duration;
  float *peaks;
  guint n_peaks;
  double loudness;
  gint16 *mono;
  gsize n_mono;
} TrestleSound;

#define TRESTLE_TYPE_SOUND (trestle_sound_get_type ())
GType trestle_sound_get_type (void) G_GNUC_CONST;
TrestleSound *trestle_sound_copy (const TrestleSound *self);
void trestle_sound_free (TrestleSound *self);

/**
 * trestle_sound_analyse:
 * @bytes: an encoded sound from anywhere
 * @n_peaks: how many peaks are wanted, 1–4096
 *
 * Decodes with GStreamer on the thread pool.
 *
 * Returns: (transfer full): resolves to #TrestleSound (boxed); rejects with %G_IO_ERROR_INVALID_DATA
 */
DexFuture *trestle_sound_analyse (GBytes *bytes, guint n_peaks);

/** trestle_media_init: once, before anything of sound: GStreamer, without touching the command line */
void trestle_media_init (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleSound, trestle_sound_free)

G_END_DECLS
