/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-offer.h"
#include "domain/trestle-quote.h"

G_BEGIN_DECLS

/* What an offer says, in words. No widgets. */

/** trestle_offer_trial_days: Returns: days of its free trial, 0 without one */
int trestle_offer_trial_days (TrestleOffer *offer);

/** trestle_offer_refund_policy: Returns: (transfer none) (nullable) */
const char *trestle_offer_refund_policy (TrestleOffer *offer);

/** trestle_offer_describe: Returns: (transfer full): "14 days free, then by the hour · no end date" */
char *trestle_offer_describe (TrestleOffer *offer);

/** trestle_offer_price_range: Returns: (transfer full): software: "$0.40 – $0.92/h", "$0.004/request", "Free" */
char *trestle_offer_price_range (TrestleOffer *offer);

/** trestle_offer_discount: Returns: whole percent that @offer is below @other, 0 where that cannot be said */
int trestle_offer_discount (TrestleOffer *offer, TrestleOffer *other);

/** trestle_offer_to_code: @language: "cli" or "python"; Returns: (transfer full): subscribing as code to copy */
char *trestle_offer_to_code (TrestleOffer *offer, const char *slug, const char *language);

G_END_DECLS
