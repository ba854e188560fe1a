/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-catalog-service.h"

#include <stdlib.h>
#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-change-fault.h"
#include "domain/trestle-submitted-change.h"
#include "services/trestle-service.h"

#define SERVICE "marketplace-catalog"
#define CATALOG "AWSMarketplace"

/* Pages of entities hold 50, batches of descriptions 20. */
#define PAGE 50
#define BATCH 20

static JsonObject *
question (const char *name, const char *value)
{
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "Catalog", CATALOG);
  trestle_input_text (input, name, value);
  return input;
}

/* "prod-…@7" → "prod-…" and 7; a #REVISION that is none counts as 0. */
static char *
split_identifier (const char *identifier, gint64 *revision)
{
  const char *at = identifier != NULL ? strrchr (identifier, '@') : NULL;

  *revision = at != NULL ? g_ascii_strtoll (at + 1, NULL, 10) : 0;
  return at != NULL ? g_strndup (identifier, at - identifier) : g_strdup (identifier);
}

/* The document as AWS gives it: as such, or as a text that holds it. */
static JsonNode *
dup_document (TrestleJson at)
{
  TrestleJson document = trestle_json_member (at, "DetailsDocument");
  const char *text;
  g_autoptr (JsonNode) node = NULL;

  if (trestle_json_exists (document))
    return json_node_copy (document.node);
  text = trestle_json_string_or (at, "Details", NULL);
  if (text == NULL || *text == '\0')
    return NULL;
  node = json_from_string (text, NULL);
  if (node == NULL)
    trestle_json_fault (at, "Details", "is not JSON");
  return g_steal_pointer (&node);
}

static gpointer
read_entity (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *kind = NULL;
  g_autoptr (JsonNode) document = dup_document (at);
  TrestleJson product = trestle_json_member (at, "MachineLearningProductSummary");
  TrestleJson offer = trestle_json_member (at, "OfferSummary");
  TrestleJson described = trestle_json_member (at, "DetailsDocument");
  TrestleJson description = trestle_json_member (described, "Description");
  g_auto (GStrv) buyers = trestle_json_dup_strv (offer, "BuyerAccounts");
  g_auto (GStrv) targeting = trestle_json_dup_strv (offer, "Targeting");
  const char *type = trestle_json_string (at, "EntityType");
  gboolean is_product = g_str_has_prefix (type, TRESTLE_ENTITY_PRODUCT);
  const char *name, *visibility, *state, *of;
  gint64 revision = 0;

  /* described ones carry a revision, listed ones do not */
  id = split_identifier (trestle_json_string_or (at, "EntityIdentifier", NULL), &revision);
  if (id == NULL)
    id = g_strdup (trestle_json_string (at, "EntityId"));
  kind = g_strndup (type, strcspn (type, "@"));
  /* a list has them in its summaries, a description in its document */
  if (is_product)
    {
      name = trestle_json_string_or (description, "ProductTitle", NULL);
      visibility = trestle_json_string_or (description, "Visibility", NULL);
    }
  else
    {
      name = trestle_json_string_or (described, "Name", NULL);
      visibility = NULL;
    }
  name = trestle_json_string_or (is_product ? product : offer, is_product ? "ProductTitle" : "Name",
                                 trestle_json_string_or (at, "Name", name));
  visibility = trestle_json_string_or (product, "Visibility",
                                       trestle_json_string_or (at, "Visibility", visibility));
  state = trestle_json_string_or (
      offer, "State", is_product ? NULL : trestle_json_string_or (described, "State", NULL));
  of = trestle_json_string_or (offer, "ProductId",
                               is_product ? NULL
                                          : trestle_json_string_or (described, "ProductId", NULL));
  return g_object_new (
      TRESTLE_TYPE_ENTITY, "id", id, "revision", revision, "entity-type", kind, "arn",
      trestle_json_string_or (at, "EntityArn", NULL), "name", name, "modified",
      trestle_json_time_or (at, "LastModifiedDate", 0), "visibility", visibility, "state", state,
      "product-id", of, "buyer-accounts", buyers, "targeting", targeting, "released",
      trestle_json_time_or (offer, "ReleaseDate", 0), "available-until",
      trestle_json_time_or (offer, "AvailabilityEndDate", 0), "document", document, NULL);
}

static gpointer
read_fault (TrestleJson at)
{
  return g_object_new (TRESTLE_TYPE_CHANGE_FAULT, "code",
                       trestle_json_string_or (at, "ErrorCode", NULL), "message",
                       trestle_json_string_or (at, "ErrorMessage", NULL), NULL);
}

static gpointer
read_change (TrestleJson at)
{
  g_autoptr (GListStore) faults = g_list_store_new (TRESTLE_TYPE_CHANGE_FAULT);
  g_autoptr (JsonNode) document = dup_document (at);
  TrestleJson entity = trestle_json_member (at, "Entity");
  TrestleJson list = trestle_json_member (at, "ErrorDetailList");
  guint length = trestle_json_length (list);
  g_autofree char *id = NULL;
  gint64 revision;

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (TrestleChangeFault) fault = read_fault (trestle_json_element (list, i));

      g_list_store_append (faults, fault);
    }
  id = split_identifier (trestle_json_string_or (entity, "Identifier", NULL), &revision);
  return g_object_new (TRESTLE_TYPE_SUBMITTED_CHANGE, "change-type",
                       trestle_json_string (at, "ChangeType"), "name",
                       trestle_json_string_or (at, "ChangeName", NULL), "entity-type",
                       trestle_json_string_or (entity, "Type", NULL), "entity-id", id, "document",
                       document, "faults", faults, NULL);
}

/* Entities of a summary, or those that the changes name, each once. */
static char **
dup_entities (TrestleJson at, GListModel *changes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint length = g_list_model_get_n_items (changes);

  if (trestle_json_exists (trestle_json_member (at, "EntityIdList")))
    return trestle_json_dup_strv (at, "EntityIdList");
  for (guint i = 0; i < length; i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);
      const char *id = trestle_submitted_change_get_entity_id (change);

      if (id != NULL && *id != '$' && g_hash_table_add (seen, (char *) id))
        g_strv_builder_add (builder, id);
    }
  return g_strv_builder_end (builder);
}

static gpointer
read_request (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  g_autoptr (GListStore) changes = g_list_store_new (TRESTLE_TYPE_SUBMITTED_CHANGE);
  TrestleJson list = trestle_json_member (at, "ChangeSet");
  guint length = trestle_json_length (list);
  g_auto (GStrv) entities = NULL;

  for (guint i = 0; i < length; i++)
    {
      g_autoptr (TrestleSubmittedChange) change = read_change (trestle_json_element (list, i));

      g_list_store_append (changes, change);
    }
  entities = dup_entities (at, G_LIST_MODEL (changes));
  return g_object_new (
      TRESTLE_TYPE_CHANGE_REQUEST, "id", trestle_json_string (at, "ChangeSetId"), "arn",
      trestle_json_string_or (at, "ChangeSetArn", NULL), "name",
      trestle_json_string_or (at, "ChangeSetName", NULL), "intent",
      trestle_json_string_or (at, "Intent", NULL), "status", trestle_json_string (at, "Status"),
      "failure-code", trestle_json_string_or (at, "FailureCode", NULL), "failure",
      trestle_json_string_or (at, "FailureDescription", NULL), "started",
      trestle_json_time_or (at, "StartTime", 0), "ended", trestle_json_time_or (at, "EndTime", 0),
      "entities", entities, "changes", changes, NULL);
}

DexFuture *
trestle_catalog_service_start (TrestleAwsClient *client, JsonObject *input)
{
  json_object_set_string_member (input, "Catalog", CATALOG);
  return trestle_service_call_string (client, SERVICE, "StartChangeSet", input, "ChangeSetId");
}

DexFuture *
trestle_catalog_service_describe_request (TrestleAwsClient *client, const char *id)
{
  return trestle_service_call (client, SERVICE, "DescribeChangeSet", question ("ChangeSetId", id),
                               read_request, NULL, NULL);
}

DexFuture *
trestle_catalog_service_cancel (TrestleAwsClient *client, const char *id)
{
  return trestle_service_call_string (client, SERVICE, "CancelChangeSet",
                                      question ("ChangeSetId", id), "ChangeSetId");
}

static void
add_filter (JsonArray *filters, const char *name, const char *value)
{
  const char *const values[] = { value, NULL };
  JsonObject *filter = json_object_new ();

  json_object_set_string_member (filter, "Name", name);
  trestle_input_texts (filter, "ValueList", values);
  json_array_add_object_element (filters, filter);
}

static gboolean
is_wanted (GListModel *items, gpointer left)
{
  guint *count = left;
  guint length = g_list_model_get_n_items (items);

  *count -= MIN (*count, length);
  return *count > 0;
}

DexFuture *
trestle_catalog_service_list_requests (TrestleAwsClient *client,
                                       const char *entity,
                                       gint64 after,
                                       guint limit)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListChangeSets",
    .token_in = "NextToken",
    .token_out = "NextToken",
    .items = "ChangeSetSummaryList",
    .read = read_request,
  };
  JsonObject *input = question (NULL, NULL);
  JsonArray *filters = json_array_new ();

  if (entity != NULL)
    add_filter (filters, "EntityId", entity);
  if (after > 0)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (after / G_USEC_PER_SEC);
      g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

      add_filter (filters, "AfterStartTime", text);
    }
  if (json_array_get_length (filters) > 0)
    json_object_set_array_member (input, "FilterList", filters);
  else
    json_array_unref (filters);
  if (limit > 0)
    {
      list.page = is_wanted;
      list.data = g_memdup2 (&limit, sizeof limit);
      list.destroy = g_free;
    }
  json_object_set_int_member (input, "MaxResults", 20);
  return trestle_service_collect (client, &list, input);
}

static DexFuture *
list_entities (TrestleAwsClient *client, const char *type, JsonObject *filters)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "ListEntities",
    .token_in = "NextToken",
    .token_out = "NextToken",
    .items = "EntitySummaryList",
    .read = read_entity,
  };
  JsonObject *input = question ("EntityType", type);
  JsonObject *sort = json_object_new ();
  JsonObject *sorts = json_object_new ();
  g_autofree char *name = g_strconcat (type, "Sort", NULL);

  json_object_set_string_member (sort, "SortBy", "LastModifiedDate");
  json_object_set_string_member (sort, "SortOrder", "DESCENDING");
  json_object_set_object_member (sorts, name, sort);
  json_object_set_object_member (input, "EntityTypeSort", sorts);
  if (filters != NULL)
    {
      JsonObject *all = json_object_new ();
      g_autofree char *member = g_strconcat (type, "Filters", NULL);

      json_object_set_object_member (all, member, filters);
      json_object_set_object_member (input, "EntityTypeFilters", all);
    }
  json_object_set_int_member (input, "MaxResults", PAGE);
  return trestle_service_collect (client, &list, input);
}

DexFuture *
trestle_catalog_service_list_products (TrestleAwsClient *client)
{
  return list_entities (client, TRESTLE_ENTITY_PRODUCT, NULL);
}

static void
set_values (JsonObject *filters, const char *name, const char *const *values)
{
  JsonObject *filter = json_object_new ();

  trestle_input_texts (filter, "ValueList", values);
  json_object_set_object_member (filters, name, filter);
}

DexFuture *
trestle_catalog_service_list_offers (TrestleAwsClient *client, const char *product)
{
  /* Without this filter those that were never released are left out. */
  static const char *const states[] = { "Draft", "Released", NULL };
  const char *const products[] = { product, NULL };
  JsonObject *filters = json_object_new ();

  set_values (filters, "State", states);
  if (product != NULL)
    set_values (filters, "ProductId", products);
  return list_entities (client, TRESTLE_ENTITY_OFFER, filters);
}

DexFuture *
trestle_catalog_service_describe (TrestleAwsClient *client, const char *id)
{
  return trestle_service_call (client, SERVICE, "DescribeEntity", question ("EntityId", id),
                               read_entity, NULL, NULL);
}

typedef struct
{
  TrestleAwsClient *client;
  char **ids;
} Batches;

static void
batches_free (gpointer data)
{
  Batches *self = data;

  g_object_unref (self->client);
  g_strfreev (self->ids);
  g_free (self);
}

static gpointer
read_batch (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  const char *const *ids = data;
  GListStore *found = g_list_store_new (TRESTLE_TYPE_ENTITY);
  TrestleJson details = trestle_json_member (at, "EntityDetails");

  for (guint i = 0; i < BATCH && ids[i] != NULL; i++)
    {
      TrestleJson one = trestle_json_member (details, ids[i]);

      if (trestle_json_exists (one))
        {
          g_autoptr (TrestleEntity) entity = read_entity (one, reply, NULL);

          g_list_store_append (found, entity);
        }
    }
  return found;
}

static DexFuture *
describe_all_fiber (gpointer data)
{
  Batches *self = data;
  guint length = g_strv_length (self->ids);
  g_autoptr (GListStore) all = g_list_store_new (TRESTLE_TYPE_ENTITY);

  for (guint start = 0; start < length; start += BATCH)
    {
      JsonObject *input = json_object_new ();
      JsonArray *requests = json_array_new ();
      g_autoptr (GListModel) found = NULL;
      g_autoptr (GError) error = NULL;

      for (guint i = start; i < MIN (start + BATCH, length); i++)
        json_array_add_object_element (requests, question ("EntityId", self->ids[i]));
      json_object_set_array_member (input, "EntityRequestList", requests);
      found = dex_await_object (trestle_service_call (self->client, SERVICE,
                                                      "BatchDescribeEntities", input, read_batch,
                                                      self->ids + start, NULL),
                                &error);
      if (found == NULL)
        return trestle_future_error (error);
      for (guint i = 0; i < g_list_model_get_n_items (found); i++)
        {
          g_autoptr (TrestleEntity) entity = g_list_model_get_item (found, i);

          g_list_store_append (all, entity);
        }
    }
  return dex_future_new_take_object (g_steal_pointer (&all));
}

DexFuture *
trestle_catalog_service_describe_all (TrestleAwsClient *client, const char *const *ids)
{
  Batches *self = g_new0 (Batches, 1);

  self->client = g_object_ref (client);
  self->ids = g_strdupv ((char **) ids);
  return trestle_fiber_spawn (describe_all_fiber, self, batches_free);
}
