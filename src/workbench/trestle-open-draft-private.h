/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/trestle-draft-file.h"
#include "workbench/trestle-draft-facts.h"
#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

struct _TrestleOpenDraft
{
  GObject parent_instance;

  TrestleContext *context;
  TrestleDraftStore *store;
  TrestleDraftFile *file;
  char *path;
  TrestleDraft *base;
  TrestleDraft *live;
  char *product_visibility; /* of the live product */
  TrestleDraftFacts *facts; /* NULL until checked */
  GListStore *findings;
  DexFuture *checking;
  guint n_changes;
  guint timer;
};

/** trestle_open_draft_lint: holds it against the rules at once */
void trestle_open_draft_lint (TrestleOpenDraft *self);

/** trestle_open_draft_build_with: @addresses: (nullable): where files of the draft are at AWS */
TrestleChangeSet *
trestle_open_draft_build_with (TrestleOpenDraft *self, GHashTable *addresses);

/** trestle_open_draft_adopt_live: takes over what AWS gave to product, offer and versions: identifiers and revisions */
void trestle_open_draft_adopt_live (TrestleOpenDraft *self);

/** trestle_open_draft_note_rise: a price of its offer rises now */
void trestle_open_draft_note_rise (TrestleOpenDraft *self);

G_END_DECLS
