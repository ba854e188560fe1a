/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** trestle_listings_actions_install: gives the page of @page_class what the rows' menus ask for: `listings.new`, `.edit` … */
void trestle_listings_actions_install (GtkWidgetClass *page_class);

G_END_DECLS
