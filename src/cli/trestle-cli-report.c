/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include "cli/trestle-cli-report.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "cli/trestle-cli-print.h"

static const char *const group_names[] = {
  [TRESTLE_REPORT_GROUP_NONE] = "none",
  [TRESTLE_REPORT_GROUP_MONTH] = "month",
  [TRESTLE_REPORT_GROUP_DAY] = "day",
  [TRESTLE_REPORT_GROUP_PRODUCT] = "product",
  [TRESTLE_REPORT_GROUP_INSTANCE] = "instance",
  [TRESTLE_REPORT_GROUP_BUYER] = "buyer",
  [TRESTLE_REPORT_GROUP_COUNTRY] = "country",
  [TRESTLE_REPORT_GROUP_INVOICE] = "invoice",
  [TRESTLE_REPORT_GROUP_DISBURSEMENT] = "disbursement",
  [TRESTLE_REPORT_GROUP_JURISDICTION] = "jurisdiction",
};

const char *
trestle_cli_report_group_name (TrestleReportGroup group)
{
  return group_names[group];
}

void
trestle_cli_report_options_clear (TrestleCliReportOptions *self)
{
  g_free (self->from);
  g_free (self->to);
  g_free (self->by);
  g_free (self->split);
  g_free (self->currency);
  g_free (self->compare);
  g_free (self->sort);
  g_strfreev (self->products);
  g_strfreev (self->instances);
  g_strfreev (self->buyers);
  g_strfreev (self->countries);
  memset (self, 0, sizeof *self);
}

GArray *
trestle_cli_report_entries (TrestleCliReportOptions *o)
{
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &o->from, N_ ("First month or day: 2026-01, 2026-01-15"),
      "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &o->to, N_ ("Last month or day"), "DATE" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &o->by,
      N_ ("What a row is: month, day, product, instance, buyer, country, …"), "GROUP" },
    { "split", 0, 0, G_OPTION_ARG_STRING, &o->split, N_ ("Split the main column up by this"),
      "GROUP" },
    { "product", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->products,
      N_ ("Only this product: its title or identifier; can be repeated"), "P" },
    { "instance", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->instances, N_ ("Only this instance type"),
      "TYPE" },
    { "buyer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->buyers,
      N_ ("Only this buyer: company or AWS account"), "B" },
    { "country", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->countries, N_ ("Only this country: DE"),
      "CC" },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &o->currency, N_ ("Only this currency: USD"), "CUR" },
    { "compare", 0, 0, G_OPTION_ARG_STRING, &o->compare,
      N_ ("Beside it the period before, or that of a year ago: before, year"), "WHAT" },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &o->sort, N_ ("Sort by this column, as --csv names it"),
      "COLUMN" },
    { "ascending", 0, 0, G_OPTION_ARG_NONE, &o->ascending, N_ ("Smallest or oldest first"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &o->csv, N_ ("Print CSV with all decimals"), NULL },
    { "html", 0, 0, G_OPTION_ARG_NONE, &o->html, N_ ("Print a page for the printer"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof *entries, G_N_ELEMENTS (entries));

  g_array_append_vals (array, entries, G_N_ELEMENTS (entries));
  return array;
}

static gboolean
fail (GError **error, const char *format, const char *what)
{
  g_set_error (error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE, format, what);
  return FALSE;
}

/* @last: the moment after it, so that a period holds its last month or day. */
static gboolean
read_date (const char *text, gboolean last, gint64 *time, GError **error)
{
  g_autofree char *day = NULL;
  g_autoptr (GDateTime) begin = NULL;
  g_autoptr (GDateTime) end = NULL;
  gboolean month = text != NULL && strlen (text) == 7;

  if (text == NULL)
    return TRUE;
  day = g_strconcat (text, month ? "-01" : "", "T00:00:00Z", NULL);
  if (strlen (day) != 20 || !trestle_clock_parse (day, time))
    return fail (error, _ ("“%s” is neither a month nor a day: 2026-01, 2026-01-15"), text);
  begin = g_date_time_new_from_unix_utc_usec (*time);
  if (last)
    {
      end = month ? g_date_time_add_months (begin, 1) : g_date_time_add_days (begin, 1);
      *time = g_date_time_to_unix_usec (end);
    }
  return TRUE;
}

static gboolean
read_group (const char *text, TrestleReportGroup *group, GError **error)
{
  if (text == NULL)
    return TRUE;
  for (guint i = 1; i < G_N_ELEMENTS (group_names); i++)
    if (g_str_equal (text, group_names[i]))
      {
        *group = (TrestleReportGroup) i;
        return TRUE;
      }
  return fail (error,
               _ ("There is no group “%s”: month, day, product, instance, buyer, country, invoice, "
                  "disbursement, jurisdiction"),
               text);
}

static gboolean
read_compare (const char *text, TrestleReportCompare *compare, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "before"))
    *compare = TRESTLE_REPORT_COMPARE_BEFORE;
  else if (g_str_equal (text, "year"))
    *compare = TRESTLE_REPORT_COMPARE_YEAR;
  else
    return fail (error, _ ("“%s” cannot be compared with: before, year"), text);
  return TRUE;
}

TrestleReportQuery *
trestle_cli_report_query (TrestleCliReportOptions *o, const char *name, GError **error)
{
  const TrestleReportInfo *info = trestle_report_info_find (name);
  TrestleReportGroup group = TRESTLE_REPORT_GROUP_NONE, split = TRESTLE_REPORT_GROUP_NONE;
  TrestleReportCompare compare = TRESTLE_REPORT_COMPARE_NONE;
  gint64 from = 0, to = 0;

  if (info == NULL)
    {
      fail (error, _ ("There is no report “%s”; “trestle-cli reports list” names them"), name);
      return NULL;
    }
  if (!read_group (o->by, &group, error) || !read_group (o->split, &split, error)
      || !read_compare (o->compare, &compare, error) || !read_date (o->from, FALSE, &from, error)
      || !read_date (o->to, TRUE, &to, error))
    return NULL;
  if (from != 0 && to != 0 && to <= from)
    {
      fail (error, _ ("The period ends before it begins%s"), "");
      return NULL;
    }
  if (o->sort != NULL && info->ended == NULL && trestle_report_info_find_column (info, o->sort) < 0)
    {
      fail (error, _ ("This report has no column “%s”"), o->sort);
      return NULL;
    }
  return g_object_new (TRESTLE_TYPE_REPORT_QUERY, "kind", info->kind, "group", group, "split",
                       split, "from", from, "to", to, "products", o->products, "instances",
                       o->instances, "buyers", o->buyers, "countries", o->countries, "currency",
                       o->currency, "compare", compare, "sort", o->sort, "ascending", o->ascending,
                       NULL);
}

static void
set_values (JsonObject *o, TrestleReport *report, TrestleReportRow *row, gboolean before)
{
  const TrestleReportInfo *info = trestle_report_get_info (report);

  for (guint c = 0; c < info->n_columns; c++)
    {
      TrestleDecimal value = trestle_report_row_get_value (row, c);
      g_autofree char *text = NULL;

      if (!trestle_report_has_column (report, c))
        continue;
      if (before)
        trestle_report_row_get_before (row, c, &value);
      text = trestle_decimal_to_string (value,
                                        info->columns[c].measure == TRESTLE_REPORT_AMOUNT ? 2 : 0);
      json_object_set_string_member (o, info->columns[c].name, text);
    }
}

static JsonNode *
json_row (TrestleReport *report, TrestleReportRow *row)
{
  GListModel *series = trestle_report_get_series (report);
  JsonObject *o = json_object_new ();
  TrestleDecimal before;

  json_object_set_string_member (o, "key", trestle_report_row_get_key (row));
  json_object_set_string_member (o, "label", trestle_report_row_get_label (row));
  trestle_cli_set_string (o, "detail", trestle_report_row_get_detail (row));
  json_object_set_string_member (o, "currency", trestle_report_row_get_currency (row));
  set_values (o, report, row, FALSE);
  if (trestle_report_row_get_before (row, 0, &before))
    {
      JsonObject *then = json_object_new ();

      set_values (then, report, row, TRUE);
      json_object_set_object_member (o, "before", then);
    }
  if (g_list_model_get_n_items (series) > 0)
    {
      JsonObject *parts = json_object_new ();

      for (guint i = 0; i < g_list_model_get_n_items (series); i++)
        {
          g_autoptr (TrestleReportChoice) one = g_list_model_get_item (series, i);
          g_autofree char *text = trestle_decimal_to_string (trestle_report_row_get_part (row, i),
                                                             0);

          json_object_set_string_member (parts, trestle_report_choice_get_label (one), text);
        }
      json_object_set_object_member (o, "parts", parts);
    }
  return trestle_cli_take_object (o);
}

static void
set_rows (JsonObject *o, const char *name, TrestleReport *report, GListModel *rows)
{
  JsonArray *items = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TrestleReportRow) row = g_list_model_get_item (rows, i);

      json_array_add_element (items, json_row (report, row));
    }
  json_object_set_array_member (o, name, items);
}

static JsonNode *
json_alarm (gpointer alarm)
{
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "rule", trestle_report_alarm_get_rule (alarm));
  trestle_cli_set_string (o, "title", trestle_report_alarm_get_title (alarm));
  trestle_cli_set_string (o, "detail", trestle_report_alarm_get_detail (alarm));
  trestle_cli_set_string (o, "product", trestle_report_alarm_get_product (alarm));
  trestle_cli_set_string (o, "buyer", trestle_report_alarm_get_buyer (alarm));
  trestle_cli_set_time (o, "when", trestle_report_alarm_get_when (alarm));
  return trestle_cli_take_object (o);
}

static void
print_json (TrestleReport *report)
{
  TrestleReportQuery *query = trestle_report_get_query (report);
  JsonObject *o = json_object_new ();

  json_object_set_string_member (o, "report", trestle_report_get_info (report)->name);
  json_object_set_string_member (o, "by", group_names[trestle_report_get_group (report)]);
  trestle_cli_set_time (o, "from", trestle_report_query_get_from (query));
  trestle_cli_set_time (o, "to", trestle_report_query_get_to (query));
  trestle_cli_set_time (o, "as_of", trestle_report_get_as_of (report));
  json_object_set_int_member (o, "facts", trestle_report_get_n_facts (report));
  set_rows (o, "items", report, trestle_report_get_rows (report));
  set_rows (o, "totals", report, trestle_report_get_totals (report));
  trestle_cli_set_items (o, "alarms", trestle_report_get_alarms (report), json_alarm);
  trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
}

static gboolean
have_details (GListModel *rows)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TrestleReportRow) row = g_list_model_get_item (rows, i);

      if (trestle_report_row_get_detail (row) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
add_rows (TrestleCliTable *table, TrestleReport *report, GListModel *rows, gboolean details)
{
  const TrestleReportInfo *info = trestle_report_get_info (report);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TrestleReportRow) row = g_list_model_get_item (rows, i);
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (cells, g_strdup (trestle_report_row_get_label (row)));
      if (details)
        g_ptr_array_add (cells, g_strdup (trestle_report_row_get_detail (row)));
      g_ptr_array_add (cells, g_strdup (trestle_report_row_get_currency (row)));
      for (guint c = 0; c < info->n_columns; c++)
        {
          g_autofree char *text = NULL;
          g_autofree char *change = NULL;

          if (!trestle_report_has_column (report, c))
            continue;
          text = trestle_report_row_dup_text (row, info, c);
          change = trestle_report_row_dup_change (row, c);
          g_ptr_array_add (cells, change != NULL ? g_strdup_printf ("%s (%s)", text, change)
                                                 : g_steal_pointer (&text));
        }
      trestle_cli_table_add_cells (table, cells);
    }
}

static void
print_table (TrestleReport *report)
{
  const TrestleReportInfo *info = trestle_report_get_info (report);
  GListModel *alarms = trestle_report_get_alarms (report);
  gboolean details = have_details (trestle_report_get_rows (report));
  TrestleCliTable *table = trestle_cli_table_new (
      _ (trestle_report_group_get_title (trestle_report_get_group (report))), NULL);

  if (details)
    trestle_cli_table_add_heading (table, _ ("Detail"));
  trestle_cli_table_add_heading (table, _ ("Currency"));
  for (guint c = 0; c < info->n_columns; c++)
    if (trestle_report_has_column (report, c))
      {
        g_autofree char *heading = g_strconcat (">", _ (info->columns[c].title), NULL);

        trestle_cli_table_add_heading (table, heading);
      }
  add_rows (table, report, trestle_report_get_rows (report), details);
  add_rows (table, report, trestle_report_get_totals (report), details);
  trestle_cli_table_print (table, _ ("Nothing in this period"));
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (TrestleReportAlarm) alarm = g_list_model_get_item (alarms, i);

      printf ("! %s. %s\n", trestle_report_alarm_get_title (alarm),
              trestle_report_alarm_get_detail (alarm));
    }
}

void
trestle_cli_report_print (TrestleCli *cli, TrestleCliReportOptions *options, TrestleReport *report)
{
  g_autofree char *text = NULL;

  if (options->csv)
    text = trestle_report_to_csv (report);
  else if (options->html)
    text = trestle_report_to_html (
        report, trestle_account_get_name (trestle_session_get_account (cli->session)));
  else if (cli->json)
    print_json (report);
  else
    print_table (report);
  if (text != NULL)
    fputs (text, stdout);
}
