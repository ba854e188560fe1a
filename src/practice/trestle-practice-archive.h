/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** trestle_practice_archive_new: Returns: (transfer full): a model.tar.gz with one file of @name and @text */
GBytes *trestle_practice_archive_new (const char *name, const char *text);

/**
 * trestle_practice_archive_check:
 * @bytes: tar, gzipped or plain
 *
 * Reads an archive to its end. Its files must be inside the folder that it is unpacked to.
 *
 * Returns: whether it can be unpacked; @error says what is wrong
 */
gboolean trestle_practice_archive_check (GBytes *bytes, GError **error);

/** trestle_practice_gunzip: Returns: (transfer full) (nullable): what @bytes holds; %NULL with @error where it is not gzip or holds more than @max bytes */
GBytes *trestle_practice_gunzip (GBytes *bytes, gsize max, GError **error);

G_END_DECLS
