/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoints.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "services/trestle-endpoint-service.h"
#include "workbench/trestle-endpoint-detail.h"
#include "workbench/trestle-endpoints-private.h"

#define BUSY_SECONDS 5
#define IDLE_SECONDS 60
#define PARALLEL 8

struct _TrestleEndpoints
{
  TrestleRemoteList parent_instance;
};

G_DEFINE_FINAL_TYPE (TrestleEndpoints, trestle_endpoints, TRESTLE_TYPE_REMOTE_LIST)

enum
{
  PROP_0,
  PROP_HOURLY,
  PROP_SO_FAR,
  PROP_N_RUNNING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static guint
count_running (GListModel *self)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (self); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (self, i);

      n += trestle_endpoint_is_running (endpoint);
    }
  return n;
}

static void
trestle_endpoints_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GListModel *items = G_LIST_MODEL (object);

  switch (id)
    {
    case PROP_HOURLY:
      g_value_take_boxed (value, trestle_endpoint_sum_hourly (items));
      break;
    case PROP_SO_FAR:
      g_value_take_boxed (value,
                          trestle_endpoint_sum_today (
                              items, trestle_endpoints_get_context (TRESTLE_ENDPOINTS (object))));
      break;
    case PROP_N_RUNNING:
      g_value_set_uint (value, count_running (items));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_endpoints_init (TrestleEndpoints *self)
{
}

TrestleEndpoints *
trestle_endpoints_new (TrestleContext *context)
{
  TrestleEndpoints *self = g_object_new (TRESTLE_TYPE_ENDPOINTS, NULL);

  trestle_remote_list_set_context (TRESTLE_REMOTE_LIST (self), context);
  return self;
}

TrestleContext *
trestle_endpoints_get_context (TrestleEndpoints *self)
{
  return trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self));
}

static void
changed (TrestleRemoteList *self)
{
  for (guint i = PROP_HOURLY; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static const char *
get_key (gpointer item)
{
  return trestle_endpoint_get_name (item);
}

static gboolean
same_amount (const TrestleMoney *a, const TrestleMoney *b)
{
  g_autofree char *ta = a != NULL ? trestle_money_format (a, 2) : NULL;
  g_autofree char *tb = b != NULL ? trestle_money_format (b, 2) : NULL;

  return g_strcmp0 (ta, tb) == 0;
}

static gboolean
is_same (gpointer a, gpointer b)
{
  return trestle_endpoint_get_state (a) == trestle_endpoint_get_state (b)
         && trestle_endpoint_get_created (a) == trestle_endpoint_get_created (b)
         && trestle_endpoint_get_modified (a) == trestle_endpoint_get_modified (b)
         && trestle_endpoint_get_delete_by (a) == trestle_endpoint_get_delete_by (b)
         && g_strcmp0 (trestle_endpoint_get_config_name (a), trestle_endpoint_get_config_name (b))
                == 0
         && g_strcmp0 (trestle_endpoint_get_listing_title (a),
                       trestle_endpoint_get_listing_title (b))
                == 0
         && same_amount (trestle_endpoint_get_hourly (a), trestle_endpoint_get_hourly (b))
         && same_amount (trestle_endpoint_get_so_far (a), trestle_endpoint_get_so_far (b));
}

void
trestle_endpoints_drop (TrestleEndpoints *self, const char *name)
{
  trestle_endpoint_detail_forget (trestle_endpoints_get_context (self), name);
  trestle_remote_list_drop (TRESTLE_REMOTE_LIST (self), name);
}

/* What is known of @summary already, with what it has cost meanwhile; NULL where it changed. */
static TrestleEndpoint *
unchanged (TrestleEndpoints *self, TrestleEndpoint *summary)
{
  TrestleEndpoint *known = trestle_endpoints_find (self, trestle_endpoint_get_name (summary));

  if (known == NULL || trestle_endpoint_get_state (known) != trestle_endpoint_get_state (summary)
      || trestle_endpoint_get_created (known) != trestle_endpoint_get_created (summary)
      || trestle_endpoint_get_modified (known) != trestle_endpoint_get_modified (summary))
    return NULL;
  return trestle_endpoint_cost (known);
}

/* Fills the gaps of @fresh; a few at a time. An endpoint that went meanwhile stays a gap. */
static void
describe_rest (TrestleEndpoints *self, GListModel *summaries, GPtrArray *fresh)
{
  for (guint i = 0; i < fresh->len;)
    {
      DexFuture *asked[PARALLEL];
      guint places[PARALLEL], n = 0;

      for (; i < fresh->len && n < PARALLEL; i++)
        if (g_ptr_array_index (fresh, i) == NULL)
          {
            g_autoptr (TrestleEndpoint) summary = g_list_model_get_item (summaries, i);

            places[n] = i;
            asked[n++] = trestle_endpoint_detail (trestle_endpoints_get_context (self),
                                                  trestle_endpoint_get_name (summary));
          }
      for (guint j = 0; j < n; j++)
        fresh->pdata[places[j]] = dex_await_object (asked[j], NULL);
    }
}

/* The ledger ends with the endpoint, whoever deleted it. */
static void
close_ledger (TrestleEndpoints *self, GListModel *summaries)
{
  TrestleContext *context = trestle_endpoints_get_context (self);
  g_autoptr (GPtrArray)
      entries = trestle_store_ledger_list (context->store, context->scope, TRUE, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TrestleLedgerEntry *entry = g_ptr_array_index (entries, i);
      gboolean there = g_strcmp0 (entry->kind, "endpoint") != 0
                       || entry->begun > trestle_clock_now () - TRESTLE_MINUTE;

      for (guint j = 0; !there && j < g_list_model_get_n_items (summaries); j++)
        {
          g_autoptr (TrestleEndpoint) summary = g_list_model_get_item (summaries, j);

          there = g_strcmp0 (trestle_endpoint_get_name (summary), entry->name) == 0;
        }
      if (!there)
        trestle_store_ledger_end (context->store, context->scope, entry->kind, entry->name, NULL);
    }
}

/* Of an array with gaps. */
static void
unref_item (gpointer item)
{
  g_clear_object (&item);
}

static GListModel *
load (TrestleRemoteList *list, GError **error)
{
  TrestleEndpoints *self = TRESTLE_ENDPOINTS (list);
  TrestleContext *context = trestle_endpoints_get_context (self);
  g_autoptr (GListModel) summaries = NULL;
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (unref_item);
  g_autoptr (GListStore) items = g_list_store_new (TRESTLE_TYPE_ENDPOINT);

  summaries = dex_await_object (trestle_endpoint_service_list (context->client), error);
  if (summaries == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (summaries); i++)
    {
      g_autoptr (TrestleEndpoint) summary = g_list_model_get_item (summaries, i);

      g_ptr_array_add (fresh, unchanged (self, summary));
    }
  describe_rest (self, summaries, fresh);
  close_ledger (self, summaries);
  for (guint i = 0; i < fresh->len; i++)
    if (g_ptr_array_index (fresh, i) != NULL)
      g_list_store_append (items, g_ptr_array_index (fresh, i));
  return G_LIST_MODEL (g_steal_pointer (&items));
}

static guint
get_interval (TrestleRemoteList *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (G_LIST_MODEL (self), i);
      TrestleEndpointState state = trestle_endpoint_get_state (endpoint);

      if (state == TRESTLE_ENDPOINT_STATE_CREATING || state == TRESTLE_ENDPOINT_STATE_UPDATING
          || state == TRESTLE_ENDPOINT_STATE_DELETING)
        return BUSY_SECONDS;
    }
  return IDLE_SECONDS;
}

static DexFuture *
watched (TrestleRemoteList *self)
{
  return trestle_endpoints_enforce (TRESTLE_ENDPOINTS (self));
}

static void
trestle_endpoints_class_init (TrestleEndpointsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  TrestleRemoteListClass *list_class = TRESTLE_REMOTE_LIST_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = trestle_endpoints_get_property;
  list_class->load = load;
  list_class->get_key = get_key;
  list_class->is_same = is_same;
  list_class->get_interval = get_interval;
  list_class->changed = changed;
  list_class->watched = watched;
  properties[PROP_HOURLY] = g_param_spec_boxed ("hourly", NULL, NULL, TRESTLE_TYPE_MONEY, flags);
  properties[PROP_SO_FAR] = g_param_spec_boxed ("so-far", NULL, NULL, TRESTLE_TYPE_MONEY, flags);
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

TrestleEndpoint *
trestle_endpoints_find (TrestleEndpoints *self, const char *name)
{
  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);
  return trestle_remote_list_find (TRESTLE_REMOTE_LIST (self), name);
}

static DexFuture *
described_cb (DexFuture *future, gpointer self)
{
  trestle_remote_list_put (self, g_value_get_object (dex_future_get_value (future, NULL)));
  return dex_ref (future);
}

DexFuture *
trestle_endpoints_describe (TrestleEndpoints *self, const char *name)
{
  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return dex_future_then (trestle_endpoint_detail (trestle_endpoints_get_context (self), name),
                          described_cb, g_object_ref (self), g_object_unref);
}
