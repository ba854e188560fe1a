/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench-fixture.h"

#include "workbench/trestle-reports.h"

/* What the seller earns: read from S3, stopped, cut off, read again. */

static TrestleSession *session;
static guint n_changed;

static TrestleReports *
get_reports (void)
{
  return trestle_session_get_reports (session);
}

static void
on_changed (TrestleReports *reports)
{
  n_changed++;
}

static TrestleReport *
ask (TrestleReportKind kind)
{
  g_autoptr (TrestleReportQuery) query = g_object_new (TRESTLE_TYPE_REPORT_QUERY, "kind", kind,
                                                       "group", TRESTLE_REPORT_GROUP_MONTH, NULL);

  return await_object (trestle_reports_query (get_reports (), query));
}

static DexFuture *
test_open_fiber (gpointer data)
{
  TrestleReports *reports;
  g_autoptr (TrestleReport) report = NULL;

  session = open_session ("seller");
  reports = get_reports ();
  g_signal_connect (reports, "changed", G_CALLBACK (on_changed), NULL);
  g_assert_false (trestle_reports_is_loaded (reports));
  await_ok (trestle_reports_load (reports));
  g_assert_true (trestle_reports_is_loaded (reports));
  g_assert_true (g_str_has_prefix (trestle_reports_get_bucket (reports), "marketplace-feeds-"));
  g_assert_cmpuint (count (trestle_reports_get_parts (reports)), ==, 0);
  g_assert_cmpint (trestle_reports_get_read (reports), ==, 0);
  report = ask (TRESTLE_REPORT_KIND_BILLED_REVENUE);
  g_assert_cmpuint (count (trestle_report_get_rows (report)), ==, 0);
  g_assert_cmpuint (n_changed, ==, 0);
  return dex_future_new_true ();
}

static void
on_may_stop (TrestleTask *task)
{
  trestle_task_stop (task);
}

/* Stopped in the middle: what was read is kept, and asked for no more. */
static DexFuture *
test_stop_fiber (gpointer data)
{
  g_autoptr (TrestleTask) task = trestle_reports_fetch (get_reports ());
  g_autoptr (TrestleTask) same = trestle_reports_fetch (get_reports ());
  g_autoptr (TrestleTask) rest = NULL;
  g_autoptr (GError) error = NULL;
  TrestleReportFetch *result;
  gint64 files;
  guint kept;

  g_assert_true (task == same);
  g_assert_true (trestle_reports_get_task (get_reports ()) == task);
  g_signal_connect (task, "notify::can-stop", G_CALLBACK (on_may_stop), NULL);
  g_assert_false (dex_await (trestle_task_wait (task), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (trestle_reports_get_task (get_reports ()));
  kept = count (trestle_reports_get_parts (get_reports ()));

  rest = trestle_reports_fetch (get_reports ());
  await_ok (trestle_task_wait (rest));
  result = trestle_task_get_result (rest);
  files = trestle_report_fetch_get_read (result) + trestle_report_fetch_get_unchanged (result);
  g_assert_cmpint (files, >, 200);
  g_assert_cmpint (trestle_report_fetch_get_unchanged (result), ==, kept);
  g_assert_cmpint (trestle_report_fetch_get_failed (result), ==, 0);
  g_assert_cmpuint (n_changed, >, 0);
  g_assert_cmpint (trestle_reports_get_read (get_reports ()), !=, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_report_fiber (gpointer data)
{
  g_autoptr (TrestleReport) report = ask (TRESTLE_REPORT_KIND_BILLED_REVENUE);
  GListModel *totals = trestle_report_get_totals (report);
  TrestleDecimal sums[8] = { 0 };

  g_assert_cmpuint (count (trestle_report_get_rows (report)), >, 20);
  g_assert_cmpuint (count (totals), >, 1);
  g_assert_cmpuint (count (totals), <=, G_N_ELEMENTS (sums));
  g_assert_cmpuint (count (trestle_report_get_choices (report, TRESTLE_REPORT_GROUP_PRODUCT)), >,
                    2);
  for (guint i = 0; i < count (trestle_report_get_rows (report)); i++)
    {
      g_autoptr (TrestleReportRow)
          row = g_list_model_get_item (trestle_report_get_rows (report), i);

      for (guint t = 0; t < count (totals); t++)
        {
          g_autoptr (TrestleReportRow) total = g_list_model_get_item (totals, t);

          if (g_str_equal (trestle_report_row_get_currency (row),
                           trestle_report_row_get_currency (total)))
            sums[t] += trestle_report_row_get_value (row, 4);
        }
    }
  for (guint t = 0; t < count (totals); t++)
    {
      g_autoptr (TrestleReportRow) total = g_list_model_get_item (totals, t);

      g_assert_true (sums[t] == trestle_report_row_get_value (total, 4));
    }
  return dex_future_new_true ();
}

/* Connections that end in the middle of a month are made again; a month is whole or not there. */
static DexFuture *
test_cut_off_fiber (gpointer data)
{
  g_autoptr (TrestleTask) task = NULL;
  TrestleReportFetch *result;
  guint before = count (trestle_reports_get_parts (get_reports ()));

  await_ok (trestle_reports_forget (get_reports ()));
  g_assert_cmpuint (count (trestle_reports_get_parts (get_reports ())), ==, 0);
  practice_fixture_break (
      "[{\"service\":\"s3\",\"operation\":\"GetObject\",\"kind\":\"cut\",\"count\":2},"
      "{\"service\":\"s3\",\"operation\":\"GetObject\",\"kind\":\"throttle\",\"count\":2}]");
  task = trestle_reports_fetch (get_reports ());
  await_ok (trestle_task_wait (task));
  practice_fixture_mend ();
  result = trestle_task_get_result (task);
  g_assert_cmpint (trestle_report_fetch_get_failed (result), ==, 0);
  g_assert_cmpuint (count (trestle_reports_get_parts (get_reports ())), >=, before);
  return dex_future_new_true ();
}

static void
assert_fails (DexFuture *future, GQuark domain, int code, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (future, &error));
  g_assert_error (error, domain, code);
  g_assert_nonnull (strstr (error->message, text));
}

static DexFuture *
test_refused_fiber (gpointer data)
{
  TrestleReports *reports = get_reports ();
  g_autofree char *bucket = g_strdup (trestle_reports_get_bucket (reports));
  g_autoptr (TrestleReportQuery)
      ended = g_object_new (TRESTLE_TYPE_REPORT_QUERY, "kind", TRESTLE_REPORT_KIND_REF_TAGS, NULL);
  g_autoptr (TrestleTask) empty = NULL;
  g_autoptr (TrestleTask) nowhere = NULL;
  g_autoptr (GError) error = NULL;

  assert_fails (trestle_reports_query (reports, ended), TRESTLE_WORKBENCH_ERROR,
                TRESTLE_WORKBENCH_ERROR_INPUT, "ended");
  g_assert_false (trestle_reports_set_bucket (reports, "Not A Bucket", NULL, &error));
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_cmpstr (trestle_reports_get_bucket (reports), ==, bucket);

  g_assert_true (trestle_reports_set_bucket (reports, bucket, "nothing/here/", &error));
  g_assert_no_error (error);
  empty = trestle_reports_fetch (reports);
  assert_fails (trestle_task_wait (empty), TRESTLE_WORKBENCH_ERROR,
                TRESTLE_WORKBENCH_ERROR_NOT_FOUND, "nothing/here/");
  g_assert_true (trestle_reports_set_bucket (reports, "a-bucket-of-nobody", NULL, &error));
  nowhere = trestle_reports_fetch (reports);
  assert_fails (trestle_task_wait (nowhere), TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND, "");
  g_assert_true (trestle_reports_set_bucket (reports, NULL, NULL, &error));
  await_ok (trestle_reports_load (reports));
  g_assert_cmpstr (trestle_reports_get_bucket (reports), ==, bucket);
  return dex_future_new_true ();
}

/* What an order needs is what the account has; what is named takes its place, and is remembered. */
static DexFuture *
test_target_fiber (gpointer data)
{
  TrestleReports *reports = get_reports ();
  g_autoptr (TrestleReportTarget) first = await_object (trestle_reports_suggest_target (reports));
  g_autoptr (TrestleReportTarget) named = NULL;
  g_autoptr (TrestleReportTarget) next = NULL;
  g_autoptr (TrestleTask) task = NULL;
  g_autofree char *bucket = g_strdup (trestle_reports_get_bucket (reports));
  const char *const *buckets = trestle_report_target_get_buckets (first);
  const char *const *roles = trestle_report_target_get_roles (first);
  gint64 day = (trestle_clock_now () - 40 * TRESTLE_DAY) / TRESTLE_DAY * TRESTLE_DAY;

  g_assert_cmpstr (trestle_report_target_get_bucket (first), ==, bucket);
  g_assert_true (g_strv_contains (buckets, bucket));
  g_assert_cmpuint (g_strv_length ((char **) buckets), >, 1);
  g_assert_cmpuint (g_strv_length ((char **) roles), ==, 1);
  g_assert_cmpstr (trestle_report_target_get_role (first), ==, roles[0]);

  named = g_object_new (TRESTLE_TYPE_REPORT_TARGET, "bucket", "sagemaker-us-east-1-444455556666",
                        "prefix", "mine/", "topic", "arn:aws:sns:us-east-1:444455556666:mine",
                        NULL);
  task = trestle_reports_order (reports, "us_sales_and_use_tax_records", day, named);
  await_ok (trestle_task_wait (task));
  next = await_object (trestle_reports_suggest_target (reports));
  g_assert_cmpstr (trestle_report_target_get_bucket (next), ==, bucket);
  g_assert_null (trestle_report_target_get_prefix (next));
  g_assert_cmpstr (trestle_report_target_get_topic (next), ==,
                   "arn:aws:sns:us-east-1:444455556666:mine");
  return dex_future_new_true ();
}

/* An order is in the journal, and the set that was asked for is the one that is read. */
static DexFuture *
test_order_fiber (gpointer data)
{
  gint64 day = (trestle_clock_now () - 40 * TRESTLE_DAY) / TRESTLE_DAY * TRESTLE_DAY;
  guint before = count (trestle_reports_get_parts (get_reports ()));
  g_autoptr (TrestleTask) task = trestle_reports_order (
      get_reports (), "monthly_revenue_billing_and_revenue_data", day, NULL);

  await_ok (trestle_task_wait (task));
  g_assert_cmpuint (count (trestle_reports_get_parts (get_reports ())), ==, before + 1);
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  int status;

  practice_fixture_home ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  practice_fixture_start ("1800");
  trestle_test_fiber ("/workbench/reports/open", test_open_fiber);
  trestle_test_fiber ("/workbench/reports/stop", test_stop_fiber);
  trestle_test_fiber ("/workbench/reports/report", test_report_fiber);
  trestle_test_fiber ("/workbench/reports/cut-off", test_cut_off_fiber);
  trestle_test_fiber ("/workbench/reports/refused", test_refused_fiber);
  trestle_test_fiber ("/workbench/reports/order", test_order_fiber);
  trestle_test_fiber ("/workbench/reports/target", test_target_fiber);
  status = g_test_run ();
  g_clear_object (&session);
  practice_fixture_end ();
  return status;
}
