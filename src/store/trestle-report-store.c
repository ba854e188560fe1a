/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-store.h"

#include <glib/gstdio.h>

#include "base/trestle-future.h"
#include "base/trestle-paths.h"
#include "domain/trestle-report-data-set.h"
#include "store/trestle-report-private.h"
#include "store/trestle-store.h"

/* Step n takes a file of version n to n + 1. Never edit one that has been released: add the next. */
static const char *const steps[] = {
  "CREATE TABLE part (id INTEGER PRIMARY KEY, scope TEXT NOT NULL, feed INTEGER NOT NULL,"
  "  month TEXT NOT NULL, source TEXT NOT NULL, stamp TEXT NOT NULL, rows INTEGER NOT NULL,"
  "  bytes INTEGER NOT NULL, read INTEGER NOT NULL, UNIQUE (scope, feed, month));"
  "CREATE TABLE segment (id INTEGER PRIMARY KEY, part INTEGER NOT NULL, rows INTEGER NOT NULL,"
  "  current BLOB);"
  "CREATE INDEX segment_part ON segment (part);"
  /* of column C of segment S: 32 S + C */
  "CREATE TABLE piece (id INTEGER PRIMARY KEY, data BLOB NOT NULL);"
  "CREATE TRIGGER part_gone AFTER DELETE ON part BEGIN"
  "  DELETE FROM segment WHERE part = old.id; END;"
  "CREATE TRIGGER segment_gone AFTER DELETE ON segment BEGIN"
  "  DELETE FROM piece WHERE id BETWEEN old.id * 32 AND old.id * 32 + 31; END;"
  /* feeds whose valid rows are to be found anew */
  "CREATE TABLE stale (scope TEXT NOT NULL, feed INTEGER NOT NULL, PRIMARY KEY (scope, feed))"
  "  WITHOUT ROWID;",
  "ALTER TABLE part ADD COLUMN is_set INTEGER NOT NULL DEFAULT 0;",
};

G_STATIC_ASSERT (TRESTLE_FEED_MAX_COLUMNS == 32);

/* One connection for what writes, one that reads while months come in. */
struct _TrestleReportStore
{
  GObject parent_instance;

  char *notice;
  sqlite3 *writer;
  sqlite3 *reader;
  GMutex writer_lock;
  GMutex reader_lock;
};

G_DEFINE_FINAL_TYPE (TrestleReportStore, trestle_report_store, G_TYPE_OBJECT)

static void
trestle_report_store_finalize (GObject *object)
{
  TrestleReportStore *self = TRESTLE_REPORT_STORE (object);

  g_clear_pointer (&self->reader, sqlite3_close);
  g_clear_pointer (&self->writer, sqlite3_close);
  g_mutex_clear (&self->writer_lock);
  g_mutex_clear (&self->reader_lock);
  g_free (self->notice);
  G_OBJECT_CLASS (trestle_report_store_parent_class)->finalize (object);
}

static void
trestle_report_store_class_init (TrestleReportStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_report_store_finalize;
}

static void
trestle_report_store_init (TrestleReportStore *self)
{
  g_mutex_init (&self->writer_lock);
  g_mutex_init (&self->reader_lock);
}

TrestleReportStore *
trestle_report_store_open (const char *path, GError **error)
{
  g_autoptr (TrestleReportStore) self = g_object_new (TRESTLE_TYPE_REPORT_STORE, NULL);
  g_autofree char *own = path ? g_strdup (path) : trestle_paths_data ("reports.db");

  self->writer = trestle_database_open_as (own, steps, G_N_ELEMENTS (steps), &self->notice, error);
  if (self->writer == NULL)
    return NULL;
  g_chmod (own, 0600);
  /* A month that the power took can be read again. */
  if (!trestle_database_exec (self->writer, "PRAGMA synchronous = NORMAL", error))
    return NULL;
  self->reader = trestle_database_attach (own, FALSE, error);
  return self->reader != NULL ? g_steal_pointer (&self) : NULL;
}

const char *
trestle_report_store_get_notice (TrestleReportStore *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_STORE (self), NULL);
  return self->notice;
}

typedef struct
{
  TrestleReportStore *store;
  char *scope;
  const TrestleFeed *feed;
  TrestleReportPart *part;
  TrestleReportQuery *query;
  GFile *file;
  GCancellable *cancellable;
  gpointer (*run) (gpointer job, sqlite3 *db, GError **error);
  gboolean writes;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_object_unref (self->store);
  g_free (self->scope);
  g_clear_object (&self->part);
  g_clear_object (&self->query);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static Job *
job_new (TrestleReportStore *store,
         const char *scope,
         gboolean writes,
         gpointer (*run) (gpointer job, sqlite3 *db, GError **error))
{
  Job *self = g_new0 (Job, 1);

  self->store = g_object_ref (store);
  self->scope = g_strdup (scope);
  self->writes = writes;
  self->run = run;
  return self;
}

static DexFuture *
job_fiber (gpointer data)
{
  Job *self = data;
  GMutex *lock = self->writes ? &self->store->writer_lock : &self->store->reader_lock;
  g_autoptr (GError) error = NULL;
  gpointer made;

  g_mutex_lock (lock);
  made = self->run (self, self->writes ? self->store->writer : self->store->reader, &error);
  g_mutex_unlock (lock);
  if (error != NULL)
    return trestle_future_error (error);
  return made != NULL ? dex_future_new_take_object (made) : dex_future_new_true ();
}

static DexFuture *
job_start (Job *self)
{
  return trestle_pool_spawn (job_fiber, self, job_free);
}

static gpointer
list_parts (gpointer data, sqlite3 *db, GError **error)
{
  Job *job = data;
  g_autoptr (GListStore) list = g_list_store_new (TRESTLE_TYPE_REPORT_PART);
  g_autoptr (TrestleStatement) stmt = trestle_database_prepare (
      db, error,
      "SELECT feed, month, source, stamp, rows, bytes, read FROM part WHERE scope = ? "
      "ORDER BY feed, month",
      "s", job->scope);
  GError *reason = NULL;

  if (stmt == NULL)
    return NULL;
  while (trestle_statement_next (stmt, &reason))
    {
      TrestleFeedId id = (TrestleFeedId) sqlite3_column_int (stmt, 0);
      g_autoptr (TrestleReportPart) part = NULL;

      if (id >= TRESTLE_N_FEEDS)
        continue;
      part = g_object_new (
          TRESTLE_TYPE_REPORT_PART, "feed", trestle_feed_get (id)->name, "month",
          trestle_statement_text (stmt, 1), "source", trestle_statement_text (stmt, 2), "stamp",
          trestle_statement_text (stmt, 3), "rows", (gint64) sqlite3_column_int64 (stmt, 4),
          "bytes", (gint64) sqlite3_column_int64 (stmt, 5), "read",
          (gint64) sqlite3_column_int64 (stmt, 6), NULL);
      g_list_store_append (list, part);
    }
  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  return g_steal_pointer (&list);
}

DexFuture *
trestle_report_store_list (TrestleReportStore *self, const char *scope)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_STORE (self) && scope, NULL);
  return job_start (job_new (self, scope, FALSE, list_parts));
}

static gpointer
import_part (gpointer data, sqlite3 *db, GError **error)
{
  Job *job = data;

  return trestle_report_import (db, job->scope, job->feed, job->part, job->file, job->cancellable,
                                error);
}

DexFuture *
trestle_report_store_import (TrestleReportStore *self,
                             const char *scope,
                             const TrestleFeed *feed,
                             TrestleReportPart *part,
                             GFile *file,
                             GCancellable *cancellable)
{
  Job *job;

  g_return_val_if_fail (TRESTLE_IS_REPORT_STORE (self) && scope && part && file, NULL);

  job = job_new (self, scope, TRUE, import_part);
  job->feed = feed;
  job->part = g_object_ref (part);
  job->file = g_object_ref (file);
  g_set_object (&job->cancellable, cancellable);
  return job_start (job);
}

/* Finds the valid rows and, where the job asks something, the answer in the same transaction: no month comes
 * in between, of this program or another. */
static gpointer
settle (gpointer data, sqlite3 *db, GError **error)
{
  Job *job = data;
  g_autoptr (TrestleReport) report = NULL;

  if (!trestle_database_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;
  if (trestle_report_current_settle (db, job->scope, error) && job->query != NULL)
    report = trestle_report_calculate (db, job->scope, job->query, error);
  if (*error == NULL && trestle_database_exec (db, "COMMIT", error))
    return g_steal_pointer (&report);
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return NULL;
}

DexFuture *
trestle_report_store_settle (TrestleReportStore *self, const char *scope)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_STORE (self) && scope, NULL);
  return job_start (job_new (self, scope, TRUE, settle));
}

static gpointer
forget (gpointer data, sqlite3 *db, GError **error)
{
  Job *job = data;

  if (trestle_database_run (db, error, "DELETE FROM part WHERE scope = ?", "s", job->scope))
    trestle_database_run (db, error, "DELETE FROM stale WHERE scope = ?", "s", job->scope);
  return NULL;
}

DexFuture *
trestle_report_store_forget (TrestleReportStore *self, const char *scope)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_STORE (self) && scope, NULL);
  return job_start (job_new (self, scope, TRUE, forget));
}

/* With the valid rows as they are known, in one reading transaction; where they are not known, with the writer's
 * connection. */
static gpointer
calculate (gpointer data, sqlite3 *db, GError **error)
{
  Job *job = data;
  TrestleReport *report = NULL;
  gboolean stale = TRUE;

  if (!trestle_database_exec (db, "BEGIN", error))
    return NULL;
  if (trestle_report_current_is_stale (db, job->scope, &stale, error) && !stale)
    report = trestle_report_calculate (db, job->scope, job->query, error);
  sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
  if (!stale || *error != NULL)
    return report;
  g_mutex_lock (&job->store->writer_lock);
  report = settle (job, job->store->writer, error);
  g_mutex_unlock (&job->store->writer_lock);
  return report;
}

DexFuture *
trestle_report_store_query (TrestleReportStore *self, const char *scope, TrestleReportQuery *query)
{
  Job *job;

  g_return_val_if_fail (TRESTLE_IS_REPORT_STORE (self) && scope, NULL);
  g_return_val_if_fail (TRESTLE_IS_REPORT_QUERY (query), NULL);

  job = job_new (self, scope, FALSE, calculate);
  job->query = g_object_ref (query);
  return job_start (job);
}

/* What a data set says once more counts only where nothing says it better: no feed, no set of the same with more in
 * it or of a later date. Returns: the parts that count */
static GHashTable *
choose_parts (sqlite3 *db, const char *scope, TrestleFeedId feed, GError **error)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) sets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (TrestleStatement) stmt = trestle_database_prepare (
      db, error, "SELECT id, month, is_set, rows FROM part WHERE scope = ? AND feed = ?", "si",
      scope, (gint64) feed);
  GHashTableIter iter;
  gpointer part, id;
  gboolean fed = FALSE;
  GError *reason = NULL;

  if (stmt == NULL)
    return NULL;
  while (trestle_statement_next (stmt, &reason))
    {
      gint64 number = sqlite3_column_int64 (stmt, 0);
      gboolean is_set = sqlite3_column_int (stmt, 2) != 0;
      gboolean has_rows = sqlite3_column_int64 (stmt, 3) > 0;

      fed |= !is_set && has_rows;
      if (!is_set)
        g_hash_table_add (chosen, g_memdup2 (&number, sizeof number));
      else if (has_rows)
        g_hash_table_insert (sets, g_strdup (trestle_statement_text (stmt, 1)),
                             g_memdup2 (&number, sizeof number));
    }
  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  g_hash_table_iter_init (&iter, sets);
  while (!fed && g_hash_table_iter_next (&iter, &part, &id))
    {
      GHashTableIter others;
      gpointer other;
      gboolean superseded = FALSE;

      g_hash_table_iter_init (&others, sets);
      while (!superseded && g_hash_table_iter_next (&others, &other, NULL))
        superseded = trestle_data_set_is_superseded (part, other);
      if (!superseded)
        g_hash_table_add (chosen, g_memdup2 (id, sizeof (gint64)));
    }
  return g_steal_pointer (&chosen);
}

GArray *
trestle_report_segments (sqlite3 *db, const char *scope, TrestleFeedId feed, GError **error)
{
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (TrestleReportSegment));
  g_autoptr (GHashTable) parts = choose_parts (db, scope, feed, error);
  g_autoptr (TrestleStatement) stmt = NULL;
  GError *reason = NULL;

  g_array_set_clear_func (segments, trestle_report_segment_clear);
  if (parts != NULL)
    stmt = trestle_database_prepare (
        db, error,
        "SELECT segment.id, segment.rows, segment.current, part.id FROM part JOIN segment "
        "ON segment.part = part.id WHERE scope = ? AND feed = ? ORDER BY month, segment.id",
        "si", scope, (gint64) feed);
  if (stmt == NULL)
    return NULL;
  while (trestle_statement_next (stmt, &reason))
    {
      gint64 part = sqlite3_column_int64 (stmt, 3);
      TrestleReportSegment segment = { .id = sqlite3_column_int64 (stmt, 0),
                                       .rows = (guint) sqlite3_column_int (stmt, 1) };

      if (!g_hash_table_contains (parts, &part))
        continue;
      if (sqlite3_column_type (stmt, 2) != SQLITE_NULL)
        segment.current = g_bytes_new (sqlite3_column_blob (stmt, 2),
                                       (gsize) sqlite3_column_bytes (stmt, 2));
      g_array_append_val (segments, segment);
    }
  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  return g_steal_pointer (&segments);
}

void
trestle_report_segment_clear (gpointer data)
{
  TrestleReportSegment *segment = data;

  g_clear_pointer (&segment->current, g_bytes_unref);
}
