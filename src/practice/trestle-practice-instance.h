/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/*
 * One server for each state folder: a lock that lives as long as the server's process, and
 * server.json, which says where it is.
 */

/** trestle_practice_instance_lock: Returns: a file descriptor that holds the lock; -1 where another process does, -2 with @error set */
int trestle_practice_instance_lock (const char *folder, GError **error);

/** trestle_practice_instance_describe: Returns: (transfer full): the line that a ready server prints, without a line break */
char *trestle_practice_instance_describe (TrestlePracticeWorld *world);

/** trestle_practice_instance_publish: writes server.json, 0600, in one step */
gboolean trestle_practice_instance_publish (const char *folder, const char *line, GError **error);
void trestle_practice_instance_withdraw (const char *folder);

/** trestle_practice_instance_wait: waits until the server that holds the lock answers; Returns: (transfer full) (nullable): its line */
char *trestle_practice_instance_wait (const char *folder, GError **error);

/** trestle_practice_instance_stop: ends the server of @folder and waits until it is gone; Returns: %TRUE also where none runs */
gboolean trestle_practice_instance_stop (const char *folder, gboolean *was_running, GError **error);

G_END_DECLS
