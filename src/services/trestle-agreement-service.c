/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-agreement-service.h"

#include "base/trestle-clock.h"
#include "domain/trestle-charge.h"
#include "domain/trestle-quote.h"
#include "domain/trestle-term.h"
#include "services/trestle-offer-service.h"
#include "services/trestle-service.h"

#define SERVICE "marketplace-agreement"

typedef struct
{
  TrestleOffer *offer;
  gboolean trial;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *self = data;

  g_object_unref (self->offer);
  g_free (self);
}

static GListModel *
read_charges (TrestleJson summary, const char *currency)
{
  GListStore *charges = g_list_store_new (TRESTLE_TYPE_CHARGE);
  TrestleJson array = trestle_json_member (summary, "expectedCharges");
  guint length = trestle_json_length (array);

  for (guint i = 0; i < length; i++)
    {
      TrestleJson it = trestle_json_element (array, i);
      g_autoptr (TrestleMoney) amount = NULL;
      g_autoptr (TrestleCharge) made = NULL;

      /* Pay-as-you-go charges come without an amount. */
      if (trestle_json_string_or (it, "amount", NULL) != NULL)
        amount = trestle_json_money (it, "amount", currency);
      made = g_object_new (TRESTLE_TYPE_CHARGE, "id", trestle_json_string_or (it, "id", NULL),
                           "amount", amount, "timing", trestle_json_string_or (it, "timing", NULL),
                           "when", trestle_json_time_or (it, "time", 0), NULL);
      g_list_store_append (charges, made);
    }
  return G_LIST_MODEL (charges);
}

static gpointer
read_quote (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  Asked *asked = data;
  TrestleJson summary = trestle_json_member (at, "chargeSummary");
  const char *currency = trestle_json_string_or (summary, "currencyCode", "USD");
  g_autoptr (GListModel) charges = read_charges (summary, currency);
  g_autoptr (TrestleMoney) total = NULL;

  if (trestle_json_string_or (summary, "newAgreementValue", NULL) != NULL)
    total = trestle_json_money (summary, "newAgreementValue", currency);
  return g_object_new (TRESTLE_TYPE_QUOTE, "request-id",
                       trestle_json_string (at, "agreementRequestId"), "offer", asked->offer,
                       "total", total, "charges", charges, "trial", asked->trial, "made",
                       trestle_clock_now (), NULL);
}

static JsonObject *
requested_term (TrestleTerm *term)
{
  JsonObject *object = json_object_new ();
  JsonObject *configuration, *renewal;

  json_object_set_string_member (object, "id", trestle_term_get_id (term));
  if (trestle_term_get_kind (term) == TRESTLE_TERM_KIND_RENEWAL)
    {
      /* What goes on costing by itself must be asked for, and it was not. */
      renewal = json_object_new ();
      configuration = json_object_new ();
      json_object_set_boolean_member (renewal, "enableAutoRenew", FALSE);
      json_object_set_object_member (configuration, "renewalTermConfiguration", renewal);
      json_object_set_object_member (object, "configuration", configuration);
    }
  return object;
}

DexFuture *
trestle_agreement_service_request (TrestleAwsClient *client,
                                   TrestleOffer *offer,
                                   GListModel *terms,
                                   const char *token)
{
  JsonObject *input = json_object_new ();
  JsonArray *requested = json_array_new ();
  Asked *asked = g_new0 (Asked, 1);

  asked->offer = g_object_ref (offer);
  for (guint i = 0; i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      asked->trial |= trestle_term_get_kind (term) == TRESTLE_TERM_KIND_TRIAL;
      json_array_add_object_element (requested, requested_term (term));
    }
  json_object_set_string_member (input, "intent", "NEW");
  trestle_input_text (input, "agreementProposalIdentifier", trestle_offer_get_proposal_id (offer));
  json_object_set_array_member (input, "requestedTerms", requested);
  trestle_input_text (input, "clientToken", token);
  return trestle_service_call (client, SERVICE, "CreateAgreementRequest", input, read_quote, asked,
                               asked_free);
}

DexFuture *
trestle_agreement_service_accept (TrestleAwsClient *client, const char *request_id)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "agreementRequestId", request_id);
  return trestle_service_call_string (client, SERVICE, "AcceptAgreementRequest", input,
                                      "agreementId");
}

static gpointer
make_agreement (TrestleJson at)
{
  TrestleJson proposal = trestle_json_member (at, "proposalSummary");
  TrestleJson resource = trestle_json_element (trestle_json_member (proposal, "resources"), 0);

  return g_object_new (
      TRESTLE_TYPE_AGREEMENT, "id", trestle_json_string (at, "agreementId"), "status",
      trestle_json_string (at, "status"), "product-id",
      trestle_json_string_or (resource, "id", NULL), "offer-id",
      trestle_json_string_or (proposal, "offerId", NULL), "aws-type",
      trestle_json_string_or (at, "agreementType", NULL), "proposer",
      trestle_json_string_or (trestle_json_member (at, "proposer"), "accountId", NULL), "accepted",
      trestle_json_time_or (at, "acceptanceTime", 0), "start",
      trestle_json_time_or (at, "startTime", 0), "end", trestle_json_time_or (at, "endTime", 0),
      NULL);
}

static gpointer
read_agreement (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return make_agreement (at);
}

static void
add_filter (JsonArray *filters, const char *name, const char *value)
{
  const char *const values[] = { value, NULL };
  JsonObject *filter = json_object_new ();

  json_object_set_string_member (filter, "name", name);
  trestle_input_texts (filter, "values", values);
  json_array_add_object_element (filters, filter);
}

DexFuture *
trestle_agreement_service_search (TrestleAwsClient *client,
                                  const char *product_id,
                                  const char *status)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "SearchAgreements",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "agreementViewSummaries",
    .read = read_agreement,
  };
  JsonObject *input = json_object_new ();
  JsonArray *filters = json_array_new ();

  add_filter (filters, "PartyType", "Acceptor");
  add_filter (filters, "AgreementType", "PurchaseAgreement");
  if (product_id != NULL)
    add_filter (filters, "ResourceIdentifier", product_id);
  if (status != NULL)
    add_filter (filters, "Status", status);
  json_object_set_string_member (input, "catalog", "AWSMarketplace");
  json_object_set_array_member (input, "filters", filters);
  json_object_set_int_member (input, "maxResults", 50);
  return trestle_service_collect (client, &list, input);
}

static JsonObject *
agreement_input (const char *agreement_id)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "agreementId", agreement_id);
  return input;
}

DexFuture *
trestle_agreement_service_describe (TrestleAwsClient *client, const char *agreement_id)
{
  return trestle_service_call (client, SERVICE, "DescribeAgreement", agreement_input (agreement_id),
                               read_agreement, NULL, NULL);
}

static gpointer
read_term (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return trestle_offer_service_read_term (at);
}

DexFuture *
trestle_agreement_service_terms (TrestleAwsClient *client, const char *agreement_id)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "GetAgreementTerms",
    .token_in = "nextToken",
    .token_out = "nextToken",
    .items = "acceptedTerms",
    .read = read_term,
  };
  JsonObject *input = agreement_input (agreement_id);

  json_object_set_int_member (input, "maxResults", 50);
  return trestle_service_collect (client, &list, input);
}

/* An agreement over one product has one entitlement; should there be more, the least ready counts. */
static gpointer
read_entitlement (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  TrestleAgreement *agreement = data;
  TrestleJson array = trestle_json_member (at, "agreementEntitlements");
  guint length = trestle_json_length (array);
  const char *status = "PENDING", *reason = NULL;

  for (guint i = 0; i < length; i++)
    {
      TrestleJson it = trestle_json_element (array, i);

      status = trestle_json_string (it, "status");
      reason = trestle_json_string_or (it, "statusReasonCode", NULL);
      if (!g_str_equal (status, "PROVISIONED"))
        break;
    }
  return g_object_new (TRESTLE_TYPE_AGREEMENT, "id", trestle_agreement_get_id (agreement), "status",
                       trestle_agreement_get_status (agreement), "product-id",
                       trestle_agreement_get_product_id (agreement), "offer-id",
                       trestle_agreement_get_offer_id (agreement), "aws-type",
                       trestle_agreement_get_aws_type (agreement), "proposer",
                       trestle_agreement_get_proposer (agreement), "accepted",
                       trestle_agreement_get_accepted (agreement), "start",
                       trestle_agreement_get_start (agreement), "end",
                       trestle_agreement_get_end (agreement), "entitlement-status", status,
                       "entitlement-reason", reason, NULL);
}

DexFuture *
trestle_agreement_service_entitlement (TrestleAwsClient *client, TrestleAgreement *agreement)
{
  return trestle_service_call (client, SERVICE, "GetAgreementEntitlements",
                               agreement_input (trestle_agreement_get_id (agreement)),
                               read_entitlement, g_object_ref (agreement), g_object_unref);
}

DexFuture *
trestle_agreement_service_cancel (TrestleAwsClient *client, const char *agreement_id)
{
  return trestle_service_call_string (client, SERVICE, "CancelAgreement",
                                      agreement_input (agreement_id), NULL);
}
