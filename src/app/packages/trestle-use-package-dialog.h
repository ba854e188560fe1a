/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleUsePackageDialog: which draft gets a version made of a package */
#define TRESTLE_TYPE_USE_PACKAGE_DIALOG (trestle_use_package_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleUsePackageDialog,
                      trestle_use_package_dialog,
                      TRESTLE,
                      USE_PACKAGE_DIALOG,
                      AdwDialog)

/** trestle_use_package_dialog_new: @arn: of the package */
GtkWidget *trestle_use_package_dialog_new (TrestleSession *session, const char *arn);

G_END_DECLS
