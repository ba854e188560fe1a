/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include <json-glib/json-glib.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "base/trestle-json.h"
#include "domain/trestle-report-data-set.h"
#include "services/trestle-analytics-service.h"
#include "services/trestle-s3-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-reports-files.h"
#include "workbench/trestle-reports-private.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define FIRST_PAUSE_MSEC 10000u
#define LONGEST_PAUSE_MSEC 60000u
/* A set without data is never written; only the topic is told so. */
#define LONGEST_WAIT TRESTLE_HOUR
#define PRACTICE_WAIT TRESTLE_MINUTE
typedef struct
{
  TrestleReports *reports;
  TrestleTask *task;
  const TrestleDataSet *set;
  gint64 date;
  TrestleReportTarget *target;
  const char *bucket; /* of target */
  char *prefix;
  char *region;
  char *base; /* key without ".csv" */
} Order;

static void
order_free (gpointer data)
{
  Order *self = data;

  g_object_unref (self->reports);
  g_object_unref (self->task);
  g_clear_object (&self->target);
  g_free (self->prefix);
  g_free (self->region);
  g_free (self->base);
  g_free (self);
}

static DexFuture *
send_order (TrestleContext *context, gpointer data)
{
  Order *self = data;

  return trestle_analytics_service_generate (
      context->client, self->set->name, self->date, trestle_report_target_get_role (self->target),
      self->bucket, self->prefix, trestle_report_target_get_topic (self->target));
}

/* Who pays, where to, and what it will be called. */
static gboolean
prepare (Order *self, GError **error)
{
  TrestleReportTarget *target = trestle_reports_complete_target (self->reports, self->target,
                                                                 error);
  g_autofree char *day = trestle_clock_format_iso (self->date);
  const char *prefix;

  if (target == NULL)
    return FALSE;
  g_clear_object (&self->target);
  self->target = target;
  self->bucket = trestle_report_target_get_bucket (target);
  prefix = trestle_report_target_get_prefix (target);
  if (self->bucket == NULL || trestle_report_target_get_topic (target) == NULL)
    {
      g_set_error_literal (
          error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
          self->bucket == NULL
              ? _ ("Say which bucket the data set is to be written to")
              : _ ("Say the ARN of a topic of your account: Commerce Analytics does "
                   "not take an order without one"));
      return FALSE;
    }
  /* AWS puts the "/" between them. */
  if (prefix != NULL && *prefix != '\0')
    {
      self->prefix = g_strdup (prefix);
      while (g_str_has_suffix (self->prefix, "/"))
        self->prefix[strlen (self->prefix) - 1] = '\0';
    }
  self->base = g_strdup_printf ("%s%s%s_%.10s", self->prefix != NULL ? self->prefix : "",
                                self->prefix != NULL ? "/" : "", self->set->name, day);
  self->region = dex_await_string (
      trestle_s3_service_locate (self->reports->context->client, self->bucket), NULL);
  return TRUE;
}

static DexFuture *
save (Order *self, const char *tail, GFile *file)
{
  g_autofree char *key = g_strconcat (self->base, tail, NULL);

  return trestle_s3_service_save (self->reports->context->client, self->region, self->bucket, key,
                                  NULL, file);
}

/* Whether what lies there is the set that was ordered, and not one of before. */
static gboolean
is_written (Order *self, const char *number, GError **error)
{
  g_autoptr (GFile) file = trestle_reports_new_file ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean written = FALSE;

  dex_await_int64 (save (self, ".meta.json", file), &reason);
  if (g_error_matches (reason, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND))
    return FALSE;
  if (reason == NULL)
    bytes = dex_await_boxed (dex_file_load_contents_bytes (file), &reason);
  if (bytes != NULL)
    node = trestle_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                               &reason);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    written = g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (node),
                                                                     "dataSetRequestId", NULL),
                         number)
              == 0;
  dex_await (dex_file_delete (file, G_PRIORITY_DEFAULT), NULL);
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return written;
}

static gboolean
wait_for_set (Order *self, const char *number, GError **error)
{
  TrestleContext *context = self->reports->context;
  gboolean practice = trestle_context_is_practice (context);
  gint64 end = trestle_clock_now () + (practice ? PRACTICE_WAIT : LONGEST_WAIT);
  guint pause = FIRST_PAUSE_MSEC;

  trestle_task_set_can_stop (self->task, TRUE);
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) reason = NULL;

      if (practice)
        dex_await (trestle_context_pause (context, n), NULL);
      else
        dex_await (trestle_context_sleep (pause), NULL);
      pause = MIN (pause * 2, LONGEST_PAUSE_MSEC);
      if (trestle_task_is_stopping (self->task))
        g_set_error_literal (&reason, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             _ ("Not waited for: the set is read with the next reading"));
      else if (is_written (self, number, &reason))
        break;
      else if (reason == NULL && trestle_clock_now () > end)
        g_set_error (
            &reason, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
            _ ("%s was not written. AWS tells only the topic why; most likely there is no data "
               "for this date."),
            self->base);
      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }
  trestle_task_set_can_stop (self->task, FALSE);
  return TRUE;
}

static TrestleReportFetch *
read_set (Order *self, GError **error)
{
  TrestleReports *reports = self->reports;
  g_autofree char *key = g_strconcat (self->base, ".csv", NULL);
  g_autofree char *source = g_strdup_printf ("s3://%s/%s", self->bucket, key);
  g_autofree char *day = trestle_clock_format_iso (self->date);
  g_autofree char *date = g_strndup (day, strlen ("YYYY-MM-DD"));
  g_autofree char *month = trestle_data_set_dup_part (self->set, date);
  g_autofree char *stamp = NULL;
  g_autoptr (TrestleStoredObject) object = NULL;
  g_autoptr (GFile) file = trestle_reports_new_file ();
  g_autoptr (TrestleReportPart) part = NULL;
  g_autoptr (TrestleReportPart) kept = NULL;

  object = dex_await_object (
      trestle_s3_service_head (reports->context->client, self->region, self->bucket, key), error);
  if (object == NULL)
    return NULL;
  dex_await_int64 (save (self, ".csv", file), error);
  if (*error != NULL)
    return NULL;
  stamp = g_strdup_printf ("%s %" G_GINT64_FORMAT, trestle_stored_object_get_etag (object),
                           trestle_stored_object_get_size (object));
  part = g_object_new (TRESTLE_TYPE_REPORT_PART, "month", month, "source", source, "stamp", stamp,
                       NULL);
  kept = dex_await_object (trestle_report_store_import (reports->store, reports->scope,
                                                        trestle_feed_get (self->set->feed), part,
                                                        file, NULL),
                           error);
  dex_await (dex_file_delete (file, G_PRIORITY_DEFAULT), NULL);
  if (kept == NULL || !dex_await (trestle_reports_read_parts (reports, TRUE), error))
    return NULL;
  return g_object_new (TRESTLE_TYPE_REPORT_FETCH, "read", (gint64) 1, "rows",
                       trestle_report_part_get_rows (kept), NULL);
}

static TrestleReportFetch *
run (Order *self, GError **error)
{
  TrestleStep *ordered = trestle_task_add_step (self->task, _ ("Ordered"));
  TrestleStep *written = trestle_task_add_step (self->task, _ ("Written by AWS"));
  TrestleStep *read = trestle_task_add_step (self->task, _ ("Read"));
  JsonObject *facts;
  g_autofree char *number = NULL;
  g_autofree char *place = NULL;
  TrestleReportFetch *result;

  trestle_step_set_state (ordered, TRESTLE_TASK_STATE_RUNNING);
  if (!prepare (self, error))
    return NULL;
  facts = json_object_new ();
  json_object_set_string_member (facts, "bucket", self->bucket);
  number = dex_await_string (trestle_mutation_run (self->reports->context,
                                                   "marketplacecommerceanalytics:GenerateDataSet",
                                                   self->base, NULL, facts, send_order, self, NULL),
                             error);
  if (number == NULL)
    return NULL;
  trestle_reports_keep_target (self->reports, self->target);
  place = g_strdup_printf ("s3://%s/%s.csv", self->bucket, self->base);
  trestle_step_set_detail (ordered, number);
  trestle_step_set_detail (written, place);
  trestle_step_set_state (ordered, TRESTLE_TASK_STATE_DONE);
  trestle_step_set_state (written, TRESTLE_TASK_STATE_RUNNING);
  if (!wait_for_set (self, number, error))
    return NULL;
  trestle_step_set_state (written, TRESTLE_TASK_STATE_DONE);
  trestle_step_set_state (read, TRESTLE_TASK_STATE_RUNNING);
  result = read_set (self, error);
  if (result != NULL)
    trestle_step_set_state (read, TRESTLE_TASK_STATE_DONE);
  return result;
}

static DexFuture *
order_fiber (gpointer data)
{
  Order *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleReportFetch) result = run (self, &error);

  trestle_reports_set_task (self->reports, NULL);
  if (result != NULL)
    trestle_task_finish (self->task, result);
  else
    trestle_task_fail (self->task, g_steal_pointer (&error), FALSE);
  return dex_future_new_true ();
}

TrestleTask *
trestle_reports_order (TrestleReports *reports,
                       const char *set,
                       gint64 date,
                       TrestleReportTarget *target)
{
  const TrestleDataSet *known = trestle_data_set_find (set);
  Order *self;
  TrestleTask *task;

  g_return_val_if_fail (TRESTLE_IS_REPORTS (reports), NULL);
  g_return_val_if_fail (known != NULL && known->unread == NULL, NULL);

  if (reports->task != NULL)
    return g_object_ref (reports->task);
  self = g_new0 (Order, 1);
  self->reports = g_object_ref (reports);
  self->set = known;
  self->date = date;
  g_set_object (&self->target, target);
  task = trestle_task_new (_ ("Order a Data Set"), set);
  self->task = g_object_ref (task);
  trestle_reports_set_task (reports, task);
  trestle_context_add_task (reports->context, task);
  trestle_future_report (trestle_fiber_spawn (order_fiber, self, order_free), "order a data set");
  return task;
}
