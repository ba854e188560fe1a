/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-listing.h"

G_BEGIN_DECLS

/**
 * TrestleListingCard:
 *
 * A product in the grid, always of the same height. Properties: "listing", "chosen" (whether it is to be
 * compared).
 */
#define TRESTLE_TYPE_LISTING_CARD (trestle_listing_card_get_type ())
G_DECLARE_FINAL_TYPE (TrestleListingCard, trestle_listing_card, TRESTLE, LISTING_CARD, GtkWidget)

void trestle_listing_card_set_listing (TrestleListingCard *self, TrestleListing *listing);
TrestleListing *trestle_listing_card_get_listing (TrestleListingCard *self);
void trestle_listing_card_set_chosen (TrestleListingCard *self, gboolean chosen);

/** trestle_listing_card_set_choosable: @choosable: whether it can be chosen for a comparison; else it is only to be read */
void trestle_listing_card_set_choosable (TrestleListingCard *self, gboolean choosable);

G_END_DECLS
