/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/** TrestleCategoriesGroup: the categories of a draft, chosen from those of AWS Marketplace. Properties: "open-draft", "path" */
#define TRESTLE_TYPE_CATEGORIES_GROUP (trestle_categories_group_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCategoriesGroup,
                      trestle_categories_group,
                      TRESTLE,
                      CATEGORIES_GROUP,
                      AdwPreferencesGroup)

G_END_DECLS
