/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/*
 * data/practice/seller.json: what the practice seller has from the start, and the names of
 * categories that a listing may have.
 */

/** trestle_practice_seller_has_category: Returns: whether AWS Marketplace has a category of that name */
gboolean trestle_practice_seller_has_category (const char *name);

/** trestle_practice_seller_get_history: Returns: (transfer none): the change sets of its past, oldest first */
JsonArray *trestle_practice_seller_get_history (void);

/** trestle_practice_seller_seed: products, offers and past change sets; once for each state */
void trestle_practice_seller_seed (TrestlePracticeWorld *world);

/** trestle_practice_seller_publish: puts everything that is released into the shop, at each start */
void trestle_practice_seller_publish (TrestlePracticeWorld *world);

G_END_DECLS
