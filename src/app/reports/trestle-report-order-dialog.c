/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-order-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-report-data-set.h"
#include "reports/trestle-report-ordering.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-workbench-error.h"

/* AWS has a month's sets on the 15th of the next. */
#define MONTH_READY 15
#define N_MONTHS 24
/* It has a day's within the next one. */
#define DAYS_READY 2

struct _TrestleReportOrderDialog
{
  AdwDialog parent_instance;

  GtkWidget *cancel_button;
  GtkWidget *back_button;
  GtkWidget *order_button;
  GtkWidget *close_button;
  GtkStack *pages;
  AdwPreferencesGroup *what;
  AdwComboRow *set;
  AdwComboRow *month;
  AdwActionRow *day;
  GtkPopover *day_popover;
  GtkCalendar *calendar;
  TrestleFindingStrip *known;
  GtkEditable *bucket;
  GtkMenuButton *bucket_menu;
  GtkEditable *prefix;
  GtkEditable *role;
  GtkMenuButton *role_menu;
  GtkEditable *topic;
  TrestleFindingStrip *problem;
  TrestleReportOrdering *ordering;

  TrestleReports *reports;
  DexFuture *suggesting;
  gboolean filled; /* what the account has is in the form */
};

enum
{
  SHOW_REPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TrestleReportOrderDialog, trestle_report_order_dialog, ADW_TYPE_DIALOG)

static const TrestleDataSet *
get_set (TrestleReportOrderDialog *self)
{
  TrestleReportChoice *choice = adw_combo_row_get_selected_item (self->set);

  return choice != NULL ? trestle_data_set_find (trestle_report_choice_get_key (choice)) : NULL;
}

/* --- Which day ------------------------------------------------------------------------------ */

/* The last month that AWS has, or one so many before it. */
static GDateTime *
ready_month (guint before)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (trestle_clock_now () / TRESTLE_SECOND);
  g_autoptr (GDateTime) first = g_date_time_new_utc (g_date_time_get_year (now),
                                                     g_date_time_get_month (now), 1, 0, 0, 0);
  int back = g_date_time_get_day_of_month (now) >= MONTH_READY ? 1 : 2;

  return g_date_time_add_months (first, -back - (int) before);
}

static GDateTime *
chosen_day (TrestleReportOrderDialog *self)
{
  g_autoptr (GDateTime) shown = gtk_calendar_get_date (self->calendar);

  return g_date_time_new_utc (g_date_time_get_year (shown), g_date_time_get_month (shown),
                              g_date_time_get_day_of_month (shown), 0, 0, 0);
}

/* AWS names a set by the day on which it comes out. */
static gint64
publication_date (TrestleReportOrderDialog *self, const TrestleDataSet *set)
{
  g_autoptr (GDateTime) chosen = set->period == TRESTLE_DATA_SET_MONTH
                                     ? ready_month (adw_combo_row_get_selected (self->month))
                                     : chosen_day (self);
  g_autoptr (GDateTime) moved = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (set->period == TRESTLE_DATA_SET_MONTH)
    {
      moved = g_date_time_add_months (chosen, 1);
      date = g_date_time_add_days (moved, MONTH_READY - 1);
    }
  else
    date = g_date_time_add_days (chosen, set->period == TRESTLE_DATA_SET_DAY ? 1 : 0);
  return g_date_time_to_unix_usec (date);
}

static const char *
day_title (const TrestleDataSet *set)
{
  switch (set->period)
    {
    case TRESTLE_DATA_SET_PAID:
      return _ ("Last Disbursement Before");
    case TRESTLE_DATA_SET_STANDING:
      return _ ("As It Stood On");
    case TRESTLE_DATA_SET_DAY:
    case TRESTLE_DATA_SET_MONTH:
    default:
      return _ ("Day");
    }
}

static void
show_day (TrestleReportOrderDialog *self)
{
  g_autoptr (GDateTime) day = chosen_day (self);
  /* Translators: a day with its month and year */
  g_autofree char *text = g_date_time_format (day, _ ("%-d %B %Y"));

  adw_action_row_set_subtitle (self->day, text);
}

/* --- The form ------------------------------------------------------------------------------- */

static gboolean
is_bucket (const char *name)
{
  gsize length = strlen (name);

  return length >= 3 && length <= 63
         && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == length;
}

static gboolean
is_arn (const char *text, const char *pattern)
{
  return g_regex_match_simple (pattern, text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
}

/* What AWS would not take; said before anything is sent. */
static const char *
find_problem (TrestleReportOrderDialog *self)
{
  const TrestleDataSet *set = get_set (self);

  if (!is_bucket (gtk_editable_get_text (self->bucket)))
    return _ ("A bucket’s name has 3 to 63 small letters, digits, dots and dashes.");
  if (!is_arn (gtk_editable_get_text (self->role), "^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$"))
    return _ ("A role’s ARN looks like arn:aws:iam::123456789012:role/"
              "MarketplaceCommerceAnalyticsRole.");
  if (!is_arn (gtk_editable_get_text (self->topic), "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:.+$"))
    return _ ("AWS takes no order without a topic. Its ARN looks like "
              "arn:aws:sns:us-east-1:123456789012:reports.");
  if (set != NULL && publication_date (self, set) > trestle_clock_now ())
    return _ ("AWS does not have this day yet: a day’s set comes out on the day after it.");
  return NULL;
}

static void
on_changed (TrestleReportOrderDialog *self)
{
  const char *problem = self->filled ? find_problem (self) : NULL;
  gboolean busy = trestle_reports_get_task (self->reports) != NULL;

  if (busy)
    trestle_finding_strip_set_words (self->problem, TRESTLE_TONE_ACCENT,
                                     _ ("Something is being read"),
                                     _ ("A data set can be ordered when that is done."));
  else
    trestle_finding_strip_set_words (self->problem, TRESTLE_TONE_WARNING,
                                     problem != NULL ? _ ("It cannot be ordered so") : NULL,
                                     problem);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "order.send",
      self->filled && problem == NULL && !busy
          && g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "form") == 0);
}

static void
on_set_changed (TrestleReportOrderDialog *self)
{
  const TrestleDataSet *set = get_set (self);
  g_autofree char *text = NULL;

  if (set == NULL || self->reports == NULL)
    return;
  /* Translators: a report, AWS's own name of a data set */
  text = g_strdup_printf (_ ("Is read into the report “%s”. AWS calls it %s."),
                          _ (trestle_report_info (set->report)->title), set->name);
  adw_preferences_group_set_description (self->what, text);
  gtk_widget_set_visible (GTK_WIDGET (self->month), set->period == TRESTLE_DATA_SET_MONTH);
  gtk_widget_set_visible (GTK_WIDGET (self->day), set->period != TRESTLE_DATA_SET_MONTH);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->day), day_title (set));
  trestle_finding_strip_set_words (
      self->known, TRESTLE_TONE_ACCENT,
      trestle_report_ordering_has_feed (self->reports, set) ? _ ("The data feed says it already")
                                                            : NULL,
      _ ("The report goes by the feed. The set is read, and counts once no feed is there."));
  on_changed (self);
}

static void
on_day_selected (TrestleReportOrderDialog *self)
{
  show_day (self);
  gtk_popover_popdown (self->day_popover);
  if (self->reports != NULL)
    on_changed (self);
}

static void
fill_menu (GtkMenuButton *button, const char *action, const char *const *choices)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (choices[i], NULL);

      g_menu_item_set_action_and_target (item, action, "s", choices[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (button), choices != NULL && choices[0] != NULL);
}

static void
set_text (GtkEditable *entry, const char *text)
{
  gtk_editable_set_text (entry, text != NULL ? text : "");
}

static void
on_suggested (gpointer owner, const GValue *value, const GError *error)
{
  TrestleReportOrderDialog *self = owner;
  TrestleReportTarget *target;

  self->filled = TRUE;
  if (error != NULL)
    {
      g_autoptr (TrestleProblem)
          problem = trestle_problem_new (_ ("look what the account has"), error);

      on_changed (self);
      trestle_finding_strip_set_words (self->problem, TRESTLE_TONE_WARNING, problem->title,
                                       problem->body);
      return;
    }
  target = g_value_get_object (value);
  set_text (self->bucket, trestle_report_target_get_bucket (target));
  set_text (self->prefix, trestle_report_target_get_prefix (target));
  set_text (self->role, trestle_report_target_get_role (target));
  set_text (self->topic, trestle_report_target_get_topic (target));
  fill_menu (self->bucket_menu, "order.bucket", trestle_report_target_get_buckets (target));
  fill_menu (self->role_menu, "order.role", trestle_report_target_get_roles (target));
  on_changed (self);
}

static void
bucket_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReportOrderDialog *self = TRESTLE_REPORT_ORDER_DIALOG (widget);
  const char *bucket = g_variant_get_string (parameter, NULL);
  gboolean feeds = g_strcmp0 (bucket, trestle_reports_get_bucket (self->reports)) == 0;

  set_text (self->bucket, bucket);
  /* The prefix belongs to the bucket. */
  set_text (self->prefix, feeds ? trestle_reports_get_prefix (self->reports) : NULL);
}

static void
role_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_text (TRESTLE_REPORT_ORDER_DIALOG (widget)->role, g_variant_get_string (parameter, NULL));
}

/* --- The order ------------------------------------------------------------------------------ */

static void
show_page (TrestleReportOrderDialog *self, const char *name)
{
  gboolean form = g_str_equal (name, "form");

  gtk_stack_set_visible_child_name (self->pages, name);
  gtk_widget_set_visible (self->cancel_button, form);
  gtk_widget_set_visible (self->order_button, form);
  gtk_widget_set_visible (self->close_button, !form);
  gtk_widget_set_visible (self->back_button, FALSE);
  on_changed (self);
}

static void
send_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleReportOrderDialog *self = TRESTLE_REPORT_ORDER_DIALOG (widget);
  const TrestleDataSet *set = get_set (self);
  g_autoptr (TrestleReportTarget) target = g_object_new (
      TRESTLE_TYPE_REPORT_TARGET, "bucket", gtk_editable_get_text (self->bucket), "prefix",
      gtk_editable_get_text (self->prefix), "role", gtk_editable_get_text (self->role), "topic",
      gtk_editable_get_text (self->topic), NULL);
  g_autoptr (TrestleTask) task = NULL;

  task = trestle_reports_order (self->reports, set->name, publication_date (self, set), target);
  show_page (self, "order");
  trestle_report_ordering_follow (self->ordering, self->reports, set, task);
}

static void
on_ended (TrestleReportOrderDialog *self)
{
  gtk_widget_set_visible (self->back_button, TRUE);
}

static void
on_show_report (TrestleReportOrderDialog *self, const char *report)
{
  g_signal_emit (self, signals[SHOW_REPORT], 0, report);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_back (TrestleReportOrderDialog *self)
{
  show_page (self, "form");
  on_set_changed (self);
}

static void
on_close (TrestleReportOrderDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* --- The class ------------------------------------------------------------------------------ */

static void
trestle_report_order_dialog_dispose (GObject *object)
{
  TrestleReportOrderDialog *self = TRESTLE_REPORT_ORDER_DIALOG (object);

  dex_clear (&self->suggesting);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_REPORT_ORDER_DIALOG);
  g_clear_object (&self->reports);
  G_OBJECT_CLASS (trestle_report_order_dialog_parent_class)->dispose (object);
}

#define BIND(child)                                                                                \
  gtk_widget_class_bind_template_child (widget_class, TrestleReportOrderDialog, child)
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
trestle_report_order_dialog_class_init (TrestleReportOrderDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_REPORT_ORDERING);
  G_OBJECT_CLASS (klass)->dispose = trestle_report_order_dialog_dispose;
  signals[SHOW_REPORT] = g_signal_new ("show-report", TRESTLE_TYPE_REPORT_ORDER_DIALOG,
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/reports/trestle-report-order-dialog.ui");
  BIND (cancel_button);
  BIND (back_button);
  BIND (order_button);
  BIND (close_button);
  BIND (pages);
  BIND (what);
  BIND (set);
  BIND (month);
  BIND (day);
  BIND (day_popover);
  BIND (calendar);
  BIND (known);
  BIND (bucket);
  BIND (bucket_menu);
  BIND (prefix);
  BIND (role);
  BIND (role_menu);
  BIND (topic);
  BIND (problem);
  BIND (ordering);
  CALLBACK (on_set_changed);
  CALLBACK (on_changed);
  CALLBACK (on_day_selected);
  CALLBACK (on_back);
  CALLBACK (on_close);
  CALLBACK (on_ended);
  CALLBACK (on_show_report);
  gtk_widget_class_install_action (widget_class, "order.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "order.bucket", "s", bucket_action);
  gtk_widget_class_install_action (widget_class, "order.role", "s", role_action);
}

static void
trestle_report_order_dialog_init (TrestleReportOrderDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_fixed (TrestleReportOrderDialog *self)
{
  g_autoptr (GListStore) sets = g_list_store_new (TRESTLE_TYPE_REPORT_CHOICE);
  g_autoptr (GtkExpression)
      label = gtk_property_expression_new (TRESTLE_TYPE_REPORT_CHOICE, NULL, "label");
  g_autoptr (GtkStringList) months = gtk_string_list_new (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (trestle_clock_now () / TRESTLE_SECOND);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, -DAYS_READY);
  const TrestleDataSet *set;

  for (guint i = 0; (set = trestle_data_set_nth (i)) != NULL; i++)
    {
      g_autoptr (TrestleReportChoice) choice = NULL;

      if (set->unread != NULL)
        continue;
      choice = g_object_new (TRESTLE_TYPE_REPORT_CHOICE, "key", set->name, "label", _ (set->title),
                             NULL);
      g_list_store_append (sets, choice);
    }
  for (guint i = 0; i < N_MONTHS; i++)
    {
      g_autoptr (GDateTime) month = ready_month (i);
      g_autofree char *text = g_date_time_format (month, "%B %Y");

      gtk_string_list_append (months, text);
    }
  adw_combo_row_set_model (self->month, G_LIST_MODEL (months));
  gtk_calendar_select_day (self->calendar, day);
  show_day (self);
  adw_combo_row_set_expression (self->set, label);
  adw_combo_row_set_model (self->set, G_LIST_MODEL (sets));
}

AdwDialog *
trestle_report_order_dialog_new (TrestleReports *reports)
{
  TrestleReportOrderDialog *self = g_object_new (TRESTLE_TYPE_REPORT_ORDER_DIALOG, NULL);

  self->reports = g_object_ref (reports);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "order.send", FALSE);
  fill_menu (self->bucket_menu, "order.bucket", NULL);
  fill_menu (self->role_menu, "order.role", NULL);
  fill_fixed (self);
  trestle_report_order_dialog_choose (self, "monthly_revenue_billing_and_revenue_data");
  on_set_changed (self);
  g_signal_connect_object (reports, "notify::task", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  trestle_watch (self, &self->suggesting, trestle_reports_suggest_target (reports), on_suggested);
  return ADW_DIALOG (self);
}

void
trestle_report_order_dialog_choose (TrestleReportOrderDialog *self, const char *set)
{
  GListModel *sets = adw_combo_row_get_model (self->set);

  g_return_if_fail (TRESTLE_IS_REPORT_ORDER_DIALOG (self));

  for (guint i = 0; i < g_list_model_get_n_items (sets); i++)
    {
      g_autoptr (TrestleReportChoice) choice = g_list_model_get_item (sets, i);

      if (g_str_equal (trestle_report_choice_get_key (choice), set))
        adw_combo_row_set_selected (self->set, i);
    }
}

gboolean
trestle_report_order_dialog_has_result (TrestleReportOrderDialog *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_ORDER_DIALOG (self), FALSE);
  return gtk_widget_get_visible (self->back_button);
}
