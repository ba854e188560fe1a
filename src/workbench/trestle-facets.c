/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-facets.h"

#include <string.h>

#include "domain/trestle-facet.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* The groups in the order in which they are shown; each has a bit. */
typedef enum
{
  GROUP_CATEGORY,
  GROUP_KIND,
  GROUP_PRICING,
  GROUP_PUBLISHER,
  GROUP_TAKES,
  GROUP_RATING,
  GROUP_TRIAL,
  GROUP_PRICE,
  N_GROUPS,
} Group;

#define BIT(group) (1u << (group))

static const char *const group_names[N_GROUPS] = {
  "category", "kind", "pricing", "publisher", "takes", "rating", "trial", "max-hourly",
};

static const struct
{
  Group group;
  const char *value;
  const char *label;
} fixed[] = {
  { GROUP_KIND, "model", N_ ("Model") },
  { GROUP_KIND, "algorithm", N_ ("Algorithm") },
  { GROUP_PRICING, "free", N_ ("Free") },
  { GROUP_PRICING, "hourly", N_ ("By the hour") },
  { GROUP_PRICING, "per-request", N_ ("By the request") },
  { GROUP_PRICING, "contract", N_ ("Contract") },
  { GROUP_TAKES, "picture", N_ ("Pictures") },
  { GROUP_TAKES, "sound", N_ ("Sound") },
  { GROUP_TAKES, "text", N_ ("Text") },
  { GROUP_TAKES, "csv", N_ ("Tables") },
  { GROUP_TAKES, "json", N_ ("JSON") },
  { GROUP_RATING, "4.5", N_ ("4.5 and more") },
  { GROUP_RATING, "4", N_ ("4 and more") },
  { GROUP_RATING, "3", N_ ("3 and more") },
  { GROUP_TRIAL, "true", N_ ("Free trial") },
  { GROUP_PRICE, "0.50", N_ ("Under $0.50 an hour") },
  { GROUP_PRICE, "2.00", N_ ("Under $2 an hour") },
};

typedef struct
{
  const TrestleListingFilter *filter;
  TrestleHints *hints;
  TrestleMoney *max_hourly;
  GHashTable *counts[N_GROUPS]; /* value → count */
  GHashTable *labels[N_GROUPS]; /* value → label, of the open groups */
} Work;

const char *
trestle_facets_pricing (TrestleListing *listing)
{
  const char *hint = trestle_listing_get_price_hint (listing);

  switch (trestle_listing_get_pricing (listing))
    {
    case TRESTLE_PRICING_KIND_FREE:
      return "free";
    case TRESTLE_PRICING_KIND_CONTRACT:
    case TRESTLE_PRICING_KIND_BYOL:
      return "contract";
    case TRESTLE_PRICING_KIND_USAGE:
    case TRESTLE_PRICING_KIND_UNKNOWN:
    default:
      return hint != NULL && g_str_has_suffix (hint, "/request") ? "per-request" : "hourly";
    }
}

static const char *
kind_of (TrestleListing *listing)
{
  return trestle_listing_get_kind (listing) == TRESTLE_PRODUCT_KIND_ALGORITHM ? "algorithm"
                                                                              : "model";
}

static char **
dup_takes (Work *work, TrestleListing *listing)
{
  const TrestleHint *hint = trestle_hints_lookup (work->hints, trestle_listing_get_id (listing));

  if (hint != NULL && hint->takes != NULL && hint->takes[0] != NULL)
    return g_strdupv (hint->takes);
  return trestle_hints_guess_families (listing);
}

/* An empty list filters nothing. */
static gboolean
wants (char **list, const char *value)
{
  return list == NULL || list[0] == NULL
         || (value != NULL && g_strv_contains ((const char *const *) list, value));
}

static gboolean
wants_any (char **list, const char *const *values)
{
  if (list == NULL || list[0] == NULL)
    return TRUE;
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) list, values[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_affordable (Work *work, TrestleListing *listing, const TrestleMoney *most)
{
  const TrestleHint *hint = trestle_hints_lookup (work->hints, trestle_listing_get_id (listing));

  return hint != NULL && hint->hourly != NULL
         && g_strcmp0 (trestle_money_get_currency (hint->hourly), trestle_money_get_currency (most))
                == 0
         && trestle_money_compare (hint->hourly, most) <= 0;
}

/* Returns: a bit for each group whose filter @listing does not pass. */
static guint
failing (Work *work, TrestleListing *listing, char **takes)
{
  const TrestleListingFilter *filter = work->filter;
  guint bits = 0;

  if (!wants_any (filter->categories, trestle_listing_get_categories (listing))
      && !wants_any (filter->categories, trestle_listing_get_category_ids (listing)))
    bits |= BIT (GROUP_CATEGORY);
  if (!wants (filter->kinds, kind_of (listing)))
    bits |= BIT (GROUP_KIND);
  if (!wants (filter->pricing, trestle_facets_pricing (listing)))
    bits |= BIT (GROUP_PRICING);
  if (!wants (filter->publishers, trestle_listing_get_publisher (listing))
      && !wants (filter->publishers, trestle_listing_get_publisher_id (listing)))
    bits |= BIT (GROUP_PUBLISHER);
  if (!wants_any (filter->takes, (const char *const *) takes))
    bits |= BIT (GROUP_TAKES);
  if (filter->min_rating > 0 && trestle_listing_get_rating (listing) < filter->min_rating)
    bits |= BIT (GROUP_RATING);
  if (filter->trial && !trestle_listing_get_free_trial (listing))
    bits |= BIT (GROUP_TRIAL);
  if (work->max_hourly != NULL && !is_affordable (work, listing, work->max_hourly))
    bits |= BIT (GROUP_PRICE);
  return bits;
}

static void
count_value (Work *work, Group group, const char *value, const char *label)
{
  guint count;

  if (value == NULL)
    return;
  count = GPOINTER_TO_UINT (g_hash_table_lookup (work->counts[group], value));
  g_hash_table_insert (work->counts[group], g_strdup (value), GUINT_TO_POINTER (count + 1));
  if (label != NULL && !g_hash_table_contains (work->labels[group], value))
    g_hash_table_insert (work->labels[group], g_strdup (value), g_strdup (label));
}

static void
count_group (Work *work, Group group, TrestleListing *listing, char **takes)
{
  const char *const *names = trestle_listing_get_categories (listing);
  const char *const *ids = trestle_listing_get_category_ids (listing);
  guint n_ids = ids != NULL ? g_strv_length ((char **) ids) : 0;

  switch (group)
    {
    case GROUP_CATEGORY:
      for (guint i = 0; names != NULL && names[i] != NULL; i++)
        count_value (work, group, i < n_ids ? ids[i] : names[i], names[i]);
      break;
    case GROUP_KIND:
      count_value (work, group, kind_of (listing), NULL);
      break;
    case GROUP_PRICING:
      count_value (work, group, trestle_facets_pricing (listing), NULL);
      break;
    case GROUP_PUBLISHER:
      count_value (work, group,
                   trestle_listing_get_publisher_id (listing)
                       ? trestle_listing_get_publisher_id (listing)
                       : trestle_listing_get_publisher (listing),
                   trestle_listing_get_publisher (listing));
      break;
    case GROUP_TAKES:
      for (guint i = 0; takes[i] != NULL; i++)
        count_value (work, group, takes[i], NULL);
      break;
    case GROUP_RATING:
      for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
        if (fixed[i].group == GROUP_RATING
            && trestle_listing_get_rating (listing) >= g_ascii_strtod (fixed[i].value, NULL))
          count_value (work, group, fixed[i].value, NULL);
      break;
    case GROUP_TRIAL:
      if (trestle_listing_get_free_trial (listing))
        count_value (work, group, "true", NULL);
      break;
    case GROUP_PRICE:
      for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
        if (fixed[i].group == GROUP_PRICE)
          {
            g_autoptr (TrestleMoney) most = trestle_money_parse (fixed[i].value, "USD", NULL);

            if (is_affordable (work, listing, most))
              count_value (work, group, fixed[i].value, NULL);
          }
      break;
    case N_GROUPS:
    default:
      break;
    }
}

static void
add_facet (GListStore *facets, Work *work, Group group, const char *value, const char *label)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (work->counts[group], value));
  g_autoptr (TrestleFacet) facet = NULL;

  if (count == 0)
    return;
  facet = g_object_new (
      TRESTLE_TYPE_FACET, "group", group_names[group], "value", value, "label", label, "parent",
      group == GROUP_CATEGORY ? trestle_hints_get_parent (work->hints, value) : NULL, "count",
      (gint64) count, NULL);
  g_list_store_append (facets, facet);
}

typedef struct
{
  const char *value;
  const char *label;
  guint count;
} Open;

static int
compare_open (gconstpointer pa, gconstpointer pb)
{
  const Open *a = pa, *b = pb;

  if (a->count != b->count)
    return a->count > b->count ? -1 : 1;
  return g_utf8_collate (a->label, b->label);
}

/* Categories and publishers: whatever there is, the most frequent first. */
static void
add_open_group (GListStore *facets, Work *work, Group group)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (Open));
  GHashTableIter iter;
  gpointer value, count;

  g_hash_table_iter_init (&iter, work->counts[group]);
  while (g_hash_table_iter_next (&iter, &value, &count))
    {
      const char *label = g_hash_table_lookup (work->labels[group], value);
      Open open = { value, label != NULL ? label : value, GPOINTER_TO_UINT (count) };

      g_array_append_val (values, open);
    }
  g_array_sort (values, compare_open);
  for (guint i = 0; i < values->len; i++)
    add_facet (facets, work, group, g_array_index (values, Open, i).value,
               g_array_index (values, Open, i).label);
}

static GListModel *
make_facets (Work *work)
{
  GListStore *facets = g_list_store_new (TRESTLE_TYPE_FACET);

  for (guint group = 0; group < N_GROUPS; group++)
    {
      if (group == GROUP_CATEGORY || group == GROUP_PUBLISHER)
        add_open_group (facets, work, (Group) group);
      for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
        if (fixed[i].group == (Group) group)
          add_facet (facets, work, (Group) group, fixed[i].value, _ (fixed[i].label));
    }
  return G_LIST_MODEL (facets);
}

static int
compare_titles (TrestleListing *a, TrestleListing *b)
{
  return g_utf8_collate (trestle_listing_get_title (a) ? trestle_listing_get_title (a) : "",
                         trestle_listing_get_title (b) ? trestle_listing_get_title (b) : "");
}

static int
compare_prices (Work *work, TrestleListing *a, TrestleListing *b)
{
  const TrestleHint *ha = trestle_hints_lookup (work->hints, trestle_listing_get_id (a));
  const TrestleHint *hb = trestle_hints_lookup (work->hints, trestle_listing_get_id (b));
  gboolean ka = ha != NULL && ha->hourly != NULL;
  gboolean kb = hb != NULL && hb->hourly != NULL;

  if (!ka || !kb)
    return kb - ka;
  return trestle_money_compare (ha->hourly, hb->hourly);
}

static int
compare_listings (gconstpointer pa, gconstpointer pb, gpointer data)
{
  TrestleListing *a = *(TrestleListing **) pa, *b = *(TrestleListing **) pb;
  Work *work = data;
  int order = 0;

  switch (work->filter->sort)
    {
    case TRESTLE_SORT_RATING:
      order = (trestle_listing_get_rating (b) > trestle_listing_get_rating (a))
              - (trestle_listing_get_rating (b) < trestle_listing_get_rating (a));
      if (order == 0)
        order = (trestle_listing_get_rating_count (b) > trestle_listing_get_rating_count (a))
                - (trestle_listing_get_rating_count (b) < trestle_listing_get_rating_count (a));
      break;
    case TRESTLE_SORT_PRICE:
      order = compare_prices (work, a, b);
      break;
    case TRESTLE_SORT_TITLE:
    case TRESTLE_SORT_RELEVANCE:
    default:
      break;
    }
  return order != 0 ? order : compare_titles (a, b);
}

static GListModel *
make_list (Work *work, GPtrArray *chosen)
{
  GListStore *list = g_list_store_new (TRESTLE_TYPE_LISTING);
  guint limit = work->filter->limit != 0 ? work->filter->limit : G_MAXUINT;

  if (work->filter->sort != TRESTLE_SORT_RELEVANCE)
    g_ptr_array_sort_with_data (chosen, compare_listings, work);
  g_list_store_splice (list, 0, 0, chosen->pdata, MIN (chosen->len, limit));
  return G_LIST_MODEL (list);
}

TrestleSearchResult *
trestle_facets_apply (GPtrArray *listings,
                      TrestleListingQuery *query,
                      TrestleHints *hints,
                      gint64 refreshed)
{
  Work work = { trestle_listing_query_get_filter (query), hints };
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (GListModel) facets = NULL;
  g_autoptr (GListModel) list = NULL;
  TrestleSearchResult *result;

  if (work.filter->max_hourly != NULL)
    work.max_hourly = trestle_money_parse (work.filter->max_hourly, "USD", NULL);
  for (guint i = 0; i < N_GROUPS; i++)
    {
      work.counts[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      work.labels[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }
  for (guint i = 0; i < listings->len; i++)
    {
      TrestleListing *listing = g_ptr_array_index (listings, i);
      g_auto (GStrv) takes = dup_takes (&work, listing);
      guint bits = failing (&work, listing, takes);

      if (bits == 0)
        g_ptr_array_add (chosen, listing);
      for (guint group = 0; group < N_GROUPS; group++)
        if ((bits & ~BIT (group)) == 0)
          count_group (&work, (Group) group, listing, takes);
    }
  list = make_list (&work, chosen);
  facets = make_facets (&work);
  result = trestle_search_result_new (list, facets, chosen->len, refreshed);
  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_hash_table_unref (work.counts[i]);
      g_hash_table_unref (work.labels[i]);
    }
  g_clear_pointer (&work.max_hourly, trestle_money_free);
  return result;
}
