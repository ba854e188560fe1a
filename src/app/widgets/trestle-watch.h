/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * TrestleWatchFunc:
 * @owner: the object that watches
 * @value: (nullable): what the future resolved to
 * @error: (nullable): why it was rejected
 */
typedef void (*TrestleWatchFunc) (gpointer owner, const GValue *value, const GError *error);

/**
 * trestle_watch:
 * @owner: a #GObject, held weakly
 * @slot: (inout) (optional): where @owner keeps the future for as long as it waits; what was there is
 *   dropped, which cancels a read. Dispose clears it with dex_clear(). %NULL for what must go on when
 *   @owner is gone
 * @future: (transfer full): what is waited for
 * @func: called on the main thread when it is done, unless @slot was overwritten or @owner is gone;
 *   @slot is %NULL by then
 *
 * How widgets wait: no fiber holds a widget, and a late answer finds nobody home. @func is never called
 * before the main loop has turned, not even for an answer that is there already: it may rebuild what the
 * caller is about to use.
 */
void trestle_watch (gpointer owner, DexFuture **slot, DexFuture *future, TrestleWatchFunc func);

/** trestle_watch_person: the same for what a person is asked: it takes as long as it takes, and is not counted as pending */
void
trestle_watch_person (gpointer owner, DexFuture **slot, DexFuture *future, TrestleWatchFunc func);

/** trestle_watch_get_pending: Returns: how many watches of this process are not done */
guint trestle_watch_get_pending (void);

G_END_DECLS
