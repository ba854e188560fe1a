/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-books-private.h"

#define PAYMENT_DAYS 30

TrestlePracticeEvent *
trestle_practice_books_event (TrestlePracticeBooks *self,
                              const TrestlePracticeEvent *like,
                              const char *salt)
{
  TrestlePracticeEvent *event = trestle_practice_alloc (self, TrestlePracticeEvent);
  g_autofree char *of = g_strdup_printf ("%s/%s/%s/%s", like->invoice != NULL ? like->invoice : "",
                                         like->action, like->type, salt);

  *event = *like;
  event->id = trestle_practice_books_id (self, "", "event", of, like->time, TRESTLE_PRACTICE_HEX,
                                         32);
  if (event->seen == 0)
    event->seen = trestle_practice_books_told (event->time);
  /* What is not told yet may still decide what becomes of other rows. */
  if (trestle_practice_feed_rows_due (self->rows, event->seen))
    g_ptr_array_add (self->events, event);
  return event;
}

/* A row and, once the buyer has paid, the row that says so. */
static TrestlePracticeEvent *
invoice (TrestlePracticeBooks *self,
         TrestlePracticeEvent *like,
         const char *type,
         const TrestlePracticeEvent *parent,
         TrestlePracticeAmount amount,
         gboolean counts,
         const char *salt,
         gboolean forgiven)
{
  TrestlePracticeEvent *event;
  gboolean fee = g_str_has_prefix (type, "AWS_REV");
  TrestlePracticeEvent settled;

  like->action = "INVOICED";
  like->type = type;
  like->parent = parent;
  like->amount = amount;
  like->counts = counts;
  if (fee)
    {
      like->from = self->seller;
      like->to = self->market;
    }
  else
    {
      like->from = like->deal->buyer->payer;
      like->to = g_str_has_prefix (type, "AWS_TAX") ? self->market : self->seller;
    }
  event = trestle_practice_books_event (self, like, salt);
  if (event->settled == 0)
    return event;
  settled = *event;
  settled.action = forgiven ? "FORGIVEN" : "COLLECTED";
  settled.parent = event;
  settled.time = event->settled;
  settled.seen = 0;
  settled.settled = 0;
  trestle_practice_books_event (self, &settled, salt);
  if (forgiven)
    {
      event->forgiven = event->settled;
      event->settled = 0;
    }
  return event;
}

static void
add_tax (TrestlePracticeBooks *self,
         const TrestlePracticeEvent *event,
         JsonArray *rate,
         guint number,
         TrestlePracticeAmount taxable,
         TrestlePracticeAmount nontaxable,
         TrestlePracticeAmount amount)
{
  TrestlePracticeTax tax = { trestle_practice_books_id (self, "", "tax", event->id, number,
                                                        TRESTLE_PRACTICE_HEX, 32),
                             event,
                             event->amount < 0 ? "REFUND" : "AWS",
                             json_array_get_string_element (rate, 0),
                             json_array_get_string_element (rate, 1),
                             json_array_get_string_element (rate, 2),
                             taxable,
                             nontaxable,
                             amount,
                             event->time };

  if (trestle_practice_feed_rows_due (self->rows, event->seen))
    g_array_append_val (self->taxes, tax);
}

/* Taxes on @revenue; where that is below zero they come back. */
static void
add_taxes (TrestlePracticeBooks *self,
           const TrestlePracticeEvent *revenue,
           gint64 settled,
           gboolean forgiven)
{
  TrestlePracticeAmount amount = revenue->amount;
  gboolean back = amount < 0;
  TrestlePracticeParty *buyer = revenue->deal->buyer;
  JsonArray *rates = get_array (buyer->tax, "rates");
  gboolean liable = g_strcmp0 (get_text (buyer->tax, "liable"), "Seller") == 0;
  gboolean exempt = get_text (buyer->object, "exempt") != NULL;
  guint places = revenue->currency == buyer->currency ? buyer->places : 2;
  TrestlePracticeAmount parts[4] = { 0 };
  TrestlePracticeAmount sum = 0;
  const TrestlePracticeEvent *event = revenue;
  TrestlePracticeEvent like = *revenue;

  like.settled = settled;
  for (guint i = 0; !exempt && i < MIN (array_length (rates), G_N_ELEMENTS (parts)); i++)
    {
      const char *rate = json_array_get_string_element (json_array_get_array_element (rates, i), 2);

      parts[i] = trestle_practice_amount_round (
          amount / TRESTLE_PRACTICE_MICRO
              * (trestle_practice_amount_parse (rate) / TRESTLE_PRACTICE_MICRO),
          places);
      sum += parts[i];
    }
  if (sum != 0)
    event = invoice (self, &like,
                     liable ? back ? "SELLER_TAX_SHARE_REFUND" : "SELLER_TAX_SHARE"
                     : back ? "AWS_TAX_SHARE_REFUND"
                            : "AWS_TAX_SHARE",
                     revenue, sum, liable, revenue->id, forgiven);
  for (guint i = 0; i < MIN (array_length (rates), G_N_ELEMENTS (parts)); i++)
    add_tax (self, event, json_array_get_array_element (rates, i), i, exempt ? 0 : amount,
             exempt ? amount : 0, parts[i]);
}

/* The fee with all its places. */
static TrestlePracticeAmount
fee_of (const TrestlePracticeEvent *event, TrestlePracticeAmount amount)
{
  return amount * event->deal->bid->fee / 1000;
}

/* Money back, as a refund that the buyer asked for or as AWS's credit, some days after it was paid. */
static void
give_back (TrestlePracticeBooks *self,
           const TrestlePracticeEvent *revenue,
           TrestlePracticeAmount amount,
           gboolean credit)
{
  TrestlePracticeEvent like = *revenue;
  TrestlePracticeEvent *event;

  like.time = revenue->settled + 4 * TRESTLE_DAY + 2 * TRESTLE_HOUR;
  like.seen = 0;
  like.settled = like.time;
  like.invoiced = like.time;
  like.due = 0;
  like.invoice = trestle_practice_books_id (self, "", "credit memo", revenue->id, 0, "0123456789",
                                            10);
  event = invoice (self, &like, credit ? "SELLER_REV_SHARE_CREDIT" : "SELLER_REV_SHARE_REFUND",
                   revenue, -amount, TRUE, revenue->id, FALSE);
  invoice (self, &like, credit ? "AWS_REV_SHARE_CREDIT" : "AWS_REV_SHARE_REFUND", event,
           fee_of (event, amount), TRUE, revenue->id, FALSE);
  if (!credit)
    add_taxes (self, event, event->settled, FALSE);
}

/* Most pay in time, some late, some never: then AWS forgives it in the end. */
static gint64
find_settled (TrestlePracticeBooks *self,
              const TrestlePracticeEvent *invoice,
              gboolean real,
              gboolean *forgiven)
{
  guint luck = trestle_practice_books_dice (self, "pays", invoice->invoice, 0, 100);
  guint days = trestle_practice_books_dice (self, "pays", invoice->invoice, 1, 1000);
  gint64 day;

  *forgiven = FALSE;
  if (real)
    return trestle_practice_books_told (invoice->seen);
  if (luck < 80)
    day = invoice->due - (1 + days % 24) * TRESTLE_DAY;
  else if (luck < 91)
    day = invoice->due + (3 + days % 36) * TRESTLE_DAY;
  else
    {
      *forgiven = luck >= 96;
      day = invoice->due + (70 + days % 60) * TRESTLE_DAY;
    }
  return day + 4 * TRESTLE_HOUR;
}

/* An account has one invoice for each currency and day. */
static const char *
invoice_number (TrestlePracticeBooks *self, const TrestlePracticeCharge *charge)
{
  TrestlePracticeParty *payer = charge->deal->buyer->payer;
  g_autofree char *of = g_strconcat (payer->number, charge->deal->currency, NULL);

  return trestle_practice_books_id (self, "", "invoice", of,
                                    charge->seen != 0 ? charge->seen : charge->at / TRESTLE_DAY,
                                    "0123456789", 10);
}

void
trestle_practice_books_charge (TrestlePracticeBooks *self, const TrestlePracticeCharge *charge)
{
  TrestlePracticeDeal *deal = charge->deal;
  g_autofree char *salt = g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT, deal->id,
                                           charge->dimension != NULL ? charge->dimension : "",
                                           charge->from);
  TrestlePracticeEvent like = { .deal = deal,
                                .dimension = charge->dimension,
                                .currency = deal->currency,
                                .invoice = invoice_number (self, charge),
                                .broker = deal->buyer->payer->broker,
                                .time = charge->at,
                                .seen = charge->seen,
                                .invoiced = charge->at,
                                .due = charge->at + PAYMENT_DAYS * TRESTLE_DAY,
                                .usage_from = charge->from,
                                .usage_to = charge->to };
  TrestlePracticeEvent *revenue, *fee;
  gboolean forgiven = FALSE;
  guint luck;

  if (like.seen == 0)
    like.seen = trestle_practice_books_told (charge->at);
  like.settled = find_settled (self, &like, deal->real, &forgiven);
  revenue = invoice (self, &like, "SELLER_REV_SHARE", NULL, charge->amount, TRUE, salt, forgiven);
  fee = invoice (self, &like, "AWS_REV_SHARE", revenue, -fee_of (revenue, charge->amount), TRUE,
                 salt, forgiven);
  g_assert (fee->amount * 1000 == -charge->amount * deal->bid->fee || deal->real);
  add_taxes (self, revenue, like.settled, forgiven);
  luck = trestle_practice_books_dice (self, "back", revenue->id, 0, 100);
  if (deal->real || revenue->settled == 0 || luck > 4)
    return;
  give_back (self, revenue,
             luck < 2 || deal->bid->fee < 30 ? charge->amount
                                             : charge->amount / (luck < 4 ? 2 : 10),
             luck == 4);
}
