/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeState:
 *
 * Everything the practice account remembers: one SQLite file in WAL mode, so that a process killed
 * at any moment leaves the last whole request behind. Statements are short and run in place.
 *
 * Parameters are described by one letter each: "s" text (may be %NULL), "i" #gint64, "d" double,
 * "b" #GBytes (may be %NULL). A failing statement is remembered; dispatch looks once, at the end.
 */
typedef struct _TrestlePracticeState TrestlePracticeState;

/**
 * trestle_practice_state_open:
 * @folder: where the file is, or is made
 *
 * Opens the state and brings an older schema up to date. A file that is not a database is set aside
 * under another name and a fresh one begun.
 */
TrestlePracticeState *trestle_practice_state_open (const char *folder, GError **error);
void trestle_practice_state_free (TrestlePracticeState *self);

void trestle_practice_state_begin (TrestlePracticeState *self);
/** trestle_practice_state_end: commits, or (where @keep is %FALSE or a statement failed) rolls back; Returns: whether it was kept */
gboolean trestle_practice_state_end (TrestlePracticeState *self, gboolean keep);

/** trestle_practice_run: Returns: rows changed */
int trestle_practice_run (TrestlePracticeState *self, const char *sql, const char *types, ...);

/** trestle_practice_query: Returns: (transfer full) (nullable): rows for trestle_practice_next() */
sqlite3_stmt *
trestle_practice_query (TrestlePracticeState *self, const char *sql, const char *types, ...);
gboolean trestle_practice_next (sqlite3_stmt *rows);

/** trestle_practice_get_text: Returns: (transfer full) (nullable): first column of the first row */
char *
trestle_practice_get_text (TrestlePracticeState *self, const char *sql, const char *types, ...);
/** trestle_practice_get_int: Returns: first column of the first row, or @otherwise */
gint64 trestle_practice_get_int (TrestlePracticeState *self,
                                 gint64 otherwise,
                                 const char *sql,
                                 const char *types,
                                 ...);

static inline const char *
trestle_practice_column_text (sqlite3_stmt *rows, int column)
{
  return (const char *) sqlite3_column_text (rows, column);
}

/** trestle_practice_schema_upgrade: runs the migrations that are missing */
gboolean trestle_practice_schema_upgrade (sqlite3 *db, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeState, trestle_practice_state_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
