/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-listing.h"
#include "domain/trestle-offer.h"
#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/** trestle_offers_list: resolves to a #GListModel of #TrestleOffer with terms, private ones first; kept for ten minutes */
DexFuture *trestle_offers_list (TrestleContext *context, TrestleListing *listing);

/** trestle_offers_choose: @offer_id: (nullable): that one if it is there, else the first; Returns: (transfer none) (nullable) */
TrestleOffer *
trestle_offers_choose (GListModel *offers, const char *offer_id, gboolean allow_private);

G_END_DECLS
