/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-offer-service.h"

#include "base/trestle-clock.h"
#include "domain/trestle-dimensions.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-term.h"
#include "domain/trestle-values.h"
#include "services/trestle-service.h"

#define SERVICE "marketplace-discovery"

static gboolean
has_badge (TrestleJson at, const char *badge)
{
  TrestleJson badges = trestle_json_member (at, "badges");
  guint length = trestle_json_length (badges);

  for (guint i = 0; i < length; i++)
    if (g_str_equal (badge,
                     trestle_json_string_or (trestle_json_element (badges, i), "badgeType", "")))
      return TRUE;
  return FALSE;
}

static gpointer
read_option (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  const char *kind = trestle_json_string (at, "purchaseOptionType");
  TrestleJson entity = trestle_json_element (trestle_json_member (at, "associatedEntities"), 0);
  TrestleJson offer = trestle_json_member (entity, "offer");
  const char *id = trestle_json_string_or (offer, "offerId", NULL);

  if (!g_str_equal (kind, "OFFER"))
    return NULL; /* a set of offers is bought in the browser */
  return g_object_new (
      TRESTLE_TYPE_OFFER, "id", id ? id : trestle_json_string (at, "purchaseOptionId"), "name",
      trestle_json_string_or (at, "purchaseOptionName", NULL), "product-id",
      trestle_json_string_or (trestle_json_member (entity, "product"), "productId", NULL),
      "private", has_badge (at, "PRIVATE_PRICING"), "replacement",
      has_badge (at, "REPLACEMENT_OFFER"), "available-from",
      trestle_json_time_or (at, "availableFromTime", 0), "expires",
      trestle_json_time_or (at, "expirationTime", 0), "seller",
      trestle_json_string_or (trestle_json_member (at, "sellerOfRecord"), "displayName", NULL),
      NULL);
}

DexFuture *
trestle_offer_service_list (TrestleAwsClient *client, const char *product_id)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListPurchaseOptions",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "purchaseOptions",
    .read = read_option,
  };
  const char *const values[] = { product_id, NULL };
  JsonObject *input = json_object_new ();
  JsonObject *filter = json_object_new ();
  JsonArray *filters = json_array_new ();

  json_object_set_string_member (filter, "filterType", "PRODUCT_ID");
  trestle_input_texts (filter, "filterValues", values);
  json_array_add_object_element (filters, filter);
  json_object_set_array_member (input, "filters", filters);
  json_object_set_int_member (input, "maxResults", 100);
  return trestle_service_collect (client, &list, input);
}

static gpointer
read_offer (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  TrestleJson entity = trestle_json_element (trestle_json_member (at, "associatedEntities"), 0);
  TrestleJson pricing = trestle_json_member (at, "pricingModel");

  return g_object_new (
      TRESTLE_TYPE_OFFER, "id", trestle_json_string (at, "offerId"), "name",
      trestle_json_string_or (at, "offerName", NULL), "product-id",
      trestle_json_string_or (trestle_json_member (entity, "product"), "productId", NULL),
      "proposal-id", trestle_json_string (at, "agreementProposalId"), "pricing",
      trestle_pricing_kind_from_aws (trestle_json_string_or (pricing, "pricingModelType", NULL)),
      "private", has_badge (at, "PRIVATE_PRICING"), "replacement",
      has_badge (at, "REPLACEMENT_OFFER")
          || trestle_json_string_or (at, "replacementAgreementId", NULL) != NULL,
      "available-from", trestle_json_time_or (at, "availableFromTime", 0), "expires",
      trestle_json_time_or (at, "expirationTime", 0), "seller",
      trestle_json_string_or (trestle_json_member (at, "sellerOfRecord"), "displayName", NULL),
      NULL);
}

DexFuture *
trestle_offer_service_get (TrestleAwsClient *client, const char *offer_id)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "offerId", offer_id);
  return trestle_service_call (client, SERVICE, "GetOffer", input, read_offer, NULL, NULL);
}

TrestleOffer *
trestle_offer_service_with_terms (TrestleOffer *offer, GListModel *terms)
{
  return g_object_new (
      TRESTLE_TYPE_OFFER, "id", trestle_offer_get_id (offer), "name",
      trestle_offer_get_name (offer), "product-id", trestle_offer_get_product_id (offer),
      "proposal-id", trestle_offer_get_proposal_id (offer), "pricing",
      trestle_offer_get_pricing (offer), "private", trestle_offer_get_private (offer),
      "replacement", trestle_offer_get_replacement (offer), "available-from",
      trestle_offer_get_available_from (offer), "expires", trestle_offer_get_expires (offer),
      "seller", trestle_offer_get_seller (offer), "terms", terms, NULL);
}

/* @name: "rateCard", whose items have a price, or "grants", whose items are paid for already. */
static void
read_rates (TrestleJson at, const char *name, const char *currency, GListStore *rates)
{
  gboolean paid = g_str_equal (name, "grants");
  TrestleJson list = trestle_json_member (at, name);
  guint length = trestle_json_length (list);

  for (guint i = 0; i < length; i++)
    {
      TrestleJson it = trestle_json_element (list, i);
      const char *dimension = trestle_json_string (it, "dimensionKey");
      g_autoptr (TrestleMoney) price = NULL;
      g_autofree char *instance = NULL;
      TrestleUsageMode mode = trestle_dimension_parse (dimension, &instance);
      g_autoptr (TrestleRate) made = NULL;

      price = paid ? trestle_money_zero (currency) : trestle_json_money (it, "price", currency);
      made = g_object_new (TRESTLE_TYPE_RATE, "dimension", dimension, "display-name",
                           trestle_json_string_or (it, "displayName", NULL), "unit",
                           trestle_json_string_or (it, "unit", NULL), "price", price, "mode", mode,
                           "instance-type", instance, NULL);
      g_list_store_append (rates, made);
    }
}

static void
read_documents (TrestleJson it, char ***types, char ***urls)
{
  g_autoptr (GStrvBuilder) type = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) url = g_strv_builder_new ();
  TrestleJson documents = trestle_json_member (it, "documents");
  guint length = trestle_json_length (documents);

  for (guint i = 0; i < length; i++)
    {
      TrestleJson at = trestle_json_element (documents, i);

      g_strv_builder_add (type, trestle_json_string_or (at, "type", ""));
      g_strv_builder_add (url, trestle_json_string_or (at, "url", ""));
    }
  *types = g_strv_builder_end (type);
  *urls = g_strv_builder_end (url);
}

gpointer
trestle_offer_service_read_term (TrestleJson at)
{
  const char *key = trestle_json_only_member (at);
  TrestleJson it = trestle_json_member (at, key ? key : "");
  const char *aws_type = trestle_json_string (it, "type");
  const char *currency = trestle_json_string_or (it, "currencyCode", NULL);
  const char *duration = trestle_json_string_or (it, "duration", NULL);
  TrestleTermKind kind = trestle_term_kind_from_aws (aws_type);
  g_autoptr (GListStore) rates = g_list_store_new (TRESTLE_TYPE_RATE);
  g_auto (GStrv) types = NULL, urls = NULL;
  TrestleJson cards = trestle_json_member (it, "rateCards");
  guint n_cards = trestle_json_length (cards), days = 0;

  for (guint i = 0; i < n_cards; i++)
    read_rates (trestle_json_element (cards, i), "rateCard", currency ? currency : "USD", rates);
  read_rates (it, "grants", currency ? currency : "USD", rates);
  read_documents (it, &types, &urls);
  if (kind == TRESTLE_TERM_KIND_TRIAL)
    trestle_clock_parse_days (duration, &days);
  return g_object_new (TRESTLE_TYPE_TERM, "id", trestle_json_string_or (it, "id", NULL), "kind",
                       kind, "aws-type", aws_type, "currency", currency, "rates", rates, "duration",
                       duration, "trial-days", (gint64) days, "price",
                       trestle_json_string_or (it, "price", NULL), "refund-policy",
                       trestle_json_string_or (it, "refundPolicy", NULL), "document-types", types,
                       "document-urls", urls, NULL);
}

static gpointer
read_term (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return trestle_offer_service_read_term (at);
}

DexFuture *
trestle_offer_service_terms (TrestleAwsClient *client, const char *offer_id)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "GetOfferTerms",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "offerTerms",
    .read = read_term,
  };
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "offerId", offer_id);
  json_object_set_int_member (input, "maxResults", 25);
  return trestle_service_collect (client, &list, input);
}
