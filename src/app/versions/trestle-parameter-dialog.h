/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/** TrestleParameterDialog: one parameter of a version; what is typed is in the draft at once */
#define TRESTLE_TYPE_PARAMETER_DIALOG (trestle_parameter_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleParameterDialog,
                      trestle_parameter_dialog,
                      TRESTLE,
                      PARAMETER_DIALOG,
                      AdwDialog)

/**
 * trestle_parameter_dialog_new:
 * @path: of the parameter
 * @flag: (nullable): its member that is a yes or no
 * @flag_label: (nullable): what that is called
 */
AdwDialog *trestle_parameter_dialog_new (TrestleOpenDraft *open_draft,
                                         const char *path,
                                         const char *flag,
                                         const char *flag_label);

G_END_DECLS
