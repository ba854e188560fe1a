/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-listing.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeCatalogue:
 *
 * What is on sale: data/practice/catalogue.json with the identifiers that follow from it, the same in
 * every state and at every start, and what the practice seller publishes.
 */
typedef struct _TrestlePracticeCatalogue TrestlePracticeCatalogue;

TrestlePracticeCatalogue *trestle_practice_catalogue_load (GError **error);
void trestle_practice_catalogue_free (TrestlePracticeCatalogue *self);

/** trestle_practice_catalogue_set_epoch: private offers expire counted from @epoch, the state's first start */
void trestle_practice_catalogue_set_epoch (TrestlePracticeCatalogue *self, gint64 epoch);

/**
 * trestle_practice_catalogue_put:
 * @object: a listing in the form of catalogue.json with `product_id`
 *
 * Adds a listing, or replaces the one of the same product: pointers to that one end here.
 */
void trestle_practice_catalogue_put (TrestlePracticeCatalogue *self, JsonObject *object);
/** trestle_practice_catalogue_remove: takes the listing of @product_id away, if there is one */
void trestle_practice_catalogue_remove (TrestlePracticeCatalogue *self, const char *product_id);

/** trestle_practice_catalogue_get_listings: Returns: (transfer none) (element-type TrestlePracticeListing) */
GPtrArray *trestle_practice_catalogue_get_listings (TrestlePracticeCatalogue *self);
JsonObject *
trestle_practice_catalogue_get_category (TrestlePracticeCatalogue *self, const char *id);
/** trestle_practice_catalogue_add_category: Returns: (transfer none): id of the category called @name; one that nobody had is made */
const char *
trestle_practice_catalogue_add_category (TrestlePracticeCatalogue *self, const char *name);
/** trestle_practice_catalogue_get_seller: Returns: (transfer none) (nullable): id of the seller whose account it is */
const char *
trestle_practice_catalogue_get_seller (TrestlePracticeCatalogue *self, const char *account);
/** trestle_practice_catalogue_get_instances: Returns: (transfer none): `instances` */
JsonArray *trestle_practice_catalogue_get_instances (TrestlePracticeCatalogue *self);
JsonObject *
trestle_practice_catalogue_get_instance (TrestlePracticeCatalogue *self, const char *type);
/** trestle_practice_catalogue_get_roles: Returns: (transfer none) (nullable): roles of an account */
JsonArray *
trestle_practice_catalogue_get_roles (TrestlePracticeCatalogue *self, const char *account);

const TrestlePracticeListing *
trestle_practice_catalogue_find_listing (TrestlePracticeCatalogue *self, const char *listing_id);
const TrestlePracticeListing *
trestle_practice_catalogue_find_product (TrestlePracticeCatalogue *self, const char *product_id);
const TrestlePracticeListing *
trestle_practice_catalogue_find_slug (TrestlePracticeCatalogue *self, const char *slug);
/** trestle_practice_catalogue_dup_arn: Returns: (transfer full) (nullable): of @version in @region */
char *
trestle_practice_catalogue_dup_arn (const TrestlePracticeVersion *version, const char *region);

/**
 * trestle_practice_catalogue_find_arn:
 * @region: where the caller is; the ARN must be of that Region
 *
 * Returns: (transfer none) (nullable): the version
 */
const TrestlePracticeVersion *trestle_practice_catalogue_find_arn (TrestlePracticeCatalogue *self,
                                                                   const char *arn,
                                                                   const char *region);

/** trestle_practice_market_account: Returns: (nullable): the AWS account of Marketplace packages in @region; %NULL where there is no such Region */
const char *trestle_practice_market_account (const char *region);
const char *const *trestle_practice_regions (void);

G_END_DECLS
