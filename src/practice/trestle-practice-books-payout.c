/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-books-private.h"

/* The seller is paid at the seventh what was collected by the fifth. */
#define PAID (6 * TRESTLE_DAY + 9 * TRESTLE_HOUR)
#define COLLECTED_BY (5 * TRESTLE_DAY)
#define FAILED (3 * TRESTLE_DAY)
#define TRACED (2 * TRESTLE_DAY)

/* AWS takes back what an old invoice had too much. */
static void
adjust (TrestlePracticeBooks *self)
{
  TrestlePracticeEvent like = { .action = "INVOICED",
                                .type = "BALANCE_ADJUSTMENT",
                                .from = self->seller,
                                .to = self->market,
                                .amount = -trestle_practice_amount_parse ("12.50"),
                                .currency = "USD",
                                .broker = "AWS_INC",
                                .counts = TRUE };

  like.time = trestle_practice_books_month (self->first, 10) + 15 * TRESTLE_DAY;
  like.invoiced = like.time;
  like.settled = like.time;
  trestle_practice_books_event (self, &like, "adjustment");
}

/* Twice the bank sent it back: once in dollars, long ago, and the last time in euros. */
static gboolean
comes_back (TrestlePracticeBooks *self, const char *currency, gint64 time)
{
  gint64 last = trestle_practice_books_month (self->epoch, 0) + PAID;

  if (last > self->epoch - FAILED - TRESTLE_DAY)
    last = trestle_practice_books_month (self->epoch, -1) + PAID;
  if (g_str_equal (currency, "EUR"))
    return time == last;
  return g_str_equal (currency, "USD")
         && time == trestle_practice_books_month (self->first, 15) + PAID;
}

static void
fail_payout (TrestlePracticeBooks *self, TrestlePracticeEvent *payout, GPtrArray *paid)
{
  TrestlePracticeEvent like = *payout;

  like.type = "DISBURSEMENT_FAILURE";
  like.parent = payout;
  like.amount = -payout->amount;
  like.from = self->seller;
  like.to = self->market;
  like.time = payout->time + FAILED;
  like.seen = 0;
  payout->trace = NULL;
  trestle_practice_books_event (self, &like, payout->id);
  for (guint i = 0; i < paid->len; i++)
    ((TrestlePracticeEvent *) paid->pdata[i])->payout = NULL;
}

static void
pay (TrestlePracticeBooks *self, const char *currency, gint64 month)
{
  g_autoptr (GPtrArray) paid = g_ptr_array_new ();
  TrestlePracticeEvent like = { .action = "DISBURSED",
                                .type = "DISBURSEMENT",
                                .from = self->market,
                                .to = self->seller,
                                .currency = currency,
                                .broker = "AWS_INC",
                                .time = month + PAID,
                                .invoiced = month + PAID,
                                .counts = TRUE };
  TrestlePracticeEvent *payout;

  for (guint i = 0; i < self->events->len; i++)
    {
      TrestlePracticeEvent *event = self->events->pdata[i];

      if (!event->counts || !g_str_equal (event->action, "INVOICED") || event->payout != NULL
          || event->settled == 0 || event->settled > month + COLLECTED_BY
          || !g_str_equal (event->currency, currency))
        continue;
      like.amount += event->amount;
      g_ptr_array_add (paid, event);
    }
  if (like.amount <= 0)
    return;
  payout = trestle_practice_books_event (self, &like, currency);
  payout->trace = trestle_practice_books_id (self, "", "bank", payout->id, 0, "0123456789", 15);
  for (guint i = 0; i < paid->len; i++)
    {
      TrestlePracticeEvent *event = paid->pdata[i];
      TrestlePracticeEvent part = *event;

      event->payout = payout;
      part.action = "DISBURSED";
      part.parent = event;
      part.payout = payout;
      part.amount = -event->amount;
      part.time = like.time;
      part.seen = 0;
      part.settled = 0;
      trestle_practice_books_event (self, &part, event->id);
    }
  if (comes_back (self, currency, like.time))
    fail_payout (self, payout, paid);
}

void
trestle_practice_books_pay_out (TrestlePracticeBooks *self)
{
  static const char *const currencies[] = { "USD", "EUR", "GBP", "JPY", "AUD" };

  adjust (self);
  for (gint64 month = self->first;
       trestle_practice_feed_rows_due (self->rows, trestle_practice_books_told (month + PAID));
       month = trestle_practice_books_month (month, 1))
    for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
      pay (self, currencies[i], month);
}

static void
tell_event (TrestlePracticeBooks *self, const TrestlePracticeEvent *event)
{
  gboolean seller_side = g_str_has_prefix (event->type, "SELLER_");
  gboolean payout = g_str_has_prefix (event->type, "DISBURSEMENT");
  TrestlePracticeFeedTimes times = { .from = event->time, .updated = event->seen };
  g_autofree char *time = trestle_clock_format_iso (event->time);
  g_autofree char *invoiced = trestle_clock_format_iso (event->invoiced);
  g_autofree char *due = event->due != 0 ? trestle_clock_format_iso (event->due) : NULL;
  g_autofree char *from = event->usage_from != 0 ? trestle_clock_format_iso (event->usage_from)
                                                 : NULL;
  g_autofree char *to = event->usage_to != 0 ? trestle_clock_format_iso (event->usage_to) : NULL;
  const char *reference = event->invoice != NULL
                              ? trestle_practice_books_id (self, "", "reference", event->invoice, 0,
                                                           TRESTLE_PRACTICE_HEX, 32)
                              : NULL;
  const char *line = event->deal != NULL && event->parent == NULL ? event->id
                     : event->parent != NULL                      ? event->parent->id
                                                                  : NULL;
  char amount[48];
  const char *text = trestle_practice_amount_print (event->amount, 2, amount);
  const char *values[] = {
    event->id,
    event->from->id,
    event->to->id,
    event->deal != NULL ? event->deal->buyer->id : NULL,
    event->deal != NULL ? event->deal->ware->id : NULL,
    event->action,
    event->type,
    event->parent != NULL ? event->parent->id : NULL,
    event->payout != NULL && g_str_equal (event->action, "DISBURSED") ? event->payout->id : NULL,
    text,
    event->currency,
    payout ? text : NULL,
    payout ? event->currency : NULL,
    event->counts ? "1" : "0",
    invoiced,
    due,
    from,
    to,
    event->invoice,
    seller_side ? event->from->address : NULL,
    reference,
    NULL,
    event->broker,
    NULL,
    time,
    self->seller->id,
    event->deal != NULL ? event->deal->bid->id : NULL,
    seller_side ? invoiced : NULL,
    line != NULL ? trestle_practice_books_id (self, "", "line", line, 0, "0123456789", 12) : NULL,
    NULL,
    NULL,
    NULL,
  };

  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_BILLING, &times, values);
  if (event->trace == NULL)
    return;
  /* The bank's number comes when the money has arrived. */
  times.inserted = times.updated;
  times.updated = trestle_practice_books_told (event->time + TRACED);
  values[21] = event->trace;
  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_BILLING, &times, values);
}

static void
tell_tax (TrestlePracticeBooks *self, const TrestlePracticeTax *tax)
{
  const TrestlePracticeEvent *event = tax->event;
  const TrestlePracticeParty *buyer = event->deal->buyer;
  JsonObject *object = buyer->object;
  TrestlePracticeFeedTimes times = { .from = tax->time, .updated = event->seen };
  g_autofree char *invoiced = trestle_clock_format_iso (event->invoiced);
  gboolean exempt = tax->nontaxable != 0;
  char taxable[48], nontaxable[48], amount[48];
  const char *text = trestle_practice_amount_print (tax->amount, 2, amount);
  const char *values[] = {
    tax->id,
    event->invoice,
    trestle_practice_books_id (self, "", "line", event->id, 0, "0123456789", 12),
    event->invoice,
    get_text (buyer->tax, "liable"),
    tax->kind,
    event->deal->ware->id,
    "AWSMP_SOFTWARE_RA",
    invoiced,
    buyer->id,
    get_text (object, "country"),
    get_text (object, "state"),
    get_text (object, "city"),
    get_text (object, "postal_code"),
    tax->place,
    get_text (buyer->tax, "type"),
    tax->level,
    tax->place,
    "Net",
    trestle_practice_amount_print (tax->taxable, 2, taxable),
    trestle_practice_amount_print (tax->nontaxable, 2, nontaxable),
    tax->rate,
    text,
    event->currency,
    exempt ? "Exempt" : "Taxable",
    invoiced,
    exempt ? "EX-4471-0092" : NULL,
    exempt ? "AWS" : NULL,
    exempt ? "State" : NULL,
    exempt ? get_text (object, "exempt") : NULL,
    exempt ? "MARKETPLACE" : NULL,
    trestle_practice_books_id (self, "", "reference", event->invoice, 0, TRESTLE_PRACTICE_HEX, 32),
    text,
    event->currency,
    event->invoice,
    invoiced,
  };

  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_TAX, &times, values);
}

void
trestle_practice_books_tell_events (TrestlePracticeBooks *self)
{
  for (guint i = 0; i < self->events->len; i++)
    tell_event (self, self->events->pdata[i]);
  for (guint i = 0; i < self->taxes->len; i++)
    tell_tax (self, &g_array_index (self->taxes, TrestlePracticeTax, i));
}
