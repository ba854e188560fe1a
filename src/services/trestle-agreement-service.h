/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "domain/trestle-agreement.h"
#include "domain/trestle-offer.h"

G_BEGIN_DECLS

/* AWS Marketplace Agreement, the buyer's part. */

/**
 * trestle_agreement_service_request:
 * @offer: with its proposal id
 * @terms: of #TrestleTerm: those asked for; a renewal is asked for switched off
 * @token: client token
 *
 * Returns: (transfer full): resolves to a #TrestleQuote; nothing is bought (CreateAgreementRequest,
 *   intent NEW)
 */
DexFuture *trestle_agreement_service_request (TrestleAwsClient *client,
                                              TrestleOffer *offer,
                                              GListModel *terms,
                                              const char *token);

/** trestle_agreement_service_accept: resolves to the agreement's id, a string (AcceptAgreementRequest) */
DexFuture *trestle_agreement_service_accept (TrestleAwsClient *client, const char *request_id);

/**
 * trestle_agreement_service_search:
 * @product_id: (nullable): of one product only
 * @status: (nullable): "ACTIVE"
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleAgreement that this account accepted (SearchAgreements)
 */
DexFuture *trestle_agreement_service_search (TrestleAwsClient *client,
                                             const char *product_id,
                                             const char *status);

/** trestle_agreement_service_describe: resolves to a #TrestleAgreement (DescribeAgreement) */
DexFuture *trestle_agreement_service_describe (TrestleAwsClient *client, const char *agreement_id);

/** trestle_agreement_service_terms: resolves to a #GListModel of #TrestleTerm that were accepted (GetAgreementTerms) */
DexFuture *trestle_agreement_service_terms (TrestleAwsClient *client, const char *agreement_id);

/** trestle_agreement_service_entitlement: resolves to @agreement with the state of its entitlement (GetAgreementEntitlements) */
DexFuture *
trestle_agreement_service_entitlement (TrestleAwsClient *client, TrestleAgreement *agreement);

/** trestle_agreement_service_cancel: resolves to a string without meaning (CancelAgreement) */
DexFuture *trestle_agreement_service_cancel (TrestleAwsClient *client, const char *agreement_id);

G_END_DECLS
