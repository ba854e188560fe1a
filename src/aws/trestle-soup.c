/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-aws"

#include "aws/trestle-soup.h"

#define FIRST_BUFFER 8192

/* What is read in one go before others get their turn. */
#define GREEDY (256 * 1024)

typedef struct
{
  DexPromise *promise;
  SoupSession *session;
  SoupMessage *message;
  TrestleSoupLimits limits;
  gboolean whole; /* read the body too */
  GSource *timer;
  GError *timed_out;
  GInputStream *stream;
  guint8 *buffer;
  gsize size;
  gsize length;
} Exchange;

static GCancellable *
cancellable (Exchange *self)
{
  return dex_promise_get_cancellable (self->promise);
}

static void
exchange_free (Exchange *self)
{
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_clear_error (&self->timed_out);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_free (self->buffer);
  dex_unref (self->promise);
  g_free (self);
}

static void
reject (Exchange *self, GError *error)
{
  if (self->timed_out != NULL)
    {
      g_clear_error (&error);
      error = g_steal_pointer (&self->timed_out);
    }
  dex_promise_reject (self->promise, error);
  exchange_free (self);
}

/* Whether the message is still on its way to a connection of its own. */
static gboolean
is_connecting (SoupMessage *message)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  return metrics != NULL && soup_message_metrics_get_request_start (metrics) == 0
         && (soup_message_metrics_get_dns_start (metrics) != 0
             || soup_message_metrics_get_connect_start (metrics) != 0);
}

/* First after the time for connecting, then at the deadline. */
static gboolean
timer_cb (gpointer data)
{
  Exchange *self = data;

  if (g_get_monotonic_time () >= self->limits.deadline)
    self->timed_out = g_error_new_literal (DEX_ERROR, DEX_ERROR_TIMED_OUT,
                                           "The deadline has passed");
  else if (self->message != NULL && self->stream == NULL && is_connecting (self->message))
    self->timed_out = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                                           "Connecting took too long");
  if (self->timed_out == NULL)
    {
      g_source_set_ready_time (self->timer, self->limits.deadline);
      return G_SOURCE_CONTINUE;
    }
  g_cancellable_cancel (cancellable (self));
  return G_SOURCE_REMOVE;
}

static void read_more (Exchange *self);

static void
grow (Exchange *self)
{
  if (self->length < self->size)
    return;
  self->size = self->size == 0 ? FIRST_BUFFER : self->size * 2;
  self->buffer = g_realloc (self->buffer, self->size);
}

/* After "Connection: close" libsoup takes any end for the end of the body, whatever its length. */
static gboolean
is_cut (Exchange *self)
{
  SoupMessageHeaders *headers = self->message != NULL
                                    ? soup_message_get_response_headers (self->message)
                                    : NULL;

  return headers != NULL && soup_message_get_method (self->message) != SOUP_METHOD_HEAD
         && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
         && soup_message_headers_get_one (headers, "Content-Encoding") == NULL
         && self->length < (gsize) soup_message_headers_get_content_length (headers);
}

/* Takes what a read brought; FALSE where that was the last. */
static gboolean
take (Exchange *self, gssize n_read, GError *error)
{
  if (n_read < 0)
    {
      reject (self, error);
      return FALSE;
    }
  self->length += (gsize) n_read;
  if (self->length > self->limits.max_body)
    {
      g_cancellable_cancel (cancellable (self));
      reject (self, g_error_new (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                                 "The answer is larger than %" G_GSIZE_FORMAT " bytes",
                                 self->limits.max_body));
      return FALSE;
    }
  if (n_read == 0 && is_cut (self))
    {
      reject (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                                         "The connection ended within the answer"));
      return FALSE;
    }
  if (n_read == 0)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (g_steal_pointer (&self->buffer), self->length);

      dex_promise_resolve_boxed (self->promise, G_TYPE_BYTES, g_steal_pointer (&body));
      exchange_free (self);
    }
  return n_read > 0;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Exchange *self = data;
  GError *error = NULL;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  if (take (self, n_read, error))
    read_more (self);
}

/* Small bodies have come with the headers: they are read at once, without a turn of the loop. */
static void
read_more (Exchange *self)
{
  gsize stop = self->length + GREEDY;

  while (G_IS_POLLABLE_INPUT_STREAM (self->stream) && self->length < stop
         && g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (self->stream)))
    {
      GError *error = NULL;
      gssize n_read;

      grow (self);
      n_read = g_pollable_input_stream_read_nonblocking (
          G_POLLABLE_INPUT_STREAM (self->stream), self->buffer + self->length,
          self->size - self->length, cancellable (self), &error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_error_free (error);
          break;
        }
      if (!take (self, n_read, error))
        return;
    }
  grow (self);
  g_input_stream_read_async (self->stream, self->buffer + self->length, self->size - self->length,
                             G_PRIORITY_DEFAULT, cancellable (self), read_cb, self);
}

static void
size_buffer (Exchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    return;
  /* One more than needed, so that the read that finds the end has room; never on trust alone. */
  self->size = (gsize) MIN (soup_message_headers_get_content_length (headers), 1 << 20) + 1;
  self->buffer = g_malloc (self->size);
}

static void
send_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Exchange *self = data;
  GError *error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (self->stream == NULL)
    {
      reject (self, error);
    }
  else if (self->whole)
    {
      size_buffer (self);
      read_more (self);
    }
  else
    {
      dex_promise_resolve_object (self->promise, g_steal_pointer (&self->stream));
      exchange_free (self);
    }
}

/* A timeout of GLib's would be due again after its interval, whatever time its callback sets. */
static gboolean
dispatch_timer (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { .dispatch = dispatch_timer };

static Exchange *
exchange_new (const TrestleSoupLimits *limits, gint64 first_look)
{
  Exchange *self = g_new0 (Exchange, 1);

  self->promise = dex_promise_new_cancellable ();
  self->limits = *limits;
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_static_name (self->timer, "[trestle] deadline");
  g_source_set_ready_time (self->timer, MIN (first_look, limits->deadline));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

static DexFuture *
send (SoupSession *session, SoupMessage *message, const TrestleSoupLimits *limits, gboolean whole)
{
  Exchange *self = exchange_new (limits,
                                 g_get_monotonic_time () + (gint64) limits->connect_msec * 1000);
  DexFuture *future = dex_ref (self->promise);

  self->session = g_object_ref (session);
  self->message = g_object_ref (message);
  self->whole = whole;
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable (self), send_cb, self);
  return future;
}

DexFuture *
trestle_soup_send (SoupSession *session, SoupMessage *message, const TrestleSoupLimits *limits)
{
  return send (session, message, limits, FALSE);
}

DexFuture *
trestle_soup_send_and_read (SoupSession *session,
                            SoupMessage *message,
                            const TrestleSoupLimits *limits)
{
  return send (session, message, limits, TRUE);
}

DexFuture *
trestle_soup_read (GInputStream *stream, const TrestleSoupLimits *limits)
{
  Exchange *self = exchange_new (limits, limits->deadline);
  DexFuture *future = dex_ref (self->promise);

  self->stream = g_object_ref (stream);
  read_more (self);
  return future;
}
