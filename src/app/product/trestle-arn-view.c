/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-arn-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "widgets/trestle-watch.h"
#include "widgets/trestle-widget.h"
#include "workbench/trestle-workbench-error.h"

struct _TrestleArnView
{
  GtkWidget parent_instance;

  GtkEditable *entry;
  GtkWidget *spinner;
  GtkLabel *status;

  TrestleSession *session;
  TrestleListing *listing;
  GCancellable *reading; /* of the clipboard */
  DexFuture *prove;
};

static guint proved_signal;

G_DEFINE_FINAL_TYPE (TrestleArnView, trestle_arn_view, GTK_TYPE_WIDGET)

static gboolean
looks_like_arn (const char *text)
{
  return g_regex_match_simple (
      "^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:[0-9]{12}:(model-package|algorithm)/\\S+$", text, 0, 0);
}

static void
set_status (TrestleArnView *self, const char *text, const char *style)
{
  gtk_label_set_label (self->status, text);
  gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->status), "success");
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), style);
}

static void
on_changed (TrestleArnView *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  gboolean good = looks_like_arn (text);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "arn.prove", good);
  set_status (
      self, *text == '\0' || good ? "" : _ ("This is not the ARN of a model package or algorithm."),
      good ? NULL : "error");
}

static void
on_proved (gpointer owner, const GValue *value, const GError *error)
{
  TrestleArnView *self = owner;

  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), TRUE);
  if (error != NULL)
    {
      g_autoptr (TrestleProblem) problem = trestle_problem_new (_ ("check the ARN"), error);

      set_status (self, problem->body, "error");
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "arn.prove", TRUE);
      return;
    }
  set_status (self,
              _ ("AWS knows it, and this account may use it. It is remembered for this Region."),
              "success");
  g_signal_emit (self, proved_signal, 0, g_value_get_object (value));
}

static void
prove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleArnView *self = TRESTLE_ARN_VIEW (widget);
  g_autofree char *arn = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), FALSE);
  gtk_widget_action_set_enabled (widget, "arn.prove", FALSE);
  set_status (self, _ ("Asking AWS…"), NULL);
  trestle_watch (self, &self->prove,
                 trestle_subscriptions_prove (trestle_session_get_subscriptions (self->session),
                                              self->listing, NULL, arn),
                 on_proved);
}

static void
on_activated (TrestleArnView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "arn.prove", NULL);
}

static void
on_clipboard (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  TrestleArnView *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (text != NULL && looks_like_arn (g_strstrip (text)))
    gtk_editable_set_text (self->entry, text);
}

static void
read_clipboard (TrestleArnView *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->reading,
                                 on_clipboard, self);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  read_clipboard (TRESTLE_ARN_VIEW (widget));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleArnView *self = TRESTLE_ARN_VIEW (widget);
  g_autofree char *uri = trestle_subscriptions_dup_configure_uri (
      trestle_session_get_subscriptions (self->session), self->listing);
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL, NULL);
}

void
trestle_arn_view_set_listing (TrestleArnView *self,
                              TrestleSession *session,
                              TrestleListing *listing)
{
  g_return_if_fail (TRESTLE_IS_ARN_VIEW (self));

  g_set_object (&self->session, session);
  g_set_object (&self->listing, listing);
}

/* Back from the browser, the ARN is on the clipboard as a rule. */
static void
on_active_changed (TrestleArnView *self, GParamSpec *pspec, GtkWindow *window)
{
  if (gtk_window_is_active (window) && *gtk_editable_get_text (self->entry) == '\0')
    read_clipboard (self);
}

static void
trestle_arn_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_arn_view_parent_class)->map (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                           G_CALLBACK (on_active_changed), widget, G_CONNECT_SWAPPED);
}

static void
trestle_arn_view_unmap (GtkWidget *widget)
{
  TrestleArnView *self = TRESTLE_ARN_VIEW (widget);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_active_changed, widget);
  GTK_WIDGET_CLASS (trestle_arn_view_parent_class)->unmap (widget);
}

static void
trestle_arn_view_dispose (GObject *object)
{
  TrestleArnView *self = TRESTLE_ARN_VIEW (object);

  dex_clear (&self->prove);
  g_clear_object (&self->session);
  g_clear_object (&self->listing);
  trestle_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_ARN_VIEW);
  G_OBJECT_CLASS (trestle_arn_view_parent_class)->dispose (object);
}

static void
trestle_arn_view_class_init (TrestleArnViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_arn_view_dispose;
  widget_class->map = trestle_arn_view_map;
  widget_class->unmap = trestle_arn_view_unmap;

  proved_signal = g_signal_new ("proved", TRESTLE_TYPE_ARN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, TRESTLE_TYPE_PACKAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/product/trestle-arn-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleArnView, entry);
  gtk_widget_class_bind_template_child (widget_class, TrestleArnView, spinner);
  gtk_widget_class_bind_template_child (widget_class, TrestleArnView, status);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "arn.prove", NULL, prove_action);
  gtk_widget_class_install_action (widget_class, "arn.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "arn.open", NULL, open_action);
}

static void
trestle_arn_view_init (TrestleArnView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_changed (self);
}
