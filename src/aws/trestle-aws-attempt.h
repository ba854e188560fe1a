/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-exchange.h"
#include "aws/trestle-aws-retry.h"

G_BEGIN_DECLS

/**
 * TrestleAwsAttempt:
 * @exchange: (transfer none): what is asked; filled with what came
 * @session: the session
 * @date: UTC microseconds of the signature
 * @deadline: monotonic time at which the call ends
 * @connect_msec: time for a new connection
 * @tried: how it ended; its code belongs to @error
 * @hint: (nullable): the answer's `x-amz-retry-after`
 * @server_date: UTC microseconds by the answer's clock, 0 for unknown
 * @error: (nullable): why it failed
 *
 * One try of a call.
 */
typedef struct
{
  TrestleAwsExchange *exchange;
  SoupSession *session;
  gint64 date;
  gint64 deadline;
  guint connect_msec;

  TrestleAwsTry tried;
  char *hint;
  gint64 server_date;
  GError *error;
} TrestleAwsAttempt;

void trestle_aws_attempt_clear (TrestleAwsAttempt *self);

/**
 * trestle_aws_attempt_run_fiber:
 *
 * Signs, sends and reads; to be called in a fiber, which it suspends.
 *
 * Returns: whether the call succeeded; else @self says how it failed
 */
gboolean trestle_aws_attempt_run_fiber (TrestleAwsAttempt *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleAwsAttempt, trestle_aws_attempt_clear)

G_END_DECLS
