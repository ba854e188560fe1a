/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-aws-signer"

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-signer.h"
#include "base/trestle-clock.h"

#define KEY "AKIDPRACTICE0001"
#define SECRET "practice/secret+key-0001"
#define NOW ((gint64) 1786083300 * TRESTLE_SECOND) /* 2026-08-07T06:15:00Z */

static const char *
secret_for (const char *access_key_id, gpointer data)
{
  return g_str_equal (access_key_id, KEY) ? SECRET : NULL;
}

typedef struct
{
  GArray *headers;
  TrestleAwsCredentials *credentials;
  char *hash;
  TrestleAwsSignable signable;
  TrestleAwsSigning signing;
} Fixture;

static void
setup (Fixture *fixture, gconstpointer data)
{
  const char *service = data;
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  gboolean s3 = g_str_equal (service, "s3");

  fixture->headers = trestle_aws_headers_new ();
  trestle_aws_headers_add (fixture->headers, "Host", "127.0.0.1:8080");
  trestle_aws_headers_add (fixture->headers, "Content-Type", "application/x-amz-json-1.1");
  trestle_aws_headers_add (fixture->headers, "User-Agent", "changed on the way");
  fixture->credentials = trestle_aws_credentials_new (KEY, SECRET, "token", 0, "test");
  fixture->hash = trestle_aws_sha256_hex (body);
  fixture->signable = (TrestleAwsSignable) {
    .method = "POST",
    .path = "/a%20b//c/../d",
    .query = "b=2&a=%2F1",
    .headers = fixture->headers,
    .payload_hash = fixture->hash,
  };
  fixture->signing = (TrestleAwsSigning) {
    .credentials = fixture->credentials,
    .region = "us-east-1",
    .service = service,
    .date = NOW,
    .normalize = !s3,
    .double_encode = !s3,
    .content_sha256_header = s3,
  };
}

static void
teardown (Fixture *fixture, gconstpointer data)
{
  g_array_unref (fixture->headers);
  trestle_aws_credentials_unref (fixture->credentials);
  g_free (fixture->hash);
}

/* Returns AWS's code, or NULL where the signature is right. */
static char *
verify_at (const Fixture *fixture, gint64 now)
{
  g_autofree char *identity = NULL;
  g_autofree char *region = NULL;
  g_autofree char *service = NULL;
  g_autoptr (TrestleAwsSignature) expected = NULL;
  g_autoptr (GError) error = NULL;

  if (!trestle_aws_verify (&fixture->signable, secret_for, NULL, now, &identity, &region, &service,
                           &expected, &error))
    {
      const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);

      g_assert_nonnull (details->code);
      g_assert_cmpuint (details->status, >=, 400);
      g_assert_null (identity);
      return g_strdup (details->code);
    }

  g_assert_no_error (error);
  g_assert_cmpstr (identity, ==, KEY);
  g_assert_cmpstr (region, ==, "us-east-1");
  g_assert_cmpstr (service, ==, fixture->signing.service);
  g_assert_nonnull (expected->canonical_request);
  return NULL;
}

static void
assert_verifies (const Fixture *fixture, gint64 now, const char *code)
{
  g_autofree char *got = verify_at (fixture, now);

  g_assert_cmpstr (got, ==, code);
}

static void
sign (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsSignature)
      made = trestle_aws_sign_headers (&fixture->signable, &fixture->signing, &error);

  g_assert_no_error (error);
  g_assert_null (strstr (made->signed_headers, "user-agent"));
  g_assert_nonnull (strstr (made->signed_headers, "x-amz-security-token"));
}

static void
set_header (Fixture *fixture, const char *name, const char *value)
{
  for (guint i = 0; i < fixture->headers->len; i++)
    {
      TrestleAwsHeader *header = &g_array_index (fixture->headers, TrestleAwsHeader, i);

      if (g_ascii_strcasecmp (header->name, name) != 0)
        continue;
      g_free (header->value);
      header->value = g_strdup (value);
      return;
    }
  trestle_aws_headers_add (fixture->headers, name, value);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  gboolean s3 = g_str_equal (data, "s3");

  sign (fixture);
  assert_verifies (fixture, NOW, NULL);
  set_header (fixture, "User-Agent", "something else");
  assert_verifies (fixture, NOW, NULL);
  assert_verifies (fixture, NOW + 4 * TRESTLE_MINUTE, NULL);
  assert_verifies (fixture, NOW - 4 * TRESTLE_MINUTE, NULL);
  assert_verifies (fixture, NOW + 6 * TRESTLE_MINUTE, s3 ? NULL : "RequestExpired");
  assert_verifies (fixture, NOW - 6 * TRESTLE_MINUTE, s3 ? NULL : "SignatureDoesNotMatch");
  assert_verifies (fixture, NOW + 16 * TRESTLE_MINUTE, "RequestExpired");

  fixture->signable.query = "b=3&a=%2F1";
  assert_verifies (fixture, NOW, "SignatureDoesNotMatch");
}

static void
test_tampering (Fixture *fixture, gconstpointer data)
{
  sign (fixture);

  set_header (fixture, "Content-Type", "text/plain");
  assert_verifies (fixture, NOW, "SignatureDoesNotMatch");
  set_header (fixture, "Content-Type", "application/x-amz-json-1.1");
  assert_verifies (fixture, NOW, NULL);

  fixture->signable.method = "GET";
  assert_verifies (fixture, NOW, "SignatureDoesNotMatch");
  fixture->signable.method = "POST";
  fixture->signable.path = "/other";
  assert_verifies (fixture, NOW, "SignatureDoesNotMatch");
  fixture->signable.path = "/a%20b//c/../d";
  fixture->signable.payload_hash = "0000";
  assert_verifies (fixture, NOW,
                   g_str_equal (data, "s3") ? "XAmzContentSHA256Mismatch"
                                            : "SignatureDoesNotMatch");
}

static void
test_bad_authorization (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *code;
  } cases[] = {
    { "", "IncompleteSignature" },
    { "Basic abc", "IncompleteSignature" },
    { "AWS4-HMAC-SHA256", "IncompleteSignature" },
    { "AWS4-HMAC-SHA256 Credential=", "IncompleteSignature" },
    { "AWS4-HMAC-SHA256 Credential=" KEY "/20260807/us-east-1/sagemaker/aws4_request",
      "IncompleteSignature" },
    { "AWS4-HMAC-SHA256 Credential=a, Credential=b, SignedHeaders=host, Signature=c",
      "IncompleteSignature" },
    { "AWS4-HMAC-SHA256 Credential=" KEY ", SignedHeaders=host, Signature=c",
      "IncompleteSignature" },
    { "AWS4-HMAC-SHA256 Credential=" KEY "/20260807/us-east-1/sagemaker/aws4_request/more, "
      "SignedHeaders=host, Signature=c",
      "IncompleteSignature" },
    { "AWS4-HMAC-SHA256 Credential=AKIDNOBODY/20260807/us-east-1/sagemaker/aws4_request, "
      "SignedHeaders=host, Signature=c",
      "InvalidClientTokenId" },
    { "AWS4-HMAC-SHA256 Credential=" KEY "//us-east-1/sagemaker/aws4_request, "
      "SignedHeaders=host, Signature=c",
      "SignatureDoesNotMatch" },
    { "AWS4-HMAC-SHA256 Credential=" KEY "/20260806/us-east-1/sagemaker/aws4_request, "
      "SignedHeaders=host, Signature=c",
      "SignatureDoesNotMatch" },
    { "AWS4-HMAC-SHA256 Credential=" KEY "/20260807/us-east-1/sagemaker/aws4_request, "
      "SignedHeaders=content-type, Signature=c",
      "SignatureDoesNotMatch" },
    { "AWS4-HMAC-SHA256 Credential=" KEY "/20260807/us-east-1/sagemaker/aws4_request, "
      "SignedHeaders=host;content-type, Signature=c",
      "IncompleteSignature" },
    { "AWS4-HMAC-SHA256 Credential=" KEY "/20260807/us-east-1/sagemaker/aws4_request, "
      "SignedHeaders=host;nowhere, Signature=c",
      "SignatureDoesNotMatch" },
    { "AWS3-HMAC-SHA1 Credential=" KEY "/20260807/us-east-1/sagemaker/aws4_request, "
      "SignedHeaders=host, Signature=c",
      "IncompleteSignature" },
  };

  assert_verifies (fixture, NOW, "MissingAuthenticationToken");
  set_header (fixture, "Authorization",
              "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c");
  assert_verifies (fixture, NOW, "IncompleteSignature");
  set_header (fixture, "X-Amz-Date", "20260807T061500Z");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      set_header (fixture, "Authorization", cases[i].text);
      assert_verifies (fixture, NOW, cases[i].code);
    }
  set_header (fixture, "X-Amz-Date", "yesterday");
  set_header (fixture, "Authorization",
              "AWS4-HMAC-SHA256 Credential=" KEY "/20260807/us-east-1/sagemaker/aws4_request, "
              "SignedHeaders=host, Signature=c");
  assert_verifies (fixture, NOW, "IncompleteSignature");
}

static void
test_presigned (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAwsSignature) made = NULL;
  g_autoptr (TrestleAwsSignature) refused = NULL;
  g_autofree char *spoiled = NULL;

  fixture->signable.payload_hash = TRESTLE_AWS_UNSIGNED_PAYLOAD;
  g_array_set_size (fixture->headers, 1);
  made = trestle_aws_sign_query (&fixture->signable, &fixture->signing, 3600, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->headers->len, ==, 1);

  fixture->signable.query = made->query;
  assert_verifies (fixture, NOW, NULL);
  assert_verifies (fixture, NOW + 59 * TRESTLE_MINUTE, NULL);
  assert_verifies (fixture, NOW + 61 * TRESTLE_MINUTE, "RequestExpired");
  refused = trestle_aws_sign_query (&fixture->signable, &fixture->signing, 3600, &error);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_null (refused);

  spoiled = g_strconcat (made->query, "&extra=1", NULL);
  fixture->signable.query = spoiled;
  assert_verifies (fixture, NOW, "SignatureDoesNotMatch");
  fixture->signable.query = "X-Amz-Signature=abc";
  assert_verifies (fixture, NOW, "IncompleteSignature");
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const guint expiries[] = { 0, 604801 };
  TrestleAwsSignature *made;

  for (guint i = 0; i < G_N_ELEMENTS (expiries); i++)
    {
      g_autoptr (GError) error = NULL;

      made = trestle_aws_sign_query (&fixture->signable, &fixture->signing, expiries[i], &error);
      g_assert_null (made);
      g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_VALIDATION);
    }

  sign (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      made = trestle_aws_sign_headers (&fixture->signable, &fixture->signing, &error);
      g_assert_null (made);
      g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
    }
}

/* Many identities push each other out of the key cache; all must stay right. */
static void
test_key_cache (void)
{
  g_autofree char *first = NULL;

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < 100; i++)
      {
        g_autofree char *secret = g_strdup_printf ("secret-number-%u", i);
        g_autoptr (TrestleAwsCredentials)
            credentials = trestle_aws_credentials_new (KEY, secret, NULL, 0, "test");
        g_autoptr (GArray) headers = trestle_aws_headers_new ();
        g_autoptr (GError) error = NULL;
        g_autoptr (TrestleAwsSignature) made = NULL;
        TrestleAwsSignable signable = {
          .method = "GET", .path = "/", .headers = headers, .payload_hash = "x"
        };
        TrestleAwsSigning signing = {
          .credentials = credentials, .region = "r", .service = "s", .date = NOW
        };

        trestle_aws_headers_add (headers, "host", "h");
        made = trestle_aws_sign_headers (&signable, &signing, &error);
        g_assert_no_error (error);
        if (first == NULL)
          first = g_strdup (made->signature);
        else
          g_assert_true (g_str_equal (first, made->signature) == (i == 0));
      }
}

static void
test_encode (void)
{
  g_autofree char *kept = trestle_aws_uri_encode ("a/b c~-._+ü", FALSE);
  g_autofree char *all = trestle_aws_uri_encode ("a/b", TRUE);
  g_autofree char *empty = trestle_aws_sha256_hex (NULL);

  g_assert_cmpstr (kept, ==, "a/b%20c~-._%2B%C3%BC");
  g_assert_cmpstr (all, ==, "a%2Fb");
  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#define ADD(path, service, func)                                                                   \
  g_test_add ("/aws/signer/" path, Fixture, (service), setup, func, teardown)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("round-trip", "sagemaker", test_round_trip);
  ADD ("round-trip-s3", "s3", test_round_trip);
  ADD ("tampering", "sagemaker", test_tampering);
  ADD ("tampering-s3", "s3", test_tampering);
  ADD ("bad-authorization", "sagemaker", test_bad_authorization);
  ADD ("presigned-s3", "s3", test_presigned);
  ADD ("refusals", "sagemaker", test_refusals);
  g_test_add_func ("/aws/signer/key-cache", test_key_cache);
  g_test_add_func ("/aws/signer/encode", test_encode);

  return g_test_run ();
}
