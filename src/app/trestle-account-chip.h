/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestleAccountChip:
 *
 * Who am I: account, Region and role; its menu changes to another account. Property: "session".
 */
#define TRESTLE_TYPE_ACCOUNT_CHIP (trestle_account_chip_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAccountChip, trestle_account_chip, TRESTLE, ACCOUNT_CHIP, GtkWidget)

/** trestle_account_chip_refresh: reads the accounts again, after one was added or removed */
void trestle_account_chip_refresh (TrestleAccountChip *self);

G_END_DECLS
