/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TrestleApplication:
 *
 * Options: --practice, --account ROLE, --look PAGE, --look-list, --version.
 */
#define TRESTLE_TYPE_APPLICATION (trestle_application_get_type ())
G_DECLARE_FINAL_TYPE (TrestleApplication, trestle_application, TRESTLE, APPLICATION, AdwApplication)

TrestleApplication *trestle_application_new (void);

G_END_DECLS
