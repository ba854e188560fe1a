/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-window-private.h"

#include <glib/gi18n.h>

#include "accounts/trestle-first-run-page.h"
#include "endpoints/trestle-quit-dialog.h"
#include "trestle-page-keys.h"
#include "trestle-routes.h"
#include "trestle-settings.h"
#include "widgets/trestle-shell.h"

enum
{
  PROP_SESSION = 1,
  PROP_SECTION,
  PROP_METER_COVERED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static TrestleSession *
shell_get_session (TrestleShell *shell)
{
  return TRESTLE_WINDOW (shell)->session;
}

static void
shell_add_toast (TrestleShell *shell, AdwToast *toast)
{
  adw_toast_overlay_add_toast (TRESTLE_WINDOW (shell)->toasts, toast);
}

static void
shell_open (TrestleShell *shell, const char *route, const char *argument)
{
  trestle_window_open (TRESTLE_WINDOW (shell), route, argument);
}

static void
shell_cover_meter (TrestleShell *shell, gboolean covered)
{
  TrestleWindow *self = TRESTLE_WINDOW (shell);

  if (self->meter_covered == covered)
    return;
  self->meter_covered = covered;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_METER_COVERED]);
}

static void
shell_init (TrestleShellInterface *iface)
{
  iface->get_session = shell_get_session;
  iface->add_toast = shell_add_toast;
  iface->open = shell_open;
  iface->cover_meter = shell_cover_meter;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleWindow,
                               trestle_window,
                               ADW_TYPE_APPLICATION_WINDOW,
                               G_IMPLEMENT_INTERFACE (TRESTLE_TYPE_SHELL, shell_init))

TrestleSession *
trestle_window_get_session (TrestleWindow *self)
{
  g_return_val_if_fail (TRESTLE_IS_WINDOW (self), NULL);
  return self->session;
}

void
trestle_window_refresh_accounts (TrestleWindow *self)
{
  g_return_if_fail (TRESTLE_IS_WINDOW (self));
  trestle_sidebar_refresh_accounts (self->sidebar);
}

/* --- Sections ------------------------------------------------------------------------------- */

static AdwNavigationView *
ensure_section (TrestleWindow *self, const TrestleSection *section)
{
  GtkWidget *view = gtk_stack_get_child_by_name (self->sections, section->id), *page;

  if (view == NULL)
    {
      page = trestle_section_create (section, self->session);
      view = adw_navigation_view_new ();
      adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
      gtk_stack_add_named (self->sections, view, section->id);
    }
  return ADW_NAVIGATION_VIEW (view);
}

static void
set_section (TrestleWindow *self, const TrestleSection *section)
{
  g_set_str (&self->last_section[g_str_equal (section->side, "sell")], section->id);
  trestle_settings_remember ("section", section->id);
  trestle_settings_remember ("side", section->side);
  adw_navigation_page_set_title (self->content_page, _ (section->title));
  if (g_set_str (&self->section, section->id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECTION]);
}

gboolean
trestle_window_show_section (TrestleWindow *self, const char *id)
{
  const TrestleSection *section = trestle_sections_find (id);

  g_return_val_if_fail (TRESTLE_IS_WINDOW (self), FALSE);

  if (section == NULL)
    return FALSE;

  set_section (self, section);
  if (self->session != NULL)
    gtk_stack_set_visible_child (self->sections, GTK_WIDGET (ensure_section (self, section)));
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  return TRUE;
}

GtkWidget *
trestle_window_get_page (TrestleWindow *self)
{
  GtkWidget *view;

  g_return_val_if_fail (TRESTLE_IS_WINDOW (self), NULL);

  view = gtk_stack_get_visible_child (self->sections);
  return ADW_IS_NAVIGATION_VIEW (view)
             ? GTK_WIDGET (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)))
             : NULL;
}

void
trestle_window_show_sidebar (TrestleWindow *self)
{
  g_return_if_fail (TRESTLE_IS_WINDOW (self));
  adw_navigation_split_view_set_show_content (self->split, FALSE);
}

void
trestle_window_drop_sections (TrestleWindow *self)
{
  const TrestleSection *sections;
  guint n_sections;

  gtk_stack_set_visible_child_name (self->sections, "opening");
  sections = trestle_sections_get (&n_sections);
  for (guint i = 0; i < n_sections; i++)
    {
      GtkWidget *view = gtk_stack_get_child_by_name (self->sections, sections[i].id);

      if (view != NULL)
        gtk_stack_remove (self->sections, view);
    }
}

GtkWidget *
trestle_window_open (TrestleWindow *self, const char *name, const char *argument)
{
  const TrestleRoute *route = trestle_routes_find (name);
  AdwNavigationView *view;
  AdwNavigationPage *page;
  g_autofree char *tag = NULL;
  GtkWidget *made;

  g_return_val_if_fail (TRESTLE_IS_WINDOW (self), NULL);

  if (route == NULL)
    {
      g_warning ("There is no page “%s”", name);
      return NULL;
    }

  if (route->section == NULL)
    {
      made = route->create (self->session, argument);
      adw_dialog_present (ADW_DIALOG (made), GTK_WIDGET (self));
      return made;
    }

  if (self->session == NULL)
    return NULL;

  trestle_window_show_section (self, route->section);
  view = ensure_section (self, trestle_sections_find (route->section));
  tag = g_strconcat (name, "\n", argument, NULL);
  page = adw_navigation_view_find_page (view, tag);
  if (page != NULL)
    {
      adw_navigation_view_pop_to_page (view, page);
      return GTK_WIDGET (page);
    }

  made = route->create (self->session, argument);
  adw_navigation_page_set_tag (ADW_NAVIGATION_PAGE (made), tag);
  adw_navigation_view_push (view, ADW_NAVIGATION_PAGE (made));
  return made;
}

/* --- Actions -------------------------------------------------------------------------------- */

static void
show_section_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleWindow *self = TRESTLE_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  AdwNavigationView *view;

  /* Choosing the section that is shown goes back to its first page. */
  if (g_strcmp0 (self->section, id) == 0 && self->session != NULL
      && (!adw_navigation_split_view_get_collapsed (self->split)
          || adw_navigation_split_view_get_show_content (self->split)))
    {
      view = ensure_section (self, trestle_sections_find (id));
      while (adw_navigation_view_pop (view))
        ;
    }
  trestle_window_show_section (self, id);
}

static void
side_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleWindow *self = TRESTLE_WINDOW (widget);
  gboolean sell = g_str_equal (g_variant_get_string (parameter, NULL), "sell");
  const char *id = self->last_section[sell];
  gboolean showing = adw_navigation_split_view_get_show_content (self->split);

  trestle_window_show_section (self, id != NULL ? id : (sell ? "listings" : "discover"));
  /* With one pane only, the sidebar stays: the side was changed, no section was chosen. */
  adw_navigation_split_view_set_show_content (self->split, showing);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *route, *argument;

  g_variant_get (parameter, "(&s&s)", &route, &argument);
  trestle_window_open (TRESTLE_WINDOW (widget), route, argument);
}

static void
refresh_accounts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_window_refresh_accounts (TRESTLE_WINDOW (widget));
}

static void
leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleWindow *self = TRESTLE_WINDOW (widget);

  self->leaving = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
trestle_window_close_request (GtkWindow *window)
{
  TrestleWindow *self = TRESTLE_WINDOW (window);

  if (self->session != NULL && !self->leaving && trestle_quit_dialog_is_needed (self->session))
    {
      AdwDialog *shown = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));

      if (shown == NULL || g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (shown)), "quit") != 0)
        trestle_window_open (self, "quit", NULL);
      return TRUE;
    }

  trestle_settings_save_window (window);
  return GTK_WINDOW_CLASS (trestle_window_parent_class)->close_request (window);
}

static gboolean
reveal_meter (GObject *object, gboolean collapsed, gboolean running, gboolean covered)
{
  return collapsed && running && !covered;
}

static void
trestle_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleWindow *self = TRESTLE_WINDOW (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SECTION:
      g_value_set_string (value, self->section);
      break;
    case PROP_METER_COVERED:
      g_value_set_boolean (value, self->meter_covered);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_window_dispose (GObject *object)
{
  TrestleWindow *self = TRESTLE_WINDOW (object);

  g_clear_object (&self->keeper);
  g_clear_object (&self->notifier);
  dex_clear (&self->open);
  dex_clear (&self->find);
  if (self->session != NULL)
    trestle_remote_list_unwatch (
        TRESTLE_REMOTE_LIST (trestle_session_get_endpoints (self->session)));
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->account);
  g_clear_pointer (&self->section, g_free);
  g_clear_pointer (&self->last_section[0], g_free);
  g_clear_pointer (&self->last_section[1], g_free);
  G_OBJECT_CLASS (trestle_window_parent_class)->dispose (object);
}

static void
trestle_window_class_init (TrestleWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  g_type_ensure (TRESTLE_TYPE_FIRST_RUN_PAGE);
  g_type_ensure (TRESTLE_TYPE_METER);
  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  g_type_ensure (TRESTLE_TYPE_SIDEBAR);

  object_class->get_property = trestle_window_get_property;
  object_class->dispose = trestle_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = trestle_window_close_request;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, TRESTLE_TYPE_SESSION,
                                                  flags);
  properties[PROP_SECTION] = g_param_spec_string ("section", NULL, NULL, NULL, flags);
  properties[PROP_METER_COVERED] = g_param_spec_boolean ("meter-covered", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/trestle-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TrestleWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TrestleWindow, split);
  gtk_widget_class_bind_template_child (widget_class, TrestleWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, TrestleWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, TrestleWindow, sections);
  gtk_widget_class_bind_template_child (widget_class, TrestleWindow, opening);
  gtk_widget_class_bind_template_child (widget_class, TrestleWindow, meter);
  gtk_widget_class_bind_template_callback (widget_class, reveal_meter);

  gtk_widget_class_install_action (widget_class, "win.show-section", "s", show_section_action);
  gtk_widget_class_install_action (widget_class, "win.side", "s", side_action);
  gtk_widget_class_install_action (widget_class, "win.open", "(ss)", open_action);
  gtk_widget_class_install_action (widget_class, "win.refresh-accounts", NULL,
                                   refresh_accounts_action);
  gtk_widget_class_install_action (widget_class, "win.leave", NULL, leave_action);
  trestle_window_install_sessions (widget_class);
  trestle_page_keys_install (widget_class);
}

static void
trestle_window_init (TrestleWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  trestle_page_keys_watch (GTK_WINDOW (self));
}

TrestleWindow *
trestle_window_new (GtkApplication *application)
{
  TrestleWindow *self = g_object_new (TRESTLE_TYPE_WINDOW, "application", application, NULL);

  g_autofree char *section = trestle_settings_recall ("section");

  trestle_settings_load_window (GTK_WINDOW (self));
  trestle_window_show_section (self,
                               trestle_sections_find (section) != NULL ? section : "discover");
  return self;
}
