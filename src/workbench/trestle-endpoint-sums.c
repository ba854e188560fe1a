/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoints-private.h"

#include "base/trestle-clock.h"
#include "workbench/trestle-endpoint-detail.h"
#include "workbench/trestle-price-table.h"

/* Adds where the currencies agree; what cannot be added is told by its own endpoint. */
static void
add (TrestleMoney **sum, const TrestleMoney *amount)
{
  TrestleMoney *next;

  if (amount == NULL)
    return;
  next = *sum != NULL ? trestle_money_add (*sum, amount, NULL) : trestle_money_copy (amount);
  if (next == NULL)
    return;
  g_clear_pointer (sum, trestle_money_free);
  *sum = next;
}

TrestleMoney *
trestle_endpoint_sum_hourly (GListModel *endpoints)
{
  TrestleMoney *sum = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      if (trestle_endpoint_is_running (endpoint))
        add (&sum, trestle_endpoint_get_hourly (endpoint));
    }
  return sum;
}

static gint64
midnight (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime)
      day = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                   g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (day) * TRESTLE_SECOND;
}

TrestleMoney *
trestle_endpoint_sum_today (GListModel *endpoints, TrestleContext *context)
{
  gint64 since = midnight (), now = trestle_clock_now ();
  g_autoptr (GPtrArray)
      entries = trestle_store_ledger_list (context->store, context->scope, FALSE, NULL);
  TrestleMoney *sum = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);
      g_autoptr (TrestleMoney) spent = NULL;

      if (trestle_endpoint_is_running (endpoint))
        spent = trestle_price_table_spent (trestle_endpoint_get_hourly (endpoint),
                                           MAX (since, trestle_endpoint_get_created (endpoint)),
                                           now);
      add (&sum, spent);
    }
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TrestleLedgerEntry *entry = g_ptr_array_index (entries, i);
      const char *const parts[] = { entry->software_hourly, entry->infrastructure_hourly };

      if (entry->ended <= since)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        {
          g_autoptr (TrestleMoney)
              hourly = parts[j] != NULL ? trestle_money_parse (parts[j], entry->currency, NULL)
                                        : NULL;
          g_autoptr (TrestleMoney)
              spent = trestle_price_table_spent (hourly, MAX (since, entry->begun), entry->ended);

          add (&sum, spent);
        }
    }
  return sum;
}
