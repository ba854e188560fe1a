/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "base/trestle-json.h"
#include "domain/trestle-offer.h"

G_BEGIN_DECLS

/* AWS Marketplace Discovery: what a product can be bought for. */

/** trestle_offer_service_list: resolves to a #GListModel of #TrestleOffer as the list knows them: without proposal and terms (ListPurchaseOptions) */
DexFuture *trestle_offer_service_list (TrestleAwsClient *client, const char *product_id);

/** trestle_offer_service_get: resolves to a #TrestleOffer without terms (GetOffer) */
DexFuture *trestle_offer_service_get (TrestleAwsClient *client, const char *offer_id);

/** trestle_offer_service_terms: resolves to a #GListModel of #TrestleTerm (GetOfferTerms) */
DexFuture *trestle_offer_service_terms (TrestleAwsClient *client, const char *offer_id);

/** trestle_offer_service_with_terms: Returns: (transfer full): @offer with @terms */
TrestleOffer *trestle_offer_service_with_terms (TrestleOffer *offer, GListModel *terms);

/** trestle_offer_service_read_term: Returns: (transfer full): the term that the union @at holds; Discovery and Agreement write them alike */
gpointer trestle_offer_service_read_term (TrestleJson at);

G_END_DECLS
