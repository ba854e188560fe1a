/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "domain/trestle-account.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleWindow:
 *
 * One session at a time: sidebar, sections, dialogs. Properties: "session" (#TrestleSession, nullable),
 * "section" (id of the one shown).
 */
#define TRESTLE_TYPE_WINDOW (trestle_window_get_type ())
G_DECLARE_FINAL_TYPE (TrestleWindow, trestle_window, TRESTLE, WINDOW, AdwApplicationWindow)

TrestleWindow *trestle_window_new (GtkApplication *application);

/** trestle_window_open_account: leaves the session there is and opens @account's */
void trestle_window_open_account (TrestleWindow *self, TrestleAccount *account);

/** trestle_window_open_default: what AWS tools would use, or the first-run page where there is nothing */
void trestle_window_open_default (TrestleWindow *self);

/** trestle_window_show_first_run: offers the practice account and keys */
void trestle_window_show_first_run (TrestleWindow *self);

/** trestle_window_get_session: Returns: (transfer none) (nullable) */
TrestleSession *trestle_window_get_session (TrestleWindow *self);

/** trestle_window_show_section: Returns: whether there is a section @id */
gboolean trestle_window_show_section (TrestleWindow *self, const char *id);

/**
 * trestle_window_open:
 * @route: of trestle-routes.c
 * @argument: (nullable): what it shows
 *
 * Returns: (transfer none) (nullable): the page or dialog, new or found again
 */
GtkWidget *trestle_window_open (TrestleWindow *self, const char *route, const char *argument);

/** trestle_window_get_page: Returns: (transfer none) (nullable): the page that the shown section shows */
GtkWidget *trestle_window_get_page (TrestleWindow *self);

/** trestle_window_show_sidebar: where there is room for one pane only, shows the sidebar */
void trestle_window_show_sidebar (TrestleWindow *self);

/** trestle_window_refresh_accounts: after keys were added or removed */
void trestle_window_refresh_accounts (TrestleWindow *self);

G_END_DECLS
