/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-books-private.h"
#include "practice/trestle-practice-terms.h"

/* What the practice accounts have bought from the practice seller. */

static TrestlePracticeWare *
ensure_ware (TrestlePracticeBooks *self, const char *product, const TrestlePracticeDeal *deal)
{
  const TrestlePracticeListing *listing = trestle_practice_catalogue_find_product (
      self->world->catalogue, product);
  TrestlePracticeWare *ware = trestle_practice_books_find_ware (self, product);

  if (ware != NULL)
    return ware;
  ware = trestle_practice_books_new_ware (self, product,
                                          listing != NULL ? listing->title : product);
  ware->since = deal->accepted;
  ware->told = deal->told;
  return ware;
}

static TrestlePracticeBid *
ensure_bid (TrestlePracticeBooks *self, const char *offer, const TrestlePracticeDeal *deal)
{
  const TrestlePracticeListing *listing = trestle_practice_catalogue_find_product (
      self->world->catalogue, deal->ware->id);
  gboolean known = trestle_practice_books_find_bid (self, offer) != NULL;
  TrestlePracticeBid *bid = trestle_practice_books_find_bid (self, offer);

  for (guint i = 0; bid == NULL && listing != NULL && i < listing->offers->len; i++)
    {
      const TrestlePracticeOffer *one = listing->offers->pdata[i];

      if (g_str_equal (one->id, offer))
        {
          bid = trestle_practice_books_new_bid (
              self, offer, one->name != NULL ? one->name : deal->ware->title, deal->ware,
              one->buyers != NULL ? deal->buyer : NULL, deal->accepted);
          bid->expires = one->expires;
        }
    }
  if (bid == NULL)
    bid = trestle_practice_books_new_bid (self, offer, deal->ware->title, deal->ware, NULL,
                                          deal->accepted);
  if (!known)
    bid->told = deal->told;
  return bid;
}

static void
read_terms (TrestlePracticeBooks *self, TrestlePracticeDeal *deal, JsonArray *terms)
{
  for (guint i = 0; i < array_length (terms); i++)
    {
      JsonObject *body = NULL;
      const char *kind = trestle_practice_terms_kind (json_array_get_object_element (terms, i),
                                                      &body);
      JsonArray *cards = get_array (body, "rateCards");
      JsonArray *rates = array_length (cards) > 0
                             ? get_array (json_array_get_object_element (cards, 0), "rateCard")
                             : NULL;
      guint days = 0;

      if (get_text (body, "currencyCode") != NULL)
        deal->currency = trestle_practice_books_text (self, get_text (body, "currencyCode"));
      if (g_strcmp0 (kind, "freeTrialPricingTerm") == 0
          && trestle_clock_parse_days (get_text (body, "duration"), &days))
        deal->trial_ends = deal->accepted + days * TRESTLE_DAY;
      for (guint j = 0; j < array_length (rates); j++)
        {
          JsonObject *rate = json_array_get_object_element (rates, j);
          TrestlePracticeDimension dimension = {
            trestle_practice_books_text (self, get_text (rate, "dimensionKey")),
            trestle_practice_amount_parse (get_text (rate, "price")), 0
          };

          g_array_append_val (deal->dimensions, dimension);
        }
    }
}

void
trestle_practice_books_add_real (TrestlePracticeBooks *self)
{
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      self->world->state,
      "SELECT id, account, product, offer, status, terms, value, accepted, ends, license"
      ", told, told_end FROM agreements WHERE proposer = ? AND told > 0 ORDER BY accepted, id",
      "s", self->seller->number);

  while (trestle_practice_next (rows))
    {
      TrestlePracticeDeal *deal = trestle_practice_alloc (self, TrestlePracticeDeal);
      const char *status = trestle_practice_column_text (rows, 4);
      g_autoptr (JsonNode) terms = json_from_string (trestle_practice_column_text (rows, 5), NULL);

      deal->id = trestle_practice_books_text (self, trestle_practice_column_text (rows, 0));
      deal->buyer = trestle_practice_books_find_party (self,
                                                       trestle_practice_column_text (rows, 1));
      deal->accepted = sqlite3_column_int64 (rows, 7);
      deal->currency = "USD";
      deal->value = trestle_practice_amount_parse (trestle_practice_column_text (rows, 6));
      deal->instalments = 1;
      deal->ends = sqlite3_column_int64 (rows, 8);
      deal->status = g_str_equal (status, "ACTIVE") ? NULL
                                                    : trestle_practice_books_text (self, status);
      deal->reason = g_strcmp0 (status, "CANCELLED") == 0 ? "BUYER_INITIATED" : NULL;
      deal->license = trestle_practice_books_text (self, trestle_practice_column_text (rows, 9));
      deal->real = TRUE;
      deal->told = sqlite3_column_int64 (rows, 10);
      deal->told_end = sqlite3_column_int64 (rows, 11);
      deal->dimensions = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeDimension));
      deal->ware = ensure_ware (self, trestle_practice_column_text (rows, 2), deal);
      deal->bid = ensure_bid (self, trestle_practice_column_text (rows, 3), deal);
      read_terms (self, deal, json_node_get_array (terms));
      trestle_practice_books_meet (deal->buyer, deal->accepted, deal->told);
      g_ptr_array_add (self->deals, deal);
    }
}
