/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-s3-service.h"

#include "base/trestle-future.h"
#include "domain/trestle-copy.h"
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

/* Keys may hold what XML cannot: they are asked for as in an address. Returns: (transfer full) (nullable) */
static char *
dup_key (const char *text, gboolean encoded)
{
  g_autoptr (GString) plain = g_string_new (text);
  g_autofree char *key = NULL;

  if (!encoded)
    return g_strdup (text);
  g_string_replace (plain, "+", " ", 0);
  key = g_uri_unescape_string (plain->str, NULL);
  return key != NULL && g_utf8_validate (key, -1, NULL) ? g_steal_pointer (&key) : NULL;
}

static gpointer
read_listing (TrestleJson at, TrestleAwsReply *reply, gpointer prefix)
{
  gboolean encoded = g_str_equal (trestle_json_string_or (at, "EncodingType", ""), "url");
  TrestleJson contents = trestle_json_member (at, "Contents");
  TrestleJson below = trestle_json_member (at, "CommonPrefixes");
  g_autoptr (GListStore) objects = g_list_store_new (TRESTLE_TYPE_STORED_OBJECT);
  g_autoptr (GListStore) folders = g_list_store_new (TRESTLE_TYPE_STORED_OBJECT);

  for (guint i = 0; i < trestle_json_length (below); i++)
    {
      g_autofree char *key = dup_key (
          trestle_json_string (trestle_json_element (below, i), "Prefix"), encoded);
      g_autoptr (TrestleStoredObject)
          folder = g_object_new (TRESTLE_TYPE_STORED_OBJECT, "key", key, NULL);

      if (key != NULL)
        g_list_store_append (folders, folder);
    }
  for (guint i = 0; i < trestle_json_length (contents); i++)
    {
      g_autoptr (TrestleStoredObject)
          raw = read_object (trestle_json_element (contents, i), reply, NULL);
      g_autofree char *key = dup_key (trestle_stored_object_get_key (raw), encoded);
      g_autoptr (TrestleStoredObject) object = trestle_copy_with (raw, "key", key, NULL);

      if (key != NULL && !(g_str_has_suffix (key, "/") && g_str_equal (key, prefix)))
        g_list_store_append (objects, object);
    }
  return g_object_new (TRESTLE_TYPE_STORED_PAGE, "folders", folders, "objects", objects, "next",
                       trestle_json_string_or (at, "NextContinuationToken", NULL), NULL);
}

DexFuture *
trestle_s3_service_list_page (TrestleAwsClient *client,
                              const char *region,
                              const char *bucket,
                              const char *prefix,
                              const char *token)
{
  JsonObject *input = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), input);
  TrestleAwsCall call = {
    .service = SERVICE,
    .operation = "ListObjectsV2",
    .input = node,
    .region = region,
  };

  json_object_set_string_member (input, "Bucket", bucket);
  json_object_set_string_member (input, "Prefix", prefix);
  json_object_set_string_member (input, "Delimiter", "/");
  json_object_set_string_member (input, "EncodingType", "url");
  trestle_input_text (input, "ContinuationToken", token);
  json_object_unref (input);
  return trestle_service_call_full (client, &call, read_listing, g_strdup (prefix), g_free);
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
