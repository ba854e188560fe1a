/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-timeline.h"

#include <glib/gi18n.h>

#include "widgets/trestle-step-row.h"

struct _TrestleTimeline
{
  GtkWidget parent_instance;

  TrestleTask *task;
  GListModel *steps;
  GtkWidget *extra;
  guint tick;
};

enum
{
  PROP_TASK = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleTimeline, trestle_timeline, GTK_TYPE_WIDGET)

/* The extra widget moves with the step that runs. */
static void
place_extra (TrestleTimeline *self)
{
  TrestleStepRow *target = NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      TrestleTaskState state = trestle_step_get_state (
          trestle_step_row_get_step (TRESTLE_STEP_ROW (row)));

      if (state != TRESTLE_TASK_STATE_WAITING)
        target = TRESTLE_STEP_ROW (row);
    }

  if (self->extra == NULL || target == NULL
      || gtk_widget_is_ancestor (self->extra, GTK_WIDGET (target)))
    return;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    trestle_step_row_set_extra (TRESTLE_STEP_ROW (row), NULL);
  trestle_step_row_set_extra (target, self->extra);
}

static void
on_steps_changed (TrestleTimeline *self,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *steps)
{
  guint n = g_list_model_get_n_items (steps);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < position && child != NULL; i++)
    child = gtk_widget_get_next_sibling (child);
  for (guint i = 0; i < removed && child != NULL; i++)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_widget_unparent (child);
      child = next;
    }
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, position + i);
      GtkWidget *row = trestle_step_row_new (step);

      g_signal_connect_object (step, "notify::state", G_CALLBACK (place_extra), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_insert_before (row, GTK_WIDGET (self), child);
    }

  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  for (guint i = 0; child != NULL; i++, child = gtk_widget_get_next_sibling (child))
    trestle_step_row_set_ends (TRESTLE_STEP_ROW (child), i == 0, i + 1 == n);
  place_extra (self);
}

static gboolean
on_tick (gpointer data)
{
  for (GtkWidget *row = gtk_widget_get_first_child (data); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    trestle_step_row_tick (TRESTLE_STEP_ROW (row));
  return G_SOURCE_CONTINUE;
}

static void
trestle_timeline_map (GtkWidget *widget)
{
  TrestleTimeline *self = TRESTLE_TIMELINE (widget);

  GTK_WIDGET_CLASS (trestle_timeline_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (1, on_tick, self);
}

static void
trestle_timeline_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&TRESTLE_TIMELINE (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (trestle_timeline_parent_class)->unmap (widget);
}

static void
drop_task (TrestleTimeline *self)
{
  GtkWidget *child;

  if (self->steps != NULL)
    g_signal_handlers_disconnect_by_data (self->steps, self);
  g_clear_object (&self->steps);
  g_clear_object (&self->task);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

void
trestle_timeline_set_task (TrestleTimeline *self, TrestleTask *task)
{
  g_return_if_fail (TRESTLE_IS_TIMELINE (self));

  if (self->task == task)
    return;
  drop_task (self);
  if (task != NULL)
    {
      self->task = g_object_ref (task);
      self->steps = g_object_ref (trestle_task_get_steps (task));
      g_signal_connect_swapped (self->steps, "items-changed", G_CALLBACK (on_steps_changed), self);
      on_steps_changed (self, 0, 0, g_list_model_get_n_items (self->steps), self->steps);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TASK]);
}

void
trestle_timeline_set_extra (TrestleTimeline *self, GtkWidget *extra)
{
  g_return_if_fail (TRESTLE_IS_TIMELINE (self));

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    trestle_step_row_set_extra (TRESTLE_STEP_ROW (row), NULL);
  g_clear_object (&self->extra);
  if (extra != NULL)
    self->extra = g_object_ref_sink (extra);
  place_extra (self);
}

static void
trestle_timeline_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TASK)
    g_value_set_object (value, TRESTLE_TIMELINE (object)->task);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_timeline_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TASK)
    trestle_timeline_set_task (TRESTLE_TIMELINE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_timeline_dispose (GObject *object)
{
  TrestleTimeline *self = TRESTLE_TIMELINE (object);

  drop_task (self);
  g_clear_object (&self->extra);
  G_OBJECT_CLASS (trestle_timeline_parent_class)->dispose (object);
}

static void
trestle_timeline_class_init (TrestleTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = trestle_timeline_get_property;
  object_class->set_property = trestle_timeline_set_property;
  object_class->dispose = trestle_timeline_dispose;
  widget_class->map = trestle_timeline_map;
  widget_class->unmap = trestle_timeline_unmap;
  properties[PROP_TASK] = g_param_spec_object ("task", NULL, NULL, TRESTLE_TYPE_TASK,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
trestle_timeline_init (TrestleTimeline *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Steps"),
                                  -1);
}
