/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeCatalogue:
 *
 * What is on sale (data/practice/catalogue.json) with the identifiers that follow from it: they are
 * the same in every state and at every start.
 */
typedef struct _TrestlePracticeCatalogue TrestlePracticeCatalogue;

/**
 * TrestlePracticeOffer:
 * @id: "offer-…"
 * @proposal: "at-…", what an agreement request names
 * @buyer: (nullable): the one account that may see it; %NULL for the public offer
 * @expires: UTC microseconds, 0 for never
 * @terms: the catalogue's object with `pricing`, `refund_policy`, `eula`
 */
typedef struct
{
  const struct _TrestlePracticeListing *listing;
  char *id;
  char *proposal;
  const char *name;
  const char *buyer;
  gint64 expires;
  guint expires_in_days;
  JsonObject *object;
  JsonObject *pricing;
} TrestlePracticeOffer;

/**
 * TrestlePracticeVersion:
 * @option: fulfillment option id
 * @resource: name of the package or algorithm with its 32 hex digits
 */
typedef struct
{
  const struct _TrestlePracticeListing *listing;
  char *option;
  char *resource;
  gint64 created;
  JsonObject *object;
} TrestlePracticeVersion;

/**
 * TrestlePracticeListing:
 * @offers: (element-type TrestlePracticeOffer): the public one first
 * @versions: (element-type TrestlePracticeVersion): newest first
 * @object: all the rest
 */
typedef struct _TrestlePracticeListing
{
  const char *slug;
  const char *title;
  const char *engine;
  gboolean algorithm;
  char *listing_id;
  char *product_id;
  GPtrArray *offers;
  GPtrArray *versions;
  JsonObject *seller;
  JsonObject *object;
} TrestlePracticeListing;

TrestlePracticeCatalogue *trestle_practice_catalogue_load (GError **error);
void trestle_practice_catalogue_free (TrestlePracticeCatalogue *self);

/** trestle_practice_catalogue_set_epoch: private offers expire counted from @epoch, the state's first start */
void trestle_practice_catalogue_set_epoch (TrestlePracticeCatalogue *self, gint64 epoch);

/** trestle_practice_catalogue_get_listings: Returns: (transfer none) (element-type TrestlePracticeListing) */
GPtrArray *trestle_practice_catalogue_get_listings (TrestlePracticeCatalogue *self);
JsonObject *
trestle_practice_catalogue_get_category (TrestlePracticeCatalogue *self, const char *id);
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
/** trestle_practice_catalogue_find_offer: @account: who asks; a private offer of somebody else is not found */
const TrestlePracticeOffer *trestle_practice_catalogue_find_offer (TrestlePracticeCatalogue *self,
                                                                   const char *offer_id,
                                                                   const char *account);
const TrestlePracticeOffer *
trestle_practice_catalogue_find_proposal (TrestlePracticeCatalogue *self,
                                          const char *proposal,
                                          const char *account);

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
