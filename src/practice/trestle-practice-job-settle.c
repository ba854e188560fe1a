/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "base/trestle-future.h"
#include "practice/trestle-practice-container.h"
#include "practice/trestle-practice-job-data.h"
#include "practice/trestle-practice-jobs.h"
#include "practice/trestle-practice-meter.h"
#include "practice/trestle-practice-sagemaker.h"
#include "practice/trestle-practice-transform.h"

#define GROUP "/aws/sagemaker/TransformJobs"
/* What the container takes to answer its first ping, of TRESTLE_PRACTICE_JOB_RUN_SECONDS. */
#define LOAD_SECONDS 60.0
/* A job whose container takes longer than this is given up. */
#define LIMIT_SECONDS 3600.0
#define INVOCATION_SECONDS 600

typedef struct
{
  char *account;
  char *region;
  char *name;
  char *package;
  char *engine;
  char *title;
  char *version;
  char *role;
  char *instance;
  gint64 started;
  gint64 due;
  gboolean healthy;
  gboolean late; /* what its container takes itself has been waited for */
  gboolean ran;
  char *reason;
  JsonNode *doc;
  TrestlePracticeTransform transform;
} Job;

static void
job_clear (gpointer data)
{
  Job *self = data;

  g_free (self->account);
  g_free (self->region);
  g_free (self->name);
  g_free (self->package);
  g_free (self->engine);
  g_free (self->title);
  g_free (self->version);
  g_free (self->role);
  g_free (self->instance);
  g_free (self->reason);
  g_clear_pointer (&self->doc, json_node_unref);
  trestle_practice_transform_clear (&self->transform);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_unref)

gint64
trestle_practice_jobs_next_due (TrestlePracticeWorld *world)
{
  return trestle_practice_get_int (world->state, 0,
                                   "SELECT min (due) FROM transform_jobs WHERE due > 0", NULL);
}

static gint64
get_invocation_seconds (Job *self)
{
  JsonObject *config = get_object (self->transform.definition, "ModelClientConfig");

  return config != NULL ? json_object_get_int_member_with_default (
                              config, "InvocationsTimeoutInSeconds", INVOCATION_SECONDS)
                        : INVOCATION_SECONDS;
}

static char *
load (TrestlePracticeWorld *world, Job *self)
{
  const TrestlePracticeJobData data = { world, self->account, self->region, self->role };
  JsonObject *definition = self->transform.definition;
  char *reason = trestle_practice_job_load (&data, get_object (definition, "TransformInput"), NULL,
                                            self->transform.files);

  if (reason == NULL)
    reason = trestle_practice_job_check_output (&data, get_object (definition, "TransformOutput"));
  if (reason == NULL && self->transform.model != NULL
      && self->transform.model->delay_ms > get_invocation_seconds (self) * 1000)
    reason = g_strdup_printf ("ClientError: Model server did not respond to /invocations requests"
                              " within %" G_GINT64_FORMAT " seconds.",
                              get_invocation_seconds (self));
  return reason;
}

/* The first one that is due, with all that it reads. */
static Job *
take_job (TrestlePracticeWorld *world, gint64 now)
{
  Job *self;
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      world->state,
      "SELECT account, region, name, package, engine, title, version, role, instance, started, due,"
      " healthy, late, reason, doc FROM transform_jobs"
      " WHERE due > 0 AND due <= ? AND status = 'InProgress' ORDER BY due LIMIT 1",
      "i", now);

  if (!trestle_practice_next (rows))
    return NULL;
  self = g_atomic_rc_box_new0 (Job);
  self->account = g_strdup (trestle_practice_column_text (rows, 0));
  self->region = g_strdup (trestle_practice_column_text (rows, 1));
  self->name = g_strdup (trestle_practice_column_text (rows, 2));
  self->package = g_strdup (trestle_practice_column_text (rows, 3));
  self->engine = g_strdup (trestle_practice_column_text (rows, 4));
  self->title = g_strdup (trestle_practice_column_text (rows, 5));
  self->version = g_strdup (trestle_practice_column_text (rows, 6));
  self->role = g_strdup (trestle_practice_column_text (rows, 7));
  self->instance = g_strdup (trestle_practice_column_text (rows, 8));
  self->started = sqlite3_column_int64 (rows, 9);
  self->due = sqlite3_column_int64 (rows, 10);
  self->healthy = sqlite3_column_int64 (rows, 11) != 0;
  self->late = sqlite3_column_int64 (rows, 12) != 0;
  self->reason = g_strdup (trestle_practice_column_text (rows, 13));
  self->doc = json_from_string (trestle_practice_column_text (rows, 14), NULL);
  trestle_practice_transform_init (&self->transform);
  self->transform.definition = json_node_get_object (self->doc);
  self->transform.model = trestle_practice_model_lookup (self->engine);
  if (self->reason == NULL)
    self->reason = load (world, self);
  return self;
}

static void
run (Job *self)
{
  if (self->reason != NULL)
    return;
  self->ran = TRUE;
  if (!self->healthy)
    {
      self->reason = g_strdup_printf (
          "AlgorithmError: The container did not pass the ping health check: no answer 200 to GET"
          " /ping within 480 seconds. Please check CloudWatch logs for transform job %s.",
          self->name);
      return;
    }
  trestle_practice_transform_run (&self->transform);
  self->reason = g_steal_pointer (&self->transform.reason);
}

static TrestlePracticeStream
open_stream (TrestlePracticeWorld *world, const Job *self, const char *tail)
{
  TrestlePracticeStream stream = { world->state, 0 };
  g_autofree char *name = g_strdup_printf ("%s/%s-%" G_GINT64_FORMAT "%s", self->name,
                                           self->instance, self->started / TRESTLE_SECOND, tail);

  if (!trestle_practice_role_allows (world->catalogue, self->account, self->role,
                                     "logs:CreateLogStream"))
    return stream;
  return trestle_practice_stream_open (world->state, self->account, self->region, GROUP, name,
                                       self->started);
}

/* The container's lines are in one stream, what the service says of its requests in another. */
static void
write_log (TrestlePracticeWorld *world, const Job *self, gint64 now)
{
  static const char mark[] = "[sagemaker logs]: ";
  gint64 served = self->started + trestle_practice_world_delay (world, LOAD_SECONDS);
  TrestlePracticeStream container, service;
  guint n = self->transform.log->len;

  container = open_stream (world, self, "");
  trestle_practice_container_start (&container, *self->engine ? self->engine : self->title,
                                    self->version, self->started, served, self->healthy);
  if (n > 0)
    service = open_stream (world, self, "/data-log");
  for (guint i = 0; i < n; i++)
    {
      const char *line = self->transform.log->pdata[i];
      gint64 time = served + MAX (now - served, 0) * (i + 1) / (n + 1);
      g_autofree char *stamp = trestle_clock_format_iso (time);

      if (g_str_has_prefix (line, mark))
        trestle_practice_stream_write (&service, time, "%.19s.%03d:%s", stamp,
                                       (int) (time / 1000 % 1000), line);
      else
        trestle_practice_stream_write (&container, time, "%s", line);
    }
}

static void
write_outputs (TrestlePracticeWorld *world, const Job *self, gint64 now)
{
  const TrestlePracticeJobData data = { world, self->account, self->region, self->role };
  JsonObject *output = get_object (self->transform.definition, "TransformOutput");
  const char *type = get_text (output, "Accept");

  for (guint i = 0; self->reason == NULL && i < self->transform.outputs->len; i++)
    {
      const TrestlePracticeFile *file = self->transform.outputs->pdata[i];

      trestle_practice_job_store (&data, get_text (output, "S3OutputPath"), file->name,
                                  type != NULL ? type : "application/octet-stream", file->body,
                                  now);
    }
}

static void
meter (TrestlePracticeWorld *world,
       const char *account,
       const char *region,
       const char *package,
       JsonObject *definition,
       gint64 from,
       gint64 to)
{
  JsonObject *resources = get_object (definition, "TransformResources");

  trestle_practice_meter_job (world, account, region, package, get_text (resources, "InstanceType"),
                              json_object_get_int_member (resources, "InstanceCount"), from, to);
}

static void
finish (TrestlePracticeWorld *world, Job *self, gint64 now)
{
  if (self->ran)
    {
      write_log (world, self, now);
      meter (world, self->account, self->region, self->package, self->transform.definition,
             self->started, now);
    }
  write_outputs (world, self, now);
  trestle_practice_run (world->state,
                        "UPDATE transform_jobs SET status = ?, reason = ?, modified = ?, ended = ?,"
                        " due = 0 WHERE account = ? AND region = ? AND name = ?",
                        "ssiisss", self->reason != NULL ? "Failed" : "Completed", self->reason, now,
                        now, self->account, self->region, self->name);
}

/* What was computed becomes part of the state in one step: whoever is killed before has done nothing, and who was
 * stopped meanwhile has no results. */
static gboolean
keep (TrestlePracticeWorld *world, Job *self)
{
  gint64 now = trestle_clock_now ();
  gint64 limit = trestle_practice_world_delay (world, LIMIT_SECONDS);
  gint64 taken = self->reason == NULL && self->transform.model != NULL
                     ? (gint64) self->transform.requests * self->transform.model->delay_ms * 1000
                     : 0;

  trestle_practice_state_begin (world->state);
  if (trestle_practice_get_int (world->state, 0,
                                "SELECT 1 FROM transform_jobs WHERE account = ? AND region = ?"
                                " AND name = ? AND status = 'InProgress'",
                                "sss", self->account, self->region, self->name))
    {
      if (taken > 0 && !self->late)
        trestle_practice_run (world->state,
                              "UPDATE transform_jobs SET late = 1, due = ?"
                              " WHERE account = ? AND region = ? AND name = ?",
                              "isss", now + MIN (taken, limit), self->account, self->region,
                              self->name);
      else
        finish (world, self, now);
    }
  return trestle_practice_state_end (world->state, TRUE);
}

static DexFuture *
compute_fiber (gpointer data)
{
  run (data);
  return dex_future_new_true ();
}

static DexFuture *
jobs_fiber (gpointer data)
{
  TrestlePracticeWorld *world = data;
  g_autoptr (Job) job = NULL;
  gboolean kept = TRUE;

  /* A state that cannot be written is tried again with the next settling, not at once. */
  while (kept && (job = take_job (world, trestle_clock_now ())) != NULL)
    {
      dex_await (trestle_pool_spawn (compute_fiber, g_atomic_rc_box_acquire (job), job_unref),
                 NULL);
      kept = keep (world, job);
      g_clear_pointer (&job, job_unref);
    }
  world->transforming = FALSE;
  return dex_future_new_true ();
}

void
trestle_practice_jobs_log_stop (TrestlePracticeWorld *world,
                                const char *account,
                                const char *region,
                                const char *name,
                                gint64 now)
{
  g_autoptr (Job) job = NULL;
  TrestlePracticeStream stream;
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      world->state,
      "SELECT engine, title, version, role, instance, started FROM transform_jobs"
      " WHERE account = ? AND region = ? AND name = ? AND started > 0",
      "sss", account, region, name);

  if (!trestle_practice_next (rows))
    return;
  job = g_atomic_rc_box_new0 (Job);
  trestle_practice_transform_init (&job->transform);
  job->account = g_strdup (account);
  job->region = g_strdup (region);
  job->name = g_strdup (name);
  job->engine = g_strdup (trestle_practice_column_text (rows, 0));
  job->title = g_strdup (trestle_practice_column_text (rows, 1));
  job->version = g_strdup (trestle_practice_column_text (rows, 2));
  job->role = g_strdup (trestle_practice_column_text (rows, 3));
  job->instance = g_strdup (trestle_practice_column_text (rows, 4));
  job->started = sqlite3_column_int64 (rows, 5);
  stream = open_stream (world, job, "");
  trestle_practice_container_start (&stream, *job->engine ? job->engine : job->title, job->version,
                                    job->started, now, TRUE);
  trestle_practice_container_stop (&stream, now);
}

static void
end_stopped (TrestlePracticeWorld *world, gint64 now)
{
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      world->state,
      "SELECT account, region, package, doc, started, due FROM transform_jobs"
      " WHERE status = 'Stopping' AND due > 0 AND due <= ?",
      "i", now);

  while (trestle_practice_next (rows))
    {
      g_autoptr (JsonNode) doc = json_from_string (trestle_practice_column_text (rows, 3), NULL);

      if (sqlite3_column_int64 (rows, 4) > 0)
        meter (world, trestle_practice_column_text (rows, 0),
               trestle_practice_column_text (rows, 1), trestle_practice_column_text (rows, 2),
               json_node_get_object (doc), sqlite3_column_int64 (rows, 4),
               sqlite3_column_int64 (rows, 5));
    }
  g_clear_pointer (&rows, sqlite3_finalize);
  trestle_practice_run (world->state,
                        "UPDATE transform_jobs SET status = 'Stopped', modified = due, ended = due,"
                        " due = 0 WHERE status = 'Stopping' AND due > 0 AND due <= ?",
                        "i", now);
}

void
trestle_practice_jobs_settle (TrestlePracticeWorld *world, gint64 now)
{
  end_stopped (world, now);
  if (world->transforming
      || !trestle_practice_get_int (
          world->state, 0, "SELECT 1 FROM transform_jobs WHERE due > 0 AND due <= ?", "i", now))
    return;
  world->transforming = TRUE;
  trestle_future_report (trestle_fiber_spawn (jobs_fiber, world, NULL), "transform a batch");
}
