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

/* Some at once, then one by one, and who gives up its place is not waited for. */
static DexFuture *
test_paced_fiber (gpointer data)
{
  g_autoptr (TrestleLimiter) limiter = trestle_limiter_new_paced (2, 20);
  DexFuture *given_up;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (dex_await (trestle_limiter_acquire (limiter), NULL));
  g_assert_true (dex_await (trestle_limiter_acquire (limiter), NULL));
  given_up = trestle_limiter_acquire (limiter);
  g_assert_true (dex_future_is_pending (given_up));
  {
    g_autoptr (DexFuture) third = trestle_limiter_acquire (limiter);
    g_autoptr (DexFuture) fourth = trestle_limiter_acquire (limiter);

    dex_clear (&given_up);
    g_assert_true (dex_await (dex_ref (third), NULL));
    g_assert_cmpint (g_get_monotonic_time () - start, >=, 19000);
    g_assert_true (dex_future_is_pending (fourth));
    g_assert_true (dex_await (dex_ref (fourth), NULL));
    g_assert_cmpint (g_get_monotonic_time () - start, >=, 38000);
  }

  /* what is not used adds up to the first number and no further */
  dex_await (dex_timeout_new_msec (200), NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (DexFuture) next = trestle_limiter_acquire (limiter);

      g_assert_cmpint (dex_future_is_pending (next), ==, i == 2);
    }
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

static DexFuture *
pool_fiber (gpointer data)
{
  g_usleep (20000);
  return dex_future_new_for_int (7);
}

/* What ends on a thread of the pool wakes the one who runs the main context for it. */
static void
test_await_pool (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture)
      done = trestle_await_run (trestle_pool_spawn (pool_fiber, NULL, NULL), &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_value_get_int (dex_future_get_value (done, NULL)), ==, 7);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  trestle_test_fiber ("/base/limiter/order", test_order_fiber);
  trestle_test_fiber ("/base/limiter/paced", test_paced_fiber);
  trestle_test_fiber ("/base/future/timeout", test_timeout_fiber);
  g_test_add_func ("/base/future/await-pool", test_await_pool);
  return g_test_run ();
}
