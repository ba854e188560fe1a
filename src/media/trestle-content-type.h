/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TRESTLE_CONTENT_BINARY,
  TRESTLE_CONTENT_TEXT,
  TRESTLE_CONTENT_JSON, /* also JSON Lines */
  TRESTLE_CONTENT_TABLE,
  TRESTLE_CONTENT_PICTURE,
  TRESTLE_CONTENT_SOUND,
  TRESTLE_CONTENT_VIDEO,
} TrestleContentFamily;

/**
 * trestle_content_type_guess:
 * @name: (nullable): file name
 * @head: (nullable): the first bytes, 4 KiB are plenty
 *
 * A MIME type as endpoints name them: "text/csv", "application/jsonlines", "image/jpeg", "audio/wav" …
 *
 * Returns: (transfer full): "application/octet-stream" where nothing fits
 */
char *trestle_content_type_guess (const char *name, GBytes *head);

/**
 * trestle_content_type_choose:
 * @guess: what a file seems to be
 * @supported: (nullable): what the model takes; types may have parameters
 *
 * Returns: (transfer full) (nullable): the one of @supported that means the same as @guess ("audio/x-wav" and
 *   "audio/wav", "text/json" and "application/json" …); @guess itself without a list; NULL where none fits
 */
char *trestle_content_type_choose (const char *guess, const char *const *supported);

TrestleContentFamily trestle_content_type_get_family (const char *type);

/** trestle_content_type_get_extension: Returns: "json", "csv", "png", "wav", "txt", "bin" … */
const char *trestle_content_type_get_extension (const char *type);

G_END_DECLS
