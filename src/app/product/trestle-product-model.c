/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-product-model.h"

#include "domain/trestle-draft-shop.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-term.h"
#include "widgets/trestle-draft-logo.h"
#include "widgets/trestle-watch.h"

/* Typing goes on for a while; the preview follows once it rests. */
#define QUIET_MSEC 150

struct _TrestleProductModel
{
  GObject parent_instance;

  TrestleSession *session;
  char *name;
  TrestleOpenDraft *open_draft; /* NULL unless it is a preview */
  guint quiet;

  TrestleListing *listing;
  GListModel *versions;
  GListModel *offers;
  GListModel *prices;
  TrestlePriceRow *cheapest;

  DexFuture *futures[TRESTLE_N_PARTS];
  GError *errors[TRESTLE_N_PARTS];
  gboolean loading[TRESTLE_N_PARTS];
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (TrestleProductModel, trestle_product_model, G_TYPE_OBJECT)

static void
finish (TrestleProductModel *self, TrestlePart part, const GError *error)
{
  self->loading[part] = FALSE;
  g_clear_error (&self->errors[part]);
  if (error != NULL)
    self->errors[part] = g_error_copy (error);
  g_signal_emit (self, changed_signal, 0, part);
}

static void
on_prices (gpointer owner, const GValue *value, const GError *error)
{
  TrestleProductModel *self = owner;

  if (error == NULL)
    {
      g_set_object (&self->prices, g_value_get_object (value));
      g_clear_object (&self->cheapest);
      for (guint i = 0; i < g_list_model_get_n_items (self->prices); i++)
        {
          g_autoptr (TrestlePriceRow) row = g_list_model_get_item (self->prices, i);
          const TrestleMoney *total = trestle_price_row_get_total (row);

          if (total == NULL || !trestle_price_row_get_supported (row)
              || trestle_price_row_get_quota (row) == 0)
            continue;
          if (self->cheapest == NULL
              || trestle_money_compare (total, trestle_price_row_get_total (self->cheapest)) < 0)
            g_set_object (&self->cheapest, row);
        }
    }
  finish (self, TRESTLE_PART_PRICES, error);
}

static void
on_offers (gpointer owner, const GValue *value, const GError *error)
{
  TrestleProductModel *self = owner;

  if (error == NULL)
    g_set_object (&self->offers, g_value_get_object (value));
  finish (self, TRESTLE_PART_OFFERS, error);
}

static void
on_versions (gpointer owner, const GValue *value, const GError *error)
{
  TrestleProductModel *self = owner;

  if (error == NULL)
    g_set_object (&self->versions, g_value_get_object (value));
  finish (self, TRESTLE_PART_VERSIONS, error);
}

static void
on_listing (gpointer owner, const GValue *value, const GError *error)
{
  TrestleProductModel *self = owner;

  if (error == NULL)
    g_set_object (&self->listing, g_value_get_object (value));
  finish (self, TRESTLE_PART_LISTING, error);
  if (error != NULL)
    return;
  trestle_product_model_load (self, TRESTLE_PART_VERSIONS);
  trestle_product_model_load (self, TRESTLE_PART_OFFERS);
  trestle_product_model_load (self, TRESTLE_PART_PRICES);
}

static void
take_draft (TrestleProductModel *self)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->open_draft);
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (self->session);
  TrestleAccount *account = trestle_session_get_account (self->session);
  g_autofree char *logo = trestle_draft_logo_dup_uri (self->open_draft);
  g_autoptr (GListStore) offers = g_list_store_new (TRESTLE_TYPE_OFFER);
  g_autoptr (TrestleOffer) offer = trestle_draft_shop_offer (draft);

  g_clear_handle_id (&self->quiet, g_source_remove);
  g_list_store_append (offers, offer);
  g_clear_object (&self->listing);
  g_clear_object (&self->versions);
  self->listing = trestle_draft_shop_listing (draft, trestle_account_get_name (account), logo);
  self->versions = trestle_draft_shop_versions (draft);
  g_set_object (&self->offers, G_LIST_MODEL (offers));
  finish (self, TRESTLE_PART_LISTING, NULL);
  finish (self, TRESTLE_PART_VERSIONS, NULL);
  finish (self, TRESTLE_PART_OFFERS, NULL);
  if (trestle_product_model_get_newest (self) != NULL)
    trestle_watch (self, &self->futures[TRESTLE_PART_PRICES],
                   trestle_catalogue_preview_prices (
                       catalogue, self->listing, trestle_product_model_get_newest (self), offer),
                   on_prices);
  else
    {
      g_clear_object (&self->prices);
      g_clear_object (&self->cheapest);
      self->prices = G_LIST_MODEL (g_list_store_new (TRESTLE_TYPE_PRICE_ROW));
      finish (self, TRESTLE_PART_PRICES, NULL);
    }
}

static gboolean
on_quiet (gpointer data)
{
  TrestleProductModel *self = data;

  self->quiet = 0;
  take_draft (self);
  return G_SOURCE_REMOVE;
}

static void
on_draft_changed (TrestleProductModel *self)
{
  g_clear_handle_id (&self->quiet, g_source_remove);
  self->quiet = g_timeout_add (QUIET_MSEC, on_quiet, self);
}

void
trestle_product_model_load (TrestleProductModel *self, TrestlePart part)
{
  TrestleCatalogue *catalogue;

  g_return_if_fail (TRESTLE_IS_PRODUCT_MODEL (self));

  if (self->open_draft != NULL)
    {
      take_draft (self);
      return;
    }
  catalogue = trestle_session_get_catalogue (self->session);
  g_clear_error (&self->errors[part]);
  self->loading[part] = TRUE;
  switch (part)
    {
    case TRESTLE_PART_LISTING:
      trestle_watch (self, &self->futures[part], trestle_catalogue_find (catalogue, self->name),
                     on_listing);
      break;
    case TRESTLE_PART_VERSIONS:
      trestle_watch (self, &self->futures[part],
                     trestle_catalogue_versions (catalogue, self->listing), on_versions);
      break;
    case TRESTLE_PART_OFFERS:
      trestle_watch (self, &self->futures[part],
                     trestle_catalogue_offers (catalogue, self->listing), on_offers);
      break;
    case TRESTLE_PART_PRICES:
      trestle_watch (self, &self->futures[part],
                     trestle_catalogue_prices (catalogue, self->listing, NULL), on_prices);
      break;
    case TRESTLE_N_PARTS:
    default:
      g_return_if_reached ();
    }
  g_signal_emit (self, changed_signal, 0, part);
}

gboolean
trestle_product_model_is_preview (TrestleProductModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), FALSE);
  return self->open_draft != NULL;
}

gboolean
trestle_product_model_is_loading (TrestleProductModel *self, TrestlePart part)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), FALSE);
  return self->loading[part];
}

const GError *
trestle_product_model_get_error (TrestleProductModel *self, TrestlePart part)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);
  return self->errors[part];
}

TrestleSession *
trestle_product_model_get_session (TrestleProductModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);
  return self->session;
}

TrestleListing *
trestle_product_model_get_listing (TrestleProductModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);
  return self->listing;
}

GListModel *
trestle_product_model_get_versions (TrestleProductModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);
  return self->versions;
}

GListModel *
trestle_product_model_get_offers (TrestleProductModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);
  return self->offers;
}

GListModel *
trestle_product_model_get_prices (TrestleProductModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);
  return self->prices;
}

TrestleVersion *
trestle_product_model_get_newest (TrestleProductModel *self)
{
  g_autoptr (TrestleVersion) newest = NULL;

  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);

  if (self->versions != NULL)
    newest = g_list_model_get_item (self->versions, 0);
  return newest; /* the list holds it */
}

TrestleOffer *
trestle_product_model_get_offer (TrestleProductModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);

  for (guint i = 0; self->offers != NULL && i < g_list_model_get_n_items (self->offers); i++)
    {
      g_autoptr (TrestleOffer) offer = g_list_model_get_item (self->offers, i);

      if (!trestle_offer_get_private (offer))
        return offer;
    }
  return NULL;
}

TrestleSubscription *
trestle_product_model_get_subscription (TrestleProductModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);

  if (self->listing == NULL || self->open_draft != NULL)
    return NULL;
  return trestle_subscriptions_find (trestle_session_get_subscriptions (self->session),
                                     trestle_listing_get_product_id (self->listing));
}

TrestleStanding
trestle_product_model_get_standing (TrestleProductModel *self, TrestleEndpoint **endpoint)
{
  TrestleSubscriptions *subscriptions;
  TrestleSubscription *subscription;
  GListModel *endpoints;
  TrestleStanding standing;
  gboolean loaded;

  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), TRESTLE_STANDING_UNKNOWN);

  if (endpoint != NULL)
    *endpoint = NULL;
  if (self->listing == NULL)
    return TRESTLE_STANDING_UNKNOWN;
  if (self->open_draft != NULL)
    return TRESTLE_STANDING_NOT_SUBSCRIBED;

  subscriptions = trestle_session_get_subscriptions (self->session);
  subscription = trestle_product_model_get_subscription (self);
  if (subscription == NULL)
    {
      g_object_get (subscriptions, "loaded", &loaded, NULL);
      return loaded ? TRESTLE_STANDING_NOT_SUBSCRIBED : TRESTLE_STANDING_UNKNOWN;
    }

  standing = trestle_subscription_get_trial_days_left (subscription) >= 0
                 ? TRESTLE_STANDING_TRIAL
                 : TRESTLE_STANDING_SUBSCRIBED;
  endpoints = G_LIST_MODEL (trestle_session_get_endpoints (self->session));
  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) candidate = g_list_model_get_item (endpoints, i);
      TrestleEndpointState state = trestle_endpoint_get_state (candidate);

      if (g_strcmp0 (trestle_endpoint_get_listing_id (candidate),
                     trestle_listing_get_id (self->listing))
          != 0)
        continue;
      if (state == TRESTLE_ENDPOINT_STATE_IN_SERVICE || state == TRESTLE_ENDPOINT_STATE_UPDATING)
        {
          if (endpoint != NULL)
            *endpoint = candidate;
          return TRESTLE_STANDING_RUNNING;
        }
      if (state == TRESTLE_ENDPOINT_STATE_CREATING && standing != TRESTLE_STANDING_STARTING)
        {
          standing = TRESTLE_STANDING_STARTING;
          if (endpoint != NULL)
            *endpoint = candidate;
        }
    }
  return standing;
}

int
trestle_product_model_get_trial_days (TrestleProductModel *self)
{
  TrestleOffer *offer = trestle_product_model_get_offer (self);
  GListModel *terms = offer != NULL ? trestle_offer_get_terms (offer) : NULL;

  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      if (trestle_term_get_kind (term) == TRESTLE_TERM_KIND_TRIAL)
        return (int) trestle_term_get_trial_days (term);
    }
  return 0;
}

const TrestleMoney *
trestle_product_model_get_call_price (TrestleProductModel *self)
{
  TrestleOffer *offer = trestle_product_model_get_offer (self);
  GListModel *terms = offer != NULL ? trestle_offer_get_terms (offer) : NULL;

  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);
      /* A trial's grants are no prices. */
      GListModel *rates = trestle_term_get_kind (term) == TRESTLE_TERM_KIND_TRIAL
                              ? NULL
                              : trestle_term_get_rates (term);

      for (guint r = 0; rates != NULL && r < g_list_model_get_n_items (rates); r++)
        {
          g_autoptr (TrestleRate) rate = g_list_model_get_item (rates, r);

          if (trestle_rate_get_mode (rate) == TRESTLE_USAGE_MODE_INFERENCE)
            return trestle_rate_get_price (rate);
        }
    }
  return NULL;
}

TrestlePriceRow *
trestle_product_model_get_cheapest (TrestleProductModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_PRODUCT_MODEL (self), NULL);
  return self->cheapest;
}

static void
on_standing (TrestleProductModel *self)
{
  g_signal_emit (self, changed_signal, 0, TRESTLE_N_PARTS);
}

static void
trestle_product_model_dispose (GObject *object)
{
  TrestleProductModel *self = TRESTLE_PRODUCT_MODEL (object);

  for (guint i = 0; i < TRESTLE_N_PARTS; i++)
    {
      dex_clear (&self->futures[i]);
      g_clear_error (&self->errors[i]);
    }
  g_clear_handle_id (&self->quiet, g_source_remove);
  g_clear_object (&self->open_draft);
  g_clear_object (&self->listing);
  g_clear_object (&self->versions);
  g_clear_object (&self->offers);
  g_clear_object (&self->prices);
  g_clear_object (&self->cheapest);
  g_clear_object (&self->session);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (trestle_product_model_parent_class)->dispose (object);
}

static void
trestle_product_model_class_init (TrestleProductModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trestle_product_model_dispose;
  changed_signal = g_signal_new ("changed", TRESTLE_TYPE_PRODUCT_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
trestle_product_model_init (TrestleProductModel *self)
{
}

TrestleProductModel *
trestle_product_model_new (TrestleSession *session, const char *name)
{
  TrestleProductModel *self = g_object_new (TRESTLE_TYPE_PRODUCT_MODEL, NULL);
  TrestleSubscriptions *subscriptions = trestle_session_get_subscriptions (session);
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);

  self->session = g_object_ref (session);
  self->name = g_strdup (name);
  g_signal_connect_object (subscriptions, "items-changed", G_CALLBACK (on_standing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (subscriptions, "notify::loaded", G_CALLBACK (on_standing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (endpoints, "items-changed", G_CALLBACK (on_standing), self,
                           G_CONNECT_SWAPPED);
  trestle_product_model_load (self, TRESTLE_PART_LISTING);
  return self;
}

TrestleProductModel *
trestle_product_model_new_preview (TrestleSession *session, TrestleOpenDraft *open_draft)
{
  TrestleProductModel *self = g_object_new (TRESTLE_TYPE_PRODUCT_MODEL, NULL);

  self->session = g_object_ref (session);
  self->open_draft = g_object_ref (open_draft);
  g_signal_connect_object (trestle_open_draft_get_draft (open_draft), "changed",
                           G_CALLBACK (on_draft_changed), self, G_CONNECT_SWAPPED);
  take_draft (self);
  return self;
}
