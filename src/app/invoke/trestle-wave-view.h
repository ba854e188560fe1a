/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "media/trestle-sound.h"

G_BEGIN_DECLS

/** TRESTLE_WAVE_PEAKS: peaks that a view is given; drawn as bars, as many as fit */
#define TRESTLE_WAVE_PEAKS 1024

/**
 * TrestleWaveView:
 *
 * A sound's waveform with a playhead. Properties: "position" (double: 0–1, below 0 for none), "received"
 * (boolean: accent colour). Signal "seek" (double: 0–1).
 */
#define TRESTLE_TYPE_WAVE_VIEW (trestle_wave_view_get_type ())
G_DECLARE_FINAL_TYPE (TrestleWaveView, trestle_wave_view, TRESTLE, WAVE_VIEW, GtkWidget)

/** trestle_wave_view_set_sound: @sound: (nullable); @duration: µs that the whole width stands for */
void
trestle_wave_view_set_sound (TrestleWaveView *self, const TrestleSound *sound, gint64 duration);
void trestle_wave_view_set_position (TrestleWaveView *self, double position);

G_END_DECLS
