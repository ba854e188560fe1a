/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *     store-listings SCOPE COUNT
 *
 * Fills the store of $XDG_DATA_HOME with made-up listings, as if they had been seen just now.
 */
#include <stdlib.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "store/trestle-store.h"

int
main (int argc, char **argv)
{
  static const char *const things[] = { "Vehicle", "Invoice", "Speech", "Leaf",
                                        "Roof",    "Ticket",  "Helmet", "Pulse" };
  static const char *const jobs[] = { "Counter",  "Reader", "Denoiser", "Finder",
                                      "Forecast", "Grader", "Guard",    "Tagger" };
  g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TrestleStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, trestle_clock_now ());
  DexFuture *done;
  int count;

  if (argc != 3)
    return 2;
  dex_init ();
  count = atoi (argv[2]);
  store = trestle_store_open (NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; i < count; i++)
    {
      const char *const categories[] = { i % 2 ? "Computer Vision" : "Natural Language", NULL };
      g_autofree char *id = g_strdup_printf ("prodview-%08d", i);
      g_autofree char *product = g_strdup_printf ("prod-%08d", i);
      g_autofree char *title = g_strdup_printf ("%s %s %d", things[i % G_N_ELEMENTS (things)],
                                                jobs[i / 8 % G_N_ELEMENTS (jobs)], i);

      g_ptr_array_add (
          listings,
          g_object_new (TRESTLE_TYPE_LISTING, "id", id, "slug", id, "product-id", product, "title",
                        title, "publisher", "Skyfield Analytics", "publisher-id", "p-1",
                        "short-description", "Finds what there is to find, in one call.",
                        "categories", categories, "rating", 3.0 + i % 20 / 10.0, "rating-count",
                        (gint64) i, "kind", i % 9 == 0, "seen", trestle_clock_now (), NULL));
    }
  done = trestle_await_run (trestle_store_put_listings (store, argv[1], listings), &error);
  g_assert_no_error (error);
  dex_clear (&done);
  g_assert_true (trestle_store_remember (store, argv[1], "catalogue/refreshed", now, &error));
  return 0;
}
