/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-price-compare.h"

#include "domain/trestle-dimensions.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-term.h"

#define CARD "Offer.RateCard"
#define CURRENCY "USD" /* public offers are in it */

static int
by_amount (gconstpointer a, gconstpointer b)
{
  return trestle_money_compare (a, b);
}

/* Returns: (transfer none) (nullable): what @offer asks for it; trials and contracts grant at nothing */
static const TrestleMoney *
find_price (TrestleOffer *offer, TrestleUsageMode mode, const char *type)
{
  GListModel *terms = trestle_offer_get_terms (offer);

  for (guint t = 0; terms != NULL && t < g_list_model_get_n_items (terms); t++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, t);
      GListModel *rates = trestle_term_get_rates (term);

      if (trestle_term_get_kind (term) != TRESTLE_TERM_KIND_USAGE
          || g_strcmp0 (trestle_term_get_currency (term), CURRENCY) != 0)
        continue;
      for (guint r = 0; rates != NULL && r < g_list_model_get_n_items (rates); r++)
        {
          g_autoptr (TrestleRate) rate = g_list_model_get_item (rates, r);

          if (trestle_rate_get_mode (rate) == mode
              && (mode == TRESTLE_USAGE_MODE_INFERENCE
                  || g_strcmp0 (trestle_rate_get_instance_type (rate), type) == 0))
            return trestle_rate_get_price (rate); /* the list keeps it */
        }
    }
  return NULL;
}

static TrestleMoney *
find_median (GPtrArray *sorted)
{
  const TrestleMoney *upper = sorted->pdata[sorted->len / 2];
  g_autoptr (TrestleMoney) sum = NULL;

  if (sorted->len % 2 == 1)
    return trestle_money_copy (upper);
  sum = trestle_money_add (sorted->pdata[sorted->len / 2 - 1], upper, NULL);
  return sum != NULL ? trestle_money_scale (sum, 1, 2) : NULL;
}

static TrestlePriceSpan *
compare (const char *key, const char *price, GPtrArray *offers)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (TrestleMoney) mine = trestle_money_parse (price, CURRENCY, NULL);
  g_autoptr (TrestleMoney) median = NULL;
  g_autofree char *type = NULL;
  TrestleUsageMode mode = trestle_dimension_parse (key, &type);

  for (guint i = 0; i < offers->len; i++)
    {
      const TrestleMoney *other = find_price (offers->pdata[i], mode, type);

      if (other != NULL)
        g_ptr_array_add (others, (gpointer) other);
    }
  g_ptr_array_sort_values (others, by_amount);
  if (others->len > 0)
    median = find_median (others);
  return g_object_new (TRESTLE_TYPE_PRICE_SPAN, "dimension", key, "instance-type",
                       mode != TRESTLE_USAGE_MODE_INFERENCE ? type : NULL, "mode", mode, "mine",
                       mine, "least", others->len > 0 ? others->pdata[0] : NULL, "median", median,
                       "most", others->len > 0 ? others->pdata[others->len - 1] : NULL, "offers",
                       (gint64) others->len, NULL);
}

GListModel *
trestle_price_compare (TrestleDraft *draft, GPtrArray *offers)
{
  GListStore *spans = g_list_store_new (TRESTLE_TYPE_PRICE_SPAN);
  guint n = trestle_draft_get_length (draft, CARD);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_strdup_printf (CARD "[%u].DimensionKey", i);
      g_autofree char *price = g_strdup_printf (CARD "[%u].Price", i);
      g_autoptr (TrestlePriceSpan) span = NULL;

      if (trestle_dimension_parse (trestle_draft_get_text (draft, key), NULL)
          == TRESTLE_USAGE_MODE_OTHER)
        continue;
      span = compare (trestle_draft_get_text (draft, key), trestle_draft_get_text (draft, price),
                      offers);
      g_list_store_append (spans, span);
    }
  return G_LIST_MODEL (spans);
}
