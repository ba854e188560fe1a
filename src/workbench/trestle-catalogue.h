/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "domain/trestle-listing.h"
#include "domain/trestle-offer.h"
#include "domain/trestle-version.h"

G_BEGIN_DECLS

typedef enum /*< enum >*/
{
  TRESTLE_SORT_RELEVANCE,
  TRESTLE_SORT_RATING,
  TRESTLE_SORT_TITLE,
  TRESTLE_SORT_PRICE,
} TrestleSort;

/**
 * TrestleListingQuery:
 *
 * One whole question, immutable: text, filters, sort. Build with g_object_new(): "text" (string),
 * "kinds", "categories" (ids or names), "publishers", "pricing" ("free", "hourly", "per-request",
 * "contract"), "takes" (content families "picture", "csv", "json", "sound", "text") — all strv —
 * "min-rating" (double), "trial" (boolean), "max-hourly" (string decimal, with infrastructure),
 * "sort" (#TrestleSort), "limit" (uint).
 */
#define TRESTLE_TYPE_LISTING_QUERY (trestle_listing_query_get_type ())
G_DECLARE_FINAL_TYPE (TrestleListingQuery, trestle_listing_query, TRESTLE, LISTING_QUERY, GObject)

/**
 * TrestleSearchResult:
 *
 * "listings" (#GListModel of #TrestleListing), "facets" (#GListModel of #TrestleFacet, groups
 * "category", "kind", "pricing", "publisher", "takes", "rating", "trial"; counted without the
 * group's own filter), "total" (uint), "refreshed" (int64 µs, 0 never).
 */
#define TRESTLE_TYPE_SEARCH_RESULT (trestle_search_result_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSearchResult, trestle_search_result, TRESTLE, SEARCH_RESULT, GObject)

GListModel *trestle_search_result_get_listings (TrestleSearchResult *self);
GListModel *trestle_search_result_get_facets (TrestleSearchResult *self);
guint trestle_search_result_get_total (TrestleSearchResult *self);
gint64 trestle_search_result_get_refreshed (TrestleSearchResult *self);

/**
 * TrestleCatalogue:
 *
 * Listings of a session: searched in the local store, refreshed from Discovery behind it.
 * Properties: "refreshing" (boolean), "refreshed" (int64), "error" (GError boxed, nullable: the last
 * refresh's). Signal "changed" after a refresh that brought something new.
 */
#define TRESTLE_TYPE_CATALOGUE (trestle_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCatalogue, trestle_catalogue, TRESTLE, CATALOGUE, GObject)

/** trestle_catalogue_search: local only; resolves to #TrestleSearchResult */
DexFuture *trestle_catalogue_search (TrestleCatalogue *self, TrestleListingQuery *query);

/** trestle_catalogue_refresh: all pages of SearchListings for SageMaker models and algorithms, and price hints; resolves to TRUE; a refresh under way is joined */
DexFuture *trestle_catalogue_refresh (TrestleCatalogue *self);

/** trestle_catalogue_find: @name: listing id, product id or slug; resolves to a detailed #TrestleListing; %TRESTLE_WORKBENCH_ERROR_NOT_FOUND names near ones */
DexFuture *trestle_catalogue_find (TrestleCatalogue *self, const char *name);

/** trestle_catalogue_versions: resolves to a #GListModel of #TrestleVersion, newest first (ListFulfillmentOptions) */
DexFuture *trestle_catalogue_versions (TrestleCatalogue *self, TrestleListing *listing);

/** trestle_catalogue_offers: resolves to a #GListModel of #TrestleOffer with terms, private ones first (ListPurchaseOptions, GetOffer, GetOfferTerms) */
DexFuture *trestle_catalogue_offers (TrestleCatalogue *self, TrestleListing *listing);

/** trestle_catalogue_prices: @offer: (nullable): else the default public one; resolves to a #GListModel of #TrestlePriceRow, recommended first, then by total */
DexFuture *
trestle_catalogue_prices (TrestleCatalogue *self, TrestleListing *listing, TrestleOffer *offer);

/**
 * trestle_catalogue_preview_prices:
 * @listing: of a product that need not be published yet
 * @version: whose recommendation counts
 * @offer: whose prices
 *
 * Returns: (transfer full): as trestle_catalogue_prices(), of what only its seller knows
 */
DexFuture *trestle_catalogue_preview_prices (TrestleCatalogue *self,
                                             TrestleListing *listing,
                                             TrestleVersion *version,
                                             TrestleOffer *offer);

/** trestle_catalogue_samples: Returns: (transfer full): #GListModel of #TrestleSample that @version's usage text and @listing's resources name */
GListModel *trestle_catalogue_samples (TrestleCatalogue *self,
                                       TrestleListing *listing,
                                       TrestleVersion *version);

G_END_DECLS
