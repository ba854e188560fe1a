/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-price-hints.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-copy.h"
#include "services/trestle-discovery-service.h"
#include "services/trestle-offer-service.h"
#include "workbench/trestle-hints.h"
#include "workbench/trestle-price-table.h"
#include "workbench/trestle-prices.h"

#define FRESH (7 * TRESTLE_DAY)
#define PRACTICE_PARALLEL 16
/* Discovery allows five calls a second; one is left for people. */
#define CALLS_A_SECOND 4
#define CALLS_A_LISTING 3
#define PUBLISH_EVERY 48

typedef struct
{
  TrestleContext *context;
  TrestlePriceHintsChanged changed;
  gpointer data;
  GDestroyNotify destroy;
  TrestleHints *hints;
  GListModel *instances;
  GPtrArray *due;     /* listings, taken from the end */
  GPtrArray *unsaved; /* of TrestleStoreHint */
  guint done;
} Hinting;

static void
hinting_free (gpointer data)
{
  Hinting *self = data;

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_clear_object (&self->hints);
  g_clear_object (&self->instances);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_pointer (&self->unsaved, g_ptr_array_unref);
  g_object_unref (self->context);
}

static void
hinting_unref (gpointer data)
{
  g_rc_box_release_full (data, hinting_free);
}

/* The public offer, as far as a price needs it. */
static TrestleOffer *
read_offer (TrestleContext *context, TrestleListing *listing, GError **error)
{
  g_autoptr (GListModel) options = NULL;
  g_autoptr (GListModel) terms = NULL;
  g_autoptr (TrestleOffer) offer = NULL;

  options = dex_await_object (
      trestle_offer_service_list (context->client, trestle_listing_get_product_id (listing)),
      error);
  if (options == NULL)
    return NULL;
  for (guint i = 0; offer == NULL && i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (TrestleOffer) option = g_list_model_get_item (options, i);

      if (!trestle_offer_get_private (option))
        offer = g_steal_pointer (&option);
    }
  if (offer == NULL)
    return NULL;
  terms = dex_await_object (
      trestle_offer_service_terms (context->client, trestle_offer_get_id (offer)), error);
  if (terms == NULL)
    return NULL;
  return trestle_copy_with (offer, "terms", terms, "pricing", trestle_listing_get_pricing (listing),
                            NULL);
}

/* The cheapest hour of all, infrastructure included. */
static TrestleMoney *
cheapest_hour (Hinting *self, TrestleOffer *offer, const char *recommended)
{
  const TrestlePriceInput input = {
    .offer = offer,
    .recommended = recommended,
    .instances = self->instances,
  };
  g_autoptr (GListModel) rows = trestle_price_table_build (&input);
  const TrestleMoney *least = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (TrestlePriceRow) row = g_list_model_get_item (rows, i);
      const TrestleMoney *total = trestle_price_row_get_total (row);

      if (total != NULL && (least == NULL || trestle_money_compare (total, least) < 0))
        least = total;
    }
  return least != NULL ? trestle_money_copy (least) : NULL;
}

static gboolean
read_one (Hinting *self, TrestleListing *listing, GError **error)
{
  TrestleContext *context = self->context;
  g_autoptr (TrestleOffer) offer = read_offer (context, listing, error);
  g_autoptr (TrestleVersion) version = NULL;
  g_autoptr (GListModel) versions = NULL;
  g_autoptr (TrestleMoney) hourly = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *hint = NULL;
  g_auto (GStrv) takes = NULL;

  if (offer == NULL)
    return FALSE;
  versions = dex_await_object (trestle_discovery_service_versions (
                                   context->client, trestle_listing_get_product_id (listing)),
                               error);
  if (versions == NULL)
    return FALSE;
  version = g_list_model_get_item (versions, 0);
  if (version != NULL)
    takes = trestle_hints_families (version);
  hourly = cheapest_hour (
      self, offer, version != NULL ? trestle_version_get_recommended_realtime (version) : NULL);
  if (hourly != NULL)
    amount = trestle_money_to_string (hourly);
  hint = trestle_price_table_hint (offer);
  trestle_hints_set (self->hints, trestle_listing_get_id (listing), hourly,
                     g_steal_pointer (&takes), trestle_clock_now ());
  g_ptr_array_add (self->unsaved,
                   trestle_store_hint_new (trestle_listing_get_id (listing), amount, hint));
  return TRUE;
}

static GPtrArray *
new_hints (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_store_hint_free);
}

/* Keeps what was read since the last time, all at once, and lets it be shown. */
static void
publish (Hinting *self)
{
  g_autoptr (GPtrArray) hints = g_steal_pointer (&self->unsaved);
  g_autoptr (GError) error = NULL;
  TrestleHints *next;

  self->unsaved = new_hints (); /* other workers go on meanwhile */
  if (!dex_await (trestle_store_put_hints (self->context->store, self->context->scope, hints),
                  &error))
    g_warning ("Could not keep prices of the catalogue: %s", error->message);
  trestle_hints_publish (self->hints, self->context);
  next = trestle_hints_edit (self->hints);
  g_object_unref (self->hints);
  self->hints = next;
  if (self->changed != NULL)
    self->changed (self->data);
}

static DexFuture *
worker_fiber (gpointer data)
{
  Hinting *self = data;

  while (self->due->len > 0)
    {
      g_autoptr (TrestleListing) listing = g_ptr_array_steal_index (self->due, self->due->len - 1);
      g_autoptr (GError) error = NULL;

      if (!read_one (self, listing, &error) && error != NULL)
        {
          if (trestle_error_is_cancelled (error))
            return trestle_future_error (error);
          g_debug ("No price of %s: %s", trestle_listing_get_id (listing), error->message);
        }
      if (!trestle_context_is_practice (self->context))
        dex_await (trestle_context_sleep (CALLS_A_LISTING * 1000 / CALLS_A_SECOND), NULL);
      if (++self->done % PUBLISH_EVERY == 0)
        publish (self);
    }
  return dex_future_new_true ();
}

static gboolean
is_due (Hinting *self, TrestleListing *listing)
{
  const TrestleHint *hint = trestle_hints_lookup (self->hints, trestle_listing_get_id (listing));

  return trestle_listing_get_product_id (listing) != NULL
         && (hint == NULL || trestle_listing_get_price_hint (listing) == NULL
             || hint->asked < trestle_clock_now () - FRESH);
}

static DexFuture *
hinting_fiber (gpointer data)
{
  Hinting *self = data;
  TrestleContext *context = self->context;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listings = NULL;
  g_autoptr (GPtrArray) workers = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (TrestleHints) known = trestle_hints_get (context);
  guint n = trestle_context_is_practice (context) ? PRACTICE_PARALLEL : 1;

  listings = dex_await_boxed (trestle_store_search (context->store, context->scope, NULL), &error);
  self->hints = trestle_hints_edit (known);
  self->due = g_ptr_array_new_with_free_func (g_object_unref);
  self->unsaved = new_hints ();
  for (guint i = listings != NULL ? listings->len : 0; i > 0; i--)
    if (is_due (self, g_ptr_array_index (listings, i - 1)))
      g_ptr_array_add (self->due, g_object_ref (g_ptr_array_index (listings, i - 1)));
  if (self->due->len > 0)
    {
      self->instances = dex_await_object (trestle_prices_instances (context), NULL);
      for (guint i = 0; i < n; i++)
        g_ptr_array_add (
            workers, trestle_fiber_spawn (worker_fiber, g_rc_box_acquire (self), hinting_unref));
      dex_await (dex_future_all_racev ((DexFuture *const *) workers->pdata, workers->len), NULL);
      publish (self);
    }
  dex_clear (&context->hinting);
  return error != NULL ? trestle_future_error (error) : dex_future_new_true ();
}

DexFuture *
trestle_price_hints_refresh (TrestleContext *context,
                             TrestlePriceHintsChanged changed,
                             gpointer data,
                             GDestroyNotify destroy)
{
  Hinting *self;

  if (context->hinting != NULL)
    {
      if (destroy != NULL)
        destroy (data);
      return dex_ref (context->hinting);
    }
  self = g_rc_box_new0 (Hinting);
  self->context = g_object_ref (context);
  self->changed = changed;
  self->data = data;
  self->destroy = destroy;
  context->hinting = trestle_fiber_spawn (hinting_fiber, self, hinting_unref);
  trestle_context_keep (context->hinting);
  return dex_ref (context->hinting);
}
