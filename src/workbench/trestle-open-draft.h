/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-change-set.h"
#include "domain/trestle-draft-snapshot.h"
#include "domain/trestle-draft.h"
#include "store/trestle-draft-store.h"
#include "workbench/trestle-context.h"
#include "workbench/trestle-draft-past.h"

G_BEGIN_DECLS

/**
 * TrestleOpenDraft:
 *
 * A draft that somebody works on: the document, its file, what is wrong with it and what would be
 * sent. The file is saved within a second of a change, the findings follow within a quarter of one.
 * Properties: "draft" (#TrestleDraft), "name", "path" (string), "saved" (boolean), "problem" (string,
 * nullable: why it could not be saved), "findings" (#GListModel of #TrestleFinding), "n-errors",
 * "n-warnings", "n-changes" (uint), "checked" (boolean: whether packages, files and the live listing
 * were read for the findings). Signals: "linted": findings, changes and differences are those of the
 * draft as it is. "changed-outside" (boolean): another program wrote into the file; %TRUE: the draft is
 * what it wrote, and what was there before is in the history; %FALSE: it is what was typed here, and
 * what the other wrote is in the history.
 */
#define TRESTLE_TYPE_OPEN_DRAFT (trestle_open_draft_get_type ())
G_DECLARE_FINAL_TYPE (TrestleOpenDraft, trestle_open_draft, TRESTLE, OPEN_DRAFT, GObject)

/** trestle_open_draft_get_draft: Returns: (transfer none): the document, which may be changed */
TrestleDraft *trestle_open_draft_get_draft (TrestleOpenDraft *self);
const char *trestle_open_draft_get_name (TrestleOpenDraft *self);
const char *trestle_open_draft_get_path (TrestleOpenDraft *self);

/** trestle_open_draft_get_base: Returns: (transfer none) (nullable): what it was made from */
TrestleDraft *trestle_open_draft_get_base (TrestleOpenDraft *self);

/** trestle_open_draft_get_live: Returns: (transfer none) (nullable): the listing at AWS, once it was read */
TrestleDraft *trestle_open_draft_get_live (TrestleOpenDraft *self);

/** trestle_open_draft_get_findings: Returns: (transfer none): a #GListModel of #TrestleFinding in the order of fields */
GListModel *trestle_open_draft_get_findings (TrestleOpenDraft *self);
guint trestle_open_draft_get_n_errors (TrestleOpenDraft *self);

/** trestle_open_draft_get_package: Returns: (transfer none) (nullable): the package with @arn, a #TrestlePackage, once it was read */
gpointer trestle_open_draft_get_package (TrestleOpenDraft *self, const char *arn);

/** trestle_open_draft_save: resolves to TRUE once all is on the disk */
DexFuture *trestle_open_draft_save (TrestleOpenDraft *self);

/**
 * trestle_open_draft_check:
 *
 * Reads what the linter asks for besides the draft: packages, the live listing, logo and licence.
 * What cannot be read is left out; offline that is all of it but the files.
 *
 * Returns: (transfer full): resolves to the findings, a #GListModel of #TrestleFinding
 */
DexFuture *trestle_open_draft_check (TrestleOpenDraft *self);

/** trestle_open_draft_diff: Returns: (transfer full) (element-type TrestleDifference): draft, base and (where it was read) live listing */
GPtrArray *trestle_open_draft_diff (TrestleOpenDraft *self);

/** trestle_open_draft_build: Returns: (transfer full): what would be sent; without changes where there is nothing to send */
TrestleChangeSet *trestle_open_draft_build (TrestleOpenDraft *self);

/** trestle_open_draft_rebase: what is live now becomes what the draft was made from, so that only the rest counts as its change; resolves to TRUE */
DexFuture *trestle_open_draft_rebase (TrestleOpenDraft *self);

/** trestle_open_draft_get_past: Returns: (transfer none): what was done to it since it was opened, to be undone */
TrestleDraftPast *trestle_open_draft_get_past (TrestleOpenDraft *self);

/**
 * trestle_open_draft_list_history:
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleDraftSnapshot, newest first: what the
 *   draft was, and where that differs from what it is now; one that is the same as a newer one, or
 *   that cannot be read, is left out
 */
DexFuture *trestle_open_draft_list_history (TrestleOpenDraft *self);

/**
 * trestle_open_draft_restore:
 * @snapshot: one of trestle_open_draft_list_history()
 *
 * Gives the draft what it was then, but for the identifiers that AWS has given; what it is now goes
 * into the history first. Can be undone.
 *
 * Returns: (transfer full): resolves to TRUE once it is on the disk
 */
DexFuture *trestle_open_draft_restore (TrestleOpenDraft *self, TrestleDraftSnapshot *snapshot);

/** trestle_open_draft_get_last_rise: Returns: UTC microseconds of the last rise of a price that this installation sent; 0 where none is known */
gint64 trestle_open_draft_get_last_rise (TrestleOpenDraft *self);

/**
 * trestle_open_draft_submit:
 * @bucket: (nullable): where logo and licence are put; else the one that was used last, on the practice account
 *   the seller's
 * @validate: have AWS check what it can, and change nothing
 *
 * Saves, checks, uploads files, sends what differs from the live listing and follows it to its end.
 * Afterwards the draft knows its product, and what is live is what it was made from.
 *
 * Returns: (transfer full): a task (steps files, sent, checked, applied) whose result is the
 *   #TrestleChangeRequest; %TRESTLE_WORKBENCH_ERROR_INPUT where the findings forbid it
 */
TrestleTask *
trestle_open_draft_submit (TrestleOpenDraft *self, const char *bucket, gboolean validate);

G_END_DECLS
