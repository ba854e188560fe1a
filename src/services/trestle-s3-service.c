/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-s3-service.h"

#include "base/trestle-future.h"
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

static gpointer
read_object (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  return g_object_new (TRESTLE_TYPE_STORED_OBJECT, "key", trestle_json_string (at, "Key"), "etag",
                       trestle_json_string_or (at, "ETag", ""), "size",
                       trestle_json_int_or (at, "Size", 0), "modified",
                       trestle_json_time_or (at, "LastModified", 0), NULL);
}

DexFuture *
trestle_s3_service_list (TrestleAwsClient *client,
                         const char *region,
                         const char *bucket,
                         const char *prefix)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListObjectsV2",
    .token_in = "ContinuationToken",
    .token_out = "NextContinuationToken",
    .items = "Contents",
    .region = region,
    .read = read_object,
  };
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "Bucket", bucket);
  trestle_input_text (input, "Prefix", prefix);
  return trestle_service_collect (client, &list, input);
}

static JsonNode *
make_address (const char *bucket, const char *key, const char *etag)
{
  JsonObject *input = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (input, "Bucket", bucket);
  json_object_set_string_member (input, "Key", key);
  trestle_input_text (input, "IfMatch", etag);
  json_node_take_object (node, input);
  return node;
}

static gpointer
read_head (TrestleJson at, TrestleAwsReply *reply, gpointer key)
{
  return g_object_new (TRESTLE_TYPE_STORED_OBJECT, "key", key, "etag",
                       trestle_json_string_or (at, "ETag", ""), "size",
                       trestle_json_int_or (at, "ContentLength", 0), "modified",
                       trestle_json_time_or (at, "LastModified", 0), NULL);
}

DexFuture *
trestle_s3_service_head (TrestleAwsClient *client,
                         const char *region,
                         const char *bucket,
                         const char *key)
{
  g_autoptr (JsonNode) node = make_address (bucket, key, NULL);
  TrestleAwsCall call = {
    .service = SERVICE,
    .operation = "HeadObject",
    .input = node,
    .region = region,
  };

  return trestle_service_call_full (client, &call, read_head, g_strdup (key), g_free);
}

typedef struct
{
  TrestleAwsClient *client;
  char *region;
  JsonNode *input;
  GFile *file;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_object_unref (self->client);
  g_free (self->region);
  json_node_unref (self->input);
  g_object_unref (self->file);
  g_free (self);
}

static DexFuture *
save_fiber (gpointer data)
{
  Saving *self = data;
  g_autoptr (TrestleAwsReply) reply = NULL;
  g_autoptr (GFileOutputStream) out = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n;
  TrestleAwsCall call = {
    .service = SERVICE,
    .operation = "GetObject",
    .input = self->input,
    .region = self->region,
    .stream = TRUE,
  };

  reply = dex_await_object (trestle_aws_client_call_full (self->client, &call), &error);
  if (reply != NULL)
    out = dex_await_object (
        dex_file_replace (self->file, NULL, FALSE,
                          G_FILE_CREATE_REPLACE_DESTINATION | G_FILE_CREATE_PRIVATE,
                          G_PRIORITY_DEFAULT),
        &error);
  if (out == NULL)
    return trestle_future_error (error);
  n = dex_await_int64 (dex_output_stream_splice (G_OUTPUT_STREAM (out),
                                                 trestle_aws_reply_get_stream (reply),
                                                 G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE
                                                     | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                                 G_PRIORITY_DEFAULT),
                       &error);
  return error != NULL ? trestle_future_error (error) : dex_future_new_for_int64 (n);
}

DexFuture *
trestle_s3_service_save (TrestleAwsClient *client,
                         const char *region,
                         const char *bucket,
                         const char *key,
                         const char *etag,
                         GFile *file)
{
  Saving *self = g_new0 (Saving, 1);

  self->client = g_object_ref (client);
  self->region = g_strdup (region);
  self->input = make_address (bucket, key, etag);
  self->file = g_object_ref (file);
  return trestle_fiber_spawn (save_fiber, self, saving_free);
}

char *
trestle_s3_dup_address (const char *region, const char *bucket, const char *key)
{
  g_autofree char *path = g_uri_escape_string (key, "/", FALSE);

  return g_strdup_printf ("https://%s.s3.%s.amazonaws.com/%s", bucket, region, path);
}
