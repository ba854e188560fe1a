/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeVisibility:
 * @TRESTLE_PRACTICE_PUBLIC: everybody finds it
 * @TRESTLE_PRACTICE_LIMITED: its seller and the accounts that it names find it
 * @TRESTLE_PRACTICE_RESTRICTED: nobody finds it; who is subscribed keeps it
 */
typedef enum
{
  TRESTLE_PRACTICE_PUBLIC,
  TRESTLE_PRACTICE_LIMITED,
  TRESTLE_PRACTICE_RESTRICTED,
} TrestlePracticeVisibility;

/**
 * TrestlePracticeOffer:
 * @id: "offer-…"
 * @proposal: "at-…", what an agreement request names
 * @buyers: (nullable): the accounts that may see it; %NULL for the public offer
 * @expires: UTC microseconds, 0 for never
 * @object: the catalogue's object with `pricing`, `refund_policy`, `eula`
 */
typedef struct
{
  const struct _TrestlePracticeListing *listing;
  char *id;
  char *proposal;
  const char *name;
  GStrv buyers;
  gint64 expires;
  guint expires_in_days;
  JsonObject *object;
  JsonObject *pricing;
} TrestlePracticeOffer;

/**
 * TrestlePracticeVersion:
 * @option: fulfillment option id
 * @resource: name of the package or algorithm with its 32 hex digits
 * @engine: the built-in model that computes the answers; "" where the image is bound to none
 * @restricted: not offered any more; who is subscribed keeps it
 */
typedef struct
{
  const struct _TrestlePracticeListing *listing;
  char *option;
  char *resource;
  const char *engine;
  gboolean restricted;
  gint64 created;
  JsonObject *object;
} TrestlePracticeVersion;

/**
 * TrestlePracticeListing:
 * @offers: (element-type TrestlePracticeOffer): the public one first
 * @versions: (element-type TrestlePracticeVersion): newest first
 * @object: all the rest
 *
 * A product on sale. A seller may change it at any time, which makes a new listing and frees this
 * one: pointers to it, its offers and its versions are good until their holder waits or returns.
 */
typedef struct _TrestlePracticeListing
{
  const char *slug;
  const char *title;
  gboolean algorithm;
  TrestlePracticeVisibility visibility;
  char *listing_id;
  char *product_id;
  GPtrArray *offers;
  GPtrArray *versions;
  JsonObject *seller;
  JsonObject *object;
} TrestlePracticeListing;

/**
 * trestle_practice_listing_new:
 * @object: a listing of catalogue.json; one that a seller published says more (see data/practice/README.md)
 * @seller: its seller
 */
TrestlePracticeListing *trestle_practice_listing_new (JsonObject *object, JsonObject *seller);
void trestle_practice_listing_free (TrestlePracticeListing *self);

/** trestle_practice_listing_get_public: Returns: (transfer none): the public offer */
const TrestlePracticeOffer *
trestle_practice_listing_get_public (const TrestlePracticeListing *self);

/** trestle_practice_listing_is_own: Returns: whether @account sells it */
gboolean trestle_practice_listing_is_own (const TrestlePracticeListing *self, const char *account);

/** trestle_practice_version_get: Returns: (transfer none) (nullable): the object @name ("usage", "instances") of the version, or where it has none of the listing */
JsonObject *trestle_practice_version_get (const TrestlePracticeVersion *self, const char *name);

/** trestle_practice_version_get_samples: Returns: (transfer none) (nullable): its sample inputs: `title`, `content_type`, `file` (with `text`, where it is not in the bundle) or `url` */
JsonArray *trestle_practice_version_get_samples (const TrestlePracticeVersion *self);

G_END_DECLS
