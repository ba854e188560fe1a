/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-container-ping.h"
#include "domain/trestle-container-rules.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* A container's answer may be long; of an error the first words are enough. */
#define MOST_ANSWER (64 * 1024 * 1024)
#define MOST_PING 65536
#define MOST_WORDS 160

void
trestle_container_reply_clear (TrestleContainerReply *self)
{
  g_clear_pointer (&self->answer, trestle_local_answer_free);
  g_clear_pointer (&self->reason, g_free);
}

guint
trestle_container_reply_status (const TrestleContainerReply *reply)
{
  return reply->answer != NULL ? reply->answer->status : 0;
}

/* The beginning of a body that is text. */
static char *
first_words (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *head = NULL;

  if (size == 0 || memchr (data, '\0', MIN (size, MOST_WORDS)) != NULL)
    return NULL;
  head = g_utf8_make_valid (data, (gssize) MIN (size, MOST_WORDS));
  g_strdelimit (head, "\r\n\t", ' ');
  g_strstrip (head);
  if (*head == '\0')
    return NULL;
  return size > MOST_WORDS ? g_strconcat (head, "…", NULL) : g_steal_pointer (&head);
}

char *
trestle_container_reply_said (const TrestleContainerReply *reply)
{
  g_autofree char *words = NULL;

  if (reply->answer == NULL)
    return g_strdup (reply->reason);
  if (reply->answer->status >= 400)
    words = first_words (reply->answer->body);
  return words != NULL ? g_strdup_printf (_ ("answered with %u: %s"), reply->answer->status, words)
                       : g_strdup_printf (_ ("answered with %u"), reply->answer->status);
}

static void
explain (const GError *error, guint msec, TrestleContainerReply *reply)
{
  g_autofree char *limit = trestle_container_format_time ((gint64) msec * 1000);

  reply->timed_out = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
                     || g_error_matches (error, DEX_ERROR, DEX_ERROR_TIMED_OUT);
  reply->refused = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
                   || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  if (reply->timed_out)
    reply->reason = g_strdup_printf (_ ("did not answer within %s"), limit);
  else if (reply->refused)
    reply->reason = g_strdup (_ ("refused the connection"));
  else
    reply->reason = g_strdup_printf (_ ("closed the connection (%s)"), error->message);
}

DexFuture *
trestle_container_send (TrestleContainerRun *self, const TrestleLocalRequest *request)
{
  return trestle_local_http_call (self->http, request);
}

static void
note (TrestleContainerRun *self, const TrestleLocalRequest *request, TrestleContainerReply *reply)
{
  guint status = trestle_container_reply_status (reply);
  g_autofree char *said = trestle_container_reply_said (reply);
  g_autofree char *time = reply->answer != NULL
                              ? trestle_container_format_time (reply->answer->latency)
                              : NULL;

  trestle_container_say (self,
                         status == 0 || status >= 500 ? TRESTLE_LOG_LEVEL_ERROR
                         : status >= 400              ? TRESTLE_LOG_LEVEL_WARNING
                                                      : TRESTLE_LOG_LEVEL_INFO,
                         g_strdup_printf ("%s %s %s%s%s", request->method, request->path, said,
                                          time != NULL ? " · " : "", time != NULL ? time : ""));
}

/* Good answers may say what they bill; errors never. */
static void
note_metering (TrestleContainerRun *self, const TrestleLocalAnswer *answer)
{
  const char *header = trestle_local_answer_header (answer, "x-amzn-inference-metering");
  gboolean good = answer->status >= 200 && answer->status < 300;
  gint64 units;

  if (header == NULL)
    {
      self->unmetered += good;
      return;
    }
  self->metered += good;
  if (self->metering_fault == NULL)
    self->metering_fault = good ? trestle_container_check_metering (header, &units)
                                : g_strdup_printf (_ ("An answer of %u has a metering header."),
                                                   answer->status);
}

/* Awaits @future or the wish to stop, whichever comes first; FALSE, with an error, after the wish. */
static gboolean
await_or_stop (TrestleContainerRun *self, DexFuture *future, GError **error)
{
  if (!self->stopped)
    dex_await (dex_future_first (dex_ref (future), dex_ref (self->stop), NULL), NULL);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

gboolean
trestle_container_take (TrestleContainerRun *self,
                        const TrestleLocalRequest *request,
                        DexFuture *future,
                        TrestleContainerReply *reply,
                        GError **error)
{
  g_autoptr (DexFuture) taken = future;
  g_autoptr (GError) reason = NULL;
  const GValue *value;

  *reply = (TrestleContainerReply) { 0 };
  if (!await_or_stop (self, taken, error))
    return FALSE;
  value = dex_future_get_value (taken, &reason);
  if (value != NULL)
    reply->answer = g_value_dup_boxed (value);
  else
    explain (reason, request->msec, reply);
  if (reply->answer != NULL && g_str_equal (request->path, "/invocations"))
    note_metering (self, reply->answer);
  note (self, request, reply);
  return TRUE;
}

gboolean
trestle_container_call (TrestleContainerRun *self,
                        const TrestleLocalRequest *request,
                        TrestleContainerReply *reply,
                        GError **error)
{
  return trestle_container_take (self, request, trestle_container_send (self, request), reply,
                                 error);
}

gboolean
trestle_container_invoke (TrestleContainerRun *self,
                          const char *type,
                          GBytes *body,
                          const char *const *extra,
                          TrestleContainerReply *reply,
                          GError **error)
{
  const char *const *accepts = trestle_container_plan_get_accepts (self->plan);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  TrestleLocalRequest request = {
    .method = "POST",
    .path = "/invocations",
    .body = body,
    .msec = (guint) trestle_container_plan_get_answer_seconds (self->plan) * 1000,
    .max_body = MOST_ANSWER,
  };

  g_ptr_array_add (headers, (char *) "Content-Type");
  g_ptr_array_add (headers, (char *) type);
  for (guint i = 0; extra != NULL && extra[i] != NULL; i++)
    g_ptr_array_add (headers, (char *) extra[i]);
  if (extra == NULL || !g_str_equal (extra[0], "Accept"))
    {
      g_ptr_array_add (headers, (char *) "Accept");
      g_ptr_array_add (headers,
                       (char *) (accepts != NULL && accepts[0] != NULL ? accepts[0] : "*/*"));
    }
  g_ptr_array_add (headers, NULL);
  request.headers = (const char *const *) headers->pdata;
  return trestle_container_call (self, &request, reply, error);
}

gboolean
trestle_container_ping (TrestleContainerRun *self,
                        const char *phase,
                        guint msec,
                        TrestleContainerReply *reply,
                        GError **error)
{
  const TrestleLocalRequest request = {
    .method = "GET", .path = "/ping", .msec = msec, .max_body = MOST_PING
  };
  gint64 at = g_get_monotonic_time ();
  g_autoptr (TrestleContainerPing) ping = NULL;

  if (self->first_ping == 0)
    self->first_ping = at;
  if (!trestle_container_call (self, &request, reply, error))
    return FALSE;
  ping = g_object_new (
      TRESTLE_TYPE_CONTAINER_PING, "at", at - self->first_ping, "latency",
      reply->answer != NULL ? reply->answer->latency : g_get_monotonic_time () - at, "status",
      (gint64) trestle_container_reply_status (reply), "phase", phase, NULL);
  g_list_store_append (self->pings, ping);
  return TRUE;
}

gboolean
trestle_container_wait (TrestleContainerRun *self, guint msec, GError **error)
{
  g_autoptr (DexFuture) passed = dex_timeout_new_msec ((int) msec);

  return await_or_stop (self, passed, error);
}

const char *
trestle_container_declared (TrestleContainerRun *self)
{
  const char *const *types = trestle_container_plan_get_content_types (self->plan);

  if (self->good != NULL)
    return self->good->type;
  if (types != NULL && types[0] != NULL)
    return types[0];
  if (self->samples != NULL && self->samples->len > 0)
    return ((TrestleContainerSample *) self->samples->pdata[0])->type;
  return "application/json";
}
