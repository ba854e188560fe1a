/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-price-sheet.h"

#include <string.h>

#include "domain/trestle-dimensions.h"
#include "domain/trestle-price-formula.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What parts the cells: a tab if there is one, for it is in no price; else the first of the others. */
static char
find_separator (const char *text)
{
  const char *first;

  if (strchr (text, '\t') != NULL)
    return '\t';
  first = strpbrk (text, ";,");
  return first != NULL ? *first : ',';
}

/* Reads a cell and gives where the next begins: after a separator, or at the line's end. */
static const char *
read_cell (const char *at, char separator, GStrvBuilder *cells)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  while (*at == ' ')
    at++;
  if (*at == '"')
    {
      for (at++; *at != '\0' && (*at != '"' || at[1] == '"'); at++)
        {
          g_string_append_c (cell, *at);
          at += *at == '"';
        }
      at += *at == '"';
    }
  for (; *at != '\0' && *at != separator && *at != '\n' && *at != '\r'; at++)
    g_string_append_c (cell, *at);
  g_strv_builder_add (cells, g_strstrip (cell->str));
  return at;
}

GPtrArray *
trestle_price_sheet_split (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  char separator;

  g_return_val_if_fail (text != NULL, rows);

  if (g_str_has_prefix (text, "\357\273\277")) /* a mark that some spreadsheets write first */
    text += 3;
  separator = find_separator (text);
  while (*text != '\0')
    {
      g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
      GStrv row;
      gboolean empty = TRUE;

      for (;;)
        {
          text = read_cell (text, separator, cells);
          if (*text != separator)
            break;
          text++;
        }
      while (*text == '\n' || *text == '\r')
        text++;
      row = g_strv_builder_end (cells);
      for (char **cell = row; *cell != NULL; cell++)
        empty = empty && **cell == '\0';
      if (empty)
        g_strfreev (row);
      else
        g_ptr_array_add (rows, row);
    }
  return rows;
}

char *
trestle_price_sheet_dup_price (const char *cell)
{
  g_autofree char *text = g_strdup (cell);
  char *price = g_strstrip (text);

  if (*price == '$')
    price = g_strchug (price + 1);
  return trestle_price_is_valid (price) ? g_strdup (price) : NULL;
}

static char *
dup_letters (const char *text)
{
  GString *word = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalpha (*p))
      g_string_append_c (word, g_ascii_tolower (*p));
  return g_string_free (word, FALSE);
}

int
trestle_price_sheet_get_column (const char *heading)
{
  g_autofree char *word = dup_letters (heading);

  if (g_str_has_prefix (word, "instance") || g_str_equal (word, "type"))
    return TRESTLE_PRICE_SHEET_TYPE;
  if (g_str_has_prefix (word, "realtime"))
    return TRESTLE_USAGE_MODE_REALTIME;
  if (g_str_has_prefix (word, "batch"))
    return TRESTLE_USAGE_MODE_BATCH;
  if (g_str_has_prefix (word, "training"))
    return TRESTLE_USAGE_MODE_TRAINING;
  return TRESTLE_PRICE_SHEET_OTHER;
}

gboolean
trestle_price_sheet_is_heading (char **row)
{
  gboolean known = FALSE;

  for (char **cell = row; *cell != NULL; cell++)
    {
      g_autofree char *price = trestle_price_sheet_dup_price (*cell);
      g_autofree char *word = dup_letters (*cell);

      if (price != NULL)
        return FALSE;
      known = known || g_str_has_prefix (word, "price") || g_str_has_prefix (word, "dimension")
              || trestle_price_sheet_get_column (*cell) != TRESTLE_PRICE_SHEET_OTHER;
    }
  return known;
}

static gboolean
take (GHashTable *prices, char *key, const char *cell, guint row, GError **error)
{
  char *price;

  if (*cell == '\0')
    {
      g_free (key);
      return TRUE;
    }
  price = trestle_price_sheet_dup_price (cell);
  if (price == NULL)
    {
      g_set_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX,
                   _ ("Row %u: “%s” is no price"), row, cell);
      g_free (key);
      return FALSE;
    }
  g_hash_table_replace (prices, key, price);
  return TRUE;
}

/* @heading: a type's column and those of modes */
static gboolean
read_matrix_row (GHashTable *prices, char **heading, char **row, guint number, GError **error)
{
  const char *type = NULL;

  for (guint i = 0; heading[i] != NULL && row[i] != NULL; i++)
    if (trestle_price_sheet_get_column (heading[i]) == TRESTLE_PRICE_SHEET_TYPE)
      type = row[i];
  if (type == NULL || *type == '\0')
    {
      g_set_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX,
                   _ ("Row %u names no instance type"), number);
      return FALSE;
    }
  for (guint i = 0; heading[i] != NULL && row[i] != NULL; i++)
    {
      int mode = trestle_price_sheet_get_column (heading[i]);

      if (mode >= 0
          && !take (prices, trestle_dimension_dup_key (type, (TrestleUsageMode) mode), row[i],
                    number, error))
        return FALSE;
    }
  return TRUE;
}

GHashTable *
trestle_price_sheet_read (const char *text, GError **error)
{
  g_autoptr (GHashTable) prices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) rows = trestle_price_sheet_split (text);
  char **heading = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);
      guint n = g_strv_length (row);

      if (i == 0 && n >= 2 && trestle_dimension_parse (row[0], NULL) == TRESTLE_USAGE_MODE_OTHER)
        {
          for (guint j = 0; j < n && heading == NULL; j++)
            if (trestle_price_sheet_get_column (row[j]) >= 0)
              heading = row;
          continue; /* "DimensionKey, Price" says nothing new */
        }
      if (heading != NULL)
        {
          if (!read_matrix_row (prices, heading, row, i + 1, error))
            return NULL;
          continue;
        }
      if (n < 2 || trestle_dimension_parse (row[0], NULL) == TRESTLE_USAGE_MODE_OTHER)
        {
          g_set_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX,
                       _ ("Row %u: “%s” is no dimension with a price"), i + 1, row[0]);
          return NULL;
        }
      if (!take (prices, g_strdup (row[0]), row[1], i + 1, error))
        return NULL;
    }
  return g_steal_pointer (&prices);
}
