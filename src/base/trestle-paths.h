/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * trestle_paths_data:
 * @name: (nullable): a file's or folder's name below it
 *
 * Returns: (transfer full): `$XDG_DATA_HOME/trestle[/name]`; the folder itself is made, 0700
 */
char *trestle_paths_data (const char *name);

/** trestle_paths_cache: Returns: (transfer full): the same under `$XDG_CACHE_HOME` */
char *trestle_paths_cache (const char *name);

/**
 * trestle_slug:
 * @title: a title in any script
 *
 * A slug that people type for a title: "Iris Classifier" → "iris-classifier".
 *
 * Returns: (transfer full): ASCII letters, digits and single dashes
 */
char *trestle_slug (const char *title);

G_END_DECLS
