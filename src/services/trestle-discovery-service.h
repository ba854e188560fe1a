/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "domain/trestle-listing.h"
#include "services/trestle-service.h"

G_BEGIN_DECLS

/* AWS Marketplace Discovery: what is listed. Offers are in trestle-offer-service.h. */

/**
 * trestle_discovery_service_search:
 * @text: (nullable): words to look for
 * @page: (nullable): is told each page of up to 100
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleListing, SageMaker models and algorithms only
 *   (SearchListings)
 */
DexFuture *trestle_discovery_service_search (TrestleAwsClient *client,
                                             const char *text,
                                             TrestleServicePage page,
                                             gpointer data,
                                             GDestroyNotify destroy);

/** trestle_discovery_service_facets: resolves to a #GListModel of #TrestleFacet of SageMaker products (SearchFacets) */
DexFuture *trestle_discovery_service_facets (TrestleAwsClient *client, const char *text);

/** trestle_discovery_service_get_listing: resolves to a detailed #TrestleListing (GetListing) */
DexFuture *trestle_discovery_service_get_listing (TrestleAwsClient *client, const char *listing_id);

/**
 * trestle_discovery_service_get_product:
 *
 * Returns: (transfer full): resolves to a #TrestleListing without id: what is left of a product whose
 *   listing is not to be seen any more (GetProduct)
 */
DexFuture *trestle_discovery_service_get_product (TrestleAwsClient *client, const char *product_id);

/** trestle_discovery_service_versions: resolves to a #GListModel of #TrestleVersion, as AWS orders them (ListFulfillmentOptions) */
DexFuture *trestle_discovery_service_versions (TrestleAwsClient *client, const char *product_id);

G_END_DECLS
