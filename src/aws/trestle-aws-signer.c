/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-signer.h"

#include <string.h>

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-signer-private.h"
#include "base/trestle-clock.h"

#define DIGEST_SIZE 32
#define MAX_EXPIRES 604800u

void
trestle_aws_signature_free (TrestleAwsSignature *self)
{
  if (self == NULL)
    return;

  g_free (self->canonical_request);
  g_free (self->string_to_sign);
  g_free (self->signature);
  g_free (self->signed_headers);
  g_free (self->authorization);
  g_free (self->query);
  g_free (self);
}

char *
trestle_aws_sha256_hex (GBytes *bytes)
{
  return bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes)
                       : g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) "", 0);
}

static void
hmac (gconstpointer key, gsize key_length, const char *text, guint8 digest[DIGEST_SIZE])
{
  g_autoptr (GHmac) machine = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize length = DIGEST_SIZE;

  g_hmac_update (machine, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (machine, digest, &length);
}

/* One derived key. A process signs for few identities, Regions and services. */
typedef struct
{
  char *name; /* day, Region, service */
  char *secret;
  guint8 key[DIGEST_SIZE];
} CachedKey;

static void
signing_key (const char *secret,
             const char *day,
             const char *region,
             const char *service,
             guint8 key[DIGEST_SIZE])
{
  static GMutex lock;
  static CachedKey cache[32];
  static guint next;
  g_autofree char *name = g_strconcat (day, "/", region, "/", service, NULL);
  g_autofree char *start = NULL;
  CachedKey *place;

  g_mutex_lock (&lock);
  for (guint i = 0; i < G_N_ELEMENTS (cache); i++)
    {
      if (cache[i].name == NULL || !g_str_equal (cache[i].name, name)
          || !g_str_equal (cache[i].secret, secret))
        continue;
      memcpy (key, cache[i].key, DIGEST_SIZE);
      g_mutex_unlock (&lock);
      return;
    }

  start = g_strconcat ("AWS4", secret, NULL);
  hmac (start, strlen (start), day, key);
  hmac (key, DIGEST_SIZE, region, key);
  hmac (key, DIGEST_SIZE, service, key);
  hmac (key, DIGEST_SIZE, "aws4_request", key);

  place = &cache[next];
  next = (next + 1) % G_N_ELEMENTS (cache);
  g_free (place->name);
  g_free (place->secret);
  place->name = g_steal_pointer (&name);
  place->secret = g_strdup (secret);
  memcpy (place->key, key, DIGEST_SIZE);
  g_mutex_unlock (&lock);
  explicit_bzero (start, strlen (start));
}

char *
trestle_aws_signature (const char *secret,
                       const char *day,
                       const char *region,
                       const char *service,
                       const char *string_to_sign)
{
  guint8 key[DIGEST_SIZE];

  signing_key (secret, day, region, service, key);
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, key, DIGEST_SIZE, string_to_sign, -1);
}

char *
trestle_aws_string_to_sign (const char *amz_date, const char *scope, const char *canonical_request)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical_request, -1);

  return g_strconcat (TRESTLE_AWS_ALGORITHM "\n", amz_date, "\n", scope, "\n", hash, NULL);
}

static gboolean
check (const TrestleAwsSignable *signable, const TrestleAwsSigning *signing, GError **error)
{
  static const char *const own[] = { "authorization", "date", "x-amz-date" };

  g_return_val_if_fail (signable->method != NULL && signable->path != NULL, FALSE);
  g_return_val_if_fail (signable->headers != NULL && signable->payload_hash != NULL, FALSE);
  g_return_val_if_fail (signing->credentials != NULL, FALSE);
  g_return_val_if_fail (signing->region != NULL && signing->service != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      if (trestle_aws_headers_get (signable->headers, own[i]) == NULL)
        continue;
      g_propagate_error (
          error, trestle_aws_error_new (TRESTLE_AWS_ERROR_PROTOCOL, NULL,
                                        "The request to sign has a header “%s” already", own[i]));
      return FALSE;
    }

  return TRUE;
}

TrestleAwsSignature *
trestle_aws_sign_headers (TrestleAwsSignable *signable,
                          const TrestleAwsSigning *signing,
                          GError **error)
{
  g_autoptr (TrestleAwsSignature) made = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *date = NULL;
  g_autofree char *day = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  const char *token;

  if (!check (signable, signing, error))
    return NULL;

  token = trestle_aws_credentials_get_token (signing->credentials);
  date = trestle_clock_format_amz (signing->date);
  day = g_strndup (date, 8);
  scope = g_strconcat (day, "/", signing->region, "/", signing->service, "/aws4_request", NULL);

  trestle_aws_headers_add (signable->headers, "X-Amz-Date", date);
  if (token != NULL && !signing->omit_session_token)
    trestle_aws_headers_add (signable->headers, "X-Amz-Security-Token", token);
  if (signing->content_sha256_header)
    trestle_aws_headers_add (signable->headers, "x-amz-content-sha256", signable->payload_hash);

  made = g_new0 (TrestleAwsSignature, 1);
  path = trestle_aws_canonical_path (signable->path, signing->normalize, signing->double_encode);
  query = trestle_aws_canonical_query (signable->query, NULL);
  names = trestle_aws_names_to_sign (signable->headers);
  made->signed_headers = g_strjoinv (";", names);
  made->canonical_request = trestle_aws_canonical_request (signable, path, query,
                                                           (const char *const *) names);
  made->string_to_sign = trestle_aws_string_to_sign (date, scope, made->canonical_request);
  made->signature = trestle_aws_signature (
      trestle_aws_credentials_get_secret_access_key (signing->credentials), day, signing->region,
      signing->service, made->string_to_sign);
  made->authorization = g_strconcat (
      TRESTLE_AWS_ALGORITHM " Credential=",
      trestle_aws_credentials_get_access_key_id (signing->credentials), "/", scope,
      ", SignedHeaders=", made->signed_headers, ", Signature=", made->signature, NULL);

  if (token != NULL && signing->omit_session_token)
    trestle_aws_headers_add (signable->headers, "X-Amz-Security-Token", token);
  trestle_aws_headers_add (signable->headers, "Authorization", made->authorization);
  return g_steal_pointer (&made);
}

static void
append_parameter (GString *query, const char *name, const char *value)
{
  g_autofree char *encoded = trestle_aws_uri_encode (value, TRUE);

  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append (query, name);
  g_string_append_c (query, '=');
  g_string_append (query, encoded);
}

TrestleAwsSignature *
trestle_aws_sign_query (const TrestleAwsSignable *signable,
                        const TrestleAwsSigning *signing,
                        guint expires,
                        GError **error)
{
  g_autoptr (TrestleAwsSignature) made = NULL;
  g_autoptr (GString) query = g_string_new (signable->query);
  g_auto (GStrv) names = NULL;
  g_autofree char *date = NULL;
  g_autofree char *day = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *credential = NULL;
  g_autofree char *path = NULL;
  g_autofree char *canonical_query = NULL;
  g_autofree char *seconds = NULL;
  g_autofree char *signed_already = NULL;
  const char *token;

  if (!check (signable, signing, error))
    return NULL;
  if (expires < 1 || expires > MAX_EXPIRES)
    {
      g_propagate_error (
          error, trestle_aws_error_new (TRESTLE_AWS_ERROR_VALIDATION, NULL,
                                        "A signed address lives 1 s to 7 days, not %u s", expires));
      return NULL;
    }
  signed_already = trestle_aws_query_get (signable->query, "X-Amz-Signature");
  if (signed_already != NULL)
    {
      g_propagate_error (error, trestle_aws_error_new (TRESTLE_AWS_ERROR_PROTOCOL, NULL,
                                                       "The address to sign is signed already"));
      return NULL;
    }

  token = trestle_aws_credentials_get_token (signing->credentials);
  date = trestle_clock_format_amz (signing->date);
  day = g_strndup (date, 8);
  scope = g_strconcat (day, "/", signing->region, "/", signing->service, "/aws4_request", NULL);
  credential = g_strconcat (trestle_aws_credentials_get_access_key_id (signing->credentials), "/",
                            scope, NULL);
  seconds = g_strdup_printf ("%u", expires);

  made = g_new0 (TrestleAwsSignature, 1);
  names = trestle_aws_names_to_sign (signable->headers);
  made->signed_headers = g_strjoinv (";", names);

  append_parameter (query, "X-Amz-Algorithm", TRESTLE_AWS_ALGORITHM);
  append_parameter (query, "X-Amz-Credential", credential);
  append_parameter (query, "X-Amz-Date", date);
  append_parameter (query, "X-Amz-Expires", seconds);
  append_parameter (query, "X-Amz-SignedHeaders", made->signed_headers);
  if (token != NULL && !signing->omit_session_token)
    append_parameter (query, "X-Amz-Security-Token", token);

  path = trestle_aws_canonical_path (signable->path, signing->normalize, signing->double_encode);
  canonical_query = trestle_aws_canonical_query (query->str, NULL);
  made->canonical_request = trestle_aws_canonical_request (signable, path, canonical_query,
                                                           (const char *const *) names);
  made->string_to_sign = trestle_aws_string_to_sign (date, scope, made->canonical_request);
  made->signature = trestle_aws_signature (
      trestle_aws_credentials_get_secret_access_key (signing->credentials), day, signing->region,
      signing->service, made->string_to_sign);

  if (token != NULL && signing->omit_session_token)
    append_parameter (query, "X-Amz-Security-Token", token);
  append_parameter (query, "X-Amz-Signature", made->signature);
  made->query = g_strdup (query->str);
  return g_steal_pointer (&made);
}
