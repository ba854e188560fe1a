/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestleSidebar:
 *
 * Account, sides and sections. Properties: "session", "section" (id of the one shown).
 */
#define TRESTLE_TYPE_SIDEBAR (trestle_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSidebar, trestle_sidebar, TRESTLE, SIDEBAR, GtkWidget)

/** trestle_sidebar_refresh_accounts: reads the accounts again for the chip's menu */
void trestle_sidebar_refresh_accounts (TrestleSidebar *self);

G_END_DECLS
