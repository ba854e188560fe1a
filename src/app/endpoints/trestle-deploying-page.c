/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-deploying-page.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "endpoints/trestle-deploying-side.h"
#include "endpoints/trestle-endpoint-words.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-code-dialog.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-log-card.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-timeline.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-starts.h"
#include "workbench/trestle-workbench-error.h"

#define PULSE_MSEC 120

struct _TrestleDeployingPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  TrestlePageState *state;
  TrestleTile *tile;
  GtkLabel *heading;
  GtkWidget *badge;
  GtkLabel *explanation;
  GtkWidget *stop_button;
  GtkWidget *log_button;
  GtkWidget *endpoint_button;
  GtkWidget *retry_button;
  GtkWidget *workbench_button;
  TrestleTimeline *timeline;
  TrestleDeployingSide *side;
  GtkWidget *extra;
  GtkProgressBar *progress;
  GtkWidget *progress_words;
  GtkLabel *usual_label;
  GtkLabel *left_label;
  GtkWidget *log_box;
  TrestleLogCard *log;

  TrestleSession *session;
  char *name;
  TrestleTask *task;
  TrestleDeployPlan *plan;
  TrestleStarts usual; /* how long it took before */
  guint tick;

  DexFuture *asking;
};

G_DEFINE_FINAL_TYPE (TrestleDeployingPage, trestle_deploying_page, ADW_TYPE_NAVIGATION_PAGE)

static TrestleEndpoint *
find_endpoint (TrestleDeployingPage *self)
{
  return trestle_endpoints_find (trestle_session_get_endpoints (self->session), self->name);
}

/* --- Steps ---------------------------------------------------------------------------------- */

/* Every deployment has the steps model, configuration, endpoint, in this order. */
static TrestleTaskState
get_step_state (TrestleDeployingPage *self, guint index)
{
  g_autoptr (TrestleStep) step = g_list_model_get_item (trestle_task_get_steps (self->task), index);

  return step != NULL ? trestle_step_get_state (step) : TRESTLE_TASK_STATE_WAITING;
}

static void
update_progress (TrestleDeployingPage *self)
{
  g_autoptr (TrestleStep) step = g_list_model_get_item (trestle_task_get_steps (self->task), 2);
  gboolean runs = step != NULL && trestle_step_get_state (step) == TRESTLE_TASK_STATE_RUNNING
                  && !trestle_task_is_stopping (self->task);
  gint64 passed = runs ? trestle_clock_now () - trestle_step_get_started (step) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), runs);
  gtk_widget_set_visible (self->progress_words, runs && self->usual.n > 0);
  if (!runs)
    return;
  if (self->usual.n == 0 || passed > 2 * self->usual.longest)
    gtk_progress_bar_pulse (self->progress);
  else
    {
      gint64 left = self->usual.median - passed;
      /* No more precise than it is. */
      g_autofree char *duration = left > TRESTLE_MINUTE
                                      ? trestle_format_duration ((left + TRESTLE_MINUTE / 2)
                                                                 / TRESTLE_MINUTE * TRESTLE_MINUTE)
                                      : g_strdup_printf (_ ("%d s"),
                                                         (int) MAX (left / TRESTLE_SECOND, 1));
      g_autofree char *text = left > 0 ? g_strdup_printf (_ ("about %s left"), duration)
                                       : g_strdup (_ ("longer than usual"));

      gtk_progress_bar_set_fraction (
          self->progress, MIN ((double) passed / (double) MAX (self->usual.median, 1), .97));
      gtk_label_set_label (self->left_label, text);
    }
}

static void
update_usual (TrestleDeployingPage *self)
{
  TrestleListing *listing = trestle_deploy_plan_get_listing (self->plan);
  g_autofree char *shortest = NULL;
  g_autofree char *longest = NULL;
  g_autofree char *text = NULL;

  trestle_starts_recall (self->session, listing != NULL ? trestle_listing_get_id (listing) : NULL,
                         trestle_deploy_plan_get_instance_type (self->plan), &self->usual);
  if (self->usual.n == 0)
    return;
  shortest = trestle_format_duration (self->usual.shortest);
  longest = trestle_format_duration (self->usual.longest);
  text = self->usual.n == 1
             ? g_strdup_printf (_ ("Your last start took %s"), longest)
             : g_strdup_printf (g_dngettext (NULL, "Your last %u start took %s to %s",
                                             "Your last %u starts took %s to %s", self->usual.n),
                                self->usual.n, shortest, longest);
  gtk_label_set_label (self->usual_label, text);
}

/* --- Head ----------------------------------------------------------------------------------- */

static void
set_head (TrestleDeployingPage *self,
          const char *heading,
          const char *badge,
          TrestleTone tone,
          const char *explanation)
{
  gtk_label_set_label (self->heading, heading);
  trestle_badge_set (self->badge, badge, tone);
  gtk_label_set_label (self->explanation, explanation);
}

static void
update_failed_head (TrestleDeployingPage *self)
{
  gboolean undone = trestle_task_get_state (self->task) == TRESTLE_TASK_STATE_UNDONE;
  const char *left =
      undone ? _ ("Everything that was made for it is deleted again; nothing is billed.")
             : _ ("Not everything that was made could be deleted. It is tried again "
                  "at the next start; Clean Up in Endpoints does it now.");
  const GError *error = trestle_task_get_error (self->task);
  g_autofree char *what = g_strdup_printf (_ ("deploy “%s”"), self->name);
  g_autoptr (TrestleProblem) problem = trestle_problem_new (what, error);
  g_autofree char *text = NULL;

  if (trestle_error_is_cancelled (error))
    {
      set_head (self, _ ("Stopped"), undone ? _ ("Undone") : _ ("Not undone"),
                undone ? TRESTLE_TONE_PLAIN : TRESTLE_TONE_WARNING, left);
      return;
    }
  text = problem->body != NULL ? g_strdup_printf ("%s\n%s", problem->body, left) : g_strdup (left);
  set_head (self, problem->title, undone ? _ ("Undone") : _ ("Failed"),
            undone ? TRESTLE_TONE_WARNING : TRESTLE_TONE_ERROR, text);
}

static void
update_head (TrestleDeployingPage *self)
{
  TrestleEndpoint *endpoint = find_endpoint (self);

  switch (trestle_task_get_state (self->task))
    {
    case TRESTLE_TASK_STATE_DONE:
      {
        g_autofree char *took = trestle_format_duration (trestle_task_get_ended (self->task)
                                                         - trestle_task_get_started (self->task));
        g_autofree char *hourly = trestle_format_hourly (
            endpoint != NULL ? trestle_endpoint_get_hourly (endpoint) : NULL);
        g_autofree char *text = *hourly != '\0'
                                    ? g_strdup_printf (
                                          _ ("It took %s. It costs %s until it is deleted."), took,
                                          hourly)
                                    : g_strdup_printf (_ ("It took %s."), took);

        set_head (self, trestle_endpoint_state_word (TRESTLE_ENDPOINT_STATE_IN_SERVICE),
                  _ ("Ready"), TRESTLE_TONE_SUCCESS, text);
      }
      break;
    case TRESTLE_TASK_STATE_FAILED:
    case TRESTLE_TASK_STATE_UNDONE:
      update_failed_head (self);
      break;
    case TRESTLE_TASK_STATE_WAITING:
    case TRESTLE_TASK_STATE_RUNNING:
    default:
      if (trestle_task_is_stopping (self->task))
        set_head (self, _ ("Stopping"), _ ("Undoing"), TRESTLE_TONE_WARNING,
                  _ ("What was made is being deleted again. You may leave this page; it goes on."));
      else
        set_head (self, _ ("Starting"),
                  trestle_endpoint_state_word (TRESTLE_ENDPOINT_STATE_CREATING),
                  TRESTLE_TONE_ACCENT,
                  _ ("Billing starts once it is in service. You may leave this page; it goes on."));
    }
}

static void
update (TrestleDeployingPage *self)
{
  TrestleTaskState state;
  gboolean begun, running, done, failed;

  if (self->task == NULL)
    return;
  state = trestle_task_get_state (self->task);
  begun = get_step_state (self, 2) != TRESTLE_TASK_STATE_WAITING;
  running = state == TRESTLE_TASK_STATE_RUNNING;
  done = state == TRESTLE_TASK_STATE_DONE;
  failed = state == TRESTLE_TASK_STATE_FAILED || state == TRESTLE_TASK_STATE_UNDONE;

  update_head (self);
  trestle_deploying_side_update (self->side);
  update_progress (self);
  gtk_widget_set_visible (self->log_box, begun);
  gtk_widget_set_visible (self->stop_button, running);
  gtk_widget_set_visible (self->log_button, failed && begun);
  gtk_widget_set_visible (self->retry_button, failed);
  gtk_widget_set_visible (self->endpoint_button, done);
  gtk_widget_set_visible (self->workbench_button, done);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploying.stop",
                                 running && trestle_task_get_can_stop (self->task));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploying.retry", failed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploying.logs", begun);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploying.endpoint", done);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploying.workbench", done);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploying.copy-details", failed);
}

/* --- Actions -------------------------------------------------------------------------------- */

static void
on_stop_agreed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDeployingPage *self = owner;

  if (error == NULL && self->task != NULL)
    trestle_task_stop (self->task);
}

/* What is to be deleted is named before it is. */
static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (widget);
  TrestleEndpoint *endpoint = find_endpoint (self);
  GString *body = g_string_new (NULL);

  if (get_step_state (self, 2) == TRESTLE_TASK_STATE_RUNNING)
    {
      g_string_append (body, _ ("These are deleted again, as soon as AWS allows it:"));
      g_string_append_c (body, '\n');
      g_string_append_printf (body, _ ("Endpoint “%s”"), self->name);
    }
  else
    g_string_append (body, _ ("These are deleted again:"));
  if (get_step_state (self, 1) == TRESTLE_TASK_STATE_DONE)
    {
      const char *config = endpoint != NULL ? trestle_endpoint_get_config_name (endpoint) : NULL;

      g_string_append_c (body, '\n');
      g_string_append_printf (body, _ ("Configuration “%s”"), config != NULL ? config : self->name);
    }
  g_string_append_c (body, '\n');
  g_string_append_printf (body, _ ("Model “%s”"), self->name);
  trestle_watch (
      self, &self->asking,
      trestle_ask_to (widget, _ ("Stop and Undo?"), body->str, _ ("_Stop and Undo"), TRUE),
      on_stop_agreed);
  g_string_free (body, TRUE);
}

static void
retry_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (widget);
  TrestleListing *listing = trestle_deploy_plan_get_listing (self->plan);

  if (listing != NULL)
    trestle_shell_open (widget, "deploy", trestle_listing_get_id (listing));
  else
    trestle_shell_toast (widget, _ ("Packages without a listing are deployed from a terminal"));
}

static void
code_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (widget);
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (self->session);
  g_autofree char *cli = trestle_deploy_plan_to_code (self->plan, endpoints, "cli");
  g_autofree char *python = trestle_deploy_plan_to_code (self->plan, endpoints, "python");

  adw_dialog_present (trestle_code_dialog_new (trestle_task_get_title (self->task), cli, python),
                      widget);
}

static void
logs_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  trestle_shell_open (widget, "logs", TRESTLE_DEPLOYING_PAGE (widget)->name);
}

static void
endpoint_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  trestle_shell_open (widget, "endpoint", TRESTLE_DEPLOYING_PAGE (widget)->name);
}

static void
workbench_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  trestle_shell_open (widget, "bench", TRESTLE_DEPLOYING_PAGE (widget)->name);
}

static void
copy_details_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (widget);
  g_autoptr (TrestleProblem) problem = trestle_problem_new (trestle_task_get_title (self->task),
                                                            trestle_task_get_error (self->task));
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", problem->title,
                                           problem->body != NULL ? problem->body : "",
                                           problem->details != NULL ? problem->details : "");

  trestle_shell_copy (widget, text, _ ("Details copied"));
}

/* --- Task ----------------------------------------------------------------------------------- */

static void
on_steps_changed (TrestleDeployingPage *self,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *steps)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, position + i);

      g_signal_connect_object (step, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (step, "notify::detail", G_CALLBACK (trestle_log_card_poll),
                               self->log, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
drop_task (TrestleDeployingPage *self)
{
  if (self->task != NULL)
    {
      GListModel *steps = trestle_task_get_steps (self->task);

      for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
        {
          g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i);

          g_signal_handlers_disconnect_by_data (step, self);
          g_signal_handlers_disconnect_by_data (step, self->log);
        }
      g_signal_handlers_disconnect_by_data (steps, self);
      g_signal_handlers_disconnect_by_data (self->task, self);
    }
  g_clear_object (&self->task);
  g_clear_object (&self->plan);
}

static void
take_task (TrestleDeployingPage *self, TrestleTask *task)
{
  GListModel *steps = trestle_task_get_steps (task);
  TrestleListing *listing;
  const char *type;
  g_autofree char *subtitle = NULL;

  drop_task (self);
  self->task = g_object_ref (task);
  self->plan = g_object_ref (trestle_task_get_plan (task));
  listing = trestle_deploy_plan_get_listing (self->plan);
  type = trestle_deploy_plan_get_instance_type (self->plan);
  subtitle = listing != NULL
                 ? g_strdup_printf ("%s · %s", trestle_listing_get_title (listing), type)
                 : g_strdup (type);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  if (listing != NULL)
    trestle_tile_set_listing (self->tile, listing);
  else
    trestle_tile_set_listing_id (self->tile, NULL, self->name);

  trestle_timeline_set_task (self->timeline, task);
  trestle_log_card_set_endpoint (self->log, self->session, self->name,
                                 trestle_task_get_started (task));
  update_usual (self);
  trestle_deploying_side_set_task (self->side, self->session, task);
  g_signal_connect_object (task, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (steps, "items-changed", G_CALLBACK (on_steps_changed), self,
                           G_CONNECT_SWAPPED);
  trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  on_steps_changed (self, 0, 0, g_list_model_get_n_items (steps), steps);
}

/* The same name may be deployed again while the page is there. */
static void
find_task (TrestleDeployingPage *self)
{
  TrestleTask *task = trestle_tasks_find_deployment (self->session, self->name);

  if (task != NULL && task != self->task)
    take_task (self, task);
  else if (self->task == NULL)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_EMPTY);
}

/* --- Object --------------------------------------------------------------------------------- */

static gboolean
on_tick (gpointer data)
{
  TrestleDeployingPage *self = data;

  if (self->task != NULL)
    update_progress (self);
  return G_SOURCE_CONTINUE;
}

static void
trestle_deploying_page_map (GtkWidget *widget)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_deploying_page_parent_class)->map (widget);
  trestle_remote_list_watch (TRESTLE_REMOTE_LIST (trestle_session_get_endpoints (self->session)));
  self->tick = g_timeout_add (PULSE_MSEC, on_tick, self);
  find_task (self);
}

static void
trestle_deploying_page_unmap (GtkWidget *widget)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (widget);

  trestle_remote_list_unwatch (TRESTLE_REMOTE_LIST (trestle_session_get_endpoints (self->session)));
  g_clear_handle_id (&self->tick, g_source_remove);
  GTK_WIDGET_CLASS (trestle_deploying_page_parent_class)->unmap (widget);
}

static void
trestle_deploying_page_dispose (GObject *object)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  dex_clear (&self->asking);
  drop_task (self);
  if (self->timeline != NULL)
    trestle_timeline_set_extra (self->timeline, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_DEPLOYING_PAGE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (trestle_deploying_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, log_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, endpoint_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, workbench_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, side);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, extra);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, progress);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, progress_words);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, usual_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, left_label);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, log_box);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, log);
}

static void
trestle_deploying_page_class_init (TrestleDeployingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_DEPLOYING_SIDE);
  g_type_ensure (TRESTLE_TYPE_LOG_CARD);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_TILE);
  g_type_ensure (TRESTLE_TYPE_TIMELINE);

  object_class->dispose = trestle_deploying_page_dispose;
  widget_class->map = trestle_deploying_page_map;
  widget_class->unmap = trestle_deploying_page_unmap;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-deploying-page.ui");
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "deploying.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "deploying.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "deploying.code", NULL, code_action);
  gtk_widget_class_install_action (widget_class, "deploying.logs", NULL, logs_action);
  gtk_widget_class_install_action (widget_class, "deploying.endpoint", NULL, endpoint_action);
  gtk_widget_class_install_action (widget_class, "deploying.workbench", NULL, workbench_action);
  gtk_widget_class_install_action (widget_class, "deploying.copy-details", NULL,
                                   copy_details_action);
}

static void
trestle_deploying_page_init (TrestleDeployingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  trestle_timeline_set_extra (self->timeline, self->extra);
}

GtkWidget *
trestle_deploying_page_new (TrestleSession *session, const char *name)
{
  TrestleDeployingPage *self = g_object_new (TRESTLE_TYPE_DEPLOYING_PAGE, "title", name, NULL);

  self->session = g_object_ref (session);
  self->name = g_strdup (name);
  adw_window_title_set_title (self->window_title, name);
  g_signal_connect_object (trestle_session_get_tasks (session), "items-changed",
                           G_CALLBACK (find_task), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_session_get_endpoints (session), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  find_task (self);
  return GTK_WIDGET (self);
}
