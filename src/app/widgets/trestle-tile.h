/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-listing.h"

G_BEGIN_DECLS

/**
 * TrestleTile:
 *
 * A product's logo in a rounded square; its initial on a colour until it is there. Properties: "listing",
 * "listing-id" (instead: found by the catalogue), "size" (pixels). Its size never depends on the picture.
 */
#define TRESTLE_TYPE_TILE (trestle_tile_get_type ())
G_DECLARE_FINAL_TYPE (TrestleTile, trestle_tile, TRESTLE, TILE, GtkWidget)

GtkWidget *trestle_tile_new (int size);
void trestle_tile_set_listing (TrestleTile *self, TrestleListing *listing);
/** trestle_tile_set_listing_id: @title: (nullable): for the initial until the listing is found */
void trestle_tile_set_listing_id (TrestleTile *self, const char *id, const char *title);

G_END_DECLS
