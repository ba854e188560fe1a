/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleDeployDialog: what is to run, on what, for how long and at what price */
#define TRESTLE_TYPE_DEPLOY_DIALOG (trestle_deploy_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDeployDialog, trestle_deploy_dialog, TRESTLE, DEPLOY_DIALOG, AdwDialog)

/** trestle_deploy_dialog_new: @name: a listing's id or slug */
GtkWidget *trestle_deploy_dialog_new (TrestleSession *session, const char *name);

G_END_DECLS
