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

static char *
derive_id (const char *prefix, const char *slug, const char *alphabet, guint length)
{
  g_autofree char *text = g_strconcat (prefix, slug, NULL);
  g_autofree char *tail = trestle_practice_derive (text, alphabet, length);

  return g_strconcat (prefix, tail, NULL);
}

static void
offer_free (TrestlePracticeOffer *offer)
{
  g_free (offer->id);
  g_free (offer->proposal);
  g_free (offer);
}

static void
version_free (TrestlePracticeVersion *version)
{
  g_free (version->option);
  g_free (version->resource);
  g_free (version);
}

static void
listing_free (TrestlePracticeListing *listing)
{
  g_free (listing->listing_id);
  g_free (listing->product_id);
  g_ptr_array_unref (listing->offers);
  g_ptr_array_unref (listing->versions);
  g_free (listing);
}

static void
add_offer (TrestlePracticeListing *listing, JsonObject *object, gboolean private)
{
  TrestlePracticeOffer *offer = g_new0 (TrestlePracticeOffer, 1);
  const char *key = get_text (object, private ? "id" : "slug");

  offer->listing = listing;
  offer->id = derive_id ("offer-", key, TRESTLE_PRACTICE_LOWER, 13);
  offer->proposal = derive_id ("at-", offer->id, TRESTLE_PRACTICE_LOWER, 24);
  offer->name = private ? get_text (object, "name") : NULL;
  offer->buyer = private ? get_text (object, "buyer") : NULL;
  offer->expires_in_days = (guint) json_object_get_int_member_with_default (object,
                                                                            "expires_in_days", 0);
  offer->object = object;
  /* A private offer says its prices in place or under `pricing`. */
  offer->pricing = get_object (object, "pricing");
  if (offer->pricing == NULL)
    offer->pricing = object;
  g_ptr_array_add (listing->offers, offer);
}

static void
add_version (TrestlePracticeCatalogue *self, TrestlePracticeListing *listing, JsonObject *object)
{
  TrestlePracticeVersion *version = g_new0 (TrestlePracticeVersion, 1);
  const char *package = get_text (object, "package");
  g_autofree char *date = g_strconcat (get_text (object, "date"), "T09:30:00Z", NULL);
  g_autofree char *tail = derive_id ("", package, TRESTLE_PRACTICE_HEX, 32);

  version->listing = listing;
  version->object = object;
  version->option = derive_id ("fo-", package, TRESTLE_PRACTICE_LOWER, 13);
  version->resource = g_strconcat (package, "-", tail, NULL);
  if (!trestle_clock_parse (date, &version->created))
    g_warning ("%s: %s is no date", listing->slug, date);
  g_ptr_array_add (listing->versions, version);
  g_hash_table_insert (self->arns, version->resource, version);
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
  TrestlePracticeListing *listing = g_new0 (TrestlePracticeListing, 1);
  JsonArray *versions = get_array (object, "versions");
  JsonArray *private = get_array (object, "private_offers");

  listing->object = object;
  listing->slug = get_text (object, "slug");
  listing->title = get_text (object, "title");
  listing->engine = get_text (object, "engine");
  listing->algorithm = g_strcmp0 (get_text (object, "kind"), "algorithm") == 0;
  listing->listing_id = derive_id ("prodview-", listing->slug, TRESTLE_PRACTICE_LOWER, 13);
  listing->product_id = derive_id ("prod-", listing->slug, TRESTLE_PRACTICE_LOWER, 13);
  listing->offers = g_ptr_array_new_with_free_func ((GDestroyNotify) offer_free);
  listing->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) version_free);
  listing->seller = find_by (get_array (json_node_get_object (self->root), "sellers"), "id",
                             get_text (object, "seller"));
  add_offer (listing, object, FALSE);
  for (guint i = 0; i < array_length (private); i++)
    add_offer (listing, json_array_get_object_element (private, i), TRUE);
  for (guint i = 0; i < array_length (versions); i++)
    add_version (self, listing, json_array_get_object_element (versions, i));
  g_ptr_array_add (self->listings, listing);
}

static JsonNode *
load_json (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = trestle_practice_resources_lookup (path, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (text == NULL || !json_parser_load_from_data (parser, text, (gssize) size, error))
    return NULL;
  return json_parser_steal_root (parser);
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

  self->listings = g_ptr_array_new_with_free_func ((GDestroyNotify) listing_free);
  self->categories = g_hash_table_new (g_str_hash, g_str_equal);
  self->instances = g_hash_table_new (g_str_hash, g_str_equal);
  self->arns = g_hash_table_new (g_str_hash, g_str_equal);
  self->root = load_json ("catalogue.json", error);
  self->roles = self->root != NULL ? load_json ("roles.json", error) : NULL;
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

          if (offer->buyer != NULL && offer->expires_in_days > 0)
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

static const TrestlePracticeOffer *
find_offer (TrestlePracticeCatalogue *self, const char *id, gboolean proposal, const char *account)
{
  for (guint i = 0; i < self->listings->len; i++)
    {
      const TrestlePracticeListing *listing = self->listings->pdata[i];

      for (guint j = 0; j < listing->offers->len; j++)
        {
          const TrestlePracticeOffer *offer = listing->offers->pdata[j];

          if (g_strcmp0 (proposal ? offer->proposal : offer->id, id) == 0
              && (offer->buyer == NULL || g_strcmp0 (offer->buyer, account) == 0
                  || g_strcmp0 (get_text (listing->seller, "account"), account) == 0))
            return offer;
        }
    }
  return NULL;
}

const TrestlePracticeOffer *
trestle_practice_catalogue_find_offer (TrestlePracticeCatalogue *self,
                                       const char *offer_id,
                                       const char *account)
{
  return find_offer (self, offer_id, FALSE, account);
}

const TrestlePracticeOffer *
trestle_practice_catalogue_find_proposal (TrestlePracticeCatalogue *self,
                                          const char *proposal,
                                          const char *account)
{
  return find_offer (self, proposal, TRUE, account);
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
