/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"
#include "domain/trestle-listing.h"
#include "domain/trestle-offer.h"

G_BEGIN_DECLS

/* A draft as its buyers would see it, were it published as it is. What it lacks is missing here too. */

/**
 * trestle_draft_shop_listing:
 * @publisher: (nullable): who sells it
 * @logo: (nullable): where its logo can be read; the draft names it as a file beside itself
 *
 * Returns: (transfer full): the listing
 */
TrestleListing *
trestle_draft_shop_listing (TrestleDraft *draft, const char *publisher, const char *logo);

/** trestle_draft_shop_versions: Returns: (transfer full): a #GListModel of #TrestleVersion that buyers can choose, newest first */
GListModel *trestle_draft_shop_versions (TrestleDraft *draft);

/** trestle_draft_shop_offer: Returns: (transfer full): the public offer with its terms */
TrestleOffer *trestle_draft_shop_offer (TrestleDraft *draft);

G_END_DECLS
