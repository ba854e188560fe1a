/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-changes-page.h"

#include <glib/gi18n.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-future.h"
#include "changes/trestle-submission-row.h"
#include "widgets/trestle-change-row.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-watch.h"

#define TICK_SECONDS 5

struct _TrestleChangesPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  TrestlePageState *state;
  GtkWidget *waiting_group;
  GtkListBox *waiting_list;
  GtkWidget *list_group;
  GtkListBox *list;

  TrestleSession *session;
  GListStore *waiting; /* of #TrestleTask */
  DexFuture *refreshing;
  char *wanted; /* the change set that is to be opened */
  guint tick;
};

G_DEFINE_FINAL_TYPE (TrestleChangesPage, trestle_changes_page, ADW_TYPE_NAVIGATION_PAGE)

static GtkWidget *
create_waiting_row (gpointer item, gpointer data)
{
  return trestle_submission_row_new (item);
}

static void update (TrestleChangesPage *self);

static void
sync_waiting (TrestleChangesPage *self)
{
  GListModel *tasks = trestle_session_get_tasks (self->session);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->waiting));
  gboolean same;

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);

      if (trestle_submission_row_shows (task))
        g_ptr_array_add (shown, g_object_ref (task));
    }
  same = shown->len == n;
  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (G_LIST_MODEL (self->waiting), i);

      same = task == g_ptr_array_index (shown, i);
    }
  if (!same)
    g_list_store_splice (self->waiting, 0, n, shown->pdata, shown->len);
  gtk_widget_set_visible (self->waiting_group, shown->len > 0);
}

static void
on_tasks_changed (TrestleChangesPage *self)
{
  GListModel *tasks = trestle_session_get_tasks (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);

      if (!trestle_submission_is (task))
        continue;
      g_signal_handlers_disconnect_by_func (task, update, self);
      g_signal_connect_object (task, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
reveal (TrestleChangesPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0;
       self->wanted != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      TrestleChangeRequest *request = trestle_change_row_get_request (TRESTLE_CHANGE_ROW (row));

      if (g_strcmp0 (trestle_change_request_get_id (request), self->wanted) != 0)
        continue;
      g_clear_pointer (&self->wanted, g_free);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (row));
    }
}

static void
update (TrestleChangesPage *self)
{
  TrestleRemoteList *requests = TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session));
  const GError *error = trestle_remote_list_get_error (requests);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (requests)), n_open = 0;
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (requests), i));
  sync_waiting (self);
  trestle_change_rows_sync (self->list, self->session, all);
  gtk_widget_set_visible (self->list_group, n > 0);
  if (n > 0 || g_list_model_get_n_items (G_LIST_MODEL (self->waiting)) > 0)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  else if (error != NULL
           && !g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED))
    trestle_page_state_fail (self->state, _ ("load the change sets"), error);
  else
    /* Who is no seller may not ask either. */
    trestle_page_state_set_state (self->state,
                                  trestle_remote_list_get_loaded (requests) || error != NULL
                                      ? TRESTLE_PAGE_EMPTY
                                      : TRESTLE_PAGE_LOADING);

  g_object_get (requests, "n-open", &n_open, NULL);
  if (n_open > 0)
    subtitle = g_strdup_printf (g_dngettext (NULL, "%u running", "%u running", n_open), n_open);
  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
  reveal (self);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
on_retry (TrestleChangesPage *self)
{
  TrestleOwnProducts *products = trestle_session_get_own_products (self->session);

  /* Titles of what they touch. */
  if (!trestle_remote_list_get_loaded (TRESTLE_REMOTE_LIST (products)))
    trestle_future_report (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (products)),
                           "load the products");
  trestle_watch (self, &self->refreshing,
                 trestle_remote_list_refresh (
                     TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session))),
                 on_refreshed);
  update (self);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_retry (TRESTLE_CHANGES_PAGE (widget));
}

static void
tick_rows (TrestleChangesPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    trestle_change_row_tick (TRESTLE_CHANGE_ROW (row));
}

static gboolean
on_tick (gpointer data)
{
  tick_rows (data);
  return G_SOURCE_CONTINUE;
}

static void
trestle_changes_page_map (GtkWidget *widget)
{
  TrestleChangesPage *self = TRESTLE_CHANGES_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_changes_page_parent_class)->map (widget);
  trestle_remote_list_watch (TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session)));
  self->tick = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
  on_retry (self);
}

static void
trestle_changes_page_unmap (GtkWidget *widget)
{
  TrestleChangesPage *self = TRESTLE_CHANGES_PAGE (widget);

  g_clear_handle_id (&self->tick, g_source_remove);
  trestle_remote_list_unwatch (TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session)));
  GTK_WIDGET_CLASS (trestle_changes_page_parent_class)->unmap (widget);
}

static void
trestle_changes_page_dispose (GObject *object)
{
  TrestleChangesPage *self = TRESTLE_CHANGES_PAGE (object);

  dex_clear (&self->refreshing);
  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_CHANGES_PAGE);
  g_clear_object (&self->waiting);
  g_clear_object (&self->session);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (trestle_changes_page_parent_class)->dispose (object);
}

static void
trestle_changes_page_class_init (TrestleChangesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_changes_page_dispose;
  widget_class->map = trestle_changes_page_map;
  widget_class->unmap = trestle_changes_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/changes/trestle-changes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleChangesPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangesPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangesPage, waiting_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangesPage, waiting_list);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangesPage, list_group);
  gtk_widget_class_bind_template_child (widget_class, TrestleChangesPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
}

static void
trestle_changes_page_init (TrestleChangesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->waiting = g_list_store_new (TRESTLE_TYPE_TASK);
  gtk_list_box_bind_model (self->waiting_list, G_LIST_MODEL (self->waiting), create_waiting_row,
                           self, NULL);
}

GtkWidget *
trestle_changes_page_new (TrestleSession *session)
{
  TrestleChangesPage *self = g_object_new (TRESTLE_TYPE_CHANGES_PAGE, NULL);
  TrestleRequests *requests = trestle_session_get_requests (session);

  self->session = g_object_ref (session);
  g_signal_connect_object (requests, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (requests, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_session_get_own_products (session), "items-changed",
                           G_CALLBACK (tick_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trestle_session_get_tasks (session), "items-changed",
                           G_CALLBACK (on_tasks_changed), self, G_CONNECT_SWAPPED);
  on_tasks_changed (self);
  return GTK_WIDGET (self);
}

void
trestle_changes_page_reveal (TrestleChangesPage *self, const char *id)
{
  g_return_if_fail (TRESTLE_IS_CHANGES_PAGE (self));

  g_set_str (&self->wanted, id);
  reveal (self);
}
