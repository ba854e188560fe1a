/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TrestleClause:
 * @number: (nullable): "4.2"
 * @text: the clause as it is, with its number
 * @standard: (nullable): the standard contract's clause of that number, where it says something else
 * @added: the standard contract has no such clause
 */
typedef struct
{
  char *number;
  char *text;
  char *standard;
  gboolean added;
} TrestleClause;

void trestle_clause_free (TrestleClause *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleClause, trestle_clause_free)

/**
 * trestle_clauses_compare:
 * @text: a licence text in paragraphs, clauses numbered
 * @standard: (nullable): the standard contract
 *
 * Returns: (transfer full) (element-type TrestleClause): @text's paragraphs in order, each with what is
 *   different in @standard
 */
GPtrArray *trestle_clauses_compare (const char *text, const char *standard);

/** trestle_clauses_count_different: Returns: how many numbered clauses differ or are added */
guint trestle_clauses_count_different (GPtrArray *clauses);

/** trestle_clauses_count_words: Returns: words of @text */
guint trestle_clauses_count_words (const char *text);

/**
 * trestle_clause_changed_part:
 * @start: (out): byte offset in the clause's text
 * @end: (out): byte offset after it
 *
 * What of a differing clause is not in the standard one, to the word.
 */
void trestle_clause_changed_part (const TrestleClause *self, gsize *start, gsize *end);

G_END_DECLS
