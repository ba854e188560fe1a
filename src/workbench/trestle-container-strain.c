/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-container-rules.h"
#include "domain/trestle-limits.h"
#include "media/trestle-content-type.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What a container does with much: several records in a call, several calls at once, a large call. */

#define RECORDS 3
#define CALLS 8
#define PING_PAUSE_MSEC 100

/* The question is whether it is slow, so it may be asked for longer than it may take. */
#define PING_MSEC 20000

static gboolean
is_lines (const TrestleContainerSample *sample)
{
  TrestleContentFamily family = trestle_content_type_get_family (sample->type);

  return family == TRESTLE_CONTENT_TABLE
         || g_str_equal (trestle_content_type_get_extension (sample->type), "jsonl");
}

/* How many results @n lines bring; 0 with a reason where they are not taken. */
static gboolean
count_results (TrestleContainerRun *self,
               TrestleContainerSample *sample,
               guint n,
               guint *results,
               char **said,
               GError **error)
{
  g_autoptr (GBytes) body = trestle_container_repeat_records (sample->body, n);
  g_auto (TrestleContainerReply) reply = { 0 };
  gsize size;
  const char *text;

  *results = 0;
  if (body == NULL)
    {
      *said = g_strdup (_ ("has no lines"));
      return TRUE;
    }
  if (!trestle_container_invoke (self, sample->type, body, NULL, &reply, error))
    return FALSE;
  *said = trestle_container_reply_said (&reply);
  if (trestle_container_reply_status (&reply) != 200)
    return TRUE;
  text = g_bytes_get_data (reply.answer->body, &size);
  *results = trestle_container_count_records (text != NULL ? text : "", size);
  return TRUE;
}

static TrestleContainerSample *
find_lines (TrestleContainerRun *self)
{
  if (self->good != NULL && is_lines (self->good))
    return self->good;
  for (guint i = 0; self->samples != NULL && i < self->samples->len; i++)
    if (is_lines (self->samples->pdata[i]))
      return self->samples->pdata[i];
  return NULL;
}

gboolean
trestle_container_part_multi_record (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_MULTI_RECORD;
  TrestleContainerSample *sample = find_lines (self);
  g_autofree char *one_said = NULL;
  g_autofree char *many_said = NULL;
  char *figure;
  guint one, many;

  if (!self->multi_record || sample == NULL)
    {
      trestle_container_skip (self, id,
                              g_strdup (sample == NULL ? _ ("There is no sample of lines.")
                                                       : _ ("It asks for SINGLE_RECORD.")));
      return TRUE;
    }
  trestle_container_begin (self, id);
  if (!count_results (self, sample, 1, &one, &one_said, error)
      || (one > 0 && !count_results (self, sample, RECORDS, &many, &many_said, error)))
    return FALSE;
  if (one == 0)
    {
      trestle_container_skip (
          self, id, g_strdup_printf (_ ("A single line of %s %s."), sample->name, one_said));
      return TRUE;
    }
  figure = g_strdup_printf (_ ("%u for %u"), many, RECORDS * one);
  if (many == RECORDS * one)
    trestle_container_pass (self, id, NULL, figure, NULL);
  else
    trestle_container_fail (
        self, id, g_strdup (_ ("Records get lost in a batch")), figure,
        many == 0
            ? g_strdup_printf (_ ("%d lines of %s: the container %s."), RECORDS, sample->name,
                               many_said)
            : g_strdup_printf (_ ("One line brings %u, %d lines bring %u."), one, RECORDS, many));
  return TRUE;
}

typedef struct
{
  TrestleLocalRequest request;
  const char *headers[5];
  DexFuture *futures[CALLS];
} Load;

static void
load_clear (Load *self)
{
  for (guint i = 0; i < CALLS; i++)
    dex_clear (&self->futures[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Load, load_clear)

static gboolean
is_pending (Load *load)
{
  for (guint i = 0; i < CALLS; i++)
    if (dex_future_is_pending (load->futures[i]))
      return TRUE;
  return FALSE;
}

/* Asks /ping for as long as calls are under way, once at least. */
static gboolean
ping_meanwhile (TrestleContainerRun *self,
                Load *load,
                gint64 *slowest,
                char **fault,
                GError **error)
{
  do
    {
      g_auto (TrestleContainerReply) reply = { 0 };

      if (!trestle_container_ping (self, "load", PING_MSEC, &reply, error))
        return FALSE;
      if (trestle_container_reply_status (&reply) == 200)
        *slowest = MAX (*slowest, reply.answer->latency);
      else if (*fault == NULL)
        *fault = trestle_container_reply_said (&reply);
      if (!trestle_container_wait (self, PING_PAUSE_MSEC, error))
        return FALSE;
    }
  while (is_pending (load));
  return TRUE;
}

gboolean
trestle_container_part_concurrency (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_CONCURRENCY;
  gint64 limit = trestle_limit (TRESTLE_LIMIT_PING_SECONDS) * (gint64) G_USEC_PER_SEC;
  const char *const *accepts = trestle_container_plan_get_accepts (self->plan);
  g_auto (Load) load = { 0 };
  g_autofree char *ping_fault = NULL;
  g_autofree char *call_fault = NULL;
  gint64 slowest = 0;

  if (!trestle_container_has_good (self, id))
    return TRUE;
  trestle_container_begin (self, id);
  load.headers[0] = "Content-Type";
  load.headers[1] = self->good->type;
  load.headers[2] = "Accept";
  load.headers[3] = accepts != NULL && accepts[0] != NULL ? accepts[0] : "*/*";
  load.request = (TrestleLocalRequest) {
    .method = "POST",
    .path = "/invocations",
    .headers = load.headers,
    .body = self->good->body,
    .msec = (guint) trestle_container_plan_get_answer_seconds (self->plan) * 1000,
    .max_body = 64 * 1024 * 1024,
  };
  for (guint i = 0; i < CALLS; i++)
    load.futures[i] = trestle_container_send (self, &load.request);
  if (!ping_meanwhile (self, &load, &slowest, &ping_fault, error))
    return FALSE;
  for (guint i = 0; i < CALLS; i++)
    {
      g_auto (TrestleContainerReply) reply = { 0 };

      if (!trestle_container_take (self, &load.request, g_steal_pointer (&load.futures[i]), &reply,
                                   error))
        return FALSE;
      if (trestle_container_reply_status (&reply) != 200 && call_fault == NULL)
        call_fault = trestle_container_reply_said (&reply);
    }
  if (call_fault != NULL)
    trestle_container_fail (
        self, id, g_strdup (_ ("Cannot take several calls at once")), NULL,
        g_strdup_printf (_ ("Of %d calls at once, one %s."), CALLS, call_fault));
  /* One that is slow or ill at rest is told of already. */
  else if (trestle_container_has (self, TRESTLE_CHECK_PING, TRESTLE_CHECK_STATE_PASSED)
           && (ping_fault != NULL || slowest > limit))
    trestle_container_fail (
        self, id, g_strdup (_ ("/ping waits for calls")),
        ping_fault == NULL ? trestle_container_format_time (slowest) : NULL,
        ping_fault != NULL
            ? g_strdup_printf (_ ("During %d calls at once, /ping %s."), CALLS, ping_fault)
            : g_strdup (_ ("SageMaker waits two seconds for it, also during calls.")));
  else
    trestle_container_pass (self, id,
                            g_strdup_printf (_ ("%d calls at once, /ping stays healthy"), CALLS),
                            trestle_container_format_time (slowest), NULL);
  return TRUE;
}

/* The sample with so much behind it that nothing of its meaning changes where it is text. */
static GBytes *
largest (TrestleContainerRun *self)
{
  gsize most = (gsize) trestle_limit (TRESTLE_LIMIT_INVOKE_BYTES), size = 0;
  TrestleContentFamily family = trestle_content_type_get_family (trestle_container_declared (self));
  gboolean text = family == TRESTLE_CONTENT_TEXT || family == TRESTLE_CONTENT_JSON
                  || family == TRESTLE_CONTENT_TABLE;
  const char *data = self->good != NULL ? g_bytes_get_data (self->good->body, &size) : NULL;
  char *body = g_malloc (most);

  memset (body, text ? ' ' : 0, most);
  body[most - 1] = text ? '\n' : 0;
  if (data != NULL)
    memcpy (body, data, MIN (size, most));
  return g_bytes_new_take (body, most);
}

gboolean
trestle_container_part_payload (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_PAYLOAD;
  g_autoptr (GBytes) body = largest (self);
  g_auto (TrestleContainerReply) reply = { 0 };
  g_auto (TrestleContainerReply) ping = { 0 };
  g_autofree char *said = NULL;
  gboolean alive;
  guint status;

  trestle_container_begin (self, id);
  if (!trestle_container_invoke (self, trestle_container_declared (self), body, NULL, &reply, error)
      || !trestle_container_ping (self, "idle", PING_MSEC, &ping, error))
    return FALSE;
  status = trestle_container_reply_status (&reply);
  said = trestle_container_reply_said (&reply);
  alive = trestle_container_reply_status (&ping) == 200;
  if (!alive)
    trestle_container_fail (self, id, g_strdup (_ ("A large request brings it down")), NULL,
                            g_strdup (_ ("After 25 MB, /ping was not healthy any more.")));
  else if (reply.timed_out || status >= 500)
    trestle_container_fail (self, id,
                            g_strdup_printf (_ ("25 MB: the container %s"),
                                             reply.timed_out ? _ ("hangs") : _ ("breaks")),
                            NULL, g_strdup_printf (_ ("It %s."), said));
  else if (status == 0)
    /* Refused before it was sent: many servers close without waiting for the rest. */
    trestle_container_pass (self, id, g_strdup (_ ("25 MB request")), g_strdup (_ ("refused")),
                            g_strdup_printf (_ ("It %s."), said));
  else
    trestle_container_pass (self, id, g_strdup (_ ("25 MB request")),
                            trestle_container_format_time (reply.answer->latency),
                            g_strdup_printf (_ ("It %s."), said));
  return TRUE;
}
