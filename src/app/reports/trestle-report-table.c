/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-report-table.h"

#include <glib/gi18n.h>

#include "reports/trestle-report-words.h"
#include "widgets/trestle-columns.h"
#include "widgets/trestle-widget.h"

/* As many rows as a page has room for; what is longer scrolls by itself. */
#define MOST_ROWS 15
#define ROW_HEIGHT 31
#define HEADER_HEIGHT 34

/* What a column of the view shows: a column of the report, a series, or one of these. */
enum
{
  SHOW_NAME = -1,
  SHOW_CURRENCY = -2,
  SHOW_CHANGE = -3,
  SHOW_SERIES = 100, /* and on */
};

struct _TrestleReportTable
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkColumnView *view;

  TrestleReport *report;
  GListModel *totals;
  GtkSortListModel *rows; /* filtered, then sorted */
  GtkStringFilter *filter;
  GtkSingleSelection *selection;
  gboolean narrow;
  gboolean beside;
};

enum
{
  PROP_SELECTED = 1,
  PROP_NARROW,
  PROP_BESIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleReportTable, trestle_report_table, GTK_TYPE_WIDGET)

static int
what_of (gpointer object)
{
  return GPOINTER_TO_INT (g_object_get_data (object, "what"));
}

static gboolean
is_total (TrestleReportTable *self, GtkListItem *item)
{
  return gtk_list_item_get_position (item) >= g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

static char *
dup_cell (TrestleReportTable *self, TrestleReportRow *row, int what, gboolean total)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);

  switch (what)
    {
    case SHOW_NAME:
      return total ? g_strdup (_ ("Total")) : trestle_report_chart_dup_name (self->report, row);
    case SHOW_CURRENCY:
      return g_strdup (trestle_report_row_get_currency (row));
    case SHOW_CHANGE:
      return trestle_report_row_dup_change (row, info->main);
    default:
      break;
    }
  if (what < SHOW_SERIES)
    return trestle_report_row_dup_text (row, info, (guint) what);
  if (total)
    return NULL;
  return trestle_report_format (trestle_report_row_get_part (row, (guint) (what - SHOW_SERIES)),
                                info->columns[info->main].measure, NULL);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TrestleReportTable *self = data;
  GtkWidget *label = gtk_label_new (NULL);
  gboolean name = what_of (factory) == SHOW_NAME;

  gtk_label_set_xalign (GTK_LABEL (label), name ? 0 : 1);
  if (name)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), self->narrow ? 10 : 17);
    }
  else
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  TrestleReportTable *self = data;
  GtkWidget *label = gtk_list_item_get_child (item);
  TrestleReportRow *row = gtk_list_item_get_item (item);
  int what = what_of (factory);
  gboolean total = is_total (self, item);
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  g_autofree char *text = dup_cell (self, row, what, total);

  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (
      label, what == SHOW_NAME && !total ? trestle_report_row_get_detail (row) : NULL);
  set_class (label, "heading", total || what == (int) info->main);
  set_class (label, "dimmed", what == SHOW_CURRENCY);
  gtk_list_item_set_selectable (item, !total);
}

typedef struct
{
  int what;
  gboolean times; /* names are in the order of their keys */
} Order;

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  TrestleReportRow *one = (TrestleReportRow *) a, *other = (TrestleReportRow *) b;
  const Order *order = data;
  int what = order->what;
  TrestleDecimal x, y;

  if (what == SHOW_CURRENCY)
    return g_strcmp0 (trestle_report_row_get_currency (one),
                      trestle_report_row_get_currency (other));
  if (what == SHOW_NAME)
    return order->times
               ? g_strcmp0 (trestle_report_row_get_key (one), trestle_report_row_get_key (other))
               : g_utf8_collate (trestle_report_row_get_label (one),
                                 trestle_report_row_get_label (other));
  x = what >= SHOW_SERIES ? trestle_report_row_get_part (one, (guint) (what - SHOW_SERIES))
                          : trestle_report_row_get_value (one, (guint) what);
  y = what >= SHOW_SERIES ? trestle_report_row_get_part (other, (guint) (what - SHOW_SERIES))
                          : trestle_report_row_get_value (other, (guint) what);
  return x < y ? -1 : x > y;
}

static void
add_column (TrestleReportTable *self, const char *title, int what)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  g_object_set_data (G_OBJECT (factory), "what", GINT_TO_POINTER (what));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  if (what == SHOW_NAME)
    gtk_column_view_column_set_expand (column, TRUE);
  if (what != SHOW_CHANGE)
    {
      Order *order = g_new (Order, 1);
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, order, g_free));

      order->what = what;
      order->times = trestle_report_group_is_time (trestle_report_get_group (self->report));
      gtk_column_view_column_set_sorter (column, sorter);
    }
  gtk_column_view_append_column (self->view, column);
}

/* The main column is split where its rows are times. */
static gboolean
has_series (TrestleReportTable *self)
{
  return !self->narrow && g_list_model_get_n_items (trestle_report_get_series (self->report)) > 1
         && trestle_report_group_is_time (trestle_report_get_group (self->report));
}

/* Narrow, or beside the series, a table keeps its main figures, and beside the drawing what that is made of;
 * grouped otherwise it has all. */
static gboolean
is_shown (TrestleReportTable *self, guint column)
{
  static const char *const main_ones[] = { "net", "paid", "open", "active", "hours", NULL };
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  const char *name = info->columns[column].name;

  return trestle_report_has_column (self->report, column)
         && !trestle_report_is_empty (self->report, column)
         && ((!self->narrow && !self->beside && !has_series (self)) || column == info->main
             || (self->beside && ((info->parts >> column) & 1))
             || g_strv_contains (main_ones, name));
}

/* Currencies are told apart where there is more than one. */
static gboolean
has_currencies (TrestleReport *report)
{
  GListModel *totals = trestle_report_get_totals (report);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (totals); i++)
    {
      g_autoptr (TrestleReportRow) row = g_list_model_get_item (totals, i);

      g_hash_table_add (seen, g_strdup (trestle_report_row_get_currency (row)));
    }
  return g_hash_table_size (seen) > 1;
}

static void
add_series (TrestleReportTable *self)
{
  GListModel *series = trestle_report_get_series (self->report);

  if (!has_series (self))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (series); i++)
    {
      g_autoptr (TrestleReportChoice) choice = g_list_model_get_item (series, i);

      add_column (self, trestle_report_choice_get_label (choice), SHOW_SERIES + (int) i);
    }
}

static void
rebuild (TrestleReportTable *self)
{
  const TrestleReportInfo *info = trestle_report_get_info (self->report);
  GListModel *columns = gtk_column_view_get_columns (self->view);
  TrestleReportQuery *query = trestle_report_get_query (self->report);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  add_column (self, _ (trestle_report_group_get_title (trestle_report_get_group (self->report))),
              SHOW_NAME);
  if (has_currencies (self->report))
    add_column (self, _ ("Currency"), SHOW_CURRENCY);
  add_series (self);
  for (guint i = 0; i < info->n_columns; i++)
    if (is_shown (self, i))
      add_column (self, _ (info->columns[i].title), (int) i);
  if (trestle_report_query_get_compare (query) != TRESTLE_REPORT_COMPARE_NONE)
    add_column (self, _ ("Change"), SHOW_CHANGE);
  trestle_columns_align_end (self->view, 1);
}

static void
on_selected (TrestleReportTable *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

void
trestle_report_table_set_report (TrestleReportTable *self, TrestleReport *report)
{
  g_autoptr (GListStore) both = g_list_store_new (G_TYPE_LIST_MODEL);
  GtkFilterListModel *filtered;
  GtkFlattenListModel *all;
  int height;

  g_return_if_fail (TRESTLE_IS_REPORT_TABLE (self));

  g_set_object (&self->report, report);
  g_set_object (&self->totals, trestle_report_get_totals (report));
  gtk_column_view_set_model (self->view, NULL);
  rebuild (self);
  filtered = gtk_filter_list_model_new (g_object_ref (trestle_report_get_rows (report)),
                                        g_object_ref (GTK_FILTER (self->filter)));
  g_clear_object (&self->rows);
  self->rows = gtk_sort_list_model_new (G_LIST_MODEL (filtered),
                                        g_object_ref (gtk_column_view_get_sorter (self->view)));
  g_list_store_append (both, self->rows);
  g_list_store_append (both, self->totals);
  all = gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&both)));
  g_clear_object (&self->selection);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (all));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  height = HEADER_HEIGHT
           + ROW_HEIGHT * (int) MIN (MOST_ROWS, g_list_model_get_n_items (G_LIST_MODEL (all)));
  gtk_scrolled_window_set_max_content_height (self->scroller, -1);
  gtk_scrolled_window_set_min_content_height (self->scroller, height);
  gtk_scrolled_window_set_max_content_height (self->scroller, height);
}

void
trestle_report_table_set_needle (TrestleReportTable *self, const char *needle)
{
  g_return_if_fail (TRESTLE_IS_REPORT_TABLE (self));
  gtk_string_filter_set_search (self->filter, needle);
}

guint
trestle_report_table_get_n_rows (TrestleReportTable *self)
{
  g_return_val_if_fail (TRESTLE_IS_REPORT_TABLE (self), 0);
  return self->rows != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->rows)) : 0;
}

static char *
dup_text (TrestleReportRow *row)
{
  const char *detail = trestle_report_row_get_detail (row);

  return g_strdup_printf ("%s %s %s", trestle_report_row_get_label (row),
                          detail != NULL ? detail : "", trestle_report_row_get_key (row));
}

static void
select_key (TrestleReportTable *self, const char *key)
{
  guint n = trestle_report_table_get_n_rows (self);

  for (guint i = 0; key != NULL && i < n; i++)
    {
      g_autoptr (TrestleReportRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (!g_str_equal (trestle_report_row_get_key (row), key))
        continue;
      gtk_single_selection_set_selected (self->selection, i);
      gtk_column_view_scroll_to (self->view, i, NULL, GTK_LIST_SCROLL_NONE, NULL);
      return;
    }
  if (self->selection != NULL)
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}

static void
trestle_report_table_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleReportTable *self = TRESTLE_REPORT_TABLE (object);
  TrestleReportRow *row = self->selection != NULL
                              ? gtk_single_selection_get_selected_item (self->selection)
                              : NULL;

  if (id == PROP_NARROW)
    g_value_set_boolean (value, self->narrow);
  else if (id == PROP_BESIDE)
    g_value_set_boolean (value, self->beside);
  else
    g_value_set_string (value, row != NULL ? trestle_report_row_get_key (row) : NULL);
}

static void
trestle_report_table_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  TrestleReportTable *self = TRESTLE_REPORT_TABLE (object);
  gboolean *flag;

  if (id == PROP_SELECTED)
    {
      select_key (self, g_value_get_string (value));
      return;
    }
  flag = id == PROP_NARROW ? &self->narrow : &self->beside;
  if (*flag == g_value_get_boolean (value))
    return;
  *flag = g_value_get_boolean (value);
  if (self->report != NULL)
    trestle_report_table_set_report (self, self->report);
}

static void
trestle_report_table_dispose (GObject *object)
{
  TrestleReportTable *self = TRESTLE_REPORT_TABLE (object);

  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_REPORT_TABLE);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->totals);
  g_clear_object (&self->filter);
  g_clear_object (&self->report);
  G_OBJECT_CLASS (trestle_report_table_parent_class)->dispose (object);
}

static void
trestle_report_table_class_init (TrestleReportTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = trestle_report_table_get_property;
  object_class->set_property = trestle_report_table_set_property;
  object_class->dispose = trestle_report_table_dispose;
  properties[PROP_SELECTED] = g_param_spec_string ("selected", NULL, NULL, NULL, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_BESIDE] = g_param_spec_boolean ("beside", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/reports/trestle-report-table.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleReportTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, TrestleReportTable, view);
}

static void
trestle_report_table_init (TrestleReportTable *self)
{
  GtkExpression *text = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                                     G_CALLBACK (dup_text), NULL, NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = gtk_string_filter_new (text);
  gtk_string_filter_set_match_mode (self->filter, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
}
