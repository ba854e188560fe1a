/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include <glib/gi18n.h>

#include "reports/trestle-report-figure.h"
#include "reports/trestle-report-parts.h"
#include "reports/trestle-report-swatch.h"
#include "reports/trestle-report-words.h"
#include "reports/trestle-reports-page-private.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-format.h"

#define FIRST_ALARMS 1

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* --- Figures -------------------------------------------------------------------------------- */

static const char *
compared_with (TrestleReportsPage *self)
{
  switch (trestle_report_query_get_compare (trestle_report_get_query (self->report)))
    {
    case TRESTLE_REPORT_COMPARE_BEFORE:
      return _ ("on the period before");
    case TRESTLE_REPORT_COMPARE_YEAR:
      return _ ("on a year before");
    case TRESTLE_REPORT_COMPARE_NONE:
    default:
      return NULL;
    }
}

/* "72 % of the total" of what is a part of the main column. */
static char *
dup_share (TrestleReportRow *total, const TrestleReportInfo *info, guint column)
{
  TrestleDecimal whole = trestle_report_row_get_value (total, info->main) / 100;
  TrestleDecimal part = trestle_report_row_get_value (total, column);

  if (((info->parts >> column) & 1) == 0 || whole <= 0 || part < 0)
    return NULL;
  /* Translators: a share of a sum */
  return g_strdup_printf (_ ("%u %% of the total"), (guint) ((part + whole / 2) / whole));
}

static void
add_figure (TrestleReportsPage *self, TrestleReportRow *total, guint column, const char *caption)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  g_autofree char *value = trestle_report_format (trestle_report_row_get_value (total, column),
                                                  info->columns[column].measure,
                                                  trestle_report_row_get_currency (total));
  g_autofree char *change = trestle_report_row_dup_change (total, column);
  g_autofree char *note = NULL;

  if (change != NULL && compared_with (self) != NULL)
    note = g_strdup_printf ("%s %s", change, compared_with (self));
  else
    note = dup_share (total, info, column);
  gtk_box_append (self->figures, trestle_report_figure_new (caption, value, note));
}

/* A sum, then what it is made of, then the rest, in the columns' order. */
static void
add_figures (TrestleReportsPage *self, TrestleReportRow *total)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);

  if (info->parts != 0)
    add_figure (self, total, info->main, _ (info->columns[info->main].title));
  for (guint turn = info->parts != 0 ? 0 : 1; turn < 2; turn++)
    for (guint c = 0; c < info->n_columns; c++)
      if (((info->parts >> c) & 1) == (turn == 0) && (info->parts == 0 || c != info->main)
          && trestle_report_has_column (self->report, c)
          && !trestle_report_is_empty (self->report, c))
        add_figure (self, total, c, _ (info->columns[c].title));
}

/* All columns of one currency, or the main one of each. */
static void
show_figures (TrestleReportsPage *self)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  GListModel *totals = trestle_report_get_totals (self->report);
  guint n = g_list_model_get_n_items (totals);

  clear_box (GTK_WIDGET (self->figures));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleReportRow) total = g_list_model_get_item (totals, i);
      const char *currency = trestle_report_row_get_currency (total);

      if (n == 1)
        add_figures (self, total);
      if (n > 1)
        {
          g_autofree char *caption = g_strdup_printf (
              "%s · %s", _ (info->columns[info->main].title), currency);

          add_figure (self, total, info->main, caption);
        }
    }
  gtk_widget_set_visible (
      gtk_widget_get_ancestor (GTK_WIDGET (self->figures), GTK_TYPE_SCROLLED_WINDOW), n > 0);
}

/* --- Legend and chart ----------------------------------------------------------------------- */

static void
show_legend (TrestleReportsPage *self)
{
  TrestleReportParts parts = trestle_report_parts_of (self->report);
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->legend))) != NULL)
    adw_wrap_box_remove (self->legend, old);
  for (guint i = 0; parts.n > 1 && i < parts.n; i++)
    {
      g_autofree char *label = trestle_report_parts_dup_label (&parts, i);

      adw_wrap_box_append (self->legend, trestle_report_swatch_new (
                                             trestle_report_parts_get_series (&parts, i), label));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->legend), parts.n > 1);
}

/* The only currency that rows are in; NULL where there are several. */
static char *
dup_only_currency (TrestleReport *report)
{
  GListModel *totals = trestle_report_get_totals (report);
  g_autoptr (TrestleReportRow) only = g_list_model_get_item (totals, 0);

  return g_list_model_get_n_items (totals) == 1 ? g_strdup (trestle_report_row_get_currency (only))
                                                : NULL;
}

static void
show_chart (TrestleReportsPage *self)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  g_autofree char *currency = dup_only_currency (self->report);
  const char *group = _ (trestle_report_group_get_title (trestle_report_get_group (self->report)));
  g_autofree char *heading = NULL;
  gboolean drawn;

  /* Translators: "Billed by Month" */
  heading = g_strdup_printf (_ ("%s by %s"), _ (info->columns[info->main].title), group);
  gtk_label_set_label (self->heading, heading);
  trestle_report_chart_set_report (self->chart, self->report, currency);
  drawn = trestle_report_chart_get_n_drawn (self->chart) > 0;
  gtk_widget_set_visible (GTK_WIDGET (self->chart), drawn);
  gtk_widget_set_visible (GTK_WIDGET (self->legend),
                          drawn && gtk_widget_get_visible (GTK_WIDGET (self->legend)));
  gtk_label_set_label (
      self->chart_note,
      g_list_model_get_n_items (trestle_report_get_totals (self->report)) == 0
          ? _ ("There is nothing in this period. Choose a longer one, or fewer filters.")
          : _ ("Amounts of several currencies are not drawn together: choose one."));
  gtk_widget_set_visible (GTK_WIDGET (self->chart_note), !drawn);
}

/* Lying bars need less than the whole width; a table of many columns needs it. */
void
trestle_reports_page_arrange (TrestleReportsPage *self)
{
  AdwBreakpointBin *bin = ADW_BREAKPOINT_BIN (
      adw_navigation_page_get_child (ADW_NAVIGATION_PAGE (self)));
  gboolean beside = self->report != NULL && trestle_report_get_info (self->report)->parts != 0
                    && !trestle_report_group_is_time (trestle_report_get_group (self->report))
                    && adw_breakpoint_bin_get_current_breakpoint (bin) == NULL
                    && trestle_report_chart_get_n_drawn (self->chart) > 0;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body),
                                  beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  g_object_set (self->table, "beside", beside, NULL);
  gtk_widget_set_valign (self->drawing, beside ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  if (beside)
    gtk_widget_add_css_class (self->drawing, "card");
  else
    gtk_widget_remove_css_class (self->drawing, "card");
}

/* --- Alarms --------------------------------------------------------------------------------- */

static void
on_show_rows (TrestleFindingStrip *strip, TrestleReportsPage *self)
{
  TrestleReportAlarm *alarm = g_object_get_data (G_OBJECT (strip), "alarm");
  const char *rule = trestle_report_alarm_get_rule (alarm);
  const char *product = trestle_report_alarm_get_product (alarm);
  const char *buyer = trestle_report_alarm_get_buyer (alarm);

  self->filling = TRUE;
  trestle_reports_page_choose (self->product, product != NULL ? product : "");
  trestle_reports_page_choose (self->buyer, buyer != NULL ? buyer : "");
  if (product == NULL && buyer == NULL)
    trestle_reports_page_choose (self->currency, "");
  self->filling = FALSE;
  trestle_reports_page_set_kind (
      self, g_str_has_prefix (rule, "usage")          ? TRESTLE_REPORT_KIND_DAILY_USAGE
            : g_str_has_prefix (rule, "disbursement") ? TRESTLE_REPORT_KIND_DISBURSEMENT
            : g_str_has_prefix (rule, "payment")      ? TRESTLE_REPORT_KIND_COLLECTED
                                                      : TRESTLE_REPORT_KIND_BILLED_REVENUE);
}

static void show_alarms (TrestleReportsPage *self);

static void
on_all_alarms (TrestleReportsPage *self)
{
  self->all_alarms = TRUE;
  show_alarms (self);
}

static void
show_alarms (TrestleReportsPage *self)
{
  GListModel *alarms = trestle_report_get_alarms (self->report);
  guint n = g_list_model_get_n_items (alarms);
  guint shown = self->all_alarms ? n : MIN (n, FIRST_ALARMS);

  clear_box (GTK_WIDGET (self->alarms));
  for (guint i = 0; i < shown; i++)
    {
      g_autoptr (TrestleReportAlarm) alarm = g_list_model_get_item (alarms, i);
      GtkWidget *strip = g_object_new (TRESTLE_TYPE_FINDING_STRIP, "action-label", _ ("Show Rows"),
                                       NULL);

      trestle_finding_strip_set_words (TRESTLE_FINDING_STRIP (strip), TRESTLE_TONE_WARNING,
                                       trestle_report_alarm_get_title (alarm),
                                       trestle_report_alarm_get_detail (alarm));
      g_object_set_data_full (G_OBJECT (strip), "alarm", g_steal_pointer (&alarm), g_object_unref);
      g_signal_connect (strip, "activated", G_CALLBACK (on_show_rows), self);
      gtk_box_append (self->alarms, strip);
    }
  if (n > shown)
    {
      g_autofree char *text = g_strdup_printf (
          g_dngettext (NULL, "%u _More to Look At", "%u _More to Look At", n - shown), n - shown);
      GtkWidget *button = gtk_button_new_with_mnemonic (text);

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_add_css_class (button, "flat");
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_all_alarms), self);
      gtk_box_append (self->alarms, button);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->alarms), n > 0);
}

static void
show_foot (TrestleReportsPage *self)
{
  g_autofree char *facts = trestle_format_count (trestle_report_get_n_facts (self->report));
  g_autofree char *read = trestle_format_today (trestle_reports_get_read (self->reports));
  const char *bucket = trestle_reports_get_bucket (self->reports);
  const char *notice = trestle_reports_get_notice (self->reports);
  g_autofree char *text = NULL;

  if (notice != NULL)
    text = g_strdup (notice);
  else if (bucket != NULL)
    /* Translators: count of rows, bucket, time: "Today 16:42" */
    text = g_strdup_printf (
        _ ("%s rows of the data feeds in %s, kept on this computer. Last read: %s"), facts, bucket,
        read);
  else
    text = g_strdup_printf (_ ("%s rows of data feeds, kept on this computer. Last read: %s"),
                            facts, read);
  gtk_label_set_label (self->foot, text);
}

void
trestle_reports_page_present (TrestleReportsPage *self)
{
  gtk_stack_set_visible_child_name (self->pages, "report");
  show_alarms (self);
  show_figures (self);
  show_legend (self);
  show_chart (self);
  trestle_reports_page_arrange (self);
  trestle_report_table_set_report (self->table, self->report);
  gtk_widget_set_visible (GTK_WIDGET (self->table),
                          g_list_model_get_n_items (trestle_report_get_rows (self->report)) > 0);
  gtk_widget_set_visible (self->search,
                          g_list_model_get_n_items (trestle_report_get_rows (self->report)) > 12);
  show_foot (self);
}
