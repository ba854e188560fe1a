/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-aws-exchange.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-future.h"

/* Hashing this much takes about a millisecond: more goes to the thread pool. */
#define SMALL (256 * 1024)
#define CHUNK (64 * 1024)

static gboolean
is_s3 (TrestleAwsExchange *self)
{
  return g_str_equal (trestle_aws_model_get_signing_name (self->model), "s3");
}

/* As libsoup writes it: lower case, brackets around IPv6, a port only where it is not the usual. */
static char *
host_of (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  int port = g_uri_get_port (uri);
  g_autofree char *name = strchr (host, ':') ? g_strdup_printf ("[%s]", host) : g_strdup (host);
  int usual = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;

  if (port == -1 || port == usual)
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s:%d", name, port);
}

TrestleAwsExchange *
trestle_aws_exchange_new (const char *endpoint, TrestleAwsHttp *request)
{
  TrestleAwsExchange *self = g_atomic_rc_box_new0 (TrestleAwsExchange);

  self->endpoint = g_uri_parse (endpoint, SOUP_HTTP_URI_FLAGS, NULL);
  self->request = request;
  self->invocation_id = g_uuid_string_random ();
  self->max_attempts = 1;
  if (self->endpoint != NULL)
    self->host = host_of (self->endpoint);
  return self;
}

TrestleAwsExchange *
trestle_aws_exchange_ref (TrestleAwsExchange *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
exchange_clear (gpointer data)
{
  TrestleAwsExchange *self = data;

  g_clear_pointer (&self->endpoint, g_uri_unref);
  g_free (self->signing_region);
  g_clear_object (&self->credentials);
  g_clear_pointer (&self->request, trestle_aws_http_free);
  g_clear_object (&self->upload);
  g_clear_pointer (&self->answer, trestle_aws_http_free);
  g_clear_pointer (&self->output, json_node_unref);
  g_clear_object (&self->body);
  g_free (self->host);
  g_free (self->invocation_id);
  g_free (self->payload_hash);
}

void
trestle_aws_exchange_unref (TrestleAwsExchange *self)
{
  /* a body is hashed on the thread pool, which may be the last to let go */
  g_atomic_rc_box_release_full (self, exchange_clear);
}

const char *
trestle_aws_exchange_get_host (TrestleAwsExchange *self)
{
  return self->host;
}

TrestleAwsReplay
trestle_aws_exchange_get_replay (TrestleAwsExchange *self)
{
  return self->operation ? self->operation->replay : TRESTLE_AWS_REPLAY_READ;
}

static DexFuture *
hash_bytes_fiber (gpointer body)
{
  return dex_future_new_take_string (trestle_aws_sha256_hex (body));
}

static DexFuture *
hash_file_fiber (gpointer file)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  g_autofree guchar *buffer = g_malloc (CHUNK);
  gssize n_read = 0;

  while (stream != NULL
         && (n_read = g_input_stream_read (G_INPUT_STREAM (stream), buffer, CHUNK, NULL, &error))
                > 0)
    g_checksum_update (checksum, buffer, n_read);
  if (error != NULL)
    return trestle_future_error (error);
  return dex_future_new_take_string (g_strdup (g_checksum_get_string (checksum)));
}

static DexFuture *
hashed_cb (DexFuture *future, gpointer data)
{
  TrestleAwsExchange *self = data;

  self->payload_hash = g_value_dup_string (dex_future_get_value (future, NULL));
  return dex_future_new_true ();
}

DexFuture *
trestle_aws_exchange_hash (TrestleAwsExchange *self)
{
  GBytes *body = self->request->body;
  DexFuture *hash;

  if (self->model == NULL || self->payload_hash != NULL)
    return dex_future_new_true ();
  if (self->upload != NULL && is_s3 (self)
      && g_str_equal (g_uri_get_scheme (self->endpoint), "https"))
    {
      self->payload_hash = g_strdup (TRESTLE_AWS_UNSIGNED_PAYLOAD);
      return dex_future_new_true ();
    }
  if (self->upload == NULL && (body == NULL || g_bytes_get_size (body) <= SMALL))
    {
      self->payload_hash = trestle_aws_sha256_hex (body);
      return dex_future_new_true ();
    }
  if (self->upload != NULL)
    hash = trestle_pool_spawn (hash_file_fiber, g_object_ref (self->upload), g_object_unref);
  else
    hash = trestle_pool_spawn (hash_bytes_fiber, g_bytes_ref (body),
                               (GDestroyNotify) g_bytes_unref);
  return dex_future_then (hash, hashed_cb, trestle_aws_exchange_ref (self),
                          (GDestroyNotify) trestle_aws_exchange_unref);
}

char *
trestle_aws_exchange_path (TrestleAwsExchange *self)
{
  const char *base = g_uri_get_path (self->endpoint);

  /* A plain fetch is its address; a call's path follows the one of the endpoint, if it has any. */
  if (self->request->path == NULL)
    return g_strdup (base);
  if (*base == '\0' || g_str_equal (base, "/"))
    return g_strdup (self->request->path);
  return g_strconcat (base, self->request->path, NULL);
}

void
trestle_aws_exchange_signing (TrestleAwsExchange *self,
                              TrestleAwsCredentials *credentials,
                              gint64 date,
                              TrestleAwsSigning *signing)
{
  *signing = (TrestleAwsSigning) {
    .credentials = credentials,
    .region = self->signing_region,
    .service = trestle_aws_model_get_signing_name (self->model),
    .date = date,
    .normalize = !is_s3 (self),
    .double_encode = !is_s3 (self),
    .content_sha256_header = is_s3 (self),
  };
}

/* Header values may come from people: none of them may begin a line of its own. */
static gboolean
check_headers (GArray *headers, GError **error)
{
  for (guint i = 0; i < headers->len; i++)
    {
      const TrestleAwsHeader *header = &g_array_index (headers, TrestleAwsHeader, i);

      for (const char *c = header->value; *c != '\0'; c++)
        if (((guchar) *c < 0x20 && *c != '\t') || *c == 0x7f)
          {
            g_propagate_error (
                error, trestle_aws_error_new (TRESTLE_AWS_ERROR_VALIDATION, NULL,
                                              "The header %s must not hold a control character",
                                              header->name));
            return FALSE;
          }
    }
  return TRUE;
}

static GArray *
headers_of_try (TrestleAwsExchange *self)
{
  GArray *headers = trestle_aws_headers_new ();
  char attempt[48];

  for (guint i = 0; i < self->request->headers->len; i++)
    {
      const TrestleAwsHeader *header = &g_array_index (self->request->headers, TrestleAwsHeader, i);

      trestle_aws_headers_add (headers, header->name, header->value);
    }
  if (self->model == NULL)
    return headers;
  g_snprintf (attempt, sizeof attempt, "attempt=%u; max=%u", self->attempts,
              MAX (self->attempts, self->max_attempts));
  trestle_aws_headers_add (headers, "host", self->host);
  trestle_aws_headers_add (headers, "amz-sdk-invocation-id", self->invocation_id);
  trestle_aws_headers_add (headers, "amz-sdk-request", attempt);
  return headers;
}

static gboolean
sign (TrestleAwsExchange *self,
      TrestleAwsCredentials *credentials,
      gint64 date,
      const char *path,
      GArray *headers,
      GError **error)
{
  TrestleAwsSignable signable = { self->request->method, path, self->request->query, headers,
                                  self->payload_hash };
  TrestleAwsSigning signing;
  g_autoptr (TrestleAwsSignature) signature = NULL;

  trestle_aws_exchange_signing (self, credentials, date, &signing);
  signature = trestle_aws_sign_headers (&signable, &signing, error);
  return signature != NULL;
}

/* libsoup opens a new connection for each POST unless it is told that this one may be sent on an
 * old connection; it never sends a POST twice by itself. A call that must not go out twice keeps
 * the new connection, where no stale one can swallow it. */
static SoupMessageFlags
flags_of (TrestleAwsExchange *self)
{
  SoupMessageFlags flags = SOUP_MESSAGE_COLLECT_METRICS;

  if (self->model != NULL)
    flags |= SOUP_MESSAGE_NO_REDIRECT;
  if (trestle_aws_exchange_get_replay (self) != TRESTLE_AWS_REPLAY_ASK)
    flags |= SOUP_MESSAGE_IDEMPOTENT;
  return flags;
}

SoupMessage *
trestle_aws_exchange_message (TrestleAwsExchange *self,
                              TrestleAwsCredentials *credentials,
                              gint64 date,
                              GInputStream *upload,
                              GError **error)
{
  g_autoptr (GArray) headers = headers_of_try (self);
  g_autofree char *path = trestle_aws_exchange_path (self);
  g_autoptr (GUri) uri = NULL;
  g_autoptr (SoupMessage) message = NULL;

  if (!check_headers (headers, error)
      || (credentials != NULL && !sign (self, credentials, date, path, headers, error)))
    return NULL;

  /* Built from its parts: parsing would resolve dots in the path, which S3 keys may have. */
  uri = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (self->endpoint), NULL,
                     g_uri_get_host (self->endpoint), g_uri_get_port (self->endpoint), path,
                     self->request->query, NULL);
  message = soup_message_new_from_uri (self->request->method, uri);
  soup_message_add_flags (message, flags_of (self));
  if (upload != NULL)
    soup_message_set_request_body (message, NULL, upload, (gssize) self->upload_size);
  else if (self->request->body != NULL)
    soup_message_set_request_body_from_bytes (message, NULL, self->request->body);
  for (guint i = 0; i < headers->len; i++)
    {
      const TrestleAwsHeader *header = &g_array_index (headers, TrestleAwsHeader, i);

      if (g_ascii_strcasecmp (header->name, "host") != 0
          && g_ascii_strcasecmp (header->name, "content-length") != 0)
        soup_message_headers_append (soup_message_get_request_headers (message), header->name,
                                     header->value);
    }
  return g_steal_pointer (&message);
}
