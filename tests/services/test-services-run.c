/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-fixture.h"

#include "aws/trestle-aws-transport.h"
#include "base/trestle-clock.h"
#include "domain/trestle-endpoint-config.h"
#include "domain/trestle-endpoint.h"
#include "domain/trestle-log-event.h"
#include "domain/trestle-model.h"
#include "domain/trestle-package.h"
#include "domain/trestle-quote.h"
#include "domain/trestle-variant.h"
#include "services/trestle-agreement-service.h"
#include "services/trestle-discovery-service.h"
#include "services/trestle-endpoint-service.h"
#include "services/trestle-logs-service.h"
#include "services/trestle-model-service.h"
#include "services/trestle-offer-service.h"
#include "services/trestle-package-service.h"
#include "services/trestle-runtime-service.h"
#include "services/trestle-s3-service.h"

#define ROLE "arn:aws:iam::111122223333:role/trestle-practice-execution"

/* The ARN as the Configure page of @product has it. */
static char *
read_arn (const char *product)
{
  g_autoptr (TrestleAwsTransport) transport = trestle_aws_transport_new (NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("%s/configure/111122223333/%s", practice.endpoint,
                                          product);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes)
      page = dex_await_boxed (trestle_aws_transport_fetch (transport, uri, 1024 * 1024), &error);
  g_autofree char *text = NULL;
  const char *at;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));
  at = strstr (text, "arn:aws:sagemaker:us-east-1");
  g_assert_nonnull (at);
  return g_strndup (at, strcspn (at, "\"<"));
}

static char *
subscribe (const char *words)
{
  g_autoptr (GListModel)
      found = await_object (trestle_discovery_service_search (client, words, NULL, NULL, NULL));
  g_autoptr (TrestleListing) listing = g_list_model_get_item (found, 0);
  const char *product = trestle_listing_get_product_id (listing);
  g_autoptr (GListModel) options = await_object (trestle_offer_service_list (client, product));
  g_autoptr (TrestleOffer) option = g_list_model_get_item (options, 0);
  g_autoptr (TrestleOffer)
      offer = await_object (trestle_offer_service_get (client, trestle_offer_get_id (option)));
  g_autoptr (GListModel)
      terms = await_object (trestle_offer_service_terms (client, trestle_offer_get_id (option)));
  g_autoptr (TrestleQuote)
      quote = await_object (trestle_agreement_service_request (client, offer, terms, NULL));
  g_autofree char *id = await_string (
      trestle_agreement_service_accept (client, trestle_quote_get_request_id (quote)));
  g_autoptr (TrestleAgreement)
      agreement = await_object (trestle_agreement_service_describe (client, id));

  for (;;)
    {
      g_autoptr (TrestleAgreement)
          entitled = await_object (trestle_agreement_service_entitlement (client, agreement));

      if (g_str_equal (trestle_agreement_get_entitlement_status (entitled), "PROVISIONED"))
        return read_arn (product);
      dex_await (dex_timeout_new_msec (20), NULL);
    }
}

static TrestleEndpoint *
wait_state (const char *name, TrestleEndpointState wanted)
{
  for (;;)
    {
      g_autoptr (TrestleEndpoint)
          endpoint = await_object (trestle_endpoint_service_describe (client, name));

      g_assert_cmpint (trestle_endpoint_get_state (endpoint), !=, TRESTLE_ENDPOINT_STATE_FAILED);
      if (trestle_endpoint_get_state (endpoint) == wanted)
        return g_steal_pointer (&endpoint);
      dex_await (dex_timeout_new_msec (20), NULL);
    }
}

static void
check_invoke (const char *endpoint)
{
  g_autoptr (GBytes) rows = g_bytes_new_static ("5.1,3.5,1.4,0.2\n", 16);
  TrestleRuntimeCall call = { .endpoint = endpoint,
                              .content_type = "text/csv",
                              .bytes = rows,
                              .size = 16,
                              .file_name = "one.csv" };
  g_autoptr (TrestleInvocation)
      good = await_object (trestle_runtime_service_invoke (client, &call));
  g_autoptr (TrestleInvocation) bad = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup (g_bytes_get_data (trestle_invocation_get_body (good), NULL),
                                     g_bytes_get_size (trestle_invocation_get_body (good)));

  g_assert_nonnull (strstr (text, "setosa"));
  g_assert_cmpstr (trestle_invocation_get_content_type (good), ==, "application/json");
  g_assert_cmpstr (trestle_invocation_get_variant (good), ==, "AllTraffic");
  g_assert_cmpstr (trestle_invocation_get_file (good), ==, "one.csv");
  g_assert_cmpint (trestle_invocation_get_latency (good), >, 0);
  g_assert_cmpint (trestle_invocation_get_bytes_received (good), ==, (gint64) strlen (text));
  g_assert_null (trestle_invocation_get_error_code (good));

  g_clear_pointer (&rows, g_bytes_unref);
  call.bytes = rows = g_bytes_new_static ("not,a,flower\n", 13);
  bad = dex_await_object (trestle_runtime_service_invoke (client, &call), &error);
  g_assert_null (bad);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_MODEL);
  bad = trestle_runtime_service_failed (&call, error, 1, 2);
  g_assert_cmpstr (trestle_invocation_get_error_code (bad), ==, "ModelError");
  g_assert_cmpint (trestle_invocation_get_status (bad), ==, 424);
  g_assert_nonnull (trestle_invocation_get_request_id (bad));
  g_assert_true (g_str_has_prefix (trestle_invocation_get_log_stream_arn (bad), "arn:aws:logs:"));
}

static void
check_logs (const char *endpoint)
{
  g_autofree char *group = g_strconcat ("/aws/sagemaker/Endpoints/", endpoint, NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)
      groups = dex_await_boxed (trestle_logs_service_groups (client, "/aws/sagemaker/"), &error);
  g_autoptr (GListModel) all = await_object (
      trestle_logs_service_filter (client, group, 0, 0, NULL, 0, NULL, NULL, NULL));
  g_autoptr (GListModel) paged = await_object (
      trestle_logs_service_filter (client, group, 0, 0, NULL, 2, NULL, NULL, NULL));
  g_autoptr (GListModel) some = await_object (
      trestle_logs_service_filter (client, group, 0, 0, "Listening", 0, NULL, NULL, NULL));
  g_autoptr (TrestleLogEvent) first = NULL;

  g_assert_no_error (error);
  g_assert_true (g_strv_contains ((const char *const *) groups, group));
  g_assert_cmpuint (count (all), >, 4);
  g_assert_cmpuint (count (paged), >=, count (all));
  g_assert_cmpuint (count (some), ==, 1);
  first = g_list_model_get_item (all, 0);
  g_assert_cmpstr (trestle_log_event_get_group (first), ==, group);
  g_assert_cmpint (ABS (trestle_log_event_get_when (first) - trestle_clock_now ()), <,
                   10 * TRESTLE_MINUTE);
}

static DexFuture *
test_endpoint_fiber (gpointer data)
{
  g_autofree char *arn = subscribe ("iris classifier");
  g_autoptr (TrestlePackage)
      package = await_object (trestle_package_service_describe (client, arn));
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) read = NULL;
  g_autofree char *model_arn = NULL, *config_arn = NULL, *endpoint_arn = NULL, *done = NULL;
  g_autoptr (TrestleModel) model = NULL;
  g_autoptr (TrestleEndpointConfig) config = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;
  g_autoptr (TrestleVariant) variant = NULL;
  g_autoptr (GListModel) models = NULL;
  g_autoptr (GListModel) configs = NULL;
  g_autoptr (GListModel) endpoints = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (trestle_package_get_arn (package), ==, arn);
  g_assert_true (g_strv_contains (trestle_package_get_realtime_types (package), "ml.m5.large"));
  g_assert_true (g_strv_contains (trestle_package_get_content_types (package), "text/csv"));

  g_hash_table_insert (tags, (gpointer) "trestle:session", (gpointer) "test");
  model_arn = await_string (trestle_model_service_create (client, "run", ROLE, arn, tags));
  model = await_object (trestle_model_service_describe (client, "run"));
  g_assert_cmpstr (trestle_model_get_package_arn (model), ==, arn);
  g_assert_cmpstr (trestle_model_get_arn (model), ==, model_arn);
  read = dex_await_boxed (trestle_tag_service_list (client, model_arn), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (read, "trestle:session"), ==, "test");

  config_arn = await_string (
      trestle_endpoint_service_create_config (client, "run-1", "run", "ml.m5.large", 1, tags));
  config = await_object (trestle_endpoint_service_describe_config (client, "run-1"));
  variant = g_list_model_get_item (trestle_endpoint_config_get_variants (config), 0);
  g_assert_cmpstr (trestle_variant_get_instance_type (variant), ==, "ml.m5.large");
  g_assert_cmpstr (trestle_variant_get_model_name (variant), ==, "run");

  endpoint_arn = await_string (trestle_endpoint_service_create (client, "run", "run-1", NULL));
  endpoint = wait_state ("run", TRESTLE_ENDPOINT_STATE_IN_SERVICE);
  g_assert_cmpstr (trestle_endpoint_get_config_name (endpoint), ==, "run-1");
  g_assert_cmpstr (trestle_endpoint_get_arn (endpoint), ==, endpoint_arn);
  done = await_string (trestle_tag_service_add (client, endpoint_arn, tags));

  check_invoke ("run");
  check_logs ("run");

  models = await_object (trestle_model_service_list (client));
  g_assert_cmpuint (count (models), ==, 1);
  configs = await_object (trestle_endpoint_service_list_configs (client));
  g_assert_cmpuint (count (configs), ==, 1);
  endpoints = await_object (trestle_endpoint_service_list (client));
  g_assert_cmpuint (count (endpoints), ==, 1);
  return dex_future_new_true ();
}

static DexFuture *
test_teardown_fiber (gpointer data)
{
  g_autofree char *a = await_string (trestle_endpoint_service_delete (client, "run"));
  g_autofree char *b = NULL, *c = NULL;
  g_autoptr (GError) error = NULL;

  for (;;)
    {
      g_autoptr (TrestleEndpoint)
          gone = dex_await_object (trestle_endpoint_service_describe (client, "run"), &error);

      if (gone == NULL)
        break;
      g_assert_cmpint (trestle_endpoint_get_state (gone), ==, TRESTLE_ENDPOINT_STATE_DELETING);
      dex_await (dex_timeout_new_msec (20), NULL);
    }
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND);
  b = await_string (trestle_endpoint_service_delete_config (client, "run-1"));
  c = await_string (trestle_model_service_delete (client, "run"));
  return dex_future_new_true ();
}

static char *
put (const char *bucket, const char *key, const char *content)
{
  g_autoptr (GBytes) body = g_bytes_new (content, strlen (content));

  return await_string (
      trestle_s3_service_put (client, "us-east-1", bucket, key, "text/plain", body));
}

/* A folder at a time, whatever its names hold. */
static DexFuture *
test_buckets_fiber (gpointer data)
{
  static const char *const keys[] = { "tree/",         "tree/a b+c%2F.txt", "tree/\xc3\xa4/one",
                                      "tree/\x01\x02", "tree/z/one",        "tree/z/two" };
  static const char *const folders[] = { "tree/z/", "tree/\xc3\xa4/" };
  static const char *const files[] = { "tree/\x01\x02", "tree/a b+c%2F.txt" };
  g_autoptr (GListModel) buckets = await_object (trestle_s3_service_list_buckets (client));
  g_autoptr (TrestleBucket) bucket = g_list_model_get_item (buckets, 0);
  const char *name = trestle_bucket_get_name (bucket);
  g_autofree char *region = await_string (trestle_s3_service_locate (client, name));
  g_autoptr (TrestleStoredPage) page = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count (buckets), ==, 1);
  g_assert_cmpint (trestle_bucket_get_created (bucket), >, 0);
  g_assert_cmpstr (region, ==, "us-east-1");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_free (put (name, keys[i], keys[i]));
  page = await_object (trestle_s3_service_list_page (client, region, name, "tree/", NULL));
  g_assert_null (trestle_stored_page_get_next (page));
  g_assert_cmpuint (count (trestle_stored_page_get_folders (page)), ==, G_N_ELEMENTS (folders));
  g_assert_cmpuint (count (trestle_stored_page_get_objects (page)), ==, G_N_ELEMENTS (files));
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (TrestleStoredObject)
          folder = g_list_model_get_item (trestle_stored_page_get_folders (page), i);
      g_autoptr (TrestleStoredObject)
          file = g_list_model_get_item (trestle_stored_page_get_objects (page), i);

      g_assert_cmpstr (trestle_stored_object_get_key (folder), ==, folders[i]);
      g_assert_cmpstr (trestle_stored_object_get_key (file), ==, files[i]);
      g_assert_cmpint (trestle_stored_object_get_size (file), ==, (gint64) strlen (files[i]));
      g_assert_cmpint (trestle_stored_object_get_modified (file), >, 0);
    }
  g_clear_object (&page);
  page = dex_await_object (
      trestle_s3_service_list_page (client, region, "practice-seller-444455556666", "", NULL),
      &error);
  g_assert_null (page);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  services_fixture_start ();
  trestle_test_fiber ("/services/sagemaker/endpoint", test_endpoint_fiber);
  trestle_test_fiber ("/services/sagemaker/teardown", test_teardown_fiber);
  trestle_test_fiber ("/services/s3/buckets", test_buckets_fiber);
  status = g_test_run ();
  services_fixture_end ();
  return status;
}
