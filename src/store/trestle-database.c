/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-database.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "store/trestle-store.h"

/* Step n takes a file of version n to n + 1. Never edit one that has been released: add the next. */
static const char *const migrations[] = {
  "CREATE TABLE listing ("
  "  row INTEGER PRIMARY KEY, scope TEXT NOT NULL, id TEXT NOT NULL, slug TEXT NOT NULL,"
  "  product_id TEXT, title TEXT NOT NULL, publisher TEXT, publisher_id TEXT, kind INTEGER,"
  "  short TEXT, long TEXT, logo_url TEXT, categories TEXT, category_ids TEXT, highlights TEXT,"
  "  rating REAL, rating_count INTEGER, rating_url TEXT, pricing INTEGER, trial INTEGER,"
  "  offer_id TEXT, extras TEXT, detailed INTEGER NOT NULL DEFAULT 0, seen INTEGER NOT NULL,"
  "  digest TEXT NOT NULL, hourly TEXT, price_hint TEXT, UNIQUE (scope, id));"
  "CREATE INDEX listing_slug ON listing (scope, slug);"
  "CREATE INDEX listing_product ON listing (scope, product_id);"
  "CREATE VIRTUAL TABLE listing_text USING fts5 (title, publisher, short, long, content='',"
  "  contentless_delete=1, tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3');"
  "CREATE TABLE fact (scope TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
  "  PRIMARY KEY (scope, key)) WITHOUT ROWID;"
  "CREATE TABLE journal (id INTEGER PRIMARY KEY, scope TEXT NOT NULL, operation TEXT NOT NULL,"
  "  resource TEXT NOT NULL, token TEXT, context TEXT, begun INTEGER NOT NULL, ended INTEGER,"
  "  outcome TEXT, request_id TEXT);"
  "CREATE INDEX journal_open ON journal (scope) WHERE outcome IS NULL;"
  "CREATE TABLE ledger (id INTEGER PRIMARY KEY, scope TEXT NOT NULL, kind TEXT NOT NULL,"
  "  name TEXT NOT NULL, listing_id TEXT, software TEXT, infrastructure TEXT, currency TEXT,"
  "  begun INTEGER NOT NULL, ended INTEGER, delete_by INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX ledger_open ON ledger (scope, kind, name) WHERE ended IS NULL;"
  "CREATE TABLE invocation (id INTEGER PRIMARY KEY, scope TEXT NOT NULL, endpoint TEXT NOT NULL,"
  "  variant TEXT, file TEXT, request_type TEXT, accept TEXT, attributes TEXT, status INTEGER,"
  "  content_type TEXT, bytes_sent INTEGER, bytes_received INTEGER, latency INTEGER,"
  "  attempts INTEGER, body BLOB, request_id TEXT, error_code TEXT, error_message TEXT,"
  "  log_stream_arn TEXT, at INTEGER NOT NULL, units INTEGER, cost TEXT, currency TEXT);"
  "CREATE INDEX invocation_of ON invocation (scope, endpoint, at);",
};

int
trestle_database_newest_version (void)
{
  return G_N_ELEMENTS (migrations);
}

void
trestle_statement_free (TrestleStatement *self)
{
  sqlite3_finalize (self);
}

gboolean
trestle_database_fail (sqlite3 *db, GError **error, const char *what)
{
  int code = sqlite3_errcode (db) & 0xff;

  g_set_error (error, TRESTLE_STORE_ERROR,
               code == SQLITE_FULL                               ? TRESTLE_STORE_ERROR_FULL
               : code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? TRESTLE_STORE_ERROR_CORRUPT
                                                                 : TRESTLE_STORE_ERROR_FAILED,
               "Could not %s: %s", what, sqlite3_errmsg (db));
  return FALSE;
}

gboolean
trestle_database_exec (sqlite3 *db, const char *sql, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK
         || trestle_database_fail (db, error, "write the local store");
}

static TrestleStatement *
prepare_valist (sqlite3 *db, GError **error, const char *sql, const char *types, va_list args)
{
  sqlite3_stmt *stmt = NULL;
  GBytes *bytes;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    {
      trestle_database_fail (db, error, "read the local store");
      return NULL;
    }
  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 's':
        sqlite3_bind_text (stmt, i + 1, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
        break;
      case 'i':
        sqlite3_bind_int64 (stmt, i + 1, va_arg (args, gint64));
        break;
      case 'd':
        sqlite3_bind_double (stmt, i + 1, va_arg (args, double));
        break;
      case 'b':
        bytes = va_arg (args, GBytes *);
        if (bytes != NULL)
          sqlite3_bind_blob64 (stmt, i + 1, g_bytes_get_data (bytes, NULL),
                               g_bytes_get_size (bytes), SQLITE_TRANSIENT);
        break;
      default:
        g_assert_not_reached ();
      }
  return stmt;
}

TrestleStatement *
trestle_database_prepare (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  TrestleStatement *stmt;
  va_list args;

  va_start (args, types);
  stmt = prepare_valist (db, error, sql, types, args);
  va_end (args);
  return stmt;
}

gboolean
trestle_database_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (TrestleStatement) stmt = NULL;
  va_list args;

  va_start (args, types);
  stmt = prepare_valist (db, error, sql, types, args);
  va_end (args);
  if (stmt == NULL)
    return FALSE;
  return sqlite3_step (stmt) == SQLITE_DONE
         || trestle_database_fail (db, error, "write the local store");
}

gboolean
trestle_statement_next (TrestleStatement *self, GError **error)
{
  int code = sqlite3_step (self);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    trestle_database_fail (sqlite3_db_handle (self), error, "read the local store");
  return FALSE;
}

const char *
trestle_statement_text (TrestleStatement *self, int i)
{
  return (const char *) sqlite3_column_text (self, i);
}

static int
get_version (sqlite3 *db, GError **error)
{
  g_autoptr (TrestleStatement)
      stmt = trestle_database_prepare (db, error, "PRAGMA user_version", "");

  if (stmt == NULL || !trestle_statement_next (stmt, error))
    return -1;
  return sqlite3_column_int (stmt, 0);
}

static gboolean
migrate (sqlite3 *db, const char *const *steps, int newest, GError **error)
{
  int version;

  if (!trestle_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  version = get_version (db, error);
  if (version > newest)
    {
      g_set_error (error, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_NEWER,
                   "The local store was written by a newer Trestle (version %d of its form, this "
                   "one knows %d). Update Trestle, or start with another XDG_DATA_HOME.",
                   version, newest);
      version = -1;
    }
  for (; version >= 0 && version < newest; version++)
    {
      g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", version + 1);

      if (!trestle_database_exec (db, steps[version], error)
          || !trestle_database_exec (db, mark, error))
        version = -2;
    }
  if (version < 0)
    {
      sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
      return FALSE;
    }
  return trestle_database_exec (db, "COMMIT", error);
}

sqlite3 *
trestle_database_attach (const char *path, gboolean durable, GError **error)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, NULL)
          != SQLITE_OK
      || !trestle_database_exec (db,
                                 "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL;"
                                 "PRAGMA foreign_keys = ON",
                                 error)
      || !trestle_database_exec (
          db, durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error))
    {
      if (error != NULL && *error == NULL)
        trestle_database_fail (db, error, "open the local store");
      sqlite3_close (db);
      return NULL;
    }
  return db;
}

/* Moves a file that cannot be read, and what SQLite keeps beside it, out of the way. */
static char *
set_aside (const char *path)
{
  static const char *const tails[] = { "", "-wal", "-shm" };
  g_autofree char *time = trestle_clock_format_amz (trestle_clock_now ());
  g_autofree char *aside = g_strdup_printf ("%s.corrupt-%s", path, time);

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *from = g_strconcat (path, tails[i], NULL);
      g_autofree char *to = g_strconcat (aside, tails[i], NULL);

      g_rename (from, to);
    }
  return g_steal_pointer (&aside);
}

sqlite3 *
trestle_database_open_as (const char *path,
                          const char *const *steps,
                          int n_steps,
                          char **notice,
                          GError **error)
{
  for (int attempt = 0;; attempt++)
    {
      g_autoptr (GError) reason = NULL;
      g_autofree char *aside = NULL;
      sqlite3 *db = trestle_database_attach (path, TRUE, &reason);

      if (db != NULL && migrate (db, steps, n_steps, &reason))
        return db;
      if (db != NULL)
        sqlite3_close (db);
      if (attempt > 0
          || !g_error_matches (reason, TRESTLE_STORE_ERROR, TRESTLE_STORE_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      aside = set_aside (path);
      g_free (*notice);
      *notice = g_strdup_printf ("The local store could not be read (%s). It was set aside as %s, "
                                 "and a new one was begun.",
                                 reason->message, aside);
    }
}

sqlite3 *
trestle_database_open (const char *path, char **notice, GError **error)
{
  return trestle_database_open_as (path, migrations, trestle_database_newest_version (), notice,
                                   error);
}
