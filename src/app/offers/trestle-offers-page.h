/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleOffersPage:
 *
 * The account's private offers: to whom, until when, and what can be done with them.
 */
#define TRESTLE_TYPE_OFFERS_PAGE (trestle_offers_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleOffersPage,
                      trestle_offers_page,
                      TRESTLE,
                      OFFERS_PAGE,
                      AdwNavigationPage)

GtkWidget *trestle_offers_page_new (TrestleSession *session);

G_END_DECLS
