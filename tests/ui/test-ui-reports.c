/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "practice-fixture.h"
#include "reports/trestle-report-chart.h"
#include "reports/trestle-report-order-dialog.h"
#include "reports/trestle-report-ordering.h"
#include "reports/trestle-report-parts.h"
#include "reports/trestle-report-print.h"
#include "reports/trestle-report-table.h"
#include "reports/trestle-reports-page.h"
#include "trestle-app-resources.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-accounts.h"

static TrestleSession *session;

static gboolean
on_wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until @condition holds; a test that hangs is ended by its runner. */
#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint wake = g_timeout_add (20, on_wake, NULL);                                                \
    gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;                                \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > end)                                                         \
          g_error ("waited for %s: it never came", #condition);                                    \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
    g_source_remove (wake);                                                                        \
  }                                                                                                \
  G_STMT_END

static const GValue *
await (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;

  WAIT_UNTIL (!dex_future_is_pending (future));
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return value;
}

typedef struct
{
  GtkWindow *window;
  TrestleReportsPage *page;
} Shown;

static gpointer
part (Shown *shown, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (shown->page), TRESTLE_TYPE_REPORTS_PAGE, name);
}

static TrestlePageStateKind
state_of (Shown *shown)
{
  return trestle_page_state_get_state (part (shown, "state"));
}

static void
settle (Shown *shown)
{
  WAIT_UNTIL (trestle_watch_get_pending () == 0 && state_of (shown) != TRESTLE_PAGE_LOADING);
}

static Shown
show (void)
{
  Shown shown = { GTK_WINDOW (adw_window_new ()),
                  TRESTLE_REPORTS_PAGE (trestle_reports_page_new (session)) };
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (shown.page));
  adw_window_set_content (ADW_WINDOW (shown.window), view);
  gtk_window_set_default_size (shown.window, 1100, 860);
  gtk_window_present (shown.window);
  WAIT_UNTIL (gtk_widget_get_mapped (GTK_WIDGET (shown.page)));
  settle (&shown);
  return shown;
}

static void
ask (Shown *shown, const char *report, TrestleReportGroup group)
{
  trestle_reports_page_show (shown->page, report, group);
  settle (shown);
}

static void
choose (Shown *shown, const char *list, guint n)
{
  gtk_drop_down_set_selected (part (shown, list), n);
  settle (shown);
}

static TrestleReportRow *
row_at (GListModel *rows, guint n)
{
  g_autoptr (TrestleReportRow) row = g_list_model_get_item (rows, n);

  return row;
}

/* Nothing is read before somebody wants it; then it is read once, and kept. */
static void
test_fetch (void)
{
  Shown shown = show ();
  TrestleReports *reports = trestle_session_get_reports (session);
  g_autofree char *words = NULL;
  TrestleReport *report;
  GListModel *rows;
  TrestleDecimal sum = 0;

  g_assert_cmpint (state_of (&shown), ==, TRESTLE_PAGE_EMPTY);
  g_object_get (part (&shown, "empty_text"), "label", &words, NULL);
  g_assert_nonnull (strstr (words, "marketplace-feeds-444455556666"));

  gtk_widget_activate_action (GTK_WIDGET (shown.page), "page.refresh", NULL);
  g_assert_true (gtk_widget_get_visible (part (&shown, "progress")));
  WAIT_UNTIL (trestle_reports_page_get_report (shown.page) != NULL
              && !gtk_widget_get_visible (part (&shown, "progress")));
  settle (&shown);
  g_assert_cmpint (state_of (&shown), ==, TRESTLE_PAGE_CONTENT);
  g_assert_cmpuint (g_list_model_get_n_items (trestle_reports_get_parts (reports)), >, 100);

  /* Dollars are chosen where there are several currencies, and what is shown adds up. */
  report = trestle_reports_page_get_report (shown.page);
  rows = trestle_report_get_rows (report);
  g_assert_cmpuint (g_list_model_get_n_items (trestle_report_get_totals (report)), ==, 1);
  g_assert_cmpuint (trestle_report_table_get_n_rows (part (&shown, "table")), ==,
                    g_list_model_get_n_items (rows));
  g_assert_cmpuint (g_list_model_get_n_items (rows), >=, 11);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_assert_cmpstr (trestle_report_row_get_currency (row_at (rows, i)), ==, "USD");
      sum += trestle_report_row_get_value (row_at (rows, i), 0);
    }
  g_assert_true (sum > 0);
  g_assert_true (
      sum == trestle_report_row_get_value (row_at (trestle_report_get_totals (report), 0), 0));
  gtk_window_destroy (shown.window);

  /* Another window finds it there. */
  shown = show ();
  g_assert_cmpint (state_of (&shown), ==, TRESTLE_PAGE_CONTENT);
  gtk_window_destroy (shown.window);
}

/* Each report by each group has a table and, in one currency, a drawing. */
static void
test_groups (void)
{
  Shown shown = show ();
  static const TrestleReportKind kinds[] = {
    TRESTLE_REPORT_KIND_DAILY_USAGE,    TRESTLE_REPORT_KIND_SUBSCRIBERS,
    TRESTLE_REPORT_KIND_BILLED_REVENUE, TRESTLE_REPORT_KIND_COLLECTED,
    TRESTLE_REPORT_KIND_DISBURSEMENT,   TRESTLE_REPORT_KIND_TAX
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (TrestleReportGroup group = TRESTLE_REPORT_GROUP_MONTH;
         group <= TRESTLE_REPORT_GROUP_JURISDICTION; group++)
      {
        const TrestleReportInfo *info = trestle_report_info (kinds[i]);

        if (!trestle_report_info_has_group (info, group))
          continue;
        g_test_message ("%s by %s", info->name, trestle_report_group_get_title (group));
        ask (&shown, info->name, group);
        g_assert_cmpint (state_of (&shown), ==, TRESTLE_PAGE_CONTENT);
        g_assert_cmpint (trestle_report_get_group (trestle_reports_page_get_report (shown.page)),
                         ==, group);
        g_assert_cmpuint (trestle_report_table_get_n_rows (part (&shown, "table")), >, 0);
        g_assert_cmpuint (trestle_report_chart_get_n_drawn (part (&shown, "chart")), >, 0);
      }
  gtk_window_destroy (shown.window);
}

/* Filters narrow it, the needle only what is shown. */
static void
test_filters (void)
{
  Shown shown = show ();
  g_autofree char *buyer = NULL;
  guint all, few;
  TrestleDecimal whole, some;

  ask (&shown, "billed-revenue", TRESTLE_REPORT_GROUP_BUYER);
  all = trestle_report_table_get_n_rows (part (&shown, "table"));
  whole = trestle_report_row_get_value (
      row_at (trestle_report_get_totals (trestle_reports_page_get_report (shown.page)), 0), 0);
  choose (&shown, "product", 1);
  few = trestle_report_table_get_n_rows (part (&shown, "table"));
  some = trestle_report_row_get_value (
      row_at (trestle_report_get_totals (trestle_reports_page_get_report (shown.page)), 0), 0);
  g_assert_cmpuint (few, <=, all);
  g_assert_true (some < whole && some > 0);
  choose (&shown, "product", 0);
  g_assert_cmpuint (trestle_report_table_get_n_rows (part (&shown, "table")), ==, all);

  buyer = g_strdup (trestle_report_row_get_label (
      row_at (trestle_report_get_rows (trestle_reports_page_get_report (shown.page)), 0)));
  gtk_editable_set_text (GTK_EDITABLE (part (&shown, "search")), "nobody is called so");
  WAIT_UNTIL (trestle_report_table_get_n_rows (part (&shown, "table")) == 0);
  gtk_editable_set_text (GTK_EDITABLE (part (&shown, "search")), buyer);
  WAIT_UNTIL (trestle_report_table_get_n_rows (part (&shown, "table")) > 0
              && trestle_report_table_get_n_rows (part (&shown, "table")) < all);
  gtk_editable_set_text (GTK_EDITABLE (part (&shown, "search")), "");
  WAIT_UNTIL (trestle_report_table_get_n_rows (part (&shown, "table")) == all);

  choose (&shown, "compare", 1);
  g_assert_cmpint (trestle_report_query_get_compare (
                       trestle_report_get_query (trestle_reports_page_get_report (shown.page))),
                   ==, TRESTLE_REPORT_COMPARE_BEFORE);
  gtk_window_destroy (shown.window);
}

/* Currencies are never drawn, nor added, together. */
static void
test_currencies (void)
{
  Shown shown = show ();
  GListModel *totals;

  choose (&shown, "currency", 0);
  totals = trestle_report_get_totals (trestle_reports_page_get_report (shown.page));
  g_assert_cmpuint (g_list_model_get_n_items (totals), >, 1);
  g_assert_false (gtk_widget_get_visible (part (&shown, "chart")));
  g_assert_true (gtk_widget_get_visible (part (&shown, "chart_note")));
  g_assert_cmpstr (trestle_report_row_get_currency (row_at (totals, 0)), !=,
                   trestle_report_row_get_currency (row_at (totals, 1)));
  choose (&shown, "currency", 1);
  g_assert_true (gtk_widget_get_visible (part (&shown, "chart")));
  gtk_window_destroy (shown.window);
}

/* Use is told apart by its mode: the parts of a bar are its whole, and the legend names them. */
static void
test_modes (void)
{
  static const TrestleReportGroup groups[] = { TRESTLE_REPORT_GROUP_INSTANCE,
                                               TRESTLE_REPORT_GROUP_PRODUCT };
  Shown shown = show ();

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    {
      TrestleReport *report;
      TrestleReportParts parts;
      GListModel *rows;
      guint n_named = 0;

      ask (&shown, "daily-usage", groups[g]);
      report = trestle_reports_page_get_report (shown.page);
      parts = trestle_report_parts_of (report);
      rows = trestle_report_get_rows (report);
      g_assert_cmpuint (parts.n, >, 0);
      for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
        {
          TrestleDecimal sum = 0;

          for (guint p = 0; p < parts.n; p++)
            sum += trestle_report_parts_get_value (&parts, row_at (rows, i), p);
          g_assert_true (sum
                         == trestle_report_row_get_value (row_at (rows, i),
                                                          trestle_report_get_info (report)->main));
        }
      for (GtkWidget *one = gtk_widget_get_first_child (part (&shown, "legend")); one != NULL;
           one = gtk_widget_get_next_sibling (one))
        n_named++;
      g_assert_cmpuint (n_named, ==, parts.n > 1 ? parts.n : 0);
      for (guint p = 1; p < parts.n; p++)
        g_assert_cmpuint (trestle_report_parts_get_series (&parts, p - 1), !=,
                          trestle_report_parts_get_series (&parts, p));
    }
  gtk_window_destroy (shown.window);
}

static gpointer
inside (gpointer widget, GType type, const char *name)
{
  return gtk_widget_get_template_child (widget, type, name);
}

static gpointer
in_dialog (AdwDialog *dialog, const char *name)
{
  return inside (dialog, TRESTLE_TYPE_REPORT_ORDER_DIALOG, name);
}

static gboolean
is_said (gpointer strip)
{
  return gtk_widget_get_visible (strip);
}

static void
on_show_report (AdwDialog *dialog, const char *report, char **asked)
{
  *asked = g_strdup (report);
}

/* A data set is ordered with what the account has, AWS's answer is said, and the result is read. */
static void
test_order (void)
{
  Shown shown = show ();
  TrestleReports *reports = trestle_session_get_reports (session);
  AdwDialog *dialog = trestle_report_order_dialog_new (reports);
  gpointer ordering = in_dialog (dialog, "ordering");
  g_autofree char *asked = NULL;
  guint before = g_list_model_get_n_items (trestle_reports_get_parts (reports));

  g_signal_connect (dialog, "show-report", G_CALLBACK (on_show_report), &asked);
  adw_dialog_present (dialog, GTK_WIDGET (shown.page));
  g_assert_false (gtk_widget_get_sensitive (in_dialog (dialog, "order_button")));
  WAIT_UNTIL (gtk_widget_get_sensitive (in_dialog (dialog, "order_button")));
  g_assert_nonnull (strstr (gtk_editable_get_text (in_dialog (dialog, "bucket")), "444455556666"));
  g_assert_nonnull (strstr (gtk_editable_get_text (in_dialog (dialog, "role")),
                            ":role/MarketplaceCommerceAnalyticsRole"));
  g_assert_nonnull (strstr (gtk_editable_get_text (in_dialog (dialog, "topic")), "arn:aws:sns:"));
  g_assert_true (gtk_widget_get_visible (in_dialog (dialog, "bucket_menu")));
  g_assert_true (gtk_widget_get_visible (in_dialog (dialog, "role_menu")));

  /* What AWS would refuse is said before, and a day's set has a day, a month's a month. */
  gtk_editable_set_text (in_dialog (dialog, "bucket"), "No Bucket");
  g_assert_true (is_said (in_dialog (dialog, "problem")));
  g_assert_false (gtk_widget_get_sensitive (in_dialog (dialog, "order_button")));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "order.bucket", "s",
                              "marketplace-feeds-444455556666");
  g_assert_false (is_said (in_dialog (dialog, "problem")));
  g_assert_true (gtk_widget_get_visible (in_dialog (dialog, "month")));
  g_assert_false (gtk_widget_get_visible (in_dialog (dialog, "day")));
  trestle_report_order_dialog_choose (TRESTLE_REPORT_ORDER_DIALOG (dialog),
                                      "daily_business_usage_by_instance_type");
  g_assert_false (gtk_widget_get_visible (in_dialog (dialog, "month")));
  g_assert_true (gtk_widget_get_visible (in_dialog (dialog, "day")));
  g_assert_true (is_said (in_dialog (dialog, "known")));

  gtk_widget_activate_action (GTK_WIDGET (dialog), "order.send", NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (in_dialog (dialog, "pages")), ==, "order");
  WAIT_UNTIL (is_said (inside (ordering, TRESTLE_TYPE_REPORT_ORDERING, "outcome")));
  g_assert_true (
      gtk_widget_get_visible (inside (ordering, TRESTLE_TYPE_REPORT_ORDERING, "answer")));
  g_assert_cmpuint (strlen (adw_action_row_get_subtitle (
                        inside (ordering, TRESTLE_TYPE_REPORT_ORDERING, "request"))),
                    ==, 36);
  g_assert_true (g_str_has_prefix (
      adw_action_row_get_subtitle (inside (ordering, TRESTLE_TYPE_REPORT_ORDERING, "file")),
      "s3://marketplace-feeds-444455556666/daily_business_usage_by_instance_type_"));
  g_assert_true (
      gtk_widget_get_visible (inside (ordering, TRESTLE_TYPE_REPORT_ORDERING, "show_button")));
  g_assert_cmpuint (g_list_model_get_n_items (trestle_reports_get_parts (reports)), ==, before + 1);
  g_signal_emit_by_name (inside (ordering, TRESTLE_TYPE_REPORT_ORDERING, "show_button"), "clicked");
  g_assert_cmpstr (asked, ==, "daily-usage");
  settle (&shown);
  gtk_window_destroy (shown.window);
}

/* AWS's refusal is said in its words, and leads back to the form. */
static void
test_order_refused (void)
{
  Shown shown = show ();
  AdwDialog *dialog = trestle_report_order_dialog_new (trestle_session_get_reports (session));
  gpointer ordering = in_dialog (dialog, "ordering");

  adw_dialog_present (dialog, GTK_WIDGET (shown.page));
  WAIT_UNTIL (gtk_widget_get_sensitive (in_dialog (dialog, "order_button")));
  gtk_editable_set_text (in_dialog (dialog, "topic"), "arn:aws:sns:us-east-1:111122223333:other");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "order.send", NULL);
  WAIT_UNTIL (is_said (inside (ordering, TRESTLE_TYPE_REPORT_ORDERING, "outcome")));
  g_assert_false (
      gtk_widget_get_visible (inside (ordering, TRESTLE_TYPE_REPORT_ORDERING, "answer")));
  g_assert_false (
      gtk_widget_get_visible (inside (ordering, TRESTLE_TYPE_REPORT_ORDERING, "show_button")));
  g_assert_true (gtk_widget_get_visible (in_dialog (dialog, "back_button")));
  g_signal_emit_by_name (in_dialog (dialog, "back_button"), "clicked");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (in_dialog (dialog, "pages")), ==, "form");
  g_assert_true (gtk_widget_get_sensitive (in_dialog (dialog, "order_button")));
  settle (&shown);
  gtk_window_destroy (shown.window);
}

/* What is selected in the drawing is selected in the table, and the other way. */
static void
test_selection (void)
{
  Shown shown = show ();
  GListModel *rows;
  const char *key;
  g_autofree char *there = NULL;
  g_autofree char *back = NULL;

  ask (&shown, "billed-revenue", TRESTLE_REPORT_GROUP_MONTH);
  rows = trestle_report_get_rows (trestle_reports_page_get_report (shown.page));
  key = trestle_report_row_get_key (row_at (rows, 2));
  g_object_set (part (&shown, "chart"), "selected", key, NULL);
  g_object_get (part (&shown, "table"), "selected", &there, NULL);
  g_assert_cmpstr (there, ==, key);
  key = trestle_report_row_get_key (row_at (rows, 4));
  g_object_set (part (&shown, "table"), "selected", key, NULL);
  g_object_get (part (&shown, "chart"), "selected", &back, NULL);
  g_assert_cmpstr (back, ==, key);
  gtk_window_destroy (shown.window);
}

/* Which report has the rows that an alarm is about. */
static TrestleReportKind
report_of (const char *rule)
{
  static const struct
  {
    const char *prefix;
    TrestleReportKind kind;
  } kinds[] = { { "usage", TRESTLE_REPORT_KIND_DAILY_USAGE },
                { "disbursement", TRESTLE_REPORT_KIND_DISBURSEMENT },
                { "payment", TRESTLE_REPORT_KIND_COLLECTED } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (rule, kinds[i].prefix))
      return kinds[i].kind;
  return TRESTLE_REPORT_KIND_BILLED_REVENUE;
}

/* What should be looked at is said, and leads to its rows. What there is to say depends on the day. */
static void
test_alarms (void)
{
  static const char *const reports[] = { "daily-usage", "disbursement", "collected",
                                         "billed-revenue" };
  Shown shown = show ();
  guint n_led = 0;

  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      g_autoptr (TrestleReportAlarm) alarm = NULL;
      GtkWidget *strip;
      TrestleReportQuery *query;

      choose (&shown, "currency", 0);
      ask (&shown, reports[i], TRESTLE_REPORT_GROUP_MONTH);
      alarm = g_list_model_get_item (
          trestle_report_get_alarms (trestle_reports_page_get_report (shown.page)), 0);
      if (alarm == NULL)
        continue;
      strip = gtk_widget_get_first_child (part (&shown, "alarms"));
      g_assert_true (TRESTLE_IS_FINDING_STRIP (strip));
      g_signal_emit_by_name (strip, "activated");
      settle (&shown);
      g_assert_cmpint (state_of (&shown), ==, TRESTLE_PAGE_CONTENT);
      query = trestle_report_get_query (trestle_reports_page_get_report (shown.page));
      g_assert_cmpint (trestle_report_query_get_kind (query), ==,
                       report_of (trestle_report_alarm_get_rule (alarm)));
      g_assert_true ((trestle_report_query_get_products (query) != NULL)
                     == (trestle_report_alarm_get_product (alarm) != NULL));
      choose (&shown, "product", 0);
      choose (&shown, "buyer", 0);
      n_led++;
    }
  g_assert_cmpuint (n_led, >, 0);
  gtk_window_destroy (shown.window);
}

/* There are no ref tags any more: said, not faked. */
static void
test_ref_tags (void)
{
  Shown shown = show ();
  g_autofree char *words = NULL;

  ask (&shown, "ref-tags", TRESTLE_REPORT_GROUP_MONTH);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (part (&shown, "pages")), ==, "ended");
  g_object_get (part (&shown, "ended_text"), "label", &words, NULL);
  g_assert_nonnull (strstr (words, "ended"));
  g_assert_false (gtk_widget_get_sensitive (part (&shown, "export_button")));
  ask (&shown, "tax", TRESTLE_REPORT_GROUP_COUNTRY);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (part (&shown, "pages")), ==, "report");
  gtk_window_destroy (shown.window);
}

/* On paper, which is a file here. */
static void
test_print (void)
{
  Shown shown = show ();
  g_autofree char *path = g_build_filename (practice.home, "report.pdf", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GtkPrintOperation) print = NULL;
  g_autoptr (GError) error = NULL;

  ask (&shown, "billed-revenue", TRESTLE_REPORT_GROUP_INVOICE);
  print = trestle_report_print_new (trestle_reports_page_get_report (shown.page));
  gtk_print_operation_set_export_filename (print, path);
  gtk_print_operation_run (print, GTK_PRINT_OPERATION_ACTION_EXPORT, shown.window, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF"));
  gtk_window_destroy (shown.window);
}

/* What cannot be read leaves what is kept as it was. */
static void
test_broken (void)
{
  Shown shown = show ();
  TrestleReports *reports = trestle_session_get_reports (session);
  guint before = g_list_model_get_n_items (trestle_reports_get_parts (reports));

  practice_fixture_break ("[{\"service\": \"s3\", \"kind\": \"denied\"}]");
  gtk_widget_activate_action (GTK_WIDGET (shown.page), "page.refresh", NULL);
  WAIT_UNTIL (!gtk_widget_get_visible (part (&shown, "progress")));
  practice_fixture_mend ();
  settle (&shown);
  g_assert_cmpint (state_of (&shown), ==, TRESTLE_PAGE_CONTENT);
  g_assert_cmpuint (g_list_model_get_n_items (trestle_reports_get_parts (reports)), ==, before);
  gtk_window_destroy (shown.window);
}

int
main (int argc, char **argv)
{
  g_autoptr (TrestleAccount) account = NULL;
  g_autoptr (DexFuture) opened = NULL;
  int status;

  practice_fixture_home ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  adw_init ();
  g_resources_register (trestle_app_get_resource ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  practice_fixture_start ("200");
  account = trestle_accounts_practice ("seller");
  opened = trestle_session_open (account, NULL);
  session = g_value_get_object (await (opened));

  g_test_add_func ("/ui/reports/fetch", test_fetch);
  g_test_add_func ("/ui/reports/groups", test_groups);
  g_test_add_func ("/ui/reports/filters", test_filters);
  g_test_add_func ("/ui/reports/currencies", test_currencies);
  g_test_add_func ("/ui/reports/modes", test_modes);
  g_test_add_func ("/ui/reports/order", test_order);
  g_test_add_func ("/ui/reports/order-refused", test_order_refused);
  g_test_add_func ("/ui/reports/selection", test_selection);
  g_test_add_func ("/ui/reports/alarms", test_alarms);
  g_test_add_func ("/ui/reports/ref-tags", test_ref_tags);
  g_test_add_func ("/ui/reports/print", test_print);
  g_test_add_func ("/ui/reports/broken", test_broken);
  status = g_test_run ();
  practice_fixture_end ();
  return status;
}
