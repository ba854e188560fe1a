/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>
#include <libdex.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * trestle_pictures_load:
 * @uri: where the picture is
 * @max_width: device pixels it is shown at most
 * @max_height: likewise
 *
 * Fetches (disk cache first), decodes off the main thread to display size and keeps the result in
 * memory, up to a budget, the longest unused leaving first. A load under way is joined.
 *
 * Returns: (transfer full): resolves to a #GdkTexture
 */
DexFuture *
trestle_pictures_load (TrestleSession *session, const char *uri, int max_width, int max_height);

/** trestle_pictures_peek: Returns: (transfer full) (nullable): the texture when it is in memory */
GdkTexture *trestle_pictures_peek (const char *uri, int max_width, int max_height);

G_END_DECLS
