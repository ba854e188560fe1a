/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "aws/trestle-aws-signer.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "practice/trestle-practice-dispatch.h"
#include "practice/trestle-practice-web.h"
#include "practice/trestle-practice-wreck.h"

/* Above every service's own limit; bodies are held in memory. */
#define MAX_BODY (128 * 1024 * 1024)

struct _TrestlePracticeServer
{
  SoupServer *soup;
  TrestlePracticeWorld *world;
  guint port;
  guint running;
  gint64 last;
  void (*stop) (gpointer data);
  gpointer data;
};

typedef struct
{
  TrestlePracticeServer *server;
  SoupServerMessage *message;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  exchange->server->running--;
  exchange->server->last = trestle_clock_now ();
  g_object_unref (exchange->message);
  g_free (exchange);
}

static TrestleAwsHttp *
read_message (SoupServerMessage *message)
{
  TrestleAwsHttp *request = trestle_aws_http_new ();
  GUri *uri = soup_server_message_get_uri (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  g_free (request->method);
  g_free (request->path);
  g_free (request->query);
  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (*g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/");
  request->query = g_strdup (g_uri_get_query (uri));
  if (request->headers == NULL)
    request->headers = trestle_aws_headers_new ();
  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    trestle_aws_headers_add (request->headers, name, value);
  g_clear_pointer (&request->body, g_bytes_unref);
  request->body = soup_message_body_flatten (body);
  return request;
}

static void
shift_date (SoupServerMessage *message, gint64 skew)
{
  g_autoptr (GDateTime)
      date = g_date_time_new_from_unix_utc ((trestle_clock_now () + skew) / TRESTLE_SECOND);
  g_autofree char *text = soup_date_time_to_string (date, SOUP_DATE_HTTP);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", text);
}

static void
write_message (SoupServerMessage *message, const TrestleAwsHttp *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  soup_server_message_set_status (message, answer->status, NULL);
  for (guint i = 0; i < answer->headers->len; i++)
    {
      const TrestleAwsHeader *header = &g_array_index (answer->headers, TrestleAwsHeader, i);

      if (g_ascii_strcasecmp (header->name, "content-length") != 0
          || g_str_equal (soup_server_message_get_method (message), "HEAD"))
        soup_message_headers_replace (headers, header->name, header->value);
    }
  /* libsoup's own are gone once it has answered 100 Continue. */
  if (soup_message_headers_get_one (headers, "Date") == NULL)
    shift_date (message, 0);
  /* After a 204 or 304 libsoup closes without a word; so say it. */
  if (answer->status == SOUP_STATUS_NO_CONTENT || answer->status == SOUP_STATUS_NOT_MODIFIED)
    soup_message_headers_replace (headers, "Connection", "close");
  if (answer->body != NULL && g_bytes_get_size (answer->body) > 0
      && !g_str_equal (soup_server_message_get_method (message), "HEAD"))
    soup_message_body_append_bytes (body, answer->body);
  soup_message_body_complete (body);
}

static char *
write_head (const TrestleAwsHttp *answer)
{
  GString *head = g_string_new (NULL);

  if (answer == NULL)
    return g_string_free (head, FALSE);
  g_string_printf (head, "HTTP/1.1 %u %s\r\n", answer->status,
                   soup_status_get_phrase (answer->status));
  for (guint i = 0; i < answer->headers->len; i++)
    {
      const TrestleAwsHeader *header = &g_array_index (answer->headers, TrestleAwsHeader, i);

      if (g_ascii_strcasecmp (header->name, "content-length") != 0)
        g_string_append_printf (head, "%s: %s\r\n", header->name, header->value);
    }
  g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n\r\n",
                          answer->body != NULL ? g_bytes_get_size (answer->body) : 0);
  return g_string_free (head, FALSE);
}

/* Returns whether the connection was taken away from the server. */
static gboolean
spoil (Exchange *exchange, const TrestlePracticeReply *reply)
{
  GIOStream *connection;
  g_autofree char *head = NULL;

  if (reply->fault.kind == TRESTLE_PRACTICE_FAULT_DELAY)
    dex_await (dex_timeout_new_msec ((int) (reply->fault.delay_ms ? reply->fault.delay_ms : 1000)),
               NULL);
  if (reply->fault.kind != TRESTLE_PRACTICE_FAULT_RESET
      && reply->fault.kind != TRESTLE_PRACTICE_FAULT_CUT
      && reply->fault.kind != TRESTLE_PRACTICE_FAULT_DRIP)
    return FALSE;
  connection = soup_server_message_steal_connection (exchange->message);
  if (connection == NULL)
    return FALSE;
  head = write_head (reply->answer);
  dex_await (trestle_practice_wreck (connection, &reply->fault, head,
                                     reply->answer ? reply->answer->body : NULL),
             NULL);
  return TRUE;
}

/* Names that resolve to loopback only through somebody else's DNS are refused, and web pages. */
static gboolean
is_local (const TrestleAwsHttp *request)
{
  const char *host = trestle_aws_headers_get (request->headers, "host");
  g_autoptr (GSocketConnectable) parsed = NULL;
  g_autoptr (GInetAddress) address = NULL;
  const char *name;

  if (trestle_aws_headers_get (request->headers, "origin") != NULL)
    return FALSE;
  parsed = host != NULL ? g_network_address_parse (host, 80, NULL) : NULL;
  if (parsed == NULL)
    return host == NULL;
  name = g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed));
  address = g_inet_address_new_from_string (name);
  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (name, "localhost") == 0;
}

static DexFuture *
exchange_fiber (gpointer data)
{
  Exchange *exchange = data;
  TrestlePracticeServer *self = exchange->server;
  g_autoptr (TrestleAwsHttp) request = read_message (exchange->message);
  g_auto (TrestlePracticeReply) reply = { 0 };
  gboolean stop = FALSE;

  if (!is_local (request))
    {
      reply.answer = trestle_aws_http_new ();
      reply.answer->status = 403;
      if (reply.answer->headers == NULL)
        reply.answer->headers = trestle_aws_headers_new ();
    }
  else if (trestle_practice_dispatch_is_aws (request)
           && !g_str_has_prefix (request->path, "/practice/"))
    trestle_practice_dispatch (self->world, request, &reply);
  else
    reply.answer = trestle_practice_web (self->world, request, &stop);

  if (!spoil (exchange, &reply))
    {
      write_message (exchange->message, reply.answer);
      if (reply.skew != 0)
        shift_date (exchange->message, reply.skew);
      soup_server_message_unpause (exchange->message);
    }
  if (stop && self->stop != NULL)
    self->stop (self->data);
  return dex_future_new_true ();
}

static void
message_cb (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  TrestlePracticeServer *self = data;
  Exchange *exchange;

  if (soup_server_message_get_status (message) != 0)
    return;
  exchange = g_new0 (Exchange, 1);
  exchange->server = self;
  exchange->message = g_object_ref (message);
  self->running++;
  soup_server_message_pause (message);
  trestle_future_report (trestle_fiber_spawn (exchange_fiber, exchange, exchange_free),
                         "answer a request");
}

static void
early_cb (SoupServer *soup,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_content_length (headers) > MAX_BODY)
    soup_server_message_set_status (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, NULL);
}

TrestlePracticeServer *
trestle_practice_server_new (TrestlePracticeWorld *world,
                             GSocketAddress *address,
                             void (*stop) (gpointer data),
                             gpointer data,
                             GError **error)
{
  TrestlePracticeServer *self = g_new0 (TrestlePracticeServer, 1);
  g_autofree char *host = NULL;
  GSList *uris;

  self->world = world;
  self->stop = stop;
  self->data = data;
  self->last = trestle_clock_now ();
  self->soup = soup_server_new ("server-header", "trestle-practice", "raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, message_cb, self, NULL);
  if (!soup_server_listen (self->soup, address, 0, error))
    {
      trestle_practice_server_close (self);
      return NULL;
    }
  uris = soup_server_get_uris (self->soup);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  host = g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  g_free (world->base);
  world->base = g_strdup_printf (strchr (host, ':') ? "http://[%s]:%u" : "http://%s:%u", host,
                                 self->port);
  return self;
}

gboolean
trestle_practice_server_close (TrestlePracticeServer *self)
{
  if (self->running > 0)
    return FALSE;
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  g_free (self);
  return TRUE;
}

guint
trestle_practice_server_get_port (TrestlePracticeServer *self)
{
  return self->port;
}

gint64
trestle_practice_server_get_idle (TrestlePracticeServer *self)
{
  return self->running > 0 || self->world->validating || self->world->transforming
             ? 0
             : trestle_clock_now () - self->last;
}
