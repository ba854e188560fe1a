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
  GObject parent_instance;

  TrestleContext *context;
  GListStore *items;
  DexFuture *refresh;
  gboolean loaded;
  GError *error;
  guint watchers;
  guint timer;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleEndpoints,
                               trestle_endpoints,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_LOADED,
  PROP_LOADING,
  PROP_ERROR,
  PROP_HOURLY,
  PROP_SO_FAR,
  PROP_N_RUNNING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return TRESTLE_TYPE_ENDPOINT;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (TRESTLE_ENDPOINTS (model)->items));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (TRESTLE_ENDPOINTS (model)->items), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
trestle_endpoints_finalize (GObject *object)
{
  TrestleEndpoints *self = TRESTLE_ENDPOINTS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->refresh);
  g_clear_object (&self->items);
  g_clear_object (&self->context);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (trestle_endpoints_parent_class)->finalize (object);
}

static guint
count_running (TrestleEndpoints *self)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      n += trestle_endpoint_is_running (endpoint);
    }
  return n;
}

static void
trestle_endpoints_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleEndpoints *self = TRESTLE_ENDPOINTS (object);

  switch (id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->refresh != NULL);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_HOURLY:
      g_value_take_boxed (value, trestle_endpoint_sum_hourly (G_LIST_MODEL (self->items)));
      break;
    case PROP_SO_FAR:
      g_value_take_boxed (value,
                          trestle_endpoint_sum_today (G_LIST_MODEL (self->items), self->context));
      break;
    case PROP_N_RUNNING:
      g_value_set_uint (value, count_running (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_endpoints_class_init (TrestleEndpointsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_endpoints_finalize;
  object_class->get_property = trestle_endpoints_get_property;
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_HOURLY] = g_param_spec_boxed ("hourly", NULL, NULL, TRESTLE_TYPE_MONEY, flags);
  properties[PROP_SO_FAR] = g_param_spec_boxed ("so-far", NULL, NULL, TRESTLE_TYPE_MONEY, flags);
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
items_changed_cb (GListModel *items, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (self, position, removed, added);
}

static void
trestle_endpoints_init (TrestleEndpoints *self)
{
  self->items = g_list_store_new (TRESTLE_TYPE_ENDPOINT);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
}

TrestleEndpoints *
trestle_endpoints_new (TrestleContext *context)
{
  TrestleEndpoints *self = g_object_new (TRESTLE_TYPE_ENDPOINTS, NULL);

  self->context = g_object_ref (context);
  return self;
}

TrestleContext *
trestle_endpoints_get_context (TrestleEndpoints *self)
{
  return self->context;
}

static void
notify_sums (TrestleEndpoints *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOURLY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SO_FAR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

static guint
position_of (TrestleEndpoints *self, const char *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_strcmp0 (trestle_endpoint_get_name (endpoint), name) == 0)
        return i;
    }
  return G_MAXUINT;
}

static gboolean
same_amount (const TrestleMoney *a, const TrestleMoney *b)
{
  g_autofree char *ta = a != NULL ? trestle_money_format (a, 2) : NULL;
  g_autofree char *tb = b != NULL ? trestle_money_format (b, 2) : NULL;

  return g_strcmp0 (ta, tb) == 0;
}

/* Whether a reader would see no difference. */
static gboolean
looks_alike (TrestleEndpoint *a, TrestleEndpoint *b)
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
trestle_endpoints_put (TrestleEndpoints *self, TrestleEndpoint *endpoint)
{
  guint at = position_of (self, trestle_endpoint_get_name (endpoint));

  if (at == G_MAXUINT)
    {
      g_list_store_insert (self->items, 0, endpoint);
    }
  else
    {
      g_autoptr (TrestleEndpoint) old = g_list_model_get_item (G_LIST_MODEL (self->items), at);

      if (looks_alike (old, endpoint))
        return;
      g_list_store_splice (self->items, at, 1, (gpointer *) &endpoint, 1);
    }
  notify_sums (self);
}

void
trestle_endpoints_drop (TrestleEndpoints *self, const char *name)
{
  guint at = position_of (self, name);

  trestle_endpoint_detail_forget (self->context, name);
  if (at == G_MAXUINT)
    return;
  g_list_store_remove (self->items, at);
  notify_sums (self);
}

/* What is known of @summary already, with what it has cost meanwhile; NULL where it changed. */
static TrestleEndpoint *
unchanged (TrestleEndpoints *self, TrestleEndpoint *summary)
{
  guint at = position_of (self, trestle_endpoint_get_name (summary));
  g_autoptr (TrestleEndpoint) known = NULL;

  if (at == G_MAXUINT)
    return NULL;
  known = g_list_model_get_item (G_LIST_MODEL (self->items), at);
  if (trestle_endpoint_get_state (known) != trestle_endpoint_get_state (summary)
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
            asked[n++] = trestle_endpoint_detail (self->context,
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
  TrestleContext *context = self->context;
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

static void
take (TrestleEndpoints *self, GPtrArray *fresh)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  gboolean same;

  for (guint i = 0; i < fresh->len; i++)
    if (g_ptr_array_index (fresh, i) != NULL)
      g_ptr_array_add (wanted, g_ptr_array_index (fresh, i));
  same = wanted->len == n;
  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (TrestleEndpoint) old = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      TrestleEndpoint *next = g_ptr_array_index (wanted, i);

      same = g_strcmp0 (trestle_endpoint_get_name (old), trestle_endpoint_get_name (next)) == 0;
    }
  if (!same)
    {
      g_list_store_splice (self->items, 0, n, wanted->pdata, wanted->len);
    }
  else
    {
      /* Selections and scroll positions stay where rows are replaced one by one. */
      for (guint i = 0; i < n; i++)
        trestle_endpoints_put (self, g_ptr_array_index (wanted, i));
    }
  notify_sums (self);
}

static gboolean refresh_timer_cb (gpointer data);

static gboolean
is_busy (TrestleEndpoints *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      TrestleEndpointState state = trestle_endpoint_get_state (endpoint);

      if (state == TRESTLE_ENDPOINT_STATE_CREATING || state == TRESTLE_ENDPOINT_STATE_UPDATING
          || state == TRESTLE_ENDPOINT_STATE_DELETING)
        return TRUE;
    }
  return FALSE;
}

static void
schedule (TrestleEndpoints *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->watchers > 0)
    self->timer = g_timeout_add_seconds (is_busy (self) ? BUSY_SECONDS : IDLE_SECONDS,
                                         refresh_timer_cb, self);
}

/* Of an array with gaps. */
static void
unref_item (gpointer item)
{
  g_clear_object (&item);
}

static DexFuture *
refresh_fiber (gpointer data)
{
  TrestleEndpoints *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) summaries = NULL;
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (unref_item);

  if (dex_await (trestle_context_ready (self->context), &error))
    summaries = dex_await_object (trestle_endpoint_service_list (self->context->client), &error);
  if (summaries != NULL)
    {
      for (guint i = 0; i < g_list_model_get_n_items (summaries); i++)
        {
          g_autoptr (TrestleEndpoint) summary = g_list_model_get_item (summaries, i);

          g_ptr_array_add (fresh, unchanged (self, summary));
        }
      describe_rest (self, summaries, fresh);
      close_ledger (self, summaries);
      take (self, fresh);
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  dex_clear (&self->refresh);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  schedule (self);
  if (error != NULL)
    return trestle_future_error (error);
  return dex_future_new_true ();
}

DexFuture *
trestle_endpoints_refresh (TrestleEndpoints *self)
{
  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);

  if (self->refresh == NULL)
    {
      self->refresh = trestle_fiber_spawn (refresh_fiber, g_object_ref (self), g_object_unref);
      trestle_context_keep (self->refresh);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  return dex_ref (self->refresh);
}

static DexFuture *
enforce_cb (DexFuture *future, gpointer self)
{
  return trestle_endpoints_enforce (self);
}

static gboolean
refresh_timer_cb (gpointer data)
{
  TrestleEndpoints *self = data;
  DexFuture *future = trestle_endpoints_refresh (self);

  self->timer = 0;
  trestle_context_keep (future);
  trestle_future_report (dex_future_then (future, enforce_cb, g_object_ref (self), g_object_unref),
                         "watch the endpoints");
  return G_SOURCE_REMOVE;
}

void
trestle_endpoints_watch (TrestleEndpoints *self)
{
  g_return_if_fail (TRESTLE_IS_ENDPOINTS (self));

  if (self->watchers++ == 0)
    self->timer = g_idle_add (refresh_timer_cb, self);
}

void
trestle_endpoints_unwatch (TrestleEndpoints *self)
{
  g_return_if_fail (TRESTLE_IS_ENDPOINTS (self));
  g_return_if_fail (self->watchers > 0);

  if (--self->watchers == 0)
    g_clear_handle_id (&self->timer, g_source_remove);
}

TrestleEndpoint *
trestle_endpoints_find (TrestleEndpoints *self, const char *name)
{
  g_autoptr (TrestleEndpoint) endpoint = NULL;
  guint at;

  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);

  at = position_of (self, name);
  if (at == G_MAXUINT)
    return NULL;
  endpoint = g_list_model_get_item (G_LIST_MODEL (self->items), at);
  return endpoint; /* the list keeps it */
}

static DexFuture *
described_cb (DexFuture *future, gpointer self)
{
  trestle_endpoints_put (self, g_value_get_object (dex_future_get_value (future, NULL)));
  return dex_ref (future);
}

DexFuture *
trestle_endpoints_describe (TrestleEndpoints *self, const char *name)
{
  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return dex_future_then (trestle_endpoint_detail (self->context, name), described_cb,
                          g_object_ref (self), g_object_unref);
}
