/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "reports/trestle-reports-page-private.h"

#include <glib/gi18n.h>

#include "reports/trestle-report-words.h"
#include "widgets/trestle-watch.h"

G_DEFINE_FINAL_TYPE (TrestleReportsPage, trestle_reports_page, ADW_TYPE_NAVIGATION_PAGE)

/* In the order of the toggles, in short words. */
static const struct
{
  TrestleReportKind kind;
  const char *label;
} kinds[] = {
  { TRESTLE_REPORT_KIND_BILLED_REVENUE, N_ ("Revenue") },
  { TRESTLE_REPORT_KIND_COLLECTED, N_ ("Collected") },
  { TRESTLE_REPORT_KIND_DAILY_USAGE, N_ ("Usage") },
  { TRESTLE_REPORT_KIND_SUBSCRIBERS, N_ ("Subscribers") },
  { TRESTLE_REPORT_KIND_DISBURSEMENT, N_ ("Disbursement") },
  { TRESTLE_REPORT_KIND_TAX, N_ ("Tax") },
  { TRESTLE_REPORT_KIND_REF_TAGS, N_ ("Ref Tags") },
};

/* Months from the running one: the first, and the one after the last. */
static const struct
{
  const char *label;
  int from;
  int to;
} periods[] = {
  { N_ ("Last 12 Months"), -11, 1 }, { N_ ("Last 6 Months"), -5, 1 },
  { N_ ("Last 3 Months"), -2, 1 },   { N_ ("This Month"), 0, 1 },
  { N_ ("Last Month"), -1, 0 },      { N_ ("12 Months Before"), -23, -11 },
  { N_ ("Everything"), 0, 0 },
};

const char *
trestle_reports_page_get_choice (GtkDropDown *list)
{
  TrestleReportChoice *choice = gtk_drop_down_get_selected_item (list);
  const char *key = choice != NULL ? trestle_report_choice_get_key (choice) : NULL;

  return key != NULL && *key != '\0' ? key : NULL;
}

void
trestle_reports_page_choose (GtkDropDown *list, const char *key)
{
  GListModel *model = gtk_drop_down_get_model (list);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (TrestleReportChoice) choice = g_list_model_get_item (model, i);

      if (g_strcmp0 (trestle_report_choice_get_key (choice), key) == 0)
        gtk_drop_down_set_selected (list, i);
    }
}

/* --- Asking --------------------------------------------------------------------------------- */

static gint64
month_from_now (int months)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) first = g_date_time_new_utc (g_date_time_get_year (now),
                                                     g_date_time_get_month (now), 1, 0, 0, 0);
  g_autoptr (GDateTime) month = g_date_time_add_months (first, months);

  return g_date_time_to_unix_usec (month);
}

static TrestleReportQuery *
make_query (TrestleReportsPage *self)
{
  guint period = MIN (gtk_drop_down_get_selected (self->period), G_N_ELEMENTS (periods) - 1);
  gboolean all = periods[period].from == periods[period].to;
  const char *const products[] = { trestle_reports_page_get_choice (self->product), NULL };
  const char *const buyers[] = { trestle_reports_page_get_choice (self->buyer), NULL };
  const char *const countries[] = { trestle_reports_page_get_choice (self->country), NULL };
  guint compare = gtk_drop_down_get_selected (self->compare);

  return g_object_new (
      TRESTLE_TYPE_REPORT_QUERY, "kind", self->kind, "group", self->group, "split",
      trestle_report_group_is_time (self->group) && self->kind != TRESTLE_REPORT_KIND_TAX
          ? TRESTLE_REPORT_GROUP_PRODUCT
          : TRESTLE_REPORT_GROUP_NONE,
      "from", all ? (gint64) 0 : month_from_now (periods[period].from), "to",
      all ? (gint64) 0 : month_from_now (periods[period].to), "products",
      products[0] != NULL ? products : NULL, "buyers", buyers[0] != NULL ? buyers : NULL,
      "countries", countries[0] != NULL ? countries : NULL, "currency",
      self->kind != TRESTLE_REPORT_KIND_SUBSCRIBERS
          ? trestle_reports_page_get_choice (self->currency)
          : NULL,
      "compare", MIN (compare, (guint) TRESTLE_REPORT_COMPARE_YEAR), NULL);
}

/* All, then what there is; what was chosen stays so, and stays there even where nothing is of it. The model
 * stays as well: the list may be telling of a choice at this very time, and would lose what tells. */
static void
fill_choices (GtkDropDown *list, const char *all, GListModel *choices)
{
  GListStore *store = G_LIST_STORE (gtk_drop_down_get_model (list));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TrestleReportChoice)
      first = g_object_new (TRESTLE_TYPE_REPORT_CHOICE, "key", "", "label", all, NULL);
  TrestleReportChoice *selected = gtk_drop_down_get_selected_item (list);
  g_autoptr (TrestleReportChoice) chosen = selected != NULL ? g_object_ref (selected) : NULL;
  gboolean there = trestle_reports_page_get_choice (list) == NULL;

  g_ptr_array_add (items, g_object_ref (first));
  for (guint i = 0; choices != NULL && i < g_list_model_get_n_items (choices); i++)
    {
      TrestleReportChoice *choice = g_list_model_get_item (choices, i);

      g_ptr_array_add (items, choice);
      there |= g_strcmp0 (trestle_report_choice_get_key (choice),
                          chosen != NULL ? trestle_report_choice_get_key (chosen) : NULL)
               == 0;
    }
  if (!there)
    g_ptr_array_add (items, g_object_ref (chosen));
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata,
                       items->len);
  trestle_reports_page_choose (list, chosen != NULL ? trestle_report_choice_get_key (chosen) : "");
}

static void
fill_filters (TrestleReportsPage *self)
{
  GListModel *currencies = trestle_report_get_choices (self->report, TRESTLE_REPORT_GROUP_NONE);
  guint n = g_list_model_get_n_items (currencies);

  self->filling = TRUE;
  fill_choices (self->product, _ ("All Products"),
                trestle_report_get_choices (self->report, TRESTLE_REPORT_GROUP_PRODUCT));
  fill_choices (self->buyer, _ ("All Buyers"),
                trestle_report_get_choices (self->report, TRESTLE_REPORT_GROUP_BUYER));
  fill_choices (self->country, _ ("All Countries"),
                trestle_report_get_choices (self->report, TRESTLE_REPORT_GROUP_COUNTRY));
  fill_choices (self->currency, _ ("All Currencies"), currencies);
  if (!self->asked && n > 1)
    trestle_reports_page_choose (self->currency, "USD");
  gtk_widget_set_visible (GTK_WIDGET (self->currency),
                          n > 1 && self->kind != TRESTLE_REPORT_KIND_SUBSCRIBERS);
  self->filling = FALSE;
}

static void
on_report (gpointer owner, const GValue *value, const GError *error)
{
  TrestleReportsPage *self = owner;
  gboolean chosen;

  if (error != NULL)
    {
      trestle_page_state_fail (self->state, _ ("work out the report"), error);
      return;
    }
  g_set_object (&self->report, g_value_get_object (value));
  fill_filters (self);
  chosen = !self->asked && trestle_reports_page_get_choice (self->currency) != NULL;
  self->asked = TRUE;
  if (chosen)
    {
      trestle_reports_page_ask (self);
      return;
    }
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  trestle_reports_page_present (self);
}

static void
show_ended (TrestleReportsPage *self, const TrestleReportInfo *info)
{
  dex_clear (&self->asking);
  gtk_label_set_label (self->ended_text, _ (info->ended));
  gtk_stack_set_visible_child_name (self->pages, "ended");
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
}

void
trestle_reports_page_ask (TrestleReportsPage *self)
{
  const TrestleReportInfo *info = trestle_report_info (self->kind);
  g_autoptr (TrestleReportQuery) query = NULL;

  gtk_widget_set_sensitive (self->export_button, info->ended == NULL);
  if (info->ended != NULL)
    {
      show_ended (self, info);
      return;
    }
  if (self->report == NULL)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  query = make_query (self);
  trestle_watch (self, &self->asking, trestle_reports_query (self->reports, query), on_report);
}

void
trestle_reports_page_update (TrestleReportsPage *self)
{
  guint n = g_list_model_get_n_items (trestle_reports_get_parts (self->reports));
  const char *bucket = trestle_reports_get_bucket (self->reports);
  g_autofree char *text = NULL;

  if (!trestle_reports_is_loaded (self->reports))
    {
      trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
      return;
    }
  if (n > 0 || trestle_report_info (self->kind)->ended != NULL)
    {
      trestle_reports_page_ask (self);
      return;
    }
  text =
      bucket != NULL
          ? g_strdup_printf (_ ("AWS delivers the seller’s data feeds to the bucket %s each day. "
                                "They are read once, kept on this computer and added up here."),
                             bucket)
          : g_strdup (_ ("AWS delivers the seller’s data feeds to a bucket of yours, once you have "
                         "subscribed to them in the AWS Marketplace Management Portal. Say which "
                         "one it is, or read them from a folder."));
  gtk_label_set_label (self->empty_text, text);
  gtk_widget_set_visible (self->read_button, bucket != NULL);
  gtk_widget_set_visible (self->place_button, bucket == NULL);
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_EMPTY);
}

/* --- Report and rows ------------------------------------------------------------------------ */

static void
fill_groups (TrestleReportsPage *self)
{
  const TrestleReportInfo *info = trestle_report_info (self->kind);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint at = 0;

  self->filling = TRUE;
  adw_toggle_group_remove_all (self->groups);
  for (TrestleReportGroup group = TRESTLE_REPORT_GROUP_MONTH;
       group <= TRESTLE_REPORT_GROUP_JURISDICTION; group++)
    {
      AdwToggle *toggle;
      g_autofree char *name = g_strdup_printf ("%u", (guint) group);

      if (!trestle_report_info_has_group (info, group))
        continue;
      toggle = adw_toggle_new ();
      adw_toggle_set_name (toggle, name);
      adw_toggle_set_label (toggle, _ (trestle_report_group_get_title (group)));
      adw_toggle_group_add (self->groups, toggle);
      if (group == self->group)
        at = g_list_model_get_n_items (G_LIST_MODEL (list));
      gtk_string_list_append (list, _ (trestle_report_group_get_title (group)));
      if (group == self->group)
        adw_toggle_group_set_active_name (self->groups, name);
    }
  gtk_drop_down_set_model (self->group_list, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->group_list, at);
  self->filling = FALSE;
}

/* The groups of a report, counted as the lists have them. */
static TrestleReportGroup
nth_group (TrestleReportsPage *self, guint n)
{
  const TrestleReportInfo *info = trestle_report_info (self->kind);

  for (TrestleReportGroup group = TRESTLE_REPORT_GROUP_MONTH;
       group <= TRESTLE_REPORT_GROUP_JURISDICTION; group++)
    if (trestle_report_info_has_group (info, group) && n-- == 0)
      return group;
  return info->group;
}

static void
set_group (TrestleReportsPage *self, TrestleReportGroup group)
{
  if (self->filling || group == self->group)
    return;
  self->group = group;
  fill_groups (self);
  trestle_reports_page_ask (self);
}

void
trestle_reports_page_set_kind (TrestleReportsPage *self, TrestleReportKind kind)
{
  const TrestleReportInfo *info = trestle_report_info (kind);

  self->kind = kind;
  if (!trestle_report_info_has_group (info, self->group))
    self->group = trestle_report_info_has_group (info, TRESTLE_REPORT_GROUP_MONTH)
                      ? TRESTLE_REPORT_GROUP_MONTH
                      : info->group;
  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      {
        adw_toggle_group_set_active (self->kinds, i);
        gtk_drop_down_set_selected (self->kind_list, i);
      }
  self->filling = FALSE;
  fill_groups (self);
  trestle_reports_page_update (self);
}

static void
on_breakpoint (TrestleReportsPage *self)
{
  if (self->report != NULL && self->body != NULL)
    trestle_reports_page_arrange (self);
}

static void
on_kind_toggled (TrestleReportsPage *self)
{
  guint n = adw_toggle_group_get_active (self->kinds);

  if (!self->filling && n < G_N_ELEMENTS (kinds) && kinds[n].kind != self->kind)
    trestle_reports_page_set_kind (self, kinds[n].kind);
}

static void
on_kind_selected (TrestleReportsPage *self)
{
  guint n = gtk_drop_down_get_selected (self->kind_list);

  if (!self->filling && n < G_N_ELEMENTS (kinds) && kinds[n].kind != self->kind)
    trestle_reports_page_set_kind (self, kinds[n].kind);
}

static void
on_group_toggled (TrestleReportsPage *self)
{
  if (!self->filling)
    set_group (self, nth_group (self, adw_toggle_group_get_active (self->groups)));
}

static void
on_group_selected (TrestleReportsPage *self)
{
  if (!self->filling)
    set_group (self, nth_group (self, gtk_drop_down_get_selected (self->group_list)));
}

static void
on_filter_changed (TrestleReportsPage *self)
{
  if (!self->filling && self->report != NULL)
    trestle_reports_page_ask (self);
}

static void
on_search_changed (TrestleReportsPage *self)
{
  trestle_report_table_set_needle (self->table,
                                   gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
pass_selection (GObject *from, GObject *to)
{
  g_autofree char *key = NULL;
  g_autofree char *there = NULL;

  g_object_get (from, "selected", &key, NULL);
  g_object_get (to, "selected", &there, NULL);
  if (g_strcmp0 (key, there) != 0)
    g_object_set (to, "selected", key, NULL);
}

static void
on_chart_selected (TrestleReportsPage *self)
{
  pass_selection (G_OBJECT (self->chart), G_OBJECT (self->table));
}

static void
on_table_selected (TrestleReportsPage *self)
{
  pass_selection (G_OBJECT (self->table), G_OBJECT (self->chart));
}

static void
on_loaded (gpointer owner, const GValue *value, const GError *error)
{
  TrestleReportsPage *self = owner;

  if (error != NULL)
    trestle_page_state_fail (self->state, _ ("open what was read before"), error);
  else
    trestle_reports_page_update (self);
}

static void
on_retry (TrestleReportsPage *self)
{
  trestle_watch (self, &self->loading, trestle_reports_load (self->reports), on_loaded);
}

/* --- The class ------------------------------------------------------------------------------ */

static void
trestle_reports_page_dispose (GObject *object)
{
  TrestleReportsPage *self = TRESTLE_REPORTS_PAGE (object);

  dex_clear (&self->loading);
  dex_clear (&self->asking);
  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_REPORTS_PAGE);
  g_clear_object (&self->task);
  g_clear_object (&self->report);
  g_clear_object (&self->reports);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_reports_page_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, TrestleReportsPage, child)

static void
trestle_reports_page_class_init (TrestleReportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_REPORT_CHART);
  g_type_ensure (TRESTLE_TYPE_REPORT_TABLE);
  G_OBJECT_CLASS (klass)->dispose = trestle_reports_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/reports/trestle-reports-page.ui");
  BIND (kinds);
  BIND (kind_list);
  BIND (export_button);
  BIND (progress);
  BIND (progress_label);
  BIND (state);
  BIND (empty_text);
  BIND (read_button);
  BIND (place_button);
  BIND (pages);
  BIND (ended_text);
  BIND (period);
  BIND (product);
  BIND (buyer);
  BIND (country);
  BIND (currency);
  BIND (compare);
  BIND (alarms);
  BIND (figures);
  BIND (heading);
  BIND (groups);
  BIND (group_list);
  BIND (body);
  BIND (drawing);
  BIND (legend);
  BIND (chart);
  BIND (chart_note);
  BIND (search);
  BIND (table);
  BIND (foot);
  BIND (foot_end);
  gtk_widget_class_bind_template_callback (widget_class, on_breakpoint);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_group_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_group_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_chart_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_table_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  trestle_reports_page_install_actions (widget_class);
}

static void
fill_fixed (TrestleReportsPage *self)
{
  static const char *const compares[] = { N_ ("No Comparison"), N_ ("With the Period Before"),
                                          N_ ("With a Year Before") };
  GtkDropDown *choices[] = { self->product, self->buyer, self->country, self->currency };
  g_autoptr (GtkStringList) kind_names = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) period_names = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) compare_names = gtk_string_list_new (NULL);

  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_name (toggle, trestle_report_info (kinds[i].kind)->name);
      adw_toggle_set_label (toggle, _ (kinds[i].label));
      adw_toggle_group_add (self->kinds, toggle);
      gtk_string_list_append (kind_names, _ (kinds[i].label));
    }
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_string_list_append (period_names, _ (periods[i].label));
  for (guint i = 0; i < G_N_ELEMENTS (compares); i++)
    gtk_string_list_append (compare_names, _ (compares[i]));
  gtk_drop_down_set_model (self->kind_list, G_LIST_MODEL (kind_names));
  gtk_drop_down_set_model (self->period, G_LIST_MODEL (period_names));
  gtk_drop_down_set_model (self->compare, G_LIST_MODEL (compare_names));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (GtkExpression)
          label = gtk_property_expression_new (TRESTLE_TYPE_REPORT_CHOICE, NULL, "label");
      g_autoptr (GListStore) store = g_list_store_new (TRESTLE_TYPE_REPORT_CHOICE);

      gtk_drop_down_set_expression (choices[i], label);
      gtk_drop_down_set_model (choices[i], G_LIST_MODEL (store));
    }
  self->filling = FALSE;
}

static void
trestle_reports_page_init (TrestleReportsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->group = TRESTLE_REPORT_GROUP_MONTH;
  fill_fixed (self);
}

GtkWidget *
trestle_reports_page_new (TrestleSession *session)
{
  TrestleReportsPage *self = g_object_new (TRESTLE_TYPE_REPORTS_PAGE, NULL);

  self->session = g_object_ref (session);
  self->reports = g_object_ref (trestle_session_get_reports (session));
  trestle_reports_page_set_kind (self, TRESTLE_REPORT_KIND_BILLED_REVENUE);
  g_signal_connect_object (self->reports, "changed", G_CALLBACK (trestle_reports_page_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reports, "notify::bucket",
                           G_CALLBACK (trestle_reports_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reports, "notify::task", G_CALLBACK (trestle_reports_page_follow),
                           self, G_CONNECT_SWAPPED);
  trestle_reports_page_follow (self);
  on_retry (self);
  return GTK_WIDGET (self);
}

void
trestle_reports_page_show (TrestleReportsPage *self, const char *report, TrestleReportGroup group)
{
  const TrestleReportInfo *info = trestle_report_info_find (report);

  g_return_if_fail (TRESTLE_IS_REPORTS_PAGE (self));
  g_return_if_fail (info != NULL);

  self->group = group;
  trestle_reports_page_set_kind (self, info->kind);
}

TrestleReport *
trestle_reports_page_get_report (TrestleReportsPage *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORTS_PAGE (self), NULL);
  return self->report;
}
