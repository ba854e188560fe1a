/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-future.h"

DexFuture *
trestle_fiber_spawn (DexFiberFunc func, gpointer data, GDestroyNotify destroy)
{
  return dex_scheduler_spawn (dex_scheduler_get_default (), TRESTLE_FIBER_STACK, func, data,
                              destroy);
}

DexFuture *
trestle_pool_spawn (DexFiberFunc func, gpointer data, GDestroyNotify destroy)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), TRESTLE_FIBER_STACK, func,
                              data, destroy);
}

gboolean
trestle_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (error, DEX_ERROR, DEX_ERROR_FIBER_CANCELLED);
}

static DexFuture *
report_cb (DexFuture *future, gpointer what)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (error != NULL && !trestle_error_is_cancelled (error))
    g_warning ("Could not %s: %s", (const char *) what, error->message);
  return dex_future_new_for_boolean (TRUE);
}

void
trestle_future_report (DexFuture *future, const char *what)
{
  dex_future_disown (dex_future_catch (future, report_cb, g_strdup (what), g_free));
}

static DexFuture *
timeout_cb (DexFuture *future, gpointer what)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (g_error_matches (error, DEX_ERROR, DEX_ERROR_TIMED_OUT))
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s took too long",
                                  (const char *) what);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
trestle_future_with_timeout (DexFuture *future, guint msec, const char *what)
{
  return dex_future_catch (dex_future_first (future, dex_timeout_new_msec (msec), NULL), timeout_cb,
                           g_strdup (what), g_free);
}

static DexFuture *
wake_cb (DexFuture *future, gpointer data)
{
  g_main_context_wakeup (NULL);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_await_run (DexFuture *future, GError **error)
{
  /* What ends on the thread pool would not wake the main context by itself. */
  g_autoptr (DexFuture) woken = dex_future_finally (dex_ref (future), wake_cb, NULL, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  if (dex_future_get_value (future, error) != NULL)
    return future;

  dex_unref (future);
  return NULL;
}
