/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/**
 * TrestleParameterList:
 *
 * What buyers are told of a version's inputs, outputs or custom attributes, one a row; a row opens as
 * a dialog. Properties: "open-draft" (#TrestleOpenDraft), "path" (string: the list's), "flag"
 * (string: the member of a parameter that is a yes or no, `Required`), "flag-label" (string),
 * "narrow" (boolean: all of a parameter stands in one column).
 */
#define TRESTLE_TYPE_PARAMETER_LIST (trestle_parameter_list_get_type ())
G_DECLARE_FINAL_TYPE (TrestleParameterList,
                      trestle_parameter_list,
                      TRESTLE,
                      PARAMETER_LIST,
                      AdwPreferencesGroup)

G_END_DECLS
