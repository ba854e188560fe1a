/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-change-set-private.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-money.h"
#include "domain/trestle-dimensions.h"
#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* Public offers are in it, and one that says nothing is too. */
#define CURRENCY "USD"

static const char *
currency_of (JsonNode *offer)
{
  const char *currency = trestle_node_text (offer, "CurrencyCode");

  return currency != NULL ? currency : CURRENCY;
}

static gboolean
is_free (JsonNode *offer)
{
  return g_strcmp0 (trestle_node_text (offer, "PricingModel"), "Free") == 0;
}

/* Dimension key → price, as texts of @offer. */
static GHashTable *
index_rates (JsonNode *offer)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *card = trestle_node_member (offer, "RateCard");

  for (guint i = 0; i < trestle_node_length (card); i++)
    {
      JsonNode *rate = trestle_node_element (card, i);
      const char *key = trestle_node_text (rate, "DimensionKey");
      const char *price = trestle_node_text (rate, "Price");

      if (key != NULL && price != NULL)
        g_hash_table_insert (index, (gpointer) key, (gpointer) price);
    }
  return index;
}

/* "1.5" is "1.50". */
static gboolean
same_price (const char *a, const char *b, const char *currency)
{
  g_autoptr (TrestleMoney) one = trestle_money_parse (a, currency, NULL);
  g_autoptr (TrestleMoney) other = trestle_money_parse (b, currency, NULL);

  return one != NULL && other != NULL ? trestle_money_compare (one, other) == 0
                                      : g_str_equal (a, b);
}

static char *
dup_price_words (const char *key, const char *price, const char *currency)
{
  g_autoptr (TrestleMoney) money = trestle_money_parse (price, currency, NULL);
  g_autofree char *amount = money != NULL ? trestle_money_format (money, 2) : g_strdup (price);

  if (trestle_dimension_parse (key, NULL) == TRESTLE_USAGE_MODE_INFERENCE)
    return g_steal_pointer (&amount);
  return g_strdup_printf (_ ("%s/h"), amount);
}

static void
add_rate_words (TrestleChangeBuild *build, GStrvBuilder *words)
{
  g_autoptr (GHashTable) before = index_rates (build->base_offer);
  g_autoptr (GHashTable) now = index_rates (build->offer);
  JsonNode *card = trestle_node_member (build->offer, "RateCard");
  JsonNode *old_card = trestle_node_member (build->base_offer, "RateCard");
  const char *currency = currency_of (build->offer), *was = currency_of (build->base_offer);

  for (guint i = 0; i < trestle_node_length (card); i++)
    {
      JsonNode *rate = trestle_node_element (card, i);
      const char *key = trestle_node_text (rate, "DimensionKey");
      const char *price = trestle_node_text (rate, "Price");
      const char *old = key != NULL ? g_hash_table_lookup (before, key) : NULL;
      g_autofree char *what = NULL, *amount = NULL, *old_amount = NULL;

      if (key == NULL || price == NULL
          || (old != NULL && g_str_equal (currency, was) && same_price (old, price, currency)))
        continue;
      what = trestle_dimension_dup_words (key);
      amount = dup_price_words (key, price, currency);
      if (old == NULL)
        g_strv_builder_take (words,
                             g_strdup_printf (_ ("Set the price of %s to %s"), what, amount));
      else
        {
          old_amount = dup_price_words (key, old, was);
          g_strv_builder_take (words, g_strdup_printf (_ ("Change the price of %s from %s to %s"),
                                                       what, old_amount, amount));
        }
    }
  for (guint i = 0; i < trestle_node_length (old_card); i++)
    {
      const char *key = trestle_node_text (trestle_node_element (old_card, i), "DimensionKey");
      g_autofree char *what = NULL;

      if (key == NULL || g_hash_table_contains (now, key))
        continue;
      what = trestle_dimension_dup_words (key);
      g_strv_builder_take (words, g_strdup_printf (_ ("Remove the price of %s"), what));
    }
}

static void
add_words (TrestleChangeBuild *build, GStrvBuilder *words)
{
  const char *trial = trestle_node_text (build->offer, "FreeTrial");
  const char *old_trial = trestle_node_text (build->base_offer, "FreeTrial");

  if (is_free (build->offer) && !is_free (build->base_offer))
    g_strv_builder_add (words, _ ("Offer the product for free"));
  if (!is_free (build->offer))
    add_rate_words (build, words);
  if (trial != NULL && g_strcmp0 (trial, old_trial) != 0)
    {
      guint days;

      if (trestle_clock_parse_days (trial, &days))
        g_strv_builder_take (
            words, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Give a free trial of %u day",
                                                 "Give a free trial of %u days", days),
                                    days));
      else
        g_strv_builder_take (words, g_strdup_printf (_ ("Give a free trial of %s"), trial));
    }
  if (trial == NULL && old_trial != NULL)
    g_strv_builder_add (words, _ ("No longer give a free trial"));
}

static JsonNode *
usage_term (JsonNode *offer)
{
  JsonObject *term = json_object_new (), *card = json_object_new ();
  JsonArray *cards = json_array_new ();

  json_object_set_string_member (term, "Type", "UsageBasedPricingTerm");
  json_object_set_string_member (term, "CurrencyCode", currency_of (offer));
  json_object_set_member (
      card, "RateCard",
      trestle_change_build_copy (trestle_node_member (offer, "RateCard"), "Offer.RateCard"));
  json_array_add_object_element (cards, card);
  json_object_set_array_member (term, "RateCards", cards);
  return trestle_node_take_object (term);
}

/* Each priced dimension once, and without a quantity: as much as they like. */
static JsonNode *
trial_term (JsonNode *offer, const char *duration)
{
  JsonObject *term = json_object_new ();
  JsonArray *grants = json_array_new ();
  JsonNode *card = trestle_node_member (offer, "RateCard");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  json_object_set_string_member (term, "Type", "FreeTrialPricingTerm");
  json_object_set_string_member (term, "Duration", duration);
  for (guint i = 0; i < trestle_node_length (card); i++)
    {
      const char *key = trestle_node_text (trestle_node_element (card, i), "DimensionKey");
      JsonObject *grant;

      if (key == NULL || !g_hash_table_add (seen, (gpointer) key))
        continue;
      grant = json_object_new ();
      json_object_set_string_member (grant, "DimensionKey", key);
      json_array_add_object_element (grants, grant);
    }
  json_object_set_array_member (term, "Grants", grants);
  return trestle_node_take_object (term);
}

static gboolean
same_rates (JsonNode *offer, JsonNode *before)
{
  g_autoptr (GHashTable) now = index_rates (offer), old = index_rates (before);
  GHashTableIter iter;
  gpointer key, price;

  if (g_hash_table_size (now) != g_hash_table_size (old)
      || !g_str_equal (currency_of (offer), currency_of (before)))
    return FALSE;
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &key, &price))
    {
      const char *was = g_hash_table_lookup (old, key);

      if (was == NULL || !same_price (was, price, currency_of (offer)))
        return FALSE;
    }
  return TRUE;
}

/* UpdatePricingTerms replaces all of an offer's prices, so it carries them all. */
void
trestle_change_build_pricing (TrestleChangeBuild *build)
{
  JsonNode *offer = build->offer, *before = build->base_offer;
  const char *model = trestle_node_text (offer, "PricingModel");
  const char *trial = trestle_node_text (offer, "FreeTrial");
  g_autoptr (GStrvBuilder) words = NULL;
  JsonObject *details;
  JsonArray *terms;

  if (model == NULL || !trestle_node_has (offer, "RateCard"))
    return; /* a free offer may be without; of another one the linter says that prices are missing */
  if (is_free (offer) && build->options->without_free_prices)
    return;
  if (g_strcmp0 (model, trestle_node_text (before, "PricingModel")) == 0
      && g_strcmp0 (trial, trestle_node_text (before, "FreeTrial")) == 0
      && same_rates (offer, before))
    return;
  details = json_object_new ();
  terms = json_array_new ();
  words = g_strv_builder_new ();
  json_object_set_string_member (details, "PricingModel", model);
  json_array_add_element (terms, usage_term (offer));
  if (trial != NULL)
    json_array_add_element (terms, trial_term (offer, trial));
  json_object_set_array_member (details, "Terms", terms);
  add_words (build, words);
  trestle_change_build_add (build, "UpdatePricingTerms", TRUE, trestle_node_take_object (details),
                            g_steal_pointer (&words));
}
