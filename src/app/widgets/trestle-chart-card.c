/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-chart-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "widgets/trestle-widget.h"

struct _TrestleChartCard
{
  GtkWidget parent_instance;

  GtkBox *legend;
  GtkStack *stack;
  TrestleChart *chart;
  GtkColumnView *table;

  char *title;
  char *nothing;
  gboolean as_table;

  gint64 from;
  gint64 step;
  guint n_steps;
  GPtrArray *values; /* of double[n_steps], one for each series */
  GPtrArray *names;
  gboolean has_values;
};

enum
{
  PROP_TITLE = 1,
  PROP_NOTHING,
  PROP_AS_TABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleChartCard, trestle_chart_card, GTK_TYPE_WIDGET)

static void
show (TrestleChartCard *self)
{
  gtk_stack_set_visible_child_name (self->stack, !self->has_values ? "nothing"
                                                 : self->as_table  ? "table"
                                                                   : "chart");
}

/* --- Legend --------------------------------------------------------------------------------- */

static void
draw_key (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer hue)
{
  GdkRGBA colour;

  trestle_chart_hue_get (GPOINTER_TO_INT (hue),
                         adw_style_manager_get_dark (adw_style_manager_get_for_display (
                             gtk_widget_get_display (GTK_WIDGET (area)))),
                         &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static void
add_to_legend (TrestleChartCard *self, const char *name, TrestleChartHue hue)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *key = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (name);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (key), 10);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (key), 4);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (key), draw_key, GINT_TO_POINTER (hue), NULL);
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (key), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (GTK_BOX (entry), key);
  gtk_box_append (GTK_BOX (entry), label);
  gtk_box_append (self->legend, entry);
}

/* --- Table: a string for each step that has a value, newest first ----------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), GPOINTER_TO_INT (column) == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_auto (GStrv)
      cells = g_strsplit (gtk_string_object_get_string (gtk_list_item_get_item (item)), "\t", -1);
  guint i = GPOINTER_TO_UINT (column);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       i < g_strv_length (cells) ? cells[i] : "");
}

static void
add_column (TrestleChartCard *self, const char *title, guint index)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (index));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (index));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->table, column);
}

static GListModel *
create_rows (TrestleChartCard *self)
{
  GtkStringList *rows = gtk_string_list_new (NULL);

  for (guint i = self->n_steps; i-- > 0;)
    {
      g_autoptr (GString) row = g_string_new (NULL);
      g_autofree char *time = trestle_chart_time (self->from + self->step * i, 0);
      gboolean any = FALSE;

      if (self->step * self->n_steps > G_TIME_SPAN_DAY)
        {
          g_autofree char *day = trestle_chart_time (self->from + self->step * i, G_MAXINT64);

          g_string_append_printf (row, "%s ", day);
        }
      g_string_append (row, time);
      for (guint j = 0; j < self->values->len; j++)
        {
          double value = ((double *) g_ptr_array_index (self->values, j))[i];

          if (isnan (value))
            g_string_append (row, "\t–");
          else
            g_string_append_printf (row, "\t%.6g", value);
          any = any || (!isnan (value) && value != 0);
        }
      if (any)
        gtk_string_list_append (rows, row->str);
    }
  return G_LIST_MODEL (rows);
}

static void
fill_table (TrestleChartCard *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->table);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (create_rows (self));

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->table, column);
    }
  add_column (self, _ ("Time"), 0);
  for (guint i = 0; i < self->names->len; i++)
    add_column (self, g_ptr_array_index (self->names, i), i + 1);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (selection));
}

/* --- Values --------------------------------------------------------------------------------- */

void
trestle_chart_card_begin (TrestleChartCard *self, gint64 from, gint64 step, guint n_steps)
{
  GtkWidget *child;

  g_return_if_fail (TRESTLE_IS_CHART_CARD (self));

  self->from = from;
  self->step = step;
  self->n_steps = n_steps;
  self->has_values = FALSE;
  g_ptr_array_set_size (self->values, 0);
  g_ptr_array_set_size (self->names, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->legend))) != NULL)
    gtk_box_remove (self->legend, child);
  trestle_chart_begin (self->chart, from, step, n_steps);
}

void
trestle_chart_card_add (TrestleChartCard *self,
                        const char *name,
                        TrestleChartHue hue,
                        const double *values,
                        gboolean bars)
{
  g_return_if_fail (TRESTLE_IS_CHART_CARD (self));

  g_ptr_array_add (self->values, g_memdup2 (values, self->n_steps * sizeof *values));
  g_ptr_array_add (self->names, g_strdup (name));
  for (guint i = 0; i < self->n_steps; i++)
    self->has_values = self->has_values || (!isnan (values[i]) && values[i] != 0);
  add_to_legend (self, name, hue);
  trestle_chart_add (self->chart, name, hue, values, bars);
}

void
trestle_chart_card_end (TrestleChartCard *self)
{
  g_return_if_fail (TRESTLE_IS_CHART_CARD (self));

  gtk_widget_set_visible (GTK_WIDGET (self->legend), self->has_values);
  if (self->as_table)
    fill_table (self);
  show (self);
}

static void
trestle_chart_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleChartCard *self = TRESTLE_CHART_CARD (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_NOTHING:
      g_value_set_string (value, self->nothing);
      break;
    case PROP_AS_TABLE:
      g_value_set_boolean (value, self->as_table);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_chart_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TrestleChartCard *self = TRESTLE_CHART_CARD (object);

  switch (id)
    {
    case PROP_TITLE:
      g_set_str (&self->title, g_value_get_string (value));
      break;
    case PROP_NOTHING:
      g_set_str (&self->nothing, g_value_get_string (value));
      break;
    case PROP_AS_TABLE:
      self->as_table = g_value_get_boolean (value);
      if (self->as_table)
        fill_table (self);
      show (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_chart_card_dispose (GObject *object)
{
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_CHART_CARD);
  G_OBJECT_CLASS (trestle_chart_card_parent_class)->dispose (object);
}

static void
trestle_chart_card_finalize (GObject *object)
{
  TrestleChartCard *self = TRESTLE_CHART_CARD (object);

  g_free (self->title);
  g_free (self->nothing);
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->names);
  G_OBJECT_CLASS (trestle_chart_card_parent_class)->finalize (object);
}

static void
trestle_chart_card_class_init (TrestleChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (TRESTLE_TYPE_CHART);

  object_class->get_property = trestle_chart_card_get_property;
  object_class->set_property = trestle_chart_card_set_property;
  object_class->dispose = trestle_chart_card_dispose;
  object_class->finalize = trestle_chart_card_finalize;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_NOTHING] = g_param_spec_string ("nothing", NULL, NULL, NULL, flags);
  properties[PROP_AS_TABLE] = g_param_spec_boolean ("as-table", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/widgets/trestle-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleChartCard, legend);
  gtk_widget_class_bind_template_child (widget_class, TrestleChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, TrestleChartCard, chart);
  gtk_widget_class_bind_template_child (widget_class, TrestleChartCard, table);
}

static void
trestle_chart_card_init (TrestleChartCard *self)
{
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
