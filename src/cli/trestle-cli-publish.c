/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>

#include "base/trestle-paths.h"
#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "domain/trestle-change-fault.h"
#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-submitted-change.h"
#include "workbench/trestle-workbench-error.h"

/* How often it is looked whether AWS has taken a change set. */
#define LOOK_MSEC 50

static JsonNode *
json_fault (TrestleChangeFault *fault)
{
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "ErrorCode", trestle_change_fault_get_code (fault));
  trestle_cli_set_string (o, "ErrorMessage", trestle_change_fault_get_message (fault));
  return trestle_cli_take_object (o);
}

static JsonNode *
json_change (TrestleSubmittedChange *change)
{
  JsonObject *o = json_object_new (), *entity = json_object_new ();
  GListModel *faults = trestle_submitted_change_get_faults (change);
  const JsonNode *document = trestle_submitted_change_get_document (change);

  trestle_cli_set_string (o, "ChangeType", trestle_submitted_change_get_change_type (change));
  trestle_cli_set_string (entity, "Type", trestle_submitted_change_get_entity_type (change));
  trestle_cli_set_string (entity, "Identifier", trestle_submitted_change_get_entity_id (change));
  json_object_set_object_member (o, "Entity", entity);
  if (document != NULL)
    json_object_set_member (o, "DetailsDocument", json_node_copy ((JsonNode *) document));
  if (g_list_model_get_n_items (faults) > 0)
    {
      JsonArray *list = json_array_new ();

      for (guint i = 0; i < g_list_model_get_n_items (faults); i++)
        {
          g_autoptr (TrestleChangeFault) fault = g_list_model_get_item (faults, i);

          json_array_add_element (list, json_fault (fault));
        }
      json_object_set_array_member (o, "ErrorDetailList", list);
    }
  return trestle_cli_take_object (o);
}

static JsonNode *
json_request (gpointer item)
{
  TrestleChangeRequest *request = item;
  GListModel *changes = trestle_change_request_get_changes (request);
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "ChangeSetId", trestle_change_request_get_id (request));
  trestle_cli_set_string (o, "ChangeSetName", trestle_change_request_get_name (request));
  trestle_cli_set_string (o, "Status", trestle_change_request_get_status (request));
  trestle_cli_set_string (o, "FailureCode", trestle_change_request_get_failure_code (request));
  trestle_cli_set_string (o, "FailureDescription", trestle_change_request_get_failure (request));
  trestle_cli_set_time (o, "StartTime", trestle_change_request_get_started (request));
  trestle_cli_set_time (o, "EndTime", trestle_change_request_get_ended (request));
  trestle_cli_set_strv (o, "EntityIdList", trestle_change_request_get_entities (request));
  if (g_list_model_get_n_items (changes) > 0)
    {
      JsonArray *list = json_array_new ();

      for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
        {
          g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);

          json_array_add_element (list, json_change (change));
        }
      json_object_set_array_member (o, "ChangeSet", list);
    }
  return trestle_cli_take_object (o);
}

static void
print_request (TrestleChangeRequest *request)
{
  GListModel *changes = trestle_change_request_get_changes (request);
  const char *const *entities = trestle_change_request_get_entities (request);
  g_autofree char *ids = entities != NULL ? g_strjoinv (", ", (char **) entities) : NULL;
  g_autofree char *started = trestle_cli_when (trestle_change_request_get_started (request));
  g_autofree char *ended = trestle_cli_when (trestle_change_request_get_ended (request));

  printf (_ ("Change set  %s\n"), trestle_change_request_get_id (request));
  printf (_ ("State       %s\n"), trestle_change_request_get_status (request));
  printf (_ ("Started     %s\n"), started);
  printf (_ ("Ended       %s\n"), ended);
  printf (_ ("Touches     %s\n"), ids != NULL && *ids != '\0' ? ids : "–");
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);
      GListModel *faults = trestle_submitted_change_get_faults (change);

      printf ("  %s\n", trestle_submitted_change_get_change_type (change));
      for (guint j = 0; j < g_list_model_get_n_items (faults); j++)
        {
          g_autoptr (TrestleChangeFault) fault = g_list_model_get_item (faults, j);

          printf ("    %s: %s\n", trestle_change_fault_get_code (fault),
                  trestle_change_fault_get_message (fault));
        }
    }
}

static void
print_outcome (TrestleCli *cli, TrestleChangeRequest *request, const char *title)
{
  g_autofree char *slug = title != NULL && *title != '\0' ? trestle_slug (title) : NULL;
  const char *const *entities = trestle_change_request_get_entities (request);

  if (cli->json)
    {
      JsonNode *node = json_request (request);

      trestle_cli_set_string (json_node_get_object (node), "slug", slug);
      trestle_cli_print_json (node, FALSE);
      return;
    }
  if (trestle_change_request_is_open (request))
    printf (_ ("Sent as change set %s; “trestle-cli changes %s” shows how far it has come\n"),
            trestle_change_request_get_id (request), trestle_change_request_get_id (request));
  else
    printf (_ ("Change set %s is done\n"), trestle_change_request_get_id (request));
  if (entities != NULL && entities[0] != NULL)
    printf (_ ("Product %s%s%s\n"), slug != NULL ? slug : entities[0], slug != NULL ? ", " : "",
            slug != NULL ? entities[0] : "");
}

DexFuture *
trestle_cli_submitted (TrestleCli *cli, TrestleTask *task, gboolean wait, const char *title)
{
  g_autoptr (GError) error = NULL;

  if (wait)
    {
      if (!trestle_cli_watch (cli, task, &error))
        return trestle_cli_fail (&error);
    }
  else
    {
      while (trestle_submission_get_request (task) == NULL
             && trestle_task_get_state (task) == TRESTLE_TASK_STATE_RUNNING)
        dex_await (dex_timeout_new_msec (LOOK_MSEC), NULL);
      if (trestle_submission_get_request (task) == NULL
          && !dex_await (trestle_task_wait (task), &error))
        return trestle_cli_fail (&error);
    }
  print_outcome (cli, trestle_submission_get_request (task), title);
  return dex_future_new_true ();
}

static DexFuture *
set_visibility (TrestleCli *cli,
                const char *name,
                const char *visibility,
                const char *replacement,
                gboolean wait)
{
  TrestleOwnProducts *products = trestle_session_get_own_products (cli->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleOwnProduct) product = NULL;
  g_autoptr (TrestleOwnProduct) other = NULL;
  g_autoptr (TrestleChangeSet) changes = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (TrestleTask) task = NULL;
  const char *title;

  product = dex_await_object (trestle_own_products_resolve (products, name), &error);
  if (product == NULL)
    return trestle_cli_fail (&error);
  if (replacement != NULL)
    {
      other = dex_await_object (trestle_own_products_resolve (products, replacement), &error);
      if (other == NULL)
        return trestle_cli_fail (&error);
    }
  title = trestle_own_product_get_title (product);
  if (g_strcmp0 (trestle_own_product_get_visibility (product), visibility) == 0)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  _ ("%s is %s already"), title, visibility);
  changes = trestle_change_set_new_visibility (
      trestle_own_product_get_id (product), title, visibility,
      other != NULL ? trestle_own_product_get_id (other) : NULL);
  node = trestle_change_set_to_json (changes, NULL, NULL);
  task = trestle_requests_submit (
      trestle_session_get_requests (cli->session), json_node_dup_object (node),
      trestle_change_set_get_name (changes), trestle_own_product_get_id (product));
  return trestle_cli_submitted (cli, task, wait, title);
}

DexFuture *
trestle_cli_publish (TrestleCli *cli, char **argv)
{
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait,
      N_ ("Wait for AWS's review to end, which can take days"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  return set_visibility (cli, args[0], "Public", NULL, wait);
}

DexFuture *
trestle_cli_unpublish (TrestleCli *cli, char **argv)
{
  gboolean wait = FALSE, limited = FALSE;
  g_autofree char *replacement = NULL;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for AWS to carry it out"), NULL },
    { "limited", 0, 0, G_OPTION_ARG_NONE, &limited,
      N_ ("Back to you and your testers only, not taken off"), NULL },
    { "replacement", 0, 0, G_OPTION_ARG_STRING, &replacement,
      N_ ("A product of yours that takes its place"), "PRODUCT" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);

  if (args == NULL)
    return trestle_cli_fail (&error);
  if (limited && replacement != NULL)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("A replacement is named when a product is taken off, not with "
                                     "--limited"));
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  if (!limited)
    g_printerr ("%s\n", _ ("Those who are subscribed keep it, and are owed 90 days of support"));
  return set_visibility (cli, args[0], limited ? "Limited" : "Restricted", replacement, wait);
}

DexFuture *
trestle_cli_changes (TrestleCli *cli, char **argv)
{
  gboolean cancel = FALSE;
  const GOptionEntry entries[] = {
    { "cancel", 0, 0, G_OPTION_ARG_NONE, &cancel, N_ ("Take it back, while it is being prepared"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 0, 1, &error);
  TrestleRequests *requests;
  TrestleCliTable *table;

  if (args == NULL)
    return trestle_cli_fail (&error);
  if (cancel && args[0] == NULL)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("--cancel needs the change set's identifier"));
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  requests = trestle_session_get_requests (cli->session);
  if (args[0] != NULL)
    {
      g_autoptr (TrestleChangeRequest)
          request = dex_await_object (cancel ? trestle_requests_cancel (requests, args[0])
                                             : trestle_requests_describe (requests, args[0]),
                                      &error);

      if (request == NULL)
        return trestle_cli_fail (&error);
      if (cli->json)
        trestle_cli_print_json (json_request (request), FALSE);
      else
        print_request (request);
      return dex_future_new_true ();
    }
  if (!dex_await (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (requests)), &error))
    return trestle_cli_fail (&error);
  if (cli->json)
    {
      trestle_cli_print_items (G_LIST_MODEL (requests), json_request);
      return dex_future_new_true ();
    }
  table = trestle_cli_table_new (_ ("Change set"), _ ("Name"), _ ("State"), _ ("Started"),
                                 _ ("Ended"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (requests)); i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (G_LIST_MODEL (requests), i);
      g_autofree char *started = trestle_cli_when (trestle_change_request_get_started (request));
      g_autofree char *ended = trestle_cli_when (trestle_change_request_get_ended (request));

      trestle_cli_table_add (table, trestle_change_request_get_id (request),
                             trestle_change_request_get_name (request),
                             trestle_change_request_get_status (request), started, ended);
    }
  trestle_cli_table_print (table, _ ("No change sets in the last 90 days"));
  return dex_future_new_true ();
}
