/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-catalogue.h"

#include "practice/trestle-practice-put.h"
#include "practice/trestle-practice-resources.h"
#include "practice/trestle-practice-world.h"

struct _TrestlePracticeCatalogue
{
  JsonNode *root;
  JsonNode *roles;
  GPtrArray *listings;
  GHashTable *categories; /* id → JsonObject */
  GPtrArray *more;        /* JsonObject: categories that only sellers named */
  GHashTable *instances;  /* type → JsonObject */
  GHashTable *arns;       /* resource name → TrestlePracticeVersion */
};

/* Observed accounts of AWS Marketplace; the order is that of the Regions' names. */
static const struct
{
  const char *region;
  const char *account;
} markets[] = {
  { "ap-northeast-1", "977537786026" }, { "ap-northeast-2", "745090734665" },
  { "ap-south-1", "077584701553" },     { "ap-southeast-1", "192199979996" },
  { "ap-southeast-2", "666831318237" }, { "ca-central-1", "470592106596" },
  { "eu-central-1", "446921602837" },   { "eu-north-1", "136758871317" },
  { "eu-west-1", "985815980388" },      { "eu-west-2", "856760150666" },
  { "eu-west-3", "843114510376" },      { "sa-east-1", "270155090741" },
  { "us-east-1", "865070037744" },      { "us-east-2", "057799348421" },
  { "us-west-1", "382657785993" },      { "us-west-2", "594846645681" },
};

const char *
trestle_practice_market_account (const char *region)
{
  for (guint i = 0; i < G_N_ELEMENTS (markets); i++)
    if (g_strcmp0 (markets[i].region, region) == 0)
      return markets[i].account;
  return NULL;
}

const char *const *
trestle_practice_regions (void)
{
  static const char *names[G_N_ELEMENTS (markets) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (markets); i++)
    names[i] = markets[i].region;
  return names;
}

static JsonObject *
find_by (JsonArray *array, const char *member, const char *value)
{
  for (guint i = 0; i < array_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      if (g_strcmp0 (get_text (object, member), value) == 0)
        return object;
    }
  return NULL;
}

static void
add_listing (TrestlePracticeCatalogue *self, JsonObject *object)
{
  JsonObject *seller = find_by (get_array (json_node_get_object (self->root), "sellers"), "id",
                                get_text (object, "seller"));
  TrestlePracticeListing *listing = trestle_practice_listing_new (object, seller);

  for (guint i = 0; i < listing->versions->len; i++)
    {
      TrestlePracticeVersion *version = listing->versions->pdata[i];

      g_hash_table_insert (self->arns, version->resource, version);
    }
  g_ptr_array_add (self->listings, listing);
}

void
trestle_practice_catalogue_put (TrestlePracticeCatalogue *self, JsonObject *object)
{
  trestle_practice_catalogue_remove (self, get_text (object, "product_id"));
  add_listing (self, object);
}

void
trestle_practice_catalogue_remove (TrestlePracticeCatalogue *self, const char *product_id)
{
  for (guint i = 0; i < self->listings->len; i++)
    {
      TrestlePracticeListing *listing = self->listings->pdata[i];

      if (g_strcmp0 (listing->product_id, product_id) != 0)
        continue;
      for (guint j = 0; j < listing->versions->len; j++)
        g_hash_table_remove (self->arns,
                             ((TrestlePracticeVersion *) listing->versions->pdata[j])->resource);
      g_ptr_array_remove_index (self->listings, i);
      return;
    }
}

static void
index_by (GHashTable *table, JsonArray *array, const char *member)
{
  for (guint i = 0; i < array_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      g_hash_table_insert (table, (gpointer) get_text (object, member), object);
    }
}

TrestlePracticeCatalogue *
trestle_practice_catalogue_load (GError **error)
{
  TrestlePracticeCatalogue *self = g_new0 (TrestlePracticeCatalogue, 1);
  JsonObject *root;
  JsonArray *listings;

  self->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_practice_listing_free);
  self->more = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->categories = g_hash_table_new (g_str_hash, g_str_equal);
  self->instances = g_hash_table_new (g_str_hash, g_str_equal);
  self->arns = g_hash_table_new (g_str_hash, g_str_equal);
  self->root = trestle_practice_resources_load_json ("catalogue.json", error);
  self->roles = self->root != NULL ? trestle_practice_resources_load_json ("roles.json", error)
                                   : NULL;
  if (self->roles == NULL)
    {
      trestle_practice_catalogue_free (self);
      return NULL;
    }
  root = json_node_get_object (self->root);
  index_by (self->categories, get_array (root, "categories"), "id");
  index_by (self->instances, get_array (root, "instances"), "type");
  listings = get_array (root, "listings");
  for (guint i = 0; i < array_length (listings); i++)
    add_listing (self, json_array_get_object_element (listings, i));
  return self;
}

void
trestle_practice_catalogue_free (TrestlePracticeCatalogue *self)
{
  g_ptr_array_unref (self->listings);
  g_hash_table_unref (self->categories);
  g_ptr_array_unref (self->more);
  g_hash_table_unref (self->instances);
  g_hash_table_unref (self->arns);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->roles, json_node_unref);
  g_free (self);
}

void
trestle_practice_catalogue_set_epoch (TrestlePracticeCatalogue *self, gint64 epoch)
{
  for (guint i = 0; i < self->listings->len; i++)
    {
      TrestlePracticeListing *listing = self->listings->pdata[i];

      for (guint j = 0; j < listing->offers->len; j++)
        {
          TrestlePracticeOffer *offer = listing->offers->pdata[j];

          if (offer->expires_in_days > 0)
            offer->expires = epoch + offer->expires_in_days * TRESTLE_DAY;
        }
    }
}

GPtrArray *
trestle_practice_catalogue_get_listings (TrestlePracticeCatalogue *self)
{
  return self->listings;
}

JsonObject *
trestle_practice_catalogue_get_category (TrestlePracticeCatalogue *self, const char *id)
{
  return g_hash_table_lookup (self->categories, id);
}

const char *
trestle_practice_catalogue_add_category (TrestlePracticeCatalogue *self, const char *name)
{
  g_autofree char *hex = NULL;
  g_autofree char *id = NULL;
  GHashTableIter iter;
  gpointer known, category;

  g_hash_table_iter_init (&iter, self->categories);
  while (g_hash_table_iter_next (&iter, &known, &category))
    if (g_strcmp0 (get_text (category, "name"), name) == 0)
      return known;
  hex = trestle_practice_derive (name, TRESTLE_PRACTICE_HEX, 32);
  id = g_strdup_printf ("%.8s-%.4s-4%.3s-8%.3s-%.12s", hex, hex + 8, hex + 13, hex + 17, hex + 20);
  category = json_object_new ();
  json_object_set_string_member (category, "id", id);
  json_object_set_string_member (category, "name", name);
  g_ptr_array_add (self->more, category);
  g_hash_table_insert (self->categories, (gpointer) get_text (category, "id"), category);
  return get_text (category, "id");
}

const char *
trestle_practice_catalogue_get_seller (TrestlePracticeCatalogue *self, const char *account)
{
  JsonObject *seller = find_by (get_array (json_node_get_object (self->root), "sellers"), "account",
                                account);

  return seller != NULL ? get_text (seller, "id") : NULL;
}

JsonArray *
trestle_practice_catalogue_get_instances (TrestlePracticeCatalogue *self)
{
  return get_array (json_node_get_object (self->root), "instances");
}

JsonObject *
trestle_practice_catalogue_get_instance (TrestlePracticeCatalogue *self, const char *type)
{
  return g_hash_table_lookup (self->instances, type);
}

JsonArray *
trestle_practice_catalogue_get_roles (TrestlePracticeCatalogue *self, const char *account)
{
  return get_array (json_node_get_object (self->roles), account);
}

const TrestlePracticeListing *
trestle_practice_catalogue_find_listing (TrestlePracticeCatalogue *self, const char *listing_id)
{
  for (guint i = 0; i < self->listings->len; i++)
    {
      const TrestlePracticeListing *listing = self->listings->pdata[i];

      if (g_strcmp0 (listing->listing_id, listing_id) == 0)
        return listing;
    }
  return NULL;
}

const TrestlePracticeListing *
trestle_practice_catalogue_find_product (TrestlePracticeCatalogue *self, const char *product_id)
{
  for (guint i = 0; i < self->listings->len; i++)
    {
      const TrestlePracticeListing *listing = self->listings->pdata[i];

      if (g_strcmp0 (listing->product_id, product_id) == 0)
        return listing;
    }
  return NULL;
}

const TrestlePracticeListing *
trestle_practice_catalogue_find_slug (TrestlePracticeCatalogue *self, const char *slug)
{
  for (guint i = 0; i < self->listings->len; i++)
    {
      const TrestlePracticeListing *listing = self->listings->pdata[i];

      if (g_strcmp0 (listing->slug, slug) == 0)
        return listing;
    }
  return NULL;
}

char *
trestle_practice_catalogue_dup_arn (const TrestlePracticeVersion *version, const char *region)
{
  const char *account = trestle_practice_market_account (region);

  if (account == NULL)
    return NULL;
  return g_strdup_printf ("arn:aws:sagemaker:%s:%s:%s/%s", region, account,
                          version->listing->algorithm ? "algorithm" : "model-package",
                          version->resource);
}

const TrestlePracticeVersion *
trestle_practice_catalogue_find_arn (TrestlePracticeCatalogue *self,
                                     const char *arn,
                                     const char *region)
{
  const char *name = arn != NULL ? strrchr (arn, '/') : NULL;
  const TrestlePracticeVersion *version = name ? g_hash_table_lookup (self->arns, name + 1) : NULL;
  g_autofree char *exact = NULL;

  if (version == NULL)
    return NULL;
  exact = trestle_practice_catalogue_dup_arn (version, region);
  return g_strcmp0 (exact, arn) == 0 ? version : NULL;
}
