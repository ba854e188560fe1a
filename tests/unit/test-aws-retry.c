/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "aws/trestle-aws-retry.h"

#define SECOND G_USEC_PER_SEC

static void
test_judge (void)
{
  const TrestleAwsTry refused = { .broken = TRUE };
  const TrestleAwsTry reset = { .broken = TRUE, .sent = TRUE };
  const TrestleAwsTry throttled = { .status = 400, .code = "ThrottlingException", .sent = TRUE };
  const TrestleAwsTry slow_down = { .status = 503, .code = "SlowDown", .sent = TRUE };
  const TrestleAwsTry failed = { .status = 500, .code = "InternalFailure", .sent = TRUE };
  const TrestleAwsTry gone = { .status = 504, .sent = TRUE };
  const TrestleAwsTry request_timeout = { .status = 400, .code = "RequestTimeout", .sent = TRUE };
  const TrestleAwsTry not_ready = { .status = 429, .code = "ModelNotReadyException", .sent = TRUE };
  const TrestleAwsTry model = { .status = 424, .code = "ModelError", .sent = TRUE };
  const TrestleAwsTry invalid = { .status = 400, .code = "ValidationException", .sent = TRUE };
  const TrestleAwsTry certificate = { .broken = TRUE, .final = TRUE };
  const struct
  {
    const TrestleAwsTry *tried;
    TrestleAwsRetry read, token, ask, invoke;
  } cases[] = {
#define NO TRESTLE_AWS_RETRY_NO
#define FAULT TRESTLE_AWS_RETRY_FAULT
#define THROTTLED TRESTLE_AWS_RETRY_THROTTLED
    { &refused, FAULT, FAULT, FAULT, FAULT },
    { &reset, FAULT, FAULT, NO, NO },
    { &throttled, THROTTLED, THROTTLED, THROTTLED, THROTTLED },
    { &slow_down, THROTTLED, THROTTLED, THROTTLED, THROTTLED },
    { &failed, FAULT, FAULT, NO, NO },
    { &gone, FAULT, FAULT, NO, NO },
    { &request_timeout, FAULT, FAULT, NO, NO },
    { &not_ready, NO, NO, NO, NO },
    { &model, NO, NO, NO, NO },
    { &invalid, NO, NO, NO, NO },
    { &certificate, NO, NO, NO, NO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TrestleAwsTry *tried = cases[i].tried;

      g_test_message ("case %u", i);
      g_assert_cmpint (trestle_aws_retry_judge (TRESTLE_AWS_REPLAY_READ, tried), ==, cases[i].read);
      g_assert_cmpint (trestle_aws_retry_judge (TRESTLE_AWS_REPLAY_TOKEN, tried), ==,
                       cases[i].token);
      g_assert_cmpint (trestle_aws_retry_judge (TRESTLE_AWS_REPLAY_ASK, tried), ==, cases[i].ask);
      g_assert_cmpint (trestle_aws_retry_judge (TRESTLE_AWS_REPLAY_INVOKE, tried), ==,
                       cases[i].invoke);
    }
}

static void
test_delay (void)
{
  const struct
  {
    TrestleAwsRetry kind;
    guint retry;
    double random;
    const char *hint;
    gint64 delay;
  } cases[] = {
    { FAULT, 0, 1.0, NULL, SECOND / 20 },
    { FAULT, 1, 1.0, NULL, SECOND / 10 },
    { FAULT, 1, 0.5, NULL, SECOND / 20 },
    { FAULT, 0, 0.0, NULL, 0 },
    { FAULT, 9, 1.0, NULL, 20 * SECOND },
    { FAULT, 4000, 1.0, NULL, 20 * SECOND },
    { THROTTLED, 0, 1.0, NULL, SECOND },
    { THROTTLED, 2, 0.25, NULL, SECOND },
    { THROTTLED, 5, 1.0, NULL, 20 * SECOND },
    { FAULT, 0, 0.0, "1500", 3 * SECOND / 2 },
    { FAULT, 0, 1.0, "10", SECOND / 20 },
    { FAULT, 0, 0.0, "60000", 5 * SECOND },
    { THROTTLED, 0, 1.0, "60000", 6 * SECOND },
    { THROTTLED, 0, 1.0, "-5", SECOND },
    { THROTTLED, 0, 1.0, "soon", SECOND },
    { THROTTLED, 0, 1.0, "", SECOND },
    { THROTTLED, 0, 1.0, "99999999999999999999", SECOND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (
          trestle_aws_retry_delay (cases[i].kind, cases[i].retry, cases[i].random, cases[i].hint),
          ==, cases[i].delay);
    }
}

static void
test_quota (void)
{
  guint quota = TRESTLE_AWS_RETRY_CAPACITY;

  g_assert_cmpuint (trestle_aws_retry_take (&quota, FAULT), ==, 14);
  g_assert_cmpuint (trestle_aws_retry_take (&quota, THROTTLED), ==, 5);
  g_assert_cmpuint (quota, ==, 481);
  trestle_aws_retry_refund (&quota, 5);
  g_assert_cmpuint (quota, ==, 486);
  trestle_aws_retry_refund (&quota, 0);
  g_assert_cmpuint (quota, ==, 487);
  trestle_aws_retry_refund (&quota, 14);
  g_assert_cmpuint (quota, ==, TRESTLE_AWS_RETRY_CAPACITY);

  for (guint i = 0; i < 35; i++)
    g_assert_cmpuint (trestle_aws_retry_take (&quota, FAULT), ==, 14);
  g_assert_cmpuint (quota, ==, 10);
  g_assert_cmpuint (trestle_aws_retry_take (&quota, FAULT), ==, 0);
  g_assert_cmpuint (trestle_aws_retry_take (&quota, THROTTLED), ==, 5);
  g_assert_cmpuint (trestle_aws_retry_take (&quota, THROTTLED), ==, 5);
  g_assert_cmpuint (trestle_aws_retry_take (&quota, THROTTLED), ==, 0);
  g_assert_cmpuint (quota, ==, 0);
}

static void
test_skew (void)
{
  g_assert_true (trestle_aws_retry_is_skew ("RequestTimeTooSkewed", 403));
  g_assert_true (trestle_aws_retry_is_skew ("SignatureDoesNotMatch", 400));
  g_assert_true (trestle_aws_retry_is_skew (NULL, 401));
  g_assert_false (trestle_aws_retry_is_skew ("ValidationException", 400));
  g_assert_false (trestle_aws_retry_is_skew (NULL, 500));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aws/retry/judge", test_judge);
  g_test_add_func ("/aws/retry/delay", test_delay);
  g_test_add_func ("/aws/retry/quota", test_quota);
  g_test_add_func ("/aws/retry/skew", test_skew);
  return g_test_run ();
}
