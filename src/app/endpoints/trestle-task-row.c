/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-task-row.h"

#include <glib/gi18n.h>

#include "endpoints/trestle-endpoint-words.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-tile.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleTaskRow
{
  GtkListBoxRow parent_instance;

  TrestleTile *tile;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkProgressBar *progress;
  GtkWidget *badge;
  GtkWidget *arrow;

  TrestleTask *task;
  gboolean passive;
};

G_DEFINE_FINAL_TYPE (TrestleTaskRow, trestle_task_row, GTK_TYPE_LIST_BOX_ROW)

TrestleTask *
trestle_task_row_get_task (TrestleTaskRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_TASK_ROW (self), NULL);
  return self->task;
}

static double
get_fraction (TrestleTask *task)
{
  GListModel *steps = trestle_task_get_steps (task);
  guint n = g_list_model_get_n_items (steps);
  double done = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i);

      if (trestle_step_get_state (step) == TRESTLE_TASK_STATE_DONE)
        done += 1;
      else if (trestle_step_get_state (step) == TRESTLE_TASK_STATE_RUNNING)
        done += .5;
    }
  return n > 0 ? done / n : 0;
}

static char *
dup_step (TrestleTask *task)
{
  TrestleStep *step = trestle_task_find_step (task);
  const char *detail = step != NULL ? trestle_step_get_detail (step) : NULL;

  if (step == NULL)
    return g_strdup (_ ("Checking"));
  return detail != NULL ? g_strdup_printf ("%s · %s", trestle_step_get_title (step), detail)
                        : g_strdup (trestle_step_get_title (step));
}

static void
update (TrestleTaskRow *self)
{
  TrestleTaskState state = trestle_task_get_state (self->task);
  gboolean deploys = trestle_task_get_plan (self->task) != NULL;
  g_autofree char *subtitle = NULL;

  if (trestle_task_get_error (self->task) != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (
          trestle_task_get_title (self->task), trestle_task_get_error (self->task));

      subtitle = g_strdup (problem->body);
      trestle_badge_set (
          self->badge, trestle_task_is_stopping (self->task) ? _ ("Stopped") : _ ("Failed"),
          trestle_task_is_stopping (self->task) ? TRESTLE_TONE_PLAIN : TRESTLE_TONE_ERROR);
    }
  else
    {
      subtitle = dup_step (self->task);
      if (trestle_task_is_stopping (self->task))
        trestle_badge_set (self->badge, _ ("Stopping"), TRESTLE_TONE_WARNING);
      else if (deploys)
        trestle_badge_set_endpoint (self->badge, TRESTLE_ENDPOINT_STATE_CREATING);
      else
        trestle_badge_set_endpoint (self->badge, TRESTLE_ENDPOINT_STATE_DELETING);
    }
  gtk_label_set_label (self->title, trestle_task_get_subject (self->task));
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_progress_bar_set_fraction (self->progress, get_fraction (self->task));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == TRESTLE_TASK_STATE_RUNNING);
  gtk_widget_set_visible (self->arrow, deploys && !self->passive);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), deploys && !self->passive);
}

void
trestle_task_row_set_passive (TrestleTaskRow *self)
{
  g_return_if_fail (TRESTLE_IS_TASK_ROW (self));
  self->passive = TRUE;
  update (self);
}

static void
on_steps_changed (TrestleTaskRow *self,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *steps)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, position + i);

      g_signal_connect_object (step, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
trestle_task_row_dispose (GObject *object)
{
  TrestleTaskRow *self = TRESTLE_TASK_ROW (object);

  g_clear_object (&self->task);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_TASK_ROW);
  G_OBJECT_CLASS (trestle_task_row_parent_class)->dispose (object);
}

static void
trestle_task_row_class_init (TrestleTaskRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_TILE);
  G_OBJECT_CLASS (klass)->dispose = trestle_task_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-task-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleTaskRow, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleTaskRow, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleTaskRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TrestleTaskRow, progress);
  gtk_widget_class_bind_template_child (widget_class, TrestleTaskRow, badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleTaskRow, arrow);
}

static void
trestle_task_row_init (TrestleTaskRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Of a list in the template the last alone would be kept. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title, self->subtitle, self->badge, NULL, -1);
}

GtkWidget *
trestle_task_row_new (TrestleTask *task, TrestleEndpoint *endpoint)
{
  TrestleTaskRow *self = g_object_new (TRESTLE_TYPE_TASK_ROW, NULL);
  GListModel *steps = trestle_task_get_steps (task);
  TrestleDeployPlan *plan = trestle_task_get_plan (task);
  TrestleListing *listing = plan != NULL ? trestle_deploy_plan_get_listing (plan) : NULL;

  self->task = g_object_ref (task);
  if (listing != NULL)
    trestle_tile_set_listing (self->tile, listing);
  else
    trestle_tile_set_listing_id (
        self->tile, endpoint != NULL ? trestle_endpoint_get_listing_id (endpoint) : NULL,
        trestle_task_get_subject (task));
  g_signal_connect_object (task, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (steps, "items-changed", G_CALLBACK (on_steps_changed), self,
                           G_CONNECT_SWAPPED);
  on_steps_changed (self, 0, 0, g_list_model_get_n_items (steps), steps);
  return GTK_WIDGET (self);
}
