/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-discovery.h"

#include "practice/trestle-practice-resources.h"
#include "practice/trestle-practice-terms.h"
#include "practice/trestle-practice-view.h"

gboolean
trestle_practice_bad_token (TrestlePracticeContext *ctx)
{
  trestle_practice_invalid (ctx, "The pagination token is not valid for this request and Region.");
  trestle_practice_fail_text (ctx, "reason", "INVALID_PAGINATION_TOKEN");
  return FALSE;
}

void
trestle_practice_put_profile (JsonBuilder *out, const char *name, JsonObject *seller)
{
  open_object (out, name);
  put_text (out, "sellerProfileId", get_text (seller, "id"));
  put_text (out, "displayName", get_text (seller, "name"));
  close_object (out);
}

void
trestle_practice_put_product (JsonBuilder *out, const TrestlePracticeListing *listing)
{
  open_object (out, "product");
  put_text (out, "productId", listing->product_id);
  put_text (out, "productName", listing->title);
  trestle_practice_put_profile (out, "manufacturer", listing->seller);
  close_object (out);
}

/* Objects of an enum and its name, the form of most of Discovery's lists. */
static void
put_values (TrestlePracticeContext *ctx,
            JsonBuilder *out,
            const TrestlePracticeListing *listing,
            const char *name,
            const char *type,
            const char *member)
{
  g_autoptr (GArray) values = trestle_practice_search_values (ctx->world->catalogue, listing, type);

  open_array (out, name);
  for (guint i = 0; i < values->len; i++)
    {
      TrestlePracticeValue *value = &g_array_index (values, TrestlePracticeValue, i);

      open_object (out, NULL);
      put_text (out, member, value->value);
      put_text (out, "displayName", value->name);
      close_object (out);
    }
  close_array (out);
}

static void
put_categories (TrestlePracticeContext *ctx,
                JsonBuilder *out,
                const TrestlePracticeListing *listing)
{
  JsonArray *ids = get_array (listing->object, "categories");

  open_array (out, "categories");
  for (guint i = 0; i < array_length (ids); i++)
    {
      const char *id = json_array_get_string_element (ids, i);
      JsonObject *category = trestle_practice_catalogue_get_category (ctx->world->catalogue, id);

      if (category == NULL)
        continue;
      open_object (out, NULL);
      put_text (out, "categoryId", id);
      put_text (out, "displayName", get_text (category, "name"));
      close_object (out);
    }
  close_array (out);
}

static void
put_badges (JsonBuilder *out, const TrestlePracticeListing *listing)
{
  open_array (out, "badges");
  if (json_object_get_int_member_with_default (listing->object, "free_trial", 0) > 0)
    {
      open_object (out, NULL);
      put_text (out, "displayName", "Free Trial");
      put_text (out, "badgeType", "FREE_TRIAL");
      close_object (out);
    }
  open_object (out, NULL);
  put_text (out, "displayName", "Deployed on AWS");
  put_text (out, "badgeType", "DEPLOYED_ON_AWS");
  close_object (out);
  close_array (out);
}

static void
put_reviews (JsonBuilder *out, const TrestlePracticeListing *listing)
{
  JsonObject *rating = get_object (listing->object, "rating");

  open_object (out, "reviewSummary");
  open_array (out, "reviewSourceSummaries");
  if (rating != NULL)
    {
      open_object (out, NULL);
      put_text (out, "sourceName", "AWS Marketplace");
      put_text (out, "sourceId", "AWS_MARKETPLACE");
      put_text (out, "sourceUrl", get_text (rating, "url"));
      put_text (out, "averageRating", get_text (rating, "average"));
      put_int (out, "totalReviews", json_object_get_int_member_with_default (rating, "count", 0));
      close_object (out);
    }
  close_array (out);
  close_object (out);
}

void
trestle_practice_put_summary (TrestlePracticeContext *ctx,
                              JsonBuilder *out,
                              const TrestlePracticeListing *listing,
                              gboolean product)
{
  g_autofree char *logo = trestle_practice_view_dup_logo (ctx->world, listing);

  put_text (out, "catalog", "AWSMarketplace");
  put_text (out, "shortDescription", get_text (listing->object, "short"));
  put_text (out, "logoThumbnailUrl", logo);
  put_categories (ctx, out, listing);
  put_values (ctx, out, listing, "fulfillmentOptionSummaries", "FULFILLMENT_OPTION_TYPE",
              "fulfillmentOptionType");
  if (product)
    return;
  put_text (out, "listingId", listing->listing_id);
  put_text (out, "listingName", listing->title);
  trestle_practice_put_profile (out, "publisher", listing->seller);
  put_badges (out, listing);
  put_reviews (out, listing);
  put_values (ctx, out, listing, "pricingModels", "PRICING_MODEL", "pricingModelType");
  put_values (ctx, out, listing, "pricingUnits", "PRICING_UNIT", "pricingUnitType");
}

static gboolean
search_listings (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_autofree char *scope = trestle_practice_scope ("SearchListings", in);
  g_autoptr (GPtrArray) found = NULL;
  gint64 max = trestle_json_int_or (in, "maxResults", 20);
  gint64 offset, end;

  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), scope,
                                   &offset))
    return trestle_practice_bad_token (ctx);
  found = trestle_practice_search (ctx, in, NULL);
  if (found == NULL)
    return FALSE;
  end = MIN (offset + max, (gint64) found->len);
  put_int (out, "totalResults", found->len);
  open_array (out, "listingSummaries");
  for (gint64 i = offset; i < end; i++)
    {
      open_object (out, NULL);
      trestle_practice_put_summary (ctx, out, found->pdata[i], FALSE);
      open_array (out, "associatedEntities");
      open_object (out, NULL);
      trestle_practice_put_product (out, found->pdata[i]);
      close_object (out);
      close_array (out);
      close_object (out);
    }
  close_array (out);
  if (end < (gint64) found->len)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, end);

      put_text (out, "nextToken", token);
    }
  return TRUE;
}

static void
put_facet (TrestlePracticeContext *ctx, JsonBuilder *out, GPtrArray *found, const char *type)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeValue));

  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (GArray)
          values = trestle_practice_search_values (ctx->world->catalogue, found->pdata[i], type);

      for (guint j = 0; j < values->len; j++)
        {
          TrestlePracticeValue *value = &g_array_index (values, TrestlePracticeValue, j);
          guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, value->value));

          if (count == 0)
            g_array_append_val (all, *value);
          g_hash_table_insert (counts, (gpointer) value->value, GUINT_TO_POINTER (count + 1));
        }
    }
  open_array (out, type);
  for (guint i = 0; i < MIN (all->len, 100); i++)
    {
      TrestlePracticeValue *value = &g_array_index (all, TrestlePracticeValue, i);

      open_object (out, NULL);
      put_text (out, "value", value->value);
      put_text (out, "displayName", value->name);
      put_text (out, "parent", value->parent);
      put_int (out, "count", GPOINTER_TO_UINT (g_hash_table_lookup (counts, value->value)));
      close_object (out);
    }
  close_array (out);
}

static gboolean
search_facets (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  static const char *const all[] = {
    "AVERAGE_CUSTOMER_RATING", "CATEGORY",           "PUBLISHER",
    "FULFILLMENT_OPTION_TYPE", "PRICING_MODEL",      "PRICING_UNIT",
    "DEPLOYED_ON_AWS",         "NUMBER_OF_PRODUCTS", NULL,
  };
  g_auto (GStrv) wanted = trestle_json_dup_strv (in, "facetTypes");
  g_autoptr (GPtrArray) found = trestle_practice_search (ctx, in, NULL);
  gint64 offset;

  if (found == NULL)
    return FALSE;
  /* There is never a second page, so no token of ours can come back. */
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), "none",
                                   &offset))
    return trestle_practice_bad_token (ctx);
  put_int (out, "totalResults", found->len);
  open_object (out, "listingFacets");
  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) others = NULL;

      if (wanted[0] != NULL && !g_strv_contains ((const char *const *) wanted, all[i]))
        continue;
      /* A facet counts what choosing another of its values would bring. */
      others = trestle_practice_search (ctx, in, all[i]);
      put_facet (ctx, out, others, all[i]);
    }
  close_object (out);
  return TRUE;
}

/* Sellers give an address only; the pictures of a video are the listing's. */
static void
put_videos (TrestlePracticeContext *ctx, JsonBuilder *out, const TrestlePracticeListing *listing)
{
  JsonArray *videos = get_array (listing->object, "videos");
  g_autofree char *logo = trestle_practice_view_dup_logo (ctx->world, listing);

  for (guint i = 0; i < array_length (videos); i++)
    {
      JsonObject *video = json_array_get_object_element (videos, i);
      const char *title = get_text (video, "Title");

      if (get_text (video, "Url") == NULL)
        continue;
      open_object (out, NULL);
      open_object (out, "embeddedVideo");
      put_text (out, "title", title != NULL ? title : listing->title);
      put_text (out, "url", get_text (video, "Url"));
      put_text (out, "preview", logo);
      put_text (out, "thumbnail", logo);
      close_object (out);
      close_object (out);
    }
}

static void
put_media (TrestlePracticeContext *ctx, JsonBuilder *out, const TrestlePracticeListing *listing)
{
  static const char *const endings[] = { "png", "jpg" };
  g_autofree char *description = g_utf8_substring (
      get_text (listing->object, "short"), 0,
      MIN (g_utf8_strlen (get_text (listing->object, "short"), -1), 255));

  open_array (out, "promotionalMedia");
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strdup_printf ("pictures/cover/%s.%s", listing->slug, endings[i]);
      g_autofree char *url = g_strdup_printf ("%s/%s", ctx->world->base, path);
      g_autoptr (GBytes) bytes = trestle_practice_resources_lookup (path, NULL);

      if (bytes == NULL)
        continue;
      open_object (out, NULL);
      open_object (out, "embeddedImage");
      put_text (out, "title", listing->title);
      put_text (out, "url", url);
      put_text (out, "description", description);
      close_object (out);
      close_object (out);
    }
  put_videos (ctx, out, listing);
  close_array (out);
}

static void
put_resource (JsonBuilder *out,
              const char *kind,
              const char *content,
              const char *value,
              const char *name)
{
  if (value == NULL)
    return;
  open_object (out, NULL);
  put_text (out, "resourceType", kind);
  put_text (out, "contentType", content);
  put_text (out, "value", value);
  put_text (out, "displayName", name);
  close_object (out);
}

static void
put_resources (TrestlePracticeContext *ctx, JsonBuilder *out, const TrestlePracticeListing *listing)
{
  JsonObject *support = get_object (listing->object, "support");
  JsonArray *links = get_array (listing->object, "resources");
  JsonArray *samples = listing->versions->len > 0
                           ? trestle_practice_version_get_samples (listing->versions->pdata[0])
                           : NULL;

  open_array (out, "resources");
  if (support != NULL)
    {
      put_resource (out, "MANUFACTURER_SUPPORT", "OTHER", get_text (support, "description"), NULL);
      put_resource (out, "MANUFACTURER_SUPPORT", "EMAIL", get_text (support, "email"), NULL);
      put_resource (out, "MANUFACTURER_SUPPORT", "LINK", get_text (support, "url"), "Support");
    }
  for (guint i = 0; i < array_length (links); i++)
    {
      JsonObject *link = json_array_get_object_element (links, i);

      put_resource (out, "MANUFACTURER_INSTRUCTIONS", "LINK", get_text (link, "url"),
                    get_text (link, "text"));
    }
  for (guint i = 0; i < array_length (samples); i++)
    {
      JsonObject *sample = json_array_get_object_element (samples, i);
      g_autofree char *url = trestle_practice_view_dup_sample (ctx->world, listing, sample);
      g_autofree char *name = g_strdup_printf ("Sample input: %s", get_text (sample, "title"));

      put_resource (out, "MANUFACTURER_INSTRUCTIONS", "LINK", url, name);
    }
  close_array (out);
}

static void
put_details (TrestlePracticeContext *ctx, JsonBuilder *out, const TrestlePracticeListing *listing)
{
  put_text (out, "longDescription", get_text (listing->object, "long"));
  put_node (out, "highlights", json_object_get_member (listing->object, "highlights"));
  put_media (ctx, out, listing);
  put_resources (ctx, out, listing);
  open_array (out, "sellerEngagements");
  close_array (out);
}

static gboolean
get_listing (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *id = trestle_json_string (in, "listingId");
  const TrestlePracticeListing *listing = trestle_practice_view_find_listing (ctx, id);
  const TrestlePracticeOffer *offer;

  if (listing == NULL)
    return trestle_practice_fail (ctx, "ResourceNotFoundException", 404,
                                  "Listing %s was not found.", id);
  trestle_practice_put_summary (ctx, out, listing, FALSE);
  put_details (ctx, out, listing);
  open_array (out, "useCases");
  close_array (out);
  offer = trestle_practice_listing_get_public (listing);
  open_array (out, "associatedEntities");
  open_object (out, NULL);
  trestle_practice_put_product (out, listing);
  open_object (out, "offer");
  put_text (out, "offerId", offer->id);
  trestle_practice_put_profile (out, "sellerOfRecord", listing->seller);
  close_object (out);
  close_object (out);
  close_array (out);
  return TRUE;
}

static gboolean
get_product (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *id = trestle_json_string (in, "productId");
  const TrestlePracticeListing *listing = trestle_practice_view_find_product (ctx, id);

  if (listing == NULL)
    return trestle_practice_fail (ctx, "ResourceNotFoundException", 404,
                                  "Product %s was not found.", id);
  put_text (out, "productId", listing->product_id);
  put_text (out, "productName", listing->title);
  trestle_practice_put_profile (out, "manufacturer", listing->seller);
  put_text (out, "deployedOnAws", "DEPLOYED");
  trestle_practice_put_summary (ctx, out, listing, TRUE);
  put_details (ctx, out, listing);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_discovery_routes[] = {
  { "marketplace-discovery", "SearchListings", search_listings },
  { "marketplace-discovery", "SearchFacets", search_facets },
  { "marketplace-discovery", "GetListing", get_listing },
  { "marketplace-discovery", "GetProduct", get_product },
  { "marketplace-discovery", "ListFulfillmentOptions", trestle_practice_list_fulfillment_options },
  { "marketplace-discovery", "ListPurchaseOptions", trestle_practice_list_purchase_options },
  { "marketplace-discovery", "GetOffer", trestle_practice_get_offer },
  { "marketplace-discovery", "GetOfferTerms", trestle_practice_get_offer_terms },
  { NULL },
};
