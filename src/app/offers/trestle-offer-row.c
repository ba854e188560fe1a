/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-offer-row.h"

#include <glib/gi18n.h>

#include "offers/trestle-offer-dialog.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-watch.h"

struct _TrestleOfferRow
{
  AdwActionRow parent_instance;

  GtkWidget *state;

  TrestleSession *session;
  TrestleEntity *offer;
  DexFuture *asking;
};

G_DEFINE_FINAL_TYPE (TrestleOfferRow, trestle_offer_row, ADW_TYPE_ACTION_ROW)

static char *
dup_buyers (TrestleEntity *offer)
{
  const char *const *buyers = trestle_entity_get_buyer_accounts (offer);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) accounts = NULL;

  for (guint i = 0; buyers != NULL && buyers[i] != NULL; i++)
    g_strv_builder_take (builder, trestle_format_account (buyers[i]));
  accounts = g_strv_builder_end (builder);
  return g_strjoinv (", ", accounts);
}

static void
update (TrestleOfferRow *self)
{
  const char *name = trestle_entity_get_name (self->offer);
  const char *title = trestle_private_offers_get_title (self->session, self->offer);
  gint64 until = trestle_entity_get_available_until (self->offer);
  gboolean over = trestle_private_offers_is_over (self->offer);
  gboolean released = g_strcmp0 (trestle_entity_get_state (self->offer), "Released") == 0;
  g_autofree char *buyers = dup_buyers (self->offer);
  g_autofree char *day = until != 0 ? trestle_format_day (until) : NULL;
  g_autofree char *subtitle = NULL;

  if (day != NULL)
    subtitle = g_strdup_printf (over ? _ ("%s · for %s · ended %s") : _ ("%s · for %s · until %s"),
                                title, buyers, day);
  else
    subtitle = g_strdup_printf (_ ("%s · for %s"), title, buyers);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 name != NULL ? name : trestle_entity_get_id (self->offer));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  trestle_badge_set (self->state,
                     over       ? _ ("Over")
                     : released ? _ ("Released")
                                : _ ("Draft"),
                     over       ? TRESTLE_TONE_PLAIN
                     : released ? TRESTLE_TONE_SUCCESS
                                : TRESTLE_TONE_WARNING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "offer.expire", released && !over);
}

static void
clone_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleOfferRow *self = TRESTLE_OFFER_ROW (widget);

  adw_dialog_present (ADW_DIALOG (trestle_offer_dialog_new (self->session, self->offer)), widget);
}

static void
on_expired (gpointer owner, const GValue *value, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    trestle_shell_problem (owner, _ ("end the offer"), error);
  else
    trestle_shell_toast (owner, _ ("The offer ends today; Changes shows how far AWS has come"));
}

typedef struct
{
  TrestleSession *session;
  char *id;
} Ending;

static void
ending_free (gpointer data)
{
  Ending *self = data;

  g_object_unref (self->session);
  g_free (self->id);
  g_free (self);
}

static DexFuture *
agreed_cb (DexFuture *future, gpointer data)
{
  Ending *self = data;

  return trestle_private_offers_expire (self->session, self->id);
}

static void
expire_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleOfferRow *self = TRESTLE_OFFER_ROW (widget);
  Ending *ending = g_new0 (Ending, 1);

  ending->session = g_object_ref (self->session);
  ending->id = g_strdup (trestle_entity_get_id (self->offer));
  trestle_watch (
      self, &self->asking,
      dex_future_then (trestle_ask_to (widget, _ ("End the Offer Today?"),
                                       _ ("It can be accepted until midnight UTC. Agreements that "
                                          "were made on it stay."),
                                       _ ("_End"), TRUE),
                       agreed_cb, ending, ending_free),
      on_expired);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_copy (widget, trestle_entity_get_id (TRESTLE_OFFER_ROW (widget)->offer),
                      _ ("Identifier copied"));
}

static void
trestle_offer_row_dispose (GObject *object)
{
  TrestleOfferRow *self = TRESTLE_OFFER_ROW (object);

  dex_clear (&self->asking);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_OFFER_ROW);
  g_clear_object (&self->offer);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (trestle_offer_row_parent_class)->dispose (object);
}

static void
trestle_offer_row_class_init (TrestleOfferRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = trestle_offer_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/trestle/Trestle/offers/trestle-offer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleOfferRow, state);
  gtk_widget_class_install_action (widget_class, "offer.clone", NULL, clone_action);
  gtk_widget_class_install_action (widget_class, "offer.expire", NULL, expire_action);
  gtk_widget_class_install_action (widget_class, "offer.copy-id", NULL, copy_action);
}

static void
trestle_offer_row_init (TrestleOfferRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_offer_row_new (TrestleSession *session, TrestleEntity *offer)
{
  TrestleOfferRow *self = g_object_new (TRESTLE_TYPE_OFFER_ROW, NULL);

  self->session = g_object_ref (session);
  self->offer = g_object_ref (offer);
  /* the products' titles come after the offers */
  g_signal_connect_object (trestle_session_get_own_products (session), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
