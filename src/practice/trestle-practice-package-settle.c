/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "base/trestle-future.h"
#include "practice/trestle-practice-container.h"
#include "practice/trestle-practice-job-data.h"
#include "practice/trestle-practice-packages.h"
#include "practice/trestle-practice-sagemaker.h"
#include "practice/trestle-practice-validation.h"

/* What AWS takes, about: a minute for the scan, three for the jobs, of which one until a container answers. */
#define SCAN_SECONDS 60.0
#define JOB_SECONDS 180.0
#define START_SECONDS 60.0
/* A job whose container takes longer than this is given up. */
#define LIMIT_SECONDS 3600.0
/* Of one settling; what is left waits for the next. */
#define MAX_STEPS 1000

gint64
trestle_practice_packages_next_due (TrestlePracticeWorld *world)
{
  return trestle_practice_get_int (world->state, 0, "SELECT min (due) FROM packages WHERE due > 0",
                                   NULL);
}

/* The one item of a list of statuses, anew. */
static char *
dup_changed (const char *list, const char *status, const char *reason)
{
  g_autoptr (JsonNode) node = json_from_string (list, NULL);
  JsonArray *array = json_node_get_array (node);

  if (array_length (array) == 0)
    return g_strdup (list);
  return trestle_practice_packages_dup_item (
      get_text (json_array_get_object_element (array, 0), "Name"), status, reason);
}

static void
update (TrestlePracticeWorld *world,
        const char *const *key,
        const char *status,
        const char *validations,
        const char *scans,
        TrestlePracticeStep step,
        gint64 due)
{
  trestle_practice_run (world->state,
                        "UPDATE packages SET status = ?, validations = ?, scans = ?, step = ?,"
                        " due = ? WHERE account = ? AND region = ? AND kind = ? AND name = ?",
                        "sssiissss", status, validations, scans, (gint64) step, due, key[0], key[1],
                        key[2], key[3]);
}

static void
forget (TrestlePracticeWorld *world, const char *const *key)
{
  g_autofree char *arn = trestle_practice_packages_dup_own_arn (key[0], key[1], key[2], key[3]);

  trestle_practice_run (world->state, "DELETE FROM tags WHERE arn = ?", "s", arn);
  trestle_practice_run (world->state,
                        "DELETE FROM packages WHERE account = ? AND region = ? AND kind = ?"
                        " AND name = ?",
                        "ssss", key[0], key[1], key[2], key[3]);
}

static char *
dup_scan_failure (const char *account, JsonObject *package)
{
  JsonObject *training = get_object (package, "TrainingSpecification");
  JsonObject *inference = get_object (package, "InferenceSpecification");
  JsonArray *containers = inference != NULL ? get_array (inference, "Containers") : NULL;
  const TrestlePracticeImage *image = trestle_practice_packages_get_image (package);
  guint n = array_length (containers) + (training != NULL ? 1 : 0);

  for (guint i = 0; i < n; i++)
    {
      const char *text = i < array_length (containers)
                             ? get_text (json_array_get_object_element (containers, i), "Image")
                             : get_text (training, "TrainingImage");
      g_auto (TrestlePracticeImageName) name = { 0 };

      if (trestle_practice_image_name_parse (&name, text) && !g_str_equal (name.account, account))
        return g_strdup_printf ("Access denied for registry: %s", name.account);
    }
  return image != NULL ? trestle_practice_image_dup_findings (image) : NULL;
}

/* The row of a package whose time came at @due. */
static void
advance (TrestlePracticeWorld *world, const char *const *key, TrestlePracticeStep step, gint64 due)
{
  g_autofree char *arn = trestle_practice_packages_dup_own_arn (key[0], key[1], key[2], key[3]);
  g_autoptr (JsonObject) package = trestle_practice_packages_find (world->state, arn);
  g_autofree char *validations = NULL;
  g_autofree char *scans = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *old_validations = trestle_practice_get_text (
      world->state,
      "SELECT validations FROM packages"
      " WHERE account = ? AND region = ? AND kind = ? AND name = ?",
      "ssss", key[0], key[1], key[2], key[3]);
  g_autofree char *old_scans = trestle_practice_get_text (
      world->state,
      "SELECT scans FROM packages WHERE account = ? AND region = ? AND kind = ? AND name = ?",
      "ssss", key[0], key[1], key[2], key[3]);
  gboolean validates = g_strcmp0 (old_validations, "[]") != 0;

  if (step == TRESTLE_PRACTICE_STEP_FORGET)
    {
      forget (world, key);
      return;
    }
  if (step == TRESTLE_PRACTICE_STEP_BEGIN)
    {
      validations = dup_changed (old_validations, "InProgress", NULL);
      scans = dup_changed (old_scans, "InProgress", NULL);
      update (world, key, "InProgress", validations, scans, TRESTLE_PRACTICE_STEP_SCAN,
              due + trestle_practice_world_delay (world, SCAN_SECONDS));
      return;
    }
  reason = dup_scan_failure (key[0], package);
  scans = dup_changed (old_scans, reason != NULL ? "Failed" : "Completed", reason);
  if (validates)
    update (world, key, "InProgress", old_validations, scans, TRESTLE_PRACTICE_STEP_JOB,
            due + trestle_practice_world_delay (world, JOB_SECONDS));
  else
    update (world, key, reason != NULL ? "Failed" : "Completed", old_validations, scans,
            TRESTLE_PRACTICE_STEP_NONE, 0);
}

static TrestlePracticeStream
open_stream (TrestlePracticeWorld *world,
             const TrestlePracticeValidation *validation,
             const char *group,
             const char *tail,
             gint64 time)
{
  TrestlePracticeStream stream = { world->state, 0 };
  g_autofree char *name = g_strdup_printf ("%s/%s", validation->job, tail);

  if (!trestle_practice_role_allows (world->catalogue, validation->account, validation->role,
                                     "logs:CreateLogStream"))
    return stream;
  return trestle_practice_stream_open (world->state, validation->account, validation->region, group,
                                       name, time);
}

static void
write_lines (TrestlePracticeStream *stream, GPtrArray *lines, gint64 from, gint64 until)
{
  for (guint i = 0; i < lines->len; i++)
    trestle_practice_stream_write (stream, from + (until - from) * (i + 1) / (lines->len + 1), "%s",
                                   (const char *) lines->pdata[i]);
}

/* What the containers say until they serve. */
static void
write_start (TrestlePracticeWorld *world, const TrestlePracticeValidation *self)
{
  gint64 span = trestle_practice_world_delay (world, START_SECONDS);
  TrestlePracticeStream stream;

  if (self->training_log->len > 0)
    {
      stream = open_stream (world, self, "/aws/sagemaker/TrainingJobs", "algo-1",
                            self->due - 2 * span);
      write_lines (&stream, self->training_log, self->due - 2 * span, self->due - span);
    }
  if (self->transform.files->len == 0 || (self->healthy && self->transform.log->len == 0))
    return;
  stream = open_stream (world, self, "/aws/sagemaker/TransformJobs", "i-1", self->due - span);
  trestle_practice_container_start (&stream, *self->engine != '\0' ? self->engine : "container",
                                    "1", self->due - span, self->due, self->healthy);
}

static void
write_outputs (TrestlePracticeWorld *world, const TrestlePracticeValidation *self, gint64 now)
{
  JsonObject *definition = self->transform.definition;
  JsonObject *output = definition != NULL ? get_object (definition, "TransformOutput") : NULL;
  const char *type = output != NULL ? get_text (output, "Accept") : NULL;
  const TrestlePracticeJobData data = { world, self->account, self->region, self->role };

  if (self->model != NULL)
    {
      g_autofree char *name = g_strconcat (self->job, "/output/model.tar.gz", NULL);

      trestle_practice_job_store (
          &data, get_text (get_object (self->training, "OutputDataConfig"), "S3OutputPath"), name,
          "application/gzip", self->model, now);
    }
  for (guint i = 0; self->reason == NULL && i < self->transform.outputs->len; i++)
    {
      const TrestlePracticeFile *file = self->transform.outputs->pdata[i];

      trestle_practice_job_store (&data, get_text (output, "S3OutputPath"), file->name,
                                  type != NULL ? type : "application/octet-stream", file->body,
                                  now);
    }
}

static void
finish (TrestlePracticeWorld *world, TrestlePracticeValidation *self, gint64 now)
{
  const char *const key[] = { self->account, self->region, self->kind, self->name };
  JsonObject *details = get_object (self->package, g_str_equal (self->kind, "algorithm")
                                                       ? "AlgorithmStatusDetails"
                                                       : "ModelPackageStatusDetails");
  JsonNode *scan_node = json_object_get_member (details, "ImageScanStatuses");
  g_autofree char *scans = trestle_json_to_string (scan_node, FALSE);
  g_autofree char *old = trestle_json_to_string (
      json_object_get_member (details, "ValidationStatuses"), FALSE);
  g_autofree char *validations = dup_changed (old, self->reason != NULL ? "Failed" : "Completed",
                                              self->reason);
  JsonObject *scan = json_array_get_object_element (json_node_get_array (scan_node), 0);
  gboolean good = self->reason == NULL && g_str_equal (get_text (scan, "Status"), "Completed");

  if (self->transform.files->len > 0 && self->transform.log->len > 0)
    {
      TrestlePracticeStream stream = open_stream (world, self, "/aws/sagemaker/TransformJobs",
                                                  "i-1", now);

      write_lines (&stream, self->transform.log, self->due, now);
    }
  write_outputs (world, self, now);
  update (world, key, good ? "Completed" : "Failed", validations, scans, TRESTLE_PRACTICE_STEP_NONE,
          0);
}

/* What was computed becomes part of the state in one step: whoever is killed before has done nothing. */
static gboolean
keep (TrestlePracticeWorld *world, TrestlePracticeValidation *self)
{
  gint64 now = trestle_clock_now ();
  gint64 limit = trestle_practice_world_delay (world, LIMIT_SECONDS);
  gint64 taken = self->reason == NULL && self->transform.model != NULL
                     ? (gint64) self->transform.requests * self->transform.model->delay_ms * 1000
                     : 0;

  trestle_practice_state_begin (world->state);
  if (self->step == TRESTLE_PRACTICE_STEP_JOB)
    write_start (world, self);
  if (self->step == TRESTLE_PRACTICE_STEP_JOB && taken > 0)
    trestle_practice_run (world->state,
                          "UPDATE packages SET step = ?, due = ?"
                          " WHERE account = ? AND region = ? AND kind = ? AND name = ?",
                          "iissss", (gint64) TRESTLE_PRACTICE_STEP_LATE, now + MIN (taken, limit),
                          self->account, self->region, self->kind, self->name);
  else
    {
      if (taken > limit)
        self->reason = g_strdup (
            "ClientError: Model server did not respond to /invocations requests"
            " within 3600 seconds.");
      finish (world, self, now);
    }
  return trestle_practice_state_end (world->state, TRUE);
}

static DexFuture *
compute_fiber (gpointer data)
{
  trestle_practice_validation_run (data);
  return dex_future_new_true ();
}

static DexFuture *
validate_fiber (gpointer data)
{
  TrestlePracticeWorld *world = data;
  g_autoptr (TrestlePracticeValidation) validation = NULL;

  gboolean kept = TRUE;

  /* A state that cannot be written is tried again with the next settling, not at once. */
  while (kept
         && (validation = trestle_practice_validation_load (world, trestle_clock_now ())) != NULL)
    {
      dex_await (trestle_pool_spawn (compute_fiber, trestle_practice_validation_ref (validation),
                                     (GDestroyNotify) trestle_practice_validation_unref),
                 NULL);
      kept = keep (world, validation);
      g_clear_pointer (&validation, trestle_practice_validation_unref);
    }
  world->validating = FALSE;
  return dex_future_new_true ();
}

void
trestle_practice_packages_settle (TrestlePracticeWorld *world, gint64 now)
{
  for (guint i = 0; i < MAX_STEPS; i++)
    {
      g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
          world->state,
          "SELECT account, region, kind, name, step, due FROM packages"
          " WHERE due > 0 AND due <= ? AND step NOT IN (?, ?) ORDER BY due LIMIT 1",
          "iii", now, (gint64) TRESTLE_PRACTICE_STEP_JOB, (gint64) TRESTLE_PRACTICE_STEP_LATE);
      g_autofree char *account = NULL;
      g_autofree char *region = NULL;
      g_autofree char *kind = NULL;
      g_autofree char *name = NULL;
      gint64 step, due;

      if (!trestle_practice_next (rows))
        break;
      account = g_strdup (trestle_practice_column_text (rows, 0));
      region = g_strdup (trestle_practice_column_text (rows, 1));
      kind = g_strdup (trestle_practice_column_text (rows, 2));
      name = g_strdup (trestle_practice_column_text (rows, 3));
      step = sqlite3_column_int64 (rows, 4);
      due = sqlite3_column_int64 (rows, 5);
      g_clear_pointer (&rows, sqlite3_finalize);
      advance (world, (const char *const[]) { account, region, kind, name },
               (TrestlePracticeStep) step, due);
    }
  if (!world->validating
      && trestle_practice_get_int (world->state, 0,
                                   "SELECT 1 FROM packages WHERE due > 0 AND due <= ?", "i", now))
    {
      world->validating = TRUE;
      trestle_future_report (trestle_fiber_spawn (validate_fiber, world, NULL),
                             "validate a package");
    }
}
