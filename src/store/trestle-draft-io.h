/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"

G_BEGIN_DECLS

/*
 * A draft's file, wherever it is. All of this blocks for as long as a disk does: for the thread pool
 * and for commands.
 */

/**
 * trestle_draft_read:
 * @path: a file
 * @notes: (out) (optional) (transfer full) (element-type TrestleYamlNote): see trestle_yaml_read()
 * @error: #GIOErrorEnum, or #TrestleYamlError whose text begins with the file's name
 *
 * Returns: (transfer full) (nullable): the draft that is in it
 */
TrestleDraft *trestle_draft_read (const char *path, GPtrArray **notes, GError **error);

/**
 * trestle_draft_read_text:
 *
 * Returns: (transfer full) (nullable): the bytes of the file, and a NUL; no more of them than a draft
 *   may have
 */
char *trestle_draft_read_text (const char *path, gsize *length, GError **error);

/** trestle_draft_parse: a draft of what trestle_draft_read_text() read from @path */
TrestleDraft *trestle_draft_parse (const char *path,
                                   const char *text,
                                   gsize length,
                                   GPtrArray **notes,
                                   GError **error);

/** TRESTLE_DRAFT_FRESH: how the names of files begin that are being written */
#define TRESTLE_DRAFT_FRESH ".new-"

/** trestle_draft_dup_fresh_path: Returns: (transfer full): a hidden file in @folder that none has */
char *trestle_draft_dup_fresh_path (const char *folder);

/** trestle_draft_write: puts the draft into a file, whole or not at all, and on the disk */
gboolean trestle_draft_write (TrestleDraft *draft, const char *path, GError **error);

/** trestle_draft_write_text: the same with a text */
gboolean trestle_draft_write_text (const char *path, const char *text, GError **error);

/**
 * trestle_draft_dup_companion:
 * @path: the draft's file
 * @value: what a field of kind FILE holds
 *
 * A draft names files beside it: `logo.png`, `texts/eula.txt`. It cannot name others, so that a
 * draft from a stranger does not take a private file along when it is submitted.
 *
 * Returns: (transfer full) (nullable): the file's path; %NULL for an address, for nothing, and with
 *   %G_IO_ERROR_INVALID_FILENAME for a path that leads elsewhere
 */
char *trestle_draft_dup_companion (const char *path, const char *value, GError **error);

G_END_DECLS
