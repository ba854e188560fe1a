/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "base/trestle-clock.h"
#include "store/trestle-store-private.h"

void
trestle_journal_entry_free (TrestleJournalEntry *self)
{
  g_free (self->operation);
  g_free (self->resource);
  g_free (self->token);
  g_free (self->context);
  g_free (self);
}

gint64
trestle_store_journal_begin (TrestleStore *self,
                             const char *scope,
                             const char *operation,
                             const char *resource,
                             const char *token,
                             const char *context,
                             GError **error)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope && operation && resource, 0);

  if (!trestle_database_run (self->now, error,
                             "INSERT INTO journal (scope, operation, resource, token, context, "
                             "begun) VALUES (?, ?, ?, ?, ?, ?)",
                             "sssssi", scope, operation, resource, token, context,
                             trestle_clock_now ()))
    return 0;
  return sqlite3_last_insert_rowid (self->now);
}

gboolean
trestle_store_journal_end (TrestleStore *self,
                           gint64 id,
                           const char *outcome,
                           const char *request_id,
                           GError **error)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && outcome, FALSE);
  return trestle_database_run (self->now, error,
                               "UPDATE journal SET outcome = ?, request_id = ?, ended = ? "
                               "WHERE id = ?",
                               "ssii", outcome, request_id, trestle_clock_now (), id);
}

GPtrArray *
trestle_store_journal_open (TrestleStore *self, const char *scope, GError **error)
{
  g_autoptr (GPtrArray)
      entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_journal_entry_free);
  g_autoptr (TrestleStatement) stmt = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope, NULL);

  stmt = trestle_database_prepare (self->now, error,
                                   "SELECT id, operation, resource, token, context, begun "
                                   "FROM journal WHERE scope = ? AND outcome IS NULL ORDER BY id",
                                   "s", scope);
  if (stmt == NULL)
    return NULL;
  while (trestle_statement_next (stmt, &reason))
    {
      TrestleJournalEntry *entry = g_new0 (TrestleJournalEntry, 1);

      entry->id = sqlite3_column_int64 (stmt, 0);
      entry->operation = g_strdup (trestle_statement_text (stmt, 1));
      entry->resource = g_strdup (trestle_statement_text (stmt, 2));
      entry->token = g_strdup (trestle_statement_text (stmt, 3));
      entry->context = g_strdup (trestle_statement_text (stmt, 4));
      entry->begun = sqlite3_column_int64 (stmt, 5);
      g_ptr_array_add (entries, entry);
    }
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  return g_steal_pointer (&entries);
}

gboolean
trestle_store_journal_took_effect (TrestleStore *self,
                                   const char *scope,
                                   const char *operation,
                                   const char *resource,
                                   gint64 since)
{
  g_autoptr (TrestleStatement) stmt = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found;

  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope && operation && resource, FALSE);

  stmt = trestle_database_prepare (self->now, &error,
                                   "SELECT 1 FROM journal WHERE scope = ? AND operation = ? "
                                   "AND resource = ? AND id > ? "
                                   "AND (outcome IS NULL OR outcome <> 'refused')",
                                   "sssi", scope, operation, resource, since);
  found = stmt != NULL && trestle_statement_next (stmt, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  return found;
}
