/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-local-http.h"

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>

#include "aws/trestle-soup.h"
#include "base/trestle-future.h"

/* Many at once are the point of one check; a container's limit is not ours. */
#define CONNECTIONS 64
#define READ_SIZE 65536

/* What comes in a burst is one part. */
#define PAUSE (G_USEC_PER_SEC / 10)

struct _TrestleLocalHttp
{
  GObject parent_instance;

  SoupSession *session;
  char *address;
};

G_DEFINE_FINAL_TYPE (TrestleLocalHttp, trestle_local_http, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (TrestleLocalAnswer,
                     trestle_local_answer,
                     trestle_local_answer_copy,
                     trestle_local_answer_free)

TrestleLocalAnswer *
trestle_local_answer_copy (const TrestleLocalAnswer *self)
{
  TrestleLocalAnswer *copy = g_memdup2 (self, sizeof *self);

  g_hash_table_ref (copy->headers);
  g_bytes_ref (copy->body);
  return copy;
}

void
trestle_local_answer_free (TrestleLocalAnswer *self)
{
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

const char *
trestle_local_answer_header (const TrestleLocalAnswer *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

static void
trestle_local_http_finalize (GObject *object)
{
  TrestleLocalHttp *self = TRESTLE_LOCAL_HTTP (object);

  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_free (self->address);
  G_OBJECT_CLASS (trestle_local_http_parent_class)->finalize (object);
}

static void
trestle_local_http_class_init (TrestleLocalHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_local_http_finalize;
}

static void
trestle_local_http_init (TrestleLocalHttp *self)
{
}

static TrestleLocalHttp *
make (char *address, GSocketConnectable *remote)
{
  TrestleLocalHttp *self = g_object_new (TRESTLE_TYPE_LOCAL_HTTP, NULL);

  self->address = address;
  self->session = soup_session_new_with_options ("max-conns", CONNECTIONS, "max-conns-per-host",
                                                 CONNECTIONS, "timeout", 0, "remote-connectable",
                                                 remote, "proxy-resolver", NULL, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  return self;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

TrestleLocalHttp *
trestle_local_http_new (const char *address, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *path = uri != NULL ? g_uri_get_path (uri) : NULL;

  if (host == NULL || g_strcmp0 (g_uri_get_scheme (uri), "http") != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is not an address like http://127.0.0.1:8080", address);
      return NULL;
    }
  if (!is_loopback (host))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%s is not on this computer: only 127.0.0.1 is checked", host);
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL || (*path != '\0' && !g_str_equal (path, "/")))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "The address has to end after the port: SageMaker itself adds /ping and "
                           "/invocations");
      return NULL;
    }
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    host = "127.0.0.1";
  return make (g_uri_join (G_URI_FLAGS_NONE, "http", NULL, host,
                           g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : 80, "", NULL, NULL),
               NULL);
}

TrestleLocalHttp *
trestle_local_http_new_for_socket (const char *path)
{
  g_autoptr (GSocketAddress) remote = g_unix_socket_address_new (path);

  return make (g_strdup ("http://localhost"), G_SOCKET_CONNECTABLE (remote));
}

const char *
trestle_local_http_get_address (TrestleLocalHttp *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOCAL_HTTP (self), NULL);
  return self->address;
}

typedef struct
{
  TrestleLocalHttp *http;
  SoupMessage *message;
  TrestleSoupLimits limits;
} Call;

static void
call_free (gpointer data)
{
  Call *self = data;

  g_object_unref (self->http);
  g_object_unref (self->message);
  g_free (self);
}

static GHashTable *
read_headers (SoupMessage *message)
{
  GHashTable *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_hash_table_replace (headers, g_ascii_strdown (name, -1), g_utf8_make_valid (value, -1));
  return headers;
}

/* The whole body, with the times at which it came. */
static GBytes *
read_body (Call *self,
           GInputStream *stream,
           gint64 begun,
           TrestleLocalAnswer *answer,
           GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  gint64 last = 0;

  for (;;)
    {
      g_autoptr (GBytes) part = dex_await_boxed (
          dex_input_stream_read_bytes (stream, READ_SIZE, G_PRIORITY_DEFAULT), error);
      gint64 now = g_get_monotonic_time ();

      if (part == NULL)
        return NULL;
      if (g_bytes_get_size (part) == 0)
        break;
      if (body->len == 0)
        answer->first = now - begun;
      answer->parts += last == 0 || now - last > PAUSE;
      last = now;
      g_byte_array_append (body, g_bytes_get_data (part, NULL), (guint) g_bytes_get_size (part));
      if (body->len > self->limits.max_body)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                       "The answer is larger than %" G_GSIZE_FORMAT " bytes",
                       self->limits.max_body);
          return NULL;
        }
    }
  /* After "Connection: close" libsoup takes any end for the end of the body. */
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && (goffset) body->len < soup_message_headers_get_content_length (headers))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                           "The connection ended within the answer");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&body));
}

static DexFuture *
call_fiber (gpointer data)
{
  Call *self = data;
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  TrestleLocalAnswer answer = { 0 };

  stream = dex_await_object (trestle_soup_send (self->http->session, self->message, &self->limits),
                             &error);
  if (stream != NULL)
    answer.body = read_body (self, stream, begun, &answer, &error);
  if (answer.body == NULL)
    return trestle_future_error (error);
  answer.latency = g_get_monotonic_time () - begun;
  answer.status = soup_message_get_status (self->message);
  answer.headers = read_headers (self->message);
  answer.chunked = soup_message_headers_get_encoding (
                       soup_message_get_response_headers (self->message))
                   == SOUP_ENCODING_CHUNKED;
  return dex_future_new_take_boxed (TRESTLE_TYPE_LOCAL_ANSWER, g_memdup2 (&answer, sizeof answer));
}

DexFuture *
trestle_local_http_call (TrestleLocalHttp *self, const TrestleLocalRequest *request)
{
  g_autofree char *uri = NULL;
  Call *call;

  g_return_val_if_fail (TRESTLE_IS_LOCAL_HTTP (self), NULL);

  uri = g_strconcat (self->address, request->path, NULL);
  call = g_new0 (Call, 1);
  call->http = g_object_ref (self);
  call->message = soup_message_new (request->method, uri);
  call->limits = (TrestleSoupLimits) {
    .deadline = g_get_monotonic_time () + (gint64) request->msec * 1000,
    .connect_msec = request->msec,
    .max_body = request->max_body,
  };
  soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION
                                             | SOUP_MESSAGE_COLLECT_METRICS);
  soup_message_headers_replace (soup_message_get_request_headers (call->message), "Connection",
                                "close");
  for (const char *const *p = request->headers; p != NULL && p[0] != NULL; p += 2)
    if (p[1] != NULL)
      soup_message_headers_append (soup_message_get_request_headers (call->message), p[0], p[1]);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (call->message, NULL, request->body);
  return trestle_future_with_timeout (trestle_fiber_spawn (call_fiber, call, call_free),
                                      request->msec, "an answer");
}
