/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleAccountsDialog: who is signed in, and the accounts that can be used on this computer */
#define TRESTLE_TYPE_ACCOUNTS_DIALOG (trestle_accounts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAccountsDialog,
                      trestle_accounts_dialog,
                      TRESTLE,
                      ACCOUNTS_DIALOG,
                      AdwDialog)

/** trestle_accounts_dialog_new: @session: (nullable): the one that is open; @argument is not used */
GtkWidget *trestle_accounts_dialog_new (TrestleSession *session, const char *argument);

G_END_DECLS
