/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-state.h"

/*
 * One entry per schema version; entry n brings version n to n + 1 and is never changed once it has
 * been in use. Times are UTC microseconds; documents ("doc") are JSON as AWS writes it.
 */
static const char *const migrations[] = {
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE keys (access_key TEXT PRIMARY KEY, secret TEXT NOT NULL, token TEXT,"
  "  expires INTEGER NOT NULL DEFAULT 0, account TEXT NOT NULL, arn TEXT NOT NULL,"
  "  user_id TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE quotes (id TEXT PRIMARY KEY, account TEXT NOT NULL, intent TEXT NOT NULL,"
  "  offer TEXT NOT NULL, source TEXT, token TEXT, terms TEXT NOT NULL, summary TEXT NOT NULL,"
  "  created INTEGER NOT NULL, expires INTEGER NOT NULL, agreement TEXT) WITHOUT ROWID;"
  "CREATE UNIQUE INDEX quotes_token ON quotes (account, token);"
  "CREATE TABLE agreements (id TEXT PRIMARY KEY, account TEXT NOT NULL, proposer TEXT NOT NULL,"
  "  product TEXT NOT NULL, offer TEXT NOT NULL, status TEXT NOT NULL, terms TEXT NOT NULL,"
  "  value TEXT NOT NULL, accepted INTEGER NOT NULL, ends INTEGER NOT NULL DEFAULT 0,"
  "  provisioned INTEGER NOT NULL, license TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX agreements_account ON agreements (account, product);"
  "CREATE TABLE trials (account TEXT NOT NULL, product TEXT NOT NULL, used INTEGER NOT NULL,"
  "  PRIMARY KEY (account, product)) WITHOUT ROWID;"
  "CREATE TABLE models (account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,"
  "  created INTEGER NOT NULL, doc TEXT NOT NULL, package TEXT NOT NULL,"
  "  PRIMARY KEY (account, region, name)) WITHOUT ROWID;"
  "CREATE TABLE configs (account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,"
  "  created INTEGER NOT NULL, doc TEXT NOT NULL,"
  "  PRIMARY KEY (account, region, name)) WITHOUT ROWID;"
  "CREATE TABLE endpoints (account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,"
  "  created INTEGER NOT NULL, modified INTEGER NOT NULL, config TEXT NOT NULL,"
  "  status TEXT NOT NULL, reason TEXT, due INTEGER NOT NULL DEFAULT 0, next TEXT,"
  "  PRIMARY KEY (account, region, name)) WITHOUT ROWID;"
  "CREATE TABLE variants (account TEXT NOT NULL, region TEXT NOT NULL, endpoint TEXT NOT NULL,"
  "  position INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, count INTEGER NOT NULL,"
  "  weight REAL NOT NULL, package TEXT NOT NULL, instance TEXT NOT NULL,"
  "  PRIMARY KEY (account, region, endpoint, position)) WITHOUT ROWID;"
  "CREATE TABLE tags (arn TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
  "  PRIMARY KEY (arn, key)) WITHOUT ROWID;"
  "CREATE TABLE streams (id INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL,"
  "  grp TEXT NOT NULL, name TEXT NOT NULL, created INTEGER NOT NULL,"
  "  UNIQUE (account, region, grp, name));"
  "CREATE TABLE events (id INTEGER PRIMARY KEY, stream INTEGER NOT NULL REFERENCES streams (id)"
  "  ON DELETE CASCADE, time INTEGER NOT NULL, message TEXT NOT NULL);"
  "CREATE INDEX events_time ON events (stream, time, id);"
  "CREATE TABLE buckets (name TEXT PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL,"
  "  created INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE objects (bucket TEXT NOT NULL REFERENCES buckets (name), key TEXT NOT NULL,"
  "  modified INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, type TEXT NOT NULL,"
  "  meta TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (bucket, key));",

  "CREATE TABLE packages (account TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL,"
  "  name TEXT NOT NULL COLLATE NOCASE, created INTEGER NOT NULL, status TEXT NOT NULL,"
  "  doc TEXT NOT NULL, validations TEXT NOT NULL, scans TEXT NOT NULL, token TEXT, request TEXT,"
  "  fault TEXT, job TEXT, step INTEGER NOT NULL, due INTEGER NOT NULL DEFAULT 0,"
  "  PRIMARY KEY (account, region, kind, name)) WITHOUT ROWID;"
  "CREATE UNIQUE INDEX packages_token ON packages (account, region, token);"
  "CREATE INDEX packages_due ON packages (due) WHERE due > 0;"
  "CREATE VIEW model_packages AS SELECT * FROM packages WHERE kind = 'model-package';"
  "CREATE VIEW algorithms AS SELECT * FROM packages WHERE kind = 'algorithm';"
  "ALTER TABLE variants ADD COLUMN engine TEXT;",

  "CREATE TABLE entities (id TEXT PRIMARY KEY, type TEXT NOT NULL, account TEXT NOT NULL,"
  "  product TEXT, revision INTEGER NOT NULL, created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL, doc TEXT NOT NULL, hidden TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX entities_product ON entities (product) WHERE product IS NOT NULL;"
  "CREATE TABLE change_sets (id TEXT PRIMARY KEY, account TEXT NOT NULL, name TEXT NOT NULL,"
  "  intent TEXT NOT NULL, status TEXT NOT NULL, failure_code TEXT, failure TEXT,"
  "  started INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL DEFAULT 0,"
  "  outcome TEXT NOT NULL, changes TEXT NOT NULL, token TEXT, request TEXT);"
  "CREATE UNIQUE INDEX change_sets_token ON change_sets (account, token);"
  "CREATE INDEX change_sets_due ON change_sets (due) WHERE due > 0;"
  "CREATE TABLE change_set_entities (change_set TEXT NOT NULL REFERENCES change_sets (id),"
  "  entity TEXT NOT NULL, PRIMARY KEY (change_set, entity)) WITHOUT ROWID;"
  "CREATE INDEX change_set_entities_entity ON change_set_entities (entity);"
  "CREATE TABLE policies (arn TEXT PRIMARY KEY, policy TEXT NOT NULL) WITHOUT ROWID;",

  "CREATE TABLE metering (id INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL,"
  "  agreement TEXT NOT NULL, dimension TEXT NOT NULL, rate TEXT NOT NULL, day INTEGER NOT NULL,"
  "  quantity INTEGER NOT NULL, time INTEGER NOT NULL, seen INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX metering_agreement ON metering (agreement, seen);"
  "CREATE INDEX metering_seen ON metering (seen) WHERE seen = 0;"
  "ALTER TABLE variants ADD COLUMN metered INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE agreements ADD COLUMN told INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE agreements ADD COLUMN told_end INTEGER NOT NULL DEFAULT 0;",

  "CREATE TABLE data_sets (id TEXT PRIMARY KEY, account TEXT NOT NULL, type TEXT NOT NULL,"
  "  date INTEGER NOT NULL, bucket TEXT NOT NULL, prefix TEXT NOT NULL, request TEXT NOT NULL,"
  "  due INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX data_sets_due ON data_sets (due);",

  "CREATE TABLE transform_jobs (account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,"
  "  created INTEGER NOT NULL, modified INTEGER NOT NULL, started INTEGER NOT NULL,"
  "  ended INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL, status TEXT NOT NULL, reason TEXT,"
  "  package TEXT NOT NULL, engine TEXT NOT NULL, title TEXT NOT NULL, version TEXT NOT NULL,"
  "  healthy INTEGER NOT NULL, late INTEGER NOT NULL DEFAULT 0, role TEXT NOT NULL,"
  "  instance TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (account, region, name)) WITHOUT ROWID;"
  "CREATE INDEX transform_jobs_due ON transform_jobs (due) WHERE due > 0;",
};

static gboolean
execute (sqlite3 *db, const char *sql, GError **error)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) == SQLITE_OK)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The practice account's state: %s", message);
  sqlite3_free (message);
  return FALSE;
}

gboolean
trestle_practice_schema_upgrade (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = NULL;
  guint version = 0;

  if (sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &rows, NULL) == SQLITE_OK
      && sqlite3_step (rows) == SQLITE_ROW)
    version = (guint) sqlite3_column_int (rows, 0);
  g_clear_pointer (&rows, sqlite3_finalize);

  if (version > G_N_ELEMENTS (migrations))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "The practice account's state was written by a newer Trestle (schema %u)",
                   version);
      return FALSE;
    }
  for (; version < G_N_ELEMENTS (migrations); version++)
    {
      g_autofree char *sql = g_strdup_printf (
          "BEGIN IMMEDIATE; %s PRAGMA user_version = %u; COMMIT;", migrations[version],
          version + 1);

      if (!execute (db, sql, error))
        {
          sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
    }
  return TRUE;
}
