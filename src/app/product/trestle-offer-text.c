/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-offer-text.h"

#include <glib/gi18n.h>

#include "base/trestle-clock.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-term.h"
#include "widgets/trestle-format.h"

int
trestle_offer_trial_days (TrestleOffer *offer)
{
  GListModel *terms = trestle_offer_get_terms (offer);

  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      if (trestle_term_get_kind (term) == TRESTLE_TERM_KIND_TRIAL)
        return (int) trestle_term_get_trial_days (term);
    }
  return 0;
}

const char *
trestle_offer_refund_policy (TrestleOffer *offer)
{
  GListModel *terms = trestle_offer_get_terms (offer);

  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      if (trestle_term_get_refund_policy (term) != NULL)
        return trestle_term_get_refund_policy (term);
    }
  return NULL;
}

typedef struct
{
  const TrestleMoney *lowest;
  const TrestleMoney *highest;
  const TrestleMoney *call;
} Prices;

/* Real-time prices of the offer; the terms own what is found. */
static Prices
find_prices (TrestleOffer *offer)
{
  GListModel *terms = trestle_offer_get_terms (offer);
  Prices prices = { NULL };

  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);
      /* A trial's grants are no prices. */
      GListModel *rates = trestle_term_get_kind (term) == TRESTLE_TERM_KIND_TRIAL
                              ? NULL
                              : trestle_term_get_rates (term);

      for (guint r = 0; rates != NULL && r < g_list_model_get_n_items (rates); r++)
        {
          g_autoptr (TrestleRate) rate = g_list_model_get_item (rates, r);
          const TrestleMoney *price = trestle_rate_get_price (rate);

          if (price == NULL)
            continue;
          if (trestle_rate_get_mode (rate) == TRESTLE_USAGE_MODE_INFERENCE)
            prices.call = price;
          if (trestle_rate_get_mode (rate) != TRESTLE_USAGE_MODE_REALTIME)
            continue;
          if (prices.lowest == NULL || trestle_money_compare (price, prices.lowest) < 0)
            prices.lowest = price;
          if (prices.highest == NULL || trestle_money_compare (price, prices.highest) > 0)
            prices.highest = price;
        }
    }
  return prices;
}

static const char *
describe_pricing (TrestleOffer *offer)
{
  switch (trestle_offer_get_pricing (offer))
    {
    case TRESTLE_PRICING_KIND_FREE:
      return _ ("free of charge");
    case TRESTLE_PRICING_KIND_CONTRACT:
      return _ ("a fixed sum for a fixed time");
    case TRESTLE_PRICING_KIND_BYOL:
      return _ ("with a licence you have");
    case TRESTLE_PRICING_KIND_USAGE:
    case TRESTLE_PRICING_KIND_UNKNOWN:
    default:
      return find_prices (offer).call != NULL ? _ ("by the request") : _ ("by the hour");
    }
}

char *
trestle_offer_describe (TrestleOffer *offer)
{
  int trial = trestle_offer_trial_days (offer);
  gint64 expires = trestle_offer_get_expires (offer);
  g_autofree char *end = NULL;

  if (expires > 0)
    {
      int days = (int) ((expires - trestle_clock_now ()) / TRESTLE_DAY);

      end = days > 0 ? g_strdup_printf (g_dngettext (NULL, "expires in %d day",
                                                     "expires in %d days", (gulong) days),
                                        days)
                     : g_strdup (_ ("expires today"));
    }
  else
    end = g_strdup (_ ("no end date"));

  if (trial > 0)
    return g_strdup_printf (g_dngettext (NULL, "%d day free, then %s · %s",
                                         "%d days free, then %s · %s", (gulong) trial),
                            trial, describe_pricing (offer), end);
  return g_strdup_printf ("%s · %s", describe_pricing (offer), end);
}

char *
trestle_offer_price_range (TrestleOffer *offer)
{
  Prices prices = find_prices (offer);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (prices.call != NULL)
    {
      low = trestle_format_amount (prices.call);
      return g_strdup_printf (_ ("%s/request"), low);
    }
  if (prices.highest == NULL || trestle_money_is_zero (prices.highest))
    return g_strdup (_ ("Free"));
  high = trestle_format_hourly (prices.highest);
  if (trestle_money_compare (prices.lowest, prices.highest) == 0)
    return g_steal_pointer (&high);
  low = trestle_format_amount (prices.lowest);
  return g_strdup_printf ("%s – %s", low, high);
}

int
trestle_offer_discount (TrestleOffer *offer, TrestleOffer *other)
{
  Prices mine = find_prices (offer), theirs = find_prices (other);
  const TrestleMoney *a = mine.call != NULL ? mine.call : mine.lowest;
  const TrestleMoney *b = theirs.call != NULL ? theirs.call : theirs.lowest;
  int percent = 0;

  if (a == NULL || b == NULL || trestle_money_is_zero (b) || trestle_money_compare (a, b) >= 0
      || g_strcmp0 (trestle_money_get_currency (a), trestle_money_get_currency (b)) != 0)
    return 0;
  /* The largest whole percent that is not more than what is left off. */
  for (int p = 1; p <= 100; p++)
    {
      g_autoptr (TrestleMoney) reduced = trestle_money_scale (b, 100 - p, 100);

      if (trestle_money_compare (a, reduced) <= 0)
        percent = p;
    }
  return percent;
}

char *
trestle_offer_to_code (TrestleOffer *offer, const char *slug, const char *language)
{
  GListModel *terms = trestle_offer_get_terms (offer);
  gboolean python = g_str_equal (language, "python");
  GString *code = g_string_new (NULL);

  if (python)
    g_string_append_printf (
        code,
        "import boto3\n\n"
        "agreements = boto3.client(\"marketplace-agreement\", region_name=\"us-east-1\")\n"
        "quote = agreements.create_agreement_request(\n"
        "    intent=\"NEW\",\n"
        "    agreementProposalIdentifier=\"%s\",\n"
        "    requestedTerms=[\n",
        trestle_offer_get_proposal_id (offer));
  else
    g_string_append_printf (
        code,
        "# with Trestle\n"
        "trestle-cli subscribe %s --offer %s --accept\n\n"
        "# with the AWS CLI: a quote first, then its acceptance\n"
        "aws marketplace-agreement create-agreement-request --region us-east-1 \\\n"
        "  --intent NEW --agreement-proposal-identifier %s \\\n"
        "  --requested-terms",
        slug, trestle_offer_get_id (offer), trestle_offer_get_proposal_id (offer));

  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      g_string_append_printf (code, python ? "        {\"id\": \"%s\"},\n" : " \\\n    id=%s",
                              trestle_term_get_id (term));
    }

  g_string_append (
      code, python ? "    ],\n)\nprint(quote[\"chargeSummary\"])\n"
                     "agreements.accept_agreement_request(\n"
                     "    agreementRequestId=quote[\"agreementRequestId\"])\n"
                   : "\naws marketplace-agreement accept-agreement-request --region us-east-1 \\\n"
                     "  --agreement-request-id ar-…\n");
  return g_string_free (code, FALSE);
}
