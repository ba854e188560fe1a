/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-shop-parts.h"

#include "base/trestle-money.h"
#include "practice/trestle-practice-keep.h"

static JsonObject *
find_typed (JsonArray *array, const char *type)
{
  for (guint i = 0; i < array_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      if (g_strcmp0 (get_text (object, "Type"), type) == 0)
        return object;
    }
  return NULL;
}

static JsonObject *
get_targeting (JsonObject *offer)
{
  return get_object (find_typed (get_array (offer, "Rules"), "TargetingRule"), "PositiveTargeting");
}

static JsonArray *
get_buyers (JsonObject *offer)
{
  return get_array (get_targeting (offer), "BuyerAccounts");
}

static gboolean
is_released (JsonObject *offer)
{
  return g_strcmp0 (get_text (offer, "State"), "Released") == 0;
}

gboolean
trestle_practice_shop_is_public (JsonObject *offer)
{
  return is_released (offer) && array_length (get_buyers (offer)) == 0;
}

gboolean
trestle_practice_shop_is_private (JsonObject *offer)
{
  return is_released (offer) && array_length (get_buyers (offer)) > 0;
}

static JsonObject *
find_dimension (JsonArray *dimensions, const char *key)
{
  for (guint i = 0; i < array_length (dimensions); i++)
    {
      JsonObject *dimension = json_array_get_object_element (dimensions, i);

      if (g_strcmp0 (get_text (dimension, "Key"), key) == 0)
        return dimension;
    }
  return NULL;
}

static void
put_rate (JsonBuilder *out, JsonArray *dimensions, const char *key, const char *price)
{
  JsonObject *dimension = find_dimension (dimensions, key);
  const char *name = get_text (dimension, "Name");
  const char *unit = get_text (dimension, "Unit");

  open_object (out, NULL);
  put_text (out, "key", key);
  put_text (out, "name", name != NULL ? name : key);
  put_text (out, "description", get_text (dimension, "Description"));
  put_text (out, "unit", unit != NULL ? unit : "Units");
  put_text (out, "price", price);
  close_object (out);
}

static JsonArray *
get_rate_card (JsonObject *usage)
{
  JsonArray *cards = get_array (usage, "RateCards");

  return array_length (cards) > 0 ? get_array (json_array_get_object_element (cards, 0), "RateCard")
                                  : NULL;
}

/* Per inference where inferences cost something; free where nothing does. */
static const char *
choose_model (JsonArray *card)
{
  gboolean costs = FALSE;

  for (guint i = 0; i < array_length (card); i++)
    {
      JsonObject *rate = json_array_get_object_element (card, i);
      const char *key = get_text (rate, "DimensionKey");
      const char *text = get_text (rate, "Price");
      g_autoptr (TrestleMoney) price = text != NULL ? trestle_money_parse (text, "USD", NULL)
                                                    : NULL;

      if (price == NULL || trestle_money_is_zero (price))
        continue;
      if (key != NULL && g_str_has_suffix (key, "m.i.c"))
        return "per-inference";
      costs = TRUE;
    }
  return costs ? "hourly" : "free";
}

static void
put_rates (JsonBuilder *out, JsonObject *usage, JsonObject *upfront, JsonArray *dimensions)
{
  JsonArray *card = get_rate_card (usage);
  JsonArray *grants = get_array (upfront, "Grants");

  open_array (out, "rates");
  for (guint i = 0; i < array_length (card); i++)
    {
      JsonObject *rate = json_array_get_object_element (card, i);

      put_rate (out, dimensions, get_text (rate, "DimensionKey"), get_text (rate, "Price"));
    }
  for (guint i = 0; card == NULL && i < array_length (grants); i++)
    put_rate (out, dimensions, get_text (json_array_get_object_element (grants, i), "DimensionKey"),
              "0.00");
  /* A free offer may have been released without a word about prices. */
  for (guint i = 0; card == NULL && grants == NULL && i < array_length (dimensions); i++)
    put_rate (out, dimensions, get_text (json_array_get_object_element (dimensions, i), "Key"),
              "0.00");
  close_array (out);
}

static void
put_pricing (JsonBuilder *out, JsonArray *terms, JsonArray *dimensions)
{
  JsonObject *usage = find_typed (terms, "UsageBasedPricingTerm");
  JsonObject *upfront = find_typed (terms, "FixedUpfrontPricingTerm");
  const char *currency = get_text (usage != NULL ? usage : upfront, "CurrencyCode");

  open_object (out, "pricing");
  put_text (out, "model", upfront != NULL ? "contract" : choose_model (get_rate_card (usage)));
  put_text (out, "currency", currency != NULL ? currency : "USD");
  put_rates (out, usage, upfront, dimensions);
  if (upfront != NULL)
    {
      open_object (out, "upfront");
      put_text (out, "price", get_text (upfront, "Price"));
      put_text (out, "duration", get_text (upfront, "Duration"));
      close_object (out);
    }
  close_object (out);
}

static void
put_eula (TrestlePracticeWorld *world, JsonBuilder *out, JsonArray *terms)
{
  JsonArray *documents = get_array (find_typed (terms, "LegalTerm"), "Documents");
  JsonObject *document = array_length (documents) > 0 ? json_array_get_object_element (documents, 0)
                                                      : NULL;
  const char *url = get_text (document, "Url");
  gboolean custom = g_strcmp0 (get_text (document, "Type"), "CustomEula") == 0 && url != NULL;

  open_object (out, "eula");
  put_text (out, "type", custom ? "custom" : "standard");
  if (custom)
    {
      g_autofree char *path = trestle_practice_keep_dup_path (world->state, url);

      put_text (out, "url", path);
    }
  else
    {
      put_text (out, "file", "standard.txt");
      put_text (out, "version", get_text (document, "Version"));
    }
  close_object (out);
}

/* The offer can be accepted until the end of its last day. */
static gint64
get_expiry (JsonObject *offer)
{
  JsonObject *rule = find_typed (get_array (offer, "Rules"), "AvailabilityRule");
  const char *date = get_text (rule, "AvailabilityEndDate");
  g_autofree char *text = date != NULL ? g_strdup_printf ("%.10sT23:59:59Z", date) : NULL;
  gint64 time = 0;

  return text != NULL && trestle_clock_parse (text, &time) ? time : 0;
}

void
trestle_practice_shop_put_offer (TrestlePracticeWorld *world,
                                 JsonBuilder *out,
                                 JsonObject *offer,
                                 JsonArray *dimensions)
{
  JsonArray *terms = get_array (offer, "Terms");
  JsonObject *validity = find_typed (terms, "ValidityTerm");
  const char *trial = get_text (find_typed (terms, "FreeTrialPricingTerm"), "Duration");
  gboolean private = trestle_practice_shop_is_private (offer);
  guint days = 0;

  put_text (out, "offer_id", get_text (offer, "Id"));
  put_text (out, private ? "name" : "offer_name", get_text (offer, "Name"));
  if (private)
    put_node (out, "buyers", json_object_get_member (get_targeting (offer), "BuyerAccounts"));
  if (get_expiry (offer) != 0)
    put_int (out, "expires", get_expiry (offer));
  put_pricing (out, terms, dimensions);
  if (trial != NULL && trestle_clock_parse_days (trial, &days))
    put_int (out, "free_trial", days);
  put_text (out, "refund_policy", get_text (find_typed (terms, "SupportTerm"), "RefundPolicy"));
  put_eula (world, out, terms);
  put_text (out, "duration", get_text (validity, "AgreementDuration"));
}
