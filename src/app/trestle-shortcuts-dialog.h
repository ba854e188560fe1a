/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** TrestleShortcutsDialog: all keys, by what they are for */
#define TRESTLE_TYPE_SHORTCUTS_DIALOG (trestle_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleShortcutsDialog,
                      trestle_shortcuts_dialog,
                      TRESTLE,
                      SHORTCUTS_DIALOG,
                      AdwDialog)

/** trestle_shortcuts_install: gives the actions their keys */
void trestle_shortcuts_install (GtkApplication *application);

G_END_DECLS
