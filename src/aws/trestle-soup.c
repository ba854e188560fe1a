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
  gboolean whole; /* read the body too */
  gsize max_body;
  guint connect_msec;
  GSource *connect_timer;
  gulong network_handler;
  gulong starting_handler;
  gboolean connect_timed_out;
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
stop_timer (Exchange *self)
{
  if (self->connect_timer != NULL)
    g_source_destroy (self->connect_timer);
  g_clear_pointer (&self->connect_timer, g_source_unref);
}

static void
exchange_free (Exchange *self)
{
  stop_timer (self);
  if (self->message != NULL)
    {
      g_clear_signal_handler (&self->network_handler, self->message);
      g_clear_signal_handler (&self->starting_handler, self->message);
    }
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
  if (self->connect_timed_out)
    {
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Connecting took too long");
    }
  dex_promise_reject (self->promise, error);
  exchange_free (self);
}

static gboolean
connect_timeout_cb (gpointer data)
{
  Exchange *self = data;

  self->connect_timed_out = TRUE;
  g_cancellable_cancel (cancellable (self));
  return G_SOURCE_REMOVE;
}

/* Only new connections come by here, so a message that waits for a free one has no timer. */
static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer data)
{
  Exchange *self = data;

  if (self->connect_timer != NULL || self->connect_msec == 0)
    return;
  self->connect_timer = g_timeout_source_new (self->connect_msec);
  g_source_set_callback (self->connect_timer, connect_timeout_cb, self, NULL);
  g_source_attach (self->connect_timer, g_main_context_get_thread_default ());
}

static void
starting_cb (SoupMessage *message, gpointer data)
{
  Exchange *self = data;

  /* From here on the caller's deadline counts; events of a connection made in vain may follow. */
  stop_timer (self);
  self->connect_msec = 0;
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
  if (self->length > self->max_body)
    {
      g_cancellable_cancel (cancellable (self));
      reject (self, g_error_new (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                                 "The answer is larger than %" G_GSIZE_FORMAT " bytes",
                                 self->max_body));
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
  g_input_stream_read_async (self->stream, self->buffer + self->length,
                             self->size - self->length, G_PRIORITY_DEFAULT, cancellable (self),
                             read_cb, self);
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
  stop_timer (self);
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

static Exchange *
exchange_new (gboolean whole, gsize max_body)
{
  Exchange *self = g_new0 (Exchange, 1);

  self->promise = dex_promise_new_cancellable ();
  self->whole = whole;
  self->max_body = max_body;
  return self;
}

static DexFuture *
send (SoupSession *session,
      SoupMessage *message,
      guint connect_msec,
      gboolean whole,
      gsize max_body)
{
  Exchange *self = exchange_new (whole, max_body);
  DexFuture *future = dex_ref (self->promise);

  self->session = g_object_ref (session);
  self->message = g_object_ref (message);
  self->connect_msec = connect_msec;
  self->network_handler
      = g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), self);
  self->starting_handler = g_signal_connect (message, "starting", G_CALLBACK (starting_cb), self);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable (self), send_cb,
                           self);
  return future;
}

DexFuture *
trestle_soup_send (SoupSession *session, SoupMessage *message, guint connect_msec)
{
  return send (session, message, connect_msec, FALSE, 0);
}

DexFuture *
trestle_soup_send_and_read (SoupSession *session,
                            SoupMessage *message,
                            guint connect_msec,
                            gsize max_body)
{
  return send (session, message, connect_msec, TRUE, max_body);
}

DexFuture *
trestle_soup_read (GInputStream *stream, gsize max_body)
{
  Exchange *self = exchange_new (TRUE, max_body);
  DexFuture *future = dex_ref (self->promise);

  self->stream = g_object_ref (stream);
  read_more (self);
  return future;
}
