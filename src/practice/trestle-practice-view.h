/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

/* What the caller sees of the catalogue. */

/** trestle_practice_view_lists: Returns: whether the caller comes across @listing when searching */
gboolean
trestle_practice_view_lists (TrestlePracticeContext *ctx, const TrestlePracticeListing *listing);

/** trestle_practice_view_sees: Returns: whether the caller may look at @listing: it is listed, its own, subscribed or in a private offer made to the caller */
gboolean
trestle_practice_view_sees (TrestlePracticeContext *ctx, const TrestlePracticeListing *listing);

/** trestle_practice_view_sees_offer: Returns: whether the caller may look at @offer, expired or not */
gboolean
trestle_practice_view_sees_offer (TrestlePracticeContext *ctx, const TrestlePracticeOffer *offer);
gboolean
trestle_practice_view_has_expired (TrestlePracticeContext *ctx, const TrestlePracticeOffer *offer);

/* Returns: (transfer none) (nullable): what is there under the identifier and may be seen. */
const TrestlePracticeListing *
trestle_practice_view_find_listing (TrestlePracticeContext *ctx, const char *listing_id);
const TrestlePracticeListing *
trestle_practice_view_find_product (TrestlePracticeContext *ctx, const char *product_id);
const TrestlePracticeOffer *
trestle_practice_view_find_offer (TrestlePracticeContext *ctx, const char *offer_id);
const TrestlePracticeOffer *
trestle_practice_view_find_proposal (TrestlePracticeContext *ctx, const char *proposal);

/** trestle_practice_view_dup_address: Returns: (transfer full): where a browser finds @path: itself, if it is an address already */
char *trestle_practice_view_dup_address (TrestlePracticeWorld *world, const char *path);
/** trestle_practice_view_dup_logo: Returns: (transfer full): where the logo of @listing is */
char *
trestle_practice_view_dup_logo (TrestlePracticeWorld *world, const TrestlePracticeListing *listing);
/** trestle_practice_view_dup_sample: Returns: (transfer full): where @sample of @listing is */
char *trestle_practice_view_dup_sample (TrestlePracticeWorld *world,
                                        const TrestlePracticeListing *listing,
                                        JsonObject *sample);

G_END_DECLS
