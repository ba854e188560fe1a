/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/trestle-limiter.h"
#include "trestle-test.h"

static DexFuture *
test_order_fiber (gpointer data)
{
  g_autoptr (TrestleLimiter) limiter = trestle_limiter_new (1);
  g_autoptr (DexFuture) first = trestle_limiter_acquire (limiter);
  g_autoptr (DexFuture) second = trestle_limiter_acquire (limiter);
  g_autoptr (DexFuture) third = trestle_limiter_acquire (limiter);

  g_assert_true (dex_future_is_resolved (first));
  g_assert_true (dex_future_is_pending (second));
  trestle_limiter_release (limiter);
  g_assert_true (dex_await (dex_ref (second), NULL));
  g_assert_true (dex_future_is_pending (third));
  trestle_limiter_release (limiter);
  g_assert_true (dex_await (dex_ref (third), NULL));
  trestle_limiter_release (limiter);
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
test_timeout_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (
      trestle_future_with_timeout (dex_future_new_infinite (), 10, "Waiting for nothing"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpstr (error->message, ==, "Waiting for nothing took too long");
  return dex_future_new_for_boolean (TRUE);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  trestle_test_fiber ("/base/limiter/order", test_order_fiber);
  trestle_test_fiber ("/base/future/timeout", test_timeout_fiber);
  return g_test_run ();
}
