/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoint-detail.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-copy.h"
#include "domain/trestle-endpoint-config.h"
#include "domain/trestle-listing.h"
#include "domain/trestle-model.h"
#include "domain/trestle-variant.h"
#include "services/trestle-endpoint-service.h"
#include "services/trestle-model-service.h"
#include "workbench/trestle-endpoint-memory.h"
#include "workbench/trestle-offers.h"
#include "workbench/trestle-package-memory.h"
#include "workbench/trestle-price-table.h"
#include "workbench/trestle-prices.h"

/*
 * TrestleOrigin: what never changes as long as the endpoint is the same one: kept in memory by name
 * and creation.
 */
#define TRESTLE_TYPE_ORIGIN (trestle_origin_get_type ())
G_DECLARE_FINAL_TYPE (TrestleOrigin, trestle_origin, TRESTLE, ORIGIN, GObject)

struct _TrestleOrigin
{
  GObject parent_instance;

  gint64 created;
  char *config;
  GListModel *variants;
  char *package_arn;
  GHashTable *tags;
  char *listing_id;
  char *listing_title;
  char *product_id;
  TrestleMoney *software; /* an hour, all instances, without a trial */
  TrestleMoney *infrastructure;
  gboolean complete;
};

G_DEFINE_FINAL_TYPE (TrestleOrigin, trestle_origin, G_TYPE_OBJECT)

static void
trestle_origin_finalize (GObject *object)
{
  TrestleOrigin *self = TRESTLE_ORIGIN (object);

  g_free (self->config);
  g_clear_object (&self->variants);
  g_free (self->package_arn);
  g_clear_pointer (&self->tags, g_hash_table_unref);
  g_free (self->listing_id);
  g_free (self->listing_title);
  g_free (self->product_id);
  g_clear_pointer (&self->software, trestle_money_free);
  g_clear_pointer (&self->infrastructure, trestle_money_free);
  G_OBJECT_CLASS (trestle_origin_parent_class)->finalize (object);
}

static void
trestle_origin_class_init (TrestleOriginClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_origin_finalize;
}

static void
trestle_origin_init (TrestleOrigin *self)
{
}

static char *
origin_key (const char *name)
{
  return g_strdup_printf ("origin/%s", name);
}

void
trestle_endpoint_detail_forget (TrestleContext *context, const char *name)
{
  g_autofree char *key = origin_key (name);

  g_hash_table_remove (context->facts, key);
  trestle_endpoint_memory_forget (context, name);
}

static void
read_config (TrestleContext *context, TrestleOrigin *origin)
{
  g_autoptr (TrestleEndpointConfig) config = NULL;
  g_autoptr (TrestleVariant) first = NULL;
  g_autoptr (TrestleModel) model = NULL;

  config = dex_await_object (
      trestle_endpoint_service_describe_config (context->client, origin->config), NULL);
  if (config == NULL)
    return;
  g_set_object (&origin->variants, trestle_endpoint_config_get_variants (config));
  first = g_list_model_get_item (origin->variants, 0);
  if (first == NULL || trestle_variant_get_model_name (first) == NULL)
    return;
  model = dex_await_object (
      trestle_model_service_describe (context->client, trestle_variant_get_model_name (first)),
      NULL);
  if (model != NULL)
    origin->package_arn = g_strdup (trestle_model_get_package_arn (model));
}

static TrestleListing *
find_listing (TrestleContext *context, TrestleOrigin *origin)
{
  g_autoptr (TrestleListing) listing = NULL;
  const char *tag = NULL;

  if (origin->tags != NULL)
    tag = g_hash_table_lookup (origin->tags, TRESTLE_TAG_LISTING);
  origin->listing_id = tag != NULL || origin->package_arn == NULL
                           ? g_strdup (tag)
                           : trestle_package_memory_listing (context, origin->package_arn);
  if (origin->listing_id == NULL)
    return NULL;
  listing = dex_await_object (
      trestle_store_find_listing (context->store, context->scope, origin->listing_id), NULL);
  if (listing == NULL)
    return NULL;
  origin->listing_title = g_strdup (trestle_listing_get_title (listing));
  origin->product_id = g_strdup (trestle_listing_get_product_id (listing));
  return g_steal_pointer (&listing);
}

static void
add_to (TrestleMoney **sum, const TrestleMoney *price, gint64 count)
{
  g_autoptr (TrestleMoney) all = NULL;
  TrestleMoney *next;

  if (price == NULL)
    return;
  all = trestle_money_scale (price, count, 1);
  next = *sum != NULL ? trestle_money_add (*sum, all, NULL) : trestle_money_copy (all);
  if (next == NULL)
    return;
  g_clear_pointer (sum, trestle_money_free);
  *sum = next;
}

/* What was agreed when it was deployed is in the ledger; of others the list prices are taken. */
static gboolean
read_ledger (TrestleContext *context, TrestleOrigin *origin, const char *name)
{
  g_autoptr (GPtrArray)
      entries = trestle_store_ledger_list (context->store, context->scope, TRUE, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TrestleLedgerEntry *entry = g_ptr_array_index (entries, i);

      if (g_strcmp0 (entry->kind, "endpoint") != 0 || g_strcmp0 (entry->name, name) != 0
          || entry->software_hourly == NULL || entry->infrastructure_hourly == NULL)
        continue;
      origin->software = trestle_money_parse (entry->software_hourly, entry->currency, NULL);
      origin->infrastructure = trestle_money_parse (entry->infrastructure_hourly, entry->currency,
                                                    NULL);
      return TRUE;
    }
  return FALSE;
}

static void
read_prices (TrestleContext *context, TrestleOrigin *origin, TrestleListing *listing)
{
  g_autoptr (GListModel) instances = dex_await_object (trestle_prices_instances (context), NULL);
  g_autoptr (GListModel) offers = NULL;
  TrestleOffer *offer = NULL;

  if (listing != NULL)
    offers = dex_await_object (trestle_offers_list (context, listing), NULL);
  if (offers != NULL)
    offer = trestle_offers_choose (offers, trestle_listing_get_offer_id (listing), TRUE);
  for (guint i = 0; origin->variants != NULL && i < g_list_model_get_n_items (origin->variants);
       i++)
    {
      g_autoptr (TrestleVariant) variant = g_list_model_get_item (origin->variants, i);
      const char *type = trestle_variant_get_instance_type (variant);
      gint64 count = trestle_variant_get_desired_count (variant);
      TrestleInstancePrice *instance = trestle_prices_find (instances, type);
      g_autoptr (TrestleMoney) software = trestle_price_table_software (offer, type);

      add_to (&origin->software, software, count);
      if (instance != NULL)
        add_to (&origin->infrastructure, trestle_instance_price_get_hourly (instance), count);
    }
}

static TrestleOrigin *
find_origin (TrestleContext *context, TrestleEndpoint *endpoint)
{
  const char *name = trestle_endpoint_get_name (endpoint);
  g_autofree char *key = origin_key (name);
  TrestleOrigin *known = g_hash_table_lookup (context->facts, key);
  g_autoptr (TrestleOrigin) origin = NULL;
  g_autoptr (TrestleListing) listing = NULL;

  if (known != NULL && known->complete && known->created == trestle_endpoint_get_created (endpoint)
      && g_strcmp0 (known->config, trestle_endpoint_get_config_name (endpoint)) == 0)
    return g_object_ref (known);
  origin = g_object_new (TRESTLE_TYPE_ORIGIN, NULL);
  origin->created = trestle_endpoint_get_created (endpoint);
  origin->config = g_strdup (trestle_endpoint_get_config_name (endpoint));
  if (origin->config != NULL)
    read_config (context, origin);
  origin->tags = dex_await_boxed (
      trestle_tag_service_list (context->client, trestle_endpoint_get_arn (endpoint)), NULL);
  listing = find_listing (context, origin);
  if (!read_ledger (context, origin, name))
    read_prices (context, origin, listing);
  /* What could not be read is asked for again the next time. */
  origin->complete = origin->tags != NULL && origin->variants != NULL;
  g_hash_table_replace (context->facts, g_steal_pointer (&key), g_object_ref (origin));
  return g_steal_pointer (&origin);
}

/* Model and instance type are in the configuration, counts and weights in the endpoint. */
static GListModel *
merge_variants (GListModel *now, GListModel *config)
{
  GListStore *merged;

  if (config == NULL)
    return g_object_ref (now);
  merged = g_list_store_new (TRESTLE_TYPE_VARIANT);
  for (guint i = 0; i < g_list_model_get_n_items (config); i++)
    {
      g_autoptr (TrestleVariant) planned = g_list_model_get_item (config, i);
      g_autoptr (TrestleVariant) both = g_object_ref (planned);

      for (guint j = 0; j < g_list_model_get_n_items (now); j++)
        {
          g_autoptr (TrestleVariant) there = g_list_model_get_item (now, j);

          if (g_strcmp0 (trestle_variant_get_name (there), trestle_variant_get_name (planned)) != 0)
            continue;
          g_object_unref (both);
          both = trestle_copy_with (planned, "current-count",
                                    trestle_variant_get_current_count (there), "desired-count",
                                    trestle_variant_get_desired_count (there), "weight",
                                    trestle_variant_get_weight (there), NULL);
          break;
        }
      g_list_store_append (merged, both);
    }
  return G_LIST_MODEL (merged);
}

static char **
model_names (GListModel *variants)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (TrestleVariant) variant = g_list_model_get_item (variants, i);

      if (trestle_variant_get_model_name (variant) != NULL)
        g_strv_builder_add (names, trestle_variant_get_model_name (variant));
    }
  return g_strv_builder_end (names);
}

gboolean
trestle_endpoint_is_running (TrestleEndpoint *endpoint)
{
  TrestleEndpointState state = trestle_endpoint_get_state (endpoint);

  return state == TRESTLE_ENDPOINT_STATE_CREATING || state == TRESTLE_ENDPOINT_STATE_IN_SERVICE
         || state == TRESTLE_ENDPOINT_STATE_UPDATING;
}

TrestleEndpoint *
trestle_endpoint_cost (TrestleEndpoint *endpoint)
{
  const TrestleMoney *hourly = trestle_endpoint_get_hourly (endpoint);
  g_autoptr (TrestleMoney) so_far = NULL;

  if (hourly == NULL || !trestle_endpoint_is_running (endpoint))
    return g_object_ref (endpoint);
  so_far = trestle_price_table_spent (hourly, trestle_endpoint_get_created (endpoint),
                                      trestle_clock_now ());
  return trestle_copy_with (endpoint, "so-far", so_far, NULL);
}

static TrestleEndpoint *
complete (TrestleContext *context, TrestleEndpoint *endpoint, TrestleOrigin *origin)
{
  g_autoptr (GListModel)
      variants = merge_variants (trestle_endpoint_get_variants (endpoint), origin->variants);
  g_autoptr (TrestleMoney) software = NULL;
  g_autoptr (TrestleMoney) hourly = NULL;
  g_autoptr (TrestleEndpoint) full = NULL;
  g_auto (GStrv) models = model_names (variants);
  gint64 delete_by = 0;
  const char *session = NULL, *text;

  if (origin->tags != NULL)
    {
      session = g_hash_table_lookup (origin->tags, TRESTLE_TAG_SESSION);
      text = g_hash_table_lookup (origin->tags, TRESTLE_TAG_DELETE_BY);
      if (text != NULL && !trestle_clock_parse (text, &delete_by))
        delete_by = 0;
    }
  if (origin->software != NULL)
    software = trestle_package_memory_has_trial (context, origin->product_id)
                   ? trestle_money_zero (trestle_money_get_currency (origin->software))
                   : trestle_money_copy (origin->software);
  if (software != NULL && origin->infrastructure != NULL)
    hourly = trestle_money_add (software, origin->infrastructure, NULL);
  full = trestle_copy_with (
      endpoint, "model-names", models, "package-arn", origin->package_arn, "listing-id",
      origin->listing_id, "listing-title", origin->listing_title, "variants", variants, "delete-by",
      delete_by, "session-tag", session, "hourly", hourly, "software-hourly", software, NULL);
  return trestle_endpoint_cost (full);
}

typedef struct
{
  TrestleContext *context;
  char *name;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_object_unref (self->context);
  g_free (self->name);
  g_free (self);
}

static DexFuture *
detail_fiber (gpointer data)
{
  Asking *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;
  g_autoptr (TrestleOrigin) origin = NULL;

  if (dex_await (trestle_context_ready (self->context), &error))
    endpoint = dex_await_object (
        trestle_endpoint_service_describe (self->context->client, self->name), &error);
  if (endpoint == NULL)
    return trestle_future_error (error);
  origin = find_origin (self->context, endpoint);
  return dex_future_new_take_object (complete (self->context, endpoint, origin));
}

DexFuture *
trestle_endpoint_detail (TrestleContext *context, const char *name)
{
  Asking *self = g_new0 (Asking, 1);

  self->context = g_object_ref (context);
  self->name = g_strdup (name);
  return trestle_fiber_spawn (detail_fiber, self, asking_free);
}
