/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleListingsPage: what the account sells, and the drafts on this computer */
#define TRESTLE_TYPE_LISTINGS_PAGE (trestle_listings_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleListingsPage,
                      trestle_listings_page,
                      TRESTLE,
                      LISTINGS_PAGE,
                      AdwNavigationPage)

GtkWidget *trestle_listings_page_new (TrestleSession *session);

G_END_DECLS
