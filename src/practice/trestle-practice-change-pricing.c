/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "base/trestle-money.h"
#include "practice/trestle-practice-change.h"

#define RISE_DAYS 120
#define TRIAL_MIN_DAYS 5
#define TRIAL_MAX_DAYS 120

#define USAGE "UsageBasedPricingTerm"
#define TRIAL "FreeTrialPricingTerm"
#define UPFRONT "FixedUpfrontPricingTerm"

typedef struct
{
  TrestlePracticeWork *work;
  TrestlePracticeChange *change;
  TrestlePracticeEntity *offer;
  TrestlePracticeEntity *product;
  const char *model;
  JsonArray *rates; /* nullable */
  gboolean private;
} Pricing;

static JsonObject *
find_term (JsonObject *details, const char *type)
{
  JsonArray *terms = get_array (details, "Terms");

  for (guint i = 0; i < array_length (terms); i++)
    {
      JsonObject *term = json_array_get_object_element (terms, i);

      if (g_strcmp0 (get_text (term, "Type"), type) == 0)
        return term;
    }
  return NULL;
}

static JsonArray *
find_rates (JsonObject *details)
{
  JsonObject *term = find_term (details, USAGE);

  return term != NULL ? get_array (json_array_get_object_element (get_array (term, "RateCards"), 0),
                                   "RateCard")
                      : NULL;
}

static gboolean
check_model (Pricing *self)
{
  const char *before = get_text (self->offer->hidden, "PricingModel");

  if (before != NULL && trestle_practice_entity_is_released (self->offer)
      && !g_str_equal (before, self->model))
    trestle_practice_change_error (self->change, "INCOMPATIBLE_PRICING_MODEL",
                                   "PricingModel is %s since the offer's release and cannot become"
                                   " %s.",
                                   before, self->model);
  else if (g_str_equal (self->model, "Byol"))
    trestle_practice_change_error (self->change, "INCOMPATIBLE_PRICING_MODEL",
                                   "PricingModel Byol is not for machine learning products.");
  else if (g_str_equal (self->model, "Contract") && !self->private)
    trestle_practice_change_error (self->change, "INCOMPATIBLE_PRICING_MODEL",
                                   "PricingModel Contract is for private offers alone.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_terms (Pricing *self)
{
  JsonArray *terms = get_array (self->change->details, "Terms");
  const char *needed = g_str_equal (self->model, "Contract") ? UPFRONT : USAGE;
  guint before = json_array_get_length (self->change->errors);

  for (guint i = 0; i < array_length (terms); i++)
    {
      const char *type = get_text (json_array_get_object_element (terms, i), "Type");

      if (!g_str_equal (type, USAGE)
          && !(g_str_equal (type, TRIAL) && g_str_equal (self->model, "Usage"))
          && !(g_str_equal (type, UPFRONT) && g_str_equal (self->model, "Contract")))
        trestle_practice_change_error (self->change, "INCOMPATIBLE_TERMS",
                                       "Terms[%u]: a %s does not go with the pricing model %s.", i,
                                       type, self->model);
      for (guint j = 0; j < i; j++)
        if (g_str_equal (type, get_text (json_array_get_object_element (terms, j), "Type")))
          trestle_practice_change_error (self->change, "DUPLICATE_TERM_TYPES",
                                         "Terms[%u]: there is a second %s.", i, type);
    }
  if (find_term (self->change->details, needed) == NULL)
    trestle_practice_change_error (self->change, "MISSING_MANDATORY_TERMS",
                                   "The pricing model %s needs a %s.", self->model, needed);
  return json_array_get_length (self->change->errors) == before;
}

static void
check_currency (Pricing *self)
{
  static const char *const currencies[] = { "USD", "AUD", "CAD", "EUR", "GBP", "JPY", NULL };
  JsonArray *terms = get_array (self->change->details, "Terms");

  for (guint i = 0; i < array_length (terms); i++)
    {
      const char *code = get_text (json_array_get_object_element (terms, i), "CurrencyCode");

      if (code != NULL
          && (!g_strv_contains (currencies, code)
              || (!self->private && !g_str_equal (code, "USD"))))
        trestle_practice_change_error (self->change, "INVALID_CURRENCY_CODE",
                                       "Terms[%u].CurrencyCode: %s cannot be used%s.", i, code,
                                       self->private ? "" : "; public offers are in USD");
    }
}

static gboolean
is_dimension (Pricing *self, const char *key)
{
  JsonArray *dimensions = get_array (self->product->doc, "Dimensions");

  for (guint i = 0; i < array_length (dimensions); i++)
    if (g_str_equal (get_text (json_array_get_object_element (dimensions, i), "Key"), key))
      return TRUE;
  /* It is the offer that makes it one. */
  return g_str_equal (key, TRESTLE_PRACTICE_INFERENCE);
}

/* All that is metered has a price; where requests are priced, real-time hours need none. */
static void
check_rate_card (Pricing *self)
{
  JsonArray *dimensions = get_array (self->product->doc, "Dimensions");
  JsonArray *old = trestle_practice_entity_prices (self->offer);
  gboolean requests = trestle_practice_find_rate (self->rates, TRESTLE_PRACTICE_INFERENCE) != NULL;

  for (guint i = 0; i < array_length (self->rates); i++)
    {
      JsonObject *rate = json_array_get_object_element (self->rates, i);
      const char *key = get_text (rate, "DimensionKey");

      if (trestle_practice_find_rate (self->rates, key) != rate)
        trestle_practice_change_error (self->change, "DUPLICATE_DIMENSION_KEYS",
                                       "RateCard[%u]: %s is there twice.", i, key);
      else if (!is_dimension (self, key))
        trestle_practice_change_error (self->change, "INVALID_RATE_CARD",
                                       "RateCard[%u]: %s is not a dimension of the product.", i,
                                       key);
    }
  for (guint i = 0; i < array_length (dimensions); i++)
    {
      const char *key = get_text (json_array_get_object_element (dimensions, i), "Key");

      if (trestle_practice_find_rate (self->rates, key) == NULL
          && !(requests && g_str_has_suffix (key, ".m.i.r"))
          && !g_str_equal (key, TRESTLE_PRACTICE_INFERENCE))
        trestle_practice_change_error (self->change, "INVALID_RATE_CARD",
                                       "RateCard: the dimension %s has no price.", key);
    }
  for (guint i = 0; trestle_practice_entity_is_released (self->offer) && i < array_length (old);
       i++)
    {
      const char *key = get_text (json_array_get_object_element (old, i), "DimensionKey");

      if (trestle_practice_find_rate (self->rates, key) == NULL)
        trestle_practice_change_error (self->change, "INVALID_RATE_CARD",
                                       "RateCard: the dimension %s was taken away.", key);
    }
}

static TrestleMoney *
read_price (JsonObject *rate)
{
  g_autofree char *text = g_strdup (get_text (rate, "Price"));

  /* "12." is a price to AWS. */
  if (g_str_has_suffix (text, "."))
    text[strlen (text) - 1] = '\0';
  return trestle_money_parse (text, "USD", NULL);
}

static void
check_free (Pricing *self)
{
  gboolean free = g_str_equal (self->model, "Free");
  guint priced = 0;

  for (guint i = 0; i < array_length (self->rates); i++)
    {
      g_autoptr (TrestleMoney) price = read_price (json_array_get_object_element (self->rates, i));

      priced += price != NULL && !trestle_money_is_zero (price);
    }
  if (free && priced > 0)
    trestle_practice_change_error (self->change, "INCOMPATIBLE_RATES",
                                   "The pricing model Free needs the price 0 everywhere.");
  if (!free && self->rates != NULL && priced == 0)
    trestle_practice_change_error (self->change, "INCOMPATIBLE_RATES",
                                   "The pricing model %s needs a price above 0.", self->model);
}

static void
check_trial (Pricing *self)
{
  JsonObject *term = find_term (self->change->details, TRIAL);
  JsonArray *grants = term != NULL ? get_array (term, "Grants") : NULL;
  gint64 quantity = -1;
  guint days = 0;

  if (term == NULL)
    return;
  if (!trestle_clock_parse_days (get_text (term, "Duration"), &days) || days < TRIAL_MIN_DAYS
      || days > TRIAL_MAX_DAYS)
    trestle_practice_change_error (self->change, "INVALID_DURATION",
                                   "FreeTrialPricingTerm.Duration: %s is not %d to %d days.",
                                   get_text (term, "Duration"), TRIAL_MIN_DAYS, TRIAL_MAX_DAYS);
  for (guint i = 0; i < array_length (grants); i++)
    {
      JsonObject *grant = json_array_get_object_element (grants, i);
      const char *key = get_text (grant, "DimensionKey");
      gint64 most = json_object_get_int_member_with_default (grant, "MaxQuantity", 0);

      if (trestle_practice_find_rate (self->rates, key) == NULL)
        trestle_practice_change_error (self->change, "INVALID_GRANTS",
                                       "Grants[%u]: %s has no rate.", i, key);
      else if (trestle_practice_find_rate (grants, key) != grant)
        trestle_practice_change_error (self->change, "INVALID_GRANTS",
                                       "Grants[%u]: %s is there twice.", i, key);
      else if (quantity >= 0 && most != quantity)
        trestle_practice_change_error (self->change, "INVALID_GRANTS",
                                       "Grants[%u]: MaxQuantity has to be the same for all.", i);
      quantity = most;
    }
  for (guint i = 0; i < array_length (self->rates); i++)
    {
      const char *key = get_text (json_array_get_object_element (self->rates, i), "DimensionKey");

      if (trestle_practice_find_rate (grants, key) == NULL)
        trestle_practice_change_error (self->change, "INVALID_GRANTS",
                                       "Grants: the metered dimension %s is missing.", key);
    }
}

static void
check_upfront (Pricing *self)
{
  JsonObject *term = find_term (self->change->details, UPFRONT);
  JsonArray *grants = term != NULL ? get_array (term, "Grants") : NULL;
  guint days = 0;

  if (term == NULL)
    return;
  if (!trestle_clock_parse_days (get_text (term, "Duration"), &days) || days == 0)
    trestle_practice_change_error (self->change, "INVALID_DURATION",
                                   "FixedUpfrontPricingTerm.Duration: %s cannot be used.",
                                   get_text (term, "Duration"));
  for (guint i = 0; i < array_length (grants); i++)
    {
      const char *key = get_text (json_array_get_object_element (grants, i), "DimensionKey");

      if (!is_dimension (self, key))
        trestle_practice_change_error (self->change, "INVALID_GRANTS",
                                       "Grants[%u]: %s is not a dimension of the product.", i, key);
    }
}

/* A released offer's prices: a rise needs 120 days since the last, and stands alone. */
static void
check_rise (Pricing *self)
{
  JsonArray *old = trestle_practice_entity_prices (self->offer);
  gint64 last = json_object_get_int_member_with_default (self->offer->hidden, "LastRise", 0);
  guint rises = 0, cuts = 0, fresh = 0;

  if (!trestle_practice_entity_is_released (self->offer) || old == NULL)
    return;
  for (guint i = 0; i < array_length (self->rates); i++)
    {
      JsonObject *rate = json_array_get_object_element (self->rates, i);
      JsonObject *before = trestle_practice_find_rate (old, get_text (rate, "DimensionKey"));
      g_autoptr (TrestleMoney) price = read_price (rate);
      g_autoptr (TrestleMoney) was = before != NULL ? read_price (before) : NULL;
      int order = price != NULL && was != NULL ? trestle_money_compare (price, was) : 0;

      fresh += before == NULL;
      rises += order > 0;
      cuts += order < 0;
    }
  if (rises > 0 && cuts > 0)
    trestle_practice_change_error (self->change, "INVALID_PRICE_CHANGE",
                                   "Prices cannot rise and fall in one request.");
  if (rises > 0 && fresh > 0)
    trestle_practice_change_error (self->change, "INVALID_PRICE_CHANGE",
                                   "Prices cannot rise in a request that adds dimensions.");
  if (rises > 0 && last > 0 && self->work->now - last < RISE_DAYS * TRESTLE_DAY)
    {
      g_autofree char *free = trestle_clock_format_iso (last + RISE_DAYS * TRESTLE_DAY);

      trestle_practice_change_error (self->change, "INVALID_PRICE_CHANGE",
                                     "Prices rose less than %d days ago. They can rise again from"
                                     " %s.",
                                     RISE_DAYS, free);
    }
  else if (rises > 0)
    json_object_set_int_member (self->offer->hidden, "LastRise", self->work->now);
}

void
trestle_practice_update_pricing (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  static const char *const types[] = { USAGE, TRIAL, UPFRONT };
  TrestlePracticeEntity *offer = trestle_practice_work_entity (work, change->id);
  TrestlePracticeEntity *product = trestle_practice_work_entity (
      work, get_text (offer->doc, "ProductId"));
  Pricing self = { work,
                   change,
                   offer,
                   product,
                   get_text (change->details, "PricingModel"),
                   NULL,
                   array_length (trestle_practice_entity_get_buyers (offer)) > 0 };

  if (array_length (get_array (product->doc, "Dimensions")) == 0
      || g_str_equal (trestle_practice_entity_get_visibility (product), "Restricted"))
    {
      trestle_practice_change_error (change, "INCOMPATIBLE_PRODUCT",
                                     "Product %s has no dimensions yet, or is Restricted.",
                                     product->id);
      return;
    }
  if (!check_model (&self) || !check_terms (&self))
    return;
  self.rates = find_rates (change->details);
  check_currency (&self);
  if (self.rates != NULL)
    {
      check_rate_card (&self);
      check_free (&self);
      check_rise (&self);
    }
  check_trial (&self);
  check_upfront (&self);

  json_object_set_string_member (offer->hidden, "PricingModel", self.model);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      JsonObject *term = find_term (change->details, types[i]);

      if (term != NULL)
        trestle_practice_put_term (offer, term);
      else
        trestle_practice_drop_term (offer, types[i]);
    }
  if (trestle_practice_find_rate (self.rates, TRESTLE_PRACTICE_INFERENCE) != NULL)
    trestle_practice_add_inference_dimension (product);
}
