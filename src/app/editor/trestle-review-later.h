/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-change-set.h"
#include "widgets/trestle-finding-strip.h"
#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/* What a draft changes beyond @changes, the change set that is reviewed: AWS takes one new version at a time. */

/** trestle_review_later_get: @changes: (nullable); Returns: (transfer none): texts of what waits for the next change set */
const char *const *trestle_review_later_get (TrestleChangeSet *changes);

/** trestle_review_later_show: says in @strip what waits; without anything it hides */
void trestle_review_later_show (TrestleFindingStrip *strip, TrestleChangeSet *changes);

/** trestle_review_later_diff: Returns: (transfer full) (element-type TrestleDifference): what the draft changes, without what waits */
GPtrArray *trestle_review_later_diff (TrestleOpenDraft *open_draft, TrestleChangeSet *changes);

G_END_DECLS
