/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-clauses.h"

#include <string.h>

void
trestle_clause_free (TrestleClause *self)
{
  g_free (self->number);
  g_free (self->text);
  g_free (self->standard);
  g_free (self);
}

/* "4.2 Buyer may…" → "4.2"; NULL for headings and plain paragraphs. */
static char *
clause_number (const char *paragraph)
{
  gsize length = strspn (paragraph, "0123456789.");
  const char *dot = memchr (paragraph, '.', length);

  if (dot == NULL || dot + 1 >= paragraph + length || paragraph[length] != ' ')
    return NULL;
  return g_strndup (paragraph, length);
}

static char **
split_paragraphs (const char *text)
{
  g_autoptr (GRegex) blank = g_regex_new ("\\r?\\n[ \\t]*\\r?\\n+", G_REGEX_OPTIMIZE, 0, NULL);

  return g_regex_split (blank, text, 0);
}

GPtrArray *
trestle_clauses_compare (const char *text, const char *standard)
{
  GPtrArray *clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_clause_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) paragraphs = split_paragraphs (text);
  g_auto (GStrv) standard_paragraphs = standard != NULL ? split_paragraphs (standard) : NULL;

  for (guint i = 0; standard_paragraphs != NULL && standard_paragraphs[i] != NULL; i++)
    {
      char *number = clause_number (g_strstrip (standard_paragraphs[i]));

      if (number != NULL)
        g_hash_table_insert (known, number, g_strdup (standard_paragraphs[i]));
    }

  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      TrestleClause *clause;
      const char *other;

      if (*g_strstrip (paragraphs[i]) == '\0')
        continue;
      clause = g_new0 (TrestleClause, 1);
      clause->text = g_strdup (paragraphs[i]);
      clause->number = clause_number (paragraphs[i]);
      g_ptr_array_add (clauses, clause);
      if (clause->number == NULL || standard == NULL)
        continue;
      other = g_hash_table_lookup (known, clause->number);
      if (other == NULL)
        clause->added = TRUE;
      else if (!g_str_equal (other, clause->text))
        clause->standard = g_strdup (other);
    }
  return clauses;
}

guint
trestle_clauses_count_different (GPtrArray *clauses)
{
  guint n = 0;

  for (guint i = 0; i < clauses->len; i++)
    {
      const TrestleClause *clause = clauses->pdata[i];

      n += clause->standard != NULL || clause->added;
    }
  return n;
}

guint
trestle_clauses_count_words (const char *text)
{
  gboolean inside = FALSE;
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean space = g_ascii_isspace (*p);

      n += !space && !inside;
      inside = !space;
    }
  return n;
}

/* Letters, digits, and all that is not ASCII, so that no letter is cut in two. */
static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

void
trestle_clause_changed_part (const TrestleClause *self, gsize *start, gsize *end)
{
  gsize length = strlen (self->text);
  gsize other_length, head = 0, tail = 0;

  *start = self->number != NULL ? strlen (self->number) + 1 : 0;
  *end = length;
  if (self->standard == NULL)
    return;

  other_length = strlen (self->standard);
  while (head < MIN (length, other_length) && self->text[head] == self->standard[head])
    head++;
  while (tail < MIN (length, other_length) - head
         && self->text[length - 1 - tail] == self->standard[other_length - 1 - tail])
    tail++;

  /* Whole words: back to a blank where a word differs, past what parts words otherwise. */
  if (head < length && is_word (self->text[head]))
    while (head > *start && self->text[head - 1] != ' ')
      head--;
  while (head < length && !is_word (self->text[head]))
    head++;
  while (tail > 0 && self->text[length - tail] != ' ' && self->text[length - tail] != '.')
    tail--;
  *start = MAX (*start, head);
  *end = length - tail;
  if (*end <= *start)
    *end = length;
}
