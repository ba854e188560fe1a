/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleQuitDialog: what goes on costing when the window closes; what is ticked is deleted first */
#define TRESTLE_TYPE_QUIT_DIALOG (trestle_quit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleQuitDialog, trestle_quit_dialog, TRESTLE, QUIT_DIALOG, AdwAlertDialog)

GtkWidget *trestle_quit_dialog_new (TrestleSession *session, const char *argument);

/** trestle_quit_dialog_is_needed: whether something that this installation made costs, or is about to */
gboolean trestle_quit_dialog_is_needed (TrestleSession *session);

G_END_DECLS
