/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <libdex.h>

#include "domain/trestle-facet.h"
#include "workbench/trestle-facets.h"
#include "workbench/trestle-hints.h"

/* Six listings whose answers can be counted by hand. */

static GPtrArray *listings;
static TrestleHints *hints;

static void
add (const char *id,
     const char *title,
     const char *publisher,
     const char *category,
     TrestleProductKind kind,
     TrestlePricingKind pricing,
     const char *hint,
     double rating,
     gboolean trial,
     const char *hourly,
     const char *takes)
{
  const char *const names[] = { category, NULL };
  g_autofree char *category_id = g_strdup_printf ("id-%s", category);
  const char *const ids[] = { category_id, NULL };
  g_autoptr (TrestleMoney) price = hourly ? trestle_money_parse (hourly, "USD", NULL) : NULL;

  g_ptr_array_add (listings,
                   g_object_new (TRESTLE_TYPE_LISTING, "id", id, "title", title, "publisher",
                                 publisher, "publisher-id", publisher, "categories", names,
                                 "category-ids", ids, "kind", kind, "pricing", pricing,
                                 "price-hint", hint, "rating", rating, "rating-count",
                                 (gint64) (rating > 0 ? 3 : 0), "free-trial", trial, NULL));
  trestle_hints_set (hints, id, price, takes ? g_strsplit (takes, " ", -1) : NULL, 1);
}

static void
set_up (void)
{
  listings = g_ptr_array_new_with_free_func (g_object_unref);
  hints = g_object_new (TRESTLE_TYPE_HINTS, NULL);
  trestle_hints_set_parent (hints, "id-Vision", "id-All");
  add ("1", "Cedar", "Oak & Co", "Vision", TRESTLE_PRODUCT_KIND_MODEL, TRESTLE_PRICING_KIND_FREE,
       "Free", 4.6, FALSE, "0.10", "picture");
  add ("2", "Ash", "Oak & Co", "Vision", TRESTLE_PRODUCT_KIND_MODEL, TRESTLE_PRICING_KIND_USAGE,
       "from $0.40/h", 4.1, TRUE, "0.63", "picture json");
  add ("3", "Birch", "Elm Ltd", "Vision", TRESTLE_PRODUCT_KIND_ALGORITHM,
       TRESTLE_PRICING_KIND_USAGE, "$0.004/request", 3.2, FALSE, "0.23", "csv");
  add ("4", "Dogwood", "Elm Ltd", "Sound", TRESTLE_PRODUCT_KIND_MODEL, TRESTLE_PRICING_KIND_USAGE,
       "$1.00/h", -1, TRUE, "1.23", "sound");
  add ("5", "Elder", "Elm Ltd", "Sound", TRESTLE_PRODUCT_KIND_MODEL, TRESTLE_PRICING_KIND_CONTRACT,
       "$99.00/year", 4.9, FALSE, NULL, "sound");
  add ("6", "Fir reads text", "Elm Ltd", "Words", TRESTLE_PRODUCT_KIND_MODEL,
       TRESTLE_PRICING_KIND_USAGE, NULL, -1, FALSE, NULL, NULL);
}

static TrestleSearchResult *
ask (TrestleListingQuery *query)
{
  return trestle_facets_apply (listings, query, hints, 7);
}

static void
assert_titles (TrestleSearchResult *result, const char *wanted)
{
  GListModel *found = trestle_search_result_get_listings (result);
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (TrestleListing) listing = g_list_model_get_item (found, i);

      g_string_append_printf (titles, "%s%.3s", i > 0 ? " " : "",
                              trestle_listing_get_title (listing));
    }
  g_assert_cmpstr (titles->str, ==, wanted);
}

static gint64
facet (TrestleSearchResult *result, const char *group, const char *value)
{
  GListModel *facets = trestle_search_result_get_facets (result);

  for (guint i = 0; i < g_list_model_get_n_items (facets); i++)
    {
      g_autoptr (TrestleFacet) it = g_list_model_get_item (facets, i);

      if (g_str_equal (trestle_facet_get_group (it), group)
          && g_str_equal (trestle_facet_get_value (it), value))
        return trestle_facet_get_count (it);
    }
  return 0;
}

static void
test_all (void)
{
  g_autoptr (TrestleListingQuery) query = g_object_new (TRESTLE_TYPE_LISTING_QUERY, NULL);
  g_autoptr (TrestleSearchResult) result = ask (query);
  g_autoptr (TrestleFacet)
      first = g_list_model_get_item (trestle_search_result_get_facets (result), 0);

  assert_titles (result, "Ced Ash Bir Dog Eld Fir");
  g_assert_cmpuint (trestle_search_result_get_total (result), ==, 6);
  g_assert_cmpint (trestle_search_result_get_refreshed (result), ==, 7);
  g_assert_cmpint (facet (result, "category", "id-Vision"), ==, 3);
  g_assert_cmpint (facet (result, "category", "id-Sound"), ==, 2);
  g_assert_cmpint (facet (result, "kind", "algorithm"), ==, 1);
  g_assert_cmpint (facet (result, "pricing", "free"), ==, 1);
  g_assert_cmpint (facet (result, "pricing", "hourly"), ==, 3);
  g_assert_cmpint (facet (result, "pricing", "per-request"), ==, 1);
  g_assert_cmpint (facet (result, "pricing", "contract"), ==, 1);
  g_assert_cmpint (facet (result, "publisher", "Elm Ltd"), ==, 4);
  g_assert_cmpint (facet (result, "takes", "picture"), ==, 2);
  g_assert_cmpint (facet (result, "takes", "text"), ==, 1);
  g_assert_cmpint (facet (result, "rating", "4"), ==, 3);
  g_assert_cmpint (facet (result, "rating", "4.5"), ==, 2);
  g_assert_cmpint (facet (result, "trial", "true"), ==, 2);
  g_assert_cmpint (facet (result, "max-hourly", "0.50"), ==, 2);
  g_assert_cmpint (facet (result, "max-hourly", "2.00"), ==, 4);
  g_assert_cmpstr (trestle_facet_get_label (first), ==, "Vision");
  g_assert_cmpstr (trestle_facet_get_parent (first), ==, "id-All");
}

/* A group is counted without its own filter, and with all others. */
static void
test_own_filter (void)
{
  const char *const vision[] = { "id-Vision", NULL };
  g_autoptr (TrestleListingQuery)
      query = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "categories", vision, "trial", TRUE, NULL);
  g_autoptr (TrestleSearchResult) result = ask (query);

  assert_titles (result, "Ash");
  g_assert_cmpint (facet (result, "category", "id-Vision"), ==, 1);
  g_assert_cmpint (facet (result, "category", "id-Sound"), ==, 1);
  g_assert_cmpint (facet (result, "category", "id-Words"), ==, 0);
  g_assert_cmpint (facet (result, "trial", "true"), ==, 1);
  g_assert_cmpint (facet (result, "kind", "model"), ==, 1);
  g_assert_cmpint (facet (result, "kind", "algorithm"), ==, 0);
}

static void
test_filters (void)
{
  const char *const names[] = { "Vision", "Words", NULL };
  const char *const oak[] = { "Oak & Co", NULL };
  const char *const sound[] = { "sound", "csv", NULL };
  const char *const paid[] = { "per-request", "contract", NULL };
  const char *const nothing[] = { NULL };
  g_autoptr (TrestleListingQuery)
      by_name = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "categories", names, NULL);
  g_autoptr (TrestleListingQuery)
      by_publisher = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "publishers", oak, NULL);
  g_autoptr (TrestleListingQuery)
      by_takes = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "takes", sound, NULL);
  g_autoptr (TrestleListingQuery) by_pricing = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "pricing",
                                                             paid, "kinds", nothing, NULL);
  g_autoptr (TrestleListingQuery)
      by_rating = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "min-rating", 4.5, NULL);
  g_autoptr (TrestleListingQuery)
      by_price = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "max-hourly", "0.63", NULL);
  g_autoptr (TrestleSearchResult) a = ask (by_name);
  g_autoptr (TrestleSearchResult) b = ask (by_publisher);
  g_autoptr (TrestleSearchResult) c = ask (by_takes);
  g_autoptr (TrestleSearchResult) d = ask (by_pricing);
  g_autoptr (TrestleSearchResult) e = ask (by_rating);
  g_autoptr (TrestleSearchResult) f = ask (by_price);

  assert_titles (a, "Ced Ash Bir Fir");
  assert_titles (b, "Ced Ash");
  assert_titles (c, "Bir Dog Eld");
  assert_titles (d, "Bir Eld");
  assert_titles (e, "Ced Eld");
  assert_titles (f, "Ced Ash Bir");
}

static void
test_sort (void)
{
  static const struct
  {
    TrestleSort sort;
    const char *wanted;
  } cases[] = {
    { TRESTLE_SORT_TITLE, "Ash Bir Ced Dog Eld Fir" },
    { TRESTLE_SORT_RATING, "Eld Ced Ash Bir Dog Fir" },
    { TRESTLE_SORT_PRICE, "Ced Bir Ash Dog Eld Fir" },
    { TRESTLE_SORT_RELEVANCE, "Ced Ash Bir Dog Eld Fir" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TrestleListingQuery)
          query = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "sort", cases[i].sort, NULL);
      g_autoptr (TrestleSearchResult) result = ask (query);

      assert_titles (result, cases[i].wanted);
    }
}

static void
test_limit (void)
{
  g_autoptr (TrestleListingQuery) query = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "sort",
                                                        TRESTLE_SORT_TITLE, "limit", 2u, NULL);
  g_autoptr (TrestleSearchResult) result = ask (query);

  assert_titles (result, "Ash Bir");
  g_assert_cmpuint (trestle_search_result_get_total (result), ==, 6);
}

static void
test_families (void)
{
  const char *const types[] = { "image/png", "application/jsonlines", NULL };
  g_autoptr (TrestleVersion)
      typed = g_object_new (TRESTLE_TYPE_VERSION, "content-types", types, NULL);
  g_autoptr (TrestleVersion) told = g_object_new (
      TRESTLE_TYPE_VERSION, "usage-instructions",
      "Input\nContent types: text/csv\n\nOutput\nContent types: image/png\n", NULL);
  g_auto (GStrv) a = trestle_hints_families (typed);
  g_auto (GStrv) b = trestle_hints_families (told);
  g_autofree char *ta = g_strjoinv (" ", a);
  g_autofree char *tb = g_strjoinv (" ", b);

  g_assert_cmpstr (ta, ==, "picture json");
  g_assert_cmpstr (tb, ==, "csv");
}

int
main (int argc, char *argv[])
{
  int status;

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  set_up ();
  g_test_add_func ("/workbench/facets/all", test_all);
  g_test_add_func ("/workbench/facets/own-filter", test_own_filter);
  g_test_add_func ("/workbench/facets/filters", test_filters);
  g_test_add_func ("/workbench/facets/sort", test_sort);
  g_test_add_func ("/workbench/facets/limit", test_limit);
  g_test_add_func ("/workbench/facets/families", test_families);
  status = g_test_run ();
  g_ptr_array_unref (listings);
  g_object_unref (hints);
  return status;
}
