/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-exchange.h"
#include "aws/trestle-aws-transport.h"

G_BEGIN_DECLS

/**
 * trestle_aws_transport_send:
 * @exchange: what is asked; its second half is filled
 *
 * Sends @exchange until there is an answer that stands or no further try is allowed.
 *
 * Returns: (transfer full): resolves to %TRUE with @exchange filled; rejects with %TRESTLE_AWS_ERROR.
 *   Dropping it ends the call.
 */
DexFuture *trestle_aws_transport_send (TrestleAwsTransport *self, TrestleAwsExchange *exchange);

/** trestle_aws_transport_get_clock_offset: Returns: microseconds to add to this computer's time for @host */
gint64 trestle_aws_transport_get_clock_offset (TrestleAwsTransport *self, const char *host);

/**
 * TrestleAwsDelay:
 * @usec: how long to wait before the next try
 *
 * Returns: (transfer full): done when the time has passed, resolved or not
 */
typedef DexFuture *(*TrestleAwsDelay) (gint64 usec, gpointer data);

/** trestle_aws_transport_set_delay: for tests: waits by @delay rather than by the clock */
void
trestle_aws_transport_set_delay (TrestleAwsTransport *self, TrestleAwsDelay delay, gpointer data);

/** trestle_aws_transport_get_quota: Returns: tokens left for retries */
guint trestle_aws_transport_get_quota (TrestleAwsTransport *self);

/** trestle_aws_transport_set_connect_timeout: for tests: @msec in place of 10 s */
void trestle_aws_transport_set_connect_timeout (TrestleAwsTransport *self, guint msec);

G_END_DECLS
