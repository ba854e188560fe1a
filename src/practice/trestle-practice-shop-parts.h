/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-put.h"
#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/* The parts of which trestle_practice_shop_refresh() makes a listing. */

/** trestle_practice_shop_put_version: writes what one of the product's @version is into the open object @out */
void trestle_practice_shop_put_version (TrestlePracticeWorld *world,
                                        JsonBuilder *out,
                                        JsonObject *version,
                                        gint64 now);

/** trestle_practice_shop_get_delivery: Returns: (transfer none) (nullable): the delivery option of @version */
JsonObject *trestle_practice_shop_get_delivery (JsonObject *version);
/** trestle_practice_shop_get_source: Returns: (nullable): the ARN of what @version sells */
const char *trestle_practice_shop_get_source (JsonObject *version, gboolean *algorithm);

/** trestle_practice_shop_is_public: Returns: whether @offer is the released public one */
gboolean trestle_practice_shop_is_public (JsonObject *offer);
/** trestle_practice_shop_is_private: Returns: whether @offer is a released private one */
gboolean trestle_practice_shop_is_private (JsonObject *offer);

/** trestle_practice_shop_put_offer: writes identifier, prices, licence, refunds … of @offer into the open object @out */
void trestle_practice_shop_put_offer (TrestlePracticeWorld *world,
                                      JsonBuilder *out,
                                      JsonObject *offer,
                                      JsonArray *dimensions);

G_END_DECLS
