/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "domain/trestle-price-row.h"
#include "domain/trestle-variant.h"

static void
print_endpoint (TrestleEndpoint *e)
{
  g_autofree char *created = trestle_cli_when (trestle_endpoint_get_created (e));
  g_autofree char *delete_by = trestle_cli_when (trestle_endpoint_get_delete_by (e));
  g_autofree char *hourly = trestle_cli_money (trestle_endpoint_get_hourly (e));
  g_autofree char *so_far = trestle_cli_money (trestle_endpoint_get_so_far (e));
  GListModel *variants = trestle_endpoint_get_variants (e);

  printf (_ ("Endpoint   %s\nStatus     %s\n"), trestle_endpoint_get_name (e),
          trestle_endpoint_get_status (e));
  if (trestle_endpoint_get_failure_reason (e) != NULL)
    printf (_ ("Reason     %s\n"), trestle_endpoint_get_failure_reason (e));
  if (trestle_endpoint_get_listing_title (e) != NULL)
    printf (_ ("Product    %s\n"), trestle_endpoint_get_listing_title (e));
  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (TrestleVariant) v = g_list_model_get_item (variants, i);

      printf (_ ("Variant    %s: %d × %s\n"), trestle_variant_get_name (v),
              (int) trestle_variant_get_desired_count (v), trestle_variant_get_instance_type (v));
    }
  printf (_ ("Created    %s\nDelete by  %s\nCost       %s/h, %s so far (estimate)\n"), created,
          delete_by, hourly, so_far);
}

/* The instance type: what was asked for, else the one the seller recommends. */
static char *
choose_type (TrestleCli *cli, TrestleListing *listing, TrestlePackage *package, GError **error)
{
  const char *const *supported = trestle_package_get_realtime_types (package);
  g_autoptr (GListModel) prices = NULL;

  if (listing != NULL)
    {
      prices = dex_await_object (
          trestle_catalogue_prices (trestle_session_get_catalogue (cli->session), listing, NULL),
          error);
      if (prices == NULL)
        return NULL;
    }
  for (guint i = 0; prices != NULL && i < g_list_model_get_n_items (prices); i++)
    {
      g_autoptr (TrestlePriceRow) row = g_list_model_get_item (prices, i);
      const char *type = trestle_price_row_get_instance_type (row);

      if (trestle_price_row_get_quota (row) != 0
          && (supported == NULL || g_strv_contains (supported, type)))
        return g_strdup (type);
    }
  return g_strdup (supported && supported[0] ? supported[0] : "ml.m5.xlarge");
}

DexFuture *
trestle_cli_deploy (TrestleCli *cli, char **argv)
{
  g_autofree char *name = NULL, *type = NULL, *role = NULL, *after = NULL;
  int count = 1;
  gboolean wait = FALSE;
  gint64 delete_after = 2 * TRESTLE_HOUR;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Name of the endpoint"), "NAME" },
    { "instance-type", 0, 0, G_OPTION_ARG_STRING, &type, N_ ("Else the one the seller recommends"),
      "TYPE" },
    { "count", 0, 0, G_OPTION_ARG_INT, &count, N_ ("Instances"), "N" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role,
      N_ ("Execution role; else the first that SageMaker may assume"), "ARN" },
    { "delete-after", 0, 0, G_OPTION_ARG_STRING, &after,
      N_ ("Delete it after so long: 2h (default), 45m, 1d, never"), "TIME" },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait until it is in service"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (TrestleListing) listing = NULL;
  g_autoptr (TrestlePackage) package = NULL;
  g_autoptr (TrestleDeployPlan) plan = NULL;
  g_autoptr (TrestleTask) task = NULL;
  TrestleSubscriptions *subscriptions;
  TrestleEndpoint *made;

  if (args == NULL)
    return trestle_cli_fail (&error);
  if (name == NULL)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("Name the endpoint with --name"));
  if (after != NULL && strcmp (after, "never") == 0)
    delete_after = 0;
  else if (after != NULL && !trestle_clock_parse_duration (after, &delete_after))
    return dex_future_new_reject (
        TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
        _ ("--delete-after takes a time such as 2h, 45m or 1d, or never"));
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);

  subscriptions = trestle_session_get_subscriptions (cli->session);
  if (g_str_has_prefix (args[0], "arn:"))
    {
      package = dex_await_object (trestle_subscriptions_describe (subscriptions, args[0]), &error);
    }
  else
    {
      listing = dex_await_object (
          trestle_catalogue_find (trestle_session_get_catalogue (cli->session), args[0]), &error);
      if (listing != NULL)
        package = dex_await_object (trestle_subscriptions_package (subscriptions, listing, NULL),
                                    &error);
    }
  if (package == NULL)
    return trestle_cli_fail (&error);
  if (type == NULL && (type = choose_type (cli, listing, package, &error)) == NULL)
    return trestle_cli_fail (&error);

  plan = g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, "name", name, "listing", listing, "package",
                       package, "instance-type", type, "count", (gint64) count, "role-arn", role,
                       "delete-after", delete_after, "wait", wait, NULL);
  if (!trestle_deploy_plan_check (plan, &error))
    return trestle_cli_fail (&error);
  task = trestle_endpoints_deploy (trestle_session_get_endpoints (cli->session), plan);
  if (!trestle_cli_watch (cli, task, &error))
    return trestle_cli_fail (&error);
  made = trestle_task_get_result (task);
  if (cli->json)
    trestle_cli_print_json (trestle_cli_json_endpoint (made), FALSE);
  else
    print_endpoint (made);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_cli_endpoints (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 0, 0, &error);
  TrestleEndpoints *endpoints;
  TrestleCliTable *table;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  endpoints = trestle_session_get_endpoints (cli->session);
  if (!dex_await (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (endpoints)), &error))
    return trestle_cli_fail (&error);
  if (cli->json)
    {
      trestle_cli_print_items (G_LIST_MODEL (endpoints), trestle_cli_json_endpoint);
      return dex_future_new_for_boolean (TRUE);
    }
  table = trestle_cli_table_new (_ ("Name"), _ ("Status"), _ ("Product"), _ ("Created"),
                                 _ ("Delete by"), _ (">An hour"), _ (">So far"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (endpoints)); i++)
    {
      g_autoptr (TrestleEndpoint) e = g_list_model_get_item (G_LIST_MODEL (endpoints), i);
      g_autofree char *created = trestle_cli_when (trestle_endpoint_get_created (e));
      g_autofree char *delete_by = trestle_cli_when (trestle_endpoint_get_delete_by (e));
      g_autofree char *hourly = trestle_cli_money (trestle_endpoint_get_hourly (e));
      g_autofree char *so_far = trestle_cli_money (trestle_endpoint_get_so_far (e));

      trestle_cli_table_add (table, trestle_endpoint_get_name (e), trestle_endpoint_get_status (e),
                             trestle_endpoint_get_listing_title (e), created, delete_by, hourly,
                             so_far);
    }
  trestle_cli_table_print (table, _ ("No endpoints"));
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_cli_endpoint (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 1, &error);
  g_autoptr (TrestleEndpoint) endpoint = NULL;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  endpoint = dex_await_object (
      trestle_endpoints_describe (trestle_session_get_endpoints (cli->session), args[0]), &error);
  if (endpoint == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    trestle_cli_print_json (trestle_cli_json_endpoint (endpoint), FALSE);
  else
    print_endpoint (endpoint);
  return dex_future_new_for_boolean (TRUE);
}

static void
print_deleted (const char *name, GListModel *kept)
{
  printf (_ ("Endpoint %s is deleted\n"), name);
  for (guint i = 0; i < g_list_model_get_n_items (kept); i++)
    {
      g_autoptr (TrestleLeftover) part = g_list_model_get_item (kept, i);
      gboolean model = g_str_equal (trestle_leftover_get_kind (part), "model");

      printf (model ? _ ("Model %s is kept: endpoint %s uses it\n")
                    : _ ("Configuration %s is kept: endpoint %s uses it\n"),
              trestle_leftover_get_name (part), trestle_leftover_get_used_by (part));
    }
}

DexFuture *
trestle_cli_delete_endpoint (TrestleCli *cli, char **argv)
{
  gboolean keep_model = FALSE;
  const GOptionEntry entries[] = {
    { "keep-model", 0, 0, G_OPTION_ARG_NONE, &keep_model,
      N_ ("Keep model and configuration, to start again sooner"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (TrestleTask) task = NULL;
  GListModel *kept;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  task = trestle_endpoints_delete (trestle_session_get_endpoints (cli->session), args[0],
                                   keep_model);
  if (!trestle_cli_watch (cli, task, &error))
    return trestle_cli_fail (&error);
  kept = trestle_task_get_result (task);
  if (cli->json)
    {
      JsonObject *o = json_object_new ();

      trestle_cli_set_string (o, "EndpointName", args[0]);
      json_object_set_boolean_member (o, "deleted", TRUE);
      trestle_cli_set_items (o, "kept", kept, trestle_cli_json_leftover);
      trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
    }
  else
    {
      print_deleted (args[0], kept);
    }
  return dex_future_new_for_boolean (TRUE);
}

static gboolean
ask_yes (const char *question)
{
  char line[16] = "";

  g_printerr ("%s ", question);
  return fgets (line, sizeof line, stdin) != NULL && (line[0] == 'y' || line[0] == 'Y');
}

DexFuture *
trestle_cli_cleanup (TrestleCli *cli, char **argv)
{
  gboolean all = FALSE, yes = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Also what still runs"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_ ("Delete without asking"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 0, 0, &error);
  g_autoptr (GListModel) leftovers = NULL;
  g_autoptr (TrestleTask) task = NULL;
  TrestleEndpoints *endpoints;
  guint n;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  endpoints = trestle_session_get_endpoints (cli->session);
  leftovers = dex_await_object (trestle_endpoints_leftovers (endpoints, all), &error);
  if (leftovers == NULL)
    return trestle_cli_fail (&error);
  n = g_list_model_get_n_items (leftovers);
  if (cli->json)
    {
      trestle_cli_print_items (leftovers, trestle_cli_json_leftover);
    }
  else
    {
      TrestleCliTable *table = trestle_cli_table_new (_ ("Kind"), _ ("Name"), _ ("Since"),
                                                      _ (">An hour"), NULL);

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (leftovers, i);
          g_autofree char *kind = NULL, *name = NULL, *since = NULL, *price = NULL;
          g_autoptr (TrestleMoney) hourly = NULL;
          gint64 created;

          g_object_get (item, "kind", &kind, "name", &name, "created", &created, "hourly", &hourly,
                        NULL);
          since = trestle_cli_when (created);
          price = trestle_cli_money (hourly);
          trestle_cli_table_add (table, kind, name, since, price);
        }
      trestle_cli_table_print (table, _ ("Nothing is left"));
    }
  if (n == 0)
    return dex_future_new_for_boolean (TRUE);
  if (!yes && !isatty (STDIN_FILENO))
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("Nothing was deleted: there is no terminal to ask on; say "
                                     "--yes to delete what is listed"));
  if (!yes && !ask_yes (_ ("Delete these? [y/N]")))
    return dex_future_new_for_boolean (TRUE);
  task = trestle_endpoints_clean_up (endpoints, leftovers);
  if (!trestle_cli_watch (cli, task, &error))
    return trestle_cli_fail (&error);
  return dex_future_new_for_boolean (TRUE);
}
