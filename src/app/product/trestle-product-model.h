/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-price-row.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleStanding: how the account stands to a product; what the page's one button does */
typedef enum
{
  TRESTLE_STANDING_UNKNOWN,
  TRESTLE_STANDING_NOT_SUBSCRIBED,
  TRESTLE_STANDING_TRIAL,
  TRESTLE_STANDING_SUBSCRIBED,
  TRESTLE_STANDING_STARTING, /* an endpoint is on its way */
  TRESTLE_STANDING_RUNNING,  /* an endpoint is in service */
} TrestleStanding;

/** TrestlePart: a part of the page that is loaded, and fails, alone */
typedef enum
{
  TRESTLE_PART_LISTING,
  TRESTLE_PART_VERSIONS,
  TRESTLE_PART_OFFERS,
  TRESTLE_PART_PRICES,
  TRESTLE_N_PARTS,
} TrestlePart;

/**
 * TrestleProductModel:
 *
 * What a product page shows, without widgets. Signal "changed" with the #TrestlePart that did, or
 * %TRESTLE_N_PARTS when the standing did.
 */
#define TRESTLE_TYPE_PRODUCT_MODEL (trestle_product_model_get_type ())
G_DECLARE_FINAL_TYPE (TrestleProductModel, trestle_product_model, TRESTLE, PRODUCT_MODEL, GObject)

/** trestle_product_model_new: @name: a listing's id, product id or slug */
TrestleProductModel *trestle_product_model_new (TrestleSession *session, const char *name);

/**
 * trestle_product_model_new_preview:
 * @open_draft: a draft, which it follows a moment after each change
 *
 * Returns: (transfer full): what the product page would show, were the draft published as it is
 */
TrestleProductModel *
trestle_product_model_new_preview (TrestleSession *session, TrestleOpenDraft *open_draft);

/** trestle_product_model_is_preview: Returns: whether it shows a draft, of which nothing can be bought */
gboolean trestle_product_model_is_preview (TrestleProductModel *self);

/** trestle_product_model_load: reads @part (again) and what hangs on it */
void trestle_product_model_load (TrestleProductModel *self, TrestlePart part);

gboolean trestle_product_model_is_loading (TrestleProductModel *self, TrestlePart part);
const GError *trestle_product_model_get_error (TrestleProductModel *self, TrestlePart part);

TrestleSession *trestle_product_model_get_session (TrestleProductModel *self);
/* All (transfer none) (nullable): not loaded yet */
TrestleListing *trestle_product_model_get_listing (TrestleProductModel *self);
GListModel *trestle_product_model_get_versions (TrestleProductModel *self);
GListModel *trestle_product_model_get_offers (TrestleProductModel *self);
GListModel *trestle_product_model_get_prices (TrestleProductModel *self);
TrestleVersion *trestle_product_model_get_newest (TrestleProductModel *self);
TrestleOffer *trestle_product_model_get_offer (TrestleProductModel *self);
TrestleSubscription *trestle_product_model_get_subscription (TrestleProductModel *self);

/** trestle_product_model_get_standing: @endpoint: (out) (optional) (nullable) (transfer none): the one that counts */
TrestleStanding
trestle_product_model_get_standing (TrestleProductModel *self, TrestleEndpoint **endpoint);

/** trestle_product_model_get_trial_days: Returns: days of the offer's free trial, 0 without one */
int trestle_product_model_get_trial_days (TrestleProductModel *self);

/** trestle_product_model_get_call_price: Returns: (transfer none) (nullable): software price of one call */
const TrestleMoney *trestle_product_model_get_call_price (TrestleProductModel *self);

/** trestle_product_model_get_cheapest: Returns: (transfer none) (nullable): the row with the lowest total that the account may start */
TrestlePriceRow *trestle_product_model_get_cheapest (TrestleProductModel *self);

G_END_DECLS
