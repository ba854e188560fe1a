/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-container-fields.h"
#include "domain/trestle-container-ping.h"
#include "domain/trestle-container-rules.h"
#include "domain/trestle-limits.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What a container does with good input. */

/* A program that the seller runs is there, or somebody mistook the port. */
#define REFUSED_SECONDS 5

/* So many answers make a figure of /ping and of a call. */
#define PINGS 5
#define CALLS 20
#define CALLS_USEC (5 * (gint64) G_USEC_PER_SEC)

/* The question is whether it is slow, so it may be asked for longer than it may take. */
#define PING_MSEC 20000

static gint64
ping_limit (void)
{
  return trestle_limit (TRESTLE_LIMIT_PING_SECONDS) * (gint64) G_USEC_PER_SEC;
}

/* Whether it told of its loading, if anybody could see it. */
static void
judge_loading (TrestleContainerRun *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->pings));
  guint loading = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleContainerPing) ping = g_list_model_get_item (G_LIST_MODEL (self->pings), i);

      loading += trestle_container_ping_get_status (ping) >= 400;
    }
  if (loading > 0)
    trestle_container_pass (
        self, TRESTLE_CHECK_LOADING, NULL,
        g_strdup_printf (ngettext ("%u answer", "%u answers", loading), loading), NULL);
  else
    trestle_container_skip (self, TRESTLE_CHECK_LOADING,
                            g_strdup (_ ("It was healthy from the first answer on.")));
}

static gboolean
never_ready (TrestleContainerRun *self, const TrestleContainerReply *reply)
{
  g_autofree char *said = trestle_container_reply_said (reply);

  trestle_container_fail (
      self, TRESTLE_CHECK_READY,
      reply->refused ? g_strdup (_ ("Nothing listens there"))
                     : g_strdup (_ ("Never became healthy")),
      trestle_container_format_time (g_get_monotonic_time () - self->begun_serving),
      g_strdup_printf (_ ("/ping %s."), said));
  return TRUE;
}

static gboolean
ended (TrestleContainerRun *self, char *how)
{
  trestle_container_fail (
      self, TRESTLE_CHECK_STARTS, g_strdup (_ ("Ends before it is healthy")),
      trestle_container_format_time (g_get_monotonic_time () - self->begun_serving), how);
  trestle_container_skip (self, TRESTLE_CHECK_READY, g_strdup (_ ("It did not stay.")));
  return TRUE;
}

gboolean
trestle_container_part_ready (TrestleContainerRun *self, GError **error)
{
  gint64 limit = self->begun_serving
                 + trestle_container_plan_get_ready_seconds (self->plan) * G_USEC_PER_SEC;
  gint64 refused = self->begun_serving + REFUSED_SECONDS * (gint64) G_USEC_PER_SEC;

  trestle_container_begin (self, TRESTLE_CHECK_READY);
  for (;;)
    {
      g_auto (TrestleContainerReply) reply = { 0 };
      g_autofree char *how = NULL;
      gint64 now;

      if (!trestle_container_ping (self, "loading", PING_MSEC, &reply, error))
        return FALSE;
      now = g_get_monotonic_time ();
      if (trestle_container_reply_status (&reply) == 200)
        break;
      if (!trestle_container_is_alive (self, &how, error))
        return ended (self, g_steal_pointer (&how));
      if (now >= limit || (reply.refused && !self->started_here && now >= refused))
        return never_ready (self, &reply);
      if (!trestle_container_wait (self, 1000, error))
        return FALSE;
    }
  self->ready = g_get_monotonic_time () - self->begun_serving;
  if (self->started_here)
    trestle_container_pass (self, TRESTLE_CHECK_STARTS, NULL, NULL, NULL);
  trestle_container_pass (self, TRESTLE_CHECK_READY, g_strdup (_ ("Ready and healthy")),
                          trestle_container_format_time (self->ready), NULL);
  judge_loading (self);
  return TRUE;
}

gboolean
trestle_container_part_ping (TrestleContainerRun *self, GError **error)
{
  gint64 slowest = 0;

  trestle_container_begin (self, TRESTLE_CHECK_PING);
  for (guint i = 0; i < PINGS; i++)
    {
      g_auto (TrestleContainerReply) reply = { 0 };
      g_autofree char *said = NULL;

      if (!trestle_container_ping (self, "idle", PING_MSEC, &reply, error))
        return FALSE;
      said = trestle_container_reply_said (&reply);
      if (trestle_container_reply_status (&reply) != 200)
        {
          trestle_container_fail (self, TRESTLE_CHECK_PING, g_strdup (_ ("/ping is not healthy")),
                                  NULL,
                                  g_strdup_printf (_ ("It %s, after it had been healthy."), said));
          return TRUE;
        }
      slowest = MAX (slowest, reply.answer->latency);
      if (slowest > ping_limit ())
        {
          trestle_container_fail (self, TRESTLE_CHECK_PING, g_strdup (_ ("/ping is slow")),
                                  trestle_container_format_time (slowest),
                                  g_strdup (_ ("SageMaker waits two seconds for it.")));
          return TRUE;
        }
    }
  trestle_container_pass (self, TRESTLE_CHECK_PING, NULL, trestle_container_format_time (slowest),
                          NULL);
  return TRUE;
}

/* What the samples' answers came to, in words. */
typedef struct
{
  GPtrArray *faults;
  GPtrArray *refused; /* with 4xx: of another model, where no types are declared */
  GPtrArray *types;   /* answers of a wrong type */
  GPtrArray *fields;  /* answers without a field that is promised */
  guint judged;       /* answers that have fields at all */
  guint tried;
} Trial;

static void
trial_clear (Trial *self)
{
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

static gboolean
has_declared (TrestleContainerRun *self)
{
  const char *const *types = trestle_container_plan_get_content_types (self->plan);

  return types != NULL && types[0] != NULL;
}

static gboolean
has_fields (TrestleContainerRun *self)
{
  const char *const *fields = trestle_container_plan_get_fields (self->plan);

  return fields != NULL && fields[0] != NULL;
}

static void
look_for_fields (TrestleContainerRun *self,
                 TrestleContainerSample *sample,
                 const char *type,
                 GBytes *body,
                 Trial *trial)
{
  const char *missing;

  if (!has_fields (self)
      || !trestle_container_fields_judge (type, body,
                                          trestle_container_plan_get_fields (self->plan), &missing))
    return;
  trial->judged++;
  if (missing != NULL)
    g_ptr_array_add (trial->fields,
                     g_strdup_printf (_ ("%s: the answer has no “%s”"), sample->name, missing));
}

static gboolean
try_sample (TrestleContainerRun *self,
            TrestleContainerSample *sample,
            const char *accept,
            Trial *trial,
            GError **error)
{
  const char *const extra[] = { "Accept", accept, NULL };
  g_auto (TrestleContainerReply) reply = { 0 };
  guint status;
  const char *type;

  if (!trestle_container_invoke (self, sample->type, sample->body, extra, &reply, error))
    return FALSE;
  trial->tried++;
  status = trestle_container_reply_status (&reply);
  if (status != 200)
    {
      g_autofree char *said = trestle_container_reply_said (&reply);
      gboolean refused = status >= 400 && status < 500 && !has_declared (self);

      g_ptr_array_add (refused ? trial->refused : trial->faults,
                       g_strdup_printf ("%s (%s) %s", sample->name, sample->type, said));
      return TRUE;
    }
  g_array_append_val (self->calls, reply.answer->latency);
  if (self->good == NULL)
    {
      self->good = sample;
      self->good_answer = g_bytes_ref (reply.answer->body);
    }
  type = trestle_local_answer_header (reply.answer, "content-type");
  if (type == NULL)
    g_ptr_array_add (trial->types,
                     g_strdup_printf (_ ("%s: the answer has no Content-Type"), sample->name));
  else if (!trestle_container_type_matches (type, accept))
    g_ptr_array_add (trial->types, g_strdup_printf (_ ("%s: %s was asked for, and %s came"),
                                                    sample->name, accept, type));
  look_for_fields (self, sample, type, reply.answer->body, trial);
  return TRUE;
}

/* Types of the package that no sample has. */
static void
find_untried (TrestleContainerRun *self, GPtrArray *faults)
{
  const char *const *types = trestle_container_plan_get_content_types (self->plan);

  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    {
      gboolean tried = FALSE;

      for (guint j = 0; j < self->samples->len; j++)
        tried |= g_str_equal (((TrestleContainerSample *) self->samples->pdata[j])->type, types[i]);
      if (!tried)
        g_ptr_array_add (faults, g_strdup_printf (_ ("there is no sample of %s"), types[i]));
    }
}

static char *
join (GPtrArray *lines)
{
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Where no types are declared, a sample that is refused is another model's, unless all are. */
static void
judge_calls (TrestleContainerRun *self, Trial *trial)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_INVOCATIONS;
  guint failed = trial->faults->len + trial->refused->len;
  char *figure;

  find_untried (self, trial->faults);
  figure = g_strdup_printf (_ ("%u of %u"), trial->tried - failed,
                            trial->tried + trial->faults->len + trial->refused->len - failed);
  if (trial->faults->len > 0 || self->good == NULL)
    {
      g_ptr_array_extend_and_steal (trial->faults, g_steal_pointer (&trial->refused));
      trestle_container_fail (self, id, g_strdup (_ ("Not every declared type is answered")),
                              figure, join (trial->faults));
    }
  else if (trial->refused->len > 0)
    trestle_container_pass (self, id, g_strdup (_ ("Answers samples that are its own")), figure,
                            join (trial->refused));
  else
    trestle_container_pass (self, id, NULL, figure, NULL);
}

static void
judge_types (TrestleContainerRun *self, Trial *trial)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_RESPONSE_TYPE;

  if (trial->types->len > 0)
    trestle_container_fail (self, id, g_strdup (_ ("Answers with another type")), NULL,
                            join (trial->types));
  else if (trestle_container_has_good (self, id))
    trestle_container_pass (self, id, NULL, NULL, NULL);
}

static void
judge_fields (TrestleContainerRun *self, Trial *trial)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_FIELDS;

  if (!has_fields (self))
    trestle_container_skip (self, id, g_strdup (_ ("No field is said to be in every answer.")));
  else if (trial->fields->len > 0)
    trestle_container_fail (self, id, g_strdup (_ ("Answers without a promised field")), NULL,
                            join (trial->fields));
  else if (trial->judged > 0)
    trestle_container_pass (self, id, NULL, NULL, NULL);
  else if (trestle_container_has_good (self, id))
    trestle_container_skip (self, id,
                            g_strdup (_ ("No answer was JSON, so its fields have no names.")));
}

/* More of the same, for the median. */
static gboolean
repeat (TrestleContainerRun *self, GError **error)
{
  gint64 until = g_get_monotonic_time () + CALLS_USEC;

  while (self->good != NULL && self->calls->len < CALLS && g_get_monotonic_time () < until)
    {
      g_auto (TrestleContainerReply) reply = { 0 };

      if (!trestle_container_invoke (self, self->good->type, self->good->body, NULL, &reply, error))
        return FALSE;
      if (trestle_container_reply_status (&reply) != 200)
        break;
      self->steady = self->steady && g_bytes_equal (reply.answer->body, self->good_answer);
      g_array_append_val (self->calls, reply.answer->latency);
    }
  return TRUE;
}

gboolean
trestle_container_part_invocations (TrestleContainerRun *self, GError **error)
{
  static const char *const any[] = { "*/*", NULL };
  const char *const *accepts = trestle_container_plan_get_accepts (self->plan);
  g_auto (Trial) trial = { 0 };

  if (self->samples == NULL)
    {
      trestle_container_has_good (self, TRESTLE_CHECK_INVOCATIONS);
      trestle_container_has_good (self, TRESTLE_CHECK_RESPONSE_TYPE);
      trestle_container_has_good (self, TRESTLE_CHECK_FIELDS);
      return TRUE;
    }
  trestle_container_begin (self, TRESTLE_CHECK_INVOCATIONS);
  trial.faults = g_ptr_array_new_with_free_func (g_free);
  trial.refused = g_ptr_array_new_with_free_func (g_free);
  trial.types = g_ptr_array_new_with_free_func (g_free);
  trial.fields = g_ptr_array_new_with_free_func (g_free);
  if (accepts == NULL || accepts[0] == NULL)
    accepts = any;
  for (guint i = 0; i < self->samples->len; i++)
    for (guint j = 0; accepts[j] != NULL; j++)
      if (!try_sample (self, self->samples->pdata[i], accepts[j], &trial, error))
        return FALSE;
  judge_calls (self, &trial);
  judge_types (self, &trial);
  judge_fields (self, &trial);
  return repeat (self, error);
}

gboolean
trestle_container_has_good (TrestleContainerRun *self, TrestleContainerCheckId id)
{
  if (self->good != NULL)
    return TRUE;
  trestle_container_skip (self, id,
                          g_strdup (self->samples == NULL ? _ ("There are no samples.")
                                                          : _ ("No call was answered with 200.")));
  return FALSE;
}

gboolean
trestle_container_part_attributes (TrestleContainerRun *self, GError **error)
{
  static const char *const extra[] = { "X-Amzn-SageMaker-Custom-Attributes",
                                       "trestle-check=1;of-no-meaning=yes",
                                       "X-Amzn-SageMaker-Inference-Id",
                                       "trestle-check",
                                       "X-Amzn-SageMaker-Session-Id",
                                       "trestle-check",
                                       NULL };
  g_auto (TrestleContainerReply) reply = { 0 };
  g_autofree char *said = NULL;

  if (!trestle_container_has_good (self, TRESTLE_CHECK_ATTRIBUTES))
    return TRUE;
  trestle_container_begin (self, TRESTLE_CHECK_ATTRIBUTES);
  if (!trestle_container_invoke (self, self->good->type, self->good->body, extra, &reply, error))
    return FALSE;
  said = trestle_container_reply_said (&reply);
  if (trestle_container_reply_status (&reply) == 200)
    trestle_container_pass (self, TRESTLE_CHECK_ATTRIBUTES, NULL,
                            trestle_container_format_time (reply.answer->latency), NULL);
  else
    trestle_container_fail (self, TRESTLE_CHECK_ATTRIBUTES,
                            g_strdup (_ ("Stumbles over custom attributes")), NULL,
                            g_strdup_printf (_ ("With attributes that it does not know, %s %s."),
                                             self->good->name, said));
  return TRUE;
}

gboolean
trestle_container_part_stream (TrestleContainerRun *self, GError **error)
{
  g_auto (TrestleContainerReply) reply = { 0 };

  if (!trestle_container_plan_get_stream (self->plan))
    {
      trestle_container_skip (self, TRESTLE_CHECK_STREAM,
                              g_strdup (_ ("It does not say that it streams.")));
      return TRUE;
    }
  if (!trestle_container_has_good (self, TRESTLE_CHECK_STREAM))
    return TRUE;
  trestle_container_begin (self, TRESTLE_CHECK_STREAM);
  if (!trestle_container_invoke (self, self->good->type, self->good->body, NULL, &reply, error))
    return FALSE;
  if (reply.answer != NULL && reply.answer->chunked && reply.answer->parts > 1)
    {
      g_autofree char *first = trestle_container_format_time (reply.answer->first);

      trestle_container_pass (
          self, TRESTLE_CHECK_STREAM, NULL,
          g_strdup_printf (ngettext ("%u part", "%u parts", reply.answer->parts),
                           reply.answer->parts),
          g_strdup_printf (_ ("The first came after %s."), first));
      return TRUE;
    }
  trestle_container_fail (self, TRESTLE_CHECK_STREAM,
                          g_strdup (_ ("The answer comes in one piece")), NULL,
                          reply.answer != NULL && reply.answer->chunked
                              ? g_strdup (_ ("It is chunked, but all of it came at once."))
                              : g_strdup (_ ("It is not chunked.")));
  return TRUE;
}

gboolean
trestle_container_part_parameters (TrestleContainerRun *self, GError **error)
{
  const TrestleLocalRequest request = {
    .method = "GET",
    .path = "/execution-parameters",
    .msec = PING_MSEC,
    .max_body = 65536,
  };
  g_auto (TrestleContainerReply) reply = { 0 };
  g_autofree char *said = NULL;
  char *fault;
  gsize size;
  const char *text;

  trestle_container_begin (self, TRESTLE_CHECK_EXECUTION_PARAMETERS);
  if (!trestle_container_call (self, &request, &reply, error))
    return FALSE;
  said = trestle_container_reply_said (&reply);
  if (trestle_container_reply_status (&reply) == 404)
    {
      trestle_container_pass (self, TRESTLE_CHECK_EXECUTION_PARAMETERS, NULL, g_strdup (_ ("none")),
                              g_strdup (_ ("Batch jobs send several records a call, up to 6 MB.")));
      return TRUE;
    }
  if (trestle_container_reply_status (&reply) != 200)
    {
      trestle_container_fail (self, TRESTLE_CHECK_EXECUTION_PARAMETERS,
                              g_strdup (_ ("No settings for batch jobs, and no 404")), NULL,
                              g_strdup_printf (_ ("GET /execution-parameters %s."), said));
      return TRUE;
    }
  text = g_bytes_get_data (reply.answer->body, &size);
  fault = trestle_container_check_parameters (text != NULL ? text : "", size, &self->multi_record);
  if (fault != NULL)
    trestle_container_fail (self, TRESTLE_CHECK_EXECUTION_PARAMETERS,
                            g_strdup (_ ("Settings for batch jobs cannot be read")), NULL, fault);
  else
    trestle_container_pass (self, TRESTLE_CHECK_EXECUTION_PARAMETERS, NULL,
                            g_strdup (self->multi_record ? "MULTI_RECORD" : "SINGLE_RECORD"), NULL);
  return TRUE;
}
