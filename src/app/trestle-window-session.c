/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-window-private.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "trestle-settings.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"
#include "workbench/trestle-accounts.h"

/* Whose window it is: accounts are looked for, opened, and left. */

static void
on_deleted (TrestleWindow *self, guint n)
{
  g_autofree char *text = g_strdup_printf (
      g_dngettext (NULL, "%u endpoint is deleted: its time has come",
                   "%u endpoints are deleted: their time has come", n),
      n);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
set_session (TrestleWindow *self, TrestleSession *session)
{
  if (self->session != NULL)
    trestle_remote_list_unwatch (
        TRESTLE_REMOTE_LIST (trestle_session_get_endpoints (self->session)));
  g_clear_object (&self->keeper);
  g_clear_object (&self->notifier);
  trestle_window_drop_sections (self);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      trestle_remote_list_watch (TRESTLE_REMOTE_LIST (trestle_session_get_endpoints (session)));
      self->keeper = trestle_keeper_new (session);
      self->notifier = trestle_change_notifier_new (GTK_WINDOW (self), session);
      g_signal_connect_object (self->keeper, "deleted", G_CALLBACK (on_deleted), self,
                               G_CONNECT_SWAPPED);
    }
  g_object_notify (G_OBJECT (self), "session");
}

static void
on_recovered (gpointer owner, const GValue *value, const GError *error)
{
  TrestleWindow *self = owner;
  GtkWidget *page;
  g_autofree char *text = NULL;
  int n;

  if (error != NULL)
    {
      g_message ("Could not settle what an earlier run left: %s", error->message);
      return;
    }

  n = g_value_get_int (value);
  if (n == 0)
    return;
  text = g_strdup_printf (g_dngettext (NULL, "%d action of an earlier run was settled",
                                       "%d actions of an earlier run were settled", (gulong) n),
                          n);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));

  /* It may show what has just been settled, such as a model that is deleted by now. */
  page = trestle_window_get_page (self);
  if (page != NULL)
    gtk_widget_activate_action (page, "page.refresh", NULL);
}

static void
on_opened (gpointer owner, const GValue *value, const GError *error)
{
  TrestleWindow *self = owner;
  const char *notice;

  if (error != NULL)
    {
      trestle_page_state_fail (self->opening, _ ("open the account"), error);
      return;
    }

  set_session (self, g_value_get_object (value));
  trestle_settings_remember ("account", trestle_account_get_id (self->account));
  trestle_window_show_section (self, self->section != NULL ? self->section : "discover");

  trestle_watch (self, &self->find, trestle_session_recover (self->session), on_recovered);
  trestle_future_report (trestle_session_identify (self->session),
                         "ask who the credentials belong to");
  trestle_future_report (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (
                             trestle_session_get_subscriptions (self->session))),
                         "load the subscriptions");

  notice = trestle_store_get_notice (trestle_session_get_store (self->session));
  if (notice != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (notice));
}

void
trestle_window_open_account (TrestleWindow *self, TrestleAccount *account)
{
  g_return_if_fail (TRESTLE_IS_WINDOW (self));
  g_return_if_fail (TRESTLE_IS_ACCOUNT (account));

  dex_clear (&self->find);
  g_set_object (&self->account, account);
  set_session (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "main");
  trestle_page_state_set_state (self->opening, TRESTLE_PAGE_LOADING);
  trestle_watch (self, &self->open, trestle_session_open (account, NULL), on_opened);
}

static void on_default_found (gpointer owner, const GValue *value, const GError *error);

/* The account used last may be gone; then what AWS tools would use. */
static void
on_last_found (gpointer owner, const GValue *value, const GError *error)
{
  TrestleWindow *self = owner;

  if (error != NULL)
    trestle_watch (self, &self->find, trestle_accounts_default (NULL), on_default_found);
  else
    trestle_window_open_account (self, g_value_get_object (value));
}

static void
on_default_found (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    trestle_window_show_first_run (owner);
  else
    trestle_window_open_account (owner, g_value_get_object (value));
}

void
trestle_window_open_default (TrestleWindow *self)
{
  g_autofree char *last = trestle_settings_recall ("account");

  g_return_if_fail (TRESTLE_IS_WINDOW (self));

  if (last != NULL)
    trestle_watch (self, &self->find, trestle_accounts_find (last), on_last_found);
  else
    trestle_watch (self, &self->find, trestle_accounts_default (NULL), on_default_found);
}

void
trestle_window_show_first_run (TrestleWindow *self)
{
  g_return_if_fail (TRESTLE_IS_WINDOW (self));
  set_session (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "first-run");
}

static void
on_retry_open (TrestleWindow *self)
{
  if (self->account != NULL)
    trestle_window_open_account (self, self->account);
}

static void
on_account_found (gpointer owner, const GValue *value, const GError *error)
{
  TrestleWindow *self = owner;

  if (error != NULL)
    trestle_shell_problem (GTK_WIDGET (self), _ ("change the account"), error);
  else
    trestle_window_open_account (self, g_value_get_object (value));
}

static void
account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_watch (widget, &TRESTLE_WINDOW (widget)->find,
                 trestle_accounts_find (g_variant_get_string (parameter, NULL)), on_account_found);
}

void
trestle_window_install_sessions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_retry_open);
  gtk_widget_class_install_action (widget_class, "win.account", "s", account_action);
}
