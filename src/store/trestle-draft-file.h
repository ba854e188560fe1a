/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "store/trestle-draft-store.h"

G_BEGIN_DECLS

/**
 * TrestleDraftFile:
 *
 * An open draft. What is changed in it is on the disk within a second; what another program changes
 * in its file is in the draft soon after. Where both change at once, both are kept: the draft stays
 * as it is, is saved, and the other text is in the history.
 *
 * For the main thread. It is to be closed before its draft is renamed or deleted.
 */
#define TRESTLE_TYPE_DRAFT_FILE (trestle_draft_file_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDraftFile, trestle_draft_file, TRESTLE, DRAFT_FILE, GObject)

/**
 * TrestleDraftFile:saved: whether the file holds what the draft does
 * TrestleDraftFile:problem: (nullable): why it could not be saved, or the file not be read again
 */

/**
 * TrestleDraftFile::reloaded:
 *
 * Another program changed the file, and the draft has its content now (#TrestleDraft::changed "" was
 * emitted). What it was before is in the history.
 */

/**
 * TrestleDraftFile::displaced:
 * @path: where in the history the text is that another program had written
 *
 * The draft was saved over it.
 */

/**
 * trestle_draft_file_open:
 * @name: a draft of the store
 *
 * Blocks for as long as reading takes.
 *
 * Returns: (transfer full) (nullable): the open draft; #GIOErrorEnum, #TrestleYamlError
 */
TrestleDraftFile *
trestle_draft_file_open (TrestleDraftStore *store, const char *name, GError **error);

/** trestle_draft_file_get_draft: Returns: (transfer none): the draft, which may be changed */
TrestleDraft *trestle_draft_file_get_draft (TrestleDraftFile *self);
const char *trestle_draft_file_get_name (TrestleDraftFile *self);
gboolean trestle_draft_file_get_saved (TrestleDraftFile *self);
const char *trestle_draft_file_get_problem (TrestleDraftFile *self);

/**
 * trestle_draft_file_save:
 *
 * Saves now what is not saved. To be awaited before the object is dropped; a draft that is dropped
 * unsaved is saved all the same, but blocks.
 *
 * Returns: (transfer full): resolves to %TRUE when all changes so far are on the disk; rejects with
 *   why they could not be written
 */
DexFuture *trestle_draft_file_save (TrestleDraftFile *self);

G_END_DECLS
