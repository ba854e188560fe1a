/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * trestle_owner_get:
 *
 * Who writes the journal: one name for each running process, which holds a lock on a file of that
 * name, so that another process can tell a crash from work under way. Process numbers do not do:
 * they come again, and differ between sandboxes.
 *
 * Returns: (transfer none): the name
 */
const char *trestle_owner_get (void);

/** trestle_owner_is_alive: Returns: whether the process of that name still runs */
gboolean trestle_owner_is_alive (const char *owner);

G_END_DECLS
