/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "base/trestle-future.h"
#include "store/trestle-report-store.h"
#include "trestle-test.h"

/*
 * Two programs with one store of reports. SQLite tells of each statement before it runs, so that the other program
 * comes in exactly there, and a program is killed exactly in the middle of a month.
 */

#define SCOPE "practice:seller"
#define KILLED "--read-and-be-killed"
/* Two segments, and some rows more. */
#define MANY 140000

static char *folder;
static char *program;

/* What the other program wants: to put a month into the store, whose valid rows it has not found. */
static struct
{
  gboolean armed; /* at every statement from now on, until it got in */
  const char *path;
  const char *after; /* only after a statement that begins so */
  guint tries;
  guint refused;
  guint kept;
} other;

static gboolean
exec (sqlite3 *db, const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static void
come_in (void)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (other.path, &db), ==, SQLITE_OK);
  other.tries++;
  if (!exec (db, "BEGIN IMMEDIATE"))
    other.refused++;
  else
    {
      g_assert_true (exec (db,
                           "INSERT INTO part (scope, feed, month, source, stamp, rows, bytes,"
                           " read) VALUES ('" SCOPE "', 4, '2031-01', 'x', 'x', 100, 1, 1);"
                           "INSERT INTO segment (part, rows) VALUES (last_insert_rowid (), 100);"
                           "INSERT OR IGNORE INTO stale VALUES ('" SCOPE "', 4);"
                           "COMMIT"));
      other.kept++;
    }
  sqlite3_close (db);
}

static int
on_statement (unsigned what, void *data, void *statement, void *text)
{
  const char *sql = text;

  if (!other.armed)
    return 0;
  if (other.after != NULL)
    {
      if (g_str_has_prefix (sql, other.after))
        other.after = NULL;
      return 0;
    }
  other.armed = FALSE;
  come_in ();
  other.armed = other.kept == 0;
  return 0;
}

static int
on_second_segment (unsigned what, void *data, void *statement, void *text)
{
  static guint n;

  if (g_str_has_prefix (text, "INSERT INTO segment") && ++n == 2)
    kill (getpid (), SIGKILL);
  return 0;
}

static int
watch (sqlite3 *db, char **message, const void *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, on_statement, NULL);
}

static int
watch_second_segment (sqlite3 *db, char **message, const void *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, on_second_segment, NULL);
}

static char *
write_month (guint month, guint n)
{
  g_autofree char *name = g_strdup_printf ("month-%02u.csv", month);
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GString) text = g_string_new (
      "billing_event_id,product_id,action,transaction_type,amount,currency,invoice_date,"
      "valid_from,update_date\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "e%u-%u,p,INVOICED,SELLER_REV_SHARE,0.25,USD,2025-%02u-01,2025-%02u-01,"
                            "2025-%02u-01\n",
                            month, i, month, month, month);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, &error));
  return path;
}

static char *
new_path (void)
{
  static int count;
  g_autofree char *name = g_strdup_printf ("reports-%d.db", count++);

  return g_build_filename (folder, name, NULL);
}

static TrestleReportStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  TrestleReportStore *store = trestle_report_store_open (path, &error);

  g_assert_no_error (error);
  return store;
}

static TrestleReportPart *
read_month (TrestleReportStore *store, const char *csv, const char *month)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  g_autoptr (TrestleReportPart) part = g_object_new (TRESTLE_TYPE_REPORT_PART, "month", month,
                                                     "source", csv, "stamp", "1", NULL);
  TrestleReportPart *kept = dex_await_object (
      trestle_report_store_import (store, SCOPE, trestle_feed_get (TRESTLE_FEED_BILLING), part,
                                   file, NULL),
      &error);

  g_assert_no_error (error);
  return kept;
}

static void
read_new_month (TrestleReportStore *store, guint month, guint n)
{
  g_autofree char *csv = write_month (month, n);
  g_autofree char *name = g_strdup_printf ("2025-%02u", month);
  g_autoptr (TrestleReportPart) part = read_month (store, csv, name);

  g_assert_cmpint (trestle_report_part_get_rows (part), ==, n);
}

static guint
count_parts (TrestleReportStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel)
      parts = dex_await_object (trestle_report_store_list (store, SCOPE), &error);

  g_assert_no_error (error);
  return g_list_model_get_n_items (parts);
}

/* What is billed, in quarters. */
static gint64
ask (TrestleReportStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleReportQuery)
      query = g_object_new (TRESTLE_TYPE_REPORT_QUERY, "kind", TRESTLE_REPORT_KIND_BILLED_REVENUE,
                            "group", TRESTLE_REPORT_GROUP_MONTH, NULL);
  g_autoptr (TrestleReport)
      report = dex_await_object (trestle_report_store_query (store, SCOPE, query), &error);
  g_autoptr (TrestleReportRow) total = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (trestle_report_get_totals (report)), ==, 1);
  total = g_list_model_get_item (trestle_report_get_totals (report), 0);
  return (gint64) (trestle_report_row_get_value (total, 0) / (TRESTLE_DECIMAL_ONE / 4));
}

static void
arm (const char *path, const char *after)
{
  other.path = path;
  other.after = after;
  other.tries = other.refused = other.kept = 0;
  other.armed = TRUE;
}

/* From the first valid row that is found to the answer nobody else gets in: a month without its valid rows would be
 * taken for damage. */
static DexFuture *
test_settling_fiber (gpointer data)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleReportStore) store = open_store (path);

  read_new_month (store, 1, 100);
  arm (path, "DELETE FROM stale");
  g_assert_cmpint (ask (store), ==, 100);
  other.armed = FALSE;
  g_assert_cmpuint (other.tries, >, 2);
  g_assert_cmpuint (other.refused, ==, other.tries);
  return dex_future_new_true ();
}

/* So it is while they are being found. */
static DexFuture *
test_finding_fiber (gpointer data)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleReportStore) store = open_store (path);

  read_new_month (store, 1, 100);
  arm (path, "BEGIN IMMEDIATE");
  g_assert_cmpint (ask (store), ==, 100);
  other.armed = FALSE;
  g_assert_cmpuint (other.tries, >, 2);
  g_assert_cmpuint (other.refused, ==, other.tries);
  return dex_future_new_true ();
}

/* Where the valid rows are known already, the other may write, and what is answered is what was there before. */
static DexFuture *
test_reading_fiber (gpointer data)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleReportStore) store = open_store (path);

  read_new_month (store, 1, 100);
  g_assert_cmpint (ask (store), ==, 100);
  arm (path, "SELECT feed FROM stale");
  g_assert_cmpint (ask (store), ==, 100);
  other.armed = FALSE;
  g_assert_cmpuint (other.kept, ==, 1);
  return dex_future_new_true ();
}

/* Months of both are there in the end, whoever asks. */
static DexFuture *
test_both_fiber (gpointer data)
{
  g_autofree char *path = new_path ();
  g_autoptr (TrestleReportStore) one = open_store (path);
  g_autoptr (TrestleReportStore) two = open_store (path);

  for (guint month = 1; month <= 8; month += 2)
    {
      read_new_month (one, month, 100);
      read_new_month (two, month + 1, 10);
      g_assert_cmpint (ask (month % 4 == 1 ? one : two), ==, (month + 1) / 2 * 110);
    }
  g_assert_cmpuint (count_parts (one), ==, 8);
  g_assert_cmpint (ask (one), ==, 440);
  g_assert_cmpint (ask (two), ==, 440);
  return dex_future_new_true ();
}

/* Killed between two segments of a month: the month before it is whole, of this one there is nothing, and reading
 * it again completes the store. */
static DexFuture *
test_killed_fiber (gpointer data)
{
  g_autofree char *path = new_path ();
  g_autofree char *csv = write_month (2, MANY);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleReportStore) store = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (TrestleReportPart) part = NULL;

  store = open_store (path);
  read_new_month (store, 1, 100);
  g_clear_object (&store);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, KILLED, path, csv, NULL);
  g_assert_no_error (error);
  dex_await (dex_subprocess_wait_check (child), NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);

  store = open_store (path);
  g_assert_null (trestle_report_store_get_notice (store));
  g_assert_cmpuint (count_parts (store), ==, 1);
  g_assert_cmpint (ask (store), ==, 100);
  part = read_month (store, csv, "2025-02");
  g_assert_cmpint (trestle_report_part_get_rows (part), ==, MANY);
  g_assert_cmpint (ask (store), ==, MANY + 100);
  g_assert_cmpuint (count_parts (store), ==, 2);
  return dex_future_new_true ();
}

static DexFuture *
killed_fiber (gpointer data)
{
  char **argv = data;
  g_autoptr (TrestleReportStore) store = open_store (argv[2]);
  g_autoptr (TrestleReportPart) part = read_month (store, argv[3], "2025-02");

  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  program = argv[0];
  if (argc == 4 && g_str_equal (argv[1], KILLED))
    {
      g_autoptr (DexFuture) done = NULL;

      dex_init ();
      sqlite3_auto_extension ((void (*) (void)) watch_second_segment);
      done = trestle_await_run (trestle_fiber_spawn (killed_fiber, argv, NULL), &error);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  folder = g_dir_make_tmp ("trestle-report-store-XXXXXX", &error);
  g_assert_no_error (error);
  sqlite3_auto_extension ((void (*) (void)) watch);
  trestle_test_fiber ("/report-store/settling", test_settling_fiber);
  trestle_test_fiber ("/report-store/finding", test_finding_fiber);
  trestle_test_fiber ("/report-store/reading", test_reading_fiber);
  trestle_test_fiber ("/report-store/both", test_both_fiber);
  trestle_test_fiber ("/report-store/killed", test_killed_fiber);
  status = g_test_run ();
  g_free (folder);
  return status;
}
