/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-remote-list.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"

typedef struct
{
  TrestleContext *context;
  GListStore *items;
  DexFuture *refresh;
  GError *error;
  gint64 updated;
  guint watchers;
  guint timer;
} TrestleRemoteListPrivate;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (TrestleRemoteList,
                                  trestle_remote_list,
                                  G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (TrestleRemoteList)
                                      G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

#define PRIV(self)                                                                                 \
  ((TrestleRemoteListPrivate *) trestle_remote_list_get_instance_private (                         \
      (TrestleRemoteList *) (self)))
#define ITEMS(priv) (G_LIST_MODEL ((priv)->items))

enum
{
  PROP_0,
  PROP_LOADED,
  PROP_LOADING,
  PROP_ERROR,
  PROP_UPDATED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (ITEMS (PRIV (model)));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (ITEMS (PRIV (model)), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
trestle_remote_list_finalize (GObject *object)
{
  TrestleRemoteListPrivate *priv = PRIV (object);

  g_clear_handle_id (&priv->timer, g_source_remove);
  dex_clear (&priv->refresh);
  g_clear_object (&priv->items);
  g_clear_object (&priv->context);
  g_clear_error (&priv->error);
  G_OBJECT_CLASS (trestle_remote_list_parent_class)->finalize (object);
}

static void
trestle_remote_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleRemoteListPrivate *priv = PRIV (object);

  switch (id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, priv->updated != 0);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, priv->refresh != NULL);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, priv->error);
      break;
    case PROP_UPDATED:
      g_value_set_int64 (value, priv->updated);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_remote_list_class_init (TrestleRemoteListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_remote_list_finalize;
  object_class->get_property = trestle_remote_list_get_property;
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_UPDATED] = g_param_spec_int64 ("updated", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
items_changed_cb (GListModel *items, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (self, position, removed, added);
}

static void
trestle_remote_list_init (TrestleRemoteList *self)
{
  TrestleRemoteListPrivate *priv = PRIV (self);

  priv->items = g_list_store_new (G_TYPE_OBJECT);
  g_signal_connect_object (priv->items, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
}

/** trestle_remote_list_set_context: once, when it is made */
void
trestle_remote_list_set_context (TrestleRemoteList *self, TrestleContext *context)
{
  g_set_object (&PRIV (self)->context, context);
}

/** trestle_remote_list_get_context: Returns: (transfer none) */
TrestleContext *
trestle_remote_list_get_context (TrestleRemoteList *self)
{
  return PRIV (self)->context;
}

static guint
position_of (TrestleRemoteList *self, const char *key)
{
  TrestleRemoteListPrivate *priv = PRIV (self);
  guint n = g_list_model_get_n_items (ITEMS (priv));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (ITEMS (priv), i);

      if (g_strcmp0 (TRESTLE_REMOTE_LIST_GET_CLASS (self)->get_key (item), key) == 0)
        return i;
    }
  return G_MAXUINT;
}

/* What is there already, where a reader would see no difference. */
static GObject *
known_or (TrestleRemoteList *self, GHashTable *known, GObject *item)
{
  TrestleRemoteListClass *klass = TRESTLE_REMOTE_LIST_GET_CLASS (self);
  GObject *old = g_hash_table_lookup (known, klass->get_key (item));

  return old != NULL && klass->is_same != NULL && klass->is_same (old, item) ? old : item;
}

static void
tell_changed (TrestleRemoteList *self)
{
  TrestleRemoteListClass *klass = TRESTLE_REMOTE_LIST_GET_CLASS (self);

  if (klass->changed != NULL)
    klass->changed (self);
}

/* Puts @fresh in place of the items, touching only the stretch in which they differ. */
static void
take (TrestleRemoteList *self, GListModel *fresh)
{
  TrestleRemoteListPrivate *priv = PRIV (self);
  TrestleRemoteListClass *klass = TRESTLE_REMOTE_LIST_GET_CLASS (self);
  guint n_old = g_list_model_get_n_items (ITEMS (priv));
  guint n_new = g_list_model_get_n_items (fresh);
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) new = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  guint head = 0, tail = 0;

  for (guint i = 0; i < n_old; i++)
    {
      GObject *item = g_list_model_get_item (ITEMS (priv), i);

      g_ptr_array_add (old, item);
      g_hash_table_insert (known, (char *) klass->get_key (item), item);
    }
  for (guint i = 0; i < n_new; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (fresh, i);

      g_ptr_array_add (new, g_object_ref (known_or (self, known, item)));
    }
  if (klass->compare != NULL)
    g_ptr_array_sort_values_with_data (new, klass->compare, NULL);
  while (head < MIN (n_old, n_new) && old->pdata[head] == new->pdata[head])
    head++;
  while (tail < MIN (n_old, n_new) - head
         && old->pdata[n_old - 1 - tail] == new->pdata[n_new - 1 - tail])
    tail++;
  if (n_old - head - tail > 0 || n_new - head - tail > 0)
    g_list_store_splice (priv->items, head, n_old - head - tail, new->pdata + head,
                         n_new - head - tail);
  /* even of items that stay the same, what they have cost goes on */
  tell_changed (self);
}

static gboolean timer_cb (gpointer data);

static void
schedule (TrestleRemoteList *self)
{
  TrestleRemoteListClass *klass = TRESTLE_REMOTE_LIST_GET_CLASS (self);
  TrestleRemoteListPrivate *priv = PRIV (self);

  g_clear_handle_id (&priv->timer, g_source_remove);
  if (priv->watchers > 0 && klass->get_interval != NULL)
    priv->timer = g_timeout_add_seconds (klass->get_interval (self), timer_cb, self);
}

static DexFuture *
refresh_fiber (gpointer data)
{
  TrestleRemoteList *self = data;
  TrestleRemoteListPrivate *priv = PRIV (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) fresh = NULL;

  if (dex_await (trestle_context_ready (priv->context), &error))
    fresh = TRESTLE_REMOTE_LIST_GET_CLASS (self)->load (self, &error);
  if (fresh != NULL)
    {
      take (self, fresh);
      priv->updated = trestle_clock_now ();
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPDATED]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
  g_clear_error (&priv->error);
  priv->error = error != NULL ? g_error_copy (error) : NULL;
  dex_clear (&priv->refresh);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  schedule (self);
  if (error != NULL)
    return trestle_future_error (error);
  return dex_future_new_true ();
}

DexFuture *
trestle_remote_list_refresh (TrestleRemoteList *self)
{
  TrestleRemoteListPrivate *priv = PRIV (self);

  g_return_val_if_fail (TRESTLE_IS_REMOTE_LIST (self), NULL);

  if (priv->refresh == NULL)
    {
      priv->refresh = trestle_fiber_spawn (refresh_fiber, g_object_ref (self), g_object_unref);
      trestle_context_keep (priv->refresh);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  return dex_ref (priv->refresh);
}

static DexFuture *
read_then (DexFuture *future, gpointer self)
{
  return TRESTLE_REMOTE_LIST_GET_CLASS (self)->watched (self);
}

static gboolean
timer_cb (gpointer data)
{
  g_autoptr (DexFuture) future = NULL;

  PRIV (data)->timer = 0;
  /* the reading is kept and its error shown; nobody waits for it here */
  future = trestle_remote_list_refresh (data);
  if (TRESTLE_REMOTE_LIST_GET_CLASS (data)->watched != NULL)
    trestle_future_report (
        dex_future_then (dex_ref (future), read_then, g_object_ref (data), g_object_unref),
        G_OBJECT_TYPE_NAME (data));
  return G_SOURCE_REMOVE;
}

void
trestle_remote_list_watch (TrestleRemoteList *self)
{
  TrestleRemoteListPrivate *priv = PRIV (self);

  g_return_if_fail (TRESTLE_IS_REMOTE_LIST (self));

  if (priv->watchers++ == 0)
    priv->timer = g_idle_add (timer_cb, self);
}

void
trestle_remote_list_unwatch (TrestleRemoteList *self)
{
  TrestleRemoteListPrivate *priv = PRIV (self);

  g_return_if_fail (TRESTLE_IS_REMOTE_LIST (self));
  g_return_if_fail (priv->watchers > 0);

  if (--priv->watchers == 0)
    g_clear_handle_id (&priv->timer, g_source_remove);
}

gboolean
trestle_remote_list_get_loaded (TrestleRemoteList *self)
{
  g_return_val_if_fail (TRESTLE_IS_REMOTE_LIST (self), FALSE);
  return PRIV (self)->updated != 0;
}

const GError *
trestle_remote_list_get_error (TrestleRemoteList *self)
{
  g_return_val_if_fail (TRESTLE_IS_REMOTE_LIST (self), NULL);
  return PRIV (self)->error;
}

gpointer
trestle_remote_list_find (TrestleRemoteList *self, const char *key)
{
  g_autoptr (GObject) item = NULL;
  guint at;

  g_return_val_if_fail (TRESTLE_IS_REMOTE_LIST (self), NULL);

  at = position_of (self, key);
  if (at != G_MAXUINT)
    item = g_list_model_get_item (ITEMS (PRIV (self)), at);
  return item; /* the list keeps it */
}

void
trestle_remote_list_put (TrestleRemoteList *self, gpointer item)
{
  TrestleRemoteListClass *klass = TRESTLE_REMOTE_LIST_GET_CLASS (self);
  TrestleRemoteListPrivate *priv = PRIV (self);
  guint at;

  g_return_if_fail (TRESTLE_IS_REMOTE_LIST (self));

  at = position_of (self, klass->get_key (item));
  if (at == G_MAXUINT)
    {
      g_list_store_insert (priv->items, 0, item);
    }
  else
    {
      g_autoptr (GObject) old = g_list_model_get_item (ITEMS (priv), at);

      if (klass->is_same != NULL && klass->is_same (old, item))
        return;
      g_list_store_splice (priv->items, at, 1, &item, 1);
    }
  if (klass->compare != NULL)
    g_list_store_sort (priv->items, klass->compare, NULL);
  tell_changed (self);
}

void
trestle_remote_list_drop (TrestleRemoteList *self, const char *key)
{
  guint at;

  g_return_if_fail (TRESTLE_IS_REMOTE_LIST (self));

  at = position_of (self, key);
  if (at == G_MAXUINT)
    return;
  g_list_store_remove (PRIV (self)->items, at);
  tell_changed (self);
}
