/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "domain/trestle-draft.h"

G_BEGIN_DECLS

/**
 * TrestleDraftStore:
 *
 * An account's folder of drafts: `NAME.yaml`, beside them the files that they name, in `.history`
 * what they were (trestle-draft-history.h), and in `.base` what each was made from: the listing as it
 * was live, for the three-way difference.
 *
 * Files are written whole or not at all; nothing is overwritten or deleted that is not in the history.
 * Another program may write there too.
 *
 * The functions block for as long as a disk does, and may be called from any thread; an open draft
 * that saves itself is a #TrestleDraftFile.
 */
#define TRESTLE_TYPE_DRAFT_STORE (trestle_draft_store_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDraftStore, trestle_draft_store, TRESTLE, DRAFT_STORE, GObject)

/**
 * TrestleDraftStore::changed:
 *
 * Some file in the folder came, went or changed, through this store or not. Emitted in the main
 * context that was the default where the store was made.
 */

/**
 * trestle_draft_store_dup_folder:
 * @account: the account's folder: "Practice", or what the person called the account
 *
 * Returns: (transfer full): `Trestle/ACCOUNT` in the user's documents
 */
char *trestle_draft_store_dup_folder (const char *account);

/**
 * trestle_draft_store_new:
 * @folder: where the drafts are; it is made where it is missing
 *
 * Returns: (transfer full) (nullable): the store; #GIOErrorEnum
 */
TrestleDraftStore *trestle_draft_store_new (const char *folder, GError **error);
const char *trestle_draft_store_get_folder (TrestleDraftStore *self);

/**
 * trestle_draft_store_dup_path:
 * @draft: a draft's name, or the path of any file: what ends in `.yaml` or `.yml` or holds a slash
 *
 * Returns: (transfer full) (nullable): the file's path, whether it exists or not;
 *   %G_IO_ERROR_INVALID_FILENAME where it cannot be a name
 */
char *trestle_draft_store_dup_path (TrestleDraftStore *self, const char *draft, GError **error);

/**
 * trestle_draft_store_list:
 *
 * Returns: (transfer full) (nullable) (element-type TrestleDraftInfo): every draft, last changed
 *   first; one that cannot be read says why
 */
GPtrArray *trestle_draft_store_list (TrestleDraftStore *self, GError **error);

/**
 * trestle_draft_store_create:
 * @wanted: (nullable): a title or name; %NULL takes the draft's title. It is made a name, with a
 *   number where that is taken
 *
 * Returns: (transfer full) (nullable): the new draft's name
 */
char *trestle_draft_store_create (TrestleDraftStore *self,
                                  const char *wanted,
                                  TrestleDraft *draft,
                                  GError **error);

/**
 * trestle_draft_store_load:
 * @notes: (out) (optional) (transfer full) (element-type TrestleYamlNote): see trestle_yaml_read()
 *
 * Returns: (transfer full) (nullable): the draft; #GIOErrorEnum, #TrestleYamlError
 */
TrestleDraft *trestle_draft_store_load (TrestleDraftStore *self,
                                        const char *name,
                                        GPtrArray **notes,
                                        GError **error);

/** trestle_draft_store_save: writes it; what was there goes to the history, if that is due */
gboolean trestle_draft_store_save (TrestleDraftStore *self,
                                   const char *name,
                                   TrestleDraft *draft,
                                   GError **error);

/**
 * trestle_draft_store_save_text:
 * @known: (nullable): what the caller believes the file to hold
 * @displaced: (out) (optional) (transfer full) (nullable): where in the history something else is,
 *   that another program had written there meanwhile
 */
gboolean trestle_draft_store_save_text (TrestleDraftStore *self,
                                        const char *name,
                                        const char *text,
                                        const char *known,
                                        char **displaced,
                                        GError **error);

/** trestle_draft_store_keep: puts what the file holds now into the history, due or not */
gboolean trestle_draft_store_keep (TrestleDraftStore *self, const char *name, GError **error);

/**
 * trestle_draft_store_duplicate:
 *
 * A draft of another product with the same content: without what AWS gave to the first
 * (trestle_entity_draft_forget()) and without its base.
 *
 * Returns: (transfer full) (nullable): the new draft's name
 */
char *trestle_draft_store_duplicate (TrestleDraftStore *self, const char *name, GError **error);

/** trestle_draft_store_rename: with base and history; %G_IO_ERROR_EXISTS where @to is taken */
gboolean trestle_draft_store_rename (TrestleDraftStore *self,
                                     const char *name,
                                     const char *to,
                                     GError **error);

/** trestle_draft_store_remove: the draft and its base; what it was last is in the history */
gboolean trestle_draft_store_remove (TrestleDraftStore *self, const char *name, GError **error);

/**
 * trestle_draft_store_import:
 * @path: a draft's file somewhere else
 *
 * A draft of the same content, with copies of the files beside it that it names.
 *
 * Returns: (transfer full) (nullable): the new draft's name
 */
char *trestle_draft_store_import (TrestleDraftStore *self, const char *path, GError **error);

/**
 * trestle_draft_store_load_base:
 *
 * Returns: (transfer full) (nullable): what the draft was made from; %NULL without @error where it
 *   was made from nothing
 */
TrestleDraft *
trestle_draft_store_load_base (TrestleDraftStore *self, const char *name, GError **error);

/** trestle_draft_store_save_base: @base %NULL: it was made from nothing */
gboolean trestle_draft_store_save_base (TrestleDraftStore *self,
                                        const char *name,
                                        TrestleDraft *base,
                                        GError **error);

/** trestle_draft_store_history: Returns: (transfer full) (element-type TrestleDraftSnapshot): newest first */
GPtrArray *trestle_draft_store_history (TrestleDraftStore *self, const char *name);

G_END_DECLS
