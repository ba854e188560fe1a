/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleArnDialog: takes the ARN of a product that is subscribed to */
#define TRESTLE_TYPE_ARN_DIALOG (trestle_arn_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleArnDialog, trestle_arn_dialog, TRESTLE, ARN_DIALOG, AdwDialog)

/** trestle_arn_dialog_new: @name: a listing's id or slug */
GtkWidget *trestle_arn_dialog_new (TrestleSession *session, const char *name);

G_END_DECLS
