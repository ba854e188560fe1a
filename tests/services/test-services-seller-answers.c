/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire-kit.h"

#include "domain/trestle-change-fault.h"
#include "domain/trestle-package-check.h"
#include "domain/trestle-package.h"
#include "domain/trestle-submitted-change.h"
#include "services/trestle-catalog-service.h"
#include "services/trestle-ecr-service.h"
#include "services/trestle-package-service.h"

/* The selling side's answers: what is read from right ones, and what wrong ones lead to. */

static gpointer
await_object (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gpointer object = dex_await_object (future, &error);

  g_assert_no_error (error);
  return object;
}

static DexFuture *
test_entities_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GListModel) offers = NULL;
  g_autoptr (TrestleEntity) offer = NULL;
  g_autofree char *asked = NULL;

  wire_server_answer (
      kit->server, 200, NULL,
      "{\"EntitySummaryList\":[{\"Name\":\"n\",\"EntityType\":\"Offer\",\"EntityId\":\"offer-a\","
      "\"LastModifiedDate\":\"2026-08-01T10:00:00Z\",\"Visibility\":\"Private\",\"Brand\":\"new\","
      "\"OfferSummary\":{\"Name\":\"For one\",\"ProductId\":\"prod-a\",\"State\":\"Released\","
      "\"BuyerAccounts\":[\"111122223333\"],\"Targeting\":[\"BuyerAccounts\"],"
      "\"AvailabilityEndDate\":\"2026-09-30T00:00:00Z\"}}]}");
  offers = await_object (trestle_catalog_service_list_offers (kit->client, "prod-a"));
  g_assert_cmpuint (g_list_model_get_n_items (offers), ==, 1);
  offer = g_list_model_get_item (offers, 0);
  g_assert_cmpstr (trestle_entity_get_id (offer), ==, "offer-a");
  g_assert_cmpstr (trestle_entity_get_name (offer), ==, "For one");
  g_assert_cmpstr (trestle_entity_get_product_id (offer), ==, "prod-a");
  g_assert_cmpstr (trestle_entity_get_state (offer), ==, "Released");
  g_assert_cmpstr (trestle_entity_get_buyer_accounts (offer)[0], ==, "111122223333");
  g_assert_cmpint (trestle_entity_get_available_until (offer), >,
                   trestle_entity_get_modified (offer));
  g_assert_cmpint (trestle_entity_get_revision (offer), ==, 0);

  asked = wire_request_dup_text (wire_server_request (kit->server, 0));
  g_assert_nonnull (strstr (asked, "\"State\":{\"ValueList\":[\"Draft\",\"Released\"]}"));
  g_assert_nonnull (strstr (asked, "\"ProductId\":{\"ValueList\":[\"prod-a\"]}"));
  return dex_future_new_true ();
}

/* The document comes as such, or as a text that holds it. */
static DexFuture *
test_document_fiber (gpointer data)
{
  static const char *const bodies[] = {
    "{\"EntityType\":\"MachineLearningProduct@1.0\",\"EntityIdentifier\":\"prod-a@7\","
    "\"DetailsDocument\":{\"Description\":{\"ProductTitle\":\"Sorter\",\"Visibility\":\"Draft\"}}}",
    "{\"EntityType\":\"MachineLearningProduct@1.0\",\"EntityIdentifier\":\"prod-a@7\","
    "\"Details\":\"{\\\"Description\\\":{\\\"ProductTitle\\\":\\\"Sorter\\\"}}\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (TrestleEntity) product = NULL;
      JsonObject *description;

      wire_server_answer (kit->server, 200, NULL, bodies[i]);
      product = await_object (trestle_catalog_service_describe (kit->client, "prod-a"));
      g_assert_cmpstr (trestle_entity_get_id (product), ==, "prod-a");
      g_assert_cmpint (trestle_entity_get_revision (product), ==, 7);
      g_assert_cmpstr (trestle_entity_get_entity_type (product), ==, "MachineLearningProduct");
      description = json_object_get_object_member (
          json_node_get_object ((JsonNode *) trestle_entity_get_document (product)), "Description");
      g_assert_cmpstr (json_object_get_string_member (description, "ProductTitle"), ==, "Sorter");
      g_assert_cmpstr (wire_server_request (kit->server, 0)->query, ==,
                       "catalog=AWSMarketplace&entityId=prod-a");
    }
  return dex_future_new_true ();
}

static DexFuture *
test_request_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (TrestleChangeRequest) request = NULL;
  g_autoptr (TrestleSubmittedChange) change = NULL;
  g_autoptr (TrestleChangeFault) fault = NULL;

  wire_server_answer (
      kit->server, 200, NULL,
      "{\"ChangeSetId\":\"abc\",\"Status\":\"FAILED\",\"FailureCode\":\"CLIENT_ERROR\","
      "\"StartTime\":\"2026-08-01T10:00:00Z\",\"EndTime\":\"2026-08-01T10:30:00Z\","
      "\"ChangeSet\":[{\"ChangeType\":\"CreateProduct\",\"ChangeName\":\"New\","
      "\"Entity\":{\"Type\":\"MachineLearningProduct@1.0\"}},"
      "{\"ChangeType\":\"AddDeliveryOptions\","
      "\"Entity\":{\"Type\":\"MachineLearningProduct@1.0\",\"Identifier\":\"prod-a@3\"},"
      "\"ErrorDetailList\":[{\"ErrorCode\":\"DUPLICATE_ASSET\",\"ErrorMessage\":\"Used.\"}]},"
      "{\"ChangeType\":\"UpdateInformation\","
      "\"Entity\":{\"Type\":\"MachineLearningProduct@1.0\",\"Identifier\":\"prod-a@3\"}}]}");
  request = await_object (trestle_catalog_service_describe_request (kit->client, "abc"));
  g_assert_cmpstr (trestle_change_request_get_failure_code (request), ==, "CLIENT_ERROR");
  g_assert_cmpint (trestle_change_request_get_ended (request)
                       - trestle_change_request_get_started (request),
                   ==, 30 * G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (g_strv_length ((char **) trestle_change_request_get_entities (request)), ==, 1);
  g_assert_cmpstr (trestle_change_request_get_entities (request)[0], ==, "prod-a");
  change = g_list_model_get_item (trestle_change_request_get_changes (request), 1);
  g_assert_cmpstr (trestle_submitted_change_get_entity_id (change), ==, "prod-a");
  fault = g_list_model_get_item (trestle_submitted_change_get_faults (change), 0);
  g_assert_cmpstr (trestle_change_fault_get_code (fault), ==, "DUPLICATE_ASSET");
  return dex_future_new_true ();
}

static DexFuture *
test_batches_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GListModel) found = NULL;
  g_autoptr (TrestleEntity) last = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < 23; i++)
    g_strv_builder_take (builder, g_strdup_printf ("prod-%u", i));
  ids = g_strv_builder_end (builder);
  wire_server_answer (kit->server, 200, NULL,
                      "{\"EntityDetails\":{\"prod-3\":{\"EntityType\":\"Offer@1.0\","
                      "\"EntityIdentifier\":\"prod-3@1\",\"DetailsDocument\":{}}},"
                      "\"Errors\":{\"prod-0\":{\"ErrorCode\":\"ResourceNotFoundException\"}}}");
  wire_server_answer (kit->server, 200, NULL,
                      "{\"EntityDetails\":{\"prod-22\":{\"EntityType\":\"Offer@1.0\","
                      "\"EntityIdentifier\":\"prod-22@9\",\"DetailsDocument\":{}}}}");
  found = await_object (
      trestle_catalog_service_describe_all (kit->client, (const char *const *) ids));
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 2);
  last = g_list_model_get_item (found, 1);
  g_assert_cmpstr (trestle_entity_get_id (last), ==, "prod-22");
  return dex_future_new_true ();
}

static DexFuture *
test_limit_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GListModel) requests = NULL;

  for (guint i = 0; i < 3; i++)
    wire_server_answer (kit->server, 200, NULL,
                        i == 0 ? "{\"ChangeSetSummaryList\":[{\"ChangeSetId\":\"a\",\"Status\":"
                                 "\"SUCCEEDED\",\"EntityIdList\":[\"prod-a\",\"offer-a\"]}],"
                                 "\"NextToken\":\"1\"}"
                               : "{\"ChangeSetSummaryList\":[{\"ChangeSetId\":\"b\",\"Status\":"
                                 "\"APPLYING\"}],\"NextToken\":\"2\"}");
  requests = await_object (
      trestle_catalog_service_list_requests (kit->client, "prod-a", G_USEC_PER_SEC, 2));
  g_assert_cmpuint (g_list_model_get_n_items (requests), ==, 2);
  g_assert_cmpuint (wire_server_n_requests (kit->server), ==, 2);
  return dex_future_new_true ();
}

static DexFuture *
test_packages_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (TrestlePackage) package = NULL;
  g_autoptr (TrestlePackageCheck) scan = NULL;
  g_autoptr (GListModel) algorithms = NULL;

  wire_server_answer (
      kit->server, 200, NULL,
      "{\"ModelPackageName\":\"m\",\"ModelPackageArn\":\"arn:aws:sagemaker:us-east-1:444455556666:"
      "model-package/m\",\"CreationTime\":1.79e9,\"ModelPackageStatus\":\"Failed\","
      "\"CertifyForMarketplace\":true,\"InferenceSpecification\":{\"Containers\":[{\"Image\":\"i:1\"}],"
      "\"SupportedTransformInstanceTypes\":[\"ml.m5.large\"]},\"ModelPackageStatusDetails\":{"
      "\"ValidationStatuses\":[{\"Name\":\"v\",\"Status\":\"Completed\"}],\"ImageScanStatuses\":["
      "{\"Name\":\"i:1\",\"Status\":\"Failed\",\"FailureReason\":\"Two findings.\"}]}}");
  package = await_object (trestle_package_service_describe (
      kit->client, "arn:aws:sagemaker:us-east-1:444455556666:model-package/m"));
  g_assert_true (trestle_package_get_certified (package));
  g_assert_cmpstr (trestle_package_get_image (package), ==, "i:1");
  g_assert_cmpuint (g_list_model_get_n_items (trestle_package_get_checks (package)), ==, 2);
  scan = g_list_model_get_item (trestle_package_get_checks (package), 1);
  g_assert_true (trestle_package_check_get_scan (scan));
  g_assert_cmpstr (trestle_package_check_get_reason (scan), ==, "Two findings.");

  wire_server_answer (
      kit->server, 200, NULL,
      "{\"AlgorithmSummaryList\":[{\"AlgorithmName\":\"a\",\"AlgorithmArn\":\"x/a\","
      "\"AlgorithmStatus\":\"Completed\",\"CreationTime\":1}]}");
  algorithms = await_object (
      trestle_package_service_list (kit->client, TRESTLE_PRODUCT_KIND_ALGORITHM));
  g_clear_object (&package);
  package = g_list_model_get_item (algorithms, 0);
  g_assert_cmpint (trestle_package_get_kind (package), ==, TRESTLE_PRODUCT_KIND_ALGORITHM);
  g_assert_cmpstr (trestle_package_get_name (package), ==, "a");
  return dex_future_new_true ();
}

static DexFuture *
test_images_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GListModel) repositories = NULL;
  g_autoptr (GListModel) images = NULL;
  g_autoptr (TrestleContainerImage) repository = NULL;
  g_autoptr (TrestleContainerImage) tagged = NULL;
  g_autoptr (TrestleContainerImage) bare = NULL;

  wire_server_answer (
      kit->server, 200, NULL,
      "{\"repositories\":[{\"repositoryName\":\"iris\",\"repositoryUri\":\"r/iris\"}]}");
  repositories = await_object (trestle_ecr_service_list_repositories (kit->client));
  repository = g_list_model_get_item (repositories, 0);
  wire_server_answer (
      kit->server, 200, NULL,
      "{\"imageDetails\":[{\"imageDigest\":\"sha256:1\",\"imageTags\":[\"1\",\"new\"],"
      "\"imageSizeInBytes\":5,\"imageScanStatus\":{\"status\":\"COMPLETE\"},"
      "\"imageScanFindingsSummary\":{\"findingSeverityCounts\":{\"HIGH\":2}}},"
      "{\"imageDigest\":\"sha256:2\"}]}");
  images = await_object (trestle_ecr_service_list_images (kit->client, repository));
  tagged = g_list_model_get_item (images, 0);
  bare = g_list_model_get_item (images, 1);
  g_assert_cmpstr (trestle_container_image_get_uri (tagged), ==, "r/iris:1");
  g_assert_cmpint (trestle_container_image_get_critical (tagged), ==, 0);
  g_assert_cmpint (trestle_container_image_get_high (tagged), ==, 2);
  g_assert_cmpstr (trestle_container_image_get_uri (bare), ==, "r/iris@sha256:2");
  g_assert_cmpint (trestle_container_image_get_high (bare), ==, -1);
  return dex_future_new_true ();
}

static DexFuture *
ask_entity (TrestleAwsClient *client)
{
  return trestle_catalog_service_describe (client, "prod-a");
}

static DexFuture *
ask_products (TrestleAwsClient *client)
{
  return trestle_catalog_service_list_products (client);
}

static DexFuture *
ask_request (TrestleAwsClient *client)
{
  return trestle_catalog_service_describe_request (client, "abc");
}

static DexFuture *
test_malformed_fiber (gpointer data)
{
  static const struct
  {
    const char *body;
    DexFuture *(*ask) (TrestleAwsClient *client);
    const char *path;
  } cases[] = {
    { "{}", ask_entity, "EntityType: missing" },
    { "{\"EntityType\":\"Offer@1.0\",\"EntityIdentifier\":\"o@1\",\"Details\":\"{no\"}", ask_entity,
      "Details: is not JSON" },
    { "{\"EntityType\":\"Offer@1.0\",\"EntityIdentifier\":[]}", ask_entity, "EntityIdentifier" },
    { "{\"EntitySummaryList\":[{\"EntityType\":\"Offer\"}]}", ask_products,
      "EntitySummaryList[0].EntityId: missing" },
    { "{\"EntitySummaryList\":7}", ask_products, "EntitySummaryList" },
    { "{\"ChangeSetId\":\"a\",\"Status\":\"FAILED\",\"ChangeSet\":[{}]}", ask_request,
      "ChangeSet[0].ChangeType: missing" },
    { "{\"ChangeSetId\":\"a\"}", ask_request, "Status: missing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WireKit) kit = wire_kit_new ();
      g_autoptr (GError) error = NULL;
      gboolean ok;

      wire_server_answer (kit->server, 200, NULL, cases[i].body);
      ok = dex_await (cases[i].ask (kit->client), &error);
      g_assert_false (ok);
      g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_PROTOCOL);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].path));
    }
  return dex_future_new_true ();
}

/* A change set is sent again with the token that it had at first. */
static DexFuture *
test_token_fiber (gpointer data)
{
  g_autoptr (WireKit) kit = wire_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  JsonObject *input = json_object_new ();

  json_object_set_array_member (input, "ChangeSet", json_array_new ());
  json_object_set_string_member (input, "ClientRequestToken", "token-1");
  wire_server_error (kit->server, 500, "InternalServiceException");
  wire_server_answer (kit->server, 200, NULL, "{\"ChangeSetId\":\"abc\"}");
  id = dex_await_string (trestle_catalog_service_start (kit->client, input), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "abc");
  first = wire_request_dup_text (wire_server_request (kit->server, 0));
  second = wire_request_dup_text (wire_server_request (kit->server, 1));
  g_assert_cmpstr (first, ==, second);
  g_assert_nonnull (strstr (second, "\"ClientRequestToken\":\"token-1\""));
  wire_kit_assert_signed (kit);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  trestle_test_fiber ("/services/seller/entities", test_entities_fiber);
  trestle_test_fiber ("/services/seller/document", test_document_fiber);
  trestle_test_fiber ("/services/seller/request", test_request_fiber);
  trestle_test_fiber ("/services/seller/batches", test_batches_fiber);
  trestle_test_fiber ("/services/seller/limit", test_limit_fiber);
  trestle_test_fiber ("/services/seller/packages", test_packages_fiber);
  trestle_test_fiber ("/services/seller/images", test_images_fiber);
  trestle_test_fiber ("/services/seller/malformed", test_malformed_fiber);
  trestle_test_fiber ("/services/seller/token", test_token_fiber);
  return g_test_run ();
}
