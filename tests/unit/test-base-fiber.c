/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trestle-test.h"

#define MANY 20

static guint n_turns;

static gboolean
count_turn (GSource *source, int *timeout)
{
  n_turns++;
  *timeout = -1;
  return FALSE;
}

typedef struct
{
  DexPromise *awaited;
  guint *n_ended;
} Waiter;

static DexFuture *
waiter_fiber (gpointer data)
{
  Waiter *waiter = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = dex_await (dex_ref (waiter->awaited), &error);

  g_assert_true (ok || trestle_error_is_cancelled (error));
  (*waiter->n_ended)++;
  return ok ? dex_future_new_true () : trestle_future_error (error);
}

static DexFuture *
pass_cb (DexFuture *future, gpointer data)
{
  return NULL;
}

static void
turn (void)
{
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* Dropped, and what they wait for comes before they have run: each ends once, and the loop rests. */
static void
test_dropped_and_done (void)
{
  static GSourceFuncs funcs = { .prepare = count_turn };
  g_autoptr (GSource) source = g_source_new (&funcs, sizeof (GSource));
  Waiter waiters[MANY];
  DexFuture *futures[MANY];
  guint n_ended = 0;

  for (guint i = 0; i < MANY; i++)
    {
      waiters[i] = (Waiter) { dex_promise_new (), &n_ended };
      futures[i] = dex_future_then (trestle_fiber_spawn (waiter_fiber, &waiters[i], NULL), pass_cb,
                                    NULL, NULL);
    }
  turn ();
  g_assert_cmpuint (n_ended, ==, 0);
  for (guint i = 0; i < MANY; i += 2)
    dex_clear (&futures[i]);
  for (guint i = 0; i < MANY; i++)
    dex_promise_resolve_boolean (waiters[i].awaited, TRUE);
  turn ();
  g_assert_cmpuint (n_ended, ==, MANY);

  g_source_attach (source, NULL);
  n_turns = 0;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (DexFuture) pause = dex_timeout_new_msec (20);

      while (dex_future_is_pending (pause))
        g_main_context_iteration (NULL, TRUE);
    }
  g_source_destroy (source);
  g_assert_cmpuint (n_turns, <, 50);

  for (guint i = 0; i < MANY; i++)
    {
      g_assert_true (futures[i] == NULL || dex_future_is_resolved (futures[i]));
      dex_clear (&futures[i]);
      dex_unref (waiters[i].awaited);
    }
}

/* Each wait of one that was dropped ends, whatever it waits for. */
static DexFuture *
stubborn_fiber (gpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (dex_await (dex_future_new_infinite (), &error));
      g_assert_true (trestle_error_is_cancelled (error));
    }
  *(gboolean *) data = TRUE;
  return dex_future_new_infinite ();
}

static void
test_dropped (void)
{
  gboolean ended = FALSE;
  DexFuture *future = dex_future_then (trestle_fiber_spawn (stubborn_fiber, &ended, NULL), pass_cb,
                                       NULL, NULL);

  turn ();
  g_assert_false (ended);
  dex_clear (&future);
  turn ();
  g_assert_true (ended);
}

/* One's end is not another's: they take turns, and only the one that was dropped hears of it. */
static void
test_neighbours (void)
{
  guint n_ended = 0;
  Waiter waiter = { dex_promise_new (), &n_ended };
  gboolean ended = FALSE;
  DexFuture *kept = dex_future_then (trestle_fiber_spawn (waiter_fiber, &waiter, NULL), pass_cb,
                                     NULL, NULL);
  DexFuture *dropped = dex_future_then (trestle_fiber_spawn (stubborn_fiber, &ended, NULL), pass_cb,
                                        NULL, NULL);

  turn ();
  dex_clear (&dropped);
  turn ();
  g_assert_true (ended);
  g_assert_true (dex_future_is_pending (kept));
  dex_promise_resolve_boolean (waiter.awaited, TRUE);
  turn ();
  g_assert_true (dex_future_is_resolved (kept));
  dex_clear (&kept);
  dex_unref (waiter.awaited);
}

static DexFuture *
slow_fiber (gpointer data)
{
  g_usleep (300 * 1000);
  g_print ("written whole\n");
  return dex_future_new_true ();
}

/* A program that ends lets the thread pool end first what it has begun. */
static void
test_pool_ends (void)
{
  if (g_test_subprocess ())
    {
      trestle_future_report (trestle_pool_spawn (slow_fiber, NULL, NULL), "write");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*written whole*");
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/fiber/dropped-and-done", test_dropped_and_done);
  g_test_add_func ("/base/fiber/dropped", test_dropped);
  g_test_add_func ("/base/fiber/neighbours", test_neighbours);
  g_test_add_func ("/base/fiber/pool-ends", test_pool_ends);
  return g_test_run ();
}
