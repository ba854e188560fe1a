/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleTesters:
 *
 * The accounts that see a product while it is limited; what is added and taken away here leaves as one
 * change set.
 */
#define TRESTLE_TYPE_TESTERS (trestle_testers_get_type ())
G_DECLARE_FINAL_TYPE (TrestleTesters, trestle_testers, TRESTLE, TESTERS, AdwPreferencesGroup)

/** trestle_testers_set_product: shows @product's list, unless somebody is changing it */
void trestle_testers_set_product (TrestleTesters *self,
                                  TrestleSession *session,
                                  TrestleOwnProduct *product);

/** trestle_testers_is_account: Returns: whether @text is an account's number, spaces and dashes aside; (transfer full) in @number */
gboolean trestle_testers_is_account (const char *text, char **number);

G_END_DECLS
