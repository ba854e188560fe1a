/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestlePackageDetails: one of the account's packages: its checks, what it runs on, what can be done with it */
#define TRESTLE_TYPE_PACKAGE_DETAILS (trestle_package_details_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePackageDetails,
                      trestle_package_details,
                      TRESTLE,
                      PACKAGE_DETAILS,
                      AdwNavigationPage)

/** trestle_package_details_new: @arn: of the package */
GtkWidget *trestle_package_details_new (TrestleSession *session, const char *arn);

G_END_DECLS
