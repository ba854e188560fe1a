/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-subscriptions-page.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "subscriptions/trestle-subscription-row.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-watch.h"

struct _TrestleSubscriptionsPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *title;
  TrestlePageState *state;
  GtkListBox *list;

  TrestleSession *session;
  DexFuture *refresh;
};

G_DEFINE_FINAL_TYPE (TrestleSubscriptionsPage, trestle_subscriptions_page, ADW_TYPE_NAVIGATION_PAGE)

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestleSubscriptionsPage *self = data;

  return trestle_subscription_row_new (self->session, item);
}

static void
update (TrestleSubscriptionsPage *self)
{
  TrestleSubscriptions *subscriptions = trestle_session_get_subscriptions (self->session);
  g_autoptr (GError) error = NULL;
  g_autofree char *subtitle = NULL;
  gboolean loaded;
  guint n_active, n = g_list_model_get_n_items (G_LIST_MODEL (subscriptions));

  g_object_get (subscriptions, "loaded", &loaded, "error", &error, "n-active", &n_active, NULL);
  if (n > 0)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  else if (error != NULL)
    trestle_page_state_fail (self->state, _ ("load the subscriptions"), error);
  else
    trestle_page_state_set_state (self->state, loaded ? TRESTLE_PAGE_EMPTY : TRESTLE_PAGE_LOADING);

  subtitle = n_active > 0
                 ? g_strdup_printf (g_dngettext (NULL, "%u agreement", "%u agreements", n_active),
                                    n_active)
                 : g_strdup ("");
  adw_window_title_set_subtitle (self->title, subtitle);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
on_retry (TrestleSubscriptionsPage *self)
{
  trestle_watch (self, &self->refresh,
                 trestle_remote_list_refresh (
                     TRESTLE_REMOTE_LIST (trestle_session_get_subscriptions (self->session))),
                 on_refreshed);
  update (self);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_retry (TRESTLE_SUBSCRIPTIONS_PAGE (widget));
}

void
trestle_subscriptions_page_expand (TrestleSubscriptionsPage *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (TRESTLE_IS_SUBSCRIPTIONS_PAGE (self));
  row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
}

static void
trestle_subscriptions_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_subscriptions_page_parent_class)->map (widget);
  on_retry (TRESTLE_SUBSCRIPTIONS_PAGE (widget));
}

static void
trestle_subscriptions_page_dispose (GObject *object)
{
  TrestleSubscriptionsPage *self = TRESTLE_SUBSCRIPTIONS_PAGE (object);

  dex_clear (&self->refresh);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SUBSCRIPTIONS_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_subscriptions_page_parent_class)->dispose (object);
}

static void
trestle_subscriptions_page_class_init (TrestleSubscriptionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_subscriptions_page_dispose;
  widget_class->map = trestle_subscriptions_page_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/subscriptions/trestle-subscriptions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionsPage, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionsPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
}

static void
trestle_subscriptions_page_init (TrestleSubscriptionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_subscriptions_page_new (TrestleSession *session)
{
  TrestleSubscriptionsPage *self = g_object_new (TRESTLE_TYPE_SUBSCRIPTIONS_PAGE, NULL);
  TrestleSubscriptions *subscriptions = trestle_session_get_subscriptions (session);

  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (subscriptions), create_row, self, NULL);
  g_signal_connect_object (subscriptions, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (subscriptions, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
