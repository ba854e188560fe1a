/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"
#include "domain/trestle-enums.h"

G_BEGIN_DECLS

/* The rate card of a draft, `Offer.RateCard`, by dimension keys. */

/** trestle_rate_card_find: Returns: (transfer none) (nullable): the price of @key; good until the draft's next change */
const char *trestle_rate_card_find (TrestleDraft *draft, const char *key);

/**
 * trestle_rate_card_find_near:
 * @row: (inout): where its row is looked for first: where it was found the last time
 *
 * Returns: (transfer none) (nullable): as trestle_rate_card_find(), without a walk through a long card
 */
const char *trestle_rate_card_find_near (TrestleDraft *draft, const char *key, guint *row);

/** trestle_rate_card_set: @price: (nullable): "" leaves a row without a price, %NULL takes the row away */
void trestle_rate_card_set (TrestleDraft *draft, const char *key, const char *price);

/**
 * trestle_rate_card_put:
 * @keys: (element-type utf8): dimension keys
 * @prices: (element-type utf8): the price of each
 *
 * Sets them all, those that are not there yet behind the others: one change of @draft.
 */
void trestle_rate_card_put (TrestleDraft *draft, GPtrArray *keys, GPtrArray *prices);

/**
 * trestle_rate_card_dup_keys:
 * @packages: (element-type TrestlePackage): of the versions that buyers can choose
 *
 * Returns: (transfer full): the keys that are priced, in their order, and those that the packages have
 *   besides: what AWS generates for them. An algorithm's keys look as those that are there.
 */
char **trestle_rate_card_dup_keys (TrestleDraft *draft, GPtrArray *packages);

/** trestle_rate_card_match: Returns: (transfer full) (nullable): of @keys the one that is @key, or is for the same use of the same instance type */
char *trestle_rate_card_match (char **keys, const char *key);

/** trestle_rate_card_get_mode_name: Returns: (transfer none) (nullable): "realtime", "batch", "training", "inference" */
const char *trestle_rate_card_get_mode_name (TrestleUsageMode mode);

G_END_DECLS
