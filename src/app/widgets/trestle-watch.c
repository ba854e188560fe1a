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
  g_autoptr (GError) error = NULL;
  const GValue *value;

  /* The block lives on in the slot; what it waited for does not. */
  uncount (watch);

  if (owner == NULL)
    return dex_future_new_true ();

  /* A result that was under way when the slot got something else. */
  if (watch->slot != NULL && watch->self != NULL && *watch->slot != watch->self)
    return dex_future_new_true ();

  value = dex_future_get_value (completed, &error);
  watch->func (owner, value, error);
  return dex_future_new_true ();
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

  chained = dex_future_finally (future, watch_done, watch, watch_free);

  if (slot == NULL)
    {
      trestle_future_report (chained, "watch");
      return;
    }

  /* An answer that was there already may have been handled, and started something new. */
  if (*slot != NULL || !dex_future_is_pending (chained))
    {
      dex_unref (chained);
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
