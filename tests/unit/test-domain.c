/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-limits.h"
#include "domain/trestle-listing.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-values.h"

static void
test_value_class (void)
{
  const char *const categories[] = { "Vision", NULL };
  g_autoptr (TrestleListing) listing = g_object_new (
      TRESTLE_TYPE_LISTING, "title", "Iris Classifier", "categories", categories, "kind",
      TRESTLE_PRODUCT_KIND_ALGORITHM, "rating-count", (gint64) 3, NULL);
  g_autoptr (TrestleMoney) price = trestle_money_parse ("0.4", "USD", NULL);
  g_autoptr (TrestleRate)
      rate = g_object_new (TRESTLE_TYPE_RATE, "dimension", "m.i.c", "price", price, NULL);
  g_autoptr (TrestleMoney) read = NULL;

  g_assert_cmpstr (trestle_listing_get_title (listing), ==, "Iris Classifier");
  g_assert_cmpstr (trestle_listing_get_categories (listing)[0], ==, "Vision");
  g_assert_cmpint (trestle_listing_get_kind (listing), ==, TRESTLE_PRODUCT_KIND_ALGORITHM);
  g_assert_cmpint (trestle_listing_get_rating_count (listing), ==, 3);
  g_assert_cmpfloat (trestle_listing_get_rating (listing), ==, -1);
  g_assert_null (trestle_listing_get_long_description (listing));
  g_assert_cmpuint (g_list_model_get_n_items (trestle_listing_get_media (listing)), ==, 0);
  g_object_get (rate, "price", &read, NULL);
  g_assert_cmpint (trestle_money_compare (read, price), ==, 0);
}

static void
test_levels (void)
{
  static const struct
  {
    const char *line;
    TrestleLogLevel level;
  } cases[] = { { "2026-08-07 [INFO] model loaded", TRESTLE_LOG_LEVEL_INFO },
                { "Traceback (most recent call last):", TRESTLE_LOG_LEVEL_ERROR },
                { "[WARN ] slow", TRESTLE_LOG_LEVEL_WARNING },
                { "informational errors", TRESTLE_LOG_LEVEL_INFO },
                { "\"POST /invocations HTTP/1.1\" 200 17", TRESTLE_LOG_LEVEL_INFO },
                { "10.0.0.1 - - \"POST /invocations HTTP/1.1\" 400 17", TRESTLE_LOG_LEVEL_WARNING },
                { "\"GET /ping HTTP/1.1\" 503 0", TRESTLE_LOG_LEVEL_ERROR },
                { "\"GET /ping HTTP/1.1\" 5030", TRESTLE_LOG_LEVEL_INFO },
                { "\"GET / HTTP/1.1\"", TRESTLE_LOG_LEVEL_INFO },
                { "\"GET / HTTP/1.1\" 4", TRESTLE_LOG_LEVEL_INFO },
                { "", TRESTLE_LOG_LEVEL_INFO },
                { NULL, TRESTLE_LOG_LEVEL_INFO } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (trestle_log_level_guess (cases[i].line), ==, cases[i].level);
}

static void
test_limits (void)
{
  for (guint i = 0; i < TRESTLE_N_LIMITS; i++)
    {
      const TrestleLimitRow *row = trestle_limit_row ((TrestleLimit) i);

      g_assert_nonnull (row->key);
      g_assert_cmpint (row->value, >, 0);
      g_assert_nonnull (row->source);
      g_assert_nonnull (row->date);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/value-class", test_value_class);
  g_test_add_func ("/domain/log-levels", test_levels);
  g_test_add_func ("/domain/limits", test_limits);
  return g_test_run ();
}
