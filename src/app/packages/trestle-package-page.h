/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "packages/trestle-package-form.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestlePackagePage:
 *
 * The form for a new model package or algorithm, what stands against it before it is sent, and, once
 * it is made, its validation beside it. Property: "narrow" (boolean: there is room for one of the two).
 */
#define TRESTLE_TYPE_PACKAGE_PAGE (trestle_package_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePackagePage,
                      trestle_package_page,
                      TRESTLE,
                      PACKAGE_PAGE,
                      AdwNavigationPage)

/** trestle_package_page_new: @argument: (nullable): ARN of a package to begin with; "image:" and an image's name; "algorithm" or "" for an empty form */
GtkWidget *trestle_package_page_new (TrestleSession *session, const char *argument);

/** trestle_package_page_get_form: Returns: (transfer none) */
TrestlePackageForm *trestle_package_page_get_form (TrestlePackagePage *self);

/** trestle_package_page_get_task: Returns: (transfer none) (nullable): what makes the package, once it was begun */
TrestleTask *trestle_package_page_get_task (TrestlePackagePage *self);

G_END_DECLS
