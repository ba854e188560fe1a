/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "listings/trestle-listing-item.h"

G_BEGIN_DECLS

/**
 * TrestleListingMenu:
 *
 * The button of a row's menu. The menu is made when it is asked for: there may be hundreds of rows, and
 * most of them nobody asks. Property: "item" (#TrestleListingItem, nullable).
 */
#define TRESTLE_TYPE_LISTING_MENU (trestle_listing_menu_get_type ())
G_DECLARE_FINAL_TYPE (TrestleListingMenu, trestle_listing_menu, TRESTLE, LISTING_MENU, GtkWidget)

G_END_DECLS
