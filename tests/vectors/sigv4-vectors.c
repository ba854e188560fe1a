/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sigv4-vectors"

#include "aws/trestle-aws-signer.h"
#include "base/trestle-clock.h"
#include "vectors.h"

/*
 * sigv4-vectors FILE.json…: signs each case and compares every stage with what it must be.
 */

static GArray *
read_headers (JsonArray *pairs)
{
  GArray *headers = trestle_aws_headers_new ();

  for (guint i = 0; i < json_array_get_length (pairs); i++)
    {
      JsonArray *pair = json_array_get_array_element (pairs, i);

      trestle_aws_headers_add (headers, json_array_get_string_element (pair, 0),
                               json_array_get_string_element (pair, 1));
    }
  return headers;
}

static int
line_compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Headers as one text; their order among themselves says nothing. */
static char *
headers_to_text (GArray *headers)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_null_terminated (headers->len, g_free, TRUE);

  for (guint i = 0; i < headers->len; i++)
    {
      const TrestleAwsHeader *header = &g_array_index (headers, TrestleAwsHeader, i);

      g_ptr_array_add (lines, g_strconcat (header->name, ": ", header->value, NULL));
    }
  g_ptr_array_sort (lines, line_compare);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static char *
query_to_text (const char *query)
{
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);

  qsort (parts, g_strv_length (parts), sizeof *parts, line_compare);
  return g_strjoinv ("&", parts);
}

static gboolean
run_case (const char *name, JsonObject *object)
{
  JsonObject *request = json_object_get_object_member (object, "request");
  JsonObject *keys = json_object_get_object_member (object, "credentials");
  gboolean in_query = g_strcmp0 (vectors_string (object, "kind"), "query") == 0;
  g_autoptr (GArray) headers = read_headers (json_object_get_array_member (request, "headers"));
  const char *body = vectors_string (request, "body");
  const char *query = vectors_string (request, "query");
  g_autoptr (GBytes) bytes = g_bytes_new (body, body != NULL ? strlen (body) : 0);
  g_autofree char *hash = trestle_aws_sha256_hex (vectors_bool (object, "sign_body") ? bytes
                                                                                     : NULL);
  g_autoptr (TrestleAwsCredentials) credentials = trestle_aws_credentials_new (
      vectors_string (keys, "access_key_id"), vectors_string (keys, "secret_access_key"),
      vectors_string (keys, "token"), 0, "vector");
  g_autoptr (TrestleAwsSignature) made = NULL;
  g_autoptr (GError) error = NULL;
  TrestleAwsSigning signing = {
    .credentials = credentials,
    .region = vectors_string (object, "region"),
    .service = vectors_string (object, "service"),
    .normalize = vectors_bool (object, "normalize"),
    .double_encode = vectors_bool (object, "double_encode"),
    .content_sha256_header = vectors_bool (object, "content_sha256_header"),
    .omit_session_token = vectors_bool (object, "omit_session_token"),
  };
  TrestleAwsSignable signable = {
    .method = vectors_string (request, "method"),
    .path = vectors_string (request, "path"),
    .query = query != NULL && *query != '\0' ? query : NULL,
    .headers = headers,
    .payload_hash = vectors_string (object, "payload"),
  };
  gboolean good = TRUE;

  if (signable.payload_hash == NULL)
    signable.payload_hash = hash;
  if (!trestle_clock_parse (vectors_string (object, "date"), &signing.date))
    return vectors_same (name, "date", "a date", vectors_string (object, "date"));

  if (in_query)
    made = trestle_aws_sign_query (&signable, &signing,
                                   (guint) json_object_get_int_member (object, "expires"), &error);
  else
    made = trestle_aws_sign_headers (&signable, &signing, &error);
  if (made == NULL)
    return vectors_same (name, "signing", "a signature", error->message);

  good &= vectors_same (name, "canonical request", vectors_string (object, "canonical_request"),
                        made->canonical_request);
  good &= vectors_same (name, "string to sign", vectors_string (object, "string_to_sign"),
                        made->string_to_sign);
  good &= vectors_same (name, "signature", vectors_string (object, "signature"), made->signature);
  if (in_query)
    {
      g_autofree char *expected = query_to_text (vectors_string (object, "signed_query"));
      g_autofree char *got = query_to_text (made->query);

      good &= vectors_same (name, "signed query", expected, got);
    }
  else
    {
      g_autoptr (GArray)
          signed_headers = read_headers (json_object_get_array_member (object, "signed_headers"));
      g_autofree char *expected = headers_to_text (signed_headers);
      g_autofree char *got = headers_to_text (headers);

      good &= vectors_same (name, "authorization", vectors_string (object, "authorization"),
                            made->authorization);
      good &= vectors_same (name, "headers", expected, got);
    }
  return good;
}

int
main (int argc, char *argv[])
{
  Counts counts = { 0 };

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (JsonArray) cases = vectors_load (argv[i]);

      if (cases == NULL)
        return 2;
      for (guint j = 0; j < json_array_get_length (cases); j++)
        {
          JsonObject *object = json_array_get_object_element (cases, j);
          const char *name = vectors_string (object, "name");

          vectors_count (&counts, name, run_case (name, object));
        }
    }

  if (argc < 2)
    {
      g_printerr ("Usage: sigv4-vectors FILE.json…\n");
      return 2;
    }
  return vectors_finish (&counts);
}
