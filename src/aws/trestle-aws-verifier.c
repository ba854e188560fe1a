/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include <string.h>

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-signer-private.h"
#include "base/trestle-clock.h"

/* What a request claims, from its Authorization header or its query. */
typedef struct
{
  char *algorithm;
  char *credential;
  char *signed_headers;
  char *signature;
  char *date;
  gint64 expires; /* seconds; 0: header kind */
  gboolean in_query;
} Claim;

static void
claim_clear (Claim *self)
{
  g_free (self->algorithm);
  g_free (self->credential);
  g_free (self->signed_headers);
  g_free (self->signature);
  g_free (self->date);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Claim, claim_clear)

static gboolean G_GNUC_PRINTF (4, 5)
    refuse (GError **error, const char *code, guint status, const char *format, ...)
{
  g_autofree char *message = NULL;
  TrestleAwsErrorDetails details = { .code = (char *) code, .status = status };
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_propagate_error (error,
                     trestle_aws_error_new (trestle_aws_error_classify (code, status, message),
                                            &details, "%s", message));
  return FALSE;
}

/* "AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…", in any order. */
static gboolean
read_authorization (const char *text, Claim *claim, GError **error)
{
  g_auto (GStrv) parts = NULL;
  const char *space = strchr (text, ' ');

  claim->algorithm = space != NULL ? g_strndup (text, (gsize) (space - text)) : g_strdup (text);
  parts = g_strsplit (space != NULL ? space + 1 : "", ",", 16);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      char **place = NULL;

      if (g_str_has_prefix (part, "Credential="))
        place = &claim->credential;
      else if (g_str_has_prefix (part, "SignedHeaders="))
        place = &claim->signed_headers;
      else if (g_str_has_prefix (part, "Signature="))
        place = &claim->signature;
      if (place == NULL || *place != NULL)
        return refuse (error, "IncompleteSignature", 400,
                       "Authorization header has a part that is not understood: '%s'", part);
      *place = g_strdup (strchr (part, '=') + 1);
    }

  if (claim->credential == NULL)
    return refuse (error, "IncompleteSignature", 400,
                   "Authorization header requires 'Credential' parameter.");
  if (claim->signed_headers == NULL)
    return refuse (error, "IncompleteSignature", 400,
                   "Authorization header requires 'SignedHeaders' parameter.");
  if (claim->signature == NULL)
    return refuse (error, "IncompleteSignature", 400,
                   "Authorization header requires 'Signature' parameter.");
  return TRUE;
}

static gboolean
read_signed_query (const char *query, Claim *claim, GError **error)
{
  g_autofree char *expires = trestle_aws_query_get (query, "X-Amz-Expires");
  guint64 seconds;

  claim->in_query = TRUE;
  claim->algorithm = trestle_aws_query_get (query, "X-Amz-Algorithm");
  claim->credential = trestle_aws_query_get (query, "X-Amz-Credential");
  claim->signed_headers = trestle_aws_query_get (query, "X-Amz-SignedHeaders");
  claim->signature = trestle_aws_query_get (query, "X-Amz-Signature");
  claim->date = trestle_aws_query_get (query, "X-Amz-Date");
  if (claim->algorithm == NULL || claim->credential == NULL || claim->signed_headers == NULL
      || claim->signature == NULL || claim->date == NULL || expires == NULL
      || !g_ascii_string_to_unsigned (expires, 10, 1, 604800, &seconds, NULL))
    return refuse (error, "IncompleteSignature", 400,
                   "Query-string authentication requires the X-Amz-Algorithm, X-Amz-Credential, "
                   "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires "
                   "parameters.");
  claim->expires = (gint64) seconds;
  return TRUE;
}

static gboolean
read_claim (const TrestleAwsSignable *signable, Claim *claim, GError **error)
{
  const char *authorization = trestle_aws_headers_get (signable->headers, "authorization");
  g_autofree char *signature = NULL;

  if (authorization == NULL)
    {
      signature = trestle_aws_query_get (signable->query, "X-Amz-Signature");
      if (signature == NULL)
        return refuse (error, "MissingAuthenticationToken", 403,
                       "Request is missing Authentication Token");
      return read_signed_query (signable->query, claim, error);
    }

  if (!read_authorization (authorization, claim, error))
    return FALSE;
  claim->date = g_strdup (trestle_aws_headers_get (signable->headers, "x-amz-date"));
  if (claim->date == NULL)
    claim->date = g_strdup (trestle_aws_headers_get (signable->headers, "date"));
  if (claim->date == NULL)
    return refuse (error, "IncompleteSignature", 400,
                   "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' "
                   "header.");
  return TRUE;
}

static gboolean
check_date (const Claim *claim, gboolean s3, gint64 now, gint64 *date, GError **error)
{
  gint64 allowed = (s3 ? 15 : 5) * TRESTLE_MINUTE;
  gint64 latest;
  g_autofree char *now_text = trestle_clock_format_amz (now);
  g_autofree char *limit_text = NULL;

  if (!trestle_clock_parse (claim->date, date))
    return refuse (error, "IncompleteSignature", 400,
                   "Date must be in ISO-8601 'basic format'. Got '%s'.", claim->date);

  latest = *date + (claim->in_query ? claim->expires * TRESTLE_SECOND : allowed);
  if (now > latest)
    {
      limit_text = trestle_clock_format_amz (now - (latest - *date));
      return refuse (error, "RequestExpired", s3 ? 403 : 400,
                     "Signature expired: %s is now earlier than %s (%s - %" G_GINT64_FORMAT
                     " min.)",
                     claim->date, limit_text, now_text, (latest - *date) / TRESTLE_MINUTE);
    }
  if (*date - now > allowed)
    {
      limit_text = trestle_clock_format_amz (now + allowed);
      return refuse (error, s3 ? "RequestTimeTooSkewed" : "SignatureDoesNotMatch", 403,
                     "Signature not yet current: %s is still later than %s (%s + %" G_GINT64_FORMAT
                     " min.)",
                     claim->date, limit_text, now_text, allowed / TRESTLE_MINUTE);
    }
  return TRUE;
}

/* The names must be sorted, lower-case, with host, and each must be there. */
static gboolean
check_signed_headers (const TrestleAwsSignable *signable, char **names, GError **error)
{
  gboolean host = FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *lower = g_ascii_strdown (names[i], -1);

      if (!g_str_equal (lower, names[i]) || (i > 0 && strcmp (names[i - 1], names[i]) >= 0))
        return refuse (error, "IncompleteSignature", 400,
                       "'SignedHeaders' must be lower-case, sorted names.");
      host = host || g_str_equal (names[i], "host") || g_str_equal (names[i], ":authority");
      if (trestle_aws_headers_get (signable->headers, names[i]) == NULL)
        return refuse (error, "SignatureDoesNotMatch", 403,
                       "The signed header '%s' is not in the request.", names[i]);
    }

  if (!host)
    return refuse (error, "SignatureDoesNotMatch", 403,
                   "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  return TRUE;
}

/* S3 takes the client's word for the hash and checks the body against it. */
static gboolean
pick_payload_hash (const TrestleAwsSignable *signable,
                   const Claim *claim,
                   gboolean s3,
                   const char **hash,
                   GError **error)
{
  const char *said = trestle_aws_headers_get (signable->headers, "x-amz-content-sha256");

  *hash = signable->payload_hash;
  if (!s3)
    return TRUE;
  if (said == NULL && claim->in_query)
    said = TRESTLE_AWS_UNSIGNED_PAYLOAD;
  if (said == NULL)
    return refuse (error, "InvalidRequest", 400,
                   "Missing required header for this request: x-amz-content-sha256");
  if (!g_str_equal (said, TRESTLE_AWS_UNSIGNED_PAYLOAD)
      && !g_str_equal (said, signable->payload_hash))
    return refuse (error, "XAmzContentSHA256Mismatch", 400,
                   "The provided 'x-amz-content-sha256' header does not match what was computed.");
  *hash = said;
  return TRUE;
}

/* Takes as long whatever differs. */
static gboolean
same (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint difference = 0;

  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint) (a[i] ^ b[i]);
  return difference == 0;
}

gboolean
trestle_aws_verify (const TrestleAwsSignable *signable,
                    const char *(*secret_for) (const char *access_key_id, gpointer data),
                    gpointer data,
                    gint64 now,
                    char **identity,
                    char **region,
                    char **service,
                    TrestleAwsSignature **expected,
                    GError **error)
{
  g_auto (Claim) claim = { 0 };
  g_autoptr (TrestleAwsSignature) made = NULL;
  g_auto (GStrv) scope = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  g_autofree char *scope_text = NULL;
  g_autofree char *amz_date = NULL;
  TrestleAwsSignable given = *signable;
  const char *secret;
  gboolean s3;
  gint64 date;

  *identity = *region = *service = NULL;
  if (expected != NULL)
    *expected = NULL;

  if (!read_claim (signable, &claim, error))
    return FALSE;
  if (!g_str_equal (claim.algorithm, TRESTLE_AWS_ALGORITHM))
    return refuse (error, "IncompleteSignature", 400, "Unsupported AWS 'algorithm': '%s'.",
                   claim.algorithm);
  scope = g_strsplit (claim.credential, "/", 6);
  if (g_strv_length (scope) != 5 || !g_str_equal (scope[4], "aws4_request"))
    return refuse (error, "IncompleteSignature", 400,
                   "Credential must have exactly 5 slash-delimited elements, e.g. "
                   "keyid/date/region/service/term, got '%s'.",
                   claim.credential);
  s3 = g_str_equal (scope[3], "s3");

  secret = secret_for (scope[0], data);
  if (secret == NULL)
    return refuse (error, "InvalidClientTokenId", 403,
                   "The security token included in the request is invalid.");
  if (!check_date (&claim, s3, now, &date, error))
    return FALSE;
  amz_date = trestle_clock_format_amz (date);
  if (strlen (scope[1]) != strlen ("YYYYMMDD") || !g_str_has_prefix (amz_date, scope[1]))
    return refuse (error, "SignatureDoesNotMatch", 403,
                   "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of "
                   "date from HTTP: '%s' != '%.8s', from '%s'.",
                   scope[1], amz_date, claim.date);
  names = g_strsplit (claim.signed_headers, ";", 256);
  if (!check_signed_headers (signable, names, error)
      || !pick_payload_hash (signable, &claim, s3, &given.payload_hash, error))
    return FALSE;

  made = g_new0 (TrestleAwsSignature, 1);
  path = trestle_aws_canonical_path (signable->path, !s3, !s3);
  query = trestle_aws_canonical_query (signable->query, claim.in_query ? "X-Amz-Signature" : NULL);
  made->signed_headers = g_strdup (claim.signed_headers);
  made->canonical_request = trestle_aws_canonical_request (&given, path, query,
                                                           (const char *const *) names);
  scope_text = g_strjoinv ("/", scope + 1);
  made->string_to_sign = trestle_aws_string_to_sign (amz_date, scope_text, made->canonical_request);
  made->signature = trestle_aws_signature (secret, scope[1], scope[2], scope[3],
                                           made->string_to_sign);

  if (!same (made->signature, claim.signature))
    {
      refuse (error, "SignatureDoesNotMatch", 403,
              "The request signature we calculated does not match the signature you provided. "
              "Check your AWS Secret Access Key and signing method. Consult the service "
              "documentation for details.\n\nThe Canonical String for this request should have "
              "been\n'%s'\n\nThe String-to-Sign should have been\n'%s'\n",
              made->canonical_request, made->string_to_sign);
      if (expected != NULL)
        *expected = g_steal_pointer (&made);
      return FALSE;
    }

  *identity = g_strdup (scope[0]);
  *region = g_strdup (scope[2]);
  *service = g_strdup (scope[3]);
  if (expected != NULL)
    *expected = g_steal_pointer (&made);
  return TRUE;
}
