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

/* What an offer costs: of @build's own what is sent of it. */
typedef struct
{
  const char *model;
  const char *trial;
  const char *currency;
  JsonNode *card;
} Terms;

static Terms
terms_of (JsonNode *offer)
{
  return (Terms) { trestle_node_text (offer, "PricingModel"),
                   trestle_node_text (offer, "FreeTrial"), currency_of (offer),
                   trestle_node_member (offer, "RateCard") };
}

static gboolean
is_free (const Terms *terms)
{
  return g_strcmp0 (terms->model, "Free") == 0;
}

/* Dimension key → price, as texts of @card. */
static GHashTable *
index_rates (JsonNode *card)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

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

char *
trestle_change_build_dup_price_words (const char *key, const char *price, const char *currency)
{
  g_autofree char *what = trestle_dimension_dup_words (key);
  g_autofree char *amount = dup_price_words (key, price, currency != NULL ? currency : CURRENCY);

  return g_strdup_printf (_ ("Set the price of %s to %s"), what, amount);
}

static void
add_rate_words (const Terms *terms, const Terms *base, GStrvBuilder *words)
{
  g_autoptr (GHashTable) before = index_rates (base->card);
  g_autoptr (GHashTable) now = index_rates (terms->card);

  for (guint i = 0; i < trestle_node_length (terms->card); i++)
    {
      JsonNode *rate = trestle_node_element (terms->card, i);
      const char *key = trestle_node_text (rate, "DimensionKey");
      const char *price = trestle_node_text (rate, "Price");
      const char *old = key != NULL ? g_hash_table_lookup (before, key) : NULL;
      g_autofree char *what = NULL, *amount = NULL, *old_amount = NULL;

      if (key == NULL || price == NULL
          || (old != NULL && g_str_equal (terms->currency, base->currency)
              && same_price (old, price, terms->currency)))
        continue;
      if (old == NULL)
        {
          g_strv_builder_take (words,
                               trestle_change_build_dup_price_words (key, price, terms->currency));
          continue;
        }
      what = trestle_dimension_dup_words (key);
      amount = dup_price_words (key, price, terms->currency);
      old_amount = dup_price_words (key, old, base->currency);
      g_strv_builder_take (words, g_strdup_printf (_ ("Change the price of %s from %s to %s"), what,
                                                   old_amount, amount));
    }
  for (guint i = 0; i < trestle_node_length (base->card); i++)
    {
      const char *key = trestle_node_text (trestle_node_element (base->card, i), "DimensionKey");
      g_autofree char *what = NULL;

      if (key == NULL || g_hash_table_contains (now, key))
        continue;
      what = trestle_dimension_dup_words (key);
      g_strv_builder_take (words, g_strdup_printf (_ ("Remove the price of %s"), what));
    }
}

static void
add_words (const Terms *terms, const Terms *base, GStrvBuilder *words)
{
  if (is_free (terms) && !is_free (base))
    g_strv_builder_add (words, _ ("Offer the product for free"));
  if (!is_free (terms))
    add_rate_words (terms, base, words);
  if (terms->trial != NULL && g_strcmp0 (terms->trial, base->trial) != 0)
    {
      guint days;

      if (trestle_clock_parse_days (terms->trial, &days))
        g_strv_builder_take (
            words, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Give a free trial of %u day",
                                                 "Give a free trial of %u days", days),
                                    days));
      else
        g_strv_builder_take (words, g_strdup_printf (_ ("Give a free trial of %s"), terms->trial));
    }
  if (terms->trial == NULL && base->trial != NULL)
    g_strv_builder_add (words, _ ("No longer give a free trial"));
}

static JsonNode *
usage_term (const Terms *terms)
{
  JsonObject *term = json_object_new (), *card = json_object_new ();
  JsonArray *cards = json_array_new ();

  json_object_set_string_member (term, "Type", "UsageBasedPricingTerm");
  json_object_set_string_member (term, "CurrencyCode", terms->currency);
  json_object_set_member (card, "RateCard",
                          trestle_change_build_copy (terms->card, "Offer.RateCard"));
  json_array_add_object_element (cards, card);
  json_object_set_array_member (term, "RateCards", cards);
  return trestle_node_take_object (term);
}

/* Each priced dimension once, and without a quantity: as much as they like. */
static JsonNode *
trial_term (const Terms *terms)
{
  JsonObject *term = json_object_new ();
  JsonArray *grants = json_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  json_object_set_string_member (term, "Type", "FreeTrialPricingTerm");
  json_object_set_string_member (term, "Duration", terms->trial);
  for (guint i = 0; i < trestle_node_length (terms->card); i++)
    {
      const char *key = trestle_node_text (trestle_node_element (terms->card, i), "DimensionKey");
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
same_rates (const Terms *terms, const Terms *base)
{
  g_autoptr (GHashTable) now = index_rates (terms->card), old = index_rates (base->card);
  GHashTableIter iter;
  gpointer key, price;

  if (g_hash_table_size (now) != g_hash_table_size (old)
      || !g_str_equal (terms->currency, base->currency))
    return FALSE;
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &key, &price))
    {
      const char *was = g_hash_table_lookup (old, key);

      if (was == NULL || !same_price (was, price, terms->currency))
        return FALSE;
    }
  return TRUE;
}

/* UpdatePricingTerms replaces all of an offer's prices, so it carries them all. */
void
trestle_change_build_pricing (TrestleChangeBuild *build)
{
  Terms terms = terms_of (build->offer), base = terms_of (build->base_offer);
  g_autoptr (JsonNode) card = NULL;
  g_autoptr (GStrvBuilder) words = NULL;
  JsonObject *details;
  JsonArray *list;

  if (terms.model == NULL || !trestle_node_has (build->offer, "RateCard"))
    return; /* a free offer may be without; of another one the linter says that prices are missing */
  if (is_free (&terms) && build->options->without_free_prices)
    return;
  terms.card = card = trestle_change_build_dup_rates (build);
  if (trestle_node_length (card) == 0)
    return; /* all of them come with a later version */
  if (g_strcmp0 (terms.model, base.model) == 0 && g_strcmp0 (terms.trial, base.trial) == 0
      && same_rates (&terms, &base))
    return;
  details = json_object_new ();
  list = json_array_new ();
  words = g_strv_builder_new ();
  json_object_set_string_member (details, "PricingModel", terms.model);
  json_array_add_element (list, usage_term (&terms));
  if (terms.trial != NULL)
    json_array_add_element (list, trial_term (&terms));
  json_object_set_array_member (details, "Terms", list);
  add_words (&terms, &base, words);
  trestle_change_build_add (build, "UpdatePricingTerms", TRUE, trestle_node_take_object (details),
                            g_steal_pointer (&words));
}
