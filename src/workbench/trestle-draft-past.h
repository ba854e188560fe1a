/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"

G_BEGIN_DECLS

/**
 * TrestleDraftPast:
 *
 * What was done to a draft since it was opened, to be undone and redone. A step is what one click
 * changed, or what was typed into one field without a pause. Identifiers and revisions, which AWS
 * gives, are never undone. Properties: "can-undo", "can-redo" (boolean).
 *
 * For the main thread.
 */
#define TRESTLE_TYPE_DRAFT_PAST (trestle_draft_past_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDraftPast, trestle_draft_past, TRESTLE, DRAFT_PAST, GObject)

/** TRESTLE_DRAFT_PAST_STEPS: older ones are forgotten */
#define TRESTLE_DRAFT_PAST_STEPS 200

/** trestle_draft_past_new: Returns: (transfer full): of @draft from now on */
TrestleDraftPast *trestle_draft_past_new (TrestleDraft *draft);

gboolean trestle_draft_past_can_undo (TrestleDraftPast *self);
gboolean trestle_draft_past_can_redo (TrestleDraftPast *self);

/** trestle_draft_past_undo: Returns: (transfer full) (nullable): path of what was changed back, "" for more than a field; %NULL where there is no step */
char *trestle_draft_past_undo (TrestleDraftPast *self);

/** trestle_draft_past_redo: as trestle_draft_past_undo(), forward again */
char *trestle_draft_past_redo (TrestleDraftPast *self);

/**
 * trestle_draft_past_restore:
 * @then: what the draft is to be: what it was once
 *
 * One step, which can be undone too.
 */
void trestle_draft_past_restore (TrestleDraftPast *self, TrestleDraft *then);

/** trestle_draft_past_skip: @skip: whether what changes now is no person's doing, and no step */
void trestle_draft_past_skip (TrestleDraftPast *self, gboolean skip);

G_END_DECLS
