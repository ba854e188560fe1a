/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-endpoints-page.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "endpoints/trestle-deploying-page.h"
#include "endpoints/trestle-endpoint-row.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

struct _TrestleEndpointsPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *title;
  TrestlePageState *state;
  GtkWidget *starting_group;
  GtkListBox *starting;
  GtkWidget *running_group;
  GtkListBox *running;
  GtkWidget *failed_group;
  GtkListBox *failed;
  GtkWidget *left_group;
  GtkListBox *left;

  TrestleSession *session;
  GListModel *leftovers;
  guint queued;
  DexFuture *refresh;
  DexFuture *find_leftovers;
  DexFuture *ask;
};

G_DEFINE_FINAL_TYPE (TrestleEndpointsPage, trestle_endpoints_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- Rows ----------------------------------------------------------------------------------- */

static GtkListBox *
list_for (TrestleEndpointsPage *self, TrestleEndpointState state)
{
  switch (state)
    {
    case TRESTLE_ENDPOINT_STATE_IN_SERVICE:
    case TRESTLE_ENDPOINT_STATE_UNKNOWN:
      return self->running;
    case TRESTLE_ENDPOINT_STATE_FAILED:
      return self->failed;
    case TRESTLE_ENDPOINT_STATE_CREATING:
    case TRESTLE_ENDPOINT_STATE_UPDATING:
    case TRESTLE_ENDPOINT_STATE_DELETING:
    default:
      return self->starting;
    }
}

static gboolean
is_going_on (TrestleTask *task)
{
  TrestleTaskState state = trestle_task_get_state (task);

  return state == TRESTLE_TASK_STATE_RUNNING || state == TRESTLE_TASK_STATE_WAITING;
}

/* A deployment that has no endpoint yet. */
static void
add_task (TrestleEndpointsPage *self, TrestleTask *task)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), trestle_task_get_subject (task));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), trestle_task_get_title (task));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), adw_spinner_new ());
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             trestle_badge_new (_ ("Preparing"), TRESTLE_TONE_ACCENT));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "task", g_object_ref (task), g_object_unref);
  gtk_list_box_append (self->starting, row);
}

static void
fill (TrestleEndpointsPage *self)
{
  GListModel *endpoints = G_LIST_MODEL (trestle_session_get_endpoints (self->session));
  GListModel *tasks = trestle_session_get_tasks (self->session);

  gtk_list_box_remove_all (self->starting);
  gtk_list_box_remove_all (self->running);
  gtk_list_box_remove_all (self->failed);
  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);

      if (is_going_on (task) && g_object_get_data (G_OBJECT (task), "plan") != NULL
          && trestle_endpoints_find (TRESTLE_ENDPOINTS (endpoints), trestle_task_get_subject (task))
                 == NULL)
        add_task (self, task);
    }
  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      gtk_list_box_append (list_for (self, trestle_endpoint_get_state (endpoint)),
                           trestle_endpoint_row_new (endpoint));
    }
}

static gboolean
has_rows (GtkListBox *list)
{
  return gtk_list_box_get_row_at_index (list, 0) != NULL;
}

static void
update (TrestleEndpointsPage *self)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (self->session);
  g_autoptr (GError) error = NULL;
  g_autofree char *subtitle = NULL;
  gboolean loaded;
  guint n_running;

  fill (self);
  gtk_widget_set_visible (self->starting_group, has_rows (self->starting));
  gtk_widget_set_visible (self->running_group, has_rows (self->running));
  gtk_widget_set_visible (self->failed_group, has_rows (self->failed));
  gtk_widget_set_visible (self->left_group, has_rows (self->left));

  g_object_get (endpoints, "loaded", &loaded, "error", &error, "n-running", &n_running, NULL);
  if (has_rows (self->starting) || has_rows (self->running) || has_rows (self->failed)
      || has_rows (self->left))
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  else if (error != NULL && !loaded)
    trestle_page_state_fail (self->state, _ ("load the endpoints"), error);
  else
    trestle_page_state_set_state (self->state, loaded ? TRESTLE_PAGE_EMPTY : TRESTLE_PAGE_LOADING);
  subtitle = n_running > 0 ? g_strdup_printf (_ ("%u running"), n_running) : g_strdup ("");
  adw_window_title_set_subtitle (self->title, subtitle);
}

/* Many changes, one update. */
static gboolean
on_idle (gpointer data)
{
  TrestleEndpointsPage *self = data;

  self->queued = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (TrestleEndpointsPage *self)
{
  if (self->queued == 0)
    self->queued = g_idle_add (on_idle, self);
}

static void
on_row_activated (TrestleEndpointsPage *self, GtkListBoxRow *row)
{
  TrestleTask *task = g_object_get_data (G_OBJECT (row), "task");
  TrestleEndpoint *endpoint = TRESTLE_IS_ENDPOINT_ROW (row)
                                  ? trestle_endpoint_row_get_endpoint (TRESTLE_ENDPOINT_ROW (row))
                                  : NULL;
  const char *name = task != NULL ? trestle_task_get_subject (task)
                                  : trestle_endpoint_get_name (endpoint);

  /* What this window is starting has its steps to show. */
  if (task == NULL && trestle_endpoint_get_state (endpoint) == TRESTLE_ENDPOINT_STATE_CREATING)
    task = trestle_deploying_page_find_task (self->session, name);
  trestle_shell_open (GTK_WIDGET (self), task != NULL ? "deploying" : "endpoint", name);
}

/* --- What is left behind -------------------------------------------------------------------- */

static void
on_leftovers (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointsPage *self = owner;

  if (error != NULL)
    {
      g_message ("Could not look for what is left behind: %s", error->message);
      return;
    }
  g_set_object (&self->leftovers, g_value_get_object (value));
  gtk_list_box_remove_all (self->left);
  for (guint i = 0; i < g_list_model_get_n_items (self->leftovers); i++)
    {
      g_autoptr (TrestleLeftover) leftover = g_list_model_get_item (self->leftovers, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *kind = NULL;
      g_autofree char *name = NULL;

      g_object_get (leftover, "kind", &kind, "name", &name, NULL);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), g_str_equal (kind, "model") ? _ ("Model")
                                                         : g_str_equal (kind, "endpoint")
                                                             ? _ ("Endpoint")
                                                             : _ ("Configuration"));
      gtk_list_box_append (self->left, row);
    }
  queue_update (self);
}

static void
on_cleaned (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointsPage *self = owner;

  if (error != NULL)
    trestle_shell_problem (GTK_WIDGET (self), _ ("clean up"), error);
  else
    trestle_shell_toast (GTK_WIDGET (self), _ ("All is cleaned up"));
  gtk_widget_activate_action (GTK_WIDGET (self), "page.refresh", NULL);
}

static void
on_clean_up_confirmed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointsPage *self = owner;
  g_autoptr (TrestleTask) task = NULL;

  if (error != NULL || self->leftovers == NULL)
    return;
  task = trestle_endpoints_clean_up (trestle_session_get_endpoints (self->session),
                                     self->leftovers);
  trestle_watch (self, NULL, trestle_task_wait (task), on_cleaned);
}

static void
clean_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEndpointsPage *self = TRESTLE_ENDPOINTS_PAGE (widget);
  guint n = self->leftovers != NULL ? g_list_model_get_n_items (self->leftovers) : 0;
  g_autofree char *heading = NULL;

  if (n == 0)
    {
      trestle_shell_toast (widget, _ ("There is nothing to clean up"));
      return;
    }
  heading = g_strdup_printf (g_dngettext (NULL, "Delete %u Thing?", "Delete %u Things?", n), n);
  trestle_watch (
      self, &self->ask,
      trestle_ask_to (
          widget, heading,
          _ ("Models and configurations that Trestle made and that no endpoint uses. Endpoints "
             "that run are left alone."),
          _ ("_Clean Up"), TRUE),
      on_clean_up_confirmed);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
on_retry (TrestleEndpointsPage *self)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (self->session);

  trestle_watch (self, &self->refresh, trestle_endpoints_refresh (endpoints), on_refreshed);
  trestle_watch (self, &self->find_leftovers, trestle_endpoints_leftovers (endpoints, FALSE),
                 on_leftovers);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_retry (TRESTLE_ENDPOINTS_PAGE (widget));
}

static void
trestle_endpoints_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_endpoints_page_parent_class)->map (widget);
  on_retry (TRESTLE_ENDPOINTS_PAGE (widget));
}

static void
trestle_endpoints_page_dispose (GObject *object)
{
  TrestleEndpointsPage *self = TRESTLE_ENDPOINTS_PAGE (object);

  g_clear_handle_id (&self->queued, g_source_remove);
  dex_clear (&self->refresh);
  dex_clear (&self->find_leftovers);
  dex_clear (&self->ask);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_ENDPOINTS_PAGE);
  g_clear_object (&self->leftovers);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_endpoints_page_parent_class)->dispose (object);
}

static void
trestle_endpoints_page_class_init (TrestleEndpointsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_endpoints_page_dispose;
  widget_class->map = trestle_endpoints_page_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-endpoints-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, starting_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, starting);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, running_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, running);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, failed_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, failed);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, left_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, left);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "endpoints.clean-up", NULL, clean_up_action);
}

static void
trestle_endpoints_page_init (TrestleEndpointsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_endpoints_page_new (TrestleSession *session)
{
  TrestleEndpointsPage *self = g_object_new (TRESTLE_TYPE_ENDPOINTS_PAGE, NULL);
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);

  self->session = g_object_ref (session);
  g_signal_connect_object (endpoints, "items-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (endpoints, "notify", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_session_get_tasks (session), "items-changed",
                           G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
