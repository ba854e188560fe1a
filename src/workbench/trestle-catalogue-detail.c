/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-catalogue.h"

#include <string.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "base/trestle-paths.h"
#include "domain/trestle-copy.h"
#include "services/trestle-discovery-service.h"
#include "services/trestle-offer-service.h"
#include "workbench/trestle-offers.h"
#include "workbench/trestle-package-memory.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-price-table.h"
#include "workbench/trestle-prices.h"
#include "workbench/trestle-workbench-error.h"

/* What one listing is: read when somebody looks at it, kept in memory for a while. */

#define FRESH (10 * TRESTLE_MINUTE)
#define NEAR 3

typedef struct
{
  TrestleContext *context;
  TrestleListing *listing;
  TrestleOffer *offer;
  TrestleVersion *version;
  char *name;
} Asking;

static Asking *
asking_new (TrestleCatalogue *catalogue, TrestleListing *listing)
{
  Asking *self = g_new0 (Asking, 1);

  self->context = g_object_ref (trestle_catalogue_get_context (catalogue));
  g_set_object (&self->listing, listing);
  return self;
}

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_object_unref (self->context);
  g_clear_object (&self->listing);
  g_clear_object (&self->offer);
  g_clear_object (&self->version);
  g_free (self->name);
  g_free (self);
}

/* Answers of a listing live in the context's facts; a stamp says how old they are. */
static GObject *
known (TrestleContext *context, const char *kind, const char *id)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", kind, id);
  GObject *object = g_hash_table_lookup (context->facts, key);
  gint64 *stamp = object != NULL ? g_object_get_data (object, "trestle-asked") : NULL;

  return stamp != NULL && trestle_clock_now () - *stamp < FRESH ? g_object_ref (object) : NULL;
}

static void
keep (TrestleContext *context, const char *kind, const char *id, gpointer object)
{
  gint64 now = trestle_clock_now ();

  g_object_set_data_full (object, "trestle-asked", g_memdup2 (&now, sizeof now), g_free);
  g_hash_table_replace (context->facts, g_strdup_printf ("%s/%s", kind, id), g_object_ref (object));
}

static TrestleListing *
find_stored (TrestleContext *context, const char *name)
{
  g_autofree char *slug = NULL;
  TrestleListing *listing = dex_await_object (
      trestle_store_find_listing (context->store, context->scope, name), NULL);

  if (listing != NULL)
    return listing;
  slug = trestle_slug (name);
  if (*slug == '\0' || g_str_equal (slug, name))
    return NULL;
  return dex_await_object (trestle_store_find_listing (context->store, context->scope, slug), NULL);
}

/* "irsi-clasifier" is near "iris-classifier": shared pairs of letters, in hundredths. */
static guint
likeness (const char *a, const char *b)
{
  guint la = (guint) strlen (a), lb = (guint) strlen (b), shared = 0;

  if (la < 2 || lb < 2)
    return 0;
  for (guint i = 0; i + 1 < la; i++)
    for (guint j = 0; j + 1 < lb; j++)
      if (a[i] == b[j] && a[i + 1] == b[j + 1])
        {
          shared++;
          break;
        }
  return 200 * shared / (la + lb - 2);
}

typedef struct
{
  const char *slug;
  guint likeness;
} Near;

static int
compare_near (gconstpointer pa, gconstpointer pb)
{
  const Near *a = pa, *b = pb;

  return (b->likeness > a->likeness) - (b->likeness < a->likeness);
}

static DexFuture *
not_found (Asking *self)
{
  g_autoptr (GPtrArray) all = dex_await_boxed (
      trestle_store_search (self->context->store, self->context->scope, NULL), NULL);
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (Near));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *slug = trestle_slug (self->name);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const char *other = trestle_listing_get_slug (g_ptr_array_index (all, i));
      Near it = { other, other != NULL ? likeness (slug, other) : 0 };

      if (it.likeness >= 40)
        g_array_append_val (near, it);
    }
  g_array_sort (near, compare_near);
  for (guint i = 0; i < MIN (near->len, NEAR); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", g_array_index (near, Near, i).slug);
  if (text->len > 0)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                                  "There is no listing “%s”. Did you mean %s?", self->name,
                                  text->str);
  return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                                "There is no listing “%s”", self->name);
}

/* Offline, what was read the last time is better than nothing. */
static TrestleListing *
detail (TrestleContext *context, TrestleListing *listing, GError **error)
{
  g_autoptr (TrestleListing) fresh = NULL;
  g_autoptr (TrestleListing) merged = NULL;
  g_autoptr (GPtrArray) puts = NULL;
  g_autoptr (GObject) cached = known (context, "listing", trestle_listing_get_id (listing));

  if (cached != NULL)
    return trestle_copy_with (cached, "subscribed", trestle_listing_get_subscribed (listing),
                              "price-hint", trestle_listing_get_price_hint (listing), NULL);
  if (dex_await (trestle_context_ready (context), error))
    fresh = dex_await_object (
        trestle_discovery_service_get_listing (context->client, trestle_listing_get_id (listing)),
        error);
  if (fresh == NULL)
    {
      if (trestle_listing_get_detailed (listing)
          && g_error_matches (*error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NETWORK))
        {
          g_clear_error (error);
          return g_object_ref (listing);
        }
      return NULL;
    }
  puts = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (puts, g_object_ref (fresh));
  dex_await (trestle_store_put_listings (context->store, context->scope, puts), NULL);
  merged = trestle_copy_with (fresh, "price-hint", trestle_listing_get_price_hint (listing),
                              "subscribed", trestle_listing_get_subscribed (listing), NULL);
  keep (context, "listing", trestle_listing_get_id (listing), merged);
  return g_steal_pointer (&merged);
}

static gboolean
is_old (TrestleCatalogue *catalogue)
{
  gint64 refreshed = 0;

  if (catalogue == NULL)
    return FALSE;
  g_object_get (catalogue, "refreshed", &refreshed, NULL);
  return refreshed < trestle_clock_now () - FRESH;
}

static DexFuture *
find_fiber (gpointer data)
{
  Asking *self = data;
  g_autoptr (TrestleListing) listing = find_stored (self->context, self->name);
  g_autoptr (TrestleListing) detailed = NULL;
  g_autoptr (GError) error = NULL;

  /* A catalogue that was never read knows no names, one of yesterday not today's. */
  if (listing == NULL && is_old (self->context->catalogue))
    {
      if (!dex_await (trestle_catalogue_refresh (self->context->catalogue), &error))
        return trestle_future_error (error);
      listing = find_stored (self->context, self->name);
    }
  if (listing == NULL)
    return not_found (self);
  detailed = detail (self->context, listing, &error);
  if (detailed == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_object (g_steal_pointer (&detailed));
}

DexFuture *
trestle_catalogue_find (TrestleCatalogue *self, const char *name)
{
  Asking *asking;

  g_return_val_if_fail (TRESTLE_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  asking = asking_new (self, NULL);
  asking->name = g_strdup (name);
  return trestle_fiber_spawn (find_fiber, asking, asking_free);
}

static DexFuture *
no_product (TrestleListing *listing)
{
  return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                                "“%s” names no product", trestle_listing_get_title (listing));
}

/* "3.10" is newer than "3.9"; AWS does not say in which order the options come. */
static int
compare_versions (gconstpointer a, gconstpointer b, gpointer data)
{
  g_auto (GStrv) as = g_strsplit (
      trestle_version_get_title ((gpointer) a) ? trestle_version_get_title ((gpointer) a) : "", ".",
      -1);
  g_auto (GStrv) bs = g_strsplit (
      trestle_version_get_title ((gpointer) b) ? trestle_version_get_title ((gpointer) b) : "", ".",
      -1);

  for (guint i = 0; as[i] != NULL || bs[i] != NULL; i++)
    {
      gint64 x = as[i] != NULL ? g_ascii_strtoll (as[i], NULL, 10) : -1;
      gint64 y = bs[i] != NULL ? g_ascii_strtoll (bs[i], NULL, 10) : -1;

      if (x != y)
        return x > y ? -1 : 1;
      if (as[i] == NULL || bs[i] == NULL)
        break;
    }
  return 0;
}

static DexFuture *
versions_fiber (gpointer data)
{
  Asking *self = data;
  const char *product = trestle_listing_get_product_id (self->listing);
  g_autoptr (GError) error = NULL;
  GObject *cached = known (self->context, "versions", product);
  g_autoptr (GListModel) versions = NULL;

  if (cached != NULL)
    return dex_future_new_take_object (cached);
  if (dex_await (trestle_context_ready (self->context), &error))
    versions = dex_await_object (
        trestle_discovery_service_versions (self->context->client, product), &error);
  if (versions == NULL)
    return trestle_future_error (error);
  g_list_store_sort (G_LIST_STORE (versions), compare_versions, NULL);
  keep (self->context, "versions", product, versions);
  return dex_future_new_take_object (g_steal_pointer (&versions));
}

DexFuture *
trestle_catalogue_versions (TrestleCatalogue *self, TrestleListing *listing)
{
  g_return_val_if_fail (TRESTLE_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_LISTING (listing), NULL);
  if (trestle_listing_get_product_id (listing) == NULL)
    return no_product (listing);
  return trestle_fiber_spawn (versions_fiber, asking_new (self, listing), asking_free);
}

static int
compare_offers (gconstpointer a, gconstpointer b, gpointer data)
{
  return trestle_offer_get_private ((gpointer) b) - trestle_offer_get_private ((gpointer) a);
}

static TrestleOffer *
read_offer (TrestleContext *context, TrestleOffer *option, GError **error)
{
  const char *id = trestle_offer_get_id (option);
  g_autoptr (DexFuture) terms_future = trestle_offer_service_terms (context->client, id);
  g_autoptr (TrestleOffer)
      offer = dex_await_object (trestle_offer_service_get (context->client, id), error);
  g_autoptr (GListModel) terms = NULL;

  if (offer != NULL)
    terms = dex_await_object (g_steal_pointer (&terms_future), error);
  if (terms == NULL)
    return NULL;
  return trestle_copy_with (offer, "terms", terms, NULL);
}

static DexFuture *
offers_fiber (gpointer data)
{
  Asking *self = data;
  TrestleContext *context = self->context;
  const char *product = trestle_listing_get_product_id (self->listing);
  g_autoptr (GError) error = NULL;
  GObject *cached = known (context, "offers", product);
  g_autoptr (GListModel) options = NULL;
  g_autoptr (GListStore) offers = g_list_store_new (TRESTLE_TYPE_OFFER);

  if (cached != NULL)
    return dex_future_new_take_object (cached);
  if (dex_await (trestle_context_ready (context), &error))
    options = dex_await_object (trestle_offer_service_list (context->client, product), &error);
  if (options == NULL)
    return trestle_future_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (options); i++)
    {
      g_autoptr (TrestleOffer) option = g_list_model_get_item (options, i);
      gint64 expires = trestle_offer_get_expires (option);
      g_autoptr (TrestleOffer) offer = NULL;

      if (expires != 0 && expires < trestle_clock_now ())
        continue;
      offer = read_offer (context, option, &error);
      if (offer == NULL)
        return trestle_future_error (error);
      g_list_store_append (offers, offer);
    }
  g_list_store_sort (offers, compare_offers, NULL);
  keep (context, "offers", product, offers);
  return dex_future_new_take_object (g_steal_pointer (&offers));
}

DexFuture *
trestle_offers_list (TrestleContext *context, TrestleListing *listing)
{
  Asking *asking;

  if (trestle_listing_get_product_id (listing) == NULL)
    return no_product (listing);
  asking = g_new0 (Asking, 1);
  asking->context = g_object_ref (context);
  asking->listing = g_object_ref (listing);
  return trestle_fiber_spawn (offers_fiber, asking, asking_free);
}

DexFuture *
trestle_catalogue_offers (TrestleCatalogue *self, TrestleListing *listing)
{
  g_return_val_if_fail (TRESTLE_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_LISTING (listing), NULL);
  return trestle_offers_list (trestle_catalogue_get_context (self), listing);
}

TrestleOffer *
trestle_offers_choose (GListModel *offers, const char *offer_id, gboolean allow_private)
{
  TrestleOffer *first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (TrestleOffer) offer = g_list_model_get_item (offers, i);

      if (offer_id != NULL && g_strcmp0 (trestle_offer_get_id (offer), offer_id) == 0)
        return offer; /* the list keeps it */
      if (first == NULL && (allow_private || !trestle_offer_get_private (offer)))
        first = offer;
    }
  return first;
}

/* What is not there is left out of the table: a page without prices of AWS is better than none. */
static DexFuture *
prices_fiber (gpointer data)
{
  Asking *self = data;
  TrestleContext *context = self->context;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) offers = NULL;
  g_autoptr (GListModel) versions = NULL;
  g_autoptr (GListModel) instances = NULL;
  g_autoptr (GListModel) quotas = NULL;
  g_autoptr (TrestleVersion) version = NULL;
  g_auto (GStrv) supported = NULL;
  g_autoptr (DexFuture) quotas_future = trestle_prices_quotas (context);
  const char *product = trestle_listing_get_product_id (self->listing);
  TrestlePriceInput input = { .offer = self->offer };

  if (input.offer == NULL)
    {
      offers = dex_await_object (trestle_offers_list (context, self->listing), &error);
      if (offers == NULL)
        return trestle_future_error (error);
      input.offer = trestle_offers_choose (offers, trestle_listing_get_offer_id (self->listing),
                                           FALSE);
    }
  if (self->version != NULL)
    version = g_object_ref (self->version);
  else if (context->catalogue != NULL)
    versions = dex_await_object (trestle_catalogue_versions (context->catalogue, self->listing),
                                 NULL);
  if (versions != NULL)
    version = g_list_model_get_item (versions, 0);
  if (version != NULL)
    input.recommended = trestle_version_get_recommended_realtime (version);
  instances = dex_await_object (trestle_prices_instances (context), NULL);
  quotas = dex_await_object (g_steal_pointer (&quotas_future), NULL);
  supported = trestle_package_memory_types (context, product);
  input.instances = instances;
  input.quotas = quotas;
  input.supported = (const char *const *) supported;
  input.endpoints = context->endpoints;
  input.trial = trestle_package_memory_has_trial (context, product);
  return dex_future_new_take_object (trestle_price_table_build (&input));
}

DexFuture *
trestle_catalogue_prices (TrestleCatalogue *self, TrestleListing *listing, TrestleOffer *offer)
{
  Asking *asking;

  g_return_val_if_fail (TRESTLE_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_LISTING (listing), NULL);

  asking = asking_new (self, listing);
  g_set_object (&asking->offer, offer);
  return trestle_fiber_spawn (prices_fiber, asking, asking_free);
}

DexFuture *
trestle_catalogue_preview_prices (TrestleCatalogue *self,
                                  TrestleListing *listing,
                                  TrestleVersion *version,
                                  TrestleOffer *offer)
{
  Asking *asking;

  g_return_val_if_fail (TRESTLE_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_LISTING (listing), NULL);
  g_return_val_if_fail (TRESTLE_IS_VERSION (version), NULL);
  g_return_val_if_fail (TRESTLE_IS_OFFER (offer), NULL);

  asking = asking_new (self, listing);
  asking->version = g_object_ref (version);
  asking->offer = g_object_ref (offer);
  return trestle_fiber_spawn (prices_fiber, asking, asking_free);
}
