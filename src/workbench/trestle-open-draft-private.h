/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-change-request.h"
#include "store/trestle-draft-file.h"
#include "workbench/trestle-draft-facts.h"
#include "workbench/trestle-draft-past.h"
#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

struct _TrestleOpenDraft
{
  GObject parent_instance;

  TrestleContext *context;
  TrestleDraftStore *store;
  TrestleDraftFile *file;
  TrestleDraftPast *past;
  char *path;
  TrestleDraft *base;
  TrestleDraft *live;
  char *product_visibility; /* of the live product */
  TrestleDraftFacts *facts; /* NULL until checked */
  GListStore *findings;
  DexFuture *checking;
  gboolean sent_succeeded; /* and what it brought is not in the draft yet */
  guint n_changes;
  guint timer;
};

/** trestle_open_draft_lint: holds it against the rules at once */
void trestle_open_draft_lint (TrestleOpenDraft *self);

/** trestle_open_draft_build_with: @addresses: (nullable): where files of the draft are at AWS */
TrestleChangeSet *trestle_open_draft_build_with (TrestleOpenDraft *self, GHashTable *addresses);

/** trestle_open_draft_adopt_live: takes over what AWS gave to product, offer and versions: identifiers and revisions */
void trestle_open_draft_adopt_live (TrestleOpenDraft *self);

/**
 * trestle_open_draft_dup_reference:
 * @from: (nullable): base or live listing
 *
 * Returns: (transfer full) (nullable): @from with the draft's files in place of AWS's copies of them,
 *   where these have not changed
 */
TrestleDraft *trestle_open_draft_dup_reference (TrestleOpenDraft *self, TrestleDraft *from);

/** trestle_open_draft_note_sent: @name: (nullable): the change set that is being sent for it; %NULL: it has ended */
void trestle_open_draft_note_sent (TrestleOpenDraft *self, const char *name);

/**
 * trestle_open_draft_settle:
 *
 * A change set of this draft that nobody followed to its end (the program was closed, or killed) is
 * looked for, so that a new listing is not made twice.
 *
 * Returns: (transfer full): resolves to TRUE where there is none any more, and the draft knows what it
 *   brought; rejects with %G_IO_ERROR_PENDING while it runs
 */
DexFuture *trestle_open_draft_settle (TrestleOpenDraft *self);

/** trestle_open_draft_take_ids: of a change set that succeeded: the identifiers of what it made */
void trestle_open_draft_take_ids (TrestleOpenDraft *self, TrestleChangeRequest *request);

/** trestle_open_draft_note_rise: a price of its offer rises now */
void trestle_open_draft_note_rise (TrestleOpenDraft *self);

G_END_DECLS
