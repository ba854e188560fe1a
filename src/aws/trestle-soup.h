/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * libsoup as futures: the only place of this room that sees a GAsyncReadyCallback. Dropping a
 * pending future cancels the message and closes its connection.
 */

/**
 * trestle_soup_send:
 * @session: the session
 * @message: (transfer none): what is sent
 * @connect_msec: time in which a new connection must be there; waiting for a free one does not count
 *
 * Returns: (transfer full): resolves to the answer's body as a #GInputStream once the headers are
 *   there; rejects with libsoup's, GIO's or GTls' error
 */
DexFuture *trestle_soup_send (SoupSession *session, SoupMessage *message, guint connect_msec);

/**
 * trestle_soup_send_and_read:
 * @max_body: bytes of the body above which it is given up
 *
 * Returns: (transfer full): resolves to the whole body as #GBytes (boxed); rejects as
 *   trestle_soup_send() does, and with %G_IO_ERROR_MESSAGE_TOO_LARGE
 */
DexFuture *trestle_soup_send_and_read (SoupSession *session,
                                       SoupMessage *message,
                                       guint connect_msec,
                                       gsize max_body);

/** trestle_soup_read: the rest of @stream as #GBytes (boxed), as trestle_soup_send_and_read() */
DexFuture *trestle_soup_read (GInputStream *stream, gsize max_body);

G_END_DECLS
