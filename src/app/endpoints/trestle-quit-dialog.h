/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleQuitDialog: something that costs is still running; what of it is to go before Trestle does */
#define TRESTLE_TYPE_QUIT_DIALOG (trestle_quit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleQuitDialog, trestle_quit_dialog, TRESTLE, QUIT_DIALOG, AdwAlertDialog)

/** trestle_quit_dialog_new: @argument is not used */
GtkWidget *trestle_quit_dialog_new (TrestleSession *session, const char *argument);

G_END_DECLS
