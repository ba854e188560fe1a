/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleSoundView: an answer that is sound, beside what was sent; property "playing" (boolean, read-only) */
#define TRESTLE_TYPE_SOUND_VIEW (trestle_sound_view_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSoundView, trestle_sound_view, TRESTLE, SOUND_VIEW, GtkWidget)

/** trestle_sound_view_set_sounds: @sent: (nullable): encoded sound, where it was one */
void trestle_sound_view_set_sounds (TrestleSoundView *self, GBytes *sent, GBytes *received);

G_END_DECLS
