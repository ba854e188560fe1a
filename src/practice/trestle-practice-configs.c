/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-endpoints.h"
#include "practice/trestle-practice-sagemaker.h"

static gboolean
check_instance (TrestlePracticeContext *ctx,
                const TrestlePracticePackage *package,
                const char *type)
{
  JsonObject *instance = trestle_practice_catalogue_get_instance (ctx->world->catalogue, type);

  if (instance == NULL || get_text (instance, "hosting") == NULL)
    return trestle_practice_invalid (ctx,
                                     "Instance type %s is not supported for the chosen region."
                                     " Please choose some other instance type.",
                                     type);
  if (!array_has (package->types, type))
    return trestle_practice_invalid (
        ctx, "Instance type %s is not supported by the model package of %s.", type, package->title);
  return TRUE;
}

static gboolean
check_variant (TrestlePracticeContext *ctx, TrestleJson variant)
{
  const char *model = trestle_json_string_or (variant, "ModelName", NULL);
  const char *type = trestle_json_string_or (variant, "InstanceType", NULL);
  const char *name = trestle_json_string (variant, "VariantName");
  g_autofree char *package = NULL;
  g_auto (TrestlePracticePackage) opened = { 0 };

  if (trestle_json_exists (trestle_json_member (variant, "ServerlessConfig")))
    return trestle_practice_invalid (
        ctx, "Serverless endpoints do not support models with a ModelPackage subscribed from AWS"
             " Marketplace or with network isolation.");
  if (model == NULL || type == NULL)
    return trestle_practice_invalid (ctx, "ModelName and InstanceType are required for variant %s.",
                                     name);
  if (trestle_json_int_or (variant, "InitialInstanceCount", 0) < 1)
    return trestle_practice_invalid (ctx, "InitialInstanceCount is required for variant %s.", name);
  package = trestle_practice_get_text (ctx->state,
                                       "SELECT package FROM models"
                                       " WHERE account = ? AND region = ? AND name = ?",
                                       "sss", ctx->account->number, ctx->region, model);
  if (package == NULL)
    return trestle_practice_sagemaker_missing (ctx, "model", "model", model);
  return trestle_practice_package_open (ctx, package, FALSE, &opened)
         && check_instance (ctx, &opened, type);
}

gboolean
trestle_practice_create_endpoint_config (TrestlePracticeContext *ctx,
                                         TrestleJson in,
                                         JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "EndpointConfigName");
  TrestleJson variants = trestle_json_member (in, "ProductionVariants");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "endpoint-config", name);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *doc = NULL;

  if (trestle_practice_sagemaker_exists (ctx, "configs", name))
    return trestle_practice_sagemaker_taken (ctx, "endpoint configuration", "endpoint-config",
                                             name);
  if (trestle_json_length (trestle_json_member (in, "ShadowProductionVariants")) > 0)
    return trestle_practice_invalid (
        ctx, "Shadow variants do not support models with a ModelPackage subscribed from AWS"
             " Marketplace.");
  for (guint i = 0; i < trestle_json_length (variants); i++)
    {
      TrestleJson variant = trestle_json_element (variants, i);

      if (!g_hash_table_add (names, (gpointer) trestle_json_string (variant, "VariantName")))
        return trestle_practice_invalid (ctx, "Variant names must be unique.");
      if (!check_variant (ctx, variant))
        return FALSE;
    }
  doc = trestle_json_to_string (in.node, FALSE);
  trestle_practice_run (ctx->state, "INSERT INTO configs VALUES (?, ?, ?, ?, ?)", "sssis",
                        ctx->account->number, ctx->region, name, ctx->now, doc);
  if (!trestle_practice_sagemaker_tag (ctx, trestle_json_member (in, "Tags"), arn))
    return FALSE;
  put_text (out, "EndpointConfigArn", arn);
  return TRUE;
}

gboolean
trestle_practice_describe_endpoint_config (TrestlePracticeContext *ctx,
                                           TrestleJson in,
                                           JsonBuilder *out)
{
  static const char *const members[] = { "DataCaptureConfig", "KmsKeyId", "AsyncInferenceConfig",
                                         "MetricsConfig", "EnableNetworkIsolation" };
  const char *name = trestle_json_string (in, "EndpointConfigName");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "endpoint-config", name);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (sqlite3_stmt)
      rows = trestle_practice_query (ctx->state,
                                     "SELECT doc, created FROM configs"
                                     " WHERE account = ? AND region = ? AND name = ?",
                                     "sss", ctx->account->number, ctx->region, name);
  JsonArray *variants;

  if (!trestle_practice_next (rows))
    return trestle_practice_sagemaker_missing (ctx, "endpoint configuration", "endpoint-config",
                                               name);
  node = json_from_string (trestle_practice_column_text (rows, 0), NULL);
  variants = get_array (json_node_get_object (node), "ProductionVariants");
  for (guint i = 0; i < array_length (variants); i++)
    {
      JsonObject *variant = json_array_get_object_element (variants, i);

      if (!json_object_has_member (variant, "InitialVariantWeight"))
        json_object_set_double_member (variant, "InitialVariantWeight", 1.0);
    }
  put_text (out, "EndpointConfigName", name);
  put_text (out, "EndpointConfigArn", arn);
  put_node (out, "ProductionVariants",
            json_object_get_member (json_node_get_object (node), "ProductionVariants"));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    put_node (out, members[i], json_object_get_member (json_node_get_object (node), members[i]));
  put_time (out, "CreationTime", sqlite3_column_int64 (rows, 1));
  return TRUE;
}

gboolean
trestle_practice_delete_endpoint_config (TrestlePracticeContext *ctx,
                                         TrestleJson in,
                                         JsonBuilder *out)
{
  const char *name = trestle_json_string (in, "EndpointConfigName");
  g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "endpoint-config", name);

  if (trestle_practice_run (ctx->state,
                            "DELETE FROM configs WHERE account = ? AND region = ? AND name = ?",
                            "sss", ctx->account->number, ctx->region, name)
      == 0)
    return trestle_practice_sagemaker_missing (ctx, "endpoint configuration", "endpoint-config",
                                               name);
  trestle_practice_sagemaker_untag (ctx, arn);
  return TRUE;
}

gboolean
trestle_practice_list_endpoint_configs (TrestlePracticeContext *ctx,
                                        TrestleJson in,
                                        JsonBuilder *out)
{
  g_auto (TrestlePracticeList) list = { 0 };

  if (!trestle_practice_list_open (ctx, in, "ListEndpointConfigs", "configs", "name, created",
                                   &list))
    return FALSE;
  open_array (out, "EndpointConfigs");
  while (trestle_practice_list_next (&list))
    {
      const char *name = trestle_practice_column_text (list.rows, 0);
      g_autofree char *arn = trestle_practice_sagemaker_arn (ctx, "endpoint-config", name);

      open_object (out, NULL);
      put_text (out, "EndpointConfigName", name);
      put_text (out, "EndpointConfigArn", arn);
      put_time (out, "CreationTime", sqlite3_column_int64 (list.rows, 1));
      close_object (out);
    }
  close_array (out);
  trestle_practice_list_end (ctx, &list, out);
  return TRUE;
}
