/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "invoke/trestle-history-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "invoke/trestle-latency-chart.h"
#include "widgets/trestle-columns.h"
#include "widgets/trestle-widget.h"

/* State, time, file and answer come before the columns of figures. */
#define FIRST_FIGURE 4

struct _TrestleHistoryPane
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  GtkFilterListModel *filtered;
  GtkStringFilter *file_filter;
  GtkStringFilter *answer_filter;
  GtkSearchEntry *search;
  GtkLabel *chart_title;
  GtkLabel *p50_label;
  GtkLabel *p90_label;
  GtkLabel *p99_label;
  GtkLabel *errors_label;
  TrestleLatencyChart *chart;

  GListStore *calls;
  gboolean silent;
};

G_DEFINE_FINAL_TYPE (TrestleHistoryPane, trestle_history_pane, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CALLS,
  N_PROPS
};

enum
{
  RECALL,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char **
dot_classes (gpointer item, const char *state)
{
  const char *const classes[] = { "state-dot", state, NULL };

  return g_strdupv ((char **) classes);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Sorted latencies of what is shown and was answered. */
static GArray *
latencies (TrestleHistoryPane *self, guint *errors)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));

  *errors = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleCallRow) row = g_list_model_get_item (G_LIST_MODEL (self->filtered), i);
      TrestleInvocation *v = trestle_call_row_get_invocation (row);
      gint64 latency = trestle_invocation_get_latency (v);

      if (trestle_invocation_get_error_code (v) != NULL)
        (*errors)++;
      else
        g_array_append_val (values, latency);
    }
  g_array_sort (values, compare);
  return values;
}

static void
set_percentile (GtkLabel *label, GArray *values, guint percent)
{
  g_autofree char *text = values->len > 0
                              ? trestle_latency_format (trestle_latency_percentile (
                                    (const gint64 *) (gpointer) values->data, values->len, percent))
                              : g_strdup ("–");

  gtk_label_set_label (label, text);
}

static void
show_chart (TrestleHistoryPane *self)
{
  guint errors;
  g_autoptr (GArray) values = latencies (self, &errors);
  g_autofree char *title = g_strdup_printf (
      ngettext ("Latency of %u call", "Latency of %u calls", values->len), values->len);
  g_autofree char *errors_text = g_strdup_printf ("%u", errors);

  gtk_label_set_label (self->chart_title, title);
  set_percentile (self->p50_label, values, 50);
  set_percentile (self->p90_label, values, 90);
  set_percentile (self->p99_label, values, 99);
  gtk_label_set_label (self->errors_label, errors_text);
  trestle_latency_chart_set_values (self->chart, (const gint64 *) (gpointer) values->data,
                                    values->len);
  gtk_stack_set_visible_child_name (
      self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->calls)) > 0 ? "content" : "empty");
}

gint64
trestle_history_pane_get_usual (TrestleHistoryPane *self)
{
  guint errors;
  g_autoptr (GArray) values = latencies (self, &errors);

  return trestle_latency_percentile ((const gint64 *) (gpointer) values->data, values->len, 50);
}

void
trestle_history_pane_set_calls (TrestleHistoryPane *self, GListModel *invocations)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (TRESTLE_IS_HISTORY_PANE (self));

  for (guint i = 0; i < g_list_model_get_n_items (invocations); i++)
    {
      g_autoptr (TrestleInvocation) v = g_list_model_get_item (invocations, i);

      g_ptr_array_add (rows, trestle_call_row_new (v, NULL));
    }
  self->silent = TRUE;
  g_list_store_splice (self->calls, 0, g_list_model_get_n_items (G_LIST_MODEL (self->calls)),
                       rows->pdata, rows->len);
  self->silent = FALSE;
  show_chart (self);
}

void
trestle_history_pane_prepend (TrestleHistoryPane *self, TrestleInvocation *invocation)
{
  g_autoptr (TrestleCallRow) row = trestle_call_row_new (invocation, NULL);

  g_return_if_fail (TRESTLE_IS_HISTORY_PANE (self));
  self->silent = TRUE;
  g_list_store_insert (self->calls, 0, row);
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_column_view_scroll_to (self->view, 0, NULL, GTK_LIST_SCROLL_NONE, NULL);
  self->silent = FALSE;
  show_chart (self);
}

static void
on_selected (TrestleHistoryPane *self)
{
  TrestleCallRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (row != NULL && !self->silent)
    g_signal_emit (self, signals[RECALL], 0, trestle_call_row_get_invocation (row));
}

static void
on_search_changed (TrestleHistoryPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  gtk_string_filter_set_search (self->file_filter, text);
  gtk_string_filter_set_search (self->answer_filter, text);
  show_chart (self);
}

static void
trestle_history_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CALLS:
      g_value_set_object (value, TRESTLE_HISTORY_PANE (object)->calls);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_history_pane_dispose (GObject *object)
{
  TrestleHistoryPane *self = TRESTLE_HISTORY_PANE (object);

  self->silent = TRUE;
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_HISTORY_PANE);
  g_clear_object (&self->calls);
  G_OBJECT_CLASS (trestle_history_pane_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, TrestleHistoryPane, child)

static void
trestle_history_pane_class_init (TrestleHistoryPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_history_pane_get_property;
  object_class->dispose = trestle_history_pane_dispose;
  properties[PROP_CALLS] = g_param_spec_object ("calls", NULL, NULL, G_TYPE_LIST_MODEL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[RECALL] = g_signal_new ("recall", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, TRESTLE_TYPE_INVOCATION);

  g_type_ensure (TRESTLE_TYPE_CALL_ROW);
  g_type_ensure (TRESTLE_TYPE_LATENCY_CHART);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/invoke/trestle-history-pane.ui");
  BIND (stack);
  BIND (view);
  BIND (selection);
  BIND (filtered);
  BIND (file_filter);
  BIND (answer_filter);
  BIND (search);
  BIND (chart_title);
  BIND (p50_label);
  BIND (p90_label);
  BIND (p99_label);
  BIND (errors_label);
  BIND (chart);
  gtk_widget_class_bind_template_callback (widget_class, dot_classes);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
}

static void
trestle_history_pane_init (TrestleHistoryPane *self)
{
  self->calls = g_list_store_new (TRESTLE_TYPE_CALL_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));
  trestle_columns_align_end (self->view, FIRST_FIGURE);
  show_chart (self);
}
