/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  TRESTLE_PRACTICE_PRICING_USAGE,
  TRESTLE_PRACTICE_PRICING_CONTRACT,
  TRESTLE_PRACTICE_PRICING_FREE,
} TrestlePracticePricing;

/** trestle_practice_terms_pricing: how the product is paid for with @offer */
TrestlePracticePricing trestle_practice_terms_pricing (const TrestlePracticeOffer *offer);
gboolean trestle_practice_terms_per_inference (const TrestlePracticeOffer *offer);

/** trestle_practice_terms_pricing_type: Returns: "USAGE", "CONTRACT", "FREE" */
const char *trestle_practice_terms_pricing_type (const TrestlePracticeOffer *offer);
const char *trestle_practice_terms_pricing_name (const TrestlePracticeOffer *offer);

/**
 * trestle_practice_terms_build:
 * @base: where licences are served
 *
 * Returns: (transfer full): the offer's terms as GetOfferTerms lists them: unions of one member each
 */
JsonArray *trestle_practice_terms_build (const TrestlePracticeOffer *offer, const char *base);

/** trestle_practice_terms_kind: Returns: the union's key ("legalTerm"); @body: (out) (optional): its value */
const char *trestle_practice_terms_kind (JsonObject *term, JsonObject **body);

/** trestle_practice_terms_upfront: Returns: (nullable): price due on acceptance, "1200.00" */
const char *trestle_practice_terms_upfront (const TrestlePracticeOffer *offer, guint *days);

G_END_DECLS
