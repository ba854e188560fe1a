/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "logs/trestle-log-strip.h"
#include "widgets/trestle-format.h"

#define STRIP_MSEC 200
#define TICK_SECONDS 10

/*
 * Model chain: the source's TrestleLogModel (chunks, filter) → TrestleLogSelection → list view.
 */
struct _TrestleLogList
{
  GtkWidget parent_instance;

  GtkWidget *strip_box;
  TrestleLogStrip *strip;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *view;
  GtkRevealer *pill_revealer;
  GtkButton *pill;

  TrestleLogSource *source;
  TrestleLogModel *model; /* the source's */
  TrestleLogSelection *selection;
  GPtrArray *rows;              /* (element-type TrestleLogRow): those in the list now, unowned */
  TrestleLogQuery *shown_query; /* what the rows mark */
  TrestleLogTimeStyle time_style;
  guint n_new; /* that came while scrolled away */
  guint strip_source;
  guint tick;
};

static guint activate_signal;
static guint found_signal;

G_DEFINE_FINAL_TYPE (TrestleLogList, trestle_log_list, GTK_TYPE_WIDGET)

static guint
count_items (TrestleLogList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

/* --- Rows ----------------------------------------------------------------------------------- */

static void
on_bind (TrestleLogList *self, GtkListItem *item)
{
  TrestleLogRow *row = TRESTLE_LOG_ROW (gtk_list_item_get_child (item));
  g_autofree char *label = NULL;

  trestle_log_row_set_line (row, gtk_list_item_get_item (item),
                            trestle_log_model_get_query (self->model), self->time_style);
  label = trestle_log_row_dup_label (row);
  gtk_list_item_set_accessible_label (item, label);
  g_ptr_array_add (self->rows, row);
}

static void
on_setup (TrestleLogList *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, trestle_log_row_new ());
}

static void
on_unbind (TrestleLogList *self, GtkListItem *item)
{
  g_ptr_array_remove_fast (self->rows, gtk_list_item_get_child (item));
}

/* Rows that stay where they are mark what is looked for now. */
static void
refresh_rows (TrestleLogList *self)
{
  TrestleLogQuery *query = trestle_log_model_get_query (self->model);

  for (guint i = 0; i < self->rows->len; i++)
    {
      TrestleLogRow *row = self->rows->pdata[i];
      g_autoptr (TrestleLogLine) line = g_object_ref (trestle_log_row_get_line (row));

      trestle_log_row_set_line (row, line, query, self->time_style);
    }
}

/* --- The pill, and the newest line ---------------------------------------------------------- */

static void
update_pill (TrestleLogList *self)
{
  g_autofree char *number = trestle_format_count (self->n_new);
  g_autofree char *label = g_strdup_printf (
      g_dngettext (NULL, "%s New Line", "%s New Lines", self->n_new), number);

  if (self->n_new > 0)
    gtk_button_set_label (self->pill, label);
  gtk_revealer_set_reveal_child (self->pill_revealer, self->n_new > 0);
}

static gboolean
is_at_top (TrestleLogList *self)
{
  return gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller)) < 1;
}

void
trestle_log_list_scroll_to_newest (TrestleLogList *self)
{
  g_return_if_fail (TRESTLE_IS_LOG_LIST (self));

  self->n_new = 0;
  if (count_items (self) > 0)
    gtk_list_view_scroll_to (self->view, 0, GTK_LIST_SCROLL_NONE, NULL);
  update_pill (self);
}

static void
on_scrolled (TrestleLogList *self)
{
  if (self->n_new == 0 || !is_at_top (self))
    return;
  self->n_new = 0;
  update_pill (self);
}

/* The list keeps its place when lines come above it. At the top, its place is the newest line. */
static void
on_items_changed (TrestleLogList *self, guint position, guint removed, guint added)
{
  if (position == 0 && removed == 0 && added > 0)
    {
      if (is_at_top (self))
        trestle_log_list_scroll_to_newest (self);
      else if (!trestle_log_source_get_loading (self->source))
        self->n_new += added;
    }
  else
    self->n_new = 0;
  update_pill (self);
}

/* --- The strip ------------------------------------------------------------------------------ */

static void
get_axis (TrestleLogList *self, gint64 *since, gint64 *until)
{
  gboolean ranged = trestle_log_source_get_range (self->source, since, until);
  gint64 now = trestle_clock_now ();
  gint64 first, last;

  if (*until == 0)
    *until = now;
  if (ranged || !trestle_log_model_get_bounds (self->model, &first, &last))
    return;
  *until = MAX (*until, last + 1);
  /* A log that has just begun would be a single bar at the end. */
  if (first > *since + (*until - *since) / 2)
    *since = MIN (first, *until - TRESTLE_MINUTE);
}

static gboolean
update_strip (gpointer data)
{
  TrestleLogList *self = data;
  guint n = trestle_log_strip_get_n_bars (self->strip);
  g_autofree TrestleLogBucket *buckets = g_new0 (TrestleLogBucket, n);
  gint64 since, until;

  self->strip_source = 0;
  get_axis (self, &since, &until);
  trestle_log_model_count (self->model, since, until, buckets, n);
  trestle_log_strip_set (self->strip, since, until, buckets, n);
  return G_SOURCE_REMOVE;
}

static void
queue_strip (TrestleLogList *self)
{
  if (self->strip_source == 0)
    self->strip_source = g_timeout_add (STRIP_MSEC, update_strip, self);
}

static void
on_range_chosen (TrestleLogList *self, gint64 since, gint64 until)
{
  trestle_log_source_set_range (self->source, since, until);
}

static void
on_strip_resized (TrestleLogList *self)
{
  queue_strip (self);
}

static gboolean
on_tick (gpointer data)
{
  TrestleLogList *self = data;

  /* Time goes on when no line comes. */
  queue_strip (self);
  return G_SOURCE_CONTINUE;
}

/* --- What is shown -------------------------------------------------------------------------- */

static void
on_model_changed (TrestleLogList *self)
{
  TrestleLogQuery *query = trestle_log_model_get_query (self->model);

  if (trestle_log_model_get_filtering (self->model))
    return;
  gtk_stack_set_visible_child_name (self->stack, count_items (self) > 0 ? "lines" : "none");
  queue_strip (self);
  if (self->shown_query == query)
    return;
  g_clear_pointer (&self->shown_query, trestle_log_query_unref);
  self->shown_query = trestle_log_query_ref (query);
  refresh_rows (self);
  trestle_log_list_scroll_to_newest (self);
  g_signal_emit (self, found_signal, 0);
}

static void
on_activate (TrestleLogList *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  g_signal_emit (self, activate_signal, 0, position);
}

void
trestle_log_list_set_source (TrestleLogList *self, TrestleLogSource *source)
{
  g_return_if_fail (TRESTLE_IS_LOG_LIST (self));
  g_return_if_fail (self->source == NULL);

  self->source = g_object_ref (source);
  self->model = trestle_log_source_get_model (source);
  self->selection = trestle_log_selection_new (self->model);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  /* After the view has taken the change. */
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (on_model_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "changed", G_CALLBACK (queue_strip), self, G_CONNECT_SWAPPED);
  on_model_changed (self);
}

TrestleLogSelection *
trestle_log_list_get_selection (TrestleLogList *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_LIST (self), NULL);
  return self->selection;
}

void
trestle_log_list_set_time_style (TrestleLogList *self, TrestleLogTimeStyle style)
{
  g_return_if_fail (TRESTLE_IS_LOG_LIST (self));

  if (self->time_style == style)
    return;
  self->time_style = style;
  if (self->model != NULL)
    refresh_rows (self);
}

void
trestle_log_list_set_touch (TrestleLogList *self, gboolean touch)
{
  g_return_if_fail (TRESTLE_IS_LOG_LIST (self));
  gtk_list_view_set_single_click_activate (self->view, touch);
}

void
trestle_log_list_scroll_to_chosen (TrestleLogList *self)
{
  guint position;

  g_return_if_fail (TRESTLE_IS_LOG_LIST (self));

  position = trestle_log_selection_get_position (self->selection);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_list_view_scroll_to (self->view, position, GTK_LIST_SCROLL_NONE, NULL);
}

/* --- The class ------------------------------------------------------------------------------ */

static gboolean
trestle_log_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TRESTLE_LOG_LIST (widget)->view));
}

static void
trestle_log_list_map (GtkWidget *widget)
{
  TrestleLogList *self = TRESTLE_LOG_LIST (widget);

  GTK_WIDGET_CLASS (trestle_log_list_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
}

static void
trestle_log_list_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&TRESTLE_LOG_LIST (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (trestle_log_list_parent_class)->unmap (widget);
}

static void
trestle_log_list_dispose (GObject *object)
{
  TrestleLogList *self = TRESTLE_LOG_LIST (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->strip_source, g_source_remove);
  /* The lines go with the source, when there is no list any more to show it. */
  if (self->source != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->model, self);
      g_signal_handlers_disconnect_by_data (self->source, self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_LOG_LIST);
  g_clear_object (&self->selection);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (trestle_log_list_parent_class)->dispose (object);
}

static void
trestle_log_list_finalize (GObject *object)
{
  TrestleLogList *self = TRESTLE_LOG_LIST (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->shown_query, trestle_log_query_unref);
  G_OBJECT_CLASS (trestle_log_list_parent_class)->finalize (object);
}

static void
trestle_log_list_class_init (TrestleLogListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_LOG_STRIP);
  object_class->dispose = trestle_log_list_dispose;
  object_class->finalize = trestle_log_list_finalize;
  widget_class->grab_focus = trestle_log_list_grab_focus;
  widget_class->map = trestle_log_list_map;
  widget_class->unmap = trestle_log_list_unmap;

  activate_signal = g_signal_new ("activate", TRESTLE_TYPE_LOG_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  found_signal = g_signal_new ("found", TRESTLE_TYPE_LOG_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/logs/trestle-log-list.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleLogList, strip_box);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogList, strip);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogList, stack);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogList, scroller);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogList, view);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogList, pill_revealer);
  gtk_widget_class_bind_template_child (widget_class, TrestleLogList, pill);
  gtk_widget_class_bind_template_callback (widget_class, on_strip_resized);
  gtk_widget_class_bind_template_callback (widget_class, on_range_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, trestle_log_list_scroll_to_newest);
  gtk_widget_class_set_css_name (widget_class, "log-pane");
}

static void
trestle_log_list_init (TrestleLogList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkAdjustment *adjustment;

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, factory);
  g_object_unref (factory);

  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
}
