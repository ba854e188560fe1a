/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "product/trestle-product-model.h"

G_BEGIN_DECLS

/**
 * TrestlePricingCard:
 *
 * What each instance type costs, by the hour, day, month or 1,000 calls, and what a call costs at a given
 * number a day. Property: "narrow" (boolean: only instance, total and quota).
 */
#define TRESTLE_TYPE_PRICING_CARD (trestle_pricing_card_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePricingCard, trestle_pricing_card, TRESTLE, PRICING_CARD, GtkWidget)

void trestle_pricing_card_set_model (TrestlePricingCard *self, TrestleProductModel *model);

/** trestle_pricing_card_set_unit: "hour", "day", "month" or "calls" */
void trestle_pricing_card_set_unit (TrestlePricingCard *self, const char *unit);

G_END_DECLS
