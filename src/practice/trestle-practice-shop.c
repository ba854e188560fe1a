/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-shop.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-paths.h"
#include "practice/trestle-practice-keep.h"
#include "practice/trestle-practice-shop-parts.h"

/* The title in lower case; two products of one title are told apart by the end of their ids. */
static char *
dup_slug (TrestlePracticeWorld *world, const char *product_id, const char *title)
{
  g_autofree char *slug = trestle_slug (title);
  const TrestlePracticeListing *other = trestle_practice_catalogue_find_slug (world->catalogue,
                                                                              slug);
  gsize length = strlen (product_id);

  if (*slug != '\0' && (other == NULL || g_str_equal (other->product_id, product_id)))
    return g_steal_pointer (&slug);
  return g_strdup_printf ("%s-%s", slug, product_id + (length > 5 ? length - 5 : 0));
}

static void
put_texts (TrestlePracticeWorld *world, JsonBuilder *out, JsonObject *product)
{
  JsonObject *description = get_object (product, "Description");
  const char *brief = get_text (description, "ShortDescription");
  const char *full = get_text (description, "LongDescription");
  JsonArray *categories = get_array (description, "Categories");
  JsonNode *highlights = json_object_get_member (description, "Highlights");
  JsonNode *keywords = json_object_get_member (description, "SearchKeywords");

  put_text (out, "short", brief != NULL ? brief : "");
  put_text (out, "long", full != NULL ? full : "");
  if (highlights != NULL && JSON_NODE_HOLDS_ARRAY (highlights))
    put_node (out, "highlights", highlights);
  else
    {
      open_array (out, "highlights");
      close_array (out);
    }
  put_node (out, "keywords", keywords);
  open_array (out, "categories");
  for (guint i = 0; i < array_length (categories); i++)
    json_builder_add_string_value (
        out, trestle_practice_catalogue_add_category (
                 world->catalogue, json_array_get_string_element (categories, i)));
  close_array (out);
}

static void
put_promotion (TrestlePracticeWorld *world, JsonBuilder *out, JsonObject *product)
{
  JsonObject *promotion = get_object (product, "PromotionalResources");
  JsonObject *support = get_object (product, "SupportInformation");
  JsonArray *links = get_array (promotion, "AdditionalResources");
  const char *logo = get_text (promotion, "LogoUrl");

  if (logo != NULL)
    {
      g_autofree char *path = trestle_practice_keep_dup_path (world->state, logo);

      put_text (out, "logo", path);
    }
  if (promotion != NULL)
    put_node (out, "videos", json_object_get_member (promotion, "Videos"));
  open_object (out, "support");
  put_text (out, "description", get_text (support, "Description"));
  close_object (out);
  open_array (out, "resources");
  for (guint i = 0; i < array_length (links); i++)
    {
      JsonObject *link = json_array_get_object_element (links, i);

      open_object (out, NULL);
      put_text (out, "text", get_text (link, "Text"));
      put_text (out, "url", get_text (link, "Url"));
      close_object (out);
    }
  close_array (out);
}

static void
put_targeting (JsonBuilder *out, JsonObject *product)
{
  JsonObject *targeting = get_object (get_object (product, "Targeting"), "PositiveTargeting");

  put_text (out, "visibility", get_text (get_object (product, "Description"), "Visibility"));
  if (get_array (targeting, "BuyerAccounts") != NULL)
    put_node (out, "allowed_accounts", json_object_get_member (targeting, "BuyerAccounts"));
}

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const char *x = get_text (*(JsonObject *const *) a, "CreationDate");
  const char *y = get_text (*(JsonObject *const *) b, "CreationDate");

  return g_strcmp0 (y, x);
}

/* Newest first; of those of one moment the last one that was written. */
static GPtrArray *
sort_versions (JsonObject *product)
{
  JsonArray *array = get_array (product, "Versions");
  GPtrArray *versions = g_ptr_array_new ();

  for (guint i = array_length (array); i > 0; i--)
    {
      JsonObject *version = json_array_get_object_element (array, i - 1);

      if (trestle_practice_shop_get_source (version, NULL) != NULL
          && trestle_practice_shop_get_delivery (version) != NULL)
        g_ptr_array_add (versions, version);
    }
  g_ptr_array_sort (versions, compare_versions);
  return versions;
}

/* What the listing as a whole says of instances: those of any version, the newest one's first. */
static void
put_instances (JsonBuilder *out, GPtrArray *versions)
{
  static const char *const uses[][2] = {
    { "realtime", "RealtimeInference" },
    { "batch", "BatchTransform" },
    { "training", "Training" },
  };

  open_object (out, "instances");
  for (guint use = 0; use < G_N_ELEMENTS (uses); use++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      open_array (out, uses[use][0]);
      for (guint i = 0; i < versions->len; i++)
        {
          JsonObject *delivery = trestle_practice_shop_get_delivery (versions->pdata[i]);
          JsonArray *types = get_array (get_object (delivery, "SupportedInstanceTypes"),
                                        uses[use][1]);

          for (guint j = 0; j < array_length (types); j++)
            if (g_hash_table_add (seen, (gpointer) json_array_get_string_element (types, j)))
              json_builder_add_string_value (out, json_array_get_string_element (types, j));
        }
      close_array (out);
    }
  close_object (out);
}

static JsonObject *
find_public_offer (JsonArray *offers)
{
  for (guint i = 0; i < array_length (offers); i++)
    if (trestle_practice_shop_is_public (json_array_get_object_element (offers, i)))
      return json_array_get_object_element (offers, i);
  return NULL;
}

static JsonNode *
make_listing (TrestlePracticeWorld *world,
              const char *product_id,
              JsonObject *product,
              JsonArray *offers,
              gint64 now)
{
  JsonArray *dimensions = get_array (product, "Dimensions");
  const char *title = get_text (get_object (product, "Description"), "ProductTitle");
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (GPtrArray) versions = sort_versions (product);
  g_autofree char *slug = dup_slug (world, product_id, title);
  gboolean algorithm = FALSE;

  if (versions->len == 0)
    return NULL;
  trestle_practice_shop_get_source (versions->pdata[0], &algorithm);
  json_builder_begin_object (out);
  put_text (out, "product_id", product_id);
  put_text (out, "slug", slug);
  put_text (out, "title", title);
  put_text (out, "seller",
            trestle_practice_catalogue_get_seller (
                world->catalogue, trestle_practice_world_find_role (world, "seller")->number));
  put_text (out, "kind", algorithm ? "algorithm" : "model");
  put_texts (world, out, product);
  put_promotion (world, out, product);
  put_targeting (out, product);
  put_instances (out, versions);
  open_array (out, "versions");
  for (guint i = 0; i < versions->len; i++)
    {
      open_object (out, NULL);
      trestle_practice_shop_put_version (world, out, versions->pdata[i], now);
      close_object (out);
    }
  close_array (out);
  trestle_practice_shop_put_offer (world, out, find_public_offer (offers), dimensions);
  open_array (out, "private_offers");
  for (guint i = 0; i < array_length (offers); i++)
    {
      JsonObject *offer = json_array_get_object_element (offers, i);

      if (!trestle_practice_shop_is_private (offer))
        continue;
      open_object (out, NULL);
      trestle_practice_shop_put_offer (world, out, offer, dimensions);
      close_object (out);
    }
  close_array (out);
  json_builder_end_object (out);
  return json_builder_get_root (out);
}

void
trestle_practice_shop_refresh (TrestlePracticeWorld *world,
                               const char *product_id,
                               JsonObject *product,
                               JsonArray *offers,
                               gint64 now)
{
  JsonObject *description = get_object (product, "Description");
  const char *visibility = get_text (description, "Visibility");
  g_autoptr (JsonNode) listing = NULL;

  if (visibility != NULL && !g_str_equal (visibility, "Draft")
      && get_text (description, "ProductTitle") != NULL && find_public_offer (offers) != NULL)
    listing = make_listing (world, product_id, product, offers, now);
  if (listing != NULL)
    trestle_practice_catalogue_put (world->catalogue, json_node_get_object (listing));
  else
    trestle_practice_catalogue_remove (world->catalogue, product_id);
}
