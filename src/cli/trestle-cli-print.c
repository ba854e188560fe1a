/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include "cli/trestle-cli-print.h"

#include <stdio.h>
#include <string.h>

#include "base/trestle-clock.h"

struct _TrestleCliTable
{
  GPtrArray *headings;
  GPtrArray *rows; /* of GPtrArray of texts */
};

void
trestle_cli_print_json (JsonNode *node, gboolean line)
{
  g_autofree char *text = json_to_string (node, !line);

  json_node_unref (node);
  puts (text);
  if (line)
    fflush (stdout);
}

void
trestle_cli_set_items (JsonObject *object,
                       const char *name,
                       GListModel *model,
                       JsonNode *(*make) (gpointer item))
{
  JsonArray *items = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      json_array_add_element (items, make (item));
    }
  json_object_set_array_member (object, name, items);
}

void
trestle_cli_print_items (GListModel *model, JsonNode *(*make) (gpointer item))
{
  JsonObject *object = json_object_new ();

  trestle_cli_set_items (object, "items", model, make);
  trestle_cli_print_json (trestle_cli_take_object (object), FALSE);
}

void
trestle_cli_set_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

void
trestle_cli_set_strv (JsonObject *object, const char *name, const char *const *value)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; value != NULL && value[i] != NULL; i++)
    json_array_add_string_element (array, value[i]);
  json_object_set_array_member (object, name, array);
}

void
trestle_cli_set_time (JsonObject *object, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? trestle_clock_format_iso (time) : NULL;

  trestle_cli_set_string (object, name, text);
}

void
trestle_cli_set_money (JsonObject *object, const char *name, const TrestleMoney *value)
{
  g_autofree char *text = value ? trestle_money_to_string (value) : NULL;

  trestle_cli_set_string (object, name, text);
}

JsonNode *
trestle_cli_take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

char *
trestle_cli_money (const TrestleMoney *money)
{
  return money ? trestle_money_format (money, 2) : g_strdup ("–");
}

char *
trestle_cli_when (gint64 time)
{
  g_autoptr (GDateTime) date = time != 0 ? g_date_time_new_from_unix_local (time / TRESTLE_SECOND)
                                         : NULL;

  return date ? g_date_time_format (date, "%Y-%m-%d %H:%M") : g_strdup ("–");
}

TrestleCliTable *
trestle_cli_table_new (const char *heading, ...)
{
  TrestleCliTable *self = g_new0 (TrestleCliTable, 1);
  va_list args;

  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  va_start (args, heading);
  for (; heading != NULL; heading = va_arg (args, const char *))
    g_ptr_array_add (self->headings, g_strdup (heading));
  va_end (args);
  return self;
}

void
trestle_cli_table_add_heading (TrestleCliTable *self, const char *heading)
{
  g_ptr_array_add (self->headings, g_strdup (heading));
}

void
trestle_cli_table_add_cells (TrestleCliTable *self, GPtrArray *cells)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->headings->len; i++)
    {
      const char *text = i < cells->len ? cells->pdata[i] : NULL;

      g_ptr_array_add (row, g_strdup (text && *text ? text : "–"));
    }
  g_ptr_array_add (self->rows, row);
}

void
trestle_cli_table_add (TrestleCliTable *self, ...)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  va_list args;

  va_start (args, self);
  for (guint i = 0; i < self->headings->len; i++)
    g_ptr_array_add (cells, va_arg (args, char *));
  va_end (args);
  trestle_cli_table_add_cells (self, cells);
}

static glong
width_of (const char *text)
{
  glong width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
print_row (TrestleCliTable *self, GPtrArray *row, const glong *widths)
{
  for (guint i = 0; i < row->len; i++)
    {
      const char *text = row->pdata[i];
      gboolean right = ((const char *) self->headings->pdata[i])[0] == '>';
      glong gap;

      if (row == self->headings && right)
        text++;
      gap = widths[i] - width_of (text);
      if (right)
        printf ("%*s%s", (int) gap, "", text);
      else
        printf ("%s%*s", text, i + 1 < row->len ? (int) gap : 0, "");
      fputs (i + 1 < row->len ? "  " : "\n", stdout);
    }
}

void
trestle_cli_table_print (TrestleCliTable *self, const char *nothing)
{
  g_autofree glong *widths = g_new0 (glong, self->headings->len);

  for (guint i = 0; i < self->headings->len; i++)
    {
      const char *heading = self->headings->pdata[i];

      widths[i] = width_of (heading) - (*heading == '>');
      for (guint j = 0; j < self->rows->len; j++)
        widths[i] = MAX (widths[i], width_of (((GPtrArray *) self->rows->pdata[j])->pdata[i]));
    }
  if (self->rows->len == 0)
    {
      g_printerr ("%s\n", nothing);
    }
  else
    {
      print_row (self, self->headings, widths);
      for (guint j = 0; j < self->rows->len; j++)
        print_row (self, self->rows->pdata[j], widths);
    }
  trestle_cli_table_free (self);
}

void
trestle_cli_table_free (TrestleCliTable *self)
{
  g_ptr_array_unref (self->headings);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
