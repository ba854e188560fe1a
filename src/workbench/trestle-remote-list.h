/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/**
 * TrestleRemoteList:
 *
 * A #GListModel of things that AWS keeps, read anew when asked and, while somebody watches, by
 * itself. A row that looks as before stays the same object, so that selections and scroll positions
 * stay. Properties: "loaded", "loading" (boolean), "error" (#GError boxed, nullable: of the last
 * reading), "updated" (int64: when it was last read, µs, 0 for never).
 */
#define TRESTLE_TYPE_REMOTE_LIST (trestle_remote_list_get_type ())
G_DECLARE_DERIVABLE_TYPE (TrestleRemoteList, trestle_remote_list, TRESTLE, REMOTE_LIST, GObject)

/**
 * TrestleRemoteListClass:
 * @load: in a fiber: Returns: (transfer full): a #GListModel of all items, or %NULL with @error
 * @get_key: Returns: what makes an item the same one as before
 * @is_same: whether a reader would see no difference; %NULL: there always is one
 * @get_interval: seconds until the next reading while it is watched; %NULL: it is not read by itself
 * @compare: the order of the items; %NULL: as they were read, new ones first
 * @changed: called after items changed; %NULL: nothing hangs on them
 * @watched: called after a reading that came by itself: what else is to be done at such a time; Returns:
 *   (transfer full): a future; %NULL: nothing
 */
struct _TrestleRemoteListClass
{
  GObjectClass parent_class;

  GListModel *(*load) (TrestleRemoteList *self, GError **error);
  const char *(*get_key) (gpointer item);
  gboolean (*is_same) (gpointer a, gpointer b);
  guint (*get_interval) (TrestleRemoteList *self);
  int (*compare) (gconstpointer a, gconstpointer b, gpointer data);
  void (*changed) (TrestleRemoteList *self);
  DexFuture *(*watched) (TrestleRemoteList *self);
};

/** trestle_remote_list_refresh: resolves to TRUE; a reading under way is joined */
DexFuture *trestle_remote_list_refresh (TrestleRemoteList *self);

/** trestle_remote_list_watch: refreshes by itself until as many trestle_remote_list_unwatch() */
void trestle_remote_list_watch (TrestleRemoteList *self);
void trestle_remote_list_unwatch (TrestleRemoteList *self);

gboolean trestle_remote_list_get_loaded (TrestleRemoteList *self);
/** trestle_remote_list_get_error: Returns: (transfer none) (nullable) */
const GError *trestle_remote_list_get_error (TrestleRemoteList *self);

/** trestle_remote_list_find: Returns: (transfer none) (nullable): the item with @key, as last read */
gpointer trestle_remote_list_find (TrestleRemoteList *self, const char *key);

/** trestle_remote_list_put: takes the place of the item with the same key, or comes first; then the list's order holds */
void trestle_remote_list_put (TrestleRemoteList *self, gpointer item);
void trestle_remote_list_drop (TrestleRemoteList *self, const char *key);

/* For classes. */
void trestle_remote_list_set_context (TrestleRemoteList *self, TrestleContext *context);
TrestleContext *trestle_remote_list_get_context (TrestleRemoteList *self);

G_END_DECLS
