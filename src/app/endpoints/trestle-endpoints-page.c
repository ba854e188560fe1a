/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-endpoints-page.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-leftover.h"
#include "endpoints/trestle-endpoint-row.h"
#include "endpoints/trestle-endpoint-words.h"
#include "endpoints/trestle-task-row.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleEndpointsPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  AdwBanner *banner;
  TrestlePageState *state;
  GtkWidget *tasks_group;
  GtkListBox *tasks_list;
  AdwPreferencesGroup *endpoints_group;
  GtkListBox *endpoints_list;
  GtkWidget *kept_group;
  GtkListBox *kept_list;

  TrestleSession *session;
  TrestleEndpoints *endpoints;
  GListModel *kept; /* of TrestleLeftover: models without an endpoint */
  GListModel *to_clean;
  gboolean narrow;

  DexFuture *refreshing;
  DexFuture *finding_kept;
  DexFuture *finding_all;
  DexFuture *asking;
};

enum
{
  PROP_NARROW = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TrestleEndpointsPage, trestle_endpoints_page, ADW_TYPE_NAVIGATION_PAGE)

static void load_kept (TrestleEndpointsPage *self);

/* --- Rows ----------------------------------------------------------------------------------- */

/* Whether a task is shown: what runs here, and deployments that failed until they are tried again. */
static gboolean
shows_task (TrestleEndpointsPage *self, TrestleTask *task)
{
  const char *subject = trestle_task_get_subject (task);

  switch (trestle_task_get_state (task))
    {
    case TRESTLE_TASK_STATE_RUNNING:
      return trestle_task_get_plan (task) != NULL
             || (subject != NULL && trestle_endpoints_find (self->endpoints, subject) != NULL);
    case TRESTLE_TASK_STATE_FAILED:
    case TRESTLE_TASK_STATE_UNDONE:
      return trestle_task_get_plan (task) != NULL
             && trestle_tasks_find_deployment (self->session, subject) == task;
    case TRESTLE_TASK_STATE_WAITING:
    case TRESTLE_TASK_STATE_DONE:
    default:
      return FALSE;
    }
}

static void
sync_tasks (TrestleEndpointsPage *self)
{
  GListModel *tasks = trestle_session_get_tasks (self->session);
  guint n_shown = 0;

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->tasks_list, (int) n_shown);

      if (!shows_task (self, task))
        continue;
      /* A row stays as long as its task does, or the focus would be lost. */
      while (row != NULL && trestle_task_row_get_task (TRESTLE_TASK_ROW (row)) != task)
        {
          gtk_list_box_remove (self->tasks_list, GTK_WIDGET (row));
          row = gtk_list_box_get_row_at_index (self->tasks_list, (int) n_shown);
        }
      if (row == NULL)
        gtk_list_box_append (
            self->tasks_list,
            trestle_task_row_new (
                task, trestle_endpoints_find (self->endpoints, trestle_task_get_subject (task))));
      n_shown++;
    }
  for (GtkListBoxRow *row;
       (row = gtk_list_box_get_row_at_index (self->tasks_list, (int) n_shown)) != NULL;)
    gtk_list_box_remove (self->tasks_list, GTK_WIDGET (row));
  gtk_widget_set_visible (self->tasks_group, n_shown > 0);
}

static void
sync_endpoints (TrestleEndpointsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->endpoints)), n_shown = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleEndpoint)
          endpoint = g_list_model_get_item (G_LIST_MODEL (self->endpoints), i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->endpoints_list, (int) n_shown);

      /* It is above, with its steps. */
      if (trestle_tasks_find_running (self->session, trestle_endpoint_get_name (endpoint)) != NULL)
        continue;
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (trestle_endpoint_row_new ());
          g_object_bind_property (self, "narrow", row, "narrow", G_BINDING_SYNC_CREATE);
          gtk_list_box_append (self->endpoints_list, GTK_WIDGET (row));
        }
      trestle_endpoint_row_set_endpoint (TRESTLE_ENDPOINT_ROW (row), endpoint);
      n_shown++;
    }
  for (GtkListBoxRow *row;
       (row = gtk_list_box_get_row_at_index (self->endpoints_list, (int) n_shown)) != NULL;)
    gtk_list_box_remove (self->endpoints_list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->endpoints_group), n_shown > 0);
}

static GtkWidget *
create_kept_row (gpointer item, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  const char *name = trestle_leftover_get_name (item);
  g_autofree char *created = trestle_format_moment (trestle_leftover_get_created (item));
  g_autofree char *subtitle = g_strdup_printf (_ ("Model, made %s"), created);
  g_autofree char *label = g_strdup_printf (_ ("Delete Model “%s”"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "endpoints.delete-kept");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/* --- The whole ------------------------------------------------------------------------------ */

static void
update_title (TrestleEndpointsPage *self)
{
  g_autoptr (TrestleMoney) hourly = NULL;
  g_autofree char *subtitle = NULL;
  guint n_running = 0;

  g_object_get (self->endpoints, "n-running", &n_running, "hourly", &hourly, NULL);
  if (n_running > 0)
    {
      g_autofree char *price = trestle_format_hourly (hourly);
      g_autofree char *count = g_strdup_printf (
          g_dngettext (NULL, "%u running", "%u running", n_running), n_running);

      subtitle = *price != '\0' ? g_strdup_printf ("%s · %s", count, price)
                                : g_steal_pointer (&count);
    }
  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
}

static void
update (TrestleEndpointsPage *self)
{
  g_autoptr (GError) error = NULL;
  gboolean loaded = FALSE;
  gboolean has_kept = self->kept != NULL && g_list_model_get_n_items (self->kept) > 0;

  g_object_get (self->endpoints, "loaded", &loaded, "error", &error, NULL);
  sync_tasks (self);
  sync_endpoints (self);
  update_title (self);
  gtk_widget_set_visible (self->kept_group, has_kept);
  adw_banner_set_revealed (self->banner, loaded && error != NULL);

  if (error != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (_ ("load the endpoints"), error);

      adw_banner_set_title (self->banner, problem->title);
    }
  if (!loaded && error != NULL)
    trestle_page_state_fail (self->state, _ ("load the endpoints"), error);
  else if (!loaded && self->refreshing != NULL)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_LOADING);
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->endpoints)) == 0 && !has_kept
           && !gtk_widget_get_visible (self->tasks_group))
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_EMPTY);
  else
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
refresh (TrestleEndpointsPage *self)
{
  trestle_watch (self, &self->refreshing,
                 trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (self->endpoints)), on_refreshed);
  load_kept (self);
  update (self);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  refresh (TRESTLE_ENDPOINTS_PAGE (widget));
}

static void
on_retry (TrestleEndpointsPage *self)
{
  refresh (self);
}

/* --- What is kept, and cleaning up ----------------------------------------------------------- */

static gboolean
is_kept_model (TrestleEndpointsPage *self, TrestleLeftover *item)
{
  const char *name = trestle_leftover_get_name (item);

  if (g_strcmp0 (trestle_leftover_get_kind (item), "model") != 0)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->endpoints)); i++)
    {
      g_autoptr (TrestleEndpoint)
          endpoint = g_list_model_get_item (G_LIST_MODEL (self->endpoints), i);
      const char *const *names = trestle_endpoint_get_model_names (endpoint);

      if (names != NULL && g_strv_contains (names, name))
        return FALSE;
    }
  return trestle_tasks_find_running (self->session, name) == NULL;
}

static void
on_kept (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointsPage *self = owner;
  g_autoptr (GListStore) kept = NULL;

  /* Without a right to list models the page does without them. */
  if (error != NULL)
    return;
  kept = g_list_store_new (TRESTLE_TYPE_LEFTOVER);
  for (guint i = 0; i < g_list_model_get_n_items (g_value_get_object (value)); i++)
    {
      g_autoptr (TrestleLeftover) item = g_list_model_get_item (g_value_get_object (value), i);

      if (is_kept_model (self, item))
        g_list_store_append (kept, item);
    }
  g_set_object (&self->kept, G_LIST_MODEL (kept));
  gtk_list_box_bind_model (self->kept_list, self->kept, create_kept_row, self, NULL);
  update (self);
}

static void
load_kept (TrestleEndpointsPage *self)
{
  trestle_watch (self, &self->finding_kept, trestle_endpoints_leftovers (self->endpoints, FALSE),
                 on_kept);
}

static void
on_cleaned (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("clean up"), error);
  else
    trestle_shell_toast (owner, _ ("Cleaned up"));
  refresh (owner);
}

static void
on_clean_up_agreed (gpointer owner, const GValue *value, const GError *error)
{
  TrestleEndpointsPage *self = owner;
  g_autoptr (TrestleTask) task = NULL;

  if (error != NULL)
    return;
  task = trestle_endpoints_clean_up (self->endpoints, self->to_clean);
  trestle_watch (self, NULL, trestle_task_wait (task), on_cleaned);
}

/* Everything that goes is named before it does. */
static void
ask_to_clean (TrestleEndpointsPage *self, GListModel *leftovers)
{
  GString *body = g_string_new (_ ("This deletes what Trestle made in this account:"));
  guint n = g_list_model_get_n_items (leftovers);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleLeftover) item = g_list_model_get_item (leftovers, i);
      const char *kind = trestle_leftover_get_kind (item);
      const char *name = trestle_leftover_get_name (item);

      g_string_append_c (body, '\n');
      if (g_strcmp0 (kind, "endpoint") == 0)
        g_string_append_printf (body, _ ("Endpoint “%s”"), name);
      else if (g_strcmp0 (kind, "model") == 0)
        g_string_append_printf (body, _ ("Model “%s”"), name);
      else
        g_string_append_printf (body, _ ("Configuration “%s”"), name);
    }
  g_set_object (&self->to_clean, leftovers);
  trestle_watch (
      self, &self->asking,
      trestle_ask_to (GTK_WIDGET (self), _ ("Clean Up?"), body->str, _ ("_Delete All"), TRUE),
      on_clean_up_agreed);
  g_string_free (body, TRUE);
}

static void
on_leftovers (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_shell_problem (owner, _ ("find what is left"), error);
  else if (g_list_model_get_n_items (g_value_get_object (value)) == 0)
    trestle_shell_toast (owner, _ ("There is nothing to clean up"));
  else
    ask_to_clean (owner, g_value_get_object (value));
}

static void
clean_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleEndpointsPage *self = TRESTLE_ENDPOINTS_PAGE (widget);

  trestle_watch (self, &self->finding_all, trestle_endpoints_leftovers (self->endpoints, TRUE),
                 on_leftovers);
}

static void
delete_kept_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TrestleEndpointsPage *self = TRESTLE_ENDPOINTS_PAGE (widget);
  g_autoptr (GListStore) one = g_list_store_new (TRESTLE_TYPE_LEFTOVER);

  for (guint i = 0; self->kept != NULL && i < g_list_model_get_n_items (self->kept); i++)
    {
      g_autoptr (TrestleLeftover) item = g_list_model_get_item (self->kept, i);

      if (g_strcmp0 (trestle_leftover_get_name (item), g_variant_get_string (parameter, NULL)) == 0)
        g_list_store_append (one, item);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (one)) > 0)
    ask_to_clean (self, G_LIST_MODEL (one));
}

/* --- Tasks ---------------------------------------------------------------------------------- */

/* Whether the person is looking at the deployment right now. */
static gboolean
is_watched (TrestleEndpointsPage *self, TrestleTask *task)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  AdwNavigationPage *page = view != NULL
                                ? adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view))
                                : NULL;
  g_autofree char *tag = g_strconcat ("deploying\n", trestle_task_get_subject (task), NULL);

  return page != NULL && gtk_widget_get_mapped (GTK_WIDGET (page))
         && g_strcmp0 (adw_navigation_page_get_tag (page), tag) == 0;
}

static void
on_task_state (TrestleEndpointsPage *self, GParamSpec *pspec, TrestleTask *task)
{
  const char *subject = trestle_task_get_subject (task);
  gboolean deploys = trestle_task_get_plan (task) != NULL;

  update (self);
  load_kept (self);
  if (trestle_task_get_state (task) == TRESTLE_TASK_STATE_RUNNING || is_watched (self, task))
    return;

  if (trestle_task_get_error (task) != NULL)
    {
      g_autofree char *what = g_strdup_printf (deploys ? _ ("deploy “%s”") : _ ("delete “%s”"),
                                               subject);

      trestle_shell_problem (GTK_WIDGET (self), what, trestle_task_get_error (task));
    }
  else
    {
      g_autofree char *text = g_strdup_printf (
          deploys ? _ ("“%s” is in service") : _ ("“%s” is deleted"), subject);

      trestle_shell_toast (GTK_WIDGET (self), text);
    }
}

static void
on_tasks_changed (TrestleEndpointsPage *self,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *tasks)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, position + i);

      if (trestle_task_get_state (task) == TRESTLE_TASK_STATE_RUNNING
          && (trestle_task_get_plan (task) != NULL
              || trestle_endpoints_find (self->endpoints, trestle_task_get_subject (task)) != NULL))
        g_signal_connect_object (task, "notify::state", G_CALLBACK (on_task_state), self,
                                 G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
on_task_activated (TrestleEndpointsPage *self, GtkListBoxRow *row)
{
  trestle_shell_open (
      GTK_WIDGET (self), "deploying",
      trestle_task_get_subject (trestle_task_row_get_task (TRESTLE_TASK_ROW (row))));
}

static void
on_endpoint_activated (TrestleEndpointsPage *self, GtkListBoxRow *row)
{
  trestle_shell_open (
      GTK_WIDGET (self), "endpoint",
      trestle_endpoint_get_name (trestle_endpoint_row_get_endpoint (TRESTLE_ENDPOINT_ROW (row))));
}

/* --- Object --------------------------------------------------------------------------------- */

static void
trestle_endpoints_page_map (GtkWidget *widget)
{
  TrestleEndpointsPage *self = TRESTLE_ENDPOINTS_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_endpoints_page_parent_class)->map (widget);
  trestle_remote_list_watch (TRESTLE_REMOTE_LIST (self->endpoints));
  refresh (self);
}

static void
trestle_endpoints_page_unmap (GtkWidget *widget)
{
  trestle_remote_list_unwatch (TRESTLE_REMOTE_LIST (TRESTLE_ENDPOINTS_PAGE (widget)->endpoints));
  GTK_WIDGET_CLASS (trestle_endpoints_page_parent_class)->unmap (widget);
}

static void
trestle_endpoints_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, TRESTLE_ENDPOINTS_PAGE (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_endpoints_page_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    TRESTLE_ENDPOINTS_PAGE (object)->narrow = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
trestle_endpoints_page_dispose (GObject *object)
{
  TrestleEndpointsPage *self = TRESTLE_ENDPOINTS_PAGE (object);

  dex_clear (&self->refreshing);
  dex_clear (&self->finding_kept);
  dex_clear (&self->finding_all);
  dex_clear (&self->asking);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->endpoints, self);
      g_signal_handlers_disconnect_by_data (trestle_session_get_tasks (self->session), self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_ENDPOINTS_PAGE);
  g_clear_object (&self->kept);
  g_clear_object (&self->to_clean);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_endpoints_page_parent_class)->dispose (object);
}

static void
trestle_endpoints_page_class_init (TrestleEndpointsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);

  object_class->get_property = trestle_endpoints_page_get_property;
  object_class->set_property = trestle_endpoints_page_set_property;
  object_class->dispose = trestle_endpoints_page_dispose;
  widget_class->map = trestle_endpoints_page_map;
  widget_class->unmap = trestle_endpoints_page_unmap;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/endpoints/trestle-endpoints-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, tasks_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, tasks_list);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, endpoints_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, endpoints_list);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, kept_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleEndpointsPage, kept_list);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_task_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_endpoint_activated);

  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "endpoints.clean-up", NULL, clean_up_action);
  gtk_widget_class_install_action (widget_class, "endpoints.delete-kept", "s", delete_kept_action);
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
  GListModel *tasks = trestle_session_get_tasks (session);

  self->session = g_object_ref (session);
  self->endpoints = trestle_session_get_endpoints (session);
  g_signal_connect_swapped (self->endpoints, "items-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->endpoints, "notify", G_CALLBACK (update), self);
  g_signal_connect_swapped (tasks, "items-changed", G_CALLBACK (on_tasks_changed), self);
  on_tasks_changed (self, 0, 0, g_list_model_get_n_items (tasks), tasks);
  return GTK_WIDGET (self);
}
