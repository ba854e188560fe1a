/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-prices.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "base/trestle-json.h"
#include "services/trestle-pricing-service.h"
#include "services/trestle-quotas-service.h"
#include "workbench/trestle-parts.h"

#define FRESH TRESTLE_DAY
#define QUOTA_TAIL " for endpoint usage"

/* Two tables of AWS are kept in the same way: in memory, in the store for a day, else asked for. */
typedef struct Table Table;

struct Table
{
  const char *key;
  const char *component; /* of instance prices */
  DexFuture *(*ask) (TrestleContext *context, const Table *table);
  gpointer (*read) (TrestleJson at, const Table *table);
  void (*write) (gpointer item, JsonObject *into);
  gboolean (*wanted) (gpointer item);
};

static DexFuture *
ask_instances (TrestleContext *context, const Table *table)
{
  return trestle_pricing_service_list (context->client, context->region, table->component);
}

static gpointer
read_instance (TrestleJson at, const Table *table)
{
  g_autoptr (TrestleMoney)
      hourly = trestle_json_money (at, "hourly", trestle_json_string (at, "currency"));

  return g_object_new (TRESTLE_TYPE_INSTANCE_PRICE, "instance-type",
                       trestle_json_string (at, "type"), "component", table->component, "hourly",
                       hourly, "vcpu", trestle_json_string_or (at, "vcpu", NULL), "memory",
                       trestle_json_string_or (at, "memory", NULL), "gpu",
                       trestle_json_string_or (at, "gpu", NULL), NULL);
}

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
write_instance (gpointer item, JsonObject *into)
{
  const TrestleMoney *hourly = trestle_instance_price_get_hourly (item);
  g_autofree char *amount = trestle_money_to_string (hourly);

  set_text (into, "type", trestle_instance_price_get_instance_type (item));
  set_text (into, "hourly", amount);
  set_text (into, "currency", trestle_money_get_currency (hourly));
  set_text (into, "vcpu", trestle_instance_price_get_vcpu (item));
  set_text (into, "memory", trestle_instance_price_get_memory (item));
  set_text (into, "gpu", trestle_instance_price_get_gpu (item));
}

static gboolean
any_instance (gpointer item)
{
  return TRUE;
}

static DexFuture *
ask_quotas (TrestleContext *context, const Table *table)
{
  return trestle_quotas_service_list (context->client);
}

static gpointer
read_quota (TrestleJson at, const Table *table)
{
  return g_object_new (TRESTLE_TYPE_QUOTA, "code", trestle_json_string_or (at, "code", NULL),
                       "name", trestle_json_string (at, "name"), "value",
                       trestle_json_double_or (at, "value", 0), "adjustable",
                       trestle_json_bool_or (at, "adjustable", FALSE), NULL);
}

static void
write_quota (gpointer item, JsonObject *into)
{
  set_text (into, "code", trestle_quota_get_code (item));
  set_text (into, "name", trestle_quota_get_name (item));
  json_object_set_double_member (into, "value", trestle_quota_get_value (item));
  json_object_set_boolean_member (into, "adjustable", trestle_quota_get_adjustable (item));
}

/* SageMaker has some 1,500 quotas; one in five is about endpoints. */
static gboolean
endpoint_quota (gpointer item)
{
  const char *name = trestle_quota_get_name (item);

  return name != NULL && g_str_has_suffix (name, QUOTA_TAIL);
}

static const Table tables[] = {
  { "prices/hosting/2", "Hosting", ask_instances, read_instance, write_instance, any_instance },
  { "quotas/endpoints", NULL, ask_quotas, read_quota, write_quota, endpoint_quota },
  { "prices/transform/2", "Batch Transform", ask_instances, read_instance, write_instance,
    any_instance },
  { "prices/training/2", "Training", ask_instances, read_instance, write_instance, any_instance },
};

static GListModel *
recall (TrestleContext *context, const Table *table, gint64 *asked)
{
  g_autofree char *text = trestle_store_recall (context->store, context->scope, table->key);
  g_autoptr (TrestleJsonDoc) doc = text != NULL ? trestle_json_doc_parse (text, -1, NULL) : NULL;
  g_autoptr (GListStore) items = NULL;
  TrestleJson root, array;
  guint length;

  if (doc == NULL)
    return NULL;
  items = g_list_store_new (G_TYPE_OBJECT);
  root = trestle_json_root (doc);
  array = trestle_json_member (root, "items");
  length = trestle_json_length (array);
  *asked = trestle_json_int (root, "asked");
  for (guint i = 0; i < length; i++)
    {
      g_autoptr (GObject) item = table->read (trestle_json_element (array, i), table);

      g_list_store_append (items, item);
    }
  return trestle_json_doc_check (doc, NULL) ? G_LIST_MODEL (g_steal_pointer (&items)) : NULL;
}

static void
remember (TrestleContext *context, const Table *table, GListModel *items)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JsonObject *root = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);
      JsonObject *object = json_object_new ();

      table->write (item, object);
      json_array_add_object_element (array, object);
    }
  json_object_set_int_member (root, "asked", trestle_clock_now ());
  json_object_set_array_member (root, "items", array);
  json_node_take_object (node, root);
  text = json_to_string (node, FALSE);
  if (!trestle_store_remember (context->store, context->scope, table->key, text, &error))
    g_warning ("Could not keep %s: %s", table->key, error->message);
}

typedef struct
{
  TrestleContext *context;
  const Table *table;
} Asking;

static void
asking_free (gpointer data)
{
  g_object_unref (((Asking *) data)->context);
  g_free (data);
}

static DexFuture *
keep (TrestleContext *context, const Table *table, GListModel *items)
{
  g_hash_table_replace (context->facts, g_strdup (table->key), g_object_ref (items));
  return dex_future_new_for_object (items);
}

static DexFuture *
ask_fiber (gpointer data)
{
  Asking *self = data;
  TrestleContext *context = self->context;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) known = NULL;
  g_autoptr (GListModel) all = NULL;
  g_autoptr (GListStore) items = g_list_store_new (G_TYPE_OBJECT);
  gint64 asked = 0;

  known = recall (context, self->table, &asked);
  if (known != NULL && trestle_clock_now () - asked < FRESH)
    return keep (context, self->table, known);
  if (dex_await (trestle_context_ready (context), &error))
    all = dex_await_object (self->table->ask (context, self->table), &error);
  if (all == NULL)
    {
      /* Yesterday's prices are better than none. */
      if (known == NULL)
        return trestle_future_error (error);
      g_message ("Could not renew %s: %s", self->table->key, error->message);
      return dex_future_new_take_object (g_steal_pointer (&known));
    }
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (all, i);

      if (self->table->wanted (item))
        g_list_store_append (items, item);
    }
  remember (context, self->table, G_LIST_MODEL (items));
  return keep (context, self->table, G_LIST_MODEL (items));
}

static DexFuture *
give (TrestleContext *context, const Table *table)
{
  GListModel *known = g_hash_table_lookup (context->facts, table->key);
  Asking *self;

  if (known != NULL)
    return dex_future_new_for_object (known);
  self = g_new0 (Asking, 1);
  self->context = g_object_ref (context);
  self->table = table;
  return trestle_fiber_spawn (ask_fiber, self, asking_free);
}

DexFuture *
trestle_prices_instances (TrestleContext *context)
{
  return give (context, &tables[0]);
}

/* All that are known: where AWS tells nothing of one kind of use, the others are told. */
static DexFuture *
machines_fiber (gpointer data)
{
  static const guint of[] = { 0, 2, 3 };
  TrestleContext *context = data;
  DexFuture *asked[G_N_ELEMENTS (of)];
  g_autoptr (GListStore) all = g_list_store_new (TRESTLE_TYPE_INSTANCE_PRICE);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (of); i++)
    asked[i] = give (context, &tables[of[i]]);
  for (guint i = 0; i < G_N_ELEMENTS (of); i++)
    {
      g_autoptr (GListModel) some = dex_await_object (asked[i], error == NULL ? &error : NULL);

      for (guint j = 0; some != NULL && j < g_list_model_get_n_items (some); j++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (some, j);

          g_list_store_append (all, item);
        }
    }
  if (error != NULL && g_list_model_get_n_items (G_LIST_MODEL (all)) == 0)
    return trestle_future_error (error);
  return dex_future_new_for_object (all);
}

DexFuture *
trestle_session_machine_prices (TrestleSession *session)
{
  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);
  return trestle_fiber_spawn (machines_fiber, g_object_ref (trestle_session_get_context (session)),
                              g_object_unref);
}

DexFuture *
trestle_prices_quotas (TrestleContext *context)
{
  return give (context, &tables[1]);
}

TrestleInstancePrice *
trestle_prices_find (GListModel *prices, const char *instance_type)
{
  for (guint i = 0; prices != NULL && i < g_list_model_get_n_items (prices); i++)
    {
      g_autoptr (TrestleInstancePrice) price = g_list_model_get_item (prices, i);

      if (g_strcmp0 (trestle_instance_price_get_instance_type (price), instance_type) == 0)
        return price; /* the list keeps it */
    }
  return NULL;
}

gint64
trestle_prices_find_quota (GListModel *quotas, const char *instance_type)
{
  g_autofree char *name = g_strconcat (instance_type, QUOTA_TAIL, NULL);

  for (guint i = 0; quotas != NULL && i < g_list_model_get_n_items (quotas); i++)
    {
      g_autoptr (TrestleQuota) quota = g_list_model_get_item (quotas, i);

      if (g_strcmp0 (trestle_quota_get_name (quota), name) == 0)
        return (gint64) trestle_quota_get_value (quota);
    }
  return -1;
}
