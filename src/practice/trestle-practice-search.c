/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-discovery.h"
#include "practice/trestle-practice-terms.h"
#include "practice/trestle-practice-view.h"

typedef struct
{
  const TrestlePracticeListing *listing;
  int score;
  double rating;
  gint64 ratings;
} Hit;

static void
add_value (GArray *values, const char *value, const char *name, const char *parent)
{
  TrestlePracticeValue one = { value, name, parent };

  for (guint i = 0; i < values->len; i++)
    if (g_str_equal (g_array_index (values, TrestlePracticeValue, i).value, value))
      return;
  g_array_append_val (values, one);
}

static void
add_categories (TrestlePracticeCatalogue *catalogue, GArray *values, JsonObject *object)
{
  JsonArray *ids = get_array (object, "categories");

  for (guint i = 0; i < array_length (ids); i++)
    {
      const char *id = json_array_get_string_element (ids, i);

      while (id != NULL)
        {
          JsonObject *category = trestle_practice_catalogue_get_category (catalogue, id);

          if (category == NULL)
            break;
          add_value (values, id, get_text (category, "name"), get_text (category, "parent"));
          id = get_text (category, "parent");
        }
    }
}

static double
get_rating (const TrestlePracticeListing *listing, gint64 *count)
{
  JsonObject *rating = get_object (listing->object, "rating");

  *count = rating ? json_object_get_int_member_with_default (rating, "count", 0) : 0;
  return rating ? g_ascii_strtod (get_text (rating, "average"), NULL) : 0;
}

static void
add_ratings (GArray *values, const TrestlePracticeListing *listing)
{
  static const char *const steps[][2] = {
    { "4.0", "4 stars and up" },
    { "3.0", "3 stars and up" },
    { "2.0", "2 stars and up" },
    { "1.0", "1 star and up" },
  };
  gint64 count;
  double rating = get_rating (listing, &count);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (count > 0 && rating >= g_ascii_strtod (steps[i][0], NULL))
      add_value (values, steps[i][0], steps[i][1], NULL);
}

GArray *
trestle_practice_search_values (TrestlePracticeCatalogue *catalogue,
                                const TrestlePracticeListing *listing,
                                const char *type)
{
  const TrestlePracticeOffer *offer = trestle_practice_listing_get_public (listing);
  GArray *values = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeValue));

  if (g_str_equal (type, "CATEGORY"))
    add_categories (catalogue, values, listing->object);
  else if (g_str_equal (type, "PUBLISHER"))
    add_value (values, get_text (listing->seller, "id"), get_text (listing->seller, "name"), NULL);
  else if (g_str_equal (type, "FULFILLMENT_OPTION_TYPE"))
    add_value (values, listing->algorithm ? "SAGEMAKER_ALGORITHM" : "SAGEMAKER_MODEL",
               listing->algorithm ? "Amazon SageMaker algorithm" : "Amazon SageMaker model", NULL);
  else if (g_str_equal (type, "PRICING_MODEL"))
    add_value (values, trestle_practice_terms_pricing_type (offer),
               trestle_practice_terms_pricing_name (offer), NULL);
  else if (g_str_equal (type, "PRICING_UNIT"))
    {
      if (trestle_practice_terms_per_inference (offer))
        add_value (values, "REQUESTS", "Requests", NULL);
      else if (trestle_practice_terms_pricing (offer) == TRESTLE_PRACTICE_PRICING_CONTRACT)
        add_value (values, "UNITS", "Units", NULL);
      else
        add_value (values, "HOSTS", "Hosts", NULL);
    }
  else if (g_str_equal (type, "DEPLOYED_ON_AWS"))
    add_value (values, "DEPLOYED", "Deployed on AWS", NULL);
  else if (g_str_equal (type, "NUMBER_OF_PRODUCTS"))
    add_value (values, "1", "Single product", NULL);
  else if (g_str_equal (type, "AVERAGE_CUSTOMER_RATING"))
    add_ratings (values, listing);
  return values;
}

static gboolean
passes_filter (TrestlePracticeContext *ctx,
               const TrestlePracticeListing *listing,
               const char *type,
               TrestleJson wanted)
{
  g_autoptr (GArray) values = NULL;

  if (g_str_has_suffix (type, "_AVERAGE_CUSTOMER_RATING"))
    {
      double limit = g_ascii_strtod (trestle_json_self_string (trestle_json_element (wanted, 0)),
                                     NULL);
      gint64 count;
      double rating = get_rating (listing, &count);

      return g_str_has_prefix (type, "MIN") ? count > 0 && rating >= limit : rating <= limit;
    }
  values = trestle_practice_search_values (ctx->world->catalogue, listing, type);
  for (guint i = 0; i < trestle_json_length (wanted); i++)
    {
      const char *value = trestle_json_self_string (trestle_json_element (wanted, i));

      for (guint j = 0; j < values->len; j++)
        if (g_strcmp0 (g_array_index (values, TrestlePracticeValue, j).value, value) == 0)
          return TRUE;
    }
  return FALSE;
}

static gboolean
check_filters (TrestlePracticeContext *ctx, TrestleJson filters)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < trestle_json_length (filters); i++)
    {
      TrestleJson filter = trestle_json_element (filters, i);
      const char *type = trestle_json_string (filter, "filterType");
      TrestleJson values = trestle_json_member (filter, "filterValues");

      if (!g_hash_table_add (seen, (gpointer) type))
        {
          trestle_practice_invalid (ctx, "Filter type %s is given more than once.", type);
          trestle_practice_fail_text (ctx, "reason", "MALFORMED_REQUEST_PARAMETERS");
          return FALSE;
        }
      if (g_str_has_suffix (type, "_AVERAGE_CUSTOMER_RATING"))
        {
          const char *text = trestle_json_self_string (trestle_json_element (values, 0));
          char *end = NULL;
          double limit = text != NULL ? g_ascii_strtod (text, &end) : -1;

          if (trestle_json_length (values) != 1 || end == text || *end != '\0' || limit < 0
              || limit > 5)
            {
              trestle_practice_invalid (ctx, "%s takes one value between 0.0 and 5.0.", type);
              trestle_practice_fail_text (ctx, "reason", "MALFORMED_REQUEST_PARAMETERS");
              return FALSE;
            }
        }
    }
  return TRUE;
}

/* How well @word begins a word of @text: 2 for a whole word, 1 for its beginning. */
static int
match_word (const char *text, const char *word)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : g_strdup ("");
  gsize length = strlen (word);
  int best = 0;

  for (const char *at = strstr (folded, word); at != NULL; at = strstr (at + 1, word))
    {
      if (at > folded && (g_ascii_isalnum (at[-1]) || (at[-1] & 0x80)))
        continue;
      best = MAX (best, g_ascii_isalnum (at[length]) || (at[length] & 0x80) ? 1 : 2);
    }
  return best;
}

static int
match_array (JsonArray *array, const char *word)
{
  int best = 0;

  for (guint i = 0; i < array_length (array); i++)
    best = MAX (best, match_word (json_array_get_string_element (array, i), word));
  return best;
}

/* Every word must be somewhere; title counts most, then publisher, keywords, category, texts. */
static int
score (TrestlePracticeContext *ctx, const TrestlePracticeListing *listing, char **words)
{
  g_autoptr (GArray)
      categories = trestle_practice_search_values (ctx->world->catalogue, listing, "CATEGORY");
  int total = 1;

  for (guint i = 0; words[i] != NULL; i++)
    {
      int one;

      if (words[i][0] == '\0')
        continue;
      one = 16 * match_word (listing->title, words[i]) + 12 * match_word (listing->slug, words[i])
            + 8 * match_word (get_text (listing->seller, "name"), words[i])
            + 6 * match_array (get_array (listing->object, "keywords"), words[i])
            + 3 * match_word (get_text (listing->object, "short"), words[i])
            + 2 * match_array (get_array (listing->object, "highlights"), words[i])
            + match_word (get_text (listing->object, "long"), words[i]);
      for (guint j = 0; j < categories->len; j++)
        one += 2 * match_word (g_array_index (categories, TrestlePracticeValue, j).name, words[i]);
      if (one == 0)
        return 0;
      total += one;
    }
  return total;
}

static int
compare_hits (gconstpointer a, gconstpointer b, gpointer by_rating)
{
  const Hit *x = a, *y = b;

  if (!by_rating && x->score != y->score)
    return y->score - x->score;
  if (x->rating != y->rating)
    return x->rating < y->rating ? 1 : -1;
  if (x->ratings != y->ratings)
    return x->ratings < y->ratings ? 1 : -1;
  return strcmp (x->listing->slug, y->listing->slug);
}

GPtrArray *
trestle_practice_search (TrestlePracticeContext *ctx, TrestleJson in, const char *without)
{
  GPtrArray *all = trestle_practice_catalogue_get_listings (ctx->world->catalogue);
  TrestleJson filters = trestle_json_member (in, "filters");
  g_autofree char *text = g_utf8_casefold (trestle_json_string_or (in, "searchText", ""), -1);
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n,;-", -1);
  gboolean by_rating = g_str_equal (trestle_json_string_or (in, "sortBy", "RELEVANCE"),
                                    "AVERAGE_CUSTOMER_RATING");
  gboolean ascending = g_str_equal (trestle_json_string_or (in, "sortOrder", ""), "ASCENDING");
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  GPtrArray *found;

  if (!check_filters (ctx, filters))
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      Hit hit = { all->pdata[i] };
      gboolean passes = trestle_practice_view_lists (ctx, hit.listing);

      for (guint j = 0; passes && j < trestle_json_length (filters); j++)
        {
          TrestleJson filter = trestle_json_element (filters, j);
          const char *type = trestle_json_string (filter, "filterType");

          if (without == NULL || !g_str_has_suffix (type, without))
            passes = passes_filter (ctx, hit.listing, type,
                                    trestle_json_member (filter, "filterValues"));
        }
      hit.score = passes ? score (ctx, hit.listing, words) : 0;
      hit.rating = get_rating (hit.listing, &hit.ratings);
      if (hit.score > 0)
        g_array_append_val (hits, hit);
    }
  g_array_sort_with_data (hits, compare_hits, GINT_TO_POINTER (by_rating));
  found = g_ptr_array_sized_new (hits->len);
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (
        found, (gpointer) g_array_index (hits, Hit, ascending ? hits->len - 1 - i : i).listing);
  return found;
}
