/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-catalog-service.h"
#include "services/trestle-service.h"

#define SERVICE "marketplace-catalog"

static JsonObject *
about (const char *arn)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "ResourceArn", arn);
  return input;
}

static gpointer
read_tags (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  TrestleJson list = trestle_json_member (at, "Tags");
  guint length = trestle_json_length (list);

  for (guint i = 0; i < length; i++)
    {
      TrestleJson tag = trestle_json_element (list, i);

      g_hash_table_insert (data, g_strdup (trestle_json_string (tag, "Key")),
                           g_strdup (trestle_json_string (tag, "Value")));
    }
  /* what it resolves to is the table; an object is needed to get there */
  return g_object_new (G_TYPE_OBJECT, NULL);
}

static DexFuture *
give_tags (DexFuture *future, gpointer tags)
{
  return dex_future_new_take_boxed (G_TYPE_HASH_TABLE, g_hash_table_ref (tags));
}

DexFuture *
trestle_catalog_service_list_tags (TrestleAwsClient *client, const char *arn)
{
  GHashTable *tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return dex_future_then (trestle_service_call (client, SERVICE, "ListTagsForResource", about (arn),
                                                read_tags, g_hash_table_ref (tags),
                                                (GDestroyNotify) g_hash_table_unref),
                          give_tags, tags, (GDestroyNotify) g_hash_table_unref);
}

DexFuture *
trestle_catalog_service_tag (TrestleAwsClient *client, const char *arn, GHashTable *tags)
{
  JsonObject *input = about (arn);

  trestle_input_tags (input, tags);
  return trestle_service_call_string (client, SERVICE, "TagResource", input, NULL);
}

DexFuture *
trestle_catalog_service_untag (TrestleAwsClient *client, const char *arn, const char *const *keys)
{
  JsonObject *input = about (arn);

  trestle_input_texts (input, "TagKeys", keys);
  return trestle_service_call_string (client, SERVICE, "UntagResource", input, NULL);
}

DexFuture *
trestle_catalog_service_get_policy (TrestleAwsClient *client, const char *arn)
{
  return trestle_service_call_string (client, SERVICE, "GetResourcePolicy", about (arn), "Policy");
}

DexFuture *
trestle_catalog_service_put_policy (TrestleAwsClient *client, const char *arn, const char *policy)
{
  JsonObject *input = about (arn);

  json_object_set_string_member (input, "Policy", policy);
  return trestle_service_call_string (client, SERVICE, "PutResourcePolicy", input, NULL);
}

DexFuture *
trestle_catalog_service_delete_policy (TrestleAwsClient *client, const char *arn)
{
  return trestle_service_call_string (client, SERVICE, "DeleteResourcePolicy", about (arn), NULL);
}
