/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleFileItem:
 *
 * A file on the bench: from disk, from the clipboard, or a seller's sample. Properties, read-only: "name",
 * "facts" (string: size and where it is from), "icon-name" (string), "thumbnail" (#GdkPaintable, nullable), "mark" (string: icon of what became
 * of it, NULL for nothing yet), "mark-text" (string).
 */
#define TRESTLE_TYPE_FILE_ITEM (trestle_file_item_get_type ())
G_DECLARE_FINAL_TYPE (TrestleFileItem, trestle_file_item, TRESTLE, FILE_ITEM, GObject)

TrestleFileItem *trestle_file_item_new_for_file (GFile *file);
TrestleFileItem *trestle_file_item_new_for_bytes (const char *name, GBytes *bytes);
TrestleFileItem *
trestle_file_item_new_for_sample (TrestleSession *session, const char *name, const char *url);

/** trestle_file_item_load: Returns: (transfer full): resolves to #GBytes (boxed), read once */
DexFuture *trestle_file_item_load (TrestleFileItem *self);

/** trestle_file_item_get_bytes: Returns: (transfer none) (nullable): what has been loaded */
GBytes *trestle_file_item_get_bytes (TrestleFileItem *self);
const char *trestle_file_item_get_name (TrestleFileItem *self);

/** trestle_file_item_get_content_type: Returns: (nullable): guessed; %NULL before it is loaded */
const char *trestle_file_item_get_content_type (TrestleFileItem *self);

/** trestle_file_item_set_mark: @icon_name: (nullable); @text: in words: "Sent", "Too large" */
void trestle_file_item_set_mark (TrestleFileItem *self, const char *icon_name, const char *text);

G_END_DECLS
