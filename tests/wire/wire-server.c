/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire-server.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"

#define DRIP_MSEC 20

typedef struct
{
  GBytes *bytes;
  WireThen then;
} Answer;

struct _WireServer
{
  grefcount refs; /* of the owner and of each connection */
  GSocketService *service;
  GTlsCertificate *certificate;
  char *endpoint;
  GQueue answers;
  GPtrArray *requests;
  guint n_connections;
  guint n_ended;
  guint resets;
  guint waiting;
  guint most;
  guint hold;
  DexPromise *held;
  gboolean ended;
};

typedef struct
{
  WireServer *server;
  GSocket *socket;
  GIOStream *stream;
  GString *buffer;
  guint number;
} Connection;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_bytes_unref (answer->bytes);
  g_free (answer);
}

static void
request_free (gpointer data)
{
  WireRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_free (request->query);
  g_array_unref (request->headers);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

static void
server_unref (WireServer *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->certificate);
  g_free (self->endpoint);
  g_queue_clear_full (&self->answers, answer_free);
  g_ptr_array_unref (self->requests);
  dex_clear (&self->held);
  g_free (self);
}

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  g_object_unref (connection->stream);
  g_object_unref (connection->socket);
  g_string_free (connection->buffer, TRUE);
  server_unref (connection->server);
  g_free (connection);
}

static const char *
secret_for (const char *access_key_id, gpointer data)
{
  return g_str_equal (access_key_id, WIRE_KEY) ? WIRE_SECRET : NULL;
}

static void
verify (WireRequest *request)
{
  g_autofree char *hash = trestle_aws_sha256_hex (request->body);
  const char *claimed = trestle_aws_headers_get (request->headers, "x-amz-content-sha256");
  TrestleAwsSignable signable = { request->method, request->path, request->query, request->headers,
                                  hash };
  g_autofree char *identity = NULL;
  g_autofree char *region = NULL;
  g_autofree char *service = NULL;

  if (claimed != NULL && g_str_equal (claimed, TRESTLE_AWS_UNSIGNED_PAYLOAD))
    signable.payload_hash = TRESTLE_AWS_UNSIGNED_PAYLOAD;
  request->verified = trestle_aws_verify (&signable, secret_for, NULL, trestle_clock_now (),
                                          &identity, &region, &service, NULL, NULL);
}

static WireRequest *
parse_head (const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0], " ", 3);
  g_auto (GStrv) target = g_strsplit (words[1], "?", 2);
  WireRequest *request = g_new0 (WireRequest, 1);

  request->method = g_strdup (words[0]);
  request->path = g_strdup (target[0]);
  request->query = g_strdup (target[1]);
  request->headers = trestle_aws_headers_new ();
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ": ", 2);

      trestle_aws_headers_add (request->headers, parts[0], parts[1]);
    }
  return request;
}

static gboolean
fill_fiber (Connection *connection)
{
  g_autoptr (GBytes) bytes = dex_await_boxed (
      dex_input_stream_read_bytes (g_io_stream_get_input_stream (connection->stream), 65536, 0),
      NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return FALSE;
  g_string_append_len (connection->buffer, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes));
  return TRUE;
}

static WireRequest *
read_request_fiber (Connection *connection)
{
  GString *buffer = connection->buffer;
  g_autofree char *head = NULL;
  WireRequest *request;
  const char *length;
  gsize head_length, body_length;

  while (strstr (buffer->str, "\r\n\r\n") == NULL)
    if (!fill_fiber (connection))
      return NULL;
  head_length = (gsize) (strstr (buffer->str, "\r\n\r\n") - buffer->str) + 4;
  head = g_strndup (buffer->str, head_length);
  request = parse_head (head);
  length = trestle_aws_headers_get (request->headers, "content-length");
  body_length = length ? (gsize) strtoul (length, NULL, 10) : 0;
  while (buffer->len < head_length + body_length)
    if (!fill_fiber (connection))
      {
        request_free (request);
        return NULL;
      }
  request->body = g_bytes_new (buffer->str + head_length, body_length);
  request->connection = connection->number;
  g_string_erase (buffer, 0, (gssize) (head_length + body_length));
  verify (request);
  return request;
}

static void
reset (Connection *connection)
{
  struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (connection->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (connection->socket, NULL);
}

static gboolean
write_fiber (Connection *connection, GBytes *bytes)
{
  GOutputStream *out = g_io_stream_get_output_stream (connection->stream);
  gsize size, done = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  while (done < size)
    {
      gint64 n_written = dex_await_int64 (
          dex_output_stream_write (out, data + done, size - done, 0), NULL);

      if (n_written <= 0)
        return FALSE;
      done += (gsize) n_written;
    }
  return TRUE;
}

/* Waits until the other end is gone. */
static void
hang_fiber (Connection *connection)
{
  while (!connection->server->ended && fill_fiber (connection))
    g_string_truncate (connection->buffer, 0);
}

static void
drip_fiber (Connection *connection)
{
  g_autoptr (GBytes) drop = g_bytes_new_static (" ", 1);

  while (!connection->server->ended && write_fiber (connection, drop))
    dex_await (dex_timeout_new_msec (DRIP_MSEC), NULL);
}

static Answer *
next_answer (WireServer *self)
{
  if (g_queue_is_empty (&self->answers))
    wire_server_answer (self, 200, NULL, "{}");
  return g_queue_pop_head (&self->answers);
}

static void
wait_for_others_fiber (WireServer *self)
{
  self->waiting++;
  self->most = MAX (self->most, self->waiting);
  if (self->waiting < self->hold)
    {
      if (self->held == NULL)
        self->held = dex_promise_new ();
      dex_await (dex_ref (self->held), NULL);
    }
  else if (self->held != NULL)
    {
      dex_promise_resolve_boolean (self->held, TRUE);
      dex_clear (&self->held);
    }
}

/* Answers one request; FALSE where the connection is done. */
static gboolean
serve_fiber (Connection *connection)
{
  WireServer *self = connection->server;
  WireRequest *request = read_request_fiber (connection);
  Answer *answer;
  WireThen then;
  gboolean ok;

  if (request == NULL)
    return FALSE;
  g_ptr_array_add (self->requests, request);
  answer = next_answer (self);
  wait_for_others_fiber (self);
  ok = write_fiber (connection, answer->bytes);
  self->waiting--;
  then = answer->then;
  answer_free (answer);
  if (ok && then == WIRE_HANG)
    hang_fiber (connection);
  if (ok && then == WIRE_DRIP)
    drip_fiber (connection);
  if (then == WIRE_RESET)
    reset (connection);
  return ok && then == WIRE_KEEP;
}

static DexFuture *
connection_fiber (gpointer data)
{
  Connection *connection = data;

  while (serve_fiber (connection))
    ;
  g_io_stream_close (connection->stream, NULL, NULL);
  connection->server->n_ended++;
  return dex_future_new_true ();
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *socket_connection,
             GObject *source,
             gpointer data)
{
  WireServer *self = data;
  Connection *connection = g_new0 (Connection, 1);

  g_ref_count_inc (&self->refs);
  connection->server = self;
  connection->socket = g_object_ref (g_socket_connection_get_socket (socket_connection));
  connection->buffer = g_string_new (NULL);
  connection->number = self->n_connections++;
  if (self->certificate != NULL)
    connection->stream = g_tls_server_connection_new (G_IO_STREAM (socket_connection),
                                                      self->certificate, NULL);
  else
    connection->stream = G_IO_STREAM (g_object_ref (socket_connection));
  if (self->resets > 0)
    {
      self->resets--;
      reset (connection);
      connection_free (connection);
      return TRUE;
    }
  dex_future_disown (trestle_fiber_spawn (connection_fiber, connection, connection_free));
  return TRUE;
}

WireServer *
wire_server_new (GTlsCertificate *certificate)
{
  WireServer *self = g_new0 (WireServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_ref_count_init (&self->refs);
  self->service = g_socket_service_new ();
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->certificate = certificate ? g_object_ref (certificate) : NULL;
  g_queue_init (&self->answers);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  self->endpoint = g_strdup_printf (
      "%s://127.0.0.1:%u", certificate ? "https" : "http",
      g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  return self;
}

void
wire_server_free (WireServer *self)
{
  self->ended = TRUE;
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  server_unref (self);
}

const char *
wire_server_get_endpoint (WireServer *self)
{
  return self->endpoint;
}

void
wire_server_push_bytes (WireServer *self, GBytes *bytes, WireThen then)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->bytes = g_bytes_ref (bytes);
  answer->then = then;
  g_queue_push_tail (&self->answers, answer);
}

void
wire_server_push (WireServer *self, const char *text, WireThen then)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  wire_server_push_bytes (self, bytes, then);
}

void
wire_server_answer (WireServer *self, guint status, const char *headers, const char *body)
{
  g_autofree char *text = g_strdup_printf (
      "HTTP/1.1 %u Whatever\r\nContent-Type: application/x-amz-json-1.1\r\n"
      "Content-Length: %" G_GSIZE_FORMAT "\r\nx-amzn-RequestId: request-%u\r\n%s\r\n%s",
      status, strlen (body), self->requests->len, headers ? headers : "", body);

  wire_server_push (self, text, WIRE_KEEP);
}

void
wire_server_error (WireServer *self, guint status, const char *code)
{
  g_autofree char *body = g_strdup_printf ("{\"__type\":\"%s\",\"message\":\"Because\"}", code);

  wire_server_answer (self, status, NULL, body);
}

void
wire_server_reset_next (WireServer *self)
{
  self->resets++;
}

guint
wire_server_n_requests (WireServer *self)
{
  return self->requests->len;
}

guint
wire_server_n_connections (WireServer *self)
{
  return self->n_connections;
}

guint
wire_server_n_ended (WireServer *self)
{
  return self->n_ended;
}

guint
wire_server_most_at_once (WireServer *self)
{
  return self->most;
}

void
wire_server_set_hold (WireServer *self, guint n)
{
  self->hold = n;
}

WireRequest *
wire_server_request (WireServer *self, guint index)
{
  g_assert_cmpuint (index, <, self->requests->len);
  return g_ptr_array_index (self->requests, index);
}

const char *
wire_request_header (WireRequest *request, const char *name)
{
  return trestle_aws_headers_get (request->headers, name);
}

char *
wire_request_dup_text (WireRequest *request)
{
  gsize size;
  const char *data = g_bytes_get_data (request->body, &size);

  return g_strndup (data, size);
}
