/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-service.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-future.h"

#define MAX_PAGES 1000

typedef struct
{
  char *service;
  char *operation;
  TrestleServiceRead read;
  gpointer data;
  GDestroyNotify destroy;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self->service);
  g_free (self->operation);
  g_free (self);
}

static GError *
protocol_error (const char *service, const char *operation, TrestleAwsReply *reply, const char *why)
{
  TrestleAwsErrorDetails details = {
    .service = (char *) service,
    .operation = (char *) operation,
    .request_id = (char *) trestle_aws_reply_get_request_id (reply),
    .status = 200,
    .may_have_arrived = TRUE,
  };

  return trestle_aws_error_new (TRESTLE_AWS_ERROR_PROTOCOL, &details,
                                "The answer to %s could not be read: %s", operation, why);
}

static DexFuture *
read_cb (DexFuture *future, gpointer data)
{
  Reading *reading = data;
  TrestleAwsReply *reply = g_value_get_object (dex_future_get_value (future, NULL));
  g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_new (trestle_aws_reply_get_output (reply));
  g_autoptr (GObject) object = NULL;
  g_autoptr (GError) error = NULL;

  object = reading->read (trestle_json_root (doc), reply, reading->data);
  if (!trestle_json_doc_check (doc, &error))
    return dex_future_new_for_error (
        protocol_error (reading->service, reading->operation, reply, error->message));
  return dex_future_new_take_object (g_steal_pointer (&object));
}

DexFuture *
trestle_service_call_full (TrestleAwsClient *client,
                           const TrestleAwsCall *call,
                           TrestleServiceRead read,
                           gpointer data,
                           GDestroyNotify destroy)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->service = g_strdup (call->service);
  reading->operation = g_strdup (call->operation);
  reading->read = read;
  reading->data = data;
  reading->destroy = destroy;
  return dex_future_then (trestle_aws_client_call_full (client, call), read_cb, reading,
                          reading_free);
}

static JsonNode *
take_node (JsonObject *input)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, input != NULL ? input : json_object_new ());
  return node;
}

DexFuture *
trestle_service_call (TrestleAwsClient *client,
                      const char *service,
                      const char *operation,
                      JsonObject *input,
                      TrestleServiceRead read,
                      gpointer data,
                      GDestroyNotify destroy)
{
  g_autoptr (JsonNode) node = take_node (input);
  TrestleAwsCall call = { .service = service, .operation = operation, .input = node };

  return trestle_service_call_full (client, &call, read, data, destroy);
}

static DexFuture *
string_cb (DexFuture *future, gpointer data)
{
  Reading *reading = data;
  TrestleAwsReply *reply = g_value_get_object (dex_future_get_value (future, NULL));
  g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_new (trestle_aws_reply_get_output (reply));
  g_autoptr (GError) error = NULL;
  const char *text = "";

  if (reading->data != NULL)
    text = trestle_json_string_or (trestle_json_root (doc), reading->data, "");
  if (!trestle_json_doc_check (doc, &error))
    return dex_future_new_for_error (
        protocol_error (reading->service, reading->operation, reply, error->message));
  return dex_future_new_for_string (text);
}

DexFuture *
trestle_service_call_string_full (TrestleAwsClient *client,
                                  const TrestleAwsCall *call,
                                  const char *member)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->service = g_strdup (call->service);
  reading->operation = g_strdup (call->operation);
  reading->data = g_strdup (member);
  reading->destroy = g_free;
  return dex_future_then (trestle_aws_client_call_full (client, call), string_cb, reading,
                          reading_free);
}

DexFuture *
trestle_service_call_string (TrestleAwsClient *client,
                             const char *service,
                             const char *operation,
                             JsonObject *input,
                             const char *member)
{
  g_autoptr (JsonNode) node = take_node (input);
  TrestleAwsCall call = { .service = service, .operation = operation, .input = node };

  return trestle_service_call_string_full (client, &call, member);
}

typedef struct
{
  TrestleAwsClient *client;
  TrestleServiceList list;
  char *region;
  JsonObject *input;
} Collecting;

static void
collecting_free (gpointer data)
{
  Collecting *self = data;

  if (self->list.destroy != NULL)
    self->list.destroy (self->list.data);
  g_object_unref (self->client);
  json_object_unref (self->input);
  g_free (self->region);
  g_free (self);
}

/* Reads one answer into @items; @token: what asks for the next page, NULL at the end. */
static gboolean
read_page (Collecting *self,
           TrestleAwsReply *reply,
           GListStore *items,
           char **token,
           GError **error)
{
  const TrestleServiceList *list = &self->list;
  g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_new (trestle_aws_reply_get_output (reply));
  g_autoptr (GError) reason = NULL;
  TrestleJson root = trestle_json_root (doc);
  TrestleJson array = trestle_json_member (root, list->items);
  guint length = trestle_json_length (array);

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (GObject) item = list->read (trestle_json_element (array, i), reply, list->data);

      if (item != NULL)
        g_list_store_append (items, item);
    }
  *token = g_strdup (trestle_json_string_or (root, list->token_out, NULL));
  if (trestle_json_doc_check (doc, &reason))
    return TRUE;
  g_clear_pointer (token, g_free);
  g_propagate_error (error,
                     protocol_error (list->service, list->operation, reply, reason->message));
  return FALSE;
}

static void
append_all (GListStore *to, GListModel *from)
{
  for (guint i = 0; i < g_list_model_get_n_items (from); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (from, i);

      g_list_store_append (to, item);
    }
}

static DexFuture *
collect_fiber (gpointer data)
{
  Collecting *self = data;
  const TrestleServiceList *list = &self->list;
  g_autoptr (GListStore) all = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint bound = list->max_pages != 0 ? list->max_pages : MAX_PAGES;

  for (guint n = 0;; n++)
    {
      g_autoptr (TrestleAwsReply) reply = NULL;
      g_autoptr (GListStore) items = g_list_store_new (G_TYPE_OBJECT);
      g_autoptr (JsonNode) node = take_node (json_object_ref (self->input));
      g_autofree char *token = NULL;
      g_autoptr (GError) error = NULL;
      TrestleAwsCall call = { .service = list->service,
                              .operation = list->operation,
                              .input = node,
                              .region = self->region };

      reply = dex_await_object (trestle_aws_client_call_full (self->client, &call), &error);
      if (reply == NULL || !read_page (self, reply, items, &token, &error))
        return trestle_future_error (error);
      append_all (all, G_LIST_MODEL (items));
      if (list->page != NULL && !list->page (G_LIST_MODEL (items), list->data))
        break;
      if (token == NULL || *token == '\0')
        break;
      if (g_hash_table_contains (seen, token))
        return dex_future_new_for_error (protocol_error (list->service, list->operation, reply,
                                                         "the same page token came twice"));
      if (n + 1 >= bound)
        return dex_future_new_for_error (protocol_error (list->service, list->operation, reply,
                                                         "there are more pages than can be"));
      json_object_set_string_member (self->input, list->token_in, token);
      g_hash_table_add (seen, g_steal_pointer (&token));
    }
  return dex_future_new_take_object (g_steal_pointer (&all));
}

DexFuture *
trestle_service_collect (TrestleAwsClient *client,
                         const TrestleServiceList *list,
                         JsonObject *input)
{
  Collecting *self = g_new0 (Collecting, 1);

  self->client = g_object_ref (client);
  self->list = *list;
  self->region = g_strdup (list->region);
  self->input = input != NULL ? input : json_object_new ();
  return trestle_fiber_spawn (collect_fiber, self, collecting_free);
}

void
trestle_input_text (JsonObject *input, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (input, name, value);
}

void
trestle_input_texts (JsonObject *input, const char *name, const char *const *values)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (input, name, array);
}

void
trestle_input_tags (JsonObject *input, GHashTable *tags)
{
  GHashTableIter iter;
  gpointer key, value;
  JsonArray *array;

  if (tags == NULL || g_hash_table_size (tags) == 0)
    return;
  array = json_array_new ();
  g_hash_table_iter_init (&iter, tags);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      JsonObject *tag = json_object_new ();

      json_object_set_string_member (tag, "Key", key);
      json_object_set_string_member (tag, "Value", value);
      json_array_add_object_element (array, tag);
    }
  json_object_set_array_member (input, "Tags", array);
}
