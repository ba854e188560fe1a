/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-package-watch.h"

#include <glib/gi18n.h>

#include "packages/trestle-package-words.h"
#include "widgets/trestle-finding-strip.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-log-card.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-timeline.h"
#include "widgets/trestle-widget.h"
#include "workbench/trestle-workbench-error.h"

/* Where SageMaker's batch jobs write, and so a validation's. */
#define LOG_GROUP "/aws/sagemaker/TransformJobs"
#define TRAINING_LOG_GROUP "/aws/sagemaker/TrainingJobs"

struct _TrestlePackageWatch
{
  GtkWidget parent_instance;

  GtkLabel *heading;
  GtkLabel *explanation;
  GtkWidget *stop_button;
  TrestleTimeline *timeline;
  TrestleFindingStrip *strip;
  GtkWidget *training_box;
  TrestleLogCard *training_log;
  TrestleLogCard *log;

  gboolean algorithm;
  TrestleTask *task;
};

G_DEFINE_FINAL_TYPE (TrestlePackageWatch, trestle_package_watch, GTK_TYPE_WIDGET)

static void
set_strip (TrestlePackageWatch *self,
           TrestleTone tone,
           const char *title,
           const char *body,
           const char *button)
{
  g_object_set (self->strip, "action-label", button, NULL);
  trestle_finding_strip_set_words (self->strip, tone, title, body);
}

static void
update_ended (TrestlePackageWatch *self)
{
  TrestlePackage *package = trestle_task_get_result (self->task);
  const GError *error = trestle_task_get_error (self->task);
  g_autofree char *took = trestle_format_duration (trestle_task_get_ended (self->task)
                                                   - trestle_task_get_started (self->task));
  g_autofree char *text = NULL;
  TrestleTone tone;

  if (error != NULL)
    {
      g_autoptr (TrestleProblem)
          problem = trestle_problem_new (trestle_task_get_title (self->task), error);

      gtk_label_set_label (self->heading, _ ("Failed"));
      set_strip (self, TRESTLE_TONE_ERROR, error->message, NULL, NULL);
      if (problem->body != NULL)
        set_strip (self, TRESTLE_TONE_ERROR, problem->title, problem->body, NULL);
    }
  else if (!TRESTLE_IS_PACKAGE (package)
           || g_strcmp0 (trestle_package_get_status (package), "Completed") != 0)
    {
      gtk_label_set_label (self->heading, _ ("Not watched any more"));
      set_strip (self, TRESTLE_TONE_ACCENT, _ ("SageMaker goes on"),
                 _ ("Packages shows how it ends."), NULL);
    }
  else
    {
      gtk_label_set_label (self->heading, trestle_package_status_word (package, &tone));
      if (trestle_package_get_certified (package))
        set_strip (self, TRESTLE_TONE_SUCCESS, _ ("It is certified"),
                   _ ("It can become a version of a listing, with prices for its instance types "
                      "in the same change set."),
                   _ ("Use in a Listing…"));
      else
        set_strip (self, TRESTLE_TONE_WARNING, _ ("It is not certified"),
                   _ ("It can be deployed, but not listed."), NULL);
    }
  text = g_strdup_printf (_ ("It took %s"), took);
  gtk_label_set_label (self->explanation, text);
}

static void
update (TrestlePackageWatch *self)
{
  gboolean running = trestle_task_get_state (self->task) == TRESTLE_TASK_STATE_RUNNING;

  gtk_widget_set_visible (self->stop_button, running && trestle_task_get_can_stop (self->task));
  if (running)
    {
      g_autofree char *started = trestle_format_clock (trestle_task_get_started (self->task),
                                                       FALSE);
      g_autofree char *text = g_strdup_printf (
          _ ("Started %s. You may leave this page; it goes on."), started);

      gtk_label_set_label (self->heading, _ ("Validating"));
      gtk_label_set_label (self->explanation, text);
      set_strip (self, TRESTLE_TONE_PLAIN, NULL, NULL, NULL);
    }
  else
    update_ended (self);
}

static void
on_step (TrestlePackageWatch *self)
{
  trestle_log_card_poll (self->log);
  if (self->algorithm)
    trestle_log_card_poll (self->training_log);
  update (self);
}

static void
on_steps_changed (TrestlePackageWatch *self,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *steps)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, position + i);

      g_signal_connect_object (step, "notify::state", G_CALLBACK (on_step), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
drop_task (TrestlePackageWatch *self)
{
  if (self->task != NULL)
    {
      g_signal_handlers_disconnect_by_data (trestle_task_get_steps (self->task), self);
      g_signal_handlers_disconnect_by_data (self->task, self);
    }
  g_clear_object (&self->task);
}

void
trestle_package_watch_set_task (TrestlePackageWatch *self,
                                TrestleSession *session,
                                TrestleTask *task,
                                gboolean algorithm)
{
  GListModel *steps = trestle_task_get_steps (task);

  g_return_if_fail (TRESTLE_IS_PACKAGE_WATCH (self));

  drop_task (self);
  self->task = g_object_ref (task);
  self->algorithm = algorithm;
  gtk_widget_set_visible (self->training_box, algorithm);
  if (algorithm)
    trestle_log_card_set_group (self->training_log, session, TRAINING_LOG_GROUP,
                                trestle_task_get_started (task));
  trestle_timeline_set_task (self->timeline, task);
  trestle_log_card_set_group (self->log, session, LOG_GROUP, trestle_task_get_started (task));
  g_signal_connect_object (task, "notify", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (steps, "items-changed", G_CALLBACK (on_steps_changed), self,
                           G_CONNECT_SWAPPED);
  on_steps_changed (self, 0, 0, g_list_model_get_n_items (steps), steps);
  update (self);
}

static void
on_stop (TrestlePackageWatch *self)
{
  trestle_task_stop (self->task);
}

static void
on_strip (TrestlePackageWatch *self)
{
  TrestlePackage *package = trestle_task_get_result (self->task);

  if (TRESTLE_IS_PACKAGE (package))
    trestle_shell_open (GTK_WIDGET (self), "use-package", trestle_package_get_arn (package));
}

static void
trestle_package_watch_dispose (GObject *object)
{
  drop_task (TRESTLE_PACKAGE_WATCH (object));
  trestle_widget_dispose_template (GTK_WIDGET (object), TRESTLE_TYPE_PACKAGE_WATCH);
  G_OBJECT_CLASS (trestle_package_watch_parent_class)->dispose (object);
}

static void
trestle_package_watch_class_init (TrestlePackageWatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_FINDING_STRIP);
  g_type_ensure (TRESTLE_TYPE_LOG_CARD);
  g_type_ensure (TRESTLE_TYPE_TIMELINE);
  G_OBJECT_CLASS (klass)->dispose = trestle_package_watch_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-package-watch.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageWatch, heading);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageWatch, explanation);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageWatch, stop_button);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageWatch, timeline);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageWatch, strip);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageWatch, training_box);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageWatch, training_log);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackageWatch, log);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_strip);
}

static void
trestle_package_watch_init (TrestlePackageWatch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
