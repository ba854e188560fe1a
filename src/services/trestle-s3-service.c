/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-s3-service.h"

#include "services/trestle-service.h"

#define SERVICE "s3"

static gpointer
read_bucket (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return g_object_new (TRESTLE_TYPE_BUCKET, "name", trestle_json_string (at, "Name"), "created",
                       trestle_json_time_or (at, "CreationDate", 0), NULL);
}

DexFuture *
trestle_s3_service_list_buckets (TrestleAwsClient *client)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListBuckets",
    .token_in = "ContinuationToken",
    .token_out = "ContinuationToken",
    .items = "Buckets",
    .read = read_bucket,
  };

  return trestle_service_collect (client, &list, NULL);
}

/* The oldest Region has no name there. */
static DexFuture *
located_cb (DexFuture *future, gpointer data)
{
  const char *place = g_value_get_string (dex_future_get_value (future, NULL));

  return dex_future_new_for_string (*place != '\0' ? place : "us-east-1");
}

DexFuture *
trestle_s3_service_locate (TrestleAwsClient *client, const char *bucket)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "Bucket", bucket);
  return dex_future_then (trestle_service_call_string (client, SERVICE, "GetBucketLocation", input,
                                                       "LocationConstraint"),
                          located_cb, NULL, NULL);
}

static DexFuture *
put_cb (DexFuture *future, gpointer address)
{
  return dex_future_new_for_string (address);
}

DexFuture *
trestle_s3_service_put (TrestleAwsClient *client,
                        const char *region,
                        const char *bucket,
                        const char *key,
                        const char *content_type,
                        GBytes *body)
{
  JsonObject *input = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), input);
  TrestleAwsCall call = {
    .service = SERVICE,
    .operation = "PutObject",
    .input = node,
    .payload = body,
    .region = region,
  };

  json_object_set_string_member (input, "Bucket", bucket);
  json_object_set_string_member (input, "Key", key);
  trestle_input_text (input, "ContentType", content_type);
  json_object_unref (input);
  return dex_future_then (trestle_aws_client_call_full (client, &call), put_cb,
                          trestle_s3_dup_address (region, bucket, key), g_free);
}

char *
trestle_s3_dup_address (const char *region, const char *bucket, const char *key)
{
  g_autofree char *path = g_uri_escape_string (key, "/", FALSE);

  return g_strdup_printf ("https://%s.s3.%s.amazonaws.com/%s", bucket, region, path);
}
