/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "base/trestle-future.h"

/**
 * trestle_test_fiber:
 *
 * Adds a test whose body is a fiber, so that it can dex_await(). The body asserts as any test does
 * and returns dex_future_new_true().
 */
static inline void
trestle_test_run_fiber (gconstpointer func)
{
  g_autoptr (GError) error = NULL;
  DexFuture *done = trestle_await_run (trestle_fiber_spawn ((DexFiberFunc) func, NULL, NULL),
                                       &error);

  g_assert_no_error (error);
  dex_clear (&done);
}

#define trestle_test_fiber(path, func)                                                             \
  g_test_add_data_func ((path), (gconstpointer) (func), trestle_test_run_fiber)
