/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleLogoGroup:
 *
 * The logo of a draft: chosen from a file or dropped, copied beside the draft, cropped to a square.
 * Properties: "session", "open-draft", "path".
 */
#define TRESTLE_TYPE_LOGO_GROUP (trestle_logo_group_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogoGroup,
                      trestle_logo_group,
                      TRESTLE,
                      LOGO_GROUP,
                      AdwPreferencesGroup)

/** trestle_logo_group_take: makes @file the logo, as if it had been dropped */
void trestle_logo_group_take (TrestleLogoGroup *self, GFile *file);

G_END_DECLS
