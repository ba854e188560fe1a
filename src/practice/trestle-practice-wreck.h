/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "practice/trestle-practice-faults.h"

G_BEGIN_DECLS

/**
 * trestle_practice_wreck:
 * @connection: (transfer full): taken from the server
 * @head: status line and headers, with the empty line
 * @body: what would have been sent
 *
 * Spoils an answer on the connection itself: reset, cut in the middle, or in drips.
 *
 * Returns: (transfer full): resolves when the connection is closed
 */
DexFuture *trestle_practice_wreck (GIOStream *connection,
                                   const TrestlePracticeFault *fault,
                                   const char *head,
                                   GBytes *body);

G_END_DECLS
