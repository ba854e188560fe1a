/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleKeeper:
 *
 * Deletes the endpoints of a session whose time has come, as long as it lives. Signal "deleted" (uint: how many).
 */
#define TRESTLE_TYPE_KEEPER (trestle_keeper_get_type ())
G_DECLARE_FINAL_TYPE (TrestleKeeper, trestle_keeper, TRESTLE, KEEPER, GObject)

TrestleKeeper *trestle_keeper_new (TrestleSession *session);

G_END_DECLS
