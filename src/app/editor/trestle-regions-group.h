/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleRegionsGroup: the Regions of the live product, which nobody can change, and why. Properties: "session", "open-draft" */
#define TRESTLE_TYPE_REGIONS_GROUP (trestle_regions_group_get_type ())
G_DECLARE_FINAL_TYPE (TrestleRegionsGroup,
                      trestle_regions_group,
                      TRESTLE,
                      REGIONS_GROUP,
                      AdwPreferencesGroup)

G_END_DECLS
