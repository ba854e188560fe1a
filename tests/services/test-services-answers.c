/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire-kit.h"

#include "domain/trestle-endpoint.h"
#include "domain/trestle-invocation.h"
#include "services/trestle-agreement-service.h"
#include "services/trestle-discovery-service.h"
#include "services/trestle-endpoint-service.h"
#include "services/trestle-logs-service.h"
#include "services/trestle-model-service.h"
#include "services/trestle-pricing-service.h"
#include "services/trestle-runtime-service.h"

/* What a server that is not as it should be does to the services: a clear error, nothing else. */

static void
check_refused (const char *body, DexFuture *(*ask) (TrestleAwsClient *client), const char *path)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  gboolean ok;

  wire_server_answer (kit->server, 200, NULL, body);
  ok = dex_await (ask (kit->client), &error);
  g_assert_false (ok);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, path));
}

static DexFuture *
ask_endpoint (TrestleAwsClient *client)
{
  return trestle_endpoint_service_describe (client, "x");
}

static DexFuture *
ask_listings (TrestleAwsClient *client)
{
  return trestle_discovery_service_search (client, NULL, NULL, NULL, NULL);
}

static DexFuture *
ask_agreements (TrestleAwsClient *client)
{
  return trestle_agreement_service_search (client, NULL, NULL);
}

static DexFuture *
ask_tags (TrestleAwsClient *client)
{
  return trestle_tag_service_list (client, "arn:aws:sagemaker:us-east-1:111122223333:model/x");
}

static DexFuture *
ask_prices (TrestleAwsClient *client)
{
  return trestle_pricing_service_list (client, "us-east-1", "Hosting");
}

static DexFuture *
test_malformed_fiber (gpointer data)
{
  check_refused ("{}", ask_endpoint, "EndpointStatus: missing");
  check_refused ("{\"EndpointName\":\"x\",\"EndpointArn\":17,\"EndpointStatus\":\"InService\"}",
                 ask_endpoint, "EndpointArn");
  check_refused ("{\"EndpointName\":\"x\",\"EndpointArn\":\"a\",\"EndpointStatus\":\"InService\","
                 "\"ProductionVariants\":[{\"VariantName\":\"a\"},{}]}",
                 ask_endpoint, "ProductionVariants[1].VariantName: missing");
  check_refused ("{\"totalResults\":1,\"listingSummaries\":[{\"listingName\":\"x\"}]}",
                 ask_listings, "listingSummaries[0].listingId: missing");
  check_refused ("{\"agreementViewSummaries\":[{\"agreementId\":\"agmt-1\"}]}", ask_agreements,
                 "agreementViewSummaries[0].status: missing");
  check_refused ("{\"Tags\":[{\"Key\":\"a\"}]}", ask_tags, "Tags[0].Value: missing");
  check_refused ("{\"PriceList\":[\"not json\"]}", ask_prices, "PriceList[0]");
  return dex_future_new_true ();
}

/* Members that nobody knows are passed over at every depth. */
static DexFuture *
test_unknown_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;

  wire_server_answer (
      kit->server, 200, NULL,
      "{\"EndpointName\":\"x\",\"EndpointArn\":\"a\",\"EndpointStatus\":\"Rejuvenating\","
      "\"Future\":{\"a\":[1,{}]},\"ProductionVariants\":[{\"VariantName\":\"a\",\"New\":true}]}");
  endpoint = dex_await_object (ask_endpoint (kit->client), &error);
  g_assert_no_error (error);
  g_assert_cmpint (trestle_endpoint_get_state (endpoint), ==, TRESTLE_ENDPOINT_STATE_UNKNOWN);
  g_assert_cmpstr (trestle_endpoint_get_status (endpoint), ==, "Rejuvenating");
  return dex_future_new_true ();
}

static DexFuture *
test_pages_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) endpoints = NULL;
  g_autofree char *second = NULL;
  const char *page = "{\"Endpoints\":[{\"EndpointName\":\"%s\",\"EndpointArn\":\"a\","
                     "\"EndpointStatus\":\"InService\"}]%s}";
  const char *const names[] = { "one", "two", "three" };
  const char *const tokens[] = { ",\"NextToken\":\"t1\"", ",\"NextToken\":\"t2\"", "" };

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *body = g_strdup_printf (page, names[i], tokens[i]);

      wire_server_answer (kit->server, 200, NULL, body);
    }
  endpoints = dex_await_object (trestle_endpoint_service_list (kit->client), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (endpoints), ==, 3);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 3);
  second = wire_request_dup_text (wire_server_request (kit->server, 1));
  g_assert_nonnull (strstr (second, "\"NextToken\":\"t1\""));
  return dex_future_new_true ();
}

static DexFuture *
test_repeated_token_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) endpoints = NULL;

  for (guint i = 0; i < 5; i++)
    wire_server_answer (kit->server, 200, NULL, "{\"Endpoints\":[],\"NextToken\":\"again\"}");
  endpoints = dex_await_object (trestle_endpoint_service_list (kit->client), &error);
  g_assert_null (endpoints);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
  return dex_future_new_true ();
}

static DexFuture *
test_metering_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("x", 1);
  TrestleRuntimeCall call = {
    .endpoint = "x", .content_type = "text/plain", .bytes = body, .size = 1
  };
  g_autoptr (TrestleInvocation) invocation = NULL;

  wire_server_answer (kit->server, 200,
                      "X-Amzn-Inference-Metering: {\"Dimension\":\"inference.count\","
                      "\"ConsumedUnits\":3}\r\n",
                      "three");
  invocation = dex_await_object (trestle_runtime_service_invoke (kit->client, &call), &error);
  g_assert_no_error (error);
  g_assert_cmpint (trestle_invocation_get_units (invocation), ==, 3);
  return dex_future_new_true ();
}

static DexFuture *
test_empty_log_pages_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) events = NULL;

  wire_server_answer (kit->server, 200, NULL, "{\"events\":[],\"nextToken\":\"a\"}");
  wire_server_answer (kit->server, 200, NULL, "{\"events\":[],\"nextToken\":\"b\"}");
  wire_server_answer (kit->server, 200, NULL,
                      "{\"events\":[{\"timestamp\":1790000000000,\"message\":\"late\"}]}");
  events = dex_await_object (
      trestle_logs_service_filter (kit->client, "/g", 0, 0, NULL, 0, NULL, NULL, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (events), ==, 1);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  trestle_test_fiber ("/services/answers/malformed", test_malformed_fiber);
  trestle_test_fiber ("/services/answers/unknown-members", test_unknown_fiber);
  trestle_test_fiber ("/services/answers/pages", test_pages_fiber);
  trestle_test_fiber ("/services/answers/repeated-token", test_repeated_token_fiber);
  trestle_test_fiber ("/services/answers/metering", test_metering_fiber);
  trestle_test_fiber ("/services/answers/empty-log-pages", test_empty_log_pages_fiber);
  return g_test_run ();
}
