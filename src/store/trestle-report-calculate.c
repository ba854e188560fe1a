/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "store/trestle-report-run.h"
#include "store/trestle-store.h"

static void
run_clear (TrestleReportRun *self)
{
  GHashTable **tables[] = { &self->titles,     &self->successors, &self->aws_ids,
                            &self->companies,  &self->countries,  &self->trials,
                            &self->offer_goods };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_clear_pointer (tables[i], g_hash_table_unref);
  for (guint i = 0; i < TRESTLE_REPORT_N_GROUPS; i++)
    {
      g_clear_pointer (&self->members[i].ids, g_hash_table_unref);
      g_clear_pointer (&self->members[i].all, g_ptr_array_unref);
    }
  g_clear_pointer (&self->cells, trestle_report_cells_free);
  g_clear_pointer (&self->totals, trestle_report_cells_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleReportRun, run_clear)

static gboolean
check_filter (TrestleReportRun *self,
              TrestleReportGroup group,
              const char *const *filter,
              GError **error)
{
  if (filter == NULL || filter[0] == NULL)
    return TRUE;
  if (!trestle_report_info_has_group (self->info, group))
    {
      g_set_error (error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_INPUT,
                   _ ("%s cannot be told apart by %s"), _ (self->info->title),
                   _ (trestle_report_group_get_title (group)));
      return FALSE;
    }
  self->members[group].filter = filter;
  return TRUE;
}

static gboolean
begin (TrestleReportRun *self,
       sqlite3 *db,
       const char *scope,
       TrestleReportQuery *query,
       GError **error)
{
  const char *currency = trestle_report_query_get_currency (query);
  gint64 today = trestle_report_query_get_today (query);

  self->db = db;
  self->scope = scope;
  self->query = query;
  self->info = trestle_report_info (trestle_report_query_get_kind (query));
  if (self->info->ended != NULL)
    {
      g_set_error_literal (error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_INPUT,
                           _ (self->info->ended));
      return FALSE;
    }
  self->group = trestle_report_query_get_group (query);
  if (self->group == TRESTLE_REPORT_GROUP_NONE)
    self->group = self->info->group;
  self->split = trestle_report_query_get_split (query);
  if (!trestle_report_info_has_group (self->info, self->group)
      || (self->split != TRESTLE_REPORT_GROUP_NONE
          && !trestle_report_info_has_group (self->info, self->split)))
    {
      gboolean group = !trestle_report_info_has_group (self->info, self->group);

      g_set_error (error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_INPUT,
                   _ ("%s cannot be grouped by %s"), _ (self->info->title),
                   _ (trestle_report_group_get_title (group ? self->group : self->split)));
      return FALSE;
    }
  self->from = trestle_report_query_get_from (query) / TRESTLE_SECOND;
  self->to = trestle_report_query_get_to (query) / TRESTLE_SECOND;
  self->today = (today != 0 ? today : trestle_clock_now ()) / TRESTLE_SECOND;
  if (currency != NULL)
    {
      self->currencies[0] = currency;
      self->members[TRESTLE_REPORT_GROUP_NONE].filter = self->currencies;
    }
  self->cells = trestle_report_cells_new (self->info->n_columns);
  self->totals = trestle_report_cells_new (self->info->n_columns);
  return check_filter (self, TRESTLE_REPORT_GROUP_PRODUCT,
                       trestle_report_query_get_products (query), error)
         && check_filter (self, TRESTLE_REPORT_GROUP_INSTANCE,
                          trestle_report_query_get_instances (query), error)
         && check_filter (self, TRESTLE_REPORT_GROUP_BUYER, trestle_report_query_get_buyers (query),
                          error)
         && check_filter (self, TRESTLE_REPORT_GROUP_COUNTRY,
                          trestle_report_query_get_countries (query), error)
         && trestle_report_run_load_names (self, error);
}

static gboolean
sum (TrestleReportRun *self, GError **error)
{
  switch (self->info->kind)
    {
    case TRESTLE_REPORT_KIND_DAILY_USAGE:
      return trestle_report_sum_usage (self, error);
    case TRESTLE_REPORT_KIND_SUBSCRIBERS:
      return trestle_report_sum_subscribers (self, error);
    case TRESTLE_REPORT_KIND_COLLECTED:
      return trestle_report_sum_collected (self, error);
    case TRESTLE_REPORT_KIND_DISBURSEMENT:
      return trestle_report_sum_disbursed (self, error);
    case TRESTLE_REPORT_KIND_TAX:
      return trestle_report_sum_tax (self, error);
    case TRESTLE_REPORT_KIND_BILLED_REVENUE:
    case TRESTLE_REPORT_KIND_REF_TAGS:
    default:
      return trestle_report_sum_billed (self, error);
    }
}

static gboolean
check_sums (TrestleReportRun *self, GError **error)
{
  if (!self->too_large)
    return TRUE;
  g_set_error_literal (error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_FAILED,
                       _ ("A sum is too large to be exact"));
  return FALSE;
}

TrestleReport *
trestle_report_calculate (sqlite3 *db, const char *scope, TrestleReportQuery *query, GError **error)
{
  g_auto (TrestleReportRun) run = { 0 };
  g_autoptr (TrestleReport) report = NULL;

  if (!begin (&run, db, scope, query, error) || !sum (&run, error))
    return NULL;
  report = trestle_report_new (query, run.group);
  trestle_report_write_rows (&run, report);
  if (!check_sums (&run, error)
      || !trestle_report_find_alarms (&run, G_LIST_STORE (trestle_report_get_alarms (report)),
                                      error)
      || (trestle_report_query_get_compare (query) != TRESTLE_REPORT_COMPARE_NONE
          && !trestle_report_compare (report, db, scope, error)))
    return NULL;
  return g_steal_pointer (&report);
}
