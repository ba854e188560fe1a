/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"
#include "domain/trestle-own-product.h"
#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

typedef struct _TrestleSession TrestleSession;

/**
 * TrestleDrafts:
 *
 * The account's drafts, files under the user's documents: a #GListModel of #TrestleDraftInfo, last
 * changed first, kept up to date whoever changes the files. Works without a network. Properties:
 * "loaded" (boolean), "problem" (string, nullable: why the folder cannot be read).
 */
#define TRESTLE_TYPE_DRAFTS (trestle_drafts_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDrafts, trestle_drafts, TRESTLE, DRAFTS, GObject)

/** trestle_drafts_get_folder: Returns: (transfer none) (nullable): where the files are; %NULL where the folder cannot be used */
const char *trestle_drafts_get_folder (TrestleDrafts *self);

/** trestle_drafts_refresh: reads the folder anew; resolves to TRUE */
DexFuture *trestle_drafts_refresh (TrestleDrafts *self);

/**
 * trestle_drafts_create:
 * @name: (nullable): what it is called; else by its title
 * @content: (nullable): what it holds; else almost nothing
 *
 * Returns: (transfer full): resolves to the draft's name
 */
DexFuture *trestle_drafts_create (TrestleDrafts *self, const char *name, TrestleDraft *content);

/** trestle_drafts_import_file: a copy of a draft from elsewhere, with the files it names; resolves to its name */
DexFuture *trestle_drafts_import_file (TrestleDrafts *self, const char *path);

/** trestle_drafts_import_product: a draft of a product that AWS has; resolves to its name */
DexFuture *trestle_drafts_import_product (TrestleDrafts *self, TrestleOwnProduct *product);

/**
 * trestle_drafts_export:
 * @draft: a name or a path
 * @path: the file that a copy is written to; what is there is replaced
 *
 * Writes a copy with the files that it names beside it. What was typed is saved before.
 *
 * Returns: (transfer full): resolves to TRUE
 */
DexFuture *trestle_drafts_export (TrestleDrafts *self, const char *draft, const char *path);

/** trestle_drafts_duplicate: the same content for another product; resolves to its name */
DexFuture *trestle_drafts_duplicate (TrestleDrafts *self, const char *name);

/** trestle_drafts_remove: what it was last stays in the history; resolves to TRUE */
DexFuture *trestle_drafts_remove (TrestleDrafts *self, const char *name);

/** trestle_drafts_rename: resolves to TRUE; not while it is open */
DexFuture *trestle_drafts_rename (TrestleDrafts *self, const char *name, const char *to);

/** trestle_drafts_open: @draft: a name or a path; resolves to a #TrestleOpenDraft, the same one as long as somebody has it open */
DexFuture *trestle_drafts_open (TrestleDrafts *self, const char *draft);

/** trestle_drafts_find: Returns: (transfer full) (nullable): the draft of the product @product_id, changed last, a #TrestleDraftInfo */
gpointer trestle_drafts_find (TrestleDrafts *self, const char *product_id);

/**
 * trestle_drafts_lint:
 * @session: (nullable): whose account is asked for packages and the live listing; %NULL: nobody's
 * @path: any draft's file; nothing is written
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleFinding; rejects where the file cannot be read
 */
DexFuture *trestle_drafts_lint (TrestleSession *session, const char *path);

/** trestle_drafts_resolve: Returns: (transfer full) (nullable): the file that @draft, a name or a path, means */
char *trestle_drafts_resolve (TrestleDrafts *self, const char *draft, GError **error);

G_END_DECLS
