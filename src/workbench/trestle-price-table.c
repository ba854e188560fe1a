/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-price-table.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "domain/trestle-term.h"
#include "domain/trestle-variant.h"
#include "workbench/trestle-prices.h"

#define CURRENCY "USD"

static gboolean
sets_price (TrestleTerm *term)
{
  TrestleTermKind kind = trestle_term_get_kind (term);

  return kind == TRESTLE_TERM_KIND_USAGE || kind == TRESTLE_TERM_KIND_FIXED_UPFRONT
         || kind == TRESTLE_TERM_KIND_CONFIGURABLE_UPFRONT;
}

typedef gboolean (*RateFunc) (TrestleTerm *term, TrestleRate *rate, gpointer data);

/* Calls @func with each price that counts until it returns TRUE. */
static gboolean
each_rate (TrestleOffer *offer, RateFunc func, gpointer data)
{
  GListModel *terms = offer != NULL ? trestle_offer_get_terms (offer) : NULL;

  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);
      GListModel *rates = trestle_term_get_rates (term);

      for (guint j = 0; sets_price (term) && j < g_list_model_get_n_items (rates); j++)
        {
          g_autoptr (TrestleRate) rate = g_list_model_get_item (rates, j);

          if (func (term, rate, data))
            return TRUE;
        }
    }
  return FALSE;
}

static TrestleTerm *
find_term (TrestleOffer *offer, TrestleTermKind kind)
{
  GListModel *terms = offer != NULL ? trestle_offer_get_terms (offer) : NULL;

  for (guint i = 0; terms != NULL && i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      if (trestle_term_get_kind (term) == kind)
        return term; /* the offer keeps it */
    }
  return NULL;
}

typedef struct
{
  const char *instance_type;
  const TrestleMoney *found;
} Looking;

static gboolean
is_realtime_of (TrestleTerm *term, TrestleRate *rate, gpointer data)
{
  Looking *looking = data;

  if (trestle_rate_get_mode (rate) != TRESTLE_USAGE_MODE_REALTIME
      || g_strcmp0 (trestle_rate_get_instance_type (rate), looking->instance_type) != 0)
    return FALSE;
  looking->found = trestle_rate_get_price (rate);
  return looking->found != NULL;
}

static gboolean
is_inference (TrestleTerm *term, TrestleRate *rate, gpointer data)
{
  const TrestleMoney **found = data;

  if (trestle_rate_get_mode (rate) != TRESTLE_USAGE_MODE_INFERENCE)
    return FALSE;
  *found = trestle_rate_get_price (rate);
  return *found != NULL;
}

const TrestleMoney *
trestle_price_table_inference (TrestleOffer *offer)
{
  const TrestleMoney *found = NULL;

  each_rate (offer, is_inference, &found);
  return found;
}

TrestleMoney *
trestle_price_table_software (TrestleOffer *offer, const char *instance_type)
{
  Looking looking = { instance_type, NULL };
  const TrestleMoney *inference;

  if (offer == NULL)
    return NULL;
  if (each_rate (offer, is_realtime_of, &looking))
    return trestle_money_copy (looking.found);
  inference = trestle_price_table_inference (offer);
  if (inference != NULL)
    return trestle_money_zero (trestle_money_get_currency (inference));
  if (trestle_offer_get_pricing (offer) == TRESTLE_PRICING_KIND_FREE
      || find_term (offer, TRESTLE_TERM_KIND_BYOL) != NULL
      || find_term (offer, TRESTLE_TERM_KIND_FIXED_UPFRONT) != NULL
      || find_term (offer, TRESTLE_TERM_KIND_CONFIGURABLE_UPFRONT) != NULL)
    return trestle_money_zero (CURRENCY);
  return NULL;
}

guint
trestle_price_table_trial_days (TrestleOffer *offer)
{
  TrestleTerm *trial = find_term (offer, TRESTLE_TERM_KIND_TRIAL);

  return trial != NULL ? (guint) trestle_term_get_trial_days (trial) : 0;
}

TrestleMoney *
trestle_price_table_spent (const TrestleMoney *hourly, gint64 since, gint64 until)
{
  if (hourly == NULL || since <= 0)
    return NULL;
  return trestle_money_scale (hourly, MAX (until - since, 0) / TRESTLE_SECOND, 3600);
}

typedef struct
{
  const TrestleMoney *least;
  gboolean several;
} Cheapest;

static gboolean
take_cheaper (TrestleTerm *term, TrestleRate *rate, gpointer data)
{
  Cheapest *self = data;
  const TrestleMoney *price = trestle_rate_get_price (rate);

  if (trestle_rate_get_mode (rate) != TRESTLE_USAGE_MODE_REALTIME
      && trestle_rate_get_mode (rate) != TRESTLE_USAGE_MODE_TRAINING)
    return FALSE;
  if (price == NULL)
    return FALSE;
  if (self->least != NULL && trestle_money_compare (price, self->least) != 0)
    self->several = TRUE;
  if (self->least == NULL || trestle_money_compare (price, self->least) < 0)
    self->least = price;
  return FALSE;
}

/* Prices of a call are fractions of a cent. */
static char *
exact (const TrestleMoney *price)
{
  g_autofree char *digits = trestle_money_to_string (price);
  const char *point = strchr (digits, '.');

  return trestle_money_format (price, point != NULL ? (guint) strlen (point + 1) : 2);
}

static char *
upfront_hint (TrestleTerm *term)
{
  g_autoptr (TrestleMoney) price = NULL;
  g_autofree char *text = NULL;
  const char *currency = trestle_term_get_currency (term);
  guint days = 0;

  if (trestle_term_get_price (term) == NULL)
    return NULL;
  price = trestle_money_parse (trestle_term_get_price (term), currency ? currency : CURRENCY, NULL);
  if (price == NULL)
    return NULL;
  text = trestle_money_format (price, 2);
  if (!trestle_clock_parse_days (trestle_term_get_duration (term), &days) || days == 0)
    return g_steal_pointer (&text);
  if (days >= 360)
    return g_strdup_printf ("%s/year", text);
  if (days >= 28 && days <= 31)
    return g_strdup_printf ("%s/month", text);
  return g_strdup_printf ("%s/%u days", text, days);
}

char *
trestle_price_table_hint (TrestleOffer *offer)
{
  const TrestleMoney *inference;
  Cheapest cheapest = { NULL, FALSE };
  TrestleTerm *upfront;
  g_autofree char *text = NULL;

  if (offer == NULL)
    return NULL;
  if (trestle_offer_get_pricing (offer) == TRESTLE_PRICING_KIND_FREE)
    return g_strdup ("Free");
  upfront = find_term (offer, TRESTLE_TERM_KIND_FIXED_UPFRONT);
  if (upfront != NULL)
    return upfront_hint (upfront);
  inference = trestle_price_table_inference (offer);
  if (inference != NULL)
    {
      text = exact (inference);
      return g_strdup_printf ("%s/request", text);
    }
  each_rate (offer, take_cheaper, &cheapest);
  if (cheapest.least == NULL)
    return NULL;
  if (trestle_money_is_zero (cheapest.least) && !cheapest.several)
    return g_strdup ("Free");
  text = trestle_money_format (cheapest.least, 2);
  return g_strdup_printf (cheapest.several ? "from %s/h" : "%s/h", text);
}

static gboolean
add_type (TrestleTerm *term, TrestleRate *rate, gpointer types)
{
  const char *type = trestle_rate_get_instance_type (rate);
  TrestleUsageMode mode = trestle_rate_get_mode (rate);

  /* Where calls are paid, only batch has prices by instance; it runs on much the same. */
  if (type != NULL && (mode == TRESTLE_USAGE_MODE_REALTIME || mode == TRESTLE_USAGE_MODE_BATCH)
      && !g_ptr_array_find_with_equal_func (types, type, g_str_equal, NULL))
    g_ptr_array_add (types, (gpointer) type);
  return FALSE;
}

static gboolean
has_realtime (TrestleTerm *term, TrestleRate *rate, gpointer data)
{
  return trestle_rate_get_mode (rate) == TRESTLE_USAGE_MODE_REALTIME;
}

static gboolean
add_realtime_type (TrestleTerm *term, TrestleRate *rate, gpointer types)
{
  return trestle_rate_get_mode (rate) == TRESTLE_USAGE_MODE_REALTIME
         && add_type (term, rate, types);
}

/* Whose rows there are: what the package supports where known, else what has a price. */
static GPtrArray *
choose_types (const TrestlePriceInput *input)
{
  GPtrArray *types = g_ptr_array_new ();

  for (guint i = 0; input->supported != NULL && input->supported[i] != NULL; i++)
    g_ptr_array_add (types, (gpointer) input->supported[i]);
  if (types->len == 0)
    each_rate (input->offer,
               each_rate (input->offer, has_realtime, NULL) ? add_realtime_type : add_type, types);
  if (input->recommended != NULL
      && !g_ptr_array_find_with_equal_func (types, input->recommended, g_str_equal, NULL))
    g_ptr_array_add (types, (gpointer) input->recommended);
  return types;
}

static gint64
count_used (GListModel *endpoints, const char *instance_type)
{
  gint64 used = 0;

  for (guint i = 0; endpoints != NULL && i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);
      GListModel *variants = trestle_endpoint_get_variants (endpoint);

      for (guint j = 0; j < g_list_model_get_n_items (variants); j++)
        {
          g_autoptr (TrestleVariant) variant = g_list_model_get_item (variants, j);

          if (g_strcmp0 (trestle_variant_get_instance_type (variant), instance_type) == 0)
            used += trestle_variant_get_desired_count (variant);
        }
    }
  return used;
}

static TrestlePriceRow *
build_row (const TrestlePriceInput *input, const char *type)
{
  TrestleInstancePrice *instance = trestle_prices_find (input->instances, type);
  const TrestleMoney *infrastructure = instance != NULL
                                           ? trestle_instance_price_get_hourly (instance)
                                           : NULL;
  g_autoptr (TrestleMoney) software = trestle_price_table_software (input->offer, type);
  g_autoptr (TrestleMoney) total = NULL;
  gboolean supported = input->supported == NULL || input->supported[0] == NULL
                       || g_strv_contains (input->supported, type);

  if (software != NULL && input->trial)
    {
      TrestleMoney *zero = trestle_money_zero (trestle_money_get_currency (software));

      trestle_money_free (g_steal_pointer (&software));
      software = zero;
    }
  if (software != NULL && infrastructure != NULL)
    total = trestle_money_add (software, infrastructure, NULL);
  return g_object_new (
      TRESTLE_TYPE_PRICE_ROW, "instance-type", type, "software", software, "infrastructure",
      infrastructure, "total", total, "recommended", g_strcmp0 (type, input->recommended) == 0,
      "supported", supported, "quota", trestle_prices_find_quota (input->quotas, type), "used",
      count_used (input->endpoints, type), "vcpu",
      instance != NULL ? trestle_instance_price_get_vcpu (instance) : NULL, "memory",
      instance != NULL ? trestle_instance_price_get_memory (instance) : NULL, NULL);
}

static int
compare_money (const TrestleMoney *a, const TrestleMoney *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  if (g_strcmp0 (trestle_money_get_currency (a), trestle_money_get_currency (b)) != 0)
    return g_strcmp0 (trestle_money_get_currency (a), trestle_money_get_currency (b));
  return trestle_money_compare (a, b);
}

static int
compare_rows (gconstpointer pa, gconstpointer pb, gpointer data)
{
  TrestlePriceRow *a = (gpointer) pa, *b = (gpointer) pb;
  int order = trestle_price_row_get_recommended (b) - trestle_price_row_get_recommended (a);

  if (order == 0)
    order = compare_money (trestle_price_row_get_total (a), trestle_price_row_get_total (b));
  if (order == 0)
    order = compare_money (trestle_price_row_get_software (a), trestle_price_row_get_software (b));
  if (order == 0)
    order = g_strcmp0 (trestle_price_row_get_instance_type (a),
                       trestle_price_row_get_instance_type (b));
  return order;
}

GListModel *
trestle_price_table_build (const TrestlePriceInput *input)
{
  GListStore *rows = g_list_store_new (TRESTLE_TYPE_PRICE_ROW);
  g_autoptr (GPtrArray) types = choose_types (input);

  for (guint i = 0; i < types->len; i++)
    {
      g_autoptr (TrestlePriceRow) row = build_row (input, g_ptr_array_index (types, i));

      g_list_store_append (rows, row);
    }
  g_list_store_sort (rows, compare_rows, NULL);
  return G_LIST_MODEL (rows);
}
