/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

#define TRESTLE_TYPE_LIMITER (trestle_limiter_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLimiter, trestle_limiter, TRESTLE, LIMITER, GObject)

/**
 * trestle_limiter_new:
 * @max: how many may hold a place at the same time, at least 1
 *
 * Returns: (transfer full): a semaphore for fibers; first come, first served
 */
TrestleLimiter *trestle_limiter_new (guint max);

/**
 * trestle_limiter_new_paced:
 * @max: how many may pass at once, at least 1
 * @interval: milliseconds, at least 1: then one passes in each
 *
 * A place comes back by itself, one each @interval, and is not released: a token bucket. Used on the
 * main thread alone.
 *
 * Returns: (transfer full): a pace for fibers; first come, first served
 */
TrestleLimiter *trestle_limiter_new_paced (guint max, guint interval);

/**
 * trestle_limiter_acquire:
 *
 * Returns: (transfer full): resolves to %TRUE once the caller holds a place, which it gives back
 *   with trestle_limiter_release() unless the limiter is paced. Dropping the pending future gives up the place in the queue.
 */
DexFuture *trestle_limiter_acquire (TrestleLimiter *self);

/** trestle_limiter_release: gives a place back. */
void trestle_limiter_release (TrestleLimiter *self);

G_END_DECLS
