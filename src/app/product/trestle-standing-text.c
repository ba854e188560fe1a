/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-standing-text.h"

#include <glib/gi18n.h>

#include "widgets/trestle-format.h"

static gboolean
is_algorithm (TrestleProductModel *model)
{
  return trestle_listing_get_kind (trestle_product_model_get_listing (model))
         == TRESTLE_PRODUCT_KIND_ALGORITHM;
}

/* "from $0.81/h in all", or "" */
static char *
price_from (TrestleProductModel *model)
{
  TrestlePriceRow *row = trestle_product_model_get_cheapest (model);
  g_autofree char *hourly = trestle_format_hourly (row != NULL ? trestle_price_row_get_total (row)
                                                               : NULL);

  return *hourly != '\0' ? g_strdup_printf (_ ("from %s in all"), hourly) : g_strdup ("");
}

static void
describe_offer (TrestleStandingText *self, TrestleProductModel *model, const char *from)
{
  int trial = trestle_product_model_get_trial_days (model);
  gboolean free_of_charge = trestle_listing_get_pricing (trestle_product_model_get_listing (model))
                            == TRESTLE_PRICING_KIND_FREE;

  if (trial > 0)
    self->label = g_strdup_printf (g_dngettext (NULL, "Subscribe · free for %d day",
                                                "Subscribe · free for %d days", (gulong) trial),
                                   trial);
  else
    self->label = g_strdup (free_of_charge ? _ ("Subscribe · free") : _ ("Subscribe…"));

  if (*from == '\0')
    self->note = g_strdup (_ ("billed only while it runs · cancel any time"));
  else if (trial > 0)
    self->note = g_strdup_printf (_ ("then %s · cancel any time"), from);
  else
    self->note = g_strdup_printf (_ ("runs %s · cancel any time"), from);
  self->badge = g_strdup (_ ("Not subscribed"));
  self->tone = TRESTLE_TONE_WARNING;
}

static void
describe_subscription (TrestleStandingText *self,
                       TrestleProductModel *model,
                       const char *from,
                       gboolean on_trial)
{
  if (is_algorithm (model))
    {
      self->label = g_strdup (_ ("Train…"));
      self->note = g_strdup (_ ("training comes in a later version"));
      self->enabled = FALSE;
    }
  else
    {
      self->label = g_strdup (_ ("Deploy…"));
      self->note = *from != '\0' ? g_strdup_printf (_ ("%s, only while it runs"), from)
                                 : g_strdup (_ ("billed only while it runs"));
    }

  if (on_trial)
    {
      int left = (int) trestle_subscription_get_trial_days_left (
          trestle_product_model_get_subscription (model));

      self->badge = g_strdup_printf (
          g_dngettext (NULL, "Trial, %d day left", "Trial, %d days left", (gulong) left), left);
      self->tone = TRESTLE_TONE_ACCENT;
    }
  else
    {
      self->badge = g_strdup (_ ("Subscribed"));
      self->tone = TRESTLE_TONE_SUCCESS;
    }
}

TrestleStandingText *
trestle_standing_text_new (TrestleProductModel *model)
{
  TrestleStandingText *self = g_new0 (TrestleStandingText, 1);
  g_autofree char *from = price_from (model);
  TrestleEndpoint *endpoint;
  TrestleStanding standing = trestle_product_model_get_standing (model, &endpoint);

  self->enabled = TRUE;
  switch (standing)
    {
    case TRESTLE_STANDING_NOT_SUBSCRIBED:
      describe_offer (self, model, from);
      break;
    case TRESTLE_STANDING_TRIAL:
    case TRESTLE_STANDING_SUBSCRIBED:
      describe_subscription (self, model, from, standing == TRESTLE_STANDING_TRIAL);
      break;
    case TRESTLE_STANDING_STARTING:
      self->label = g_strdup (_ ("Show Endpoint"));
      self->note = g_strdup_printf (_ ("%s is starting"), trestle_endpoint_get_name (endpoint));
      self->badge = g_strdup (_ ("Starting"));
      self->tone = TRESTLE_TONE_ACCENT;
      break;
    case TRESTLE_STANDING_RUNNING:
      self->label = g_strdup (_ ("Open Workbench"));
      self->note = g_strdup_printf (_ ("running as %s"), trestle_endpoint_get_name (endpoint));
      self->badge = g_strdup (_ ("Running"));
      self->tone = TRESTLE_TONE_SUCCESS;
      break;
    case TRESTLE_STANDING_UNKNOWN:
    default:
      self->label = g_strdup (_ ("Subscribe…"));
      self->note = g_strdup (_ ("asking for your subscriptions…"));
      self->enabled = FALSE;
      break;
    }
  return self;
}

void
trestle_standing_text_free (TrestleStandingText *self)
{
  g_free (self->label);
  g_free (self->note);
  g_free (self->badge);
  g_free (self);
}
