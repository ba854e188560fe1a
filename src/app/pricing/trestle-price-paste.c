/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "pricing/trestle-price-paste.h"

#include <glib/gi18n.h>
#include <string.h>

#include "domain/trestle-dimensions.h"
#include "domain/trestle-price-sheet.h"

/* A block while it is being taken. */
typedef struct
{
  TrestlePriceLines *lines;
  guint mode;
  char **heading; /* nullable */
  GPtrArray *keys;
  GPtrArray *prices;
  GPtrArray *refused;
} Pasting;

G_GNUC_PRINTF (2, 3)
static void
refuse (Pasting *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->refused, g_strdup_vprintf (format, args));
  va_end (args);
}

static const char *
name_of (TrestlePriceLine *line)
{
  const char *type = trestle_price_line_get_instance_type (line);

  return type != NULL ? type : _ ("One call");
}

/* @row: the number that people see in their spreadsheet */
static void
take (Pasting *self, TrestlePriceLine *line, guint column, const char *cell, guint row)
{
  static const char *const names[TRESTLE_PRICE_MODES] = { N_ ("real-time"), N_ ("batch"),
                                                          N_ ("training") };
  g_autofree char *price = trestle_price_sheet_dup_price (cell);

  if (*cell == '\0')
    return;
  if (price == NULL)
    refuse (self, _ ("Row %u: “%s” is no price; write dollars as 1.50"), row, cell);
  else if (column >= TRESTLE_PRICE_MODES)
    refuse (self, _ ("Row %u: “%s” is right of the last column"), row, cell);
  else if (!trestle_price_line_has (line, column))
    refuse (self, _ ("Row %u: %s has no %s use to price"), row, name_of (line), _ (names[column]));
  else
    {
      g_ptr_array_add (self->keys, (gpointer) trestle_price_line_get_key (line, column));
      g_ptr_array_add (self->prices, g_steal_pointer (&price));
    }
}

/* The cells in their order, from @column on; a column that is not shown takes none. */
static void
take_cells (Pasting *self, TrestlePriceLine *line, guint column, char **cells, guint row)
{
  for (; *cells != NULL; cells++, column++)
    {
      while (column < TRESTLE_PRICE_MODES && !trestle_price_lines_has (self->lines, column))
        column++;
      take (self, line, column, *cells, row);
    }
}

/* The cells as the heading names them; what it names otherwise is no price. */
static void
take_named (Pasting *self, TrestlePriceLine *line, char **cells, guint row)
{
  for (guint i = 0; cells[i] != NULL && self->heading[i] != NULL; i++)
    {
      int mode = trestle_price_sheet_get_column (self->heading[i]);

      if (mode >= 0)
        take (self, line, (guint) trestle_price_lines_get_column ((TrestleUsageMode) mode),
              cells[i], row);
    }
}

static gboolean
names_modes (char **heading)
{
  for (char **cell = heading; cell != NULL && *cell != NULL; cell++)
    if (trestle_price_sheet_get_column (*cell) >= 0)
      return TRUE;
  return FALSE;
}

/* Returns: (nullable): the cell of @cells that names an instance type or a dimension */
static const char *
find_name (Pasting *self, char **cells)
{
  for (guint i = 0; self->heading != NULL && self->heading[i] != NULL && cells[i] != NULL; i++)
    if (trestle_price_sheet_get_column (self->heading[i]) == TRESTLE_PRICE_SHEET_TYPE)
      return cells[i];
  if (g_str_has_prefix (cells[0], "ml.")
      || trestle_dimension_parse (cells[0], NULL) != TRESTLE_USAGE_MODE_OTHER)
    return cells[0];
  return NULL;
}

static void
paste_row (Pasting *self, char **cells, guint position, guint row)
{
  const char *name = find_name (self, cells);
  g_autofree char *type = NULL;
  TrestleUsageMode mode = trestle_dimension_parse (name, &type);
  g_autoptr (TrestlePriceLine) line = NULL;

  if (name == NULL)
    line = g_list_model_get_item (G_LIST_MODEL (self->lines), position);
  else
    g_set_object (&line, trestle_price_lines_find (self->lines,
                                                   mode != TRESTLE_USAGE_MODE_OTHER ? type : name));
  if (name != NULL && *name == '\0')
    refuse (self, _ ("Row %u names no instance type"), row);
  else if (line == NULL && name != NULL)
    refuse (self, _ ("Row %u: no version of this listing runs on %s"), row, name);
  else if (line == NULL)
    refuse (self, _ ("Row %u is below the last instance type"), row);
  else if (mode != TRESTLE_USAGE_MODE_OTHER && cells[1] != NULL)
    take (self, line, (guint) trestle_price_lines_get_column (mode), cells[1], row);
  else if (names_modes (self->heading))
    take_named (self, line, cells, row);
  else if (name == NULL)
    take_cells (self, line, self->mode, cells, row);
  else if (name == cells[0])
    take_cells (self, line, 0, cells + 1, row);
  else
    refuse (self, _ ("Row %u: the heading names no use, such as real-time or batch"), row);
}

guint
trestle_price_paste (TrestlePriceLines *lines,
                     const char *text,
                     guint line,
                     guint mode,
                     char ***refused)
{
  g_autoptr (GPtrArray) rows = trestle_price_sheet_split (text);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) prices = g_ptr_array_new_with_free_func (g_free);
  Pasting self = { lines, mode, NULL, keys, prices, g_ptr_array_new () };
  guint begin = rows->len > 0 && trestle_price_sheet_is_heading (rows->pdata[0]) ? 1 : 0;

  g_return_val_if_fail (TRESTLE_IS_PRICE_LINES (lines), 0);

  if (begin > 0)
    self.heading = rows->pdata[0];
  for (guint i = begin; i < rows->len; i++)
    paste_row (&self, rows->pdata[i], line + i - begin, i + 1);
  trestle_price_lines_put (lines, keys, prices);
  g_ptr_array_add (self.refused, NULL);
  *refused = (char **) g_ptr_array_free (self.refused, FALSE);
  return keys->len;
}
