/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "domain/trestle-package.h"

G_BEGIN_DECLS

/** TrestlePackageRow: one of the account's packages, and why it could not be listed */
#define TRESTLE_TYPE_PACKAGE_ROW (trestle_package_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePackageRow, trestle_package_row, TRESTLE, PACKAGE_ROW, GtkListBoxRow)

/** trestle_package_row_new: @account: (nullable): number of the account that looks at it */
GtkWidget *trestle_package_row_new (TrestlePackage *package, const char *account);
TrestlePackage *trestle_package_row_get_package (TrestlePackageRow *self);

G_END_DECLS
