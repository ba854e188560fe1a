/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "packages/trestle-packages-page.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-lint.h"
#include "packages/trestle-package-row.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestlePackagesPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  AdwBanner *banner;
  TrestlePageState *state;
  AdwToggleGroup *filter;
  GtkListBox *list;

  TrestleSession *session;
  TrestlePackages *packages;
  char *account; /* its number, once it is known */
  GtkCustomFilter *wanted;

  DexFuture *refreshing;
  DexFuture *identifying;
};

G_DEFINE_FINAL_TYPE (TrestlePackagesPage, trestle_packages_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
is_listable (TrestlePackagesPage *self, TrestlePackage *package)
{
  g_autoptr (GPtrArray) findings = trestle_package_find_obstacles (package, self->account);

  return findings->len == 0;
}

static gboolean
is_wanted (gpointer item, gpointer data)
{
  TrestlePackagesPage *self = data;
  const char *name = adw_toggle_group_get_active_name (self->filter);

  if (g_strcmp0 (name, "listable") == 0)
    return is_listable (self, item);
  if (g_strcmp0 (name, "not") == 0)
    return !is_listable (self, item);
  return TRUE;
}

static void
on_filter (TrestlePackagesPage *self)
{
  if (self->wanted != NULL)
    gtk_filter_changed (GTK_FILTER (self->wanted), GTK_FILTER_CHANGE_DIFFERENT);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  return trestle_package_row_new (item, TRESTLE_PACKAGES_PAGE (data)->account);
}

static void
bind_list (TrestlePackagesPage *self)
{
  g_autoptr (GtkFilterListModel) shown = NULL;

  g_clear_object (&self->wanted);
  self->wanted = gtk_custom_filter_new (is_wanted, self, NULL);
  shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->packages)),
                                     g_object_ref (GTK_FILTER (self->wanted)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (shown), create_row, self, NULL);
}

static void
update_title (TrestlePackagesPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->packages)), n_listable = 0;
  g_autofree char *subtitle = NULL;
  g_autofree char *listable = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestlePackage) package = g_list_model_get_item (G_LIST_MODEL (self->packages), i);

      n_listable += is_listable (self, package);
    }
  if (n > 0)
    {
      listable = g_strdup_printf (g_dngettext (NULL, "%u listable", "%u listable", n_listable),
                                  n_listable);
      subtitle = g_strdup_printf (g_dngettext (NULL, "%u package · %s", "%u packages · %s", n), n,
                                  listable);
    }
  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
}

static void
update (TrestlePackagesPage *self)
{
  TrestleRemoteList *list = TRESTLE_REMOTE_LIST (self->packages);
  const GError *error = trestle_remote_list_get_error (list);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;

  adw_banner_set_revealed (self->banner, any && error != NULL);
  if (error != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (_ ("load the packages"), error);

      adw_banner_set_title (self->banner, problem->title);
    }
  if (any)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  else if (error != NULL)
    trestle_page_state_fail (self->state, _ ("load the packages"), error);
  else
    trestle_page_state_set_state (self->state, trestle_remote_list_get_loaded (list)
                                                   ? TRESTLE_PAGE_EMPTY
                                                   : TRESTLE_PAGE_LOADING);
  update_title (self);
}

static void
on_identified (gpointer owner, const GValue *value, const GError *error)
{
  TrestlePackagesPage *self = owner;

  if (error != NULL || self->account != NULL)
    return;
  self->account = g_strdup (trestle_identity_get_account (g_value_get_object (value)));
  bind_list (self);
  update (self);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
on_retry (TrestlePackagesPage *self)
{
  trestle_watch (self, &self->refreshing,
                 trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (self->packages)), on_refreshed);
  trestle_watch (self, &self->identifying, trestle_session_identify (self->session), on_identified);
  update (self);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_retry (TRESTLE_PACKAGES_PAGE (widget));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "package", "");
}

static void
check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_open (widget, "container", "");
}

static void
on_activated (TrestlePackagesPage *self, GtkListBoxRow *row)
{
  trestle_shell_open (
      GTK_WIDGET (self), "package-details",
      trestle_package_get_arn (trestle_package_row_get_package (TRESTLE_PACKAGE_ROW (row))));
}

static void
trestle_packages_page_map (GtkWidget *widget)
{
  TrestlePackagesPage *self = TRESTLE_PACKAGES_PAGE (widget);

  GTK_WIDGET_CLASS (trestle_packages_page_parent_class)->map (widget);
  trestle_remote_list_watch (TRESTLE_REMOTE_LIST (self->packages));
  on_retry (self);
}

static void
trestle_packages_page_unmap (GtkWidget *widget)
{
  TrestlePackagesPage *self = TRESTLE_PACKAGES_PAGE (widget);

  trestle_remote_list_unwatch (TRESTLE_REMOTE_LIST (self->packages));
  GTK_WIDGET_CLASS (trestle_packages_page_parent_class)->unmap (widget);
}

static void
trestle_packages_page_dispose (GObject *object)
{
  TrestlePackagesPage *self = TRESTLE_PACKAGES_PAGE (object);

  dex_clear (&self->refreshing);
  dex_clear (&self->identifying);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->wanted);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_PACKAGES_PAGE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->account, g_free);
  G_OBJECT_CLASS (trestle_packages_page_parent_class)->dispose (object);
}

static void
trestle_packages_page_class_init (TrestlePackagesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_packages_page_dispose;
  widget_class->map = trestle_packages_page_map;
  widget_class->unmap = trestle_packages_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/packages/trestle-packages-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagesPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagesPage, banner);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagesPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagesPage, filter);
  gtk_widget_class_bind_template_child (widget_class, TrestlePackagesPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_filter);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "packages.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "packages.check", NULL, check_action);
}

static void
trestle_packages_page_init (TrestlePackagesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_packages_page_new (TrestleSession *session)
{
  TrestlePackagesPage *self = g_object_new (TRESTLE_TYPE_PACKAGES_PAGE, NULL);
  TrestleIdentity *identity = trestle_session_get_identity (session);

  self->session = g_object_ref (session);
  self->packages = trestle_session_get_packages (session);
  if (identity != NULL)
    self->account = g_strdup (trestle_identity_get_account (identity));
  bind_list (self);
  g_signal_connect_object (self->packages, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->packages, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
