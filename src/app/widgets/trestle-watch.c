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
  gboolean done;
} Watch;

static guint n_pending;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  if (!watch->done)
    n_pending--;
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
  watch->done = TRUE;
  n_pending--;

  if (owner == NULL)
    return dex_future_new_true ();

  /* A result that was under way when the slot got something else. */
  if (watch->slot != NULL && watch->self != NULL && *watch->slot != watch->self)
    return dex_future_new_true ();

  value = dex_future_get_value (completed, &error);
  watch->func (owner, value, error);
  return dex_future_new_true ();
}

void
trestle_watch (gpointer owner, DexFuture **slot, DexFuture *future, TrestleWatchFunc func)
{
  Watch *watch = g_new0 (Watch, 1);
  DexFuture *chained;

  g_return_if_fail (G_IS_OBJECT (owner));
  g_return_if_fail (future != NULL);

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

guint
trestle_watch_get_pending (void)
{
  return n_pending;
}
