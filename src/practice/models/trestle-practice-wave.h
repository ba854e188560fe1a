/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/models/trestle-practice-request.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeWave:
 * @rate: frames a second
 * @channels: samples a frame
 * @n_frames: number of frames, at least one
 * @bits: bits a sample in the file
 * @is_float: whether the file holds floating point
 * @samples: (array): n_frames × channels samples, full scale is -1 to 1
 *
 * Sound out of a RIFF WAVE file.
 */
typedef struct
{
  guint rate;
  guint channels;
  gsize n_frames;
  guint bits;
  gboolean is_float;
  float *samples;
} TrestlePracticeWave;

TrestlePracticeWave *
trestle_practice_wave_load (TrestlePracticeRequest *request, TrestlePracticeAnswer **error);
void trestle_practice_wave_free (TrestlePracticeWave *self);
double trestle_practice_wave_level (const TrestlePracticeWave *self);
TrestlePracticeAnswer *trestle_practice_wave_answer (const TrestlePracticeWave *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeWave, trestle_practice_wave_free)

G_END_DECLS
