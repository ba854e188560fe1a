/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleAddKeyDialog: takes an access key and keeps it in the keyring */
#define TRESTLE_TYPE_ADD_KEY_DIALOG (trestle_add_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAddKeyDialog,
                      trestle_add_key_dialog,
                      TRESTLE,
                      ADD_KEY_DIALOG,
                      AdwDialog)

/** trestle_add_key_dialog_new: @session and @argument are not used */
GtkWidget *trestle_add_key_dialog_new (TrestleSession *session, const char *argument);

G_END_DECLS
