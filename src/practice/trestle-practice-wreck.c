/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-wreck.h"

#include <string.h>
#include <sys/socket.h>

#include "base/trestle-future.h"

#define DRIP_BYTES 64
#define DRIP_MS 100

typedef struct
{
  GIOStream *connection;
  TrestlePracticeFault fault;
  char *head;
  GBytes *body;
} Wreck;

static void
wreck_free (gpointer data)
{
  Wreck *wreck = data;

  g_object_unref (wreck->connection);
  g_free (wreck->head);
  g_bytes_unref (wreck->body);
  g_free (wreck);
}

/* With no time to linger, closing sends RST in place of FIN. */
static void
reset (GIOStream *connection)
{
  struct linger linger = { 1, 0 };

  if (G_IS_SOCKET_CONNECTION (connection))
    setsockopt (g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection))),
                SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

static gboolean
send_all (GOutputStream *out, const char *data, gsize size)
{
  while (size > 0)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
      gssize written = dex_await_int64 (dex_output_stream_write_bytes (out, bytes, 0), NULL);

      if (written <= 0)
        return FALSE;
      data += written;
      size -= (gsize) written;
    }
  return TRUE;
}

static DexFuture *
wreck_fiber (gpointer data)
{
  Wreck *wreck = data;
  GOutputStream *out = g_io_stream_get_output_stream (wreck->connection);
  gsize size;
  const char *body = g_bytes_get_data (wreck->body, &size);
  guint pause = wreck->fault.delay_ms > 0 ? wreck->fault.delay_ms : DRIP_MS;

  if (wreck->fault.kind == TRESTLE_PRACTICE_FAULT_RESET)
    reset (wreck->connection);
  else if (send_all (out, wreck->head, strlen (wreck->head)))
    {
      if (wreck->fault.kind == TRESTLE_PRACTICE_FAULT_CUT)
        send_all (out, body, size / 2);
      else
        for (gsize at = 0; at < size && send_all (out, body + at, MIN (DRIP_BYTES, size - at));
             at += DRIP_BYTES)
          dex_await (dex_timeout_new_msec (pause), NULL);
    }
  dex_await (dex_io_stream_close (wreck->connection, 0), NULL);
  return dex_future_new_true ();
}

DexFuture *
trestle_practice_wreck (GIOStream *connection,
                        const TrestlePracticeFault *fault,
                        const char *head,
                        GBytes *body)
{
  Wreck *wreck = g_new0 (Wreck, 1);

  wreck->connection = connection;
  wreck->fault = *fault;
  wreck->head = g_strdup (head);
  wreck->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);
  return trestle_fiber_spawn (wreck_fiber, wreck, wreck_free);
}
