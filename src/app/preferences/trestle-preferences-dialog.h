/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestlePreferencesDialog: style, and how long new endpoints live */
#define TRESTLE_TYPE_PREFERENCES_DIALOG (trestle_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePreferencesDialog,
                      trestle_preferences_dialog,
                      TRESTLE,
                      PREFERENCES_DIALOG,
                      AdwDialog)

/** trestle_preferences_dialog_new: @session and @argument are not used */
GtkWidget *trestle_preferences_dialog_new (TrestleSession *session, const char *argument);

G_END_DECLS
