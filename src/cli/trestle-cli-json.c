/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include "cli/trestle-cli-print.h"
#include "domain/trestle-charge.h"
#include "domain/trestle-log-event.h"
#include "domain/trestle-price-row.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-term.h"
#include "domain/trestle-variant.h"

static const char *
nick (GType type, int value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (klass, value);

  return found ? found->value_nick : "";
}

static void
set_list (JsonObject *object, const char *name, GListModel *model, JsonNode *(*make) (gpointer))
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      json_array_add_element (array, make (item));
    }
  json_object_set_array_member (object, name, array);
}

JsonNode *
trestle_cli_json_identity (gpointer item)
{
  TrestleIdentity *identity = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "UserId", trestle_identity_get_user_id (identity));
  trestle_cli_set_string (o, "Account", trestle_identity_get_account (identity));
  trestle_cli_set_string (o, "Arn", trestle_identity_get_arn (identity));
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_account (gpointer item)
{
  TrestleAccount *account = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "id", trestle_account_get_id (account));
  trestle_cli_set_string (o, "kind",
                          nick (TRESTLE_TYPE_ACCOUNT_KIND, trestle_account_get_kind (account)));
  trestle_cli_set_string (o, "name", trestle_account_get_name (account));
  trestle_cli_set_string (o, "account", trestle_account_get_number (account));
  trestle_cli_set_string (o, "access_key_id", trestle_account_get_access_key_id (account));
  trestle_cli_set_string (o, "region", trestle_account_get_region (account));
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_listing (gpointer item)
{
  TrestleListing *l = item;
  JsonObject *o = json_object_new (), *publisher = json_object_new ();

  trestle_cli_set_string (o, "listingId", trestle_listing_get_id (l));
  trestle_cli_set_string (o, "listingName", trestle_listing_get_title (l));
  trestle_cli_set_string (o, "slug", trestle_listing_get_slug (l));
  trestle_cli_set_string (o, "productId", trestle_listing_get_product_id (l));
  trestle_cli_set_string (publisher, "sellerProfileId", trestle_listing_get_publisher_id (l));
  trestle_cli_set_string (publisher, "displayName", trestle_listing_get_publisher (l));
  json_object_set_object_member (o, "publisher", publisher);
  trestle_cli_set_string (o, "type",
                          nick (TRESTLE_TYPE_PRODUCT_KIND, trestle_listing_get_kind (l)));
  trestle_cli_set_string (o, "shortDescription", trestle_listing_get_short_description (l));
  trestle_cli_set_string (o, "longDescription", trestle_listing_get_long_description (l));
  trestle_cli_set_strv (o, "highlights", trestle_listing_get_highlights (l));
  trestle_cli_set_strv (o, "categories", trestle_listing_get_categories (l));
  trestle_cli_set_string (o, "pricing",
                          nick (TRESTLE_TYPE_PRICING_KIND, trestle_listing_get_pricing (l)));
  trestle_cli_set_string (o, "price_hint", trestle_listing_get_price_hint (l));
  json_object_set_boolean_member (o, "free_trial", trestle_listing_get_free_trial (l));
  json_object_set_boolean_member (o, "subscribed", trestle_listing_get_subscribed (l));
  if (trestle_listing_get_rating (l) >= 0)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      trestle_cli_set_string (
          o, "averageRating",
          g_ascii_formatd (text, sizeof text, "%.1f", trestle_listing_get_rating (l)));
      json_object_set_int_member (o, "totalReviews", trestle_listing_get_rating_count (l));
    }
  trestle_cli_set_string (o, "offerId", trestle_listing_get_offer_id (l));
  return trestle_cli_take_object (o);
}

static JsonNode *
json_rate (gpointer item)
{
  TrestleRate *rate = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "dimensionKey", trestle_rate_get_dimension (rate));
  trestle_cli_set_string (o, "displayName", trestle_rate_get_display_name (rate));
  trestle_cli_set_string (o, "unit", trestle_rate_get_unit (rate));
  trestle_cli_set_money (o, "price", trestle_rate_get_price (rate));
  return trestle_cli_take_object (o);
}

static JsonNode *
json_term (gpointer item)
{
  TrestleTerm *term = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "id", trestle_term_get_id (term));
  trestle_cli_set_string (o, "type", trestle_term_get_aws_type (term));
  trestle_cli_set_string (o, "currencyCode", trestle_term_get_currency (term));
  if (g_list_model_get_n_items (trestle_term_get_rates (term)) > 0)
    set_list (o, "rateCard", trestle_term_get_rates (term), json_rate);
  trestle_cli_set_string (o, "duration", trestle_term_get_duration (term));
  trestle_cli_set_string (o, "price", trestle_term_get_price (term));
  trestle_cli_set_string (o, "refundPolicy", trestle_term_get_refund_policy (term));
  if (trestle_term_get_document_urls (term) != NULL && trestle_term_get_document_urls (term)[0])
    trestle_cli_set_strv (o, "documents", trestle_term_get_document_urls (term));
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_offer (gpointer item)
{
  TrestleOffer *offer = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "offerId", trestle_offer_get_id (offer));
  trestle_cli_set_string (o, "offerName", trestle_offer_get_name (offer));
  trestle_cli_set_string (o, "agreementProposalId", trestle_offer_get_proposal_id (offer));
  trestle_cli_set_string (o, "pricing",
                          nick (TRESTLE_TYPE_PRICING_KIND, trestle_offer_get_pricing (offer)));
  json_object_set_boolean_member (o, "private", trestle_offer_get_private (offer));
  trestle_cli_set_time (o, "availableFromTime", trestle_offer_get_available_from (offer));
  trestle_cli_set_time (o, "expirationTime", trestle_offer_get_expires (offer));
  trestle_cli_set_string (o, "sellerOfRecord", trestle_offer_get_seller (offer));
  set_list (o, "offerTerms", trestle_offer_get_terms (offer), json_term);
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_version (gpointer item)
{
  TrestleVersion *version = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "fulfillmentOptionId", trestle_version_get_id (version));
  trestle_cli_set_string (o, "fulfillmentOptionVersion", trestle_version_get_title (version));
  trestle_cli_set_string (o, "fulfillmentOptionDisplayName",
                          trestle_version_get_display_name (version));
  trestle_cli_set_string (o, "releaseNotes", trestle_version_get_release_notes (version));
  trestle_cli_set_string (o, "usageInstructions", trestle_version_get_usage_instructions (version));
  trestle_cli_set_string (o, "recommendedRealtimeInferenceInstanceType",
                          trestle_version_get_recommended_realtime (version));
  trestle_cli_set_string (o, "recommendedBatchTransformInstanceType",
                          trestle_version_get_recommended_batch (version));
  trestle_cli_set_string (o, "recommendedTrainingInstanceType",
                          trestle_version_get_recommended_training (version));
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_price_row (gpointer item)
{
  TrestlePriceRow *row = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "instance_type", trestle_price_row_get_instance_type (row));
  trestle_cli_set_money (o, "software_hourly", trestle_price_row_get_software (row));
  trestle_cli_set_money (o, "infrastructure_hourly", trestle_price_row_get_infrastructure (row));
  trestle_cli_set_money (o, "total_hourly", trestle_price_row_get_total (row));
  json_object_set_boolean_member (o, "recommended", trestle_price_row_get_recommended (row));
  if (trestle_price_row_get_quota (row) >= 0)
    json_object_set_int_member (o, "quota", trestle_price_row_get_quota (row));
  return trestle_cli_take_object (o);
}

static JsonNode *
json_charge (gpointer item)
{
  TrestleCharge *charge = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "id", trestle_charge_get_id (charge));
  trestle_cli_set_money (o, "amount", trestle_charge_get_amount (charge));
  trestle_cli_set_string (o, "timing", trestle_charge_get_timing (charge));
  trestle_cli_set_time (o, "time", trestle_charge_get_when (charge));
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_quote (gpointer item)
{
  TrestleQuote *quote = item;
  const TrestleMoney *total = trestle_quote_get_total (quote);
  JsonObject *o = json_object_new (), *summary = json_object_new ();

  trestle_cli_set_string (o, "agreementRequestId", trestle_quote_get_request_id (quote));
  trestle_cli_set_string (o, "offerId", trestle_offer_get_id (trestle_quote_get_offer (quote)));
  json_object_set_boolean_member (o, "free_trial", trestle_quote_get_trial (quote));
  trestle_cli_set_string (summary, "currencyCode",
                          total ? trestle_money_get_currency (total) : NULL);
  trestle_cli_set_money (summary, "newAgreementValue", total);
  set_list (summary, "expectedCharges", trestle_quote_get_charges (quote), json_charge);
  json_object_set_object_member (o, "chargeSummary", summary);
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_subscription (gpointer item)
{
  TrestleSubscription *s = item;
  TrestleAgreement *agreement = trestle_subscription_get_agreement (s);
  TrestleListing *listing = trestle_subscription_get_listing (s);
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "agreementId", trestle_agreement_get_id (agreement));
  trestle_cli_set_string (o, "status", trestle_agreement_get_status (agreement));
  trestle_cli_set_string (o, "productId", trestle_agreement_get_product_id (agreement));
  trestle_cli_set_string (o, "offerId", trestle_agreement_get_offer_id (agreement));
  trestle_cli_set_time (o, "acceptanceTime", trestle_agreement_get_accepted (agreement));
  trestle_cli_set_time (o, "endTime", trestle_agreement_get_end (agreement));
  trestle_cli_set_string (o, "entitlement_status",
                          trestle_agreement_get_entitlement_status (agreement));
  if (listing != NULL)
    {
      trestle_cli_set_string (o, "listingId", trestle_listing_get_id (listing));
      trestle_cli_set_string (o, "listingName", trestle_listing_get_title (listing));
      trestle_cli_set_string (o, "slug", trestle_listing_get_slug (listing));
    }
  trestle_cli_set_string (o, "arn", trestle_subscription_get_package_arn (s));
  trestle_cli_set_string (o, "version", trestle_subscription_get_version (s));
  if (trestle_subscription_get_trial_days_left (s) >= 0)
    json_object_set_int_member (o, "trial_days_left", trestle_subscription_get_trial_days_left (s));
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_package (gpointer item)
{
  TrestlePackage *package = item;
  JsonObject *o = json_object_new ();
  gboolean model = trestle_package_get_kind (package) == TRESTLE_PRODUCT_KIND_MODEL;

  trestle_cli_set_string (o, model ? "ModelPackageArn" : "AlgorithmArn",
                          trestle_package_get_arn (package));
  trestle_cli_set_string (o, model ? "ModelPackageStatus" : "AlgorithmStatus",
                          trestle_package_get_status (package));
  trestle_cli_set_strv (o, "SupportedRealtimeInferenceInstanceTypes",
                        trestle_package_get_realtime_types (package));
  trestle_cli_set_strv (o, "SupportedTransformInstanceTypes",
                        trestle_package_get_transform_types (package));
  trestle_cli_set_strv (o, "SupportedContentTypes", trestle_package_get_content_types (package));
  trestle_cli_set_strv (o, "SupportedResponseMIMETypes",
                        trestle_package_get_response_types (package));
  return trestle_cli_take_object (o);
}

static JsonNode *
json_variant (gpointer item)
{
  TrestleVariant *variant = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "VariantName", trestle_variant_get_name (variant));
  trestle_cli_set_string (o, "ModelName", trestle_variant_get_model_name (variant));
  trestle_cli_set_string (o, "InstanceType", trestle_variant_get_instance_type (variant));
  json_object_set_int_member (o, "CurrentInstanceCount",
                              trestle_variant_get_current_count (variant));
  json_object_set_int_member (o, "DesiredInstanceCount",
                              trestle_variant_get_desired_count (variant));
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_endpoint (gpointer item)
{
  TrestleEndpoint *e = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "EndpointName", trestle_endpoint_get_name (e));
  trestle_cli_set_string (o, "EndpointArn", trestle_endpoint_get_arn (e));
  trestle_cli_set_string (o, "EndpointStatus", trestle_endpoint_get_status (e));
  trestle_cli_set_string (o, "FailureReason", trestle_endpoint_get_failure_reason (e));
  trestle_cli_set_string (o, "EndpointConfigName", trestle_endpoint_get_config_name (e));
  trestle_cli_set_time (o, "CreationTime", trestle_endpoint_get_created (e));
  trestle_cli_set_time (o, "LastModifiedTime", trestle_endpoint_get_modified (e));
  set_list (o, "ProductionVariants", trestle_endpoint_get_variants (e), json_variant);
  trestle_cli_set_string (o, "ModelPackageName", trestle_endpoint_get_package_arn (e));
  trestle_cli_set_string (o, "listing", trestle_endpoint_get_listing_title (e));
  trestle_cli_set_time (o, "delete_by", trestle_endpoint_get_delete_by (e));
  trestle_cli_set_money (o, "hourly", trestle_endpoint_get_hourly (e));
  trestle_cli_set_money (o, "so_far", trestle_endpoint_get_so_far (e));
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_leftover (gpointer item)
{
  static const char *const texts[] = { "kind", "name", "arn", "used-by" };
  static const char *const members[] = { "kind", "name", "arn", "used_by" };
  JsonObject *o = json_object_new ();
  g_autoptr (TrestleMoney) hourly = NULL;
  gint64 created;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *value = NULL;

      g_object_get (item, texts[i], &value, NULL);
      trestle_cli_set_string (o, members[i], value);
    }
  g_object_get (item, "created", &created, "hourly", &hourly, NULL);
  trestle_cli_set_time (o, "created", created);
  trestle_cli_set_money (o, "hourly", hourly);
  return trestle_cli_take_object (o);
}

JsonNode *
trestle_cli_json_log_event (gpointer item)
{
  TrestleLogEvent *event = item;
  JsonObject *o = json_object_new ();

  json_object_set_int_member (o, "timestamp", trestle_log_event_get_when (event) / 1000);
  trestle_cli_set_string (o, "message", trestle_log_event_get_message (event));
  trestle_cli_set_string (o, "logStreamName", trestle_log_event_get_stream (event));
  trestle_cli_set_string (o, "eventId", trestle_log_event_get_id (event));
  return trestle_cli_take_object (o);
}
