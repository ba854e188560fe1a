/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-copy.h"
#include "workbench-fixture.h"

/* What goes wrong at AWS, and what is left of it. */

static TrestleSession *session;

static DexFuture *
open_fiber (gpointer data)
{
  g_autoptr (TrestlePackage) package = NULL;

  session = open_session ("buyer");
  package = subscribe (session, "iris-classifier");
  return dex_future_new_true ();
}

static TrestleTask *
start (const char *name, const char *type, const char *const *fallbacks)
{
  g_autoptr (TrestleDeployPlan)
      plan = make_plan (session, "iris-classifier", name, type, fallbacks, TRESTLE_HOUR);

  return trestle_endpoints_deploy (trestle_session_get_endpoints (session), plan);
}

static void
assert_failed (TrestleTask *task, GQuark domain, int code, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (trestle_task_wait (task), &error));
  g_assert_error (error, domain, code);
  if (text != NULL)
    g_assert_nonnull (strstr (error->message, text));
  g_assert_cmpint (trestle_task_get_state (task), ==, TRESTLE_TASK_STATE_UNDONE);
  g_assert_cmpuint (count_leftovers (session), ==, 0);
  g_assert_cmpuint (count_open_entries (session), ==, 0);
}

static DexFuture *
test_unhealthy_fiber (gpointer data)
{
  g_autoptr (TrestleTask) task = NULL;
  g_autoptr (TrestleStep) last = NULL;

  practice_fixture_break (
      "[{\"service\":\"sagemaker\",\"operation\":\"CreateEndpoint\",\"kind\":\"ping\",\"count\":1}]");
  task = start ("sick", "ml.m5.large", NULL);
  assert_failed (task, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                 "did not pass the ping health check");
  last = g_list_model_get_item (trestle_task_get_steps (task), 2);
  g_assert_cmpint (trestle_step_get_state (last), ==, TRESTLE_TASK_STATE_FAILED);
  return dex_future_new_true ();
}

static DexFuture *
test_fallback_fiber (gpointer data)
{
  const char *const fallbacks[] = { "ml.c5.large", "ml.c5.xlarge", NULL };
  g_autoptr (TrestleTask) task = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;
  g_autoptr (TrestleVariant) variant = NULL;

  practice_fixture_break ("[{\"service\":\"sagemaker\",\"operation\":\"CreateEndpoint\","
                          "\"kind\":\"capacity\",\"count\":2}]");
  task = start ("second", "ml.m5.large", fallbacks);
  endpoint = await_object (trestle_task_wait (task));
  variant = g_list_model_get_item (trestle_endpoint_get_variants (endpoint), 0);
  g_assert_cmpstr (trestle_variant_get_instance_type (variant), ==, "ml.c5.xlarge");
  g_assert_cmpuint (count_leftovers (session), ==, 3);
  clean_up (session);
  return dex_future_new_true ();
}

static DexFuture *
test_no_capacity_fiber (gpointer data)
{
  const char *const fallbacks[] = { "ml.c5.large", NULL };
  g_autoptr (TrestleTask) task = NULL;

  practice_fixture_break ("[{\"service\":\"sagemaker\",\"operation\":\"CreateEndpoint\","
                          "\"kind\":\"capacity\",\"count\":2}]");
  task = start ("nowhere", "ml.m5.large", fallbacks);
  assert_failed (task, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                 "InsufficientInstanceCapacity");
  return dex_future_new_true ();
}

static DexFuture *
test_quota_fiber (gpointer data)
{
  g_autoptr (TrestlePackage) package = subscribe (session, "iris-classifier");
  g_autoptr (TrestleDeployPlan)
      plan = g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, "name", "many", "package", package,
                           "instance-type", "ml.m5.large", "count", (gint64) 1000, NULL);
  g_autoptr (TrestleTask)
      task = trestle_endpoints_deploy (trestle_session_get_endpoints (session), plan);

  assert_failed (task, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_QUOTA, "1000 are asked for");
  return dex_future_new_true ();
}

static DexFuture *
test_denied_fiber (gpointer data)
{
  g_autoptr (TrestleTask) task = NULL;

  practice_fixture_break ("[{\"service\":\"sagemaker\",\"operation\":\"CreateEndpointConfig\","
                          "\"kind\":\"denied\",\"count\":1}]");
  task = start ("denied", "ml.m5.large", NULL);
  assert_failed (task, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED, NULL);
  return dex_future_new_true ();
}

/* Reads that fail for a while do not end a deployment. */
static DexFuture *
test_bad_weather_fiber (gpointer data)
{
  g_autoptr (TrestleTask) task = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;

  practice_fixture_break (
      "[{\"service\":\"sagemaker\",\"operation\":\"DescribeEndpoint\",\"kind\":\"error503\","
      "\"rate\":0.4,\"count\":8},"
      "{\"service\":\"sagemaker\",\"operation\":\"CreateModel\",\"kind\":\"throttle\",\"count\":1}]");
  task = start ("weather", "ml.m5.large", NULL);
  endpoint = await_object (trestle_task_wait (task));
  practice_fixture_mend ();
  clean_up (session);
  return dex_future_new_true ();
}

static void
wait_last_step (TrestleTask *task)
{
  g_autoptr (TrestleStep) last = NULL;

  while (count (trestle_task_get_steps (task)) < 3)
    dex_await (dex_timeout_new_msec (5), NULL);
  last = g_list_model_get_item (trestle_task_get_steps (task), 2);
  while (trestle_step_get_state (last) != TRESTLE_TASK_STATE_RUNNING)
    dex_await (dex_timeout_new_msec (5), NULL);
}

/* What was made is told of, although AWS does not tell of it at once, or not at all. */
static DexFuture *
test_unseen_fiber (gpointer data)
{
  const char *const kinds[] = { "\"error503\",\"count\":4", "\"denied\",\"count\":20" };
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *name = g_strdup_printf ("unseen-%u", i);
      g_autofree char *faults = g_strdup_printf (
          "[{\"service\":\"sagemaker\",\"operation\":\"DescribeEndpoint\",\"kind\":%s}]", kinds[i]);
      g_autoptr (TrestleDeployPlan)
          waiting = make_plan (session, "iris-classifier", name, "ml.m5.large", NULL, TRESTLE_HOUR);
      g_autoptr (TrestleDeployPlan) plan = trestle_copy_with (waiting, "wait", FALSE, NULL);
      g_autoptr (TrestleTask) task = NULL;
      g_autoptr (TrestleEndpoint) endpoint = NULL;

      practice_fixture_break ("[{\"service\":\"sagemaker\",\"operation\":\"CreateEndpoint\","
                              "\"kind\":\"delay\",\"delay_ms\":1500,\"count\":1}]");
      task = trestle_endpoints_deploy (endpoints, plan);
      wait_last_step (task);
      practice_fixture_break (faults);
      endpoint = await_object (trestle_task_wait (task));
      g_assert_cmpstr (trestle_endpoint_get_name (endpoint), ==, name);
      g_assert_true (trestle_endpoints_find (endpoints, name) == endpoint);
      practice_fixture_mend ();
    }
  clean_up (session);
  return dex_future_new_true ();
}

static void
stop_when_running (TrestleTask *task)
{
  wait_last_step (task);
  g_assert_true (trestle_task_get_can_stop (task));
  trestle_task_stop (task);
  g_assert_true (trestle_task_is_stopping (task));
  g_assert_false (trestle_task_get_can_stop (task));
}

/* AWS does not delete what is Creating: a stop waits for it, and then takes all back. */
static DexFuture *
test_stop_fiber (gpointer data)
{
  g_autoptr (TrestleTask) task = start ("stopped", "ml.m5.large", NULL);

  stop_when_running (task);
  assert_failed (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  return dex_future_new_true ();
}

static DexFuture *
test_same_model_fiber (gpointer data)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);
  g_autoptr (TrestleEndpoint) first = deploy (session, "twice");
  g_autoptr (TrestleTask) paused = trestle_endpoints_delete (endpoints, "twice", TRUE);
  g_autoptr (TrestleEndpoint) second = NULL;
  g_autoptr (TrestlePackage) other = NULL;
  g_autoptr (TrestleDeployPlan) plan = NULL;
  g_autoptr (TrestleTask) clash = NULL;
  g_autoptr (TrestleTask) deleted = NULL;
  g_autoptr (GError) error = NULL;

  await_ok (trestle_task_wait (paused));
  second = deploy (session, "twice");
  g_assert_cmpstr (trestle_endpoint_get_config_name (first), !=,
                   trestle_endpoint_get_config_name (second));

  deleted = trestle_endpoints_delete (endpoints, "twice", TRUE);
  await_ok (trestle_task_wait (deleted));
  other = subscribe (session, "palette");
  plan = g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, "name", "twice", "package", other, "instance-type",
                       trestle_package_get_realtime_types (other)[0], NULL);
  clash = trestle_endpoints_deploy (endpoints, plan);
  g_assert_false (dex_await (trestle_task_wait (clash), &error));
  g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT);
  clean_up (session);
  return dex_future_new_true ();
}

/* A delete-by in the past is enforced, for what this installation made and nothing else. */
static DexFuture *
test_enforce_fiber (gpointer data)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);
  g_autoptr (TrestleEndpoint) kept = deploy (session, "kept");
  g_autoptr (TrestleDeployPlan) plan = make_plan (session, "iris-classifier", "short",
                                                  "ml.m5.large", NULL, TRESTLE_SECOND / 100);
  g_autoptr (TrestleTask) task = trestle_endpoints_deploy (endpoints, plan);
  g_autoptr (TrestleEndpoint) due = await_object (trestle_task_wait (task));
  g_autoptr (TrestleTask) deletion = NULL;

  g_assert_cmpint (trestle_endpoint_get_delete_by (due), <=, trestle_clock_now ());
  g_assert_cmpint (await_int (trestle_session_recover (session)), ==, 0);
  deletion = g_list_model_get_item (trestle_session_get_tasks (session), 0);
  g_assert_cmpstr (trestle_task_get_subject (deletion), ==, "short");
  await_ok (trestle_task_wait (deletion));
  await_ok (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (endpoints)));
  g_assert_null (trestle_endpoints_find (endpoints, "short"));
  g_assert_nonnull (trestle_endpoints_find (endpoints, "kept"));
  g_assert_cmpint (await_int (trestle_endpoints_enforce (endpoints)), ==, 0);
  clean_up (session);
  return dex_future_new_true ();
}

/* The catalogue's last state stays, and the error says what is wrong. */
static DexFuture *
test_offline_fiber (gpointer data)
{
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (session);
  g_autoptr (TrestleListingQuery) all = g_object_new (TRESTLE_TYPE_LISTING_QUERY, NULL);
  g_autoptr (TrestleSearchResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) told = NULL;

  practice_fixture_break (
      "[{\"service\":\"marketplace-discovery\",\"operation\":\"SearchListings\","
      "\"kind\":\"denied\",\"count\":1}]");
  g_assert_false (dex_await (trestle_catalogue_refresh (catalogue), &error));
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED);
  g_object_get (catalogue, "error", &told, NULL);
  g_assert_error (told, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED);
  result = await_object (trestle_catalogue_search (catalogue, all));
  g_assert_cmpuint (trestle_search_result_get_total (result), >=, 60);
  await_ok (trestle_catalogue_refresh (catalogue));
  g_clear_error (&told);
  g_object_get (catalogue, "error", &told, NULL);
  g_assert_no_error (told);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  int status;

  practice_fixture_home ();
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  practice_fixture_start ("1800");
  trestle_test_fiber ("/workbench/faults/open", open_fiber);
  trestle_test_fiber ("/workbench/faults/unhealthy", test_unhealthy_fiber);
  trestle_test_fiber ("/workbench/faults/fallback", test_fallback_fiber);
  trestle_test_fiber ("/workbench/faults/no-capacity", test_no_capacity_fiber);
  trestle_test_fiber ("/workbench/faults/quota", test_quota_fiber);
  trestle_test_fiber ("/workbench/faults/denied", test_denied_fiber);
  trestle_test_fiber ("/workbench/faults/bad-weather", test_bad_weather_fiber);
  trestle_test_fiber ("/workbench/faults/unseen", test_unseen_fiber);
  trestle_test_fiber ("/workbench/faults/stop", test_stop_fiber);
  trestle_test_fiber ("/workbench/faults/same-model", test_same_model_fiber);
  trestle_test_fiber ("/workbench/faults/enforce", test_enforce_fiber);
  trestle_test_fiber ("/workbench/faults/offline", test_offline_fiber);
  status = g_test_run ();
  g_clear_object (&session);
  practice_fixture_end ();
  return status;
}
