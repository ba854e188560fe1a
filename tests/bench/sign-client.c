/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sign-client"

#include <string.h>

#include "aws/trestle-aws-signer.h"

/*
 * sign-client SECONDS: signs an invocation of 64 bytes over and over, hash of the body included;
 * prints signatures per second.
 */
int
main (int argc, char *argv[])
{
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 1.0;
  g_autoptr (TrestleAwsCredentials) credentials = trestle_aws_credentials_new (
      "AKIDPRACTICE0001", "practice/secret+key-0001", NULL, 0, "benchmark");
  g_autofree char *text = g_strnfill (64, '7');
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  gint64 start = g_get_monotonic_time ();
  gint64 end = start + (gint64) (seconds * G_USEC_PER_SEC);
  guint64 n = 0;

  while (g_get_monotonic_time () < end)
    for (guint i = 0; i < 100; i++, n++)
      {
        g_autoptr (GArray) headers = trestle_aws_headers_new ();
        g_autofree char *hash = trestle_aws_sha256_hex (body);
        g_autoptr (GError) error = NULL;
        g_autoptr (TrestleAwsSignature) made = NULL;
        TrestleAwsSignable signable = {
          .method = "POST",
          .path = "/endpoints/iris/invocations",
          .headers = headers,
          .payload_hash = hash,
        };
        TrestleAwsSigning signing = {
          .credentials = credentials,
          .region = "us-east-1",
          .service = "sagemaker",
          .date = g_get_real_time (),
          .normalize = TRUE,
          .double_encode = TRUE,
        };

        trestle_aws_headers_add (headers, "Host", "runtime.sagemaker.us-east-1.amazonaws.com");
        trestle_aws_headers_add (headers, "Content-Type", "text/csv");
        trestle_aws_headers_add (headers, "User-Agent", "benchmark");
        trestle_aws_headers_add (headers, "amz-sdk-request", "attempt=1; max=3");
        made = trestle_aws_sign_headers (&signable, &signing, &error);
        g_assert_no_error (error);
      }

  g_print ("%.1f\n", (double) n * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start));
  return 0;
}
