/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestlePackageChooser:
 *
 * Which of the account's packages a version is made of; those that cannot be listed say why. Signal
 * "chosen" (#TrestlePackage).
 */
#define TRESTLE_TYPE_PACKAGE_CHOOSER (trestle_package_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePackageChooser,
                      trestle_package_chooser,
                      TRESTLE,
                      PACKAGE_CHOOSER,
                      AdwDialog)

/**
 * trestle_package_chooser_new:
 * @draft: whose packages are taken already, and of what kind its versions are
 * @explanation: what comes of the choice
 */
TrestlePackageChooser *trestle_package_chooser_new (TrestleSession *session,
                                                    TrestleDraft *draft,
                                                    const char *title,
                                                    const char *explanation);

/** trestle_package_dup_bar: @account: (nullable): Returns: (transfer full) (nullable): why @package cannot become a version of @draft, in sentences, one a line */
char *trestle_package_dup_bar (TrestlePackage *package, TrestleDraft *draft, const char *account);

G_END_DECLS
