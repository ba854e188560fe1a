/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-offers-page.h"

#include <glib/gi18n.h>

#include "offers/trestle-offer-dialog.h"
#include "offers/trestle-offer-row.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-watch.h"

struct _TrestleOffersPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *title;
  TrestlePageState *state;
  AdwStatusPage *empty;
  GtkWidget *empty_button;
  GtkWidget *create;
  GtkListBox *list;

  TrestleSession *session;
  DexFuture *refresh;
  gboolean watching;
};

G_DEFINE_FINAL_TYPE (TrestleOffersPage, trestle_offers_page, ADW_TYPE_NAVIGATION_PAGE)

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  TrestleOffersPage *self = data;

  return trestle_offer_row_new (self->session, item);
}

static gboolean
has_public (GListModel *products)
{
  for (guint i = 0; i < g_list_model_get_n_items (products); i++)
    {
      g_autoptr (TrestleOwnProduct) product = g_list_model_get_item (products, i);

      if (trestle_offer_dialog_takes (product, NULL))
        return TRUE;
    }
  return FALSE;
}

static void
update (TrestleOffersPage *self)
{
  TrestleOwnProducts *products = trestle_session_get_own_products (self->session);
  TrestleRemoteList *remote = TRESTLE_REMOTE_LIST (products);
  guint n = g_list_model_get_n_items (trestle_own_products_get_offers (products));
  gboolean sells = g_list_model_get_n_items (G_LIST_MODEL (products)) > 0;
  gboolean can_offer = has_public (G_LIST_MODEL (products));
  const GError *error = trestle_remote_list_get_error (remote);
  g_autofree char *subtitle = NULL;

  adw_status_page_set_title (self->empty, sells ? _ ("No Private Offers")
                                                : _ ("This Account Sells Nothing Yet"));
  adw_status_page_set_description (
      self->empty, can_offer
                       ? _ ("A private offer gives named buyers prices of their own, for a time.")
                       : _ ("A private offer needs a public product with a paid offer."));
  gtk_widget_set_visible (self->empty_button, can_offer);
  gtk_widget_set_visible (self->create, can_offer);
  if (n > 0)
    trestle_page_state_set_state (self->state, TRESTLE_PAGE_CONTENT);
  else if (error != NULL)
    trestle_page_state_fail (self->state, _ ("load the offers"), error);
  else
    trestle_page_state_set_state (self->state, trestle_remote_list_get_loaded (remote)
                                                   ? TRESTLE_PAGE_EMPTY
                                                   : TRESTLE_PAGE_LOADING);
  subtitle = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u offer", "%u offers", n), n)
                   : g_strdup ("");
  adw_window_title_set_subtitle (self->title, subtitle);
}

static void
on_refreshed (gpointer owner, const GValue *value, const GError *error)
{
  update (owner);
}

static void
on_retry (TrestleOffersPage *self)
{
  trestle_watch (self, &self->refresh,
                 trestle_remote_list_refresh (
                     TRESTLE_REMOTE_LIST (trestle_session_get_own_products (self->session))),
                 on_refreshed);
  update (self);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleOffersPage *self = TRESTLE_OFFERS_PAGE (widget);

  adw_dialog_present (ADW_DIALOG (trestle_offer_dialog_new (self->session, NULL)), widget);
}

static void
set_watching (TrestleOffersPage *self, gboolean watching)
{
  TrestleRemoteList *remote = TRESTLE_REMOTE_LIST (
      trestle_session_get_own_products (self->session));

  if (watching == self->watching)
    return;
  self->watching = watching;
  if (watching)
    trestle_remote_list_watch (remote);
  else
    trestle_remote_list_unwatch (remote);
}

static void
trestle_offers_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (trestle_offers_page_parent_class)->map (widget);
  set_watching (TRESTLE_OFFERS_PAGE (widget), TRUE);
  on_retry (TRESTLE_OFFERS_PAGE (widget));
}

static void
trestle_offers_page_unmap (GtkWidget *widget)
{
  set_watching (TRESTLE_OFFERS_PAGE (widget), FALSE);
  GTK_WIDGET_CLASS (trestle_offers_page_parent_class)->unmap (widget);
}

static void
trestle_offers_page_dispose (GObject *object)
{
  TrestleOffersPage *self = TRESTLE_OFFERS_PAGE (object);

  dex_clear (&self->refresh);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_OFFERS_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_offers_page_parent_class)->dispose (object);
}

static void
trestle_offers_page_class_init (TrestleOffersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_PAGE_STATE);
  G_OBJECT_CLASS (klass)->dispose = trestle_offers_page_dispose;
  widget_class->map = trestle_offers_page_map;
  widget_class->unmap = trestle_offers_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/offers/trestle-offers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleOffersPage, title);
  gtk_widget_class_bind_template_child (widget_class, TrestleOffersPage, state);
  gtk_widget_class_bind_template_child (widget_class, TrestleOffersPage, empty);
  gtk_widget_class_bind_template_child (widget_class, TrestleOffersPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleOffersPage, create);
  gtk_widget_class_bind_template_child (widget_class, TrestleOffersPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_install_action (widget_class, "offers.new", NULL, new_action);
}

static void
trestle_offers_page_init (TrestleOffersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_offers_page_new (TrestleSession *session)
{
  TrestleOffersPage *self = g_object_new (TRESTLE_TYPE_OFFERS_PAGE, NULL);
  TrestleOwnProducts *products = trestle_session_get_own_products (session);
  GListModel *offers = trestle_own_products_get_offers (products);

  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->list, offers, create_row, self, NULL);
  g_signal_connect_object (offers, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (products, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (products, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
