/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-limiter.h"

struct _TrestleLimiter
{
  GObject parent_instance;

  guint free_places;
  guint max;
  guint interval; /* milliseconds after which a place comes back by itself; 0: never */
  guint timer;
  GQueue waiting; /* of DexPromise */
};

G_DEFINE_FINAL_TYPE (TrestleLimiter, trestle_limiter, G_TYPE_OBJECT)

static void
trestle_limiter_finalize (GObject *object)
{
  TrestleLimiter *self = TRESTLE_LIMITER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_queue_clear_full (&self->waiting, dex_unref);
  G_OBJECT_CLASS (trestle_limiter_parent_class)->finalize (object);
}

static void
trestle_limiter_class_init (TrestleLimiterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_limiter_finalize;
}

static void
trestle_limiter_init (TrestleLimiter *self)
{
  g_queue_init (&self->waiting);
}

TrestleLimiter *
trestle_limiter_new (guint max)
{
  return trestle_limiter_new_paced (max, 0);
}

TrestleLimiter *
trestle_limiter_new_paced (guint max, guint interval)
{
  TrestleLimiter *self;

  g_return_val_if_fail (max > 0, NULL);
  self = g_object_new (TRESTLE_TYPE_LIMITER, NULL);
  self->free_places = self->max = max;
  self->interval = interval;
  return self;
}

static void
give_back (TrestleLimiter *self)
{
  DexPromise *next;

  while ((next = g_queue_pop_head (&self->waiting)) != NULL)
    {
      gboolean gone = g_cancellable_is_cancelled (dex_promise_get_cancellable (next));

      if (!gone)
        dex_promise_resolve_boolean (next, TRUE);
      dex_unref (next);
      if (!gone)
        return;
    }
  self->free_places++;
}

static gboolean
on_interval (gpointer data)
{
  g_autoptr (TrestleLimiter) self = g_object_ref (data);

  give_back (self);
  if (self->free_places < self->max)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

DexFuture *
trestle_limiter_acquire (TrestleLimiter *self)
{
  DexPromise *promise;

  g_return_val_if_fail (TRESTLE_IS_LIMITER (self), NULL);

  if (self->interval > 0 && self->timer == 0)
    self->timer = g_timeout_add (self->interval, on_interval, self);
  if (self->free_places > 0)
    {
      self->free_places--;
      return dex_future_new_for_boolean (TRUE);
    }

  promise = dex_promise_new_cancellable ();
  g_queue_push_tail (&self->waiting, dex_ref (promise));
  return DEX_FUTURE (promise);
}

void
trestle_limiter_release (TrestleLimiter *self)
{
  g_return_if_fail (TRESTLE_IS_LIMITER (self));
  g_return_if_fail (self->interval == 0);

  give_back (self);
}
