/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * trestle_practice_resources_lookup:
 * @path: below the bundle's root: "catalogue.json", "pictures/logo/palette.png", "samples/iris-4.csv"
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *trestle_practice_resources_lookup (const char *path, GError **error);

/** trestle_practice_resources_load_json: Returns: (transfer full) (nullable): what the file @path says; nothing of it can be changed */
JsonNode *trestle_practice_resources_load_json (const char *path, GError **error);

G_END_DECLS
