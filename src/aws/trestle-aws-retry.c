/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-retry.h"

#include "base/trestle-clock.h"

#define SCALE_FAULT (TRESTLE_SECOND / 20)
#define SCALE_THROTTLED TRESTLE_SECOND
#define LONGEST (20 * TRESTLE_SECOND)
#define HINT_AT_MOST (5 * TRESTLE_SECOND)
#define COST_FAULT 14
#define COST_THROTTLED 5

gboolean
trestle_aws_retry_is_throttling (const char *code)
{
  static const char *const codes[] = {
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
    NULL,
  };

  return code != NULL && g_strv_contains (codes, code);
}

gboolean
trestle_aws_retry_is_skew (const char *code, guint status)
{
  static const char *const codes[] = {
    "RequestTimeTooSkewed",
    "RequestExpired",
    "RequestInTheFuture",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    NULL,
  };

  return (code != NULL && g_strv_contains (codes, code)) || status == 401 || status == 403;
}

static gboolean
is_passing (const TrestleAwsTry *tried)
{
  static const char *const codes[] = { "RequestTimeout", "RequestTimeoutException", NULL };

  return tried->broken || tried->status == 500 || tried->status == 502 || tried->status == 503
         || tried->status == 504 || (tried->code != NULL && g_strv_contains (codes, tried->code));
}

TrestleAwsRetry
trestle_aws_retry_judge (TrestleAwsReplay replay, const TrestleAwsTry *tried)
{
  if (tried->final)
    return TRESTLE_AWS_RETRY_NO;
  if (trestle_aws_retry_is_throttling (tried->code))
    return TRESTLE_AWS_RETRY_THROTTLED;
  if (!is_passing (tried))
    return TRESTLE_AWS_RETRY_NO;
  switch (replay)
    {
    case TRESTLE_AWS_REPLAY_READ:
    case TRESTLE_AWS_REPLAY_TOKEN:
      return TRESTLE_AWS_RETRY_FAULT;
    case TRESTLE_AWS_REPLAY_ASK:
    case TRESTLE_AWS_REPLAY_INVOKE:
    default:
      return tried->sent ? TRESTLE_AWS_RETRY_NO : TRESTLE_AWS_RETRY_FAULT;
    }
}

gint64
trestle_aws_retry_delay (TrestleAwsRetry kind, guint retry, double random, const char *hint)
{
  gint64 scale = kind == TRESTLE_AWS_RETRY_THROTTLED ? SCALE_THROTTLED : SCALE_FAULT;
  gint64 delay = (gint64) (random * (double) MIN (scale << MIN (retry, 20), LONGEST));
  guint64 asked;

  if (hint != NULL && g_ascii_string_to_unsigned (hint, 10, 0, G_MAXINT32, &asked, NULL))
    delay = MAX (delay, MIN ((gint64) asked * 1000, delay + HINT_AT_MOST));
  return delay;
}

guint
trestle_aws_retry_take (guint *quota, TrestleAwsRetry kind)
{
  guint cost = kind == TRESTLE_AWS_RETRY_THROTTLED ? COST_THROTTLED : COST_FAULT;

  if (*quota < cost)
    return 0;
  *quota -= cost;
  return cost;
}

void
trestle_aws_retry_refund (guint *quota, guint taken)
{
  *quota = MIN (*quota + MAX (taken, 1), TRESTLE_AWS_RETRY_CAPACITY);
}
