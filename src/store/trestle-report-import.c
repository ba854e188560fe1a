/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "store/trestle-report-private.h"
#include "store/trestle-report-segment.h"

static TrestleReportPart *
describe (TrestleReportPart *part, const TrestleFeed *feed, gint64 rows, gint64 bytes)
{
  return g_object_new (TRESTLE_TYPE_REPORT_PART, "feed", feed->name, "month",
                       trestle_report_part_get_month (part), "source",
                       trestle_report_part_get_source (part), "stamp",
                       trestle_report_part_get_stamp (part), "rows", rows, "bytes", bytes, "read",
                       trestle_clock_now (), NULL);
}

/* Everything but the rows; those counted so far go with them. */
static gint64
begin_part (sqlite3 *db,
            const char *scope,
            const TrestleFeed *feed,
            TrestleReportPart *part,
            GError **error)
{
  const char *month = trestle_report_part_get_month (part);
  const char *stamp = trestle_report_part_get_stamp (part);
  g_autofree char *date = NULL;
  gint64 is_set = trestle_data_set_match (trestle_report_part_get_source (part), &date) != NULL;

  if (!trestle_database_run (db, error,
                             "DELETE FROM part WHERE scope = ? AND feed = ? AND month = ?", "sis",
                             scope, (gint64) feed->id, month)
      || !trestle_database_run (db, error,
                                "INSERT INTO part (scope, feed, month, source, stamp, rows, bytes, "
                                "read, is_set) VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?)",
                                "sisssi", scope, (gint64) feed->id, month,
                                trestle_report_part_get_source (part), stamp != NULL ? stamp : "",
                                is_set))
    return 0;
  return sqlite3_last_insert_rowid (db);
}

static gboolean
read_rows (sqlite3 *db,
           gint64 id,
           const TrestleFeed *feed,
           TrestleReportPart *part,
           TrestleCsv *csv,
           GCancellable *cancellable,
           gint64 *rows,
           GError **error)
{
  g_autofree char *date = NULL;
  const TrestleDataSet *set = trestle_data_set_match (trestle_report_part_get_source (part), &date);
  g_autoptr (TrestleReportBuilder)
      builder = trestle_report_builder_new (feed, csv, set, date, error);
  const TrestleCsvField *fields;
  GError *reason = NULL;

  if (builder == NULL)
    return FALSE;
  while (trestle_csv_next (csv, &fields, &reason))
    {
      if (!trestle_report_builder_add (builder, fields, error))
        return FALSE;
      ++*rows;
      if (trestle_report_builder_is_full (builder)
          && (g_cancellable_set_error_if_cancelled (cancellable, error)
              || !trestle_report_builder_write (builder, db, id, error)))
        return FALSE;
    }
  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  return trestle_report_builder_get_rows (builder) == 0
         || trestle_report_builder_write (builder, db, id, error);
}

static TrestleReportPart *
import (sqlite3 *db,
        const char *scope,
        const TrestleFeed *feed,
        TrestleReportPart *part,
        TrestleCsv *csv,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (TrestleReportPart) kept = NULL;
  gint64 rows = 0, id = begin_part (db, scope, feed, part, error);

  if (id == 0 || !read_rows (db, id, feed, part, csv, cancellable, &rows, error))
    return NULL;
  kept = describe (part, feed, rows, (gint64) trestle_csv_get_bytes (csv));
  if (!trestle_database_run (
          db, error, "UPDATE part SET rows = ?, bytes = ?, read = ? WHERE id = ?", "iiii", rows,
          trestle_report_part_get_bytes (kept), trestle_report_part_get_read (kept), id)
      || !trestle_database_run (db, error, "INSERT OR IGNORE INTO stale VALUES (?, ?)", "si", scope,
                                (gint64) feed->id)
      || !trestle_database_exec (db, "COMMIT", error))
    return NULL;
  return g_steal_pointer (&kept);
}

TrestleReportPart *
trestle_report_import (sqlite3 *db,
                       const char *scope,
                       const TrestleFeed *feed,
                       TrestleReportPart *part,
                       GFile *file,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (TrestleCsv) csv = NULL;
  g_autofree char *date = NULL;
  const TrestleDataSet *set = trestle_data_set_match (trestle_report_part_get_source (part), &date);
  TrestleReportPart *kept;

  if (stream != NULL)
    csv = trestle_csv_new (G_INPUT_STREAM (stream), trestle_report_part_get_source (part), error);
  if (csv == NULL)
    return NULL;
  if (set != NULL && set->unread != NULL)
    {
      trestle_csv_fail (csv, -1, error, "no report is made of the data set %s: %s", set->name,
                        _ (set->unread));
      return NULL;
    }
  if (feed == NULL && set != NULL)
    feed = trestle_feed_get (set->feed);
  if (feed == NULL)
    feed = trestle_feed_guess (trestle_csv_get_columns (csv));
  if (feed == NULL)
    {
      trestle_csv_fail (csv, -1, error,
                        "these are not the columns of a data feed that reports are made of");
      return NULL;
    }
  if (!trestle_database_exec (db, "BEGIN IMMEDIATE", error))
    return NULL;
  kept = import (db, scope, feed, part, csv, cancellable, error);
  if (kept == NULL)
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return kept;
}
