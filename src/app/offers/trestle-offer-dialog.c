/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-offer-dialog.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-private-offer.h"
#include "widgets/trestle-date-row.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

/* How long an offer is good unless people say otherwise. */
#define DAYS 30

struct _TrestleOfferDialog
{
  AdwDialog parent_instance;

  GtkWidget *send;
  GtkLabel *fault;
  AdwComboRow *product;
  GtkEditable *buyers;
  TrestleDateRow *until;
  GtkEditable *discount;
  GtkEditable *name;

  TrestleSession *session;
  TrestleEntity *offer;
  DexFuture *sending;
};

G_DEFINE_FINAL_TYPE (TrestleOfferDialog, trestle_offer_dialog, ADW_TYPE_DIALOG)

/* Accounts however people part them; "1111-2222-3333" is one. */
static char **
read_accounts (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit_set (text, " ,;\t\n", -1);

  for (char **word = words; *word != NULL; word++)
    {
      g_auto (GStrv) parts = g_strsplit (*word, "-", -1);

      if (**word != '\0')
        g_strv_builder_take (builder, g_strjoinv ("", parts));
    }
  return g_strv_builder_end (builder);
}

static const char *
text_or_null (GtkEditable *row)
{
  const char *text = gtk_editable_get_text (row);

  return *text != '\0' ? text : NULL;
}

static void
on_sent (gpointer owner, const GValue *value, const GError *error)
{
  TrestleOfferDialog *self = owner;

  gtk_widget_set_sensitive (self->send, TRUE);
  gtk_label_set_label (self->fault, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), error != NULL);
  if (error != NULL)
    return;
  trestle_shell_toast (owner, _ ("The offer is sent; Changes shows how far AWS has come"));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_send (TrestleOfferDialog *self)
{
  TrestleOwnProduct *product = adw_combo_row_get_selected_item (self->product);
  g_auto (GStrv) buyers = read_accounts (gtk_editable_get_text (self->buyers));
  TrestleOfferWish wish = {
    .name = text_or_null (self->name),
    .buyers = (const char *const *) buyers,
    .until = trestle_date_row_get_day (self->until),
    .discount = text_or_null (self->discount),
  };
  DexFuture *future;

  if (self->offer == NULL && product == NULL)
    return;
  if (!trestle_date_row_get_valid (self->until))
    {
      /* the row says why */
      gtk_widget_grab_focus (GTK_WIDGET (self->until));
      return;
    }
  gtk_widget_set_sensitive (self->send, FALSE);
  if (self->offer != NULL)
    future = trestle_private_offers_clone (self->session, trestle_entity_get_id (self->offer),
                                           &wish);
  else
    future = trestle_private_offers_create (self->session, trestle_own_product_get_id (product),
                                            &wish);
  trestle_watch (self, &self->sending, future, on_sent);
}

static void
trestle_offer_dialog_dispose (GObject *object)
{
  TrestleOfferDialog *self = TRESTLE_OFFER_DIALOG (object);

  dex_clear (&self->sending);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_OFFER_DIALOG);
  g_clear_object (&self->offer);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_offer_dialog_parent_class)->dispose (object);
}

static void
trestle_offer_dialog_class_init (TrestleOfferDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_DATE_ROW);
  g_type_ensure (TRESTLE_TYPE_OWN_PRODUCT);
  G_OBJECT_CLASS (klass)->dispose = trestle_offer_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/offers/trestle-offer-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleOfferDialog, send);
  gtk_widget_class_bind_template_child (widget_class, TrestleOfferDialog, fault);
  gtk_widget_class_bind_template_child (widget_class, TrestleOfferDialog, product);
  gtk_widget_class_bind_template_child (widget_class, TrestleOfferDialog, buyers);
  gtk_widget_class_bind_template_child (widget_class, TrestleOfferDialog, until);
  gtk_widget_class_bind_template_child (widget_class, TrestleOfferDialog, discount);
  gtk_widget_class_bind_template_child (widget_class, TrestleOfferDialog, name);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
}

static void
trestle_offer_dialog_init (TrestleOfferDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_from (TrestleOfferDialog *self)
{
  const char *const *buyers = trestle_entity_get_buyer_accounts (self->offer);
  g_autofree char *list = buyers != NULL ? g_strjoinv (", ", (char **) buyers) : g_strdup ("");
  const char *name = trestle_entity_get_name (self->offer);

  adw_dialog_set_title (ADW_DIALOG (self), _ ("Copy of a Private Offer"));
  gtk_editable_set_text (self->buyers, list);
  gtk_editable_set_text (self->name, name != NULL ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->product), FALSE);
}

gboolean
trestle_offer_dialog_takes (gpointer product, gpointer data)
{
  return g_strcmp0 (trestle_own_product_get_visibility (product), "Public") == 0
         && trestle_own_product_get_offer (product) != NULL;
}

GtkWidget *
trestle_offer_dialog_new (TrestleSession *session, TrestleEntity *offer)
{
  TrestleOfferDialog *self = g_object_new (TRESTLE_TYPE_OFFER_DIALOG, NULL);
  g_autofree char *until = trestle_private_offer_dup_day (trestle_clock_now ()
                                                          + DAYS * TRESTLE_DAY);
  g_autoptr (GtkFilterListModel) products = NULL;

  self->session = g_object_ref (session);
  g_set_object (&self->offer, offer);
  products = gtk_filter_list_model_new (
      g_object_ref (G_LIST_MODEL (trestle_session_get_own_products (session))),
      GTK_FILTER (gtk_custom_filter_new (trestle_offer_dialog_takes, NULL, NULL)));
  adw_combo_row_set_model (self->product, G_LIST_MODEL (products));
  trestle_date_row_set_day (self->until, until);
  if (offer != NULL)
    fill_from (self);
  return GTK_WIDGET (self);
}
