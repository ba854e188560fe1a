/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleDiscoverPage: the catalogue: search, filters, cards, comparison */
#define TRESTLE_TYPE_DISCOVER_PAGE (trestle_discover_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDiscoverPage,
                      trestle_discover_page,
                      TRESTLE,
                      DISCOVER_PAGE,
                      AdwNavigationPage)

GtkWidget *trestle_discover_page_new (TrestleSession *session);

/** trestle_discover_page_search: types @text into the search */
void trestle_discover_page_search (TrestleDiscoverPage *self, const char *text);

/** trestle_discover_page_choose: chooses the first @n cards for a comparison */
void trestle_discover_page_choose (TrestleDiscoverPage *self, guint n);

G_END_DECLS
