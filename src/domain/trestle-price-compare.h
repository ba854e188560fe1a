/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"
#include "domain/trestle-offer.h"
#include "domain/trestle-price-span.h"

G_BEGIN_DECLS

/**
 * trestle_price_compare:
 * @draft: whose rate card is compared
 * @offers: (element-type TrestleOffer): public offers of other listings, with terms
 *
 * Of every dimension of the draft: what the others ask for the same use of the same instance type, in
 * dollars; prices in other currencies are left out, for sums and medians do not cross them.
 *
 * Returns: (transfer full): a #GListModel of #TrestlePriceSpan in the draft's order
 */
GListModel *trestle_price_compare (TrestleDraft *draft, GPtrArray *offers);

G_END_DECLS
