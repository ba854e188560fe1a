/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <sys/resource.h>

#include "base/trestle-future.h"
#include "store/trestle-report-store.h"

/*
 * report-run STORE FOLDER: reads all months below FOLDER as the application does, then calculates
 * billed revenue by month and product. Prints what each took, in seconds, and the most memory, in KiB.
 */

static gpointer
finish (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) done = trestle_await_run (future, &error);
  const GValue *value;

  g_assert_no_error (error);
  value = dex_future_get_value (done, NULL);
  return G_VALUE_HOLDS_OBJECT (value) ? g_value_dup_object (value) : NULL;
}

static void
import_folder (TrestleReportStore *store, const char *root, const char *below)
{
  g_autofree char *folder = g_build_filename (root, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = *below ? g_build_filename (below, name, NULL) : g_strdup (name);
      g_autofree char *whole = g_build_filename (root, path, NULL);
      g_autofree char *month = NULL;
      const TrestleFeed *feed = trestle_feed_match (path, &month);
      g_autoptr (TrestleReportPart) part = NULL;
      g_autoptr (TrestleReportPart) kept = NULL;
      g_autoptr (GFile) file = g_file_new_for_path (whole);

      if (feed == NULL)
        {
          import_folder (store, root, path);
          continue;
        }
      part = g_object_new (TRESTLE_TYPE_REPORT_PART, "month", month, "source", path, "stamp", "1",
                           NULL);
      kept = finish (trestle_report_store_import (store, "bench", feed, part, file, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleReportStore) store = NULL;
  g_autoptr (TrestleReportQuery) query = NULL;
  g_autoptr (TrestleReport) report = NULL;
  struct rusage usage;
  gint64 begun, imported, reported;

  g_assert (argc == 3);
  dex_init ();
  begun = g_get_monotonic_time ();
  store = trestle_report_store_open (argv[1], &error);
  g_assert_no_error (error);
  import_folder (store, argv[2], "");
  finish (trestle_report_store_settle (store, "bench"));
  imported = g_get_monotonic_time ();
  query = g_object_new (TRESTLE_TYPE_REPORT_QUERY, "kind", TRESTLE_REPORT_KIND_BILLED_REVENUE,
                        "group", TRESTLE_REPORT_GROUP_MONTH, "split", TRESTLE_REPORT_GROUP_PRODUCT,
                        NULL);
  report = finish (trestle_report_store_query (store, "bench", query));
  reported = g_get_monotonic_time ();
  getrusage (RUSAGE_SELF, &usage);
  fprintf (stderr, "%.4f %.4f %ld\n", (imported - begun) / 1e6, (reported - imported) / 1e6,
           usage.ru_maxrss);
  {
    g_autofree char *csv = trestle_report_to_csv (report);

    fputs (csv, stdout);
  }
  return 0;
}
