/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-deploying-page.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-price-row.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-code-dialog.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-log-card.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-timeline.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-workbench-error.h"

#define LOG_LINES 6

struct _TrestleDeployingPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  TrestleTile *tile;
  GtkLabel *heading;
  GtkWidget *badge;
  GtkLabel *note;
  GtkWidget *stop_button;
  GtkWidget *open_button;
  GtkWidget *bench_button;
  TrestleTimeline *timeline;
  GtkWidget *price_group;
  GtkLabel *software;
  GtkLabel *infrastructure;
  GtkLabel *together;
  AdwActionRow *delete_row;
  GtkWidget *fallback_group;
  GtkListBox *fallbacks;
  GtkWidget *made_group;
  GtkListBox *made;

  TrestleSession *session;
  char *name;
  TrestleTask *task;
  GtkWidget *log;
  DexFuture *ask;
};

G_DEFINE_FINAL_TYPE (TrestleDeployingPage, trestle_deploying_page, ADW_TYPE_NAVIGATION_PAGE)

TrestleTask *
trestle_deploying_page_find_task (TrestleSession *session, const char *name)
{
  GListModel *tasks = trestle_session_get_tasks (session);
  TrestleTask *newest = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);

      if (g_strcmp0 (trestle_task_get_subject (task), name) == 0
          && (newest == NULL
              || trestle_task_get_started (task) >= trestle_task_get_started (newest)))
        newest = task; /* the list holds it */
    }
  return newest;
}

static TrestleDeployPlan *
get_plan (TrestleDeployingPage *self)
{
  return self->task != NULL ? g_object_get_data (G_OBJECT (self->task), "plan") : NULL;
}

/* --- State ---------------------------------------------------------------------------------- */

static GtkWidget *
new_row (const char *title, const char *suffix, gboolean ticked)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (ticked)
    {
      GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_widget_add_css_class (tick, "success");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
    }
  if (suffix != NULL)
    {
      GtkWidget *label = gtk_label_new (suffix);

      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_add_css_class (label, "dimmed");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  return row;
}

static void
update_made (TrestleDeployingPage *self)
{
  GListModel *steps = trestle_task_get_steps (self->task);
  TrestleTaskState state = trestle_task_get_state (self->task);

  gtk_list_box_remove_all (self->made);
  for (guint i = 0; state != TRESTLE_TASK_STATE_UNDONE && i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i);

      if (trestle_step_get_state (step) == TRESTLE_TASK_STATE_DONE)
        gtk_list_box_append (self->made, new_row (trestle_step_get_title (step), NULL, TRUE));
    }
  gtk_widget_set_visible (self->made_group, gtk_list_box_get_row_at_index (self->made, 0) != NULL);
}

static void
update_state (TrestleDeployingPage *self)
{
  TrestleTaskState state = trestle_task_get_state (self->task);
  gboolean running = state == TRESTLE_TASK_STATE_RUNNING || state == TRESTLE_TASK_STATE_WAITING;
  gboolean done = state == TRESTLE_TASK_STATE_DONE;
  const GError *error = trestle_task_get_error (self->task);

  if (running && trestle_task_is_stopping (self->task))
    {
      gtk_label_set_label (self->heading, _ ("Undoing"));
      trestle_badge_set (self->badge, _ ("Stopping"), TRESTLE_TONE_WARNING);
      gtk_label_set_label (
          self->note, _ ("What was made is deleted again. You may leave this page; it goes on."));
    }
  else if (running)
    {
      gtk_label_set_label (self->heading, _ ("Starting"));
      trestle_badge_set (self->badge, _ ("Creating"), TRESTLE_TONE_ACCENT);
      gtk_label_set_label (
          self->note,
          _ ("Billing starts once it is in service. You may leave this page; it goes on."));
    }
  else if (done)
    {
      gtk_label_set_label (self->heading, _ ("In Service"));
      trestle_badge_set (self->badge, _ ("Running"), TRESTLE_TONE_SUCCESS);
      gtk_label_set_label (self->note, _ ("It answers, and is billed, from now on."));
    }
  else
    {
      g_autofree char *what = g_strdup_printf (_ ("deploy “%s”"), self->name);
      g_autoptr (TrestleProblem) problem = error != NULL ? trestle_problem_new (what, error) : NULL;
      gboolean undone = state == TRESTLE_TASK_STATE_UNDONE;
      g_autofree char *text = g_strdup_printf (
          "%s %s", problem != NULL ? problem->body : "",
          undone ? _ ("What had been made is deleted again; nothing is billed.")
                 : _ ("Endpoints shows what is left."));

      gtk_label_set_label (self->heading,
                           undone && error == NULL ? _ ("Stopped") : _ ("Not Deployed"));
      trestle_badge_set (self->badge, undone ? _ ("Undone") : _ ("Failed"),
                         undone ? TRESTLE_TONE_WARNING : TRESTLE_TONE_ERROR);
      gtk_label_set_label (self->note, g_strchug (text));
    }

  gtk_widget_set_visible (self->stop_button, running);
  gtk_widget_set_visible (self->open_button, done);
  gtk_widget_set_visible (self->bench_button, done);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploying.stop",
                                 trestle_task_get_can_stop (self->task)
                                     && !trestle_task_is_stopping (self->task));
  update_made (self);
}

/* --- What is known beforehand --------------------------------------------------------------- */

static void
show_plan (TrestleDeployingPage *self)
{
  TrestleDeployPlan *plan = get_plan (self);
  TrestlePriceRow *price = self->task != NULL ? g_object_get_data (G_OBJECT (self->task), "price")
                                              : NULL;
  g_auto (GStrv) fallback_types = NULL;
  g_autoptr (TrestleListing) listing = NULL;
  g_autofree char *type = NULL;
  g_autofree char *when = NULL;
  g_autofree char *subtitle = NULL;
  gint64 delete_after = 0;

  gtk_widget_set_visible (self->price_group, price != NULL);
  gtk_widget_set_visible (self->fallback_group, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.code", plan != NULL);
  adw_window_title_set_title (self->window_title, self->name);
  if (plan == NULL)
    {
      gtk_widget_set_visible (
          gtk_widget_get_ancestor (GTK_WIDGET (self->delete_row), ADW_TYPE_PREFERENCES_GROUP),
          FALSE);
      return;
    }

  g_object_get (plan, "listing", &listing, "instance-type", &type, "delete-after", &delete_after,
                "fallback-types", &fallback_types, NULL);
  trestle_tile_set_listing (self->tile, listing);
  subtitle = listing != NULL
                 ? g_strdup_printf ("%s · %s", trestle_listing_get_title (listing), type)
                 : g_strdup (type);
  adw_window_title_set_subtitle (self->window_title, subtitle);

  if (delete_after > 0)
    {
      when = trestle_format_today (trestle_task_get_started (self->task) + delete_after);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->delete_row), when);
    }
  else
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->delete_row), _ ("Never"));

  if (price != NULL)
    {
      g_autofree char *software = trestle_format_hourly (trestle_price_row_get_software (price));
      g_autofree char *infrastructure = trestle_format_hourly (
          trestle_price_row_get_infrastructure (price));
      g_autofree char *together = trestle_format_hourly (trestle_price_row_get_total (price));

      gtk_label_set_label (self->software, software);
      gtk_label_set_label (self->infrastructure, infrastructure);
      gtk_label_set_label (self->together, together);
      if (delete_after > 0 && trestle_price_row_get_total (price) != NULL)
        {
          g_autoptr (TrestleMoney) ceiling = trestle_money_scale (
              trestle_price_row_get_total (price), delete_after / TRESTLE_SECOND, 3600);
          g_autofree char *amount = trestle_format_amount (ceiling);
          g_autofree char *text = g_strdup_printf (_ ("at most %s"), amount);

          adw_action_row_set_subtitle (self->delete_row, text);
        }
    }

  for (guint i = 0; fallback_types != NULL && fallback_types[i] != NULL; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u  %s", i + 1, fallback_types[i]);

      gtk_list_box_append (self->fallbacks, new_row (title, NULL, FALSE));
      gtk_widget_set_visible (self->fallback_group, TRUE);
    }
}

/* --- Actions -------------------------------------------------------------------------------- */

static void
on_stop_confirmed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleDeployingPage *self = owner;

  if (error != NULL || self->task == NULL)
    return;
  trestle_task_stop (self->task);
  update_state (self);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (widget);
  GListModel *steps = trestle_task_get_steps (self->task);
  GString *made = g_string_new (NULL);
  g_autofree char *body = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i);
      TrestleTaskState state = trestle_step_get_state (step);

      if (state == TRESTLE_TASK_STATE_DONE || state == TRESTLE_TASK_STATE_RUNNING)
        g_string_append_printf (made, "%s%s", made->len > 0 ? ", " : "",
                                trestle_step_get_title (step));
    }
  body = made->len > 0
             ? g_strdup_printf (
                   _ ("These are deleted again: %s. AWS deletes an endpoint only once it has "
                      "come up, so this may take some minutes."),
                   made->str)
             : g_strdup (_ ("Nothing has been made yet."));
  g_string_free (made, TRUE);
  trestle_watch (self, &self->ask,
                 trestle_ask_to (widget, _ ("Stop and Undo?"), body, _ ("_Stop and Undo"), TRUE),
                 on_stop_confirmed);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "endpoint", TRESTLE_DEPLOYING_PAGE (widget)->name);
}

static void
bench_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "bench", TRESTLE_DEPLOYING_PAGE (widget)->name);
}

static void
code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (widget);
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (self->session);
  g_autofree char *cli = trestle_deploy_plan_to_code (get_plan (self), endpoints, "cli");
  g_autofree char *python = trestle_deploy_plan_to_code (get_plan (self), endpoints, "python");

  adw_dialog_present (trestle_code_dialog_new (self->name, cli, python), widget);
}

static void
trestle_deploying_page_dispose (GObject *object)
{
  TrestleDeployingPage *self = TRESTLE_DEPLOYING_PAGE (object);

  dex_clear (&self->ask);
  g_clear_object (&self->log);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_DEPLOYING_PAGE);
  if (self->task != NULL)
    g_signal_handlers_disconnect_by_data (self->task, self);
  g_clear_object (&self->task);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (trestle_deploying_page_parent_class)->dispose (object);
}

static void
trestle_deploying_page_class_init (TrestleDeployingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_TILE);
  g_type_ensure (TRESTLE_TYPE_TIMELINE);
  G_OBJECT_CLASS (klass)->dispose = trestle_deploying_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-deploying-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, note);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, bench_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, price_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, software);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, infrastructure);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, together);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, delete_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, fallback_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, fallbacks);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, made_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleDeployingPage, made);
  gtk_widget_class_install_action (widget_class, "deploying.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "deploying.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "deploying.bench", NULL, bench_action);
  gtk_widget_class_install_action (widget_class, "page.code", NULL, code_action);
}

static void
trestle_deploying_page_init (TrestleDeployingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_deploying_page_new (TrestleSession *session, const char *name)
{
  TrestleDeployingPage *self = g_object_new (TRESTLE_TYPE_DEPLOYING_PAGE, "title", name, NULL);
  TrestleTask *task = trestle_deploying_page_find_task (session, name);

  self->session = g_object_ref (session);
  self->name = g_strdup (name);
  g_set_object (&self->task, task);
  show_plan (self);
  if (task == NULL)
    {
      /* The task of an earlier run is gone; the endpoint's own page tells the rest. */
      gtk_label_set_label (self->heading, _ ("Not Followed Here"));
      gtk_label_set_label (self->note, _ ("This endpoint was not started by this window."));
      gtk_widget_set_visible (self->stop_button, FALSE);
      gtk_widget_set_visible (self->open_button, TRUE);
      gtk_widget_set_visible (self->made_group, FALSE);
      return GTK_WIDGET (self);
    }

  trestle_timeline_set_task (self->timeline, task);
  self->log = g_object_ref_sink (
      g_object_new (TRESTLE_TYPE_LOG_CARD, "lines", LOG_LINES, "newest-last", TRUE, NULL));
  trestle_log_card_set_endpoint (TRESTLE_LOG_CARD (self->log), session, name);
  trestle_timeline_set_extra (self->timeline, self->log);
  g_signal_connect_object (task, "notify", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_task_get_steps (task), "items-changed", G_CALLBACK (update_made),
                           self, G_CONNECT_SWAPPED);
  update_state (self);
  return GTK_WIDGET (self);
}
