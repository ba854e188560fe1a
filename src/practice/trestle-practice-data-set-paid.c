/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-books-private.h"
#include "practice/trestle-practice-data-set.h"

static const char *const currencies[] = { "USD", "EUR", "GBP", "JPY", "AUD" };

static gboolean
is_paid (const TrestlePracticeSheet *sheet, const TrestlePracticeEvent *event, gint64 now)
{
  return event->counts && event->payout != NULL
         && trestle_practice_sheet_has (sheet, event->payout->time);
}

void
trestle_practice_write_paid (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  g_autoptr (GArray) bills = trestle_practice_bills_new (books, sheet, is_paid);

  for (guint i = 0; i < bills->len; i++)
    {
      const TrestlePracticeBill *bill = &g_array_index (bills, TrestlePracticeBill, i);
      const TrestlePracticeDeal *deal = bill->event->deal;

      trestle_practice_sheet_product (sheet, deal->ware);
      trestle_practice_sheet_amount (sheet, bill->revenue);
      trestle_practice_sheet_amount (sheet, bill->fee);
      trestle_practice_sheet_amount (sheet, bill->refund);
      trestle_practice_sheet_amount (sheet, bill->fee_refund);
      trestle_practice_sheet_amount (sheet, bill->credit);
      trestle_practice_sheet_amount (sheet, bill->fee_credit);
      trestle_practice_sheet_amount (sheet, trestle_practice_bill_net (bill));
      trestle_practice_sheet_text (sheet, trestle_practice_books_id (books, "", "reference",
                                                                     bill->event->invoice, 0,
                                                                     TRESTLE_PRACTICE_HEX, 32));
      trestle_practice_sheet_amount (sheet, bill->tax);
      trestle_practice_sheet_amount (sheet, bill->tax_refund);
      trestle_practice_sheet_customer (sheet, deal->buyer);
      trestle_practice_sheet_solution (sheet);
      trestle_practice_sheet_payer (sheet, deal->buyer);
      trestle_practice_sheet_text (sheet, bill->event->currency);
      trestle_practice_sheet_end (sheet);
    }
}

/* The usage behind a line of an invoice. */
static TrestlePracticeAmount
hours_of (const TrestlePracticeBooks *books,
          const TrestlePracticeEvent *event,
          TrestlePracticeAmount *rate)
{
  TrestlePracticeAmount hours = 0;

  for (guint i = 0; i < books->usage->len; i++)
    {
      const TrestlePracticeUsage *usage = &g_array_index (books->usage, TrestlePracticeUsage, i);

      if (usage->deal != event->deal || usage->day < event->usage_from
          || usage->day > event->usage_to || usage->rate == 0
          || !g_str_equal (usage->dimension, event->dimension))
        continue;
      hours += usage->quantity;
      *rate = usage->rate;
    }
  return hours;
}

void
trestle_practice_write_paid_hours (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  for (guint i = 0; i < books->events->len; i++)
    {
      const TrestlePracticeEvent *event = books->events->pdata[i];
      TrestlePracticeAmount rate = 0;
      TrestlePracticeAmount hours;
      char text[48];

      if (event->dimension == NULL || g_str_has_suffix (event->dimension, ".c")
          || !g_str_equal (event->action, "INVOICED")
          || !g_str_equal (event->type, "SELLER_REV_SHARE") || !is_paid (sheet, event, books->now))
        continue;
      hours = hours_of (books, event, &rate);
      trestle_practice_sheet_product (sheet, event->deal->ware);
      trestle_practice_sheet_text (sheet, event->dimension);
      trestle_practice_sheet_amount (sheet, rate);
      trestle_practice_sheet_count (sheet, 1);
      trestle_practice_sheet_text (sheet, trestle_practice_amount_print (hours, 0, text));
      trestle_practice_sheet_solution (sheet);
      trestle_practice_sheet_text (sheet, event->currency);
      trestle_practice_sheet_end (sheet);
    }
}

typedef struct
{
  const TrestlePracticeParty *buyer;
  TrestlePracticeAmount gross;
  TrestlePracticeAmount net;
  TrestlePracticeAmount tax;
  TrestlePracticeAmount tax_refund;
} Place;

static void
write_place (const TrestlePracticeEvent *payout, TrestlePracticeSheet *sheet, const Place *place)
{
  trestle_practice_sheet_text (sheet, payout->id);
  trestle_practice_sheet_date (sheet, sheet->from);
  trestle_practice_sheet_date (sheet, payout->time - TRESTLE_DAY);
  trestle_practice_sheet_date (sheet, payout->time);
  trestle_practice_sheet_amount (sheet, payout->amount);
  trestle_practice_sheet_place (sheet, place->buyer);
  trestle_practice_sheet_amount (sheet, place->net);
  trestle_practice_sheet_amount (sheet, place->gross);
  trestle_practice_sheet_amount (sheet, place->tax);
  trestle_practice_sheet_amount (sheet, place->tax_refund);
  trestle_practice_sheet_text (sheet, payout->currency);
  trestle_practice_sheet_end (sheet);
}

void
trestle_practice_write_paid_places (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  g_autoptr (GArray) bills = trestle_practice_bills_new (books, sheet, is_paid);

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    for (guint j = 0; j < books->parties->len; j++)
      {
        Place place = { .buyer = books->parties->pdata[j] };
        const TrestlePracticeEvent *payout = NULL;

        for (guint k = 0; k < bills->len; k++)
          {
            const TrestlePracticeBill *bill = &g_array_index (bills, TrestlePracticeBill, k);

            if (bill->event->deal->buyer != place.buyer
                || !g_str_equal (bill->event->currency, currencies[i]))
              continue;
            payout = bill->event->payout;
            place.gross += bill->revenue + bill->refund + bill->credit;
            place.net += trestle_practice_bill_net (bill);
            place.tax += bill->tax;
            place.tax_refund += bill->tax_refund;
          }
        if (payout != NULL)
          write_place (payout, sheet, &place);
      }
}

typedef gboolean (*Filter) (const TrestlePracticeSheet *sheet,
                            const TrestlePracticeEvent *event,
                            gint64 *since);

/* A row for each currency; age is counted from @filter's date to the end of the period. */
static void
write_ages (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet, Filter filter)
{
  static const guint ends[] = { 31, 61, 91, 121, G_MAXUINT };

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      TrestlePracticeAmount sums[G_N_ELEMENTS (ends)] = { 0 };
      TrestlePracticeAmount overall = 0;
      gboolean some = FALSE;

      for (guint j = 0; j < books->events->len; j++)
        {
          const TrestlePracticeEvent *event = books->events->pdata[j];
          gint64 since = event->invoiced;
          guint bucket = 0;

          if (!event->counts || event->deal == NULL || !g_str_equal (event->action, "INVOICED")
              || !g_str_equal (event->currency, currencies[i]) || !filter (sheet, event, &since))
            continue;
          while ((sheet->to - since) / TRESTLE_DAY >= ends[bucket])
            bucket++;
          sums[bucket] += event->amount;
          overall += event->amount;
          some = TRUE;
        }
      for (guint j = 0; some && j < G_N_ELEMENTS (sums); j++)
        trestle_practice_sheet_amount (sheet, sums[j]);
      if (!some)
        continue;
      trestle_practice_sheet_amount (sheet, overall);
      trestle_practice_sheet_text (sheet, currencies[i]);
      trestle_practice_sheet_end (sheet);
    }
}

static gboolean
is_uncollected (const TrestlePracticeSheet *sheet, const TrestlePracticeEvent *event, gint64 *since)
{
  return event->invoiced < sheet->to && event->due > 0
         && (event->settled == 0 || event->settled >= sheet->to)
         && (event->forgiven == 0 || event->forgiven >= sheet->to);
}

static gboolean
is_past_due (const TrestlePracticeSheet *sheet, const TrestlePracticeEvent *event, gint64 *since)
{
  *since = event->due;
  return is_uncollected (sheet, event, since) && event->due < sheet->to;
}

static gboolean
was_paid (const TrestlePracticeSheet *sheet, const TrestlePracticeEvent *event, gint64 *since)
{
  return is_paid (sheet, event, 0);
}

void
trestle_practice_write_age_uncollected (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  write_ages (books, sheet, is_uncollected);
}

void
trestle_practice_write_age_past_due (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  write_ages (books, sheet, is_past_due);
}

void
trestle_practice_write_age_paid (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  write_ages (books, sheet, was_paid);
}
