/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeServer:
 *
 * The HTTP side of the practice account: one SoupServer on loopback. Every request runs as a fiber
 * on the main thread.
 */
typedef struct _TrestlePracticeServer TrestlePracticeServer;

/**
 * trestle_practice_server_new:
 * @world: (transfer none): outlives the server; its base address is set here
 * @address: where to listen; a loopback one, port 0 for any
 * @stop: (nullable): called when somebody asks the server to end
 */
TrestlePracticeServer *trestle_practice_server_new (TrestlePracticeWorld *world,
                                                    GSocketAddress *address,
                                                    void (*stop) (gpointer data),
                                                    gpointer data,
                                                    GError **error);
/** trestle_practice_server_close: Returns: whether nothing was being answered any more; then it is freed, otherwise the process should end */
gboolean trestle_practice_server_close (TrestlePracticeServer *self);

guint trestle_practice_server_get_port (TrestlePracticeServer *self);
/** trestle_practice_server_get_idle: Returns: microseconds since the last request ended; 0 while one runs */
gint64 trestle_practice_server_get_idle (TrestlePracticeServer *self);

G_END_DECLS
