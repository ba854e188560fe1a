/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** TrestleCodeDialog: an action as code to copy, for the shell and for Python */
#define TRESTLE_TYPE_CODE_DIALOG (trestle_code_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCodeDialog, trestle_code_dialog, TRESTLE, CODE_DIALOG, AdwDialog)

/**
 * trestle_code_dialog_new:
 * @what: what the code does: "Deploy iris"
 * @cli: for the AWS CLI
 * @python: (nullable): for boto3
 */
AdwDialog *trestle_code_dialog_new (const char *what, const char *cli, const char *python);

G_END_DECLS
