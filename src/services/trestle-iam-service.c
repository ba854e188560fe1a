/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-iam-service.h"

#include "domain/trestle-role.h"
#include "services/trestle-service.h"

#define SERVICE "iam"

/* Members of a policy are a text or a list of texts. */
static gboolean
holds (JsonNode *node, const char *const *wanted)
{
  JsonArray *array;

  if (node == NULL)
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strv_contains (wanted, json_node_get_string (node));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) == G_TYPE_STRING
          && g_strv_contains (wanted, json_node_get_string (element)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
statement_trusts (JsonNode *node, const char *kind, const char *const *trusted)
{
  static const char *const allow[] = { "Allow", NULL };
  static const char *const action[] = { "sts:AssumeRole", "sts:*", "*", NULL };
  JsonObject *statement;
  JsonNode *principal;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  statement = json_node_get_object (node);
  principal = json_object_get_member (statement, "Principal");
  if (!holds (json_object_get_member (statement, "Effect"), allow)
      || !holds (json_object_get_member (statement, "Action"), action) || principal == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (principal))
    principal = json_object_get_member (json_node_get_object (principal), kind);
  return holds (principal, trusted);
}

static gboolean
trusts (const char *document, const char *kind, const char *const *trusted)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  JsonNode *root, *statements;
  JsonArray *array;

  if (document == NULL)
    return FALSE;
  text = g_str_has_prefix (document, "%7B") || g_str_has_prefix (document, "%7b")
             ? g_uri_unescape_string (document, NULL)
             : g_strdup (document);
  if (text == NULL || !json_parser_load_from_data (parser, text, -1, NULL))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  statements = json_object_get_member (json_node_get_object (root), "Statement");
  if (statements == NULL || !JSON_NODE_HOLDS_ARRAY (statements))
    return statements != NULL && statement_trusts (statements, kind, trusted);
  array = json_node_get_array (statements);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (statement_trusts (json_array_get_element (array, i), kind, trusted))
      return TRUE;
  return FALSE;
}

gboolean
trestle_iam_trusts_sagemaker (const char *document)
{
  static const char *const trusted[] = { "sagemaker.amazonaws.com", "*", NULL };

  return trusts (document, "Service", trusted);
}

gboolean
trestle_iam_trusts_marketplace (const char *document)
{
  static const char *const trusted[] = { "452565589796", "arn:aws:iam::452565589796:root", "*",
                                         NULL };

  return trusts (document, "AWS", trusted);
}

static gpointer
read_role (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  const char *trust = trestle_json_string_or (at, "AssumeRolePolicyDocument", NULL);

  return g_object_new (TRESTLE_TYPE_ROLE, "arn", trestle_json_string (at, "Arn"), "name",
                       trestle_json_string (at, "RoleName"), "trusts-sagemaker",
                       trestle_iam_trusts_sagemaker (trust), "trusts-marketplace",
                       trestle_iam_trusts_marketplace (trust), "description",
                       trestle_json_string_or (at, "Description", NULL), "created",
                       trestle_json_time_or (at, "CreateDate", 0), NULL);
}

DexFuture *
trestle_iam_service_list_roles (TrestleAwsClient *client)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListRoles",
    .token_in = "Marker",
    .token_out = "Marker",
    .items = "Roles",
    .read = read_role,
  };
  JsonObject *input = json_object_new ();

  json_object_set_int_member (input, "MaxItems", 200);
  return trestle_service_collect (client, &list, input);
}

static gpointer
read_one_role (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return read_role (trestle_json_member (at, "Role"), reply, data);
}

DexFuture *
trestle_iam_service_get_role (TrestleAwsClient *client, const char *name)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "RoleName", name);
  return trestle_service_call (client, SERVICE, "GetRole", input, read_one_role, NULL, NULL);
}
