/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "domain/trestle-change-set.h"

G_BEGIN_DECLS

#define TRESTLE_PRIVATE_OFFER_ERROR (trestle_private_offer_error_quark ())

typedef enum
{
  TRESTLE_PRIVATE_OFFER_ERROR_PRODUCT, /* the product has no paid public offer to begin with */
  TRESTLE_PRIVATE_OFFER_ERROR_BUYERS,
  TRESTLE_PRIVATE_OFFER_ERROR_UNTIL,
  TRESTLE_PRIVATE_OFFER_ERROR_PRICE,
  TRESTLE_PRIVATE_OFFER_ERROR_NAME,
} TrestlePrivateOfferError;

GQuark trestle_private_offer_error_quark (void);

/**
 * TrestlePrivateOffer:
 * @product_id: `prod-…`
 * @product_title: for the words
 * @offer: (nullable): DetailsDocument of the offer whose terms it begins with: the product's public
 *   one, or another private one
 * @name: (nullable): else one is made of the buyers
 * @description: (nullable)
 * @buyers: accounts of twelve digits
 * @until: the last day on which it can be accepted, `YYYY-MM-DD` (UTC)
 * @discount: (nullable): what goes off every price, a decimal percentage
 * @prices: (nullable) (element-type utf8 utf8): dimension key → price, instead of @offer's
 *
 * An offer to buyers by name.
 */
typedef struct
{
  const char *product_id;
  const char *product_title;
  JsonNode *offer;
  const char *name;
  const char *description;
  const char *const *buyers;
  const char *until;
  const char *discount;
  GHashTable *prices;
} TrestlePrivateOffer;

/**
 * trestle_private_offer_build:
 * @now: UTC microseconds; 0: no day is too early
 *
 * The request that makes the offer, fills and releases it. It takes prices, licence, refund policy and
 * how long an agreement lasts of the other offer, but no free trial: that is for the public.
 *
 * Source: StartChangeSet of CreateOffer … ReleaseOffer.
 *
 * Returns: (transfer full) (nullable): the request; #TrestlePrivateOfferError, in words for people
 */
TrestleChangeSet *
trestle_private_offer_build (const TrestlePrivateOffer *self, gint64 now, GError **error);

/**
 * trestle_private_offer_build_end:
 * @offer_id: `offer-…`
 * @name: (nullable): its name, for the words
 * @until: its new last day
 *
 * Source: UpdateAvailability.
 *
 * Returns: (transfer full): the request
 */
TrestleChangeSet *
trestle_private_offer_build_end (const char *offer_id, const char *name, const char *until);

/** trestle_private_offer_dup_buyers: Returns: (transfer full): the accounts that @document, of an offer, is made to */
char **trestle_private_offer_dup_buyers (JsonNode *document);

/** trestle_private_offer_dup_until: Returns: (transfer full) (nullable): the last day of @document, of an offer */
char *trestle_private_offer_dup_until (JsonNode *document);

/**
 * trestle_private_offer_check_day:
 * @text: "2026-11-28"
 * @now: UTC microseconds; 0: no day is too early
 *
 * Returns: whether an offer can end on the day @text; #TrestlePrivateOfferError, in words for people
 */
gboolean trestle_private_offer_check_day (const char *text, gint64 now, GError **error);

/** trestle_private_offer_dup_day: Returns: (transfer full): the day of @time (UTC microseconds): "2026-11-28" */
char *trestle_private_offer_dup_day (gint64 time);

G_END_DECLS
