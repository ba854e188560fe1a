/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-submission-row.h"

#include <glib/gi18n.h>

struct _TrestleSubmissionRow
{
  AdwActionRow parent_instance;

  GtkImage *icon;
  GtkWidget *stop_button;

  TrestleTask *task;
};

G_DEFINE_FINAL_TYPE (TrestleSubmissionRow, trestle_submission_row, ADW_TYPE_ACTION_ROW)

gboolean
trestle_submission_row_shows (TrestleTask *task)
{
  const GError *error = trestle_task_get_error (task);

  if (!trestle_submission_is (task) || trestle_submission_get_request (task) != NULL)
    return FALSE;
  return trestle_task_get_state (task) == TRESTLE_TASK_STATE_RUNNING
         || (trestle_task_get_state (task) == TRESTLE_TASK_STATE_FAILED
             && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

/* Returns: (transfer full): what the step that runs says */
static char *
describe (TrestleTask *task)
{
  GListModel *steps = trestle_task_get_steps (task);
  const GError *error = trestle_task_get_error (task);

  if (error != NULL)
    return g_strdup_printf (_ ("Not sent: %s"), error->message);
  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i);

      if (trestle_step_get_state (step) == TRESTLE_TASK_STATE_RUNNING
          && trestle_step_get_detail (step) != NULL)
        return g_strdup_printf (_ ("%s. Held on this computer."), trestle_step_get_detail (step));
    }
  return g_strdup (_ ("On its way to AWS"));
}

static void
update (TrestleSubmissionRow *self)
{
  gboolean failed = trestle_task_get_error (self->task) != NULL;
  g_autofree char *words = describe (self->task);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), trestle_task_get_title (self->task));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_image_set_from_icon_name (self->icon,
                                failed ? "dialog-error-symbolic" : "media-playback-pause-symbolic");
  gtk_widget_set_visible (self->stop_button, trestle_task_get_can_stop (self->task));
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_task_stop (TRESTLE_SUBMISSION_ROW (widget)->task);
}

static void
trestle_submission_row_dispose (GObject *object)
{
  g_clear_object (&TRESTLE_SUBMISSION_ROW (object)->task);
  gtk_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_SUBMISSION_ROW);
  G_OBJECT_CLASS (trestle_submission_row_parent_class)->dispose (object);
}

static void
trestle_submission_row_class_init (TrestleSubmissionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_submission_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/changes/trestle-submission-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSubmissionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubmissionRow, stop_button);
  gtk_widget_class_install_action (widget_class, "submission.stop", NULL, stop_action);
}

static void
trestle_submission_row_init (TrestleSubmissionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_submission_row_new (TrestleTask *task)
{
  TrestleSubmissionRow *self = g_object_new (TRESTLE_TYPE_SUBMISSION_ROW, NULL);
  GListModel *steps = trestle_task_get_steps (task);

  self->task = g_object_ref (task);
  g_signal_connect_object (task, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i);

      g_signal_connect_object (step, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
  return GTK_WIDGET (self);
}
