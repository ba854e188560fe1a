/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "publish/trestle-publish-point.h"

G_BEGIN_DECLS

/**
 * TrestlePublishTrack:
 *
 * The steps to the public as one line, read as a list. Property: "vertical" (boolean).
 */
#define TRESTLE_TYPE_PUBLISH_TRACK (trestle_publish_track_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePublishTrack, trestle_publish_track, TRESTLE, PUBLISH_TRACK, GtkWidget)

/** trestle_publish_track_set_steps: @steps: (element-type TrestlePublishPoint) */
void trestle_publish_track_set_steps (TrestlePublishTrack *self, GPtrArray *steps);

G_END_DECLS
