/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-watch.h"

#include "base/trestle-future.h"

typedef struct
{
  GWeakRef owner;
  DexFuture **slot;
  DexFuture *self; /* (unowned): the chained future, once it is known */
  TrestleWatchFunc func;
  gboolean counted; /* in n_pending */
} Watch;

static guint n_pending;

static void
uncount (Watch *watch)
{
  if (watch->counted)
    n_pending--;
  watch->counted = FALSE;
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  uncount (watch);
  g_weak_ref_clear (&watch->owner);
  g_free (watch);
}

static DexFuture *
watch_done (DexFuture *completed, gpointer data)
{
  Watch *watch = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&watch->owner);
  g_autoptr (DexFuture) kept = dex_ref (completed);
  TrestleWatchFunc func = watch->func;
  g_autoptr (GError) error = NULL;
  const GValue *value;

  /* Others may keep the block; what it waited for is over. */
  uncount (watch);

  if (owner == NULL)
    return dex_future_new_true ();

  if (watch->slot != NULL)
    {
      /* A result that was under way when the slot got something else. */
      if (*watch->slot != watch->self)
        return dex_future_new_true ();
      dex_clear (watch->slot);
    }

  value = dex_future_get_value (kept, &error);
  func (owner, value, error);
  return dex_future_new_true ();
}

static DexFuture *
hand_over (DexFuture *turned, gpointer completed)
{
  return dex_ref (completed);
}

/* What is there already, or is told of in the middle of something else, waits for the main loop: whoever
 * asks has the slot filled and its own work done before it hears. */
static DexFuture *
turn (DexFuture *completed, gpointer data)
{
  return dex_future_finally (dex_timeout_new_usec (0), hand_over, dex_ref (completed), dex_unref);
}

static void
watch_for (gpointer owner,
           DexFuture **slot,
           DexFuture *future,
           TrestleWatchFunc func,
           gboolean counted)
{
  Watch *watch = g_new0 (Watch, 1);
  DexFuture *chained;

  watch->counted = counted;
  if (counted)
    n_pending++;
  g_weak_ref_init (&watch->owner, owner);
  watch->slot = slot;
  watch->func = func;

  if (slot != NULL)
    dex_clear (slot);

  chained = dex_future_finally (dex_future_finally (future, turn, NULL, NULL), watch_done, watch,
                                watch_free);

  if (slot == NULL)
    {
      trestle_future_report (chained, "watch");
      return;
    }
  watch->self = chained;
  *slot = chained;
}

void
trestle_watch (gpointer owner, DexFuture **slot, DexFuture *future, TrestleWatchFunc func)
{
  g_return_if_fail (G_IS_OBJECT (owner));
  g_return_if_fail (future != NULL);
  watch_for (owner, slot, future, func, TRUE);
}

void
trestle_watch_person (gpointer owner, DexFuture **slot, DexFuture *future, TrestleWatchFunc func)
{
  g_return_if_fail (G_IS_OBJECT (owner));
  g_return_if_fail (future != NULL);
  watch_for (owner, slot, future, func, FALSE);
}

guint
trestle_watch_get_pending (void)
{
  return n_pending;
}
