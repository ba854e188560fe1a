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
 * trestle_limiter_acquire:
 *
 * Returns: (transfer full): resolves to %TRUE once the caller holds a place, which it gives back
 *   with trestle_limiter_release(). Dropping the pending future gives up the place in the queue.
 */
DexFuture *trestle_limiter_acquire (TrestleLimiter *self);

/** trestle_limiter_release: gives a place back. */
void trestle_limiter_release (TrestleLimiter *self);

G_END_DECLS
