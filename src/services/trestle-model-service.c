/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-model-service.h"

#include "domain/trestle-model.h"
#include "services/trestle-service.h"

#define SERVICE "sagemaker"

DexFuture *
trestle_model_service_create (TrestleAwsClient *client,
                              const char *name,
                              const char *role_arn,
                              const char *package_arn,
                              GHashTable *tags)
{
  JsonObject *input = json_object_new ();
  JsonObject *container = json_object_new ();

  json_object_set_string_member (container, "ModelPackageName", package_arn);
  json_object_set_string_member (input, "ModelName", name);
  json_object_set_object_member (input, "PrimaryContainer", container);
  trestle_input_text (input, "ExecutionRoleArn", role_arn);
  /* Marketplace packages are refused without it. */
  json_object_set_boolean_member (input, "EnableNetworkIsolation", TRUE);
  trestle_input_tags (input, tags);
  return trestle_service_call_string (client, SERVICE, "CreateModel", input, "ModelArn");
}

static gpointer
read_model (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  TrestleJson container = trestle_json_member (at, "PrimaryContainer");

  return g_object_new (TRESTLE_TYPE_MODEL, "name", trestle_json_string (at, "ModelName"), "arn",
                       trestle_json_string (at, "ModelArn"), "package-arn",
                       trestle_json_string_or (container, "ModelPackageName", NULL), "role-arn",
                       trestle_json_string_or (at, "ExecutionRoleArn", NULL), "created",
                       trestle_json_time_or (at, "CreationTime", 0), NULL);
}

static JsonObject *
named (const char *name)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "ModelName", name);
  return input;
}

DexFuture *
trestle_model_service_describe (TrestleAwsClient *client, const char *name)
{
  return trestle_service_call (client, SERVICE, "DescribeModel", named (name), read_model, NULL,
                               NULL);
}

DexFuture *
trestle_model_service_delete (TrestleAwsClient *client, const char *name)
{
  return trestle_service_call_string (client, SERVICE, "DeleteModel", named (name), NULL);
}

DexFuture *
trestle_model_service_list (TrestleAwsClient *client)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListModels",
    .token_in = "NextToken",
    .token_out = "NextToken",
    .items = "Models",
    .read = read_model,
  };
  JsonObject *input = json_object_new ();

  json_object_set_int_member (input, "MaxResults", 100);
  json_object_set_string_member (input, "SortBy", "CreationTime");
  json_object_set_string_member (input, "SortOrder", "Descending");
  return trestle_service_collect (client, &list, input);
}

static gpointer
read_tag (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  g_hash_table_insert (data, g_strdup (trestle_json_string (at, "Key")),
                       g_strdup (trestle_json_string (at, "Value")));
  return NULL;
}

static DexFuture *
give_tags (DexFuture *future, gpointer data)
{
  return dex_future_new_take_boxed (G_TYPE_HASH_TABLE, g_hash_table_ref (data));
}

DexFuture *
trestle_tag_service_list (TrestleAwsClient *client, const char *arn)
{
  GHashTable *tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListTags",
    .token_in = "NextToken",
    .token_out = "NextToken",
    .items = "Tags",
    .read = read_tag,
    .data = g_hash_table_ref (tags),
    .destroy = (GDestroyNotify) g_hash_table_unref,
  };
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "ResourceArn", arn);
  return dex_future_then (trestle_service_collect (client, &list, input), give_tags, tags,
                          (GDestroyNotify) g_hash_table_unref);
}

DexFuture *
trestle_tag_service_add (TrestleAwsClient *client, const char *arn, GHashTable *tags)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "ResourceArn", arn);
  trestle_input_tags (input, tags);
  return trestle_service_call_string (client, SERVICE, "AddTags", input, NULL);
}
