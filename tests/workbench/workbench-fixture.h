/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "domain/trestle-variant.h"
#include "practice-fixture.h"
#include "workbench/trestle-accounts.h"
#include "workbench/trestle-invoke-flow.h"
#include "workbench/trestle-log-feed.h"
#include "workbench/trestle-session.h"
#include "workbench/trestle-workbench-error.h"

static inline gpointer
await_object (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gpointer object = dex_await_object (future, &error);

  g_assert_no_error (error);
  g_assert_nonnull (object);
  return object;
}

static inline void
await_ok (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dex_await (future, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static inline int
await_int (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  int n = dex_await_int (future, &error);

  g_assert_no_error (error);
  return n;
}

static inline guint
count (gpointer list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static inline TrestleSession *
open_session (const char *role)
{
  g_autoptr (TrestleAccount) account = trestle_accounts_practice (role);

  return await_object (trestle_session_open (account, NULL));
}

static inline TrestleListing *
find_listing (TrestleSession *session, const char *name)
{
  return await_object (trestle_catalogue_find (trestle_session_get_catalogue (session), name));
}

/* Subscribes unless there is a subscription, and gives the package. */
static inline TrestlePackage *
subscribe (TrestleSession *session, const char *name)
{
  TrestleSubscriptions *subscriptions = trestle_session_get_subscriptions (session);
  g_autoptr (TrestleListing) listing = find_listing (session, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleQuote)
      quote = dex_await_object (trestle_subscriptions_quote (subscriptions, listing, NULL), &error);

  if (quote != NULL)
    {
      g_autoptr (TrestleTask) task = trestle_subscriptions_accept (subscriptions, listing, quote);

      await_ok (trestle_task_wait (task));
    }
  else
    {
      g_assert_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_ALREADY_SUBSCRIBED);
    }
  return await_object (trestle_subscriptions_package (subscriptions, listing, NULL));
}

static inline TrestleDeployPlan *
make_plan (TrestleSession *session,
           const char *listing_name,
           const char *name,
           const char *type,
           const char *const *fallbacks,
           gint64 delete_after)
{
  g_autoptr (TrestlePackage) package = subscribe (session, listing_name);
  g_autoptr (TrestleListing) listing = find_listing (session, listing_name);

  return g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, "name", name, "listing", listing, "package",
                       package, "instance-type", type, "fallback-types", fallbacks, "delete-after",
                       delete_after, NULL);
}

/* Deploys the iris classifier and waits; the endpoint. */
static inline TrestleEndpoint *
deploy (TrestleSession *session, const char *name)
{
  g_autoptr (TrestleDeployPlan)
      plan = make_plan (session, "iris-classifier", name, "ml.m5.large", NULL, TRESTLE_HOUR);
  g_autoptr (TrestleTask)
      task = trestle_endpoints_deploy (trestle_session_get_endpoints (session), plan);

  return await_object (trestle_task_wait (task));
}

/* Everything at AWS that carries this installation's tag. */
static inline guint
count_leftovers (TrestleSession *session)
{
  g_autoptr (GListModel) all = await_object (
      trestle_endpoints_leftovers (trestle_session_get_endpoints (session), TRUE));

  return count (all);
}

static inline void
clean_up (TrestleSession *session)
{
  TrestleEndpoints *endpoints = trestle_session_get_endpoints (session);
  g_autoptr (GListModel) all = await_object (trestle_endpoints_leftovers (endpoints, TRUE));
  g_autoptr (TrestleTask) task = trestle_endpoints_clean_up (endpoints, all);

  await_ok (trestle_task_wait (task));
  g_assert_cmpuint (count_leftovers (session), ==, 0);
}

static inline guint
count_open_entries (TrestleSession *session)
{
  g_autoptr (GError) error = NULL;
  TrestleStore *store = trestle_session_get_store (session);
  g_autofree char *scope = g_strdup_printf (
      "%s/%s", trestle_account_get_id (trestle_session_get_account (session)),
      trestle_session_get_region (session));
  g_autoptr (GPtrArray) entries = trestle_store_journal_open (store, scope, &error);

  g_assert_no_error (error);
  return entries->len;
}
