/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-difference.h"
#include "domain/trestle-draft.h"

G_BEGIN_DECLS

/*
 * Differences go by fields, in the table's order. Elements of a list of objects (versions, links,
 * parameters, prices) are the same if what identifies them is (TrestleDraftField::identity), wherever
 * they stand; one that only one side has is one difference. A list of texts is one field. What AWS
 * gives (ids, revisions) is none, nor is what it does not tell (an existing version's access role).
 */

/**
 * trestle_draft_diff:
 * @draft: a draft
 * @base: (nullable): what it was made from; %NULL for nothing
 *
 * Returns: (transfer full) (element-type TrestleDifference): what the draft changes
 */
GPtrArray *trestle_draft_diff (TrestleDraft *draft, TrestleDraft *base);

/**
 * trestle_draft_diff_three:
 * @base: (nullable): what it was made from
 * @live: the listing as it is now
 *
 * Returns: (transfer full) (element-type TrestleDifference): where @draft and @live are not the same,
 *   with who of them changed it
 */
GPtrArray *trestle_draft_diff_three (TrestleDraft *draft, TrestleDraft *base, TrestleDraft *live);

/**
 * trestle_draft_diff_take:
 * @difference: one of trestle_draft_diff_three()
 *
 * Gives the draft what is live there. Where an element of a list comes or goes with that, paths of
 * other differences may no longer fit: make them anew.
 *
 * Returns: whether the draft could take it
 */
gboolean
trestle_draft_diff_take (TrestleDraft *draft, TrestleDraft *live, TrestleDifference *difference);

G_END_DECLS
