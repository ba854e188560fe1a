/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench-fixture.h"

#include "domain/trestle-endpoint-config.h"
#include "domain/trestle-model.h"
#include "services/trestle-endpoint-service.h"
#include "services/trestle-model-service.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-recovery.h"

/* Endpoints that share a configuration or a model, made by somebody else than this installation. */

static TrestleSession *session;

static TrestleContext *
get_context (void)
{
  return trestle_session_get_context (session);
}

/* Anew: it has seen no list of endpoints yet, as a command line has not. */
static void
reopen (void)
{
  g_clear_object (&session);
  session = open_session ("buyer");
}

static void
wait_in_service (const char *name)
{
  for (;;)
    {
      g_autoptr (TrestleEndpoint) endpoint = await_object (
          trestle_endpoint_service_describe (get_context ()->client, name));

      if (trestle_endpoint_get_state (endpoint) == TRESTLE_ENDPOINT_STATE_IN_SERVICE)
        return;
      g_assert_cmpint (trestle_endpoint_get_state (endpoint), ==, TRESTLE_ENDPOINT_STATE_CREATING);
      dex_await (dex_timeout_new_msec (10), NULL);
    }
}

/* As the console or a script would: without our tags. */
static void
create_foreign (const char *name, const char *config)
{
  await_ok (trestle_endpoint_service_create (get_context ()->client, name, config, NULL));
  wait_in_service (name);
}

static gboolean
has_config (const char *name)
{
  g_autoptr (TrestleEndpointConfig) config = dex_await_object (
      trestle_endpoint_service_describe_config (get_context ()->client, name), NULL);

  return config != NULL;
}

static gboolean
has_model (const char *name)
{
  g_autoptr (TrestleModel) model = dex_await_object (
      trestle_model_service_describe (get_context ()->client, name), NULL);

  return model != NULL;
}

/* Deletes @name; what was kept, as "KIND for ENDPOINT, …". */
static char *delete (const char *name)
{
  g_autoptr (TrestleTask)
      task = trestle_endpoints_delete (trestle_session_get_endpoints (session), name, FALSE);
  g_autoptr (GListModel) kept = await_object (trestle_task_wait (task));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (TrestleStep) model = g_list_model_get_item (trestle_task_get_steps (task), 2);

  for (guint i = 0; i < count (kept); i++)
    {
      g_autoptr (TrestleLeftover) part = g_list_model_get_item (kept, i);

      g_string_append_printf (text, "%s%s for %s", i > 0 ? ", " : "",
                              trestle_leftover_get_kind (part),
                              trestle_leftover_get_used_by (part));
      if (g_str_equal (trestle_leftover_get_kind (part), "model"))
        g_assert_nonnull (
            strstr (trestle_step_get_detail (model), trestle_leftover_get_used_by (part)));
    }
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static DexFuture *
open_fiber (gpointer data)
{
  session = open_session ("buyer");
  return dex_future_new_true ();
}

static DexFuture *
test_same_config_fiber (gpointer data)
{
  g_autoptr (TrestleEndpoint) first = deploy (session, "iris");
  const char *config = trestle_endpoint_get_config_name (first);
  g_autofree char *kept = NULL;
  g_autofree char *rest = NULL;

  create_foreign ("theirs", config);
  reopen ();
  kept = delete ("iris");
  g_assert_cmpstr (kept, ==, "endpoint-config for theirs, model for theirs");
  g_assert_true (has_config (config));
  g_assert_true (has_model ("iris"));
  reopen ();
  rest = delete ("theirs");
  g_assert_cmpstr (rest, ==, "");
  g_assert_false (has_config (config));
  g_assert_false (has_model ("iris"));
  return dex_future_new_true ();
}

static DexFuture *
test_same_model_fiber (gpointer data)
{
  g_autoptr (TrestleEndpoint) first = deploy (session, "iris");
  const char *config = trestle_endpoint_get_config_name (first);
  g_autofree char *kept = NULL;
  g_autofree char *rest = NULL;

  await_ok (trestle_endpoint_service_create_config (get_context ()->client, "their-config", "iris",
                                                    "ml.m5.large", 1, NULL));
  create_foreign ("theirs", "their-config");
  reopen ();
  kept = delete ("iris");
  g_assert_cmpstr (kept, ==, "model for theirs");
  g_assert_false (has_config (config));
  g_assert_true (has_model ("iris"));
  rest = delete ("theirs");
  g_assert_cmpstr (rest, ==, "");
  g_assert_false (has_config ("their-config"));
  g_assert_false (has_model ("iris"));
  return dex_future_new_true ();
}

/* Both go at once: the last of them takes along what they shared. */
static DexFuture *
test_both_fiber (gpointer data)
{
  TrestleEndpoints *endpoints;
  g_autoptr (TrestleEndpoint) first = deploy (session, "iris");
  const char *config = trestle_endpoint_get_config_name (first);
  g_autoptr (TrestleTask) ours = NULL;
  g_autoptr (TrestleTask) theirs = NULL;

  create_foreign ("theirs", config);
  endpoints = trestle_session_get_endpoints (session);
  ours = trestle_endpoints_delete (endpoints, "iris", FALSE);
  theirs = trestle_endpoints_delete (endpoints, "theirs", FALSE);
  await_ok (trestle_task_wait (ours));
  await_ok (trestle_task_wait (theirs));
  g_assert_false (has_config (config));
  g_assert_false (has_model ("iris"));
  return dex_future_new_true ();
}

/* What cannot be found out is not deleted; it is looked at again later, and by then somebody uses it. */
static DexFuture *
test_unknown_fiber (gpointer data)
{
  g_autoptr (TrestleEndpoint) first = deploy (session, "iris");
  const char *config = trestle_endpoint_get_config_name (first);
  g_autoptr (TrestleTask) task = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (GError) error = NULL;

  practice_fixture_break (
      "[{\"service\":\"sagemaker\",\"operation\":\"ListEndpoints\",\"kind\":\"denied\","
      "\"count\":1}]");
  task = trestle_endpoints_delete (trestle_session_get_endpoints (session), "iris", FALSE);
  g_assert_false (dex_await (trestle_task_wait (task), &error));
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED);
  practice_fixture_mend ();
  g_assert_true (has_config (config));
  g_assert_true (has_model ("iris"));
  g_assert_cmpuint (count_open_entries (session), ==, 1);

  await_ok (trestle_endpoint_service_create_config (get_context ()->client, "their-config", "iris",
                                                    "ml.m5.large", 1, NULL));
  create_foreign ("theirs", "their-config");
  g_assert_cmpint (await_int (trestle_recovery_run (get_context ())), ==, 1);
  g_assert_false (has_config (config));
  g_assert_true (has_model ("iris"));
  rest = delete ("theirs");
  g_assert_false (has_model ("iris"));
  return dex_future_new_true ();
}

/* An endpoint that cannot be described may run anything: nothing is listed to be cleaned up. */
static DexFuture *
test_leftovers_fiber (gpointer data)
{
  g_autoptr (TrestleEndpoint) first = deploy (session, "iris");
  g_autoptr (GListModel) left = NULL;
  g_autoptr (GError) error = NULL;

  create_foreign ("theirs", trestle_endpoint_get_config_name (first));
  reopen ();
  practice_fixture_break (
      "[{\"service\":\"sagemaker\",\"operation\":\"DescribeEndpoint\",\"kind\":\"denied\","
      "\"rate\":1}]");
  left = dex_await_object (
      trestle_endpoints_leftovers (trestle_session_get_endpoints (session), TRUE), &error);
  practice_fixture_mend ();
  g_assert_null (left);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED);
  left = await_object (trestle_endpoints_leftovers (trestle_session_get_endpoints (session), TRUE));
  g_assert_cmpuint (count (left), ==, 1); /* ours; what it stands on is theirs as well */
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
  trestle_test_fiber ("/workbench/delete/open", open_fiber);
  trestle_test_fiber ("/workbench/delete/same-config", test_same_config_fiber);
  trestle_test_fiber ("/workbench/delete/same-model", test_same_model_fiber);
  trestle_test_fiber ("/workbench/delete/both", test_both_fiber);
  trestle_test_fiber ("/workbench/delete/unknown", test_unknown_fiber);
  trestle_test_fiber ("/workbench/delete/leftovers", test_leftovers_fiber);
  g_test_add_func ("/workbench/delete/close", test_close);
  status = g_test_run ();
  practice_fixture_end ();
  return status;
}
