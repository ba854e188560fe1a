/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleChangesPage: the account's change sets, and what waits to become one */
#define TRESTLE_TYPE_CHANGES_PAGE (trestle_changes_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleChangesPage,
                      trestle_changes_page,
                      TRESTLE,
                      CHANGES_PAGE,
                      AdwNavigationPage)

GtkWidget *trestle_changes_page_new (TrestleSession *session);

/** trestle_changes_page_reveal: opens change set @id and gives it the keyboard, as soon as it is there */
void trestle_changes_page_reveal (TrestleChangesPage *self, const char *id);

G_END_DECLS
