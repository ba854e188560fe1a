/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-subscription-row.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "widgets/trestle-ask.h"
#include "widgets/trestle-badge.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-shell.h"
#include "widgets/trestle-tile.h"
#include "widgets/trestle-watch.h"

struct _TrestleSubscriptionRow
{
  AdwExpanderRow parent_instance;

  TrestleTile *tile;
  GtkWidget *badge;
  AdwActionRow *agreement_row;
  AdwActionRow *offer_row;
  AdwActionRow *arn_row;
  GtkWidget *copy_button;
  GtkWidget *paste_button;
  GtkWidget *deploy_button;

  TrestleSession *session;
  TrestleSubscription *subscription;
  DexFuture *ask;
};

G_DEFINE_FINAL_TYPE (TrestleSubscriptionRow, trestle_subscription_row, ADW_TYPE_EXPANDER_ROW)

TrestleSubscription *
trestle_subscription_row_get_subscription (TrestleSubscriptionRow *self)
{
  g_return_val_if_fail (TRESTLE_IS_SUBSCRIPTION_ROW (self), NULL);
  return self->subscription;
}

static const char *
title_of (TrestleSubscriptionRow *self)
{
  TrestleListing *listing = trestle_subscription_get_listing (self->subscription);

  return listing != NULL ? trestle_listing_get_title (listing)
                         : _ ("A product that has left AWS Marketplace");
}

static gboolean
is_active (TrestleSubscriptionRow *self)
{
  return g_strcmp0 (
             trestle_agreement_get_status (trestle_subscription_get_agreement (self->subscription)),
             "ACTIVE")
         == 0;
}

static void
update_badge (TrestleSubscriptionRow *self)
{
  int trial = (int) trestle_subscription_get_trial_days_left (self->subscription);
  int endpoints = (int) trestle_subscription_get_endpoints (self->subscription);
  g_autofree char *text = NULL;

  if (!is_active (self))
    trestle_badge_set (self->badge, _ ("Ended"), TRESTLE_TONE_PLAIN);
  else if (endpoints > 0)
    trestle_badge_set (self->badge, _ ("Running"), TRESTLE_TONE_SUCCESS);
  else if (trial >= 0)
    {
      text = g_strdup_printf (
          g_dngettext (NULL, "Trial, %d day left", "Trial, %d days left", (gulong) trial), trial);
      trestle_badge_set (self->badge, text, TRESTLE_TONE_ACCENT);
    }
  else
    trestle_badge_set (self->badge, _ ("Subscribed"), TRESTLE_TONE_SUCCESS);
}

static void
update (TrestleSubscriptionRow *self)
{
  TrestleListing *listing = trestle_subscription_get_listing (self->subscription);
  TrestleAgreement *agreement = trestle_subscription_get_agreement (self->subscription);
  const char *arn = trestle_subscription_get_package_arn (self->subscription);
  const char *version = trestle_subscription_get_version (self->subscription);
  gboolean algorithm = listing != NULL
                       && trestle_listing_get_kind (listing) == TRESTLE_PRODUCT_KIND_ALGORITHM;
  gint64 since = trestle_agreement_get_start (agreement) > 0
                     ? trestle_agreement_get_start (agreement)
                     : trestle_agreement_get_accepted (agreement);
  g_autofree char *day = trestle_format_day (since);
  g_autofree char *subtitle = NULL;
  g_autofree char *status = NULL;
  g_autofree char *versioned = NULL;

  subtitle = listing != NULL ? g_strdup_printf (_ ("%s · since %s"),
                                                trestle_listing_get_publisher (listing), day)
                             : g_strdup_printf (_ ("since %s"), day);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title_of (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title_of (self), -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  trestle_tile_set_listing (self->tile, listing);
  update_badge (self);

  /* Active is what the badge says; of anything else AWS's own word is the best there is. */
  status = is_active (self) ? g_strdup (trestle_agreement_get_id (agreement))
                            : g_strdup_printf ("%s · %s", trestle_agreement_get_id (agreement),
                                               trestle_agreement_get_status (agreement));
  adw_action_row_set_subtitle (self->agreement_row, status);
  adw_action_row_set_subtitle (self->offer_row, trestle_agreement_get_offer_id (agreement) != NULL
                                                    ? trestle_agreement_get_offer_id (agreement)
                                                    : "–");
  if (arn != NULL && version != NULL)
    versioned = g_strdup_printf (_ ("%s (version %s)"), arn, version);
  adw_action_row_set_subtitle (self->arn_row, arn == NULL ? _ ("Not known yet for this Region")
                                              : versioned != NULL ? versioned
                                                                  : arn);
  gtk_widget_set_visible (self->copy_button, arn != NULL);
  gtk_widget_set_visible (self->paste_button, arn == NULL && is_active (self) && listing != NULL);
  gtk_widget_set_visible (self->deploy_button, !algorithm);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "subscription.deploy",
                                 is_active (self) && listing != NULL && !algorithm);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "subscription.show", listing != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "subscription.cancel", is_active (self));
}

static void
open_route (GtkWidget *widget, const char *route)
{
  TrestleListing *listing = trestle_subscription_get_listing (
      TRESTLE_SUBSCRIPTION_ROW (widget)->subscription);

  trestle_shell_open (widget, route, trestle_listing_get_id (listing));
}

static void
deploy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_route (widget, "deploy");
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_route (widget, "product");
}

static void
arn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_route (widget, "arn");
}

static void
copy_arn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  trestle_shell_copy (
      widget,
      trestle_subscription_get_package_arn (TRESTLE_SUBSCRIPTION_ROW (widget)->subscription),
      _ ("ARN copied"));
}

static void
on_cancelled (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSubscriptionRow *self = owner;
  g_autofree char *text = NULL;

  if (error != NULL)
    trestle_shell_problem (GTK_WIDGET (self), _ ("cancel the subscription"), error);
  else
    {
      text = g_strdup_printf (_ ("The subscription to %s has ended"), title_of (self));
      trestle_shell_toast (GTK_WIDGET (self), text);
    }
}

static void
on_asked (gpointer owner, const GValue *value, const GError *error)
{
  TrestleSubscriptionRow *self = owner;

  if (error != NULL)
    return;
  /* Sent is sent: the answer is waited for even if the row goes. */
  trestle_watch (self, NULL,
                 trestle_subscriptions_cancel (trestle_session_get_subscriptions (self->session),
                                               self->subscription),
                 on_cancelled);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TrestleSubscriptionRow *self = TRESTLE_SUBSCRIPTION_ROW (widget);
  int endpoints = (int) trestle_subscription_get_endpoints (self->subscription);
  g_autofree char *heading = g_strdup_printf (_ ("Cancel %s?"), title_of (self));
  g_autofree char *body = NULL;

  if (endpoints > 0)
    body = g_strdup_printf (
        g_dngettext (
            NULL,
            "%d endpoint of it is running. It goes on, and goes on being billed, until it is deleted; a new "
            "one cannot be started.",
            "%d endpoints of it are running. They go on, and go on being billed, until they are deleted; new "
            "ones cannot be started.",
            (gulong) endpoints),
        endpoints);
  else
    body = g_strdup (_ (
        "Nothing of it is running. No new endpoint can be started until you subscribe again; a free "
        "trial is given only once."));

  trestle_watch (self, &self->ask,
                 trestle_ask_to (widget, heading, body, _ ("Cancel _Subscription"), TRUE),
                 on_asked);
}

static void
trestle_subscription_row_dispose (GObject *object)
{
  TrestleSubscriptionRow *self = TRESTLE_SUBSCRIPTION_ROW (object);

  dex_clear (&self->ask);
  g_clear_object (&self->session);
  g_clear_object (&self->subscription);
  gtk_widget_dispose_template (GTK_WIDGET (self), TRESTLE_TYPE_SUBSCRIPTION_ROW);
  G_OBJECT_CLASS (trestle_subscription_row_parent_class)->dispose (object);
}

static void
trestle_subscription_row_class_init (TrestleSubscriptionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TRESTLE_TYPE_TILE);
  G_OBJECT_CLASS (klass)->dispose = trestle_subscription_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/dev/trestle/Trestle/subscriptions/trestle-subscription-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionRow, tile);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionRow, badge);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionRow, agreement_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionRow, offer_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionRow, arn_row);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionRow, paste_button);
  gtk_widget_class_bind_template_child (widget_class, TrestleSubscriptionRow, deploy_button);
  gtk_widget_class_install_action (widget_class, "subscription.deploy", NULL, deploy_action);
  gtk_widget_class_install_action (widget_class, "subscription.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "subscription.arn", NULL, arn_action);
  gtk_widget_class_install_action (widget_class, "subscription.copy-arn", NULL, copy_arn_action);
  gtk_widget_class_install_action (widget_class, "subscription.cancel", NULL, cancel_action);
}

static void
trestle_subscription_row_init (TrestleSubscriptionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
trestle_subscription_row_new (TrestleSession *session, TrestleSubscription *subscription)
{
  TrestleSubscriptionRow *self = g_object_new (TRESTLE_TYPE_SUBSCRIPTION_ROW, NULL);

  self->session = g_object_ref (session);
  self->subscription = g_object_ref (subscription);
  update (self);
  return GTK_WIDGET (self);
}
