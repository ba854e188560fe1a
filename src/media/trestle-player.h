/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TrestlePlayer:
 *
 * Plays one sound at a time. Properties: "playing" (boolean), "position" and "duration" (int64 µs; position is
 * notified ten times a second while playing), "error" (string, nullable).
 */
#define TRESTLE_TYPE_PLAYER (trestle_player_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePlayer, trestle_player, TRESTLE, PLAYER, GObject)

TrestlePlayer *trestle_player_new (void);

/** trestle_player_load: @bytes: (nullable): an encoded sound; position is kept where @keep_position (A/B listening) */
void trestle_player_load (TrestlePlayer *self, GBytes *bytes, gboolean keep_position);
void trestle_player_set_playing (TrestlePlayer *self, gboolean playing);
gboolean trestle_player_get_playing (TrestlePlayer *self);
void trestle_player_seek (TrestlePlayer *self, gint64 position);
gint64 trestle_player_get_position (TrestlePlayer *self);
gint64 trestle_player_get_duration (TrestlePlayer *self);

G_END_DECLS
