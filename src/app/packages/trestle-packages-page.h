/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestlePackagesPage: the account's own model packages and algorithms, and what can be made of them */
#define TRESTLE_TYPE_PACKAGES_PAGE (trestle_packages_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePackagesPage,
                      trestle_packages_page,
                      TRESTLE,
                      PACKAGES_PAGE,
                      AdwNavigationPage)

GtkWidget *trestle_packages_page_new (TrestleSession *session);

G_END_DECLS
