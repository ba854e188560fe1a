/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "base/trestle-csv.h"
#include "domain/trestle-report.h"

/* A spreadsheet takes a cell that begins so for a formula; names come from buyers. */
static void
append_name (GString *out, const char *text)
{
  g_autofree char *safe = NULL;

  if (text != NULL && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    safe = g_strconcat ("'", text, NULL);
  trestle_csv_append (out, safe != NULL ? safe : text != NULL ? text : "");
}

static void
append_value (GString *out, TrestleDecimal value, TrestleReportMeasure measure)
{
  g_autofree char *text = trestle_decimal_to_string (value,
                                                     measure == TRESTLE_REPORT_AMOUNT ? 2 : 0);

  g_string_append_c (out, ',');
  g_string_append (out, text);
}

static void
append_csv_row (GString *out, TrestleReport *self, TrestleReportRow *row, guint n_series)
{
  const TrestleReportInfo *info = trestle_report_get_info (self);
  gboolean compared = trestle_report_query_get_compare (trestle_report_get_query (self))
                      != TRESTLE_REPORT_COMPARE_NONE;

  append_name (out, trestle_report_row_get_key (row));
  g_string_append_c (out, ',');
  append_name (out, trestle_report_row_get_label (row));
  g_string_append_c (out, ',');
  append_name (out, trestle_report_row_get_detail (row));
  g_string_append_c (out, ',');
  append_name (out, trestle_report_row_get_currency (row));
  for (guint c = 0; c < info->n_columns; c++)
    {
      TrestleDecimal before;

      if (!trestle_report_has_column (self, c))
        continue;
      append_value (out, trestle_report_row_get_value (row, c), info->columns[c].measure);
      if (!compared)
        continue;
      trestle_report_row_get_before (row, c, &before);
      append_value (out, before, info->columns[c].measure);
    }
  for (guint i = 0; i < n_series; i++)
    append_value (out, trestle_report_row_get_part (row, i), info->columns[info->main].measure);
  g_string_append_c (out, '\n');
}

char *
trestle_report_to_csv (TrestleReport *self)
{
  GString *out = g_string_new ("key,name,detail,currency");
  const TrestleReportInfo *info = trestle_report_get_info (self);
  GListModel *rows = trestle_report_get_rows (self);
  GListModel *series = trestle_report_get_series (self);
  gboolean compared = trestle_report_query_get_compare (trestle_report_get_query (self))
                      != TRESTLE_REPORT_COMPARE_NONE;
  guint n_series = g_list_model_get_n_items (series);

  for (guint c = 0; c < info->n_columns; c++)
    if (trestle_report_has_column (self, c))
      g_string_append_printf (out, compared ? ",%1$s,%1$s-before" : ",%1$s", info->columns[c].name);
  for (guint i = 0; i < n_series; i++)
    {
      g_autoptr (TrestleReportChoice) one = g_list_model_get_item (series, i);

      g_string_append_c (out, ',');
      append_name (out, trestle_report_choice_get_label (one));
    }
  g_string_append_c (out, '\n');
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TrestleReportRow) row = g_list_model_get_item (rows, i);

      append_csv_row (out, self, row, n_series);
    }
  return g_string_free (out, FALSE);
}

static void G_GNUC_PRINTF (2, 3) append_html (GString *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (out, text);
}

static void
append_html_row (GString *out, TrestleReport *self, TrestleReportRow *row, const char *tag)
{
  const TrestleReportInfo *info = trestle_report_get_info (self);
  const char *detail = trestle_report_row_get_detail (row);

  append_html (out, "<tr><th scope=\"row\">%s", trestle_report_row_get_label (row));
  if (detail != NULL)
    append_html (out, " <small>%s</small>", detail);
  append_html (out, "</th><%s>%s</%s>", tag, trestle_report_row_get_currency (row), tag);
  for (guint c = 0; c < info->n_columns; c++)
    {
      g_autofree char *text = NULL;
      g_autofree char *change = NULL;

      if (!trestle_report_has_column (self, c) || trestle_report_is_empty (self, c))
        continue;
      text = trestle_report_row_dup_text (row, info, c);
      change = trestle_report_row_dup_change (row, c);
      append_html (out, "<%s class=\"n\">%s", tag, text);
      if (change != NULL)
        append_html (out, " <small>%s</small>", change);
      append_html (out, "</%s>", tag);
    }
  g_string_append (out, "</tr>\n");
}

static void
append_rows (GString *out, TrestleReport *self, GListModel *rows, const char *tag)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TrestleReportRow) row = g_list_model_get_item (rows, i);

      append_html_row (out, self, row, tag);
    }
}

static char *
dup_period (TrestleReport *self)
{
  TrestleReportQuery *query = trestle_report_get_query (self);
  gint64 from = trestle_report_query_get_from (query);
  gint64 to = trestle_report_query_get_to (query);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  from = from != 0 ? from : trestle_report_get_earliest (self);
  to = to != 0 ? to - 1 : trestle_report_get_as_of (self);
  if (from == 0 || to == 0)
    return g_strdup ("");
  first = trestle_clock_format_iso (from);
  last = trestle_clock_format_iso (to);
  return g_strdup_printf ("%.10s – %.10s", first, last);
}

char *
trestle_report_to_html (TrestleReport *self, const char *whose)
{
  static const char style[] =
      "body{font:10pt/1.4 sans-serif;margin:2em;color:#222}h1{font-size:16pt;margin:0}"
      "table{border-collapse:collapse;width:100%;margin-top:1em}"
      "td,th{padding:.3em .6em;border-bottom:1px solid #ccc;text-align:left;font-weight:normal}"
      "thead th,tfoot th,tfoot td{font-weight:bold}small{color:#666}"
      ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
      "li{margin:.3em 0}@media print{body{margin:0}thead{display:table-header-group}"
      "tr{break-inside:avoid}}";
  GString *out = g_string_new ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n");
  const TrestleReportInfo *info = trestle_report_get_info (self);
  GListModel *alarms = trestle_report_get_alarms (self);
  g_autofree char *period = dup_period (self);

  append_html (out, "<title>%s</title>\n<style>%s</style></head><body>\n<h1>%s</h1>\n",
               _ (info->title), style, _ (info->title));
  append_html (out, "<p>%s</p>\n<p>", _ (info->summary));
  if (whose != NULL)
    append_html (out, "%s · ", whose);
  append_html (out, "%s</p>\n<table><thead><tr><th>%s</th><th>%s</th>", period,
               _ (trestle_report_group_get_title (trestle_report_get_group (self))),
               _ ("Currency"));
  for (guint c = 0; c < info->n_columns; c++)
    if (trestle_report_has_column (self, c) && !trestle_report_is_empty (self, c))
      append_html (out, "<th class=\"n\">%s</th>", _ (info->columns[c].title));
  g_string_append (out, "</tr></thead>\n<tbody>\n");
  append_rows (out, self, trestle_report_get_rows (self), "td");
  g_string_append (out, "</tbody>\n<tfoot>\n");
  append_rows (out, self, trestle_report_get_totals (self), "td");
  g_string_append (out, "</tfoot></table>\n");
  if (g_list_model_get_n_items (alarms) > 0)
    {
      append_html (out, "<h2>%s</h2>\n<ul>\n", _ ("To look at"));
      for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
        {
          g_autoptr (TrestleReportAlarm) alarm = g_list_model_get_item (alarms, i);

          append_html (out, "<li><b>%s</b> %s</li>\n", trestle_report_alarm_get_title (alarm),
                       trestle_report_alarm_get_detail (alarm));
        }
      g_string_append (out, "</ul>\n");
    }
  append_html (
      out, "<p><small>%s</small></p>\n</body></html>\n",
      _ ("Sums are exact and rounded once, here; amounts of different currencies are never "
         "added up."));
  return g_string_free (out, FALSE);
}
