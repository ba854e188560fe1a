/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libdex.h>

#include "base/trestle-clock.h"
#include "product/trestle-clauses.h"
#include "trestle-test.h"
#include "widgets/trestle-format.h"
#include "widgets/trestle-watch.h"

/* --- Clauses -------------------------------------------------------------------------------- */

static const char standard[] = "LICENCE\n\n"
                               "4.2 Buyer may use the Software to make products.\n\n"
                               "4.3 Buyer may use Input of every kind.\n\n"
                               "5.1 Either party may end this.\n";

static void
test_clauses_differ (void)
{
  g_autoptr (GPtrArray) clauses = trestle_clauses_compare (
      "LICENCE OF A COMPANY\n\n"
      "4.2 Buyer may use the Software to make products, up to 25 copies at a time.\n\n"
      "4.3 Buyer may use Input of every kind.\n\n"
      "4.4 Buyer shall not look back.\n\n"
      "5.1 Either party may end this.\n",
      standard);
  const TrestleClause *changed, *added;
  g_autofree char *part = NULL;
  gsize start, end;

  g_assert_cmpuint (clauses->len, ==, 5);
  g_assert_cmpuint (trestle_clauses_count_different (clauses), ==, 2);

  changed = clauses->pdata[1];
  g_assert_cmpstr (changed->number, ==, "4.2");
  g_assert_nonnull (changed->standard);
  trestle_clause_changed_part (changed, &start, &end);
  part = g_strndup (changed->text + start, end - start);
  g_assert_cmpstr (part, ==, "up to 25 copies at a time");

  added = clauses->pdata[3];
  g_assert_true (added->added);
  trestle_clause_changed_part (added, &start, &end);
  g_assert_cmpstr (added->text + start, ==, "Buyer shall not look back.");
}

static void
test_clauses_without_standard (void)
{
  g_autoptr (GPtrArray)
      clauses = trestle_clauses_compare ("Only one paragraph\r\n\r\nand another", NULL);

  g_assert_cmpuint (clauses->len, ==, 2);
  g_assert_cmpuint (trestle_clauses_count_different (clauses), ==, 0);
  g_assert_cmpuint (trestle_clauses_count_words (" two  words\n"), ==, 2);
  g_assert_cmpuint (trestle_clauses_count_words (""), ==, 0);
}

/* Any pair of texts has a changed part within the clause. */
static void
test_clauses_bounds (void)
{
  static const char *const texts[] = { "1.1 ",    "1.1 a",   "1.1 a a", "1.1 aa", "1.1 a.",
                                       "1.1 ä b", "1.1 ö b", "1.1 b ä", "1.1 b ö" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        TrestleClause clause = { (char *) "1.1", (char *) texts[i], (char *) texts[j], FALSE };
        gsize start, end;

        trestle_clause_changed_part (&clause, &start, &end);
        g_assert_cmpuint (start, <=, end);
        g_assert_cmpuint (end, <=, strlen (texts[i]));
        g_assert_true (g_utf8_validate (texts[i] + start, (gssize) (end - start), NULL));
      }
}

/* --- Words for values ----------------------------------------------------------------------- */

static void
test_format_durations (void)
{
  static const struct
  {
    gint64 usec;
    const char *text;
  } cases[] = {
    { 64000, "64 ms" },
    { 800000, "0.8 s" },
    { 24 * TRESTLE_SECOND, "24 s" },
    { 204 * TRESTLE_SECOND, "3 min 24 s" },
    { 120 * TRESTLE_SECOND, "2 min" },
    { 2 * TRESTLE_HOUR, "2 h" },
    { 2 * TRESTLE_HOUR + 5 * TRESTLE_MINUTE, "2 h 5 min" },
    { 4 * TRESTLE_DAY, "4 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = trestle_format_duration (cases[i].usec);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_format_numbers (void)
{
  g_autoptr (TrestleMoney) money = trestle_money_parse ("0.53", "USD", NULL);
  g_autofree char *small = trestle_format_count (7);
  g_autofree char *large = trestle_format_count (1234567);
  g_autofree char *round = trestle_format_count (1000);
  g_autofree char *account = trestle_format_account ("111122223333");
  g_autofree char *odd = trestle_format_account ("12");
  g_autofree char *hourly = trestle_format_hourly (money);
  g_autofree char *unknown = trestle_format_hourly (NULL);
  g_autofree char *amount = trestle_format_amount (NULL);

  g_assert_cmpstr (small, ==, "7");
  g_assert_cmpstr (large, ==, "1,234,567");
  g_assert_cmpstr (round, ==, "1,000");
  g_assert_cmpstr (account, ==, "1111-2222-3333");
  g_assert_cmpstr (odd, ==, "12");
  g_assert_cmpstr (hourly, ==, "$0.53/h");
  g_assert_cmpstr (unknown, ==, "");
  g_assert_cmpstr (amount, ==, "–");
}

static void
test_format_times (void)
{
  gint64 now = trestle_clock_now ();
  g_autofree char *just = trestle_format_ago (now);
  g_autofree char *minutes = trestle_format_ago (now - 4 * TRESTLE_MINUTE);
  g_autofree char *hours = trestle_format_ago (now - 3 * TRESTLE_HOUR);
  g_autofree char *tomorrow = trestle_format_today (now + TRESTLE_DAY);
  g_autofree char *yesterday = trestle_format_moment (now - TRESTLE_DAY);
  g_autofree char *clock = trestle_format_clock (now, TRUE);

  g_assert_cmpstr (just, ==, "just now");
  g_assert_cmpstr (minutes, ==, "4 min ago");
  g_assert_cmpstr (hours, ==, "3 h ago");
  g_assert_true (g_str_has_prefix (tomorrow, "Tomorrow "));
  g_assert_true (g_str_has_prefix (yesterday, "yesterday "));
  g_assert_cmpuint (strlen (clock), ==, strlen ("14:32:08.412"));
}

/* --- Watches -------------------------------------------------------------------------------- */

static guint n_called;
static char *last;

static void
on_done (gpointer owner, const GValue *value, const GError *error)
{
  n_called++;
  g_set_str (&last, error != NULL ? error->message : g_value_get_string (value));
}

static void
settle (void)
{
  while (trestle_watch_get_pending () > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_watch_answers (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  DexFuture *slot = NULL;

  n_called = 0;
  trestle_watch (owner, &slot, dex_future_new_take_string (g_strdup ("there")), on_done);
  settle ();
  g_assert_cmpuint (n_called, ==, 1);
  g_assert_cmpstr (last, ==, "there");

  trestle_watch (owner, NULL, dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "broken"),
                 on_done);
  settle ();
  g_assert_cmpuint (n_called, ==, 2);
  g_assert_cmpstr (last, ==, "broken");
  dex_clear (&slot);
}

/* Neither what is there already nor what is told of in the middle of something is heard at once. */
static void
test_watch_never_at_once (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  DexPromise *promise = dex_promise_new ();
  DexFuture *slot = NULL;

  n_called = 0;
  trestle_watch (owner, &slot, dex_future_new_take_string (g_strdup ("there")), on_done);
  g_assert_cmpuint (n_called, ==, 0);
  g_assert_nonnull (slot);
  settle ();
  g_assert_cmpuint (n_called, ==, 1);
  g_assert_null (slot);

  trestle_watch (owner, NULL, dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_FAILED, "broken"),
                 on_done);
  g_assert_cmpuint (n_called, ==, 1);
  settle ();
  g_assert_cmpstr (last, ==, "broken");

  trestle_watch_person (owner, &slot, dex_ref (DEX_FUTURE (promise)), on_done);
  dex_promise_resolve_string (promise, g_strdup ("said"));
  g_assert_cmpuint (n_called, ==, 2);
  while (n_called == 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (last, ==, "said");
  g_assert_null (slot);
  dex_unref (promise);
}

/* Of answers that are all there the one that was asked for last is heard. */
static void
test_watch_there_twice (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  DexFuture *slot = NULL;

  n_called = 0;
  trestle_watch (owner, &slot, dex_future_new_take_string (g_strdup ("early")), on_done);
  trestle_watch (owner, &slot, dex_future_new_take_string (g_strdup ("late")), on_done);
  settle ();
  g_assert_cmpuint (n_called, ==, 1);
  g_assert_cmpstr (last, ==, "late");
}

/* What was asked later wins, also when the earlier answer comes later. */
static void
test_watch_newest_wins (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  DexPromise *early = dex_promise_new ();
  DexPromise *late = dex_promise_new ();
  DexFuture *slot = NULL;

  n_called = 0;
  trestle_watch (owner, &slot, dex_ref (DEX_FUTURE (early)), on_done);
  trestle_watch (owner, &slot, dex_ref (DEX_FUTURE (late)), on_done);
  dex_promise_resolve_string (late, g_strdup ("late"));
  dex_promise_resolve_string (early, g_strdup ("early"));
  settle ();
  g_assert_cmpuint (n_called, ==, 1);
  g_assert_cmpstr (last, ==, "late");
  dex_clear (&slot);
  dex_unref (early);
  dex_unref (late);
}

/* Whoever has gone is not called, and is not kept alive by what it waits for. */
static void
test_watch_owner_gone (void)
{
  GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);
  DexPromise *promise = dex_promise_new ();

  n_called = 0;
  trestle_watch (owner, NULL, dex_ref (DEX_FUTURE (promise)), on_done);
  g_object_add_weak_pointer (owner, (gpointer *) &owner);
  g_object_unref (owner);
  g_assert_null (owner);
  dex_promise_resolve_string (promise, g_strdup ("nobody home"));
  settle ();
  g_assert_cmpuint (n_called, ==, 0);
  dex_unref (promise);
}

/* A slot that is cleared hears no more. */
static void
test_watch_dropped (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  DexPromise *promise = dex_promise_new ();
  DexFuture *slot = NULL;

  n_called = 0;
  trestle_watch (owner, &slot, dex_ref (DEX_FUTURE (promise)), on_done);
  g_assert_cmpuint (trestle_watch_get_pending (), ==, 1);
  dex_clear (&slot);
  dex_promise_resolve_string (promise, g_strdup ("dropped"));
  settle ();
  g_assert_cmpuint (n_called, ==, 0);
  dex_unref (promise);
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/clauses/differ", test_clauses_differ);
  g_test_add_func ("/app/clauses/without-standard", test_clauses_without_standard);
  g_test_add_func ("/app/clauses/bounds", test_clauses_bounds);
  g_test_add_func ("/app/format/durations", test_format_durations);
  g_test_add_func ("/app/format/numbers", test_format_numbers);
  g_test_add_func ("/app/format/times", test_format_times);
  g_test_add_func ("/app/watch/answers", test_watch_answers);
  g_test_add_func ("/app/watch/never-at-once", test_watch_never_at_once);
  g_test_add_func ("/app/watch/there-twice", test_watch_there_twice);
  g_test_add_func ("/app/watch/newest-wins", test_watch_newest_wins);
  g_test_add_func ("/app/watch/owner-gone", test_watch_owner_gone);
  g_test_add_func ("/app/watch/dropped", test_watch_dropped);
  return g_test_run ();
}
