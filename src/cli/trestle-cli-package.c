/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>

#include "cli/trestle-cli-print.h"
#include "base/trestle-future.h"
#include "domain/trestle-finding.h"
#include "domain/trestle-lint.h"
#include "domain/trestle-node.h"
#include "domain/trestle-package-check.h"
#include "domain/trestle-training-spec.h"
#include "workbench/trestle-workbench-error.h"

/* The longest input that CreateModelPackage takes is far below. */
#define MOST_BYTES (1024 * 1024)

static GPtrArray *
obstacles_of (TrestleCli *cli, TrestlePackage *package)
{
  TrestleIdentity *identity = trestle_session_get_identity (cli->session);

  return trestle_package_find_obstacles (
      package, identity != NULL ? trestle_identity_get_account (identity) : NULL);
}

static JsonNode *
json_package (TrestleCli *cli, TrestlePackage *package)
{
  JsonNode *node = trestle_cli_json_package (package);
  JsonObject *o = json_node_get_object (node);
  g_autoptr (GPtrArray) obstacles = obstacles_of (cli, package);
  JsonArray *reasons = json_array_new ();

  json_object_set_boolean_member (o, "CertifyForMarketplace",
                                  trestle_package_get_certified (package));
  json_object_set_boolean_member (o, "listable", obstacles->len == 0);
  for (guint i = 0; i < obstacles->len; i++)
    json_array_add_string_element (reasons, trestle_finding_get_message (obstacles->pdata[i]));
  json_object_set_array_member (o, "obstacles", reasons);
  return node;
}

static DexFuture *
list (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 0, 0, &error);
  TrestlePackages *packages;
  TrestleCliTable *table;
  JsonArray *items = NULL;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  packages = trestle_session_get_packages (cli->session);
  if (!dex_await (trestle_session_identify (cli->session), &error)
      || !dex_await (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (packages)), &error))
    return trestle_cli_fail (&error);
  if (cli->json)
    items = json_array_new ();
  table = trestle_cli_table_new (_ ("Package"), _ ("Status"), _ ("Listable"), _ ("Made"), _ ("Why"),
                                 NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (packages)); i++)
    {
      g_autoptr (TrestlePackage) package = g_list_model_get_item (G_LIST_MODEL (packages), i);
      g_autoptr (GPtrArray) obstacles = obstacles_of (cli, package);
      g_autofree char *made = trestle_cli_when (trestle_package_get_created (package));

      if (items != NULL)
        json_array_add_element (items, json_package (cli, package));
      trestle_cli_table_add (
          table, trestle_package_get_name (package), trestle_package_get_status (package),
          obstacles->len == 0 ? _ ("yes") : _ ("no"), made,
          obstacles->len > 0 ? trestle_finding_get_message (obstacles->pdata[0]) : NULL);
    }
  if (items != NULL)
    {
      JsonObject *o = json_object_new ();

      json_object_set_array_member (o, "items", items);
      trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
      trestle_cli_table_free (table);
      return dex_future_new_true ();
    }
  trestle_cli_table_print (table, _ ("No packages"));
  return dex_future_new_true ();
}

static void
print_package (TrestleCli *cli, TrestlePackage *package)
{
  GListModel *checks = trestle_package_get_checks (package);
  g_autoptr (GPtrArray) obstacles = obstacles_of (cli, package);

  printf ("%s\n", trestle_package_get_arn (package));
  printf (_ ("Status     %s\n"), trestle_package_get_status (package));
  if (trestle_package_get_image (package) != NULL)
    printf (_ ("Image      %s\n"), trestle_package_get_image (package));
  printf (_ ("Certified  %s\n"), trestle_package_get_certified (package) ? _ ("yes") : _ ("no"));
  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TrestlePackageCheck) check = g_list_model_get_item (checks, i);
      const char *reason = trestle_package_check_get_reason (check);

      printf ("%-10s %s %s%s%s\n",
              trestle_package_check_get_scan (check) ? _ ("Scan") : _ ("Validation"),
              trestle_package_check_get_name (check), trestle_package_check_get_status (check),
              reason != NULL ? ": " : "", reason != NULL ? reason : "");
    }
  for (guint i = 0; i < obstacles->len; i++)
    printf (_ ("Not listable: %s\n"), trestle_finding_get_message (obstacles->pdata[i]));
}

static DexFuture *
show (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 1, &error);
  g_autoptr (TrestlePackage) package = NULL;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  if (!dex_await (trestle_session_identify (cli->session), &error))
    return trestle_cli_fail (&error);
  package = dex_await_object (
      trestle_packages_describe (trestle_session_get_packages (cli->session), args[0]), &error);
  if (package == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    trestle_cli_print_json (json_package (cli, package), FALSE);
  else
    print_package (cli, package);
  return dex_future_new_true ();
}

/* The request as a file: what AWS's own tools take with --cli-input-json. */
static JsonObject *
read_request (const char *path, TrestleProductKind *kind, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_load_contents (file, NULL, &text, &length, NULL, error))
    return NULL;
  if (length > MOST_BYTES)
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                   _ ("%s is too long for a request"), path);
      return NULL;
    }
  node = json_from_string (text, error);
  if (node == NULL)
    {
      g_prefix_error (error, _ ("%s is not JSON: "), path);
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                   _ ("%s does not hold a request: an object with ModelPackageName or "
                      "AlgorithmName"),
                   path);
      return NULL;
    }
  if (json_object_has_member (json_node_get_object (node), "ModelPackageName"))
    *kind = TRESTLE_PRODUCT_KIND_MODEL;
  else if (json_object_has_member (json_node_get_object (node), "AlgorithmName"))
    *kind = TRESTLE_PRODUCT_KIND_ALGORITHM;
  else
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                   _ ("%s names neither ModelPackageName nor AlgorithmName"), path);
      return NULL;
    }
  return json_node_dup_object (node);
}

/* All that SageMaker would refuse of an algorithm's training is said at once, before it is asked. */
static gboolean
check_request (JsonObject *input, TrestleProductKind kind, GError **error)
{
  g_autoptr (JsonNode) node = trestle_node_take_object (json_object_ref (input));
  g_autoptr (GPtrArray) findings = NULL;

  if (kind != TRESTLE_PRODUCT_KIND_ALGORITHM)
    return TRUE;
  findings = trestle_algorithm_check (node);
  for (guint i = 0; i < findings->len; i++)
    {
      const char *fix = trestle_finding_get_fix (findings->pdata[i]);

      fprintf (stderr, "%s: %s%s%s\n", trestle_finding_get_field (findings->pdata[i]),
               trestle_finding_get_message (findings->pdata[i]), fix != NULL ? " " : "",
               fix != NULL ? fix : "");
    }
  if (findings->len == 0)
    return TRUE;
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
               g_dngettext (NULL, "%u error in the algorithm; nothing was sent",
                            "%u errors in the algorithm; nothing was sent", findings->len),
               findings->len);
  return FALSE;
}

static DexFuture *
create (TrestleCli *cli, char **argv)
{
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for validation and scan"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (TrestleTask) task = NULL;
  TrestleProductKind kind;
  TrestlePackage *package;
  JsonObject *input;

  if (args == NULL)
    return trestle_cli_fail (&error);
  input = read_request (args[0], &kind, &error);
  if (input == NULL)
    return trestle_cli_fail (&error);
  if (!json_object_has_member (input, "CertifyForMarketplace"))
    json_object_set_boolean_member (input, "CertifyForMarketplace", TRUE);
  if (!check_request (input, kind, &error) || trestle_cli_open (cli, &error) == NULL
      || !dex_await (trestle_session_identify (cli->session), &error))
    {
      json_object_unref (input);
      return trestle_cli_fail (&error);
    }
  task = trestle_packages_create (trestle_session_get_packages (cli->session), kind, input);
  if (!wait)
    g_signal_connect (task, "notify::can-stop", G_CALLBACK (trestle_task_stop), NULL);
  if (!trestle_cli_watch (cli, task, &error))
    return trestle_cli_fail (&error);
  package = trestle_task_get_result (task);
  if (cli->json)
    trestle_cli_print_json (json_package (cli, package), FALSE);
  else
    print_package (cli, package);
  return dex_future_new_true ();
}

DexFuture *
trestle_cli_package (TrestleCli *cli, char **argv)
{
  static const TrestleCliVerb verbs[] = { { "list", list },
                                          { "show", show },
                                          { "create", create } };

  return trestle_cli_verb (cli, argv, verbs, G_N_ELEMENTS (verbs));
}
