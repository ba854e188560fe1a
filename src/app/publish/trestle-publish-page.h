/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestlePublishPage: a product's way from draft to public and off the market again */
#define TRESTLE_TYPE_PUBLISH_PAGE (trestle_publish_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePublishPage,
                      trestle_publish_page,
                      TRESTLE,
                      PUBLISH_PAGE,
                      AdwNavigationPage)

/** trestle_publish_page_new: @product_id: `prod-…` */
GtkWidget *trestle_publish_page_new (TrestleSession *session, const char *product_id);

G_END_DECLS
