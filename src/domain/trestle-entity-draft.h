/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"

G_BEGIN_DECLS

/* Between what the Catalog API tells of a product and its offer, and a draft. */

/**
 * trestle_entity_draft_new:
 * @product: (nullable): DetailsDocument of a `MachineLearningProduct@1.0`
 * @product_id: (nullable): EntityIdentifier, `prod-…@7`; also without revision
 * @offer: (nullable): DetailsDocument of its public offer
 * @offer_id: (nullable): EntityIdentifier, `offer-…@3`
 *
 * The draft by which these would have been made, under the names that change sets write
 * (DescribeEntity uses others in places). AWS does not tell the versions' access roles; logo and an
 * own licence text are at addresses of AWS's.
 *
 * Stands on: Catalog DescribeEntity.
 *
 * Returns: (transfer full): the draft; what is missing or odd in the documents is missing in it
 */
TrestleDraft *trestle_entity_draft_new (JsonNode *product,
                                        const char *product_id,
                                        JsonNode *offer,
                                        const char *offer_id);

/**
 * trestle_entity_offer_is_public:
 * @offer: DetailsDocument of an `Offer@1.0`
 *
 * Returns: whether it is for every buyer: no buyer accounts are named in its rules
 */
gboolean trestle_entity_offer_is_public (JsonNode *offer);

/**
 * trestle_entity_draft_forget:
 *
 * Takes from a draft what AWS gave to the entities (ids, revisions, restrictions), so that it becomes
 * that of another listing.
 */
void trestle_entity_draft_forget (TrestleDraft *draft);

/**
 * trestle_entity_draft_adopt:
 * @from: a draft of the same listing that knows what AWS gave: what is live, or a later one
 *
 * Gives @draft the identifiers and revisions of product, offer and versions; all else stays.
 */
void trestle_entity_draft_adopt (TrestleDraft *draft, TrestleDraft *from);

G_END_DECLS
