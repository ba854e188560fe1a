/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "aws/trestle-aws-error.h"
#include "base/trestle-csv.h"
#include "base/trestle-future.h"
#include "domain/trestle-report-data-set.h"
#include "services/trestle-s3-service.h"
#include "workbench/trestle-reports-files.h"
#include "workbench/trestle-reports-private.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define TRIES 3

/* A month that is to be read. */
typedef struct
{
  TrestleStoredObject *object;
  const TrestleFeed *feed; /* NULL: by its columns */
  char *month;
} Month;

typedef struct
{
  TrestleReports *reports;
  TrestleTask *task;
  GFile *root; /* NULL: S3 */
  char *bucket;
  char *prefix;
  char *region;
  GHashTable *known; /* "feed month" → stamp */
  GPtrArray *months; /* of Month */
  gint64 unchanged;
  gint64 skipped;
  gint64 read;
  gint64 rows;
  gint64 failed;
  char *failure;
  GPtrArray *unread; /* of names of data sets of which no report is made */
  GCancellable *cancellable;
} Fetch;

static void
month_free (gpointer data)
{
  Month *self = data;

  g_object_unref (self->object);
  g_free (self->month);
  g_free (self);
}

static void
fetch_free (gpointer data)
{
  Fetch *self = data;

  g_object_unref (self->reports);
  g_object_unref (self->task);
  g_clear_object (&self->root);
  g_free (self->bucket);
  g_free (self->prefix);
  g_free (self->region);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_ptr_array_unref (self->months);
  g_free (self->failure);
  g_ptr_array_unref (self->unread);
  g_object_unref (self->cancellable);
  g_free (self);
}

static char *
dup_source (Fetch *self, TrestleStoredObject *object)
{
  const char *key = trestle_stored_object_get_key (object);
  g_autoptr (GFile) file = NULL;

  if (self->root == NULL)
    return g_strdup_printf ("s3://%s/%s", self->bucket, key);
  file = *key != '\0' ? g_file_resolve_relative_path (self->root, key) : g_object_ref (self->root);
  return g_file_get_path (file);
}

static GHashTable *
read_known (GListModel *parts)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < g_list_model_get_n_items (parts); i++)
    {
      g_autoptr (TrestleReportPart) part = g_list_model_get_item (parts, i);

      g_hash_table_insert (known,
                           g_strconcat (trestle_report_part_get_feed (part), " ",
                                        trestle_report_part_get_month (part), NULL),
                           g_strdup (trestle_report_part_get_stamp (part)));
    }
  return known;
}

static char *
dup_stamp (TrestleStoredObject *object)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, trestle_stored_object_get_etag (object),
                          trestle_stored_object_get_size (object));
}

/* Newest last, so that a stopped reading has a past without holes. */
static int
compare_months (gconstpointer a, gconstpointer b)
{
  const Month *x = a, *y = b;
  int order = g_strcmp0 (x->month, y->month);

  return order != 0 ? order
                    : g_strcmp0 (trestle_stored_object_get_key (x->object),
                                 trestle_stored_object_get_key (y->object));
}

static void
note_unread (Fetch *self, const TrestleDataSet *set)
{
  self->skipped++;
  if (!g_ptr_array_find_with_equal_func (self->unread, set->name, g_str_equal, NULL))
    g_ptr_array_add (self->unread, g_strdup (set->name));
}

/* Whether nothing is left but what no report is made of. */
static gboolean
fail_unread (Fetch *self, GError **error)
{
  const TrestleDataSet *set = self->unread->len > 0 ? trestle_data_set_find (self->unread->pdata[0])
                                                    : NULL;

  if (set == NULL)
    return FALSE;
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
               _ ("No report is made of the data set %s: %s"), set->name, _ (set->unread));
  return TRUE;
}

static void
sort_out (Fetch *self, GListModel *objects)
{
  for (guint i = 0; i < g_list_model_get_n_items (objects); i++)
    {
      g_autoptr (TrestleStoredObject) object = g_list_model_get_item (objects, i);
      const char *key = trestle_stored_object_get_key (object);
      g_autofree char *month = NULL;
      const TrestleFeed *feed = trestle_feed_match (key, &month);
      g_autofree char *date = NULL;
      const char *name = *key != '\0' ? key : g_file_peek_path (self->root);
      const TrestleDataSet *set = feed == NULL ? trestle_data_set_match (name, &date) : NULL;
      g_autofree char *place = NULL;
      g_autofree char *stamp = dup_stamp (object);
      Month *item;

      if (set != NULL && set->unread != NULL)
        {
          note_unread (self, set);
          continue;
        }
      if (set != NULL)
        {
          feed = trestle_feed_get (set->feed);
          month = trestle_data_set_dup_part (set, date);
        }
      /* A file that stands alone is known by what is in it. */
      if (feed == NULL
          && (self->root == NULL || strstr (key, "year=") != NULL
              || (*key != '\0' && !g_str_has_suffix (key, ".csv"))))
        {
          self->skipped++;
          continue;
        }
      if (feed != NULL)
        place = g_strconcat (feed->name, " ", month, NULL);
      if (place != NULL && g_strcmp0 (g_hash_table_lookup (self->known, place), stamp) == 0)
        {
          self->unchanged++;
          continue;
        }
      item = g_new0 (Month, 1);
      item->object = g_object_ref (object);
      item->feed = feed;
      item->month = month != NULL
                        ? g_steal_pointer (&month)
                        : g_path_get_basename (*key != '\0' ? key : g_file_peek_path (self->root));
      g_ptr_array_add (self->months, item);
    }
  g_ptr_array_sort_values (self->months, compare_months);
}

static gboolean
look_in_bucket (Fetch *self, GError **error)
{
  TrestleContext *context = self->reports->context;
  g_autoptr (GListModel) objects = NULL;

  if (!dex_await (trestle_context_ready (context), error))
    return FALSE;
  /* Who may list a bucket need not be allowed to ask where it is. */
  self->region = dex_await_string (trestle_s3_service_locate (context->client, self->bucket), NULL);
  objects = dex_await_object (
      trestle_s3_service_list (context->client, self->region, self->bucket, self->prefix), error);
  if (objects == NULL)
    return FALSE;
  sort_out (self, objects);
  if (self->months->len == 0 && self->unchanged == 0)
    {
      if (fail_unread (self, error))
        return FALSE;
      g_set_error (
          error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
          _ ("There are no data feeds in s3://%s/%s. They begin within a day after they "
             "are set up in the AWS Marketplace Management Portal, and their keys look like "
             "BillingEventFeed_V1/year=2026/month=01/data.csv."),
          self->bucket, self->prefix != NULL ? self->prefix : "");
      return FALSE;
    }
  return TRUE;
}

static gboolean
look_in_files (Fetch *self, GError **error)
{
  g_autoptr (GListModel) files = dex_await_object (trestle_reports_list_files (self->root), error);

  if (files == NULL)
    return FALSE;
  sort_out (self, files);
  if (self->months->len == 0 && self->unchanged == 0)
    {
      if (fail_unread (self, error))
        return FALSE;
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                   _ ("There are no files of data feeds in %s"), g_file_peek_path (self->root));
      return FALSE;
    }
  return TRUE;
}

static DexFuture *
save_fiber (gpointer data)
{
  TrestleReportsSaving *self = data;
  TrestleContext *context = self->context;
  gint64 size = trestle_stored_object_get_size (self->object);
  g_autoptr (GError) error = NULL;

  for (guint n = 1;; n++)
    {
      gint64 got = 0;

      g_clear_error (&error);
      if (dex_await (trestle_context_ready (context), &error))
        got = dex_await_int64 (
            trestle_s3_service_save (context->client, self->region, self->bucket,
                                     trestle_stored_object_get_key (self->object),
                                     trestle_stored_object_get_etag (self->object), self->file),
            &error);
      if (error == NULL && got == size)
        return dex_future_new_for_object (self->file);
      if (error == NULL)
        g_set_error (&error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                     _ ("%s ended after %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " bytes"),
                     trestle_stored_object_get_key (self->object), got, size);
      /* What was refused will be refused again; what was cut off may come through. */
      if (n == TRIES || trestle_error_is_cancelled (error)
          || g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED))
        return trestle_future_error (error);
    }
}

/* Resolves to a #GFile with the month's bytes. */
static DexFuture *
obtain (Fetch *self, const Month *month)
{
  const char *key = trestle_stored_object_get_key (month->object);
  TrestleReportsSaving *saving;

  if (self->root != NULL)
    return dex_future_new_take_object (*key != '\0' ? g_file_resolve_relative_path (self->root, key)
                                                    : g_object_ref (self->root));
  saving = trestle_reports_saving_new (self->reports->context, self->region, self->bucket,
                                       month->object);
  return trestle_fiber_spawn (save_fiber, saving, trestle_reports_saving_free);
}

static void
import_month (Fetch *self, const Month *month, GFile *file, GError **error)
{
  g_autofree char *source = dup_source (self, month->object);
  g_autofree char *stamp = dup_stamp (month->object);
  g_autoptr (TrestleReportPart) part = NULL;
  g_autoptr (TrestleReportPart) kept = NULL;

  part = g_object_new (TRESTLE_TYPE_REPORT_PART, "month", month->month, "source", source, "stamp",
                       stamp, NULL);
  kept = dex_await_object (trestle_report_store_import (self->reports->store, self->reports->scope,
                                                        month->feed, part, file, self->cancellable),
                           error);
  if (kept == NULL)
    return;
  self->read++;
  self->rows += trestle_report_part_get_rows (kept);
}

/* Whether to go on with the next: what is wrong with one file says nothing of the others. */
static gboolean
note_failure (Fetch *self, GError *error)
{
  if (error->domain != TRESTLE_CSV_ERROR)
    return FALSE;
  self->failed++;
  if (self->failure == NULL)
    self->failure = g_strdup (error->message);
  return TRUE;
}

static void
show_month (TrestleStep *step, const Month *month, guint at, guint n)
{
  g_autofree char *detail = g_strdup_printf (_ ("%u of %u · %s %s"), at + 1, n,
                                             month->feed != NULL ? month->feed->name : "",
                                             month->month);

  trestle_step_set_detail (step, detail);
}

/* The next month comes over the network while one is read. */
static gboolean
read_months (Fetch *self, TrestleStep *step, GError **error)
{
  guint n = self->months->len;
  g_autoptr (DexFuture) ahead = n > 0 ? obtain (self, self->months->pdata[0]) : NULL;

  for (guint i = 0; i < n; i++)
    {
      const Month *month = self->months->pdata[i];
      g_autoptr (GError) reason = NULL;
      g_autoptr (GFile) file = dex_await_object (g_steal_pointer (&ahead), &reason);

      show_month (step, month, i, n);
      if (file != NULL && i + 1 < n)
        ahead = obtain (self, self->months->pdata[i + 1]);
      if (file != NULL)
        import_month (self, month, file, &reason);
      if (file != NULL && self->root == NULL)
        dex_await (dex_file_delete (file, G_PRIORITY_DEFAULT), NULL);
      if (trestle_task_is_stopping (self->task) || (reason != NULL && !note_failure (self, reason)))
        {
          g_autoptr (GFile) left = ahead != NULL ? dex_await_object (g_steal_pointer (&ahead), NULL)
                                                 : NULL;

          if (left != NULL && self->root == NULL)
            dex_await (dex_file_delete (left, G_PRIORITY_DEFAULT), NULL);
          if (reason != NULL && !trestle_task_is_stopping (self->task))
            g_propagate_error (error, g_steal_pointer (&reason));
          else
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         _ ("Stopped after %" G_GINT64_FORMAT
                            " of %u months; the next reading goes "
                            "on from there"),
                         self->read, n);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
run (Fetch *self, GError **error)
{
  TrestleStep *looked = trestle_task_add_step (self->task, _ ("Looked for changed months"));
  TrestleStep *read = trestle_task_add_step (self->task, _ ("Read"));
  TrestleStep *settled = trestle_task_add_step (self->task, _ ("Worked out which rows are valid"));
  TrestleReports *reports = self->reports;
  g_autofree char *detail = NULL;
  gboolean ok;

  trestle_step_set_state (looked, TRESTLE_TASK_STATE_RUNNING);
  if (!dex_await (trestle_reports_load (reports), error))
    return FALSE;
  self->bucket = g_strdup (reports->bucket);
  self->prefix = g_strdup (reports->prefix);
  if (self->root == NULL && self->bucket == NULL)
    {
      g_set_error_literal (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                           _ ("Say which bucket AWS delivers the data feeds to: it was chosen when "
                              "they were set up in the AWS Marketplace Management Portal"));
      return FALSE;
    }
  self->known = read_known (G_LIST_MODEL (reports->parts));
  if (self->root != NULL ? !look_in_files (self, error) : !look_in_bucket (self, error))
    return FALSE;
  detail = g_strdup_printf (_ ("%u new or changed, %" G_GINT64_FORMAT " known"), self->months->len,
                            self->unchanged);
  trestle_step_set_detail (looked, detail);
  trestle_step_set_state (looked, TRESTLE_TASK_STATE_DONE);

  trestle_step_set_state (read, TRESTLE_TASK_STATE_RUNNING);
  trestle_task_set_can_stop (self->task, TRUE);
  ok = read_months (self, read, error);
  trestle_task_set_can_stop (self->task, FALSE);
  if (ok)
    {
      trestle_step_set_state (read, TRESTLE_TASK_STATE_DONE);
      trestle_step_set_state (settled, TRESTLE_TASK_STATE_RUNNING);
      ok = dex_await (trestle_report_store_settle (reports->store, reports->scope), error);
      if (ok)
        trestle_step_set_state (settled, TRESTLE_TASK_STATE_DONE);
    }
  /* Also after a failure: what was read until then is there. */
  dex_await (trestle_reports_read_parts (reports, self->read > 0), NULL);
  return ok;
}

static void
on_stopping (TrestleTask *task, GParamSpec *pspec, Fetch *self)
{
  if (trestle_task_is_stopping (task))
    g_cancellable_cancel (self->cancellable);
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Fetch *self = data;
  g_autoptr (TrestleReportFetch) result = NULL;
  g_autoptr (GError) error = NULL;
  gulong handler = g_signal_connect (self->task, "notify::can-stop", G_CALLBACK (on_stopping),
                                     self);
  gboolean ok = run (self, &error);

  g_signal_handler_disconnect (self->task, handler);
  trestle_reports_set_task (self->reports, NULL);
  if (ok && self->failed > 0 && self->read == 0)
    {
      g_set_error_literal (&error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                           self->failure);
      ok = FALSE;
    }
  if (ok)
    {
      if (self->unread->len > 0)
        g_ptr_array_add (self->unread, NULL);
      result = g_object_new (TRESTLE_TYPE_REPORT_FETCH, "read", self->read, "unchanged",
                             self->unchanged, "skipped", self->skipped, "rows", self->rows,
                             "failed", self->failed, "failure", self->failure, "unread",
                             self->unread->len > 0 ? self->unread->pdata : NULL, NULL);
      trestle_task_finish (self->task, result);
    }
  else
    trestle_task_fail (self->task, g_steal_pointer (&error), FALSE);
  return dex_future_new_true ();
}

static TrestleTask *
start (TrestleReports *reports, GFile *root)
{
  Fetch *self;
  TrestleTask *task;

  if (reports->task != NULL)
    return g_object_ref (reports->task);
  self = g_new0 (Fetch, 1);
  self->reports = g_object_ref (reports);
  g_set_object (&self->root, root);
  self->months = g_ptr_array_new_with_free_func (month_free);
  self->unread = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  task = trestle_task_new (_ ("Read Reports"), root != NULL ? g_file_peek_path (root) : _ ("S3"));
  self->task = g_object_ref (task);
  trestle_reports_set_task (reports, task);
  trestle_context_add_task (reports->context, task);
  trestle_future_report (trestle_fiber_spawn (fetch_fiber, self, fetch_free), "read the reports");
  return task;
}

TrestleTask *
trestle_reports_fetch (TrestleReports *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  return start (self, NULL);
}

TrestleTask *
trestle_reports_read_files (TrestleReports *self, GFile *file)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  return start (self, file);
}
