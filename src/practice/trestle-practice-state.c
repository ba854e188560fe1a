/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-state.h"

#include <glib/gstdio.h>
#include <stdarg.h>

struct _TrestlePracticeState
{
  sqlite3 *db;
  gboolean failed;
};

static gboolean
open_file (TrestlePracticeState *self, const char *path, GError **error)
{
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)
          != SQLITE_OK
      || sqlite3_busy_timeout (self->db, 5000) != SQLITE_OK
      || sqlite3_exec (self->db,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                       "PRAGMA foreign_keys = ON; PRAGMA quick_check (1);",
                       NULL, NULL, NULL)
             != SQLITE_OK)
    {
      g_set_error (error, G_IO_ERROR,
                   sqlite3_errcode (self->db) == SQLITE_NOTADB
                           || sqlite3_errcode (self->db) == SQLITE_CORRUPT
                       ? G_IO_ERROR_INVALID_DATA
                       : G_IO_ERROR_FAILED,
                   "Could not open %s: %s", path, sqlite3_errmsg (self->db));
      sqlite3_close (self->db);
      self->db = NULL;
      return FALSE;
    }
  return TRUE;
}

static void
set_aside (const char *path)
{
  g_autofree char *aside = g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, path,
                                            g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_warning ("%s is damaged; it is kept as %s and a fresh one begun", path, aside);
  g_rename (path, aside);
  g_unlink (wal);
  g_unlink (shm);
}

TrestlePracticeState *
trestle_practice_state_open (const char *folder, GError **error)
{
  g_autoptr (TrestlePracticeState) self = g_new0 (TrestlePracticeState, 1);
  g_autoptr (GError) local = NULL;
  g_autofree char *path = g_build_filename (folder, "practice.sqlite", NULL);

  if (!open_file (self, path, &local))
    {
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      set_aside (path);
      if (!open_file (self, path, error))
        return NULL;
    }
  if (!trestle_practice_schema_upgrade (self->db, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
trestle_practice_state_free (TrestlePracticeState *self)
{
  if (self->db != NULL && sqlite3_close (self->db) != SQLITE_OK)
    g_warning ("The state was closed with statements open");
  g_free (self);
}

static void
fail (TrestlePracticeState *self, const char *sql)
{
  g_warning ("%s: %s", sqlite3_errmsg (self->db), sql);
  self->failed = TRUE;
}

static void
bind_values (sqlite3_stmt *rows, const char *types, va_list args)
{
  for (int i = 0; types != NULL && types[i] != '\0'; i++)
    switch (types[i])
      {
      case 's':
        sqlite3_bind_text (rows, i + 1, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
        break;
      case 'i':
        sqlite3_bind_int64 (rows, i + 1, va_arg (args, gint64));
        break;
      case 'd':
        sqlite3_bind_double (rows, i + 1, va_arg (args, double));
        break;
      case 'b':
        {
          GBytes *bytes = va_arg (args, GBytes *);
          gsize size = 0;
          gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

          if (bytes != NULL)
            sqlite3_bind_blob64 (rows, i + 1, data != NULL ? data : "", size, SQLITE_TRANSIENT);
          break;
        }
      default:
        g_assert_not_reached ();
      }
}

static sqlite3_stmt *
query_valist (TrestlePracticeState *self, const char *sql, const char *types, va_list args)
{
  sqlite3_stmt *rows = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &rows, NULL) != SQLITE_OK)
    {
      fail (self, sql);
      return NULL;
    }
  bind_values (rows, types, args);
  return rows;
}

sqlite3_stmt *
trestle_practice_query (TrestlePracticeState *self, const char *sql, const char *types, ...)
{
  va_list args;
  sqlite3_stmt *rows;

  va_start (args, types);
  rows = query_valist (self, sql, types, args);
  va_end (args);
  return rows;
}

gboolean
trestle_practice_next (sqlite3_stmt *rows)
{
  return rows != NULL && sqlite3_step (rows) == SQLITE_ROW;
}

int
trestle_practice_run (TrestlePracticeState *self, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) rows = NULL;
  va_list args;

  va_start (args, types);
  rows = query_valist (self, sql, types, args);
  va_end (args);
  if (rows == NULL)
    return 0;
  if (sqlite3_step (rows) != SQLITE_DONE)
    {
      fail (self, sql);
      return 0;
    }
  return sqlite3_changes (self->db);
}

char *
trestle_practice_get_text (TrestlePracticeState *self, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) rows = NULL;
  va_list args;

  va_start (args, types);
  rows = query_valist (self, sql, types, args);
  va_end (args);
  return trestle_practice_next (rows) ? g_strdup (trestle_practice_column_text (rows, 0)) : NULL;
}

gint64
trestle_practice_get_int (TrestlePracticeState *self,
                          gint64 otherwise,
                          const char *sql,
                          const char *types,
                          ...)
{
  g_autoptr (sqlite3_stmt) rows = NULL;
  va_list args;

  va_start (args, types);
  rows = query_valist (self, sql, types, args);
  va_end (args);
  return trestle_practice_next (rows) ? sqlite3_column_int64 (rows, 0) : otherwise;
}

void
trestle_practice_state_begin (TrestlePracticeState *self)
{
  self->failed = FALSE;
  trestle_practice_run (self, "BEGIN IMMEDIATE", NULL);
}

gboolean
trestle_practice_state_end (TrestlePracticeState *self, gboolean keep)
{
  keep = keep && !self->failed;
  if (keep)
    {
      trestle_practice_run (self, "COMMIT", NULL);
      keep = !self->failed;
    }
  if (!sqlite3_get_autocommit (self->db))
    trestle_practice_run (self, "ROLLBACK", NULL);
  return keep;
}
