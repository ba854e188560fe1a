/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include "base/trestle-future.h"
#include "domain/trestle-container-rules.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* The same image once more, in other surroundings. */

#define LEAST_SECONDS 15
#define PING_MSEC 5000

/* What a transform job sets. */
static const char *const batch_environment[] = {
  "SAGEMAKER_BATCH=true",
  "SAGEMAKER_BATCH_STRATEGY=MULTI_RECORD",
  "SAGEMAKER_MAX_PAYLOAD_IN_MB=6",
  "SAGEMAKER_MAX_CONCURRENT_TRANSFORMS=1",
  NULL,
};

/* Whether it becomes healthy in twice the time that it took at first. */
static gboolean
await_healthy (TrestleContainerRun *self, gboolean *healthy, GError **error)
{
  gint64 until = g_get_monotonic_time ()
                 + MAX (LEAST_SECONDS * (gint64) G_USEC_PER_SEC, 2 * self->ready);

  *healthy = FALSE;
  while (!*healthy && !self->stopped && g_get_monotonic_time () < until)
    {
      const TrestleLocalRequest request = {
        .method = "GET", .path = "/ping", .msec = PING_MSEC, .max_body = 65536
      };
      g_auto (TrestleContainerReply) reply = { 0 };
      g_autofree char *how = NULL;

      if (!trestle_container_call (self, &request, &reply, error))
        return FALSE;
      *healthy = trestle_container_reply_status (&reply) == 200;
      if (*healthy)
        break;
      if (!trestle_container_wait (self, 1000, error))
        return FALSE;
      if (!trestle_container_is_alive (self, &how, error))
        break;
    }
  return TRUE;
}

/* Starts it; @healthy tells whether it became so. What it leaves is removed by the caller. */
static gboolean
start (TrestleContainerRun *self,
       const char *model,
       const char *const *environment,
       gboolean *healthy,
       GError **error)
{
  TrestleContainerState state = { 0 };
  g_autofree char *how = NULL;

  *healthy = FALSE;
  self->container = trestle_container_make (self, model, environment, error);
  if (self->container == NULL)
    return FALSE;
  if (!trestle_container_engine_start (self->container_engine, self->container, NULL)
      || !trestle_container_engine_state (self->container_engine, self->container, &state, NULL)
      || !state.running)
    return TRUE;
  if (trestle_container_enter (self, error))
    return await_healthy (self, healthy, error);
  if (trestle_container_is_alive (self, &how, NULL))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

static gboolean
compare (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_BATCH;
  g_auto (TrestleContainerReply) reply = { 0 };
  g_autofree char *said = NULL;

  if (!trestle_container_invoke (self, self->good->type, self->good->body, NULL, &reply, error))
    return FALSE;
  said = trestle_container_reply_said (&reply);
  if (trestle_container_reply_status (&reply) != 200)
    trestle_container_fail (self, id, g_strdup (_ ("Refuses in a batch job what it took before")),
                            NULL,
                            g_strdup_printf (_ ("%s: the container %s."), self->good->name, said));
  else if (self->steady && !g_bytes_equal (reply.answer->body, self->good_answer))
    trestle_container_fail (
        self, id, g_strdup (_ ("Answers differently in a batch job")), NULL,
        g_strdup_printf (_ ("%s brings another answer than before."), self->good->name));
  else
    trestle_container_pass (self, id, NULL, NULL,
                            self->steady ? NULL
                                         : g_strdup (_ ("Its answers differ from call to call, so "
                                                        "they were not compared.")));
  return TRUE;
}

gboolean
trestle_container_check_batch (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_BATCH;
  gboolean healthy, done;

  if (!trestle_container_has_good (self, id))
    return TRUE;
  trestle_container_begin (self, id);
  done = start (self, self->model, batch_environment, &healthy, error);
  if (done && healthy)
    done = compare (self, error);
  else if (done && !self->stopped)
    trestle_container_fail (self, id, g_strdup (_ ("Does not come up in a batch job")), NULL,
                            g_strdup (_ ("With a transform job’s environment it never became "
                                         "healthy.")));
  trestle_container_remove (self);
  return done;
}

/* Without its model it has to be ill, if /ping is to mean anything. */
gboolean
trestle_container_check_no_model (TrestleContainerRun *self, GError **error)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_NO_MODEL;
  g_autofree char *empty = NULL;
  gboolean healthy, done;

  if (self->stopped)
    return TRUE;
  if (self->model == NULL)
    {
      trestle_container_skip (self, id, g_strdup (_ ("The image brings its model.")));
      return TRUE;
    }
  trestle_container_begin (self, id);
  empty = trestle_container_scratch (self, "empty");
  done = start (self, empty, NULL, &healthy, error);
  if (done && healthy)
    trestle_container_fail (self, id, g_strdup (_ ("/ping does not touch the model")),
                            g_strdup (_ ("static answer")),
                            g_strdup (_ ("With no model file it still said 200.")));
  else if (done && !self->stopped)
    trestle_container_pass (self, id, NULL, NULL, NULL);
  trestle_container_remove (self);
  return done;
}
