/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "domain/trestle-change-request.h"
#include "domain/trestle-draft.h"

G_BEGIN_DECLS

/* What the rows of the listings say. @live is what a product is at AWS, or what its draft says; %NULL where it is not there. */

/** trestle_listing_words_state: Returns: (transfer none): @visibility in a word */
const char *trestle_listing_words_state (const char *visibility);
/** trestle_listing_words_state_classes: Returns: (transfer none): style classes of the pill */
const char *const *trestle_listing_words_state_classes (const char *visibility);

/** trestle_listing_words_version: Returns: (transfer full): title of the newest version; "–" */
char *trestle_listing_words_version (TrestleDraft *live);
/** trestle_listing_words_versions: Returns: (transfer full): "4 versions" */
char *trestle_listing_words_versions (TrestleDraft *live);
/** trestle_listing_words_price: Returns: (transfer full): "$0.35–$4.55/h", "Free", "not set" */
char *trestle_listing_words_price (TrestleDraft *live);
/** trestle_listing_words_moment: Returns: (transfer full): with the time of day if it was yesterday or later, else the day */
char *trestle_listing_words_moment (gint64 time);
/** trestle_listing_words_failure: Returns: (transfer full) (nullable): "price missing", the field in a word or two */
char *trestle_listing_words_failure (TrestleChangeRequest *request);

/**
 * trestle_listing_words_menu:
 * @product_id: (nullable)
 * @draft: (nullable): the draft's name
 *
 * Returns: (transfer full): the row's menu, of the page's actions `listings.*`
 */
GMenuModel *
trestle_listing_words_menu (const char *product_id, const char *draft, const char *visibility);

G_END_DECLS
