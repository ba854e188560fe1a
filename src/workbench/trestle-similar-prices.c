/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-similar-prices.h"

#include "base/trestle-future.h"
#include "domain/trestle-price-compare.h"

/* Each of them costs AWS three calls. */
#define MAX_LISTINGS 12

struct _TrestleSimilarPrices
{
  GObject parent_instance;

  GListModel *spans;
  GListStore *listings;
  guint unread;
};

G_DEFINE_FINAL_TYPE (TrestleSimilarPrices, trestle_similar_prices, G_TYPE_OBJECT)

static void
trestle_similar_prices_finalize (GObject *object)
{
  TrestleSimilarPrices *self = TRESTLE_SIMILAR_PRICES (object);

  g_clear_object (&self->spans);
  g_clear_object (&self->listings);
  G_OBJECT_CLASS (trestle_similar_prices_parent_class)->finalize (object);
}

static void
trestle_similar_prices_class_init (TrestleSimilarPricesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_similar_prices_finalize;
}

static void
trestle_similar_prices_init (TrestleSimilarPrices *self)
{
  self->listings = g_list_store_new (TRESTLE_TYPE_LISTING);
}

GListModel *
trestle_similar_prices_get_spans (TrestleSimilarPrices *self)
{
  g_return_val_if_fail (TRESTLE_IS_SIMILAR_PRICES (self), NULL);
  return self->spans;
}

GListModel *
trestle_similar_prices_get_listings (TrestleSimilarPrices *self)
{
  g_return_val_if_fail (TRESTLE_IS_SIMILAR_PRICES (self), NULL);
  return G_LIST_MODEL (self->listings);
}

guint
trestle_similar_prices_get_unread (TrestleSimilarPrices *self)
{
  g_return_val_if_fail (TRESTLE_IS_SIMILAR_PRICES (self), 0);
  return self->unread;
}

typedef struct
{
  TrestleCatalogue *catalogue;
  TrestleDraft *draft;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_object_unref (self->catalogue);
  g_object_unref (self->draft);
  g_free (self);
}

/* Returns: (transfer full) (nullable): what everybody can buy @listing for */
static TrestleOffer *
read_offer (TrestleCatalogue *catalogue, TrestleListing *listing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel)
      offers = dex_await_object (trestle_catalogue_offers (catalogue, listing), &error);
  TrestleOffer *offer = NULL;

  if (offers == NULL)
    g_message ("What %s costs cannot be read: %s", trestle_listing_get_slug (listing),
               error->message);
  for (guint i = 0; offers != NULL && offer == NULL && i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (TrestleOffer) one = g_list_model_get_item (offers, i);

      if (!trestle_offer_get_private (one) && !trestle_offer_get_replacement (one))
        offer = g_steal_pointer (&one);
    }
  return offer;
}

static DexFuture *
search_fiber (gpointer data)
{
  Search *self = data;
  GError *error = NULL;
  const char *own = trestle_draft_get_text (self->draft, "Product.Identifier");
  g_auto (GStrv) categories = trestle_draft_dup_texts (self->draft, "Product.Categories");
  g_autoptr (TrestleListingQuery) query = g_object_new (
      TRESTLE_TYPE_LISTING_QUERY, "categories", categories, "sort", TRESTLE_SORT_RATING, NULL);
  g_autoptr (TrestleSearchResult) result = NULL;
  g_autoptr (TrestleSimilarPrices) found = g_object_new (TRESTLE_TYPE_SIMILAR_PRICES, NULL);
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *listings;

  /* without a category everything would be similar */
  if (categories == NULL || categories[0] == NULL)
    {
      found->spans = trestle_price_compare (self->draft, offers);
      return dex_future_new_for_object (found);
    }
  result = dex_await_object (trestle_catalogue_search (self->catalogue, query), &error);
  if (result == NULL)
    return trestle_future_error (error);
  listings = trestle_search_result_get_listings (result);
  for (guint i = 0;
       i < g_list_model_get_n_items (listings) && offers->len + found->unread < MAX_LISTINGS; i++)
    {
      g_autoptr (TrestleListing) listing = g_list_model_get_item (listings, i);
      TrestleOffer *offer;

      if (*own != '\0' && g_strcmp0 (trestle_listing_get_product_id (listing), own) == 0)
        continue;
      offer = read_offer (self->catalogue, listing);
      if (offer == NULL)
        {
          found->unread++;
          continue;
        }
      g_ptr_array_add (offers, offer);
      g_list_store_append (found->listings, listing);
    }
  found->spans = trestle_price_compare (self->draft, offers);
  return dex_future_new_for_object (found);
}

DexFuture *
trestle_similar_prices_find (TrestleCatalogue *catalogue, TrestleDraft *draft)
{
  Search *search;

  g_return_val_if_fail (TRESTLE_IS_CATALOGUE (catalogue) && TRESTLE_IS_DRAFT (draft), NULL);

  search = g_new0 (Search, 1);
  search->catalogue = g_object_ref (catalogue);
  search->draft = trestle_draft_copy (draft);
  return trestle_fiber_spawn (search_fiber, search, search_free);
}
