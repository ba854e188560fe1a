/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-page-keys.h"

#include "trestle-window.h"

static gboolean
has_action (GtkWidget *widget, const char *wanted)
{
  GType owner;
  const char *name, *property;
  const GVariantType *type;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (widget), i, &owner, &name,
                                                   &type, &property);
       i++)
    if (g_str_equal (name, wanted))
      return TRUE;
  return FALSE;
}

/* What the page lacks would come back here. */
static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *page = trestle_window_get_page (TRESTLE_WINDOW (widget));

  if (page != NULL && has_action (page, name))
    gtk_widget_activate_action (page, name, NULL);
}

/* A dialog that closes gives it back to where it was, which may be on a page that is left by now. */
static gboolean
is_lost (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus == NULL || !gtk_widget_get_mapped (focus);
}

static gboolean
give_focus (gpointer data)
{
  GtkWindow *window = data;
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  GtkWidget *shown = dialog != NULL ? GTK_WIDGET (dialog)
                                    : trestle_window_get_page (TRESTLE_WINDOW (window));

  if (shown != NULL && is_lost (window))
    gtk_widget_child_focus (shown, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

/* Who took it away may have another place for it. */
static void
on_focus_changed (GtkWindow *window)
{
  if (is_lost (window) && !gtk_widget_in_destruction (GTK_WIDGET (window)))
    g_idle_add_full (G_PRIORITY_LOW, give_focus, g_object_ref (window), g_object_unref);
}

void
trestle_page_keys_watch (GtkWindow *window)
{
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus_changed), NULL);
}

void
trestle_page_keys_install (GtkWidgetClass *window_class)
{
  static const char *const names[] = { "page.code", "page.filters", "page.refresh", "page.search" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_class_install_action (window_class, names[i], NULL, page_action);
}
