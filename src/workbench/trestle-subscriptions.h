/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-listing.h"
#include "domain/trestle-offer.h"
#include "domain/trestle-package.h"
#include "domain/trestle-quote.h"
#include "domain/trestle-subscription.h"
#include "domain/trestle-version.h"
#include "workbench/trestle-remote-list.h"
#include "workbench/trestle-task.h"

G_BEGIN_DECLS

/**
 * TrestleSubscriptions:
 *
 * A #TrestleRemoteList of #TrestleSubscription (SearchAgreements …), active ones first, then the newest.
 * Property: "n-active" (uint).
 */
#define TRESTLE_TYPE_SUBSCRIPTIONS (trestle_subscriptions_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSubscriptions,
                      trestle_subscriptions,
                      TRESTLE,
                      SUBSCRIPTIONS,
                      TrestleRemoteList)

/** trestle_subscriptions_find: Returns: (transfer none) (nullable): the active one of @product_id as last refreshed */
TrestleSubscription *
trestle_subscriptions_find (TrestleSubscriptions *self, const char *product_id);

/**
 * trestle_subscriptions_quote:
 * @offer: (nullable): else the best private one, else the default public one
 *
 * Returns: (transfer full): resolves to a #TrestleQuote (CreateAgreementRequest; journalled; nothing is bought).
 *   Rejects with %TRESTLE_WORKBENCH_ERROR_ALREADY_SUBSCRIBED. A trial that was used is left out.
 */
DexFuture *trestle_subscriptions_quote (TrestleSubscriptions *self,
                                        TrestleListing *listing,
                                        TrestleOffer *offer);

/**
 * trestle_subscriptions_accept:
 *
 * Accepts @quote: agreement, entitlement, package for this Region.
 *
 * Returns: (transfer full): a task whose result is a #TrestleSubscription. On AWS it ends without an
 *   ARN; the ARN is asked for later.
 */
TrestleTask *trestle_subscriptions_accept (TrestleSubscriptions *self,
                                           TrestleListing *listing,
                                           TrestleQuote *quote);

/** trestle_subscriptions_cancel: CancelAgreement; resolves to TRUE */
DexFuture *
trestle_subscriptions_cancel (TrestleSubscriptions *self, TrestleSubscription *subscription);

/**
 * trestle_subscriptions_package:
 * @version: (nullable): the newest
 *
 * Returns: (transfer full): resolves to the #TrestlePackage of this Region: remembered, or (practice) read
 *   from the Configure page; rejects with %TRESTLE_WORKBENCH_ERROR_ARN_NEEDED or _NOT_SUBSCRIBED
 */
DexFuture *trestle_subscriptions_package (TrestleSubscriptions *self,
                                          TrestleListing *listing,
                                          TrestleVersion *version);

/** trestle_subscriptions_prove: Describe proves @arn, which is then remembered; resolves to #TrestlePackage */
DexFuture *trestle_subscriptions_prove (TrestleSubscriptions *self,
                                        TrestleListing *listing,
                                        TrestleVersion *version,
                                        const char *arn);

/** trestle_subscriptions_describe: resolves to the #TrestlePackage of any model package or algorithm ARN */
DexFuture *trestle_subscriptions_describe (TrestleSubscriptions *self, const char *arn);

/** trestle_subscriptions_dup_configure_uri: Returns: (transfer full): the page that shows the ARN */
char *trestle_subscriptions_dup_configure_uri (TrestleSubscriptions *self, TrestleListing *listing);

G_END_DECLS
