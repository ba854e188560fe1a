/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-endpoint-service.h"

#include "domain/trestle-endpoint-config.h"
#include "domain/trestle-endpoint.h"
#include "domain/trestle-values.h"
#include "domain/trestle-variant.h"
#include "services/trestle-service.h"

#define SERVICE "sagemaker"

static JsonObject *
named (const char *member, const char *name)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, member, name);
  return input;
}

static JsonObject *
newest_first (void)
{
  JsonObject *input = json_object_new ();

  json_object_set_int_member (input, "MaxResults", 100);
  json_object_set_string_member (input, "SortBy", "CreationTime");
  json_object_set_string_member (input, "SortOrder", "Descending");
  return input;
}

DexFuture *
trestle_endpoint_service_create_config (TrestleAwsClient *client,
                                        const char *name,
                                        const char *model,
                                        const char *instance_type,
                                        gint64 count,
                                        GHashTable *tags)
{
  JsonObject *input = named ("EndpointConfigName", name);
  JsonObject *variant = named ("VariantName", "AllTraffic");
  JsonArray *variants = json_array_new ();

  json_object_set_string_member (variant, "ModelName", model);
  json_object_set_string_member (variant, "InstanceType", instance_type);
  json_object_set_int_member (variant, "InitialInstanceCount", count);
  json_object_set_double_member (variant, "InitialVariantWeight", 1.0);
  json_array_add_object_element (variants, variant);
  json_object_set_array_member (input, "ProductionVariants", variants);
  trestle_input_tags (input, tags);
  return trestle_service_call_string (client, SERVICE, "CreateEndpointConfig", input,
                                      "EndpointConfigArn");
}

static GListModel *
read_variants (TrestleJson at)
{
  GListStore *variants = g_list_store_new (TRESTLE_TYPE_VARIANT);
  TrestleJson array = trestle_json_member (at, "ProductionVariants");
  guint length = trestle_json_length (array);

  for (guint i = 0; i < length; i++)
    {
      TrestleJson it = trestle_json_element (array, i);
      gint64 initial = trestle_json_int_or (it, "InitialInstanceCount", 0);
      double weight = trestle_json_double_or (it, "InitialVariantWeight", 1);
      g_autoptr (TrestleVariant) made = g_object_new (
          TRESTLE_TYPE_VARIANT, "name", trestle_json_string (it, "VariantName"), "model-name",
          trestle_json_string_or (it, "ModelName", NULL), "instance-type",
          trestle_json_string_or (it, "InstanceType", NULL), "current-count",
          trestle_json_int_or (it, "CurrentInstanceCount", initial), "desired-count",
          trestle_json_int_or (it, "DesiredInstanceCount", initial), "weight",
          trestle_json_double_or (it, "CurrentWeight", weight), NULL);
      g_list_store_append (variants, made);
    }
  return G_LIST_MODEL (variants);
}

static gpointer
read_config (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  g_autoptr (GListModel) variants = read_variants (at);

  return g_object_new (TRESTLE_TYPE_ENDPOINT_CONFIG, "name",
                       trestle_json_string (at, "EndpointConfigName"), "arn",
                       trestle_json_string (at, "EndpointConfigArn"), "variants", variants,
                       "created", trestle_json_time_or (at, "CreationTime", 0), NULL);
}

DexFuture *
trestle_endpoint_service_describe_config (TrestleAwsClient *client, const char *name)
{
  return trestle_service_call (client, SERVICE, "DescribeEndpointConfig",
                               named ("EndpointConfigName", name), read_config, NULL, NULL);
}

DexFuture *
trestle_endpoint_service_delete_config (TrestleAwsClient *client, const char *name)
{
  return trestle_service_call_string (client, SERVICE, "DeleteEndpointConfig",
                                      named ("EndpointConfigName", name), NULL);
}

DexFuture *
trestle_endpoint_service_list_configs (TrestleAwsClient *client)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListEndpointConfigs",
    .token_in = "NextToken",
    .token_out = "NextToken",
    .items = "EndpointConfigs",
    .read = read_config,
  };

  return trestle_service_collect (client, &list, newest_first ());
}

DexFuture *
trestle_endpoint_service_create (TrestleAwsClient *client,
                                 const char *name,
                                 const char *config,
                                 GHashTable *tags)
{
  JsonObject *input = named ("EndpointName", name);

  json_object_set_string_member (input, "EndpointConfigName", config);
  trestle_input_tags (input, tags);
  return trestle_service_call_string (client, SERVICE, "CreateEndpoint", input, "EndpointArn");
}

static gpointer
read_endpoint (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  const char *status = trestle_json_string (at, "EndpointStatus");
  g_autoptr (GListModel) variants = read_variants (at);

  return g_object_new (TRESTLE_TYPE_ENDPOINT, "name", trestle_json_string (at, "EndpointName"),
                       "arn", trestle_json_string (at, "EndpointArn"), "state",
                       trestle_endpoint_state_from_aws (status), "status", status, "failure-reason",
                       trestle_json_string_or (at, "FailureReason", NULL), "config-name",
                       trestle_json_string_or (at, "EndpointConfigName", NULL), "variants",
                       variants, "created", trestle_json_time_or (at, "CreationTime", 0),
                       "modified", trestle_json_time_or (at, "LastModifiedTime", 0), NULL);
}

DexFuture *
trestle_endpoint_service_describe (TrestleAwsClient *client, const char *name)
{
  return trestle_service_call (client, SERVICE, "DescribeEndpoint", named ("EndpointName", name),
                               read_endpoint, NULL, NULL);
}

DexFuture *
trestle_endpoint_service_delete (TrestleAwsClient *client, const char *name)
{
  return trestle_service_call_string (client, SERVICE, "DeleteEndpoint",
                                      named ("EndpointName", name), NULL);
}

DexFuture *
trestle_endpoint_service_list (TrestleAwsClient *client)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListEndpoints",
    .token_in = "NextToken",
    .token_out = "NextToken",
    .items = "Endpoints",
    .read = read_endpoint,
  };

  return trestle_service_collect (client, &list, newest_first ());
}
