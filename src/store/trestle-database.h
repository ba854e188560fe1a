/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef sqlite3_stmt TrestleStatement;
void trestle_statement_free (TrestleStatement *self);

/**
 * trestle_database_open:
 * @path: the file; its folder is there
 * @notice: (out) (transfer full) (nullable): what happened to a file that could not be read
 *
 * Opens or makes the file, sets it to WAL, and brings its schema up to date in one transaction.
 *
 * Returns: (nullable): the connection; %TRESTLE_STORE_ERROR
 */
sqlite3 *trestle_database_open (const char *path, char **notice, GError **error);

/**
 * trestle_database_open_as:
 * @steps: (array length=n_steps): SQL; step n takes a file of version n to n + 1
 *
 * What trestle_database_open() does, for a file with tables of its own.
 */
sqlite3 *trestle_database_open_as (const char *path,
                                   const char *const *steps,
                                   int n_steps,
                                   char **notice,
                                   GError **error);

/**
 * trestle_database_attach:
 * @durable: each commit is on the disk before it returns (the journal); otherwise it survives a killed program, but
 *   the last ones may be lost with the power (what can be asked again, and the history)
 *
 * Another connection to a file that trestle_database_open() prepared.
 */
sqlite3 *trestle_database_attach (const char *path, gboolean durable, GError **error);

/** trestle_database_newest_version: what `PRAGMA user_version` is after all migrations */
int trestle_database_newest_version (void);

/** trestle_database_fail: sets @error from @db's last failure; Returns: %FALSE */
gboolean trestle_database_fail (sqlite3 *db, GError **error, const char *what);

gboolean trestle_database_exec (sqlite3 *db, const char *sql, GError **error);

/**
 * trestle_database_prepare:
 * @types: one letter a parameter: s text (nullable), i gint64, d double, b #GBytes (nullable)
 *
 * Returns: (transfer full) (nullable): a statement with its parameters bound (texts are copied)
 */
TrestleStatement *
trestle_database_prepare (sqlite3 *db, GError **error, const char *sql, const char *types, ...);

/** trestle_database_run: prepares, runs to the end and forgets a statement */
gboolean
trestle_database_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...);

/** trestle_statement_next: Returns: whether there is a row; %FALSE with @error unset at the end */
gboolean trestle_statement_next (TrestleStatement *self, GError **error);

/** trestle_statement_text: Returns: (nullable): column @i of the row, valid until the next step */
const char *trestle_statement_text (TrestleStatement *self, int i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleStatement, trestle_statement_free)

G_END_DECLS
