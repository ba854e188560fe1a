/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-books-private.h"

#define YEAR 365

/* What is asked of who comes at @time: the last price of each key. */
static GArray *
rates_at (TrestlePracticeWare *ware, gint64 time)
{
  GArray *rates = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeRate));

  for (guint i = 0; i < ware->rates->len; i++)
    {
      const TrestlePracticeRate *rate = &g_array_index (ware->rates, TrestlePracticeRate, i);
      guint j = 0;

      if (rate->from > time)
        continue;
      while (j < rates->len
             && !g_str_equal (g_array_index (rates, TrestlePracticeRate, j).key, rate->key))
        j++;
      if (j == rates->len)
        g_array_append_val (rates, *rate);
      else
        g_array_index (rates, TrestlePracticeRate, j) = *rate;
    }
  return rates;
}

/* A private offer is a tenth cheaper, in the buyer's money. */
static TrestlePracticeAmount
private_price (TrestlePracticeBooks *self, const char *currency, TrestlePracticeAmount price)
{
  JsonObject *money = get_object (get_object (self->data, "currencies"), currency);
  TrestlePracticeAmount factor = trestle_practice_amount_parse (get_text (money, "factor"));

  price = price / TRESTLE_PRACTICE_MICRO * (factor / TRESTLE_PRACTICE_MICRO) / 10 * 9;
  return trestle_practice_amount_round (
      price,
      json_object_get_int_member (money, "places") == 0 && price >= TRESTLE_PRACTICE_ONE ? 0 : 3);
}

static void
use_dimension (TrestlePracticeBooks *self, TrestlePracticeDeal *deal, const char *key)
{
  g_autoptr (GArray) rates = rates_at (deal->ware, deal->accepted);

  for (guint i = 0; i < rates->len; i++)
    {
      const TrestlePracticeRate *rate = &g_array_index (rates, TrestlePracticeRate, i);
      TrestlePracticeDimension dimension = {
        rate->key, rate->price, trestle_practice_books_dice (self, "pattern", deal->id, i, 3)
      };

      if (!g_str_equal (rate->key, key))
        continue;
      if (deal->bid->buyer != NULL)
        dimension.rate = private_price (self, deal->currency, rate->price);
      g_array_append_val (deal->dimensions, dimension);
    }
}

/* One way of real-time use, batch besides for some; small instances are liked best. */
static void
choose_dimensions (TrestlePracticeBooks *self, TrestlePracticeDeal *deal)
{
  g_autoptr (GArray) rates = rates_at (deal->ware, deal->accepted);
  const char *batch[16];
  const char *live[16];
  guint n_batch = 0, n_live = 0, a, b;

  for (guint i = 0; i < rates->len; i++)
    {
      const char *key = g_array_index (rates, TrestlePracticeRate, i).key;

      if (g_str_has_suffix (key, ".b") && n_batch < G_N_ELEMENTS (batch))
        batch[n_batch++] = key;
      else if (!g_str_has_suffix (key, ".b") && n_live < G_N_ELEMENTS (live))
        live[n_live++] = key;
    }
  if (deal->ware->upfront > 0 && trestle_practice_books_dice (self, "unused", deal->id, 0, 10) < 4)
    return;
  if (n_live > 0)
    {
      a = trestle_practice_books_dice (self, "type", deal->id, 0, n_live);
      b = trestle_practice_books_dice (self, "type", deal->id, 1, n_live);
      use_dimension (self, deal, live[MIN (a, b)]);
    }
  if (n_batch > 0
      && trestle_practice_books_dice (self, "batch", deal->id, 0, 10) < (self->edition > 1 ? 7 : 4))
    use_dimension (self, deal,
                   batch[trestle_practice_books_dice (self, "batch", deal->id, 1, n_batch)]);
}

static TrestlePracticeBid *
choose_bid (TrestlePracticeBooks *self,
            TrestlePracticeWare *ware,
            TrestlePracticeParty *buyer,
            gint64 accepted,
            const TrestlePracticeDeal *preceding)
{
  g_autofree char *of = g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT, ware->id, buyer->number,
                                         accepted);
  g_autofree char *name = g_strdup_printf ("%s for %s", ware->title,
                                           get_text (buyer->object, "company"));
  TrestlePracticeBid *bid;

  if (g_str_equal (buyer->currency, "USD")
      && !json_object_get_boolean_member_with_default (buyer->object, "private", FALSE))
    {
      for (guint i = 0; i < self->bids->len; i++)
        if (((TrestlePracticeBid *) self->bids->pdata[i])->ware == ware
            && ((TrestlePracticeBid *) self->bids->pdata[i])->buyer == NULL)
          return self->bids->pdata[i];
      g_return_val_if_reached (NULL);
    }
  bid = trestle_practice_books_new_bid (
      self, trestle_practice_books_id (self, "offer-", "offer", of, 0, TRESTLE_PRACTICE_LOWER, 13),
      name, ware, buyer, accepted - 6 * TRESTLE_DAY);
  bid->expires = accepted + 24 * TRESTLE_DAY;
  if (preceding != NULL)
    bid->fee = 15;
  return bid;
}

/* Some come to the first product whatever the dice say, so that each currency is there. */
static gboolean
is_regular (TrestlePracticeBooks *self, TrestlePracticeWare *ware, TrestlePracticeParty *buyer)
{
  return ware == self->wares->pdata[0]
         && json_object_get_boolean_member_with_default (buyer->object, "regular", FALSE);
}

/* How it ends: by itself, by the buyer, or not at all. */
static void
set_end (TrestlePracticeBooks *self, TrestlePracticeDeal *deal)
{
  gboolean stays = is_regular (self, deal->ware, deal->buyer);
  guint days = deal->ware->upfront > 0    ? deal->ware->upfront_days
               : deal->bid->buyer != NULL ? YEAR
                                          : 0;

  if (days > 0)
    {
      deal->ends = deal->accepted + days * TRESTLE_DAY;
      deal->status = "EXPIRED";
      deal->value = deal->ware->upfront;
      if (deal->value > 0 && deal->bid->buyer != NULL)
        {
          deal->value = private_price (self, deal->currency, deal->value);
          deal->instalments = deal->value % 4 == 0 ? 4 : 1;
        }
      return;
    }
  if (!stays && deal->trial_ends > 0
      && trestle_practice_books_dice (self, "leaves", deal->id, 0, 10) < 3)
    deal->ends = deal->trial_ends - 5 * TRESTLE_HOUR;
  else if (!stays && trestle_practice_books_dice (self, "leaves", deal->id, 1, 100) < 28)
    deal->ends = deal->accepted
                 + (40 + trestle_practice_books_dice (self, "leaves", deal->id, 2, 360))
                       * TRESTLE_DAY
                 + 3 * TRESTLE_HOUR;
  deal->status = deal->ends > 0 ? "CANCELLED" : NULL;
  deal->reason = deal->ends > 0 ? "BUYER_INITIATED" : NULL;
}

static TrestlePracticeDeal *
new_deal (TrestlePracticeBooks *self,
          TrestlePracticeWare *ware,
          TrestlePracticeParty *buyer,
          gint64 accepted,
          TrestlePracticeDeal *preceding)
{
  TrestlePracticeDeal *deal = trestle_practice_alloc (self, TrestlePracticeDeal);
  g_autofree char *of = g_strdup_printf ("%s/%s", ware->id, buyer->number);

  deal->id = trestle_practice_books_id (self, "agmt-", "agreement", of, accepted,
                                        TRESTLE_PRACTICE_LOWER, 25);
  deal->license = trestle_practice_books_id (self, "l-", "license", deal->id, 0,
                                             TRESTLE_PRACTICE_HEX, 32);
  deal->ware = ware;
  deal->buyer = buyer;
  deal->accepted = accepted;
  deal->preceding = preceding;
  deal->instalments = 1;
  deal->bid = choose_bid (self, ware, buyer, accepted, preceding);
  deal->currency = deal->bid->buyer != NULL ? buyer->currency : "USD";
  deal->dimensions = g_array_new (FALSE, FALSE, sizeof (TrestlePracticeDimension));
  if (ware->trial_days > 0 && deal->bid->buyer == NULL && preceding == NULL
      && trestle_practice_books_dice (self, "trial", deal->id, 0, 10) < 7)
    deal->trial_ends = accepted + ware->trial_days * TRESTLE_DAY;
  set_end (self, deal);
  deal->told = trestle_practice_books_told (accepted);
  deal->told_end = deal->ends > 0 ? trestle_practice_books_told (deal->ends) : 0;
  choose_dimensions (self, deal);
  trestle_practice_books_meet (buyer, accepted, deal->told);
  g_ptr_array_add (self->deals, deal);
  return deal;
}

static void
add_deals (TrestlePracticeBooks *self, TrestlePracticeWare *ware, TrestlePracticeParty *buyer)
{
  gint64 minutes = (self->epoch + 30 * TRESTLE_DAY - ware->since) / TRESTLE_MINUTE;
  gboolean stays = json_object_has_member (buyer->object, "stops") && ware == self->wares->pdata[0];
  TrestlePracticeDeal *deal = NULL;
  gint64 accepted = ware->since
                    + trestle_practice_books_dice (self, ware->id, buyer->number, 1,
                                                   (guint) MAX (1, minutes))
                          * TRESTLE_MINUTE;

  if (stays)
    accepted = ware->since + 100 * TRESTLE_DAY;
  else if (trestle_practice_books_dice (self, ware->id, buyer->number, 0, 100) >= ware->share
           || (ware->ends > 0 && accepted > ware->ends))
    return;
  while (trestle_practice_feed_rows_due (self->rows, trestle_practice_books_told (accepted)))
    {
      deal = new_deal (self, ware, buyer, accepted, deal);
      if (stays && json_object_has_member (buyer->object, "stops"))
        deal->stops = self->epoch
                      - json_object_get_int_member (buyer->object, "stops") * TRESTLE_DAY;
      if (g_strcmp0 (deal->status, "EXPIRED") != 0 || (ware->ends > 0 && deal->ends > ware->ends)
          || (!stays && trestle_practice_books_dice (self, "renews", deal->id, 0, 10) >= 8))
        return;
      accepted = deal->ends;
    }
}

void
trestle_practice_books_add_deals (TrestlePracticeBooks *self)
{
  for (guint i = 0; i < self->wares->len; i++)
    for (guint j = 0; j < self->parties->len; j++)
      if (((TrestlePracticeParty *) self->parties->pdata[j])->size > 0)
        add_deals (self, self->wares->pdata[i], self->parties->pdata[j]);
}
