/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-change-notifier.h"

#include <glib/gi18n.h>

#include "trestle-routes.h"
#include "widgets/trestle-change-words.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

#define SENT_KEY "trestle-change-notifications"

struct _TrestleChangeNotifier
{
  GObject parent_instance;

  GtkWindow *window; /* weak */
  TrestleSession *session;
  gboolean watching;
  gboolean woken;
  DexFuture *drafts;
  DexFuture *products;
  DexFuture *requests;
};

G_DEFINE_FINAL_TYPE (TrestleChangeNotifier, trestle_change_notifier, G_TYPE_OBJECT)

char *
trestle_change_notifier_describe (TrestleChangeRequest *request, char **body)
{
  const char *status = trestle_change_request_get_status (request);
  g_autofree char *title = trestle_change_words_title (request);
  g_autofree char *failure = trestle_change_words_failure (request);

  *body = g_strdup (failure != NULL ? failure : "");
  if (g_strcmp0 (status, "SUCCEEDED") == 0)
    return g_strdup_printf (_ ("“%s” is done"), title);
  if (g_strcmp0 (status, "CANCELLED") == 0)
    return g_strdup_printf (_ ("“%s” was cancelled"), title);
  return g_strdup_printf (_ ("“%s” failed"), title);
}

/* Nobody would answer a click on what stays behind. */
static void
on_shutdown (GApplication *application, GPtrArray *sent)
{
  for (guint i = 0; i < sent->len; i++)
    g_application_withdraw_notification (application, g_ptr_array_index (sent, i));
}

static void
withdraw_at_the_end (GApplication *application, const char *id)
{
  GPtrArray *sent = g_object_get_data (G_OBJECT (application), SENT_KEY);

  if (sent == NULL)
    {
      sent = g_ptr_array_new_with_free_func (g_free);
      g_object_set_data_full (G_OBJECT (application), SENT_KEY, sent,
                              (GDestroyNotify) g_ptr_array_unref);
      g_signal_connect (application, "shutdown", G_CALLBACK (on_shutdown), sent);
    }
  g_ptr_array_add (sent, g_strdup (id));
}

static void
on_ended (TrestleChangeNotifier *self, TrestleChangeRequest *request)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *body = NULL;
  g_autofree char *title = trestle_change_notifier_describe (request, &body);
  g_autofree char *id = NULL;

  if (self->window != NULL && gtk_window_is_active (self->window))
    {
      trestle_shell_toast (GTK_WIDGET (self->window), title);
      return;
    }
  /* of one that is not known on the bus a click would lead nowhere */
  if (application == NULL || !g_application_get_is_registered (application)
      || (g_application_get_flags (application) & G_APPLICATION_NON_UNIQUE) != 0)
    return;
  id = g_strconcat ("change-", trestle_change_request_get_id (request), NULL);
  notification = g_notification_new (title);
  if (*body != '\0')
    g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (
      notification, "app.change", "(ss)",
      trestle_account_get_id (trestle_session_get_account (self->session)),
      trestle_change_request_get_id (request));
  g_application_send_notification (application, id, notification);
  withdraw_at_the_end (application, id);
}

static void
update_watch (TrestleChangeNotifier *self)
{
  TrestleRemoteList *requests = TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session));
  guint n_open = 0;

  g_object_get (requests, "n-open", &n_open, NULL);
  if (self->watching == (n_open > 0))
    return;
  self->watching = n_open > 0;
  if (self->watching)
    trestle_remote_list_watch (requests);
  else
    trestle_remote_list_unwatch (requests);
}

static void
on_read (gpointer owner, const GValue *value, const GError *error)
{
  /* Pages say why; who sells nothing may not ask at all. */
  if (error != NULL)
    g_debug ("Could not read what the account sells: %s", error->message);
}

static void
wake (TrestleChangeNotifier *self)
{
  g_autofree char *id = NULL;
  const TrestleSection *section;

  if (self->woken || self->window == NULL)
    return;
  g_object_get (self->window, "section", &id, NULL);
  section = trestle_sections_find (id);
  if (section == NULL || !g_str_equal (section->side, "sell")
      || !trestle_section_is_open (section, self->session))
    return;
  self->woken = TRUE;
  trestle_watch (self, &self->drafts,
                 trestle_drafts_refresh (trestle_session_get_drafts (self->session)), on_read);
  trestle_watch (self, &self->products,
                 trestle_remote_list_refresh (
                     TRESTLE_REMOTE_LIST (trestle_session_get_own_products (self->session))),
                 on_read);
  trestle_watch (self, &self->requests,
                 trestle_remote_list_refresh (
                     TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session))),
                 on_read);
}

static void
trestle_change_notifier_dispose (GObject *object)
{
  TrestleChangeNotifier *self = TRESTLE_CHANGE_NOTIFIER (object);

  dex_clear (&self->drafts);
  dex_clear (&self->products);
  dex_clear (&self->requests);
  if (self->watching)
    trestle_remote_list_unwatch (
        TRESTLE_REMOTE_LIST (trestle_session_get_requests (self->session)));
  self->watching = FALSE;
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_change_notifier_parent_class)->dispose (object);
}

static void
trestle_change_notifier_class_init (TrestleChangeNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trestle_change_notifier_dispose;
}

static void
trestle_change_notifier_init (TrestleChangeNotifier *self)
{
}

TrestleChangeNotifier *
trestle_change_notifier_new (GtkWindow *window, TrestleSession *session)
{
  TrestleChangeNotifier *self = g_object_new (TRESTLE_TYPE_CHANGE_NOTIFIER, NULL);
  TrestleRequests *requests = trestle_session_get_requests (session);

  g_set_weak_pointer (&self->window, window);
  self->session = g_object_ref (session);
  g_signal_connect_object (requests, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (requests, "notify::n-open", G_CALLBACK (update_watch), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::section", G_CALLBACK (wake), self, G_CONNECT_SWAPPED);
  update_watch (self);
  wake (self);
  return self;
}
