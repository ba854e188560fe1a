/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-shell.h"

#include <glib/gi18n.h>

#include "workbench/trestle-workbench-error.h"

G_DEFINE_INTERFACE (TrestleShell, trestle_shell, GTK_TYPE_WIDGET)

static void
trestle_shell_default_init (TrestleShellInterface *iface)
{
}

TrestleShell *
trestle_shell_from (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL && TRESTLE_IS_SHELL (root) ? TRESTLE_SHELL (root) : NULL;
}

TrestleSession *
trestle_shell_get_session (GtkWidget *widget)
{
  TrestleShell *shell = trestle_shell_from (widget);

  return shell != NULL ? TRESTLE_SHELL_GET_IFACE (shell)->get_session (shell) : NULL;
}

static void
add_toast (GtkWidget *widget, AdwToast *toast)
{
  TrestleShell *shell = trestle_shell_from (widget);

  if (shell != NULL)
    TRESTLE_SHELL_GET_IFACE (shell)->add_toast (shell, toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

void
trestle_shell_toast (GtkWidget *widget, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  add_toast (widget, toast);
}

typedef struct
{
  GWeakRef widget;
  TrestleProblem *problem;
} Shown;

static void
shown_free (gpointer data, GClosure *closure)
{
  Shown *shown = data;

  g_weak_ref_clear (&shown->widget);
  trestle_problem_free (shown->problem);
  g_free (shown);
}

static void
on_details_response (AdwAlertDialog *dialog, const char *response, const char *details)
{
  if (g_str_equal (response, "copy"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), details);
}

static void
on_details (AdwToast *toast, Shown *shown)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&shown->widget);
  AdwDialog *dialog;

  if (widget == NULL)
    return;

  dialog = adw_alert_dialog_new (shown->problem->title, shown->problem->body);
  if (shown->problem->details != NULL)
    {
      adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "copy", _ ("_Copy Details"));
      g_signal_connect_data (dialog, "response", G_CALLBACK (on_details_response),
                             g_strdup (shown->problem->details),
                             (GClosureNotify) (GCallback) g_free, 0);
    }
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  adw_dialog_present (dialog, widget);
}

void
trestle_shell_problem (GtkWidget *widget, const char *what, const GError *error)
{
  g_autoptr (TrestleProblem) problem = trestle_problem_new (what, error);
  AdwToast *toast = adw_toast_new (problem->title);
  Shown *shown = g_new0 (Shown, 1);

  g_weak_ref_init (&shown->widget, gtk_widget_get_root (widget));
  shown->problem = g_steal_pointer (&problem);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_button_label (toast, _ ("_Details"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_details), shown, shown_free, 0);
  add_toast (widget, toast);
}

void
trestle_shell_open (GtkWidget *widget, const char *route, const char *argument)
{
  TrestleShell *shell = trestle_shell_from (widget);

  if (shell != NULL)
    TRESTLE_SHELL_GET_IFACE (shell)->open (shell, route, argument);
}

void
trestle_shell_cover_meter (GtkWidget *widget, gboolean covered)
{
  TrestleShell *shell = trestle_shell_from (widget);

  if (shell != NULL)
    TRESTLE_SHELL_GET_IFACE (shell)->cover_meter (shell, covered);
}

void
trestle_shell_copy (GtkWidget *widget, const char *text, const char *said)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  trestle_shell_toast (widget, said);
}
