/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-catalog.h"

G_BEGIN_DECLS

/**
 * TrestlePracticeChangeSet:
 * @outcome: what a fault has decided: `Refuse` (one of AWS's codes), `Change` (where it goes),
 *   `Stuck` (the state in which it stays)
 * @changes: (element-type TrestlePracticeChange)
 *
 * A row of `change_sets`.
 */
typedef struct
{
  char *id;
  char *account;
  char *name;
  char *intent;
  char *status;
  char *failure_code;
  char *failure;
  gint64 started;
  gint64 ended;
  gint64 due;
  JsonObject *outcome;
  GPtrArray *changes;
} TrestlePracticeChangeSet;

#define TRESTLE_PRACTICE_CHANGE_SETS                                                               \
  "SELECT id, account, name, intent, status, failure_code, failure, started, ended, due, outcome," \
  " changes FROM change_sets "

/** trestle_practice_change_set_read: @rows: of %TRESTLE_PRACTICE_CHANGE_SETS; Returns: (transfer full): the set of this row */
TrestlePracticeChangeSet *trestle_practice_change_set_read (sqlite3_stmt *rows);
/** trestle_practice_change_set_save: writes status, failure, times, outcome and changes */
void trestle_practice_change_set_save (TrestlePracticeState *state, TrestlePracticeChangeSet *self);
void trestle_practice_change_set_free (TrestlePracticeChangeSet *self);

/** trestle_practice_change_set_insert: writes a new set, its entities included; @request: (nullable): StartChangeSet's input */
void trestle_practice_change_set_insert (TrestlePracticeState *state,
                                         TrestlePracticeChangeSet *self,
                                         const char *token,
                                         const char *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestlePracticeChangeSet, trestle_practice_change_set_free)

G_END_DECLS
