/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-table-view.h"

#include <glib/gi18n.h>

#define COLUMNS_MAX 64
#define ROWS_MAX 100000

#define TRESTLE_TYPE_TABLE_ROW (trestle_table_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleTableRow, trestle_table_row, TRESTLE, TABLE_ROW, GObject)

struct _TrestleTableRow
{
  GObject parent_instance;

  char **cells;
};

G_DEFINE_FINAL_TYPE (TrestleTableRow, trestle_table_row, G_TYPE_OBJECT)

struct _TrestleTableView
{
  GtkWidget parent_instance;

  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (TrestleTableView, trestle_table_view, GTK_TYPE_WIDGET)

static void
trestle_table_row_finalize (GObject *object)
{
  g_strfreev (TRESTLE_TABLE_ROW (object)->cells);
  G_OBJECT_CLASS (trestle_table_row_parent_class)->finalize (object);
}

static void
trestle_table_row_class_init (TrestleTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_table_row_finalize;
}

static void
trestle_table_row_init (TrestleTableRow *self)
{
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (label), 12);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  TrestleTableRow *row = gtk_list_item_get_item (item);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            row->cells[GPOINTER_TO_UINT (column)]);
}

void
trestle_table_view_set_rows (TrestleTableView *self, const char *const *columns, GPtrArray *rows)
{
  GListModel *old;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkSelectionModel) selection = NULL;
  GListStore *store;

  g_return_if_fail (TRESTLE_IS_TABLE_VIEW (self));

  gtk_column_view_set_model (self->view, NULL);
  old = gtk_column_view_get_columns (self->view);
  while (g_list_model_get_n_items (old) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (old, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  if (columns == NULL || rows == NULL)
    return;
  for (guint i = 0; columns[i] != NULL && i < COLUMNS_MAX; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (columns[i], factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (self->view, column);
      g_object_unref (column);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      TrestleTableRow *row = g_object_new (TRESTLE_TYPE_TABLE_ROW, NULL);

      row->cells = g_strdupv (rows->pdata[i]);
      g_ptr_array_add (items, row);
    }
  store = g_list_store_new (TRESTLE_TYPE_TABLE_ROW);
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (store)));
  gtk_column_view_set_model (self->view, selection);
}

/* Reads one record; quotes may hold line breaks. Moves @text behind it. */
static char **
read_record (const char **text)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GString) cell = g_string_new (NULL);
  const char *p = *text;
  gboolean quoted = FALSE;

  for (; *p != '\0'; p++)
    {
      if (quoted && p[0] == '"' && p[1] == '"')
        {
          g_string_append_c (cell, '"');
          p++;
        }
      else if (*p == '"' && (quoted || cell->len == 0))
        quoted = !quoted;
      else if (!quoted && (*p == ',' || *p == '\n'))
        {
          g_strv_builder_add (cells, g_strchomp (cell->str));
          g_string_truncate (cell, 0);
          if (*p == '\n')
            break;
        }
      else
        g_string_append_c (cell, *p);
    }
  if (*p == '\0')
    g_strv_builder_add (cells, g_strchomp (cell->str));
  *text = *p == '\0' ? p : p + 1;
  return g_strv_builder_end (cells);
}

static gboolean
is_number (const char *text)
{
  char *end;

  g_ascii_strtod (text, &end);
  return *text != '\0' && *end == '\0';
}

GPtrArray *
trestle_table_parse_csv (const char *text, char ***columns)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GStrvBuilder) headings = g_strv_builder_new ();
  gboolean named = TRUE;
  guint width = 0;

  while (*text != '\0' && rows->len < ROWS_MAX)
    {
      char **record = read_record (&text);

      if (g_strv_length (record) == 1 && *record[0] == '\0')
        {
          g_strfreev (record);
          continue;
        }
      width = MAX (width, g_strv_length (record));
      g_ptr_array_add (rows, record);
    }
  for (guint i = 0; rows->len > 0 && ((char **) rows->pdata[0])[i] != NULL; i++)
    named = named && !is_number (((char **) rows->pdata[0])[i]);
  named = named && rows->len > 1;
  for (guint i = 0; i < width; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      char **first = rows->pdata[0];

      g_strv_builder_add (headings, named && i < g_strv_length (first) ? first[i] : number);
    }
  if (named)
    g_ptr_array_remove_index (rows, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      char **record = rows->pdata[i];
      guint n = g_strv_length (record);

      if (n == width)
        continue;
      record = g_renew (char *, record, width + 1);
      for (; n < width; n++)
        record[n] = g_strdup ("");
      record[width] = NULL;
      rows->pdata[i] = record;
    }
  *columns = g_strv_builder_end (headings);
  return rows;
}

static void
trestle_table_view_dispose (GObject *object)
{
  TrestleTableView *self = TRESTLE_TABLE_VIEW (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  if (child != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (trestle_table_view_parent_class)->dispose (object);
}

static void
trestle_table_view_class_init (TrestleTableViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trestle_table_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
trestle_table_view_init (TrestleTableView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  /* The columns are the data's, so a template would hold nothing. */
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Answer as a table"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
}
