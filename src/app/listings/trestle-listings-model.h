/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "listings/trestle-listing-item.h"

G_BEGIN_DECLS

/**
 * TrestleListingsModel:
 *
 * The account's products and the drafts on this computer, joined by the product's identifier. Needs no
 * display. Signal "changed": something of a row did.
 */
#define TRESTLE_TYPE_LISTINGS_MODEL (trestle_listings_model_get_type ())
G_DECLARE_FINAL_TYPE (TrestleListingsModel,
                      trestle_listings_model,
                      TRESTLE,
                      LISTINGS_MODEL,
                      GObject)

/**
 * trestle_listings_model_new:
 * @products: a #GListModel of #TrestleOwnProduct
 * @drafts: a #GListModel of #TrestleDraftInfo; where it is #TrestleDrafts they are checked whenever their files change
 * @requests: a #GListModel of #TrestleChangeRequest, newest first
 */
TrestleListingsModel *
trestle_listings_model_new (GListModel *products, GListModel *drafts, GListModel *requests);

/** trestle_listings_model_get_items: Returns: (transfer none): a #GListModel of #TrestleListingItem */
GListModel *trestle_listings_model_get_items (TrestleListingsModel *self);

/** trestle_listings_model_count: @visibility: (nullable): all for %NULL; Returns: rows in that state */
guint trestle_listings_model_count (TrestleListingsModel *self, const char *visibility);

/** trestle_listings_model_find_failed: Returns: (transfer none) (nullable): a row whose change set failed and stands */
TrestleListingItem *trestle_listings_model_find_failed (TrestleListingsModel *self);

G_END_DECLS
