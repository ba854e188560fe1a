/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench-fixture.h"

/* Answers that are lost: the call took effect or not, and in no case twice. */

static TrestleSession *session;

static DexFuture *
open_fiber (gpointer data)
{
  session = open_session ("buyer");
  return dex_future_new_true ();
}

static void
lose (const char *service, const char *operation, const char *when)
{
  g_autofree char *fault = g_strdup_printf (
      "[{\"service\":\"%s\",\"operation\":\"%s\",\"kind\":\"reset\",\"count\":1,\"when\":\"%s\"}]",
      service, operation, when);

  practice_fixture_break (fault);
}

static DexFuture *
test_accept_fiber (gpointer data)
{
  static const char *const whens[] = { "after", "before" };
  static const char *const names[] = { "iris-classifier", "palette" };
  TrestleSubscriptions *subscriptions = trestle_session_get_subscriptions (session);

  for (guint i = 0; i < G_N_ELEMENTS (whens); i++)
    {
      g_autoptr (TrestleListing) listing = find_listing (session, names[i]);
      g_autoptr (TrestleQuote)
          quote = await_object (trestle_subscriptions_quote (subscriptions, listing, NULL));
      g_autoptr (TrestleTask) task = NULL;
      g_autoptr (TrestleSubscription) subscription = NULL;

      lose ("marketplace-agreement", "AcceptAgreementRequest", whens[i]);
      task = trestle_subscriptions_accept (subscriptions, listing, quote);
      subscription = await_object (trestle_task_wait (task));
      g_assert_nonnull (trestle_subscription_get_package_arn (subscription));
    }
  await_ok (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (subscriptions)));
  g_assert_cmpuint (count (subscriptions), ==, 2);
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_create_fiber (gpointer data)
{
  static const char *const operations[] = { "CreateModel", "CreateEndpointConfig",
                                            "CreateEndpoint" };
  static const char *const whens[] = { "after", "before" };

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    for (guint j = 0; j < G_N_ELEMENTS (whens); j++)
      {
        g_autoptr (TrestleEndpoint) endpoint = NULL;

        g_test_message ("%s lost %s it took effect", operations[i], whens[j]);
        lose ("sagemaker", operations[i], whens[j]);
        endpoint = deploy (session, "lost");
        g_assert_cmpint (trestle_endpoint_get_state (endpoint), ==,
                         TRESTLE_ENDPOINT_STATE_IN_SERVICE);
        /* One of each: nothing was made twice. */
        g_assert_cmpuint (count_leftovers (session), ==, 3);
        g_assert_cmpuint (count_open_entries (session), ==, 0);
        clean_up (session);
      }
  return dex_future_new_true ();
}

static DexFuture *
test_delete_fiber (gpointer data)
{
  static const char *const operations[] = { "DeleteEndpoint", "DeleteEndpointConfig",
                                            "DeleteModel" };
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = deploy (session, "lost");
      g_autoptr (TrestleTask) task = NULL;

      lose ("sagemaker", operations[i], "after");
      task = trestle_endpoints_delete (endpoints, "lost", FALSE);
      await_ok (trestle_task_wait (task));
      g_assert_cmpuint (count_leftovers (session), ==, 0);
      g_assert_cmpuint (count_open_entries (session), ==, 0);
    }
  return dex_future_new_true ();
}

static DexFuture *
test_cancel_fiber (gpointer data)
{
  TrestleSubscriptions *subscriptions = trestle_session_get_subscriptions (session);
  g_autoptr (TrestleListing) listing = find_listing (session, "palette");
  TrestleSubscription *subscription = trestle_subscriptions_find (
      subscriptions, trestle_listing_get_product_id (listing));

  lose ("marketplace-agreement", "CancelAgreement", "after");
  await_ok (trestle_subscriptions_cancel (subscriptions, subscription));
  g_assert_null (
      trestle_subscriptions_find (subscriptions, trestle_listing_get_product_id (listing)));
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  return dex_future_new_true ();
}

/* AWS cannot be asked either: the entry stays open, and a later start settles it. */
static DexFuture *
test_unsettled_fiber (gpointer data)
{
  g_autoptr (TrestleDeployPlan)
      plan = make_plan (session, "iris-classifier", "dark", "ml.m5.large", NULL, TRESTLE_HOUR);
  g_autoptr (TrestleTask) task = NULL;
  g_autoptr (GError) error = NULL;

  practice_fixture_break (
      "[{\"service\":\"sagemaker\",\"operation\":\"CreateModel\",\"kind\":\"reset\",\"count\":1,"
      "\"when\":\"after\"},"
      "{\"service\":\"sagemaker\",\"operation\":\"DescribeModel\",\"kind\":\"denied\"},"
      "{\"service\":\"sagemaker\",\"operation\":\"ListTags\",\"kind\":\"denied\"}]");
  task = trestle_endpoints_deploy (trestle_session_get_endpoints (session), plan);
  g_assert_false (dex_await (trestle_task_wait (task), &error));
  practice_fixture_mend ();
  g_assert_cmpuint (count_open_entries (session), >, 0);
  g_assert_cmpint (await_int (trestle_session_recover (session)), >, 0);
  g_assert_cmpuint (count_open_entries (session), ==, 0);
  g_assert_cmpuint (count_leftovers (session), ==, 0);
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
  trestle_test_fiber ("/workbench/lost/open", open_fiber);
  trestle_test_fiber ("/workbench/lost/accept", test_accept_fiber);
  trestle_test_fiber ("/workbench/lost/create", test_create_fiber);
  trestle_test_fiber ("/workbench/lost/delete", test_delete_fiber);
  trestle_test_fiber ("/workbench/lost/cancel", test_cancel_fiber);
  trestle_test_fiber ("/workbench/lost/unsettled", test_unsettled_fiber);
  status = g_test_run ();
  g_clear_object (&session);
  practice_fixture_end ();
  return status;
}
