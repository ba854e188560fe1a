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
 * TrestleSoupLimits:
 * @deadline: monotonic time at which the answer must be there
 * @connect_msec: time in which a new connection must be there; waiting for a free one does not count
 * @max_body: bytes of the body above which it is given up
 */
typedef struct
{
  gint64 deadline;
  guint connect_msec;
  gsize max_body;
} TrestleSoupLimits;

/**
 * trestle_soup_send:
 * @session: the session
 * @message: (transfer none): what is sent; it collects metrics
 *
 * Returns: (transfer full): resolves to the answer's body as a #GInputStream once the headers are
 *   there; rejects with libsoup's, GIO's or GTls' error, %G_IO_ERROR_TIMED_OUT for a connection that
 *   took too long, %DEX_ERROR_TIMED_OUT at the deadline
 */
DexFuture *
trestle_soup_send (SoupSession *session, SoupMessage *message, const TrestleSoupLimits *limits);

/**
 * trestle_soup_send_and_read:
 *
 * Returns: (transfer full): resolves to the whole body as #GBytes (boxed); rejects as
 *   trestle_soup_send() does, and with %G_IO_ERROR_MESSAGE_TOO_LARGE
 */
DexFuture *trestle_soup_send_and_read (SoupSession *session,
                                       SoupMessage *message,
                                       const TrestleSoupLimits *limits);

/** trestle_soup_read: the rest of @stream as #GBytes (boxed), as trestle_soup_send_and_read() */
DexFuture *trestle_soup_read (GInputStream *stream, const TrestleSoupLimits *limits);

G_END_DECLS
