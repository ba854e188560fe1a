/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleProductPage: all about a product, with the one button that fits how the account stands to it */
#define TRESTLE_TYPE_PRODUCT_PAGE (trestle_product_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleProductPage,
                      trestle_product_page,
                      TRESTLE,
                      PRODUCT_PAGE,
                      AdwNavigationPage)

/** trestle_product_page_new: @name: a listing's id, product id or slug */
GtkWidget *trestle_product_page_new (TrestleSession *session, const char *name);

/**
 * trestle_product_page_new_preview:
 *
 * Returns: (transfer floating): the same page without its bars, of a draft; what would buy is off
 */
GtkWidget *trestle_product_page_new_preview (TrestleSession *session, TrestleOpenDraft *open_draft);

/** trestle_product_page_show: scrolls to "overview", "pricing", "usage", "versions", "rating", "support" or "legal" */
void trestle_product_page_show (TrestleProductPage *self, const char *section);

G_END_DECLS
