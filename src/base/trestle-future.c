/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-future.h"

#include <stdlib.h>

#define DRAIN_US (2 * G_TIME_SPAN_SECOND)

/*
 * A fiber of libdex 0.10.0 that is cancelled while it waits goes wrong if what it waits for comes
 * before it runs again: it is taken out of a queue that it is not in. Other fibers are lost, and the
 * main loop spins over a queue that counts one which is not there. So none of ours is ever cancelled
 * by libdex. Callers hold a promise in its place; dropping that rejects another promise, which each
 * wait looks at too, and so a fiber is woken in one way only.
 */
typedef struct
{
  DexFiberFunc func;
  gpointer data;
  GDestroyNotify destroy;
  DexPromise *outcome; /* what the caller has */
  DexPromise *cancel;  /* rejected when nobody wants the outcome any more */
  gboolean pooled;
} Fiber;

/* The fibers of the thread pool that have not ended. */
static GMutex pool_mutex;
static GCond pool_ended;
static guint n_pooled;

/* The fiber that runs on this thread. Stale outside of fibers, where nothing can be awaited. */
static _Thread_local Fiber *current;

static GError *
cancelled_error (void)
{
  return g_error_new_literal (DEX_ERROR, DEX_ERROR_FIBER_CANCELLED, "The fiber was cancelled");
}

static void
on_dropped (GCancellable *cancellable, DexPromise *cancel)
{
  if (dex_future_is_pending (DEX_FUTURE (cancel)))
    dex_promise_reject (cancel, cancelled_error ());
}

static void
release_promise (gpointer data, GClosure *closure)
{
  dex_unref (data);
}

static Fiber *
begin (DexFuture **future)
{
  Fiber *self = current;

  if (self != NULL && dex_future_is_pending (*future))
    *future = dex_future_first (*future, dex_ref (self->cancel), NULL);
  return self;
}

#define DEFINE_AWAIT(type, name)                                                                   \
  type trestle_##name (DexFuture *future, GError **error)                                          \
  {                                                                                                \
    Fiber *self = begin (&future);                                                                 \
    type result = (dex_##name) (future, error);                                                    \
                                                                                                   \
    /* Others ran meanwhile. */                                                                    \
    current = self;                                                                                \
    return result;                                                                                 \
  }

DEFINE_AWAIT (gboolean, await)
DEFINE_AWAIT (gboolean, await_boolean)
DEFINE_AWAIT (gpointer, await_boxed)
DEFINE_AWAIT (int, await_int)
DEFINE_AWAIT (gint64, await_int64)
DEFINE_AWAIT (gpointer, await_object)
DEFINE_AWAIT (char *, await_string)

static void
count_pooled (int change)
{
  g_mutex_lock (&pool_mutex);
  n_pooled += (guint) change;
  g_cond_broadcast (&pool_ended);
  g_mutex_unlock (&pool_mutex);
}

/* What is being written is written whole, and what is being freed is free, before the program ends. */
static void
drain_pool (void)
{
  gint64 end = g_get_monotonic_time () + DRAIN_US;

  g_mutex_lock (&pool_mutex);
  while (n_pooled > 0 && g_cond_wait_until (&pool_ended, &pool_mutex, end))
    ;
  g_mutex_unlock (&pool_mutex);
}

static DexFuture *
run_fiber (gpointer data)
{
  Fiber *self = data;
  gboolean pooled = self->pooled;
  g_autoptr (DexFuture) result = NULL;
  GError *error = NULL;
  const GValue *value = NULL;

  current = self;
  result = self->func (self->data);
  if (result == NULL)
    error = g_error_new_literal (DEX_ERROR, DEX_ERROR_FIBER_EXITED, "The fiber had no result");
  else if (dex_await (dex_ref (result), &error))
    value = dex_future_get_value (result, &error);
  if (value != NULL)
    dex_promise_resolve (self->outcome, value);
  else
    dex_promise_reject (self->outcome, error);
  if (self->destroy != NULL)
    self->destroy (self->data);
  current = NULL;
  dex_clear (&result);
  dex_unref (self->outcome);
  dex_unref (self->cancel);
  g_free (self);
  if (pooled)
    count_pooled (-1);
  return dex_future_new_true ();
}

static DexFuture *
spawn (DexScheduler *scheduler,
       DexFiberFunc func,
       gpointer data,
       GDestroyNotify destroy,
       gboolean pooled)
{
  Fiber *self = g_new0 (Fiber, 1);
  DexFuture *outcome;

  self->func = func;
  self->data = data;
  self->destroy = destroy;
  self->pooled = pooled;
  self->cancel = dex_promise_new ();
  self->outcome = dex_promise_new_cancellable ();
  g_signal_connect_data (dex_promise_get_cancellable (self->outcome), "cancelled",
                         G_CALLBACK (on_dropped), dex_ref (self->cancel), release_promise, 0);
  outcome = DEX_FUTURE (dex_ref (self->outcome));
  /* The scheduler holds it until it ends. */
  dex_unref (dex_scheduler_spawn (scheduler, TRESTLE_FIBER_STACK, run_fiber, self, NULL));
  return outcome;
}

DexFuture *
trestle_fiber_spawn (DexFiberFunc func, gpointer data, GDestroyNotify destroy)
{
  return spawn (dex_scheduler_get_default (), func, data, destroy, FALSE);
}

DexFuture *
trestle_pool_spawn (DexFiberFunc func, gpointer data, GDestroyNotify destroy)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      atexit (drain_pool);
      g_once_init_leave (&once, 1);
    }
  count_pooled (1);
  return spawn (dex_thread_pool_scheduler_get_default (), func, data, destroy, TRUE);
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
