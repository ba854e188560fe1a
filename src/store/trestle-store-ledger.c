/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "base/trestle-clock.h"
#include "store/trestle-store-private.h"

void
trestle_ledger_entry_free (TrestleLedgerEntry *self)
{
  g_free (self->kind);
  g_free (self->name);
  g_free (self->listing_id);
  g_free (self->software_hourly);
  g_free (self->infrastructure_hourly);
  g_free (self->currency);
  g_free (self);
}

gboolean
trestle_store_ledger_add (TrestleStore *self,
                          const char *scope,
                          const char *kind,
                          const char *name,
                          const char *listing_id,
                          const char *software_hourly,
                          const char *infrastructure_hourly,
                          const char *currency,
                          gint64 delete_by,
                          GError **error)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope && kind && name, FALSE);
  return trestle_database_run (self->now, error,
                               "INSERT INTO ledger (scope, kind, name, listing_id, software, "
                               "infrastructure, currency, begun, delete_by) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                               "sssssssii", scope, kind, name, listing_id, software_hourly,
                               infrastructure_hourly, currency, trestle_clock_now (), delete_by);
}

gboolean
trestle_store_ledger_end (TrestleStore *self,
                          const char *scope,
                          const char *kind,
                          const char *name,
                          GError **error)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope && kind && name, FALSE);
  return trestle_database_run (self->now, error,
                               "UPDATE ledger SET ended = ? WHERE scope = ? AND kind = ? "
                               "AND name = ? AND ended IS NULL",
                               "isss", trestle_clock_now (), scope, kind, name);
}

GPtrArray *
trestle_store_ledger_list (TrestleStore *self,
                           const char *scope,
                           gboolean open_only,
                           GError **error)
{
  g_autoptr (GPtrArray)
      entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_ledger_entry_free);
  g_autoptr (TrestleStatement) stmt = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope, NULL);

  stmt = trestle_database_prepare (self->now, error,
                                   "SELECT kind, name, listing_id, software, infrastructure, "
                                   "currency, begun, ended, delete_by FROM ledger WHERE scope = ? "
                                   "AND (ended IS NULL OR NOT ?) ORDER BY id DESC",
                                   "si", scope, (gint64) open_only);
  if (stmt == NULL)
    return NULL;
  while (trestle_statement_next (stmt, &reason))
    {
      TrestleLedgerEntry *entry = g_new0 (TrestleLedgerEntry, 1);

      entry->kind = g_strdup (trestle_statement_text (stmt, 0));
      entry->name = g_strdup (trestle_statement_text (stmt, 1));
      entry->listing_id = g_strdup (trestle_statement_text (stmt, 2));
      entry->software_hourly = g_strdup (trestle_statement_text (stmt, 3));
      entry->infrastructure_hourly = g_strdup (trestle_statement_text (stmt, 4));
      entry->currency = g_strdup (trestle_statement_text (stmt, 5));
      entry->begun = sqlite3_column_int64 (stmt, 6);
      entry->ended = sqlite3_column_int64 (stmt, 7);
      entry->delete_by = sqlite3_column_int64 (stmt, 8);
      g_ptr_array_add (entries, entry);
    }
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  return g_steal_pointer (&entries);
}
