/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "domain/trestle-draft.h"
#include "domain/trestle-price-span.h"
#include "workbench/trestle-catalogue.h"

G_BEGIN_DECLS

/**
 * TrestleSimilarPrices:
 *
 * What listings like a draft ask. Properties: "spans" (#GListModel of #TrestlePriceSpan), "listings"
 * (#GListModel of #TrestleListing: those that were compared), "unread" (uint: others whose prices AWS
 * did not tell just now).
 */
#define TRESTLE_TYPE_SIMILAR_PRICES (trestle_similar_prices_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSimilarPrices,
                      trestle_similar_prices,
                      TRESTLE,
                      SIMILAR_PRICES,
                      GObject)

GListModel *trestle_similar_prices_get_spans (TrestleSimilarPrices *self);
GListModel *trestle_similar_prices_get_listings (TrestleSimilarPrices *self);
guint trestle_similar_prices_get_unread (TrestleSimilarPrices *self);

/**
 * trestle_similar_prices_find:
 * @draft: copied
 *
 * Looks for listings that share a category with @draft, its own left out, in the catalogue as it is
 * kept here, and reads the public offers of the first dozen.
 *
 * Returns: (transfer full): resolves to a #TrestleSimilarPrices
 */
DexFuture *trestle_similar_prices_find (TrestleCatalogue *catalogue, TrestleDraft *draft);

G_END_DECLS
