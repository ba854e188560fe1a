/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-aws-error"

#include "aws/trestle-aws-credentials.h"
#include "aws/trestle-aws-error.h"
#include "trestle-test.h"

static void
test_details (void)
{
  TrestleAwsErrorDetails details = {
    .service = (char *) "sagemaker",
    .operation = (char *) "CreateEndpoint",
    .code = (char *) "ResourceLimitExceeded",
    .request_id = (char *) "r-1",
    .status = 400,
    .body = (char *) "{\"SecretAccessKey\":\"0123456789abcdef\"}",
    .may_have_arrived = TRUE,
  };
  g_autoptr (GError)
      error = trestle_aws_error_new (TRESTLE_AWS_ERROR_QUOTA, &details, "%s", "no instances");
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) prefixed = g_steal_pointer (&error);
  g_autoptr (GError) plain = trestle_aws_error_new (TRESTLE_AWS_ERROR_NETWORK, NULL, "gone");
  g_autoptr (GError) foreign = g_error_new (G_FILE_ERROR, 0, "other");
  const TrestleAwsErrorDetails *got;

  g_prefix_error (&prefixed, "Deploying: ");
  for (guint i = 0; i < 2; i++)
    {
      got = trestle_aws_error_details (i == 0 ? copy : prefixed);
      g_assert_cmpstr (got->service, ==, "sagemaker");
      g_assert_cmpstr (got->operation, ==, "CreateEndpoint");
      g_assert_cmpstr (got->code, ==, "ResourceLimitExceeded");
      g_assert_cmpstr (got->request_id, ==, "r-1");
      g_assert_cmpuint (got->status, ==, 400);
      g_assert_null (strstr (got->body, "0123456789"));
      g_assert_true (got->may_have_arrived);
    }
  g_assert_cmpstr (prefixed->message, ==, "Deploying: no instances");
  g_assert_null (trestle_aws_error_details (plain)->code);
  g_assert_null (trestle_aws_error_details (foreign));
  g_assert_null (trestle_aws_error_details (NULL));
}

static void
test_classify (void)
{
  static const struct
  {
    const char *code;
    guint status;
    const char *message;
    TrestleAwsError expected;
  } cases[] = {
    { "ThrottlingException", 400, NULL, TRESTLE_AWS_ERROR_THROTTLED },
    { NULL, 429, NULL, TRESTLE_AWS_ERROR_THROTTLED },
    { "ExpiredTokenException", 403, NULL, TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED },
    { "SignatureDoesNotMatch", 403, "Signature expired: 20260101T…", TRESTLE_AWS_ERROR_CLOCK_SKEW },
    { "SignatureDoesNotMatch", 403, "The request …", TRESTLE_AWS_ERROR_ACCESS_DENIED },
    { "ValidationException", 400, "Could not find endpoint \"arn:…\".",
      TRESTLE_AWS_ERROR_NOT_FOUND },
    { "ValidationException", 400, "Cannot create already existing model",
      TRESTLE_AWS_ERROR_CONFLICT },
    { "ValidationException", 400, "1 validation error", TRESTLE_AWS_ERROR_VALIDATION },
    { "ValidationException", 400, NULL, TRESTLE_AWS_ERROR_VALIDATION },
    { "ResourceLimitExceeded", 400, NULL, TRESTLE_AWS_ERROR_QUOTA },
    { "ModelError", 424, NULL, TRESTLE_AWS_ERROR_MODEL },
    { "NoSuchKey", 404, NULL, TRESTLE_AWS_ERROR_NOT_FOUND },
    { "SomethingNew", 404, NULL, TRESTLE_AWS_ERROR_NOT_FOUND },
    { "SomethingNew", 400, NULL, TRESTLE_AWS_ERROR_VALIDATION },
    { "SomethingNew", 503, NULL, TRESTLE_AWS_ERROR_SERVICE },
    { NULL, 302, NULL, TRESTLE_AWS_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (trestle_aws_error_classify (cases[i].code, cases[i].status, cases[i].message),
                     ==, cases[i].expected);
}

static DexFuture *
test_static_provider_fiber (gpointer data)
{
  g_autoptr (TrestleAwsCredentials) credentials = trestle_aws_credentials_new (
      "AKIDEXAMPLE", "secret-of-the-test", "token-of-the-test", 7, "x");
  g_autoptr (TrestleAwsCredentialsProvider)
      provider = trestle_aws_static_provider_new (credentials);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsCredentials)
      got = dex_await_boxed (trestle_aws_credentials_provider_get (provider), &error);
  g_autoptr (GError) leaky = NULL;

  g_assert_no_error (error);
  g_assert_true (got == credentials);
  g_assert_cmpstr (trestle_aws_credentials_get_access_key_id (got), ==, "AKIDEXAMPLE");
  g_assert_cmpstr (trestle_aws_credentials_get_token (got), ==, "token-of-the-test");
  g_assert_cmpint (trestle_aws_credentials_get_expires (got), ==, 7);

  leaky = trestle_aws_error_new (TRESTLE_AWS_ERROR_SERVICE, NULL, "bad: secret-of-the-test");
  g_assert_null (strstr (leaky->message, "secret-of"));
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/aws/error/details", test_details);
  g_test_add_func ("/aws/error/classify", test_classify);
  trestle_test_fiber ("/aws/credentials/static", test_static_provider_fiber);

  return g_test_run ();
}
