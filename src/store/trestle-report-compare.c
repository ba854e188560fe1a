/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "store/trestle-report-run.h"
#include "store/trestle-store.h"

/* How far back the other period is: whole months where the period has whole months, else days. */
typedef struct
{
  int months;
  int days;
} Shift;

static GDateTime *
shift_date (GDateTime *date, const Shift *shift, int sign)
{
  g_autoptr (GDateTime) moved = g_date_time_add_months (date, sign * shift->months);

  return moved != NULL ? g_date_time_add_days (moved, sign * shift->days) : NULL;
}

static gint64
shift_time (gint64 time, const Shift *shift, int sign)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc_usec (time);
  g_autoptr (GDateTime) moved = date != NULL ? shift_date (date, shift, sign) : NULL;

  return moved != NULL ? g_date_time_to_unix_usec (moved) : time;
}

static gboolean
is_first_of_month (GDateTime *date)
{
  return g_date_time_get_day_of_month (date) == 1 && g_date_time_get_hour (date) == 0
         && g_date_time_get_minute (date) == 0 && g_date_time_get_second (date) == 0;
}

static gboolean
measure (gint64 from, gint64 to, TrestleReportCompare compare, Shift *shift)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_unix_utc_usec (from);
  g_autoptr (GDateTime) last = g_date_time_new_from_unix_utc_usec (to);

  if (first == NULL || last == NULL || to <= from)
    return FALSE;
  if (compare == TRESTLE_REPORT_COMPARE_YEAR)
    shift->months = 12;
  else if (is_first_of_month (first) && is_first_of_month (last))
    shift->months = (g_date_time_get_year (last) - g_date_time_get_year (first)) * 12
                    + g_date_time_get_month (last) - g_date_time_get_month (first);
  else
    shift->days = (int) ((to - from + TRESTLE_DAY - 1) / TRESTLE_DAY);
  return TRUE;
}

/* The row of this period that @key of the other one stands beside. */
static char *
dup_counterpart (TrestleReportGroup group, const char *key, const Shift *shift)
{
  g_autofree char *whole = NULL;
  g_autofree char *text = NULL;
  gint64 time;

  if (group != TRESTLE_REPORT_GROUP_MONTH && group != TRESTLE_REPORT_GROUP_DAY)
    return g_strdup (key);
  whole = g_strconcat (key, group == TRESTLE_REPORT_GROUP_MONTH ? "-01" : "", "T00:00:00Z", NULL);
  if (!trestle_clock_parse (whole, &time))
    return g_strdup (key);
  text = trestle_clock_format_iso (shift_time (time, shift, 1));
  text[group == TRESTLE_REPORT_GROUP_MONTH ? 7 : 10] = '\0';
  return g_steal_pointer (&text);
}

static void
set_before (GListStore *rows,
            GListModel *before,
            const TrestleReportInfo *info,
            TrestleReportGroup group,
            const Shift *shift)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const TrestleDecimal nothing[TRESTLE_REPORT_MAX_COLUMNS] = { 0 };
  guint n = g_list_model_get_n_items (G_LIST_MODEL (rows));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleReportRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      trestle_report_row_set_before (row, nothing, info->n_columns);
      g_hash_table_insert (places,
                           g_strconcat (trestle_report_row_get_currency (row), " ",
                                        trestle_report_row_get_key (row), NULL),
                           row);
    }
  for (guint i = 0; i < g_list_model_get_n_items (before); i++)
    {
      g_autoptr (TrestleReportRow) old = g_list_model_get_item (before, i);
      g_autofree char *key = dup_counterpart (group, trestle_report_row_get_key (old), shift);
      g_autofree char *place = g_strconcat (trestle_report_row_get_currency (old), " ", key, NULL);
      TrestleReportRow *row = g_hash_table_lookup (places, place);
      g_autoptr (TrestleReportRow) gone = NULL;
      TrestleDecimal values[TRESTLE_REPORT_MAX_COLUMNS];

      for (guint c = 0; c < info->n_columns; c++)
        values[c] = trestle_report_row_get_value (old, c);
      if (row == NULL)
        {
          gboolean same = g_str_equal (key, trestle_report_row_get_key (old));

          row = gone = trestle_report_row_new (key, same ? trestle_report_row_get_label (old) : key,
                                               trestle_report_row_get_detail (old),
                                               trestle_report_row_get_currency (old), nothing,
                                               info->n_columns, NULL, 0);
          g_list_store_append (rows, gone);
        }
      trestle_report_row_set_before (row, values, info->n_columns);
    }
}

gboolean
trestle_report_compare (TrestleReport *report, sqlite3 *db, const char *scope, GError **error)
{
  TrestleReportQuery *query = trestle_report_get_query (report);
  gint64 from = trestle_report_query_get_from (query);
  gint64 to = trestle_report_query_get_to (query);
  gint64 today = trestle_report_query_get_today (query);
  g_autoptr (TrestleReportQuery) other = NULL;
  g_autoptr (TrestleReport) before = NULL;
  Shift shift = { 0 };

  if (to == 0)
    to = today != 0 ? today : trestle_clock_now ();
  if (from == 0 || !measure (from, to, trestle_report_query_get_compare (query), &shift))
    {
      g_set_error_literal (error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_INPUT,
                           _ ("To compare, say when the period begins"));
      return FALSE;
    }
  other = g_object_new (TRESTLE_TYPE_REPORT_QUERY, "kind", trestle_report_query_get_kind (query),
                        "group", trestle_report_get_group (report), "from",
                        shift_time (from, &shift, -1), "to", shift_time (to, &shift, -1), "today",
                        today, "products", trestle_report_query_get_products (query), "instances",
                        trestle_report_query_get_instances (query), "buyers",
                        trestle_report_query_get_buyers (query), "countries",
                        trestle_report_query_get_countries (query), "currency",
                        trestle_report_query_get_currency (query), NULL);
  before = trestle_report_calculate (db, scope, other, error);
  if (before == NULL)
    return FALSE;
  set_before (G_LIST_STORE (trestle_report_get_rows (report)), trestle_report_get_rows (before),
              trestle_report_get_info (report), trestle_report_get_group (report), &shift);
  set_before (G_LIST_STORE (trestle_report_get_totals (report)), trestle_report_get_totals (before),
              trestle_report_get_info (report), TRESTLE_REPORT_GROUP_NONE, &shift);
  return TRUE;
}
