/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-discovery-service.h"

#include "base/trestle-clock.h"
#include "base/trestle-paths.h"
#include "domain/trestle-facet.h"
#include "domain/trestle-media-item.h"
#include "domain/trestle-resource.h"
#include "domain/trestle-values.h"
#include "domain/trestle-version.h"

#define SERVICE "marketplace-discovery"

static char **
texts_of (TrestleJson at, const char *list, const char *member)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  TrestleJson array = trestle_json_member (at, list);
  guint length = trestle_json_length (array);

  for (guint i = 0; i < length; i++)
    g_strv_builder_add (texts, trestle_json_string (trestle_json_element (array, i), member));
  return g_strv_builder_end (texts);
}

static gboolean
has_text (TrestleJson at, const char *list, const char *member, const char *wanted)
{
  g_auto (GStrv) texts = texts_of (at, list, member);

  return g_strv_contains ((const char *const *) texts, wanted);
}

/* Of several models the one that says most about what has to be paid. */
static TrestlePricingKind
read_pricing (TrestleJson at)
{
  g_auto (GStrv) models = texts_of (at, "pricingModels", "pricingModelType");
  TrestlePricingKind kind = TRESTLE_PRICING_KIND_UNKNOWN;

  for (guint i = 0; models[i] != NULL; i++)
    {
      TrestlePricingKind next = trestle_pricing_kind_from_aws (models[i]);

      if (kind == TRESTLE_PRICING_KIND_UNKNOWN || next == TRESTLE_PRICING_KIND_USAGE)
        kind = next;
    }
  return kind;
}

static GListModel *
read_media (TrestleJson at)
{
  GListStore *media = g_list_store_new (TRESTLE_TYPE_MEDIA_ITEM);
  TrestleJson array = trestle_json_member (at, "promotionalMedia");
  guint length = trestle_json_length (array);

  for (guint i = 0; i < length; i++)
    {
      TrestleJson item = trestle_json_element (array, i);
      TrestleJson image = trestle_json_member (item, "embeddedImage");
      TrestleJson video = trestle_json_member (item, "embeddedVideo");
      gboolean is_video = trestle_json_exists (video);
      TrestleJson it = is_video ? video : image;

      if (trestle_json_exists (it))
        {
          g_autoptr (TrestleMediaItem) made = g_object_new (
              TRESTLE_TYPE_MEDIA_ITEM, "title", trestle_json_string_or (it, "title", NULL),
              "description", trestle_json_string_or (it, "description", NULL), "url",
              trestle_json_string (it, "url"), "preview-url",
              trestle_json_string_or (it, "preview", NULL), "video", is_video, NULL);
          g_list_store_append (media, made);
        }
    }
  return G_LIST_MODEL (media);
}

static GListModel *
read_resources (TrestleJson at)
{
  GListStore *resources = g_list_store_new (TRESTLE_TYPE_RESOURCE);
  TrestleJson array = trestle_json_member (at, "resources");
  guint length = trestle_json_length (array);

  for (guint i = 0; i < length; i++)
    {
      TrestleJson it = trestle_json_element (array, i);
      g_autoptr (TrestleResource) made = g_object_new (
          TRESTLE_TYPE_RESOURCE, "kind", trestle_json_string_or (it, "resourceType", NULL),
          "content-type", trestle_json_string_or (it, "contentType", NULL), "value",
          trestle_json_string (it, "value"), "display-name",
          trestle_json_string_or (it, "displayName", NULL), NULL);
      g_list_store_append (resources, made);
    }
  return G_LIST_MODEL (resources);
}

static double
read_rating (TrestleJson at, int *count, const char **url)
{
  TrestleJson sources = trestle_json_member (trestle_json_member (at, "reviewSummary"),
                                             "reviewSourceSummaries");
  guint length = trestle_json_length (sources);

  *count = 0;
  *url = NULL;
  for (guint i = 0; i < length; i++)
    {
      TrestleJson it = trestle_json_element (sources, i);
      const char *rating = trestle_json_string_or (it, "averageRating", NULL);

      *count = (int) CLAMP (trestle_json_int_or (it, "totalReviews", 0), 0, G_MAXINT);
      *url = trestle_json_string_or (it, "sourceUrl", NULL);
      if (rating != NULL && *count > 0)
        return CLAMP (g_ascii_strtod (rating, NULL), 0, 5);
    }
  return -1;
}

static TrestleProductKind
read_kind (TrestleJson at)
{
  if (has_text (at, "fulfillmentOptionSummaries", "fulfillmentOptionType", "SAGEMAKER_ALGORITHM")
      && !has_text (at, "fulfillmentOptionSummaries", "fulfillmentOptionType", "SAGEMAKER_MODEL"))
    return TRESTLE_PRODUCT_KIND_ALGORITHM;
  return TRESTLE_PRODUCT_KIND_MODEL;
}

/* Reads what summary, listing and product share; @title, @publisher: where each has it. */
static gpointer
make_listing (TrestleJson at,
              const char *id,
              const char *title,
              TrestleJson publisher,
              const char *product_id,
              const char *offer_id,
              gboolean detailed)
{
  g_autofree char *slug = trestle_slug (title);
  g_auto (GStrv) categories = texts_of (at, "categories", "displayName");
  g_auto (GStrv) category_ids = texts_of (at, "categories", "categoryId");
  g_auto (GStrv) highlights = trestle_json_dup_strv (at, "highlights");
  g_autoptr (GListModel) media = read_media (at);
  g_autoptr (GListModel) resources = read_resources (at);
  int count;
  const char *url;
  double rating = read_rating (at, &count, &url);

  return g_object_new (
      TRESTLE_TYPE_LISTING, "id", id, "slug", slug, "title", title, "publisher",
      trestle_json_string (publisher, "displayName"), "publisher-id",
      trestle_json_string_or (publisher, "sellerProfileId", NULL), "kind", read_kind (at),
      "short-description", trestle_json_string_or (at, "shortDescription", NULL),
      "long-description", trestle_json_string_or (at, "longDescription", NULL), "logo-url",
      trestle_json_string_or (at, "logoThumbnailUrl", NULL), "categories", categories,
      "category-ids", category_ids, "highlights", highlights, "rating", rating, "rating-count",
      (gint64) count, "rating-url", url, "pricing", read_pricing (at), "free-trial",
      has_text (at, "badges", "badgeType", "FREE_TRIAL"), "product-id", product_id, "offer-id",
      offer_id, "media", media, "resources", resources, "detailed", detailed, "seen",
      trestle_clock_now (), NULL);
}

static gpointer
make_listed (TrestleJson at, gboolean detailed)
{
  TrestleJson entity = trestle_json_element (trestle_json_member (at, "associatedEntities"), 0);

  return make_listing (
      at, trestle_json_string (at, "listingId"), trestle_json_string (at, "listingName"),
      trestle_json_member (at, "publisher"),
      trestle_json_string_or (trestle_json_member (entity, "product"), "productId", NULL),
      trestle_json_string_or (trestle_json_member (entity, "offer"), "offerId", NULL), detailed);
}

static gpointer
read_summary (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return make_listed (at, FALSE);
}

static gpointer
read_listing (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return make_listed (at, TRUE);
}

static gpointer
read_product (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return make_listing (at, NULL, trestle_json_string (at, "productName"),
                       trestle_json_member (at, "manufacturer"),
                       trestle_json_string (at, "productId"), NULL, FALSE);
}

/* The one filter that selects machine learning (buyers of other products have other tools). */
static JsonObject *
search_input (const char *text)
{
  static const char *const kinds[] = { "SAGEMAKER_MODEL", "SAGEMAKER_ALGORITHM", NULL };
  JsonObject *input = json_object_new ();
  JsonObject *filter = json_object_new ();
  JsonArray *filters = json_array_new ();

  json_object_set_string_member (filter, "filterType", "FULFILLMENT_OPTION_TYPE");
  trestle_input_texts (filter, "filterValues", kinds);
  json_array_add_object_element (filters, filter);
  json_object_set_array_member (input, "filters", filters);
  if (text != NULL && *text != '\0')
    json_object_set_string_member (input, "searchText", text);
  return input;
}

DexFuture *
trestle_discovery_service_search (TrestleAwsClient *client,
                                  const char *text,
                                  TrestleServicePage page,
                                  gpointer data,
                                  GDestroyNotify destroy)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "SearchListings",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "listingSummaries",
    .read = read_summary,
    .page = page,
    .data = data,
    .destroy = destroy,
  };
  JsonObject *input = search_input (text);

  json_object_set_int_member (input, "maxResults", 100);
  return trestle_service_collect (client, &list, input);
}

static gpointer
read_facets (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  GListStore *facets = g_list_store_new (TRESTLE_TYPE_FACET);
  TrestleJson groups = trestle_json_member (at, "listingFacets");
  g_autoptr (GList) names = trestle_json_names (groups);

  for (GList *l = names; l != NULL; l = l->next)
    {
      TrestleJson array = trestle_json_member (groups, l->data);
      guint length = trestle_json_length (array);

      for (guint i = 0; i < length; i++)
        {
          TrestleJson it = trestle_json_element (array, i);
          g_autoptr (TrestleFacet) made = g_object_new (
              TRESTLE_TYPE_FACET, "group", l->data, "value", trestle_json_string (it, "value"),
              "label", trestle_json_string (it, "displayName"), "parent",
              trestle_json_string_or (it, "parent", NULL), "count",
              trestle_json_int_or (it, "count", 0), NULL);
          g_list_store_append (facets, made);
        }
    }
  return facets;
}

DexFuture *
trestle_discovery_service_facets (TrestleAwsClient *client, const char *text)
{
  return trestle_service_call (client, SERVICE, "SearchFacets", search_input (text), read_facets,
                               NULL, NULL);
}

DexFuture *
trestle_discovery_service_get_listing (TrestleAwsClient *client, const char *listing_id)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "listingId", listing_id);
  return trestle_service_call (client, SERVICE, "GetListing", input, read_listing, NULL, NULL);
}

DexFuture *
trestle_discovery_service_get_product (TrestleAwsClient *client, const char *product_id)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "productId", product_id);
  return trestle_service_call (client, SERVICE, "GetProduct", input, read_product, NULL, NULL);
}

static gpointer
read_version (TrestleJson at, TrestleAwsReply *reply, gpointer product_id)
{
  TrestleJson model = trestle_json_member (at, "sageMakerModelFulfillmentOption");
  TrestleJson algorithm = trestle_json_member (at, "sageMakerAlgorithmFulfillmentOption");
  TrestleProductKind kind = TRESTLE_PRODUCT_KIND_MODEL;
  TrestleJson it = model, recommended;
  g_auto (GStrv) inputs = NULL, outputs = NULL;

  if (trestle_json_exists (algorithm))
    {
      it = algorithm;
      kind = TRESTLE_PRODUCT_KIND_ALGORITHM;
    }
  else if (!trestle_json_exists (model))
    return NULL; /* a product may also be had as a container or an API */

  recommended = trestle_json_member (it, "recommendation");
  inputs = trestle_json_dup_strv (it, "supportedContentTypes");
  outputs = trestle_json_dup_strv (it, "supportedResponseMimeTypes");
  return g_object_new (
      TRESTLE_TYPE_VERSION, "id", trestle_json_string (it, "fulfillmentOptionId"), "product-id",
      product_id, "title", trestle_json_string_or (it, "fulfillmentOptionVersion", NULL),
      "display-name", trestle_json_string_or (it, "fulfillmentOptionDisplayName", NULL), "kind",
      kind, "release-notes", trestle_json_string_or (it, "releaseNotes", NULL),
      "usage-instructions", trestle_json_string_or (it, "usageInstructions", NULL),
      "recommended-realtime",
      trestle_json_string_or (recommended, "recommendedRealtimeInferenceInstanceType", NULL),
      "recommended-batch",
      trestle_json_string_or (recommended, "recommendedBatchTransformInstanceType", NULL),
      "recommended-training",
      trestle_json_string_or (recommended, "recommendedTrainingInstanceType", NULL),
      "content-types", inputs, "response-types", outputs, NULL);
}

DexFuture *
trestle_discovery_service_versions (TrestleAwsClient *client, const char *product_id)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListFulfillmentOptions",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "fulfillmentOptions",
    .read = read_version,
    .data = g_strdup (product_id),
    .destroy = g_free,
  };
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "productId", product_id);
  json_object_set_int_member (input, "maxResults", 50);
  return trestle_service_collect (client, &list, input);
}
