/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench-fixture.h"

#include "domain/trestle-attributes.h"
#include "domain/trestle-facet.h"
#include "domain/trestle-price-row.h"
#include "domain/trestle-role.h"
#include "domain/trestle-sample.h"

static TrestleSession *session;

static DexFuture *
open_fiber (gpointer data)
{
  session = open_session ("buyer");
  return dex_future_new_true ();
}

static DexFuture *
test_catalogue_fiber (gpointer data)
{
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (session);
  g_autoptr (TrestleListingQuery) all = g_object_new (TRESTLE_TYPE_LISTING_QUERY, NULL);
  g_autoptr (TrestleListingQuery)
      words = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "text", "iris clas", NULL);
  g_autoptr (TrestleSearchResult) before = await_object (trestle_catalogue_search (catalogue, all));
  g_autoptr (TrestleSearchResult) after = NULL;
  g_autoptr (TrestleSearchResult) found = NULL;
  g_autoptr (TrestleListing) first = NULL;
  guint hinted = 0;

  g_assert_cmpuint (trestle_search_result_get_total (before), ==, 0);
  g_assert_cmpint (trestle_search_result_get_refreshed (before), ==, 0);
  await_ok (trestle_catalogue_refresh (catalogue));
  after = await_object (trestle_catalogue_search (catalogue, all));
  g_assert_cmpuint (trestle_search_result_get_total (after), >=, 60);
  g_assert_cmpint (trestle_search_result_get_refreshed (after), >, 0);
  g_assert_cmpuint (count (trestle_search_result_get_facets (after)), >, 10);
  for (guint i = 0; i < count (trestle_search_result_get_listings (after)); i++)
    {
      g_autoptr (TrestleListing)
          listing = g_list_model_get_item (trestle_search_result_get_listings (after), i);

      hinted += trestle_listing_get_price_hint (listing) != NULL;
    }
  g_assert_cmpuint (hinted, ==, trestle_search_result_get_total (after));

  found = await_object (trestle_catalogue_search (catalogue, words));
  first = g_list_model_get_item (trestle_search_result_get_listings (found), 0);
  g_assert_cmpstr (trestle_listing_get_slug (first), ==, "iris-classifier");
  return dex_future_new_true ();
}

static DexFuture *
test_find_fiber (gpointer data)
{
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (session);
  g_autoptr (TrestleListing) by_slug = find_listing (session, "iris-classifier");
  g_autoptr (TrestleListing) by_title = find_listing (session, "Iris Classifier");
  g_autoptr (TrestleListing) by_id = find_listing (session, trestle_listing_get_id (by_slug));
  g_autoptr (TrestleListing)
      by_product = find_listing (session, trestle_listing_get_product_id (by_slug));
  g_autoptr (TrestleListing) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (trestle_listing_get_detailed (by_slug));
  g_assert_cmpstr (trestle_listing_get_id (by_title), ==, trestle_listing_get_id (by_slug));
  g_assert_cmpstr (trestle_listing_get_slug (by_id), ==, "iris-classifier");
  g_assert_cmpstr (trestle_listing_get_slug (by_product), ==, "iris-classifier");
  none = dex_await_object (trestle_catalogue_find (catalogue, "irsi-clasifier"), &error);
  g_assert_null (none);
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "iris-classifier"));
  return dex_future_new_true ();
}

static DexFuture *
test_detail_fiber (gpointer data)
{
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (session);
  g_autoptr (TrestleListing) listing = find_listing (session, "iris-classifier");
  g_autoptr (GListModel) versions = await_object (trestle_catalogue_versions (catalogue, listing));
  g_autoptr (GListModel) offers = await_object (trestle_catalogue_offers (catalogue, listing));
  g_autoptr (GListModel)
      prices = await_object (trestle_catalogue_prices (catalogue, listing, NULL));
  g_autoptr (TrestleVersion) newest = g_list_model_get_item (versions, 0);
  g_autoptr (GListModel) samples = trestle_catalogue_samples (catalogue, listing, newest);
  g_autoptr (TrestleSample) sample = g_list_model_get_item (samples, 0);
  g_autoptr (TrestlePriceRow) row = g_list_model_get_item (prices, 0);
  g_autoptr (TrestleOffer) offer = g_list_model_get_item (offers, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_cmpstr (trestle_version_get_title (newest), ==, "1.2");
  g_assert_cmpuint (count (trestle_offer_get_terms (offer)), >=, 4);
  g_assert_cmpstr (trestle_price_row_get_instance_type (row), ==, "ml.t2.medium");
  g_assert_true (trestle_price_row_get_recommended (row));
  g_assert_true (trestle_money_is_zero (trestle_price_row_get_software (row)));
  g_assert_nonnull (trestle_price_row_get_total (row));
  g_assert_cmpint (trestle_price_row_get_quota (row), >=, 0);
  g_assert_cmpstr (trestle_sample_get_name (sample), ==, "iris-4.csv");
  g_assert_cmpstr (trestle_sample_get_content_type (sample), ==, "text/csv");
  bytes = dex_await_boxed (
      trestle_session_fetch (session, trestle_sample_get_url (sample), 1024 * 1024), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 10);
  return dex_future_new_true ();
}

static TrestleAttribute *
find_attribute (const char *listing_name, const char *name)
{
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (session);
  g_autoptr (TrestleListing) listing = find_listing (session, listing_name);
  g_autoptr (GListModel) versions = await_object (trestle_catalogue_versions (catalogue, listing));
  g_autoptr (TrestleVersion) newest = g_list_model_get_item (versions, 0);
  g_autoptr (GListModel)
      attributes = trestle_attributes_parse (trestle_version_get_usage_instructions (newest));

  for (guint i = 0; i < count (attributes); i++)
    {
      g_autoptr (TrestleAttribute) attribute = g_list_model_get_item (attributes, i);

      if (g_strcmp0 (trestle_attribute_get_name (attribute), name) == 0)
        return g_steal_pointer (&attribute);
    }
  return NULL;
}

/* What the practice listings say of their custom attributes is understood, each as what it is. */
static DexFuture *
test_attributes_fiber (gpointer data)
{
  static const struct
  {
    const char *listing, *name;
    TrestleAttributeKind kind;
    const char *fallback;
  } cases[] = {
    { "palette", "colors", TRESTLE_ATTRIBUTE_KIND_RANGE, "6" },
    { "aerial-vehicle-counter", "min-score", TRESTLE_ATTRIBUTE_KIND_RANGE, "0.5" },
    { "aerial-vehicle-counter", "classes", TRESTLE_ATTRIBUTE_KIND_SET, "car,van,truck" },
    { "clarion-speech-denoise", "keep", TRESTLE_ATTRIBUTE_KIND_CHOICE, "speech" },
    { "clarion-speech-denoise", "report", TRESTLE_ATTRIBUTE_KIND_SWITCH, "on" },
  };
  g_autoptr (TrestleAttribute) none = find_attribute ("iris-classifier", "body");

  g_assert_null (none);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TrestleAttribute) it = find_attribute (cases[i].listing, cases[i].name);

      g_assert_nonnull (it);
      g_assert_cmpint (trestle_attribute_get_kind (it), ==, cases[i].kind);
      g_assert_cmpstr (trestle_attribute_get_fallback (it), ==, cases[i].fallback);
      g_assert_nonnull (trestle_attribute_get_description (it));
    }
  return dex_future_new_true ();
}

static DexFuture *
test_subscribe_fiber (gpointer data)
{
  TrestleSubscriptions *subscriptions = trestle_session_get_subscriptions (session);
  g_autoptr (TrestleListing) listing = find_listing (session, "iris-classifier");
  g_autoptr (TrestleQuote)
      quote = await_object (trestle_subscriptions_quote (subscriptions, listing, NULL));
  g_autoptr (TrestleTask) task = trestle_subscriptions_accept (subscriptions, listing, quote);
  g_autoptr (TrestleSubscription) subscription = await_object (trestle_task_wait (task));
  g_autoptr (TrestleQuote) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleListing) marked = NULL;

  g_assert_cmpint (trestle_task_get_state (task), ==, TRESTLE_TASK_STATE_DONE);
  g_assert_cmpuint (count (trestle_task_get_steps (task)), ==, 3);
  g_assert_nonnull (trestle_subscription_get_package_arn (subscription));
  g_assert_cmpstr (trestle_subscription_get_version (subscription), ==, "1.2");
  g_assert_cmpstr (trestle_listing_get_slug (trestle_subscription_get_listing (subscription)), ==,
                   "iris-classifier");
  g_assert_true (
      trestle_subscriptions_find (subscriptions, trestle_listing_get_product_id (listing))
      == subscription);
  again = dex_await_object (trestle_subscriptions_quote (subscriptions, listing, NULL), &error);
  g_assert_null (again);
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_ALREADY_SUBSCRIBED);
  await_ok (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (subscriptions)));
  g_assert_cmpuint (count (subscriptions), ==, 1);
  marked = find_listing (session, "iris-classifier");
  g_assert_true (trestle_listing_get_subscribed (marked));
  return dex_future_new_true ();
}

/* One trial for each product: after a cancellation it is left out of the second quote. */
static DexFuture *
test_trial_fiber (gpointer data)
{
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (session);
  TrestleSubscriptions *subscriptions = trestle_session_get_subscriptions (session);
  g_autoptr (TrestleListing) listing = find_listing (session, "hard-hat-guard");
  g_autoptr (TrestleQuote)
      first = await_object (trestle_subscriptions_quote (subscriptions, listing, NULL));
  g_autoptr (TrestleTask) task = trestle_subscriptions_accept (subscriptions, listing, first);
  g_autoptr (TrestleSubscription) subscription = await_object (trestle_task_wait (task));
  g_autoptr (GListModel)
      prices = await_object (trestle_catalogue_prices (catalogue, listing, NULL));
  g_autoptr (TrestlePriceRow) row = g_list_model_get_item (prices, 0);
  g_autoptr (TrestleQuote) second = NULL;

  g_assert_true (trestle_quote_get_trial (first));
  g_assert_cmpint (trestle_subscription_get_trial_days_left (subscription), >=, 5);
  g_assert_true (trestle_money_is_zero (trestle_price_row_get_software (row)));
  await_ok (trestle_subscriptions_cancel (subscriptions, subscription));
  g_assert_null (
      trestle_subscriptions_find (subscriptions, trestle_listing_get_product_id (listing)));
  second = await_object (trestle_subscriptions_quote (subscriptions, listing, NULL));
  g_assert_false (trestle_quote_get_trial (second));
  return dex_future_new_true ();
}

static DexFuture *
test_roles_fiber (gpointer data)
{
  g_autoptr (GListModel)
      roles = await_object (trestle_endpoints_roles (trestle_session_get_endpoints (session)));
  g_autoptr (TrestleRole) first = g_list_model_get_item (roles, 0);
  g_autoptr (TrestleRole) last = g_list_model_get_item (roles, count (roles) - 1);

  g_assert_cmpstr (trestle_role_get_name (first), ==, "trestle-practice-execution");
  g_assert_false (trestle_role_get_trusts_sagemaker (last));
  return dex_future_new_true ();
}

static DexFuture *
test_deploy_fiber (gpointer data)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);
  g_autoptr (TrestleDeployPlan)
      plan = make_plan (session, "iris-classifier", "iris", "ml.m5.large", NULL, TRESTLE_HOUR);
  g_autofree char *cli = trestle_deploy_plan_to_code (plan, endpoints, "cli");
  g_autofree char *python = trestle_deploy_plan_to_code (plan, endpoints, "python");
  gint64 before = trestle_clock_now ();
  g_autoptr (TrestleTask) task = trestle_endpoints_deploy (endpoints, plan);
  g_autoptr (TrestleEndpoint) endpoint = await_object (trestle_task_wait (task));
  g_autoptr (TrestleTask) taken = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleMoney) hourly = NULL;
  guint running;

  g_assert_nonnull (strstr (cli, "aws sagemaker create-endpoint --region us-east-1"));
  g_assert_nonnull (strstr (python, "EnableNetworkIsolation=True"));
  g_assert_cmpint (trestle_endpoint_get_state (endpoint), ==, TRESTLE_ENDPOINT_STATE_IN_SERVICE);
  g_assert_cmpstr (trestle_endpoint_get_listing_title (endpoint), ==, "Iris Classifier");
  g_assert_cmpstr (trestle_endpoint_get_session_tag (endpoint), ==,
                   trestle_session_get_tag (session));
  g_assert_cmpint (trestle_endpoint_get_delete_by (endpoint), >=,
                   before + TRESTLE_HOUR - TRESTLE_SECOND);
  g_assert_cmpint (trestle_endpoint_get_delete_by (endpoint), <,
                   trestle_clock_now () + TRESTLE_HOUR);
  g_assert_nonnull (trestle_endpoint_get_hourly (endpoint));
  g_assert_true (g_str_has_prefix (trestle_endpoint_get_config_name (endpoint), "iris-"));
  for (guint i = 0; i < count (trestle_task_get_steps (task)); i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (trestle_task_get_steps (task), i);

      g_assert_cmpint (trestle_step_get_state (step), ==, TRESTLE_TASK_STATE_DONE);
      g_assert_cmpint (trestle_step_get_ended (step), >=, trestle_step_get_started (step));
    }
  g_assert_true (trestle_endpoints_find (endpoints, "iris") == endpoint);
  await_ok (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (endpoints)));
  g_object_get (endpoints, "hourly", &hourly, "n-running", &running, NULL);
  g_assert_nonnull (hourly);
  g_assert_cmpuint (running, ==, 1);

  taken = trestle_endpoints_deploy (endpoints, plan);
  g_assert_false (dex_await (trestle_task_wait (taken), &error));
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  return dex_future_new_true ();
}

static TrestleInvocation *
invoke (GBytes *bytes, const char *type)
{
  g_autoptr (TrestlePackage) package = subscribe (session, "iris-classifier");
  g_autoptr (TrestleInvokeRequest) request = g_object_new (
      TRESTLE_TYPE_INVOKE_REQUEST, "endpoint", "iris", "bytes", bytes, "file-name", "rows.csv",
      "content-type", type, "package", package, NULL);

  return await_object (trestle_invoke_send (session, request));
}

static DexFuture *
test_invoke_fiber (gpointer data)
{
  g_autoptr (GBytes) rows = g_bytes_new_static ("5.1,3.5,1.4,0.2\n6.3,2.9,5.6,1.8\n", 32);
  g_autoptr (GBytes) words = g_bytes_new_static ("no,numbers,in,here\n", 19);
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (26 * 1000 * 1000), 26 * 1000 * 1000);
  g_autoptr (TrestleInvocation) good = invoke (rows, NULL);
  g_autoptr (TrestleInvocation) bad = invoke (words, "text/csv");
  g_autoptr (TrestleInvocation) wrong = invoke (rows, "image/png");
  g_autoptr (TrestleInvocation) large = invoke (huge, "text/csv");
  g_autoptr (GListModel) history = await_object (trestle_invoke_history (session, "iris", 10));
  g_autoptr (TrestleInvocation)
      recalled = await_object (trestle_invoke_recall (session, trestle_invocation_get_id (good)));

  g_assert_null (trestle_invocation_get_error_code (good));
  g_assert_cmpstr (trestle_invocation_get_request_type (good), ==, "text/csv");
  g_assert_cmpint (trestle_invocation_get_id (good), >, 0);
  g_assert_cmpstr (trestle_invocation_get_error_code (bad), ==, "ModelError");
  g_assert_nonnull (trestle_invocation_get_log_stream_arn (bad));
  g_assert_cmpstr (trestle_invocation_get_error_code (wrong), ==, "Refused");
  g_assert_cmpint (trestle_invocation_get_bytes_sent (wrong), ==, 0);
  g_assert_cmpstr (trestle_invocation_get_error_code (large), ==, "Refused");
  g_assert_nonnull (strstr (trestle_invocation_get_error_message (large), "batch transform"));
  g_assert_cmpuint (count (history), ==, 4);
  g_assert_true (
      g_bytes_equal (trestle_invocation_get_body (recalled), trestle_invocation_get_body (good)));
  return dex_future_new_true ();
}

static DexFuture *
test_invoke_file_fiber (gpointer data)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "mine.dat", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/file.csv");
  g_autoptr (TrestleInvokeRequest)
      request = g_object_new (TRESTLE_TYPE_INVOKE_REQUEST, "endpoint", "iris", "file", file,
                              "content-type", "text/csv", NULL);
  g_autoptr (TrestleInvokeRequest)
      none = g_object_new (TRESTLE_TYPE_INVOKE_REQUEST, "endpoint", "iris", "file", missing, NULL);
  g_autoptr (TrestleInvokeRequest)
      nowhere = g_object_new (TRESTLE_TYPE_INVOKE_REQUEST, "endpoint", "nowhere", "file", file,
                              "content-type", "text/csv", NULL);
  static const char *const supported[] = { "text/csv", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *guess = NULL;
  g_autoptr (TrestleInvocation) good = NULL;
  g_autoptr (TrestleInvocation) unsent = NULL;
  g_autoptr (TrestleInvocation) lost = NULL;

  g_file_set_contents (path, "5.1,3.5,1.4,0.2\n5.1,3.5,1.4,0.2\n", -1, &error);
  g_assert_no_error (error);
  guess = dex_await_string (trestle_invoke_guess_type (file, supported), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guess, ==, "text/csv");
  good = await_object (trestle_invoke_send (session, request));
  g_assert_null (trestle_invocation_get_error_code (good));
  g_assert_cmpstr (trestle_invocation_get_file (good), ==, "mine.dat");
  unsent = dex_await_object (trestle_invoke_send (session, none), &error);
  g_assert_null (unsent);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  lost = await_object (trestle_invoke_send (session, nowhere));
  g_assert_cmpstr (trestle_invocation_get_error_code (lost), ==, "ValidationError");
  return dex_future_new_true ();
}

static DexFuture *
test_logs_fiber (gpointer data)
{
  g_autofree char *group = trestle_log_group_for_endpoint ("iris");
  g_autoptr (TrestleLogFeed)
      feed = trestle_log_feed_new (session, group, trestle_clock_now () - TRESTLE_HOUR, NULL);
  g_autoptr (TrestleLogFeed)
      none = trestle_log_feed_new (session, "/aws/sagemaker/Endpoints/nowhere", 0, NULL);
  g_autoptr (TrestleLogFeed) filtered = trestle_log_feed_new (session, group, 0, "Listening");
  g_autoptr (TrestleLogEvent) newest = NULL;
  g_autoptr (TrestleLogEvent) oldest = NULL;
  g_autoptr (GBytes) rows = g_bytes_new_static ("5.1,3.5,1.4,0.2\n", 16);
  g_autoptr (TrestleInvocation) call = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) groups = NULL;
  gboolean complete, missing;
  guint before, fresh;

  await_ok (trestle_log_feed_load (feed));
  before = count (feed);
  g_assert_cmpuint (before, >, 4);
  newest = g_list_model_get_item (G_LIST_MODEL (feed), 0);
  oldest = g_list_model_get_item (G_LIST_MODEL (feed), before - 1);
  g_assert_cmpint (trestle_log_event_get_when (newest), >=, trestle_log_event_get_when (oldest));
  g_object_get (feed, "complete", &complete, NULL);
  g_assert_true (complete);

  call = invoke (rows, "text/csv");
  g_assert_null (trestle_invocation_get_error_code (call));
  fresh = (guint) await_int (trestle_log_feed_poll (feed));
  g_assert_cmpuint (fresh, >, 0);
  g_assert_cmpuint (count (feed), ==, before + fresh);
  g_assert_cmpint (await_int (trestle_log_feed_poll (feed)), ==, 0);

  await_ok (trestle_log_feed_load (none));
  g_object_get (none, "missing", &missing, NULL);
  g_assert_true (missing);
  await_ok (trestle_log_feed_load (filtered));
  g_assert_cmpuint (count (filtered), ==, 1);
  groups = dex_await_boxed (trestle_log_groups (session), &error);
  g_assert_no_error (error);
  g_assert_true (g_strv_contains ((const char *const *) groups, group));
  return dex_future_new_true ();
}

static DexFuture *
test_follow_fiber (gpointer data)
{
  g_autofree char *group = trestle_log_group_for_endpoint ("iris");
  g_autoptr (TrestleLogFeed)
      feed = trestle_log_feed_new (session, group, trestle_clock_now () - TRESTLE_HOUR, NULL);
  g_autoptr (GBytes) rows = g_bytes_new_static ("5.1,3.5,1.4,0.2\n", 16);
  g_autoptr (TrestleInvocation) call = NULL;
  guint before;

  await_ok (trestle_log_feed_load (feed));
  before = count (feed);
  trestle_log_feed_set_follow (feed, TRUE);
  call = invoke (rows, "text/csv");
  while (count (feed) == before)
    dex_await (dex_timeout_new_msec (20), NULL);
  trestle_log_feed_set_follow (feed, FALSE);
  return dex_future_new_true ();
}

static DexFuture *
test_postpone_fiber (gpointer data)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);
  gint64 later = trestle_clock_now () + 5 * TRESTLE_HOUR;
  g_autoptr (TrestleEndpoint)
      endpoint = await_object (trestle_endpoints_postpone (endpoints, "iris", later));
  g_autoptr (TrestleEndpoint) never = NULL;

  g_assert_cmpint (ABS (trestle_endpoint_get_delete_by (endpoint) - later), <, TRESTLE_SECOND);
  never = await_object (trestle_endpoints_postpone (endpoints, "iris", 0));
  g_assert_cmpint (trestle_endpoint_get_delete_by (never), ==, 0);
  g_assert_cmpint (await_int (trestle_endpoints_enforce (endpoints)), ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_delete_fiber (gpointer data)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);
  g_autoptr (TrestleTask) kept = trestle_endpoints_delete (endpoints, "iris", TRUE);
  g_autoptr (TrestleTask) missing = NULL;
  g_autoptr (GListModel) left = NULL;
  g_autoptr (TrestleLeftover) config = NULL;
  g_autoptr (TrestleLeftover) model = NULL;
  g_autoptr (GError) error = NULL;

  await_ok (trestle_task_wait (kept));
  g_assert_null (trestle_endpoints_find (endpoints, "iris"));
  left = await_object (trestle_endpoints_leftovers (endpoints, FALSE));
  g_assert_cmpuint (count (left), ==, 2);
  config = g_list_model_get_item (left, 0);
  model = g_list_model_get_item (left, 1);
  g_assert_cmpstr (trestle_leftover_get_kind (config), ==, "endpoint-config");
  g_assert_true (g_str_has_prefix (trestle_leftover_get_name (config), "iris-"));
  g_assert_cmpstr (trestle_leftover_get_kind (model), ==, "model");
  g_assert_cmpstr (trestle_leftover_get_name (model), ==, "iris");
  missing = trestle_endpoints_delete (endpoints, "iris", FALSE);
  g_assert_false (dex_await (trestle_task_wait (missing), &error));
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND);
  clean_up (session);
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  return dex_future_new_true ();
}

/* The session's fiber must go with it. */
static void
test_close (void)
{
  g_autoptr (TrestleSession) last = g_steal_pointer (&session);
  gpointer watched = last;

  g_object_add_weak_pointer (G_OBJECT (last), &watched);
  g_clear_object (&last);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  int status;

  practice_fixture_home ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  practice_fixture_start ("1800");
  trestle_test_fiber ("/workbench/flows/open", open_fiber);
  trestle_test_fiber ("/workbench/flows/catalogue", test_catalogue_fiber);
  trestle_test_fiber ("/workbench/flows/find", test_find_fiber);
  trestle_test_fiber ("/workbench/flows/detail", test_detail_fiber);
  trestle_test_fiber ("/workbench/flows/attributes", test_attributes_fiber);
  trestle_test_fiber ("/workbench/flows/subscribe", test_subscribe_fiber);
  trestle_test_fiber ("/workbench/flows/trial", test_trial_fiber);
  trestle_test_fiber ("/workbench/flows/roles", test_roles_fiber);
  trestle_test_fiber ("/workbench/flows/deploy", test_deploy_fiber);
  trestle_test_fiber ("/workbench/flows/invoke", test_invoke_fiber);
  trestle_test_fiber ("/workbench/flows/invoke-file", test_invoke_file_fiber);
  trestle_test_fiber ("/workbench/flows/logs", test_logs_fiber);
  trestle_test_fiber ("/workbench/flows/follow", test_follow_fiber);
  trestle_test_fiber ("/workbench/flows/postpone", test_postpone_fiber);
  trestle_test_fiber ("/workbench/flows/delete", test_delete_fiber);
  g_test_add_func ("/workbench/flows/close", test_close);
  status = g_test_run ();
  practice_fixture_end ();
  return status;
}
