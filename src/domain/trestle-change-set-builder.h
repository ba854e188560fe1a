/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "domain/trestle-change-set.h"
#include "domain/trestle-change.h"
#include "domain/trestle-draft.h"

G_BEGIN_DECLS

/**
 * TrestleChangeSetOptions:
 * @addresses: (nullable): what became of the draft's files: path as in the draft → address that AWS
 *   can read
 * @packages: (nullable) (element-type utf8 TrestlePackage): packages and algorithms by ARN. Where those
 *   of the versions are known, each version's prices go with it: AWS prices nothing that a product does
 *   not have yet
 * @product_draft: the product is at AWS, and is still a draft there: it is to be released
 * @offer_draft: the same of its public offer
 * @lock: name the revisions that the base has, so that AWS refuses the set if somebody else changed
 *   product or offer meanwhile
 * @without_free_prices: leave a free offer without UpdatePricingTerms. AWS's documentation wants a
 *   rate card of zeros, and some offers are refused with it (INCOMPATIBLE_TERMS)
 */
typedef struct
{
  GHashTable *addresses;
  GHashTable *packages;
  gboolean product_draft;
  gboolean offer_draft;
  gboolean lock;
  gboolean without_free_prices;
} TrestleChangeSetOptions;

/**
 * trestle_change_set_build:
 * @draft: what the listing is to become
 * @base: (nullable): what it is at AWS, as far as known; %NULL for a new listing
 * @options: (nullable): see there
 *
 * A draft without a product's identifier becomes the one request that makes product, first version
 * and public offer, fills and releases them (to the seller and the testers; going public is a request
 * of its own). Otherwise only what differs from @base is in it; nothing, if nothing differs. Prices
 * of new instance types are in the same request as the version that brings them; of several new
 * versions the first goes, and what waits is told as "later".
 *
 * It says what the draft says, right or wrong: trestle_lint() comes first. Source: StartChangeSet.
 *
 * Returns: (transfer full): the request
 */
TrestleChangeSet *trestle_change_set_build (TrestleDraft *draft,
                                            TrestleDraft *base,
                                            const TrestleChangeSetOptions *options);

/**
 * trestle_change_set_new_visibility:
 * @product_id: `prod-…`
 * @title: the product's title, for the words
 * @visibility: `Public`, `Limited` or `Restricted`
 * @replacement: (nullable): with `Restricted`, the product that takes its place
 *
 * Source: UpdateVisibility, which must be alone in its request.
 *
 * Returns: (transfer full): the request
 */
TrestleChangeSet *trestle_change_set_new_visibility (const char *product_id,
                                                     const char *title,
                                                     const char *visibility,
                                                     const char *replacement);

/**
 * trestle_change_set_can_validate:
 *
 * Source: Intent of StartChangeSet: AWS checks versions beforehand, of a product that is there already.
 *
 * Returns: whether AWS can check @change beforehand, by itself
 */
gboolean trestle_change_set_can_validate (TrestleChange *change);

/**
 * trestle_change_set_dup_checkable:
 *
 * Returns: (transfer full): what of @self AWS can check beforehand; without changes where that is none
 */
TrestleChangeSet *trestle_change_set_dup_checkable (TrestleChangeSet *self);

/**
 * trestle_change_set_to_json:
 * @token: (nullable): ClientRequestToken, at most 64 characters
 * @intent: (nullable): `VALIDATE` or `APPLY`
 *
 * Returns: (transfer full): the whole input of StartChangeSet
 */
JsonNode *
trestle_change_set_to_json (TrestleChangeSet *self, const char *token, const char *intent);

G_END_DECLS
