/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-drafts-private.h"

#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-draft-info.h"

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleDrafts,
                               trestle_drafts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_LOADED,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return TRESTLE_TYPE_DRAFT_INFO;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (TRESTLE_DRAFTS (model)->items));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (TRESTLE_DRAFTS (model)->items), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
trestle_drafts_finalize (GObject *object)
{
  TrestleDrafts *self = TRESTLE_DRAFTS (object);

  dex_clear (&self->refresh);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_object (&self->items);
  g_clear_object (&self->store);
  g_clear_object (&self->context);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (trestle_drafts_parent_class)->finalize (object);
}

static void
trestle_drafts_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleDrafts *self = TRESTLE_DRAFTS (object);

  switch (id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_drafts_class_init (TrestleDraftsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_drafts_finalize;
  object_class->get_property = trestle_drafts_get_property;
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
items_changed_cb (GListModel *items, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (self, position, removed, added);
}

static void
trestle_drafts_init (TrestleDrafts *self)
{
  self->items = g_list_store_new (TRESTLE_TYPE_DRAFT_INFO);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_free);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
}

static void
set_problem (TrestleDrafts *self, const char *problem)
{
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
store_changed_cb (TrestleDraftStore *store, TrestleDrafts *self)
{
  g_autoptr (DexFuture) future = NULL;

  /* what is being read may be past the file that changed */
  self->again = self->refresh != NULL;
  if (self->again)
    return;
  future = trestle_drafts_refresh (self);
  /* its failure is a property */
  trestle_context_keep (future);
}

/* The practice accounts share a folder: people write for one and look at it as another. */
static TrestleDraftStore *
open_store (TrestleContext *context, GError **error)
{
  g_autofree char *folder = trestle_draft_store_dup_folder (
      trestle_context_is_practice (context) ? "Practice"
                                            : trestle_account_get_name (context->account));

  return trestle_draft_store_new (folder, error);
}

TrestleDrafts *
trestle_drafts_new (TrestleContext *context)
{
  TrestleDrafts *self = g_object_new (TRESTLE_TYPE_DRAFTS, NULL);

  self->context = g_object_ref (context);
  return self;
}

/* The folder is made when it is first asked for: people who only buy get none. */
TrestleDraftStore *
trestle_drafts_get_store (TrestleDrafts *self, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (self->store == NULL)
    {
      self->store = open_store (self->context, &reason);
      if (self->store == NULL)
        {
          set_problem (self, reason->message);
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self, 0);
    }
  return self->store;
}

const char *
trestle_drafts_get_folder (TrestleDrafts *self)
{
  TrestleDraftStore *store;

  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);

  store = trestle_drafts_get_store (self, NULL);
  return store != NULL ? trestle_draft_store_get_folder (store) : NULL;
}

static DexFuture *
list_fiber (gpointer data)
{
  TrestleDraftsWork *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) infos = trestle_draft_store_list (self->store, &error);

  if (infos == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&infos));
}

static gboolean
is_same (TrestleDraftInfo *a, TrestleDraftInfo *b)
{
  return g_strcmp0 (trestle_draft_info_get_path (a), trestle_draft_info_get_path (b)) == 0
         && trestle_draft_info_get_modified (a) == trestle_draft_info_get_modified (b)
         && g_strcmp0 (trestle_draft_info_get_problem (a), trestle_draft_info_get_problem (b)) == 0;
}

static gboolean
stays (TrestleDrafts *self, guint old, GPtrArray *infos, guint at)
{
  g_autoptr (TrestleDraftInfo) info = g_list_model_get_item (G_LIST_MODEL (self->items), old);

  return is_same (info, g_ptr_array_index (infos, at));
}

/* What is as it was stays where it is: whoever shows hundreds of drafts has little to do then. */
static void
take (TrestleDrafts *self, GPtrArray *infos)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint head = 0, tail = 0;

  while (head < MIN (n, infos->len) && stays (self, head, infos, head))
    head++;
  while (tail < MIN (n, infos->len) - head
         && stays (self, n - 1 - tail, infos, infos->len - 1 - tail))
    tail++;
  if (head < n || head < infos->len)
    g_list_store_splice (self->items, head, n - head - tail, infos->pdata + head,
                         infos->len - head - tail);
}

static DexFuture *
listed_cb (DexFuture *future, gpointer data)
{
  TrestleDrafts *self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  dex_clear (&self->refresh);
  if (self->again)
    store_changed_cb (self->store, self);
  if (value != NULL)
    {
      take (self, g_value_get_boxed (value));
      if (!self->loaded)
        {
          self->loaded = TRUE;
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
        }
    }
  set_problem (self, error != NULL ? error->message : NULL);
  if (error != NULL)
    return trestle_future_error (error);
  return dex_future_new_true ();
}

DexFuture *
trestle_drafts_refresh (TrestleDrafts *self)
{
  DexFuture *refresh;

  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);

  if (self->refresh != NULL)
    return dex_ref (self->refresh);
  refresh = dex_future_finally (trestle_drafts_work (self, list_fiber, NULL, NULL, NULL, NULL),
                                listed_cb, g_object_ref (self), g_object_unref);
  /* what failed or was read at once is over by now */
  if (dex_future_is_pending (refresh))
    self->refresh = dex_ref (refresh);
  return refresh;
}

/* A file elsewhere has its own folder's history and base. */
TrestleDraftStore *
trestle_drafts_dup_store_of (TrestleDrafts *self, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  TrestleDraftStore *store = trestle_drafts_get_store (self, NULL);

  if (store != NULL && g_str_equal (folder, trestle_draft_store_get_folder (store)))
    return g_object_ref (store);
  return trestle_draft_store_new (folder, error);
}

char *
trestle_drafts_dup_name (const char *path)
{
  char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

char *
trestle_drafts_resolve (TrestleDrafts *self, const char *draft, GError **error)
{
  g_autofree char *path = NULL;
  TrestleDraftStore *store;

  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  store = trestle_drafts_get_store (self, error);
  if (store == NULL)
    return NULL;
  path = trestle_draft_store_dup_path (store, draft, error);
  return path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
}

TrestleOpenDraft *
trestle_drafts_dup_open (TrestleDrafts *self, const char *path)
{
  GWeakRef *known = g_hash_table_lookup (self->open, path);

  return known != NULL ? g_weak_ref_get (known) : NULL;
}

DexFuture *
trestle_drafts_open (TrestleDrafts *self, const char *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleDraftStore) store = NULL;
  g_autoptr (TrestleOpenDraft) open = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *name = NULL;
  GWeakRef *known;

  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  whole = trestle_drafts_resolve (self, draft, &error);
  if (whole == NULL)
    return trestle_future_error (error);
  open = trestle_drafts_dup_open (self, whole);
  if (open != NULL)
    return dex_future_new_take_object (g_steal_pointer (&open));

  store = trestle_drafts_dup_store_of (self, whole, &error);
  if (store == NULL)
    return trestle_future_error (error);
  name = trestle_drafts_dup_name (whole);
  open = trestle_open_draft_new (self->context, store, name, whole, &error);
  if (open == NULL)
    return trestle_future_error (error);
  known = g_new0 (GWeakRef, 1);
  g_weak_ref_init (known, open);
  g_hash_table_replace (self->open, g_steal_pointer (&whole), known);
  return dex_future_new_take_object (g_steal_pointer (&open));
}

gpointer
trestle_drafts_find (TrestleDrafts *self, const char *product_id)
{
  guint n;

  g_return_val_if_fail (TRESTLE_IS_DRAFTS (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleDraftInfo) info = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_strcmp0 (trestle_draft_info_get_product_id (info), product_id) == 0)
        return g_steal_pointer (&info);
    }
  return NULL;
}
