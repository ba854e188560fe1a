/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-listings-model.h"

#include "listings/trestle-listing-checks.h"
#include "widgets/trestle-change-words.h"
#include "workbench/trestle-drafts.h"

struct _TrestleListingsModel
{
  GObject parent_instance;

  GListModel *products;
  GListModel *drafts;
  GListModel *requests;
  GListStore *items;
  TrestleListingChecks *checks; /* nullable: of drafts that are no files */
  GHashTable *rows;             /* key → #TrestleListingItem */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (TrestleListingsModel, trestle_listings_model, G_TYPE_OBJECT)

static void
on_item_changed (TrestleListingsModel *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* More rows than this are put in at once: each one apart is work for all that shows them. */
#define MOST_APART 8u

/* A row as it is to be. */
typedef struct
{
  TrestleListingItem *item;
  gboolean changed;
} Row;

static void
clear_row (gpointer data)
{
  g_object_unref (((Row *) data)->item);
}

/* Gives the row with @key what it is made of, and puts it behind @wanted. Returns: whether it is new */
static gboolean
prepare (TrestleListingsModel *self,
         GHashTable *rows,
         GArray *wanted,
         const char *key,
         const TrestleListingFacts *facts)
{
  TrestleListingItem *known = g_hash_table_lookup (self->rows, key);
  Row row = { known != NULL ? g_object_ref (known) : trestle_listing_item_new (), FALSE };

  row.changed = trestle_listing_item_set (row.item, facts);
  if (known == NULL)
    g_signal_connect_object (row.item, "notify::clean", G_CALLBACK (on_item_changed), self,
                             G_CONNECT_SWAPPED);
  g_hash_table_insert (rows, g_strdup (key), g_object_ref (row.item));
  if (self->checks != NULL && facts->draft != NULL)
    trestle_listing_checks_add (self->checks, row.item);
  g_array_append_val (wanted, row);
  return known == NULL;
}

/* Puts @row at @position. */
static void
place (TrestleListingsModel *self, guint position, const Row *row)
{
  g_autoptr (TrestleListingItem)
      there = g_list_model_get_item (G_LIST_MODEL (self->items), position);
  guint old;

  if (there == row->item)
    {
      /* The same row in other words: filters and sorters look at it again. */
      if (row->changed)
        g_list_model_items_changed (G_LIST_MODEL (self->items), position, 1, 1);
      return;
    }
  if (g_list_store_find (self->items, row->item, &old))
    g_list_store_remove (self->items, old);
  g_list_store_insert (self->items, position, row->item);
}

static void
place_all (TrestleListingsModel *self, GArray *wanted, guint n_new)
{
  GListModel *items = G_LIST_MODEL (self->items);

  if (n_new > MOST_APART)
    {
      g_autoptr (GPtrArray) all = g_ptr_array_new ();

      for (guint i = 0; i < wanted->len; i++)
        g_ptr_array_add (all, g_array_index (wanted, Row, i).item);
      g_list_store_splice (self->items, 0, g_list_model_get_n_items (items), all->pdata, all->len);
      return;
    }
  for (guint i = 0; i < wanted->len; i++)
    place (self, i, &g_array_index (wanted, Row, i));
  g_list_store_splice (self->items, wanted->len, g_list_model_get_n_items (items) - wanted->len,
                       NULL, 0);
}

/* Returns: (transfer full): product → its draft that was changed last */
static GHashTable *
dup_drafts (TrestleListingsModel *self)
{
  GHashTable *drafts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (self->drafts); i++)
    {
      g_autoptr (TrestleDraftInfo) draft = g_list_model_get_item (self->drafts, i);
      const char *id = trestle_draft_info_get_product_id (draft);

      if (id != NULL && !g_hash_table_contains (drafts, id))
        g_hash_table_insert (drafts, (gpointer) id, g_object_ref (draft));
    }
  return drafts;
}

static void
update (TrestleListingsModel *self)
{
  g_autoptr (GHashTable)
      rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (GHashTable) joined = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) drafts = dup_drafts (self);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (Row));
  guint n_new = 0;

  g_array_set_clear_func (wanted, clear_row);
  for (guint i = 0; i < g_list_model_get_n_items (self->products); i++)
    {
      g_autoptr (TrestleOwnProduct) product = g_list_model_get_item (self->products, i);
      const char *id = trestle_own_product_get_id (product);
      TrestleDraftInfo *draft = g_hash_table_lookup (drafts, id);
      g_autoptr (TrestleChangeRequest)
          request = trestle_change_words_last (self->requests, product);
      TrestleListingFacts facts = { product, draft, NULL, 0 };

      if (request != NULL
          && (trestle_change_request_is_open (request)
              || trestle_change_words_stands (self->requests, request)))
        facts.request = request;
      facts.restricted = trestle_change_words_restricted (self->requests, product);
      if (draft != NULL)
        g_hash_table_add (joined, draft);
      n_new += prepare (self, rows, wanted, id, &facts);
    }
  for (guint i = 0; i < g_list_model_get_n_items (self->drafts); i++)
    {
      g_autoptr (TrestleDraftInfo) draft = g_list_model_get_item (self->drafts, i);
      g_autofree char *key = g_strconcat ("draft:", trestle_draft_info_get_name (draft), NULL);
      TrestleListingFacts facts = { NULL, draft, NULL, 0 };

      if (!g_hash_table_contains (joined, draft))
        n_new += prepare (self, rows, wanted, key, &facts);
    }
  place_all (self, wanted, n_new);
  g_hash_table_unref (self->rows);
  self->rows = g_steal_pointer (&rows);
  g_signal_emit (self, changed_signal, 0);
}

static void
trestle_listings_model_dispose (GObject *object)
{
  TrestleListingsModel *self = TRESTLE_LISTINGS_MODEL (object);

  g_clear_object (&self->checks);
  g_clear_object (&self->products);
  g_clear_object (&self->drafts);
  g_clear_object (&self->requests);
  g_clear_object (&self->items);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  G_OBJECT_CLASS (trestle_listings_model_parent_class)->dispose (object);
}

static void
trestle_listings_model_class_init (TrestleListingsModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trestle_listings_model_dispose;
  changed_signal = g_signal_new ("changed", TRESTLE_TYPE_LISTINGS_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
trestle_listings_model_init (TrestleListingsModel *self)
{
  self->items = g_list_store_new (TRESTLE_TYPE_LISTING_ITEM);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

TrestleListingsModel *
trestle_listings_model_new (GListModel *products, GListModel *drafts, GListModel *requests)
{
  TrestleListingsModel *self = g_object_new (TRESTLE_TYPE_LISTINGS_MODEL, NULL);
  GListModel *lists[] = { products, drafts, requests };

  self->products = g_object_ref (products);
  self->drafts = g_object_ref (drafts);
  self->requests = g_object_ref (requests);
  if (TRESTLE_IS_DRAFTS (drafts))
    self->checks = trestle_listing_checks_new (TRESTLE_DRAFTS (drafts));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_signal_connect_object (lists[i], "items-changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
  return self;
}

GListModel *
trestle_listings_model_get_items (TrestleListingsModel *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTINGS_MODEL (self), NULL);
  return G_LIST_MODEL (self->items);
}

guint
trestle_listings_model_count (TrestleListingsModel *self, const char *visibility)
{
  GListModel *items;
  guint count = 0;

  g_return_val_if_fail (TRESTLE_IS_LISTINGS_MODEL (self), 0);

  items = G_LIST_MODEL (self->items);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (TrestleListingItem) item = g_list_model_get_item (items, i);

      count += visibility == NULL
               || g_strcmp0 (trestle_listing_item_get_visibility (item), visibility) == 0;
    }
  return count;
}

TrestleListingItem *
trestle_listings_model_find_failed (TrestleListingsModel *self)
{
  GListModel *items;

  g_return_val_if_fail (TRESTLE_IS_LISTINGS_MODEL (self), NULL);

  items = G_LIST_MODEL (self->items);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (TrestleListingItem) item = g_list_model_get_item (items, i);

      if (trestle_listing_item_get_failed (item))
        return item; /* the list keeps it */
    }
  return NULL;
}
