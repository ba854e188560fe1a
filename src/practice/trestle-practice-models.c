/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-sagemaker.h"

static gboolean
check_container (TrestlePracticeContext *ctx, TrestleJson container)
{
  const char *package = trestle_json_string_or (container, "ModelPackageName", NULL);
  const char *image = trestle_json_string_or (container, "Image", NULL);

  if (package == NULL && image == NULL)
    return trestle_practice_invalid (ctx, "A container needs an Image or a ModelPackageName.");
  if (package == NULL)
    return trestle_practice_invalid (
        ctx, "Requested image %s not found. The practice account runs model packages only.", image);
  if (image != NULL)
    return trestle_practice_invalid (ctx,
                                     "Image cannot be specified together with a ModelPackageName.");
  return TRUE;
}

/* What a package from Marketplace asks for in addition. */
static gboolean
check_bought (TrestlePracticeContext *ctx, TrestleJson in, TrestleJson container)
{
  if (trestle_json_exists (trestle_json_member (container, "Environment")))
    return trestle_practice_invalid (
        ctx, "Environment variable map cannot be specified when using a ModelPackage subscribed"
             " from AWS Marketplace.");
  if (!trestle_json_bool_or (in, "EnableNetworkIsolation", FALSE))
    return trestle_practice_invalid (
        ctx, "Network isolation must be enabled when using a ModelPackage subscribed from AWS"
             " Marketplace.");
  return TRUE;
}

static gboolean
create_model (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "ModelName");
  const char *role = trestle_json_string_or (in, "ExecutionRoleArn", NULL);
  TrestleJson container = trestle_json_member (in, "PrimaryContainer");
  g_auto (TrestlePracticePackage) package = { 0 };
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "model", name);
  g_autofree char *doc = NULL;

  if (trestle_json_exists (trestle_json_member (in, "Containers")))
    {
      if (trestle_json_exists (container)
          || trestle_json_length (trestle_json_member (in, "Containers")) != 1)
        return trestle_practice_invalid (
            ctx, "The practice account runs one container per model: PrimaryContainer.");
      container = trestle_json_element (trestle_json_member (in, "Containers"), 0);
    }
  if (trestle_practice_sagemaker_exists (ctx, "models", name))
    return trestle_practice_sagemaker_taken (ctx, "model", "model", name);
  if (!check_container (ctx, container))
    return FALSE;
  if (role == NULL)
    return trestle_practice_invalid (ctx, "ExecutionRoleArn is required for model %s.", name);
  if (!trestle_practice_sagemaker_check_role (ctx, role))
    return FALSE;
  if (!trestle_practice_package_open (ctx, trestle_json_string (container, "ModelPackageName"),
                                      TRUE, &package)
      || (!package.own && !check_bought (ctx, in, container)))
    return FALSE;

  doc = trestle_json_to_string (in.node, FALSE);
  trestle_practice_run (ctx->state, "INSERT INTO models VALUES (?, ?, ?, ?, ?, ?)", "sssiss",
                        ctx->account->number, ctx->region, name, ctx->now, doc, package.name);
  if (!trestle_practice_sagemaker_tag (ctx, trestle_json_member (in, "Tags"), arn))
    return FALSE;
  put_text (out, "ModelArn", arn);
  return TRUE;
}

static gboolean
describe_model (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "ModelName");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "model", name);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (ctx->state,
                                     "SELECT doc, created FROM models"
                                     " WHERE account = ? AND region = ? AND name = ?",
                                     "sss", ctx->account->number, ctx->region, name);
  JsonObject *doc;

  if (!trestle_practice_next (rows))
    return trestle_practice_sagemaker_missing (ctx, "model", "model", name);
  node = json_from_string (trestle_practice_column_text (rows, 0), NULL);
  doc = json_node_get_object (node);
  put_text (out, "ModelName", name);
  put_node (out, "PrimaryContainer", json_object_get_member (doc, "PrimaryContainer"));
  put_node (out, "Containers", json_object_get_member (doc, "Containers"));
  put_node (out, "VpcConfig", json_object_get_member (doc, "VpcConfig"));
  put_text (out, "ExecutionRoleArn", get_text (doc, "ExecutionRoleArn"));
  put_time (out, "CreationTime", sqlite3_column_int64 (rows, 1));
  put_text (out, "ModelArn", arn);
  put_bool (out, "EnableNetworkIsolation",
            json_object_get_boolean_member_with_default (doc, "EnableNetworkIsolation", FALSE));
  return TRUE;
}

static gboolean
delete_model (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "ModelName");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "model", name);

  if (trestle_practice_run (ctx->state,
                            "DELETE FROM models WHERE account = ? AND region = ? AND name = ?",
                            "sss", ctx->account->number, ctx->region, name)
      == 0)
    return trestle_practice_sagemaker_missing (ctx, "model", "model", name);
  trestle_practice_sagemaker_untag (ctx, arn);
  return TRUE;
}

static gboolean
list_models (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  g_auto (TrestlePracticeList) list = { 0 };

  if (!trestle_practice_list_open (ctx, in, "ListModels", "models", "name, created", &list))
    return FALSE;
  open_array (out, "Models");
  while (trestle_practice_list_next (&list))
    {
      const char *name = trestle_practice_column_text (list.rows, 0);
      g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "model", name);

      open_object (out, NULL);
      put_text (out, "ModelName", name);
      put_text (out, "ModelArn", arn);
      put_time (out, "CreationTime", sqlite3_column_int64 (list.rows, 1));
      close_object (out);
    }
  close_array (out);
  trestle_practice_list_end (ctx, &list, out);
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_sagemaker_routes[] = {
  { "sagemaker", "CreateModel", create_model },
  { "sagemaker", "DescribeModel", describe_model },
  { "sagemaker", "DeleteModel", delete_model },
  { "sagemaker", "ListModels", list_models },
  { "sagemaker", "AddTags", trestle_practice_add_tags },
  { "sagemaker", "ListTags", trestle_practice_list_tags },
  { "sagemaker", "DeleteTags", trestle_practice_delete_tags },
  { NULL },
};
