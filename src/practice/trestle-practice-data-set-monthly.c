/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-books-private.h"
#include "practice/trestle-practice-data-set.h"

static gboolean
is_of_month (const TrestlePracticeSheet *sheet, const TrestlePracticeEvent *event, gint64 now)
{
  return trestle_practice_sheet_has (sheet, event->invoiced);
}

static gboolean
is_usage (const TrestlePracticeSheet *sheet, const TrestlePracticeEvent *event, gint64 now)
{
  return event->deal->value == 0 && is_of_month (sheet, event, now);
}

static gboolean
is_annual (const TrestlePracticeSheet *sheet, const TrestlePracticeEvent *event, gint64 now)
{
  return event->deal->value > 0 && is_of_month (sheet, event, now);
}

static void
put_reference (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet, const char *invoice)
{
  trestle_practice_sheet_text (sheet, trestle_practice_books_id (books, "", "reference", invoice, 0,
                                                                 TRESTLE_PRACTICE_HEX, 32));
}

static void
put_revenue (TrestlePracticeBooks *books,
             TrestlePracticeSheet *sheet,
             const TrestlePracticeBill *bill)
{
  const TrestlePracticeDeal *deal = bill->event->deal;

  trestle_practice_sheet_text (sheet, deal->buyer->id);
  trestle_practice_sheet_place (sheet, deal->buyer);
  trestle_practice_sheet_product (sheet, deal->ware);
  trestle_practice_sheet_amount (sheet, bill->revenue);
  trestle_practice_sheet_amount (sheet, bill->fee);
  trestle_practice_sheet_amount (sheet, bill->refund + bill->credit);
  trestle_practice_sheet_amount (sheet, bill->fee_refund + bill->fee_credit);
  trestle_practice_sheet_amount (sheet, 0);
  trestle_practice_sheet_amount (sheet, trestle_practice_bill_net (bill));
  trestle_practice_sheet_text (sheet, bill->event->currency);
  put_reference (books, sheet, bill->event->invoice);
  trestle_practice_sheet_amount (sheet, bill->tax);
  trestle_practice_sheet_amount (sheet, bill->tax_refund);
  trestle_practice_sheet_offer (sheet, deal->bid);
  trestle_practice_sheet_text (sheet, deal->buyer->number);
  trestle_practice_sheet_text (sheet, get_text (deal->buyer->object, "domain"));
  trestle_practice_sheet_text (sheet, NULL);
  trestle_practice_sheet_text (sheet, NULL);
  trestle_practice_sheet_solution (sheet);
  trestle_practice_sheet_payer (sheet, deal->buyer);
}

void
trestle_practice_write_revenue (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  g_autoptr (GArray) bills = trestle_practice_bills_new (books, sheet, is_usage);

  for (guint i = 0; i < bills->len; i++)
    {
      put_revenue (books, sheet, &g_array_index (bills, TrestlePracticeBill, i));
      trestle_practice_sheet_end (sheet);
    }
}

void
trestle_practice_write_annual_revenue (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  g_autoptr (GArray) bills = trestle_practice_bills_new (books, sheet, is_annual);

  for (guint i = 0; i < bills->len; i++)
    {
      const TrestlePracticeBill *bill = &g_array_index (bills, TrestlePracticeBill, i);

      put_revenue (books, sheet, bill);
      trestle_practice_sheet_count (sheet, 1);
      trestle_practice_sheet_date (sheet, bill->event->usage_from);
      trestle_practice_sheet_date (sheet, bill->event->usage_to);
      trestle_practice_sheet_text (sheet, NULL);
      trestle_practice_sheet_date (sheet, bill->event->deal->accepted);
      trestle_practice_sheet_date (sheet, bill->event->deal->ends);
      trestle_practice_sheet_end (sheet);
    }
}

/* Nobody shows the practice seller's products for AWS. */
void
trestle_practice_write_demonstrations (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
}

void
trestle_practice_write_schedules (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  for (guint i = 0; i < books->events->len; i++)
    {
      const TrestlePracticeEvent *event = books->events->pdata[i];
      const TrestlePracticeDeal *deal = event->deal;

      if (deal == NULL || deal->instalments < 2 || !g_str_equal (event->action, "INVOICED")
          || !g_str_equal (event->type, "SELLER_REV_SHARE")
          || !trestle_practice_sheet_has (sheet, event->invoiced))
        continue;
      trestle_practice_sheet_customer (sheet, deal->buyer);
      trestle_practice_sheet_text (sheet, deal->buyer->id);
      trestle_practice_sheet_text (sheet, deal->buyer->number);
      trestle_practice_sheet_text (sheet, deal->ware->id);
      trestle_practice_sheet_text (sheet, deal->ware->title);
      trestle_practice_sheet_text (sheet, "MachineLearning");
      trestle_practice_sheet_text (sheet, deal->bid->id);
      trestle_practice_sheet_date (sheet, deal->accepted);
      trestle_practice_sheet_date (sheet, deal->ends);
      trestle_practice_sheet_amount (sheet, deal->value);
      trestle_practice_sheet_count (sheet, deal->instalments);
      trestle_practice_sheet_date (sheet, event->invoiced);
      trestle_practice_sheet_amount (sheet, event->amount);
      trestle_practice_sheet_text (sheet, deal->buyer->payer->id);
      trestle_practice_sheet_text (sheet, event->currency);
      trestle_practice_sheet_end (sheet);
    }
}

static void
put_open (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet, const TrestlePracticeBill *bill)
{
  g_autofree char *period = trestle_clock_format_iso (bill->event->invoiced);

  period[7] = '\0';
  trestle_practice_sheet_amount (sheet, bill->revenue);
  trestle_practice_sheet_amount (sheet, bill->fee);
  trestle_practice_sheet_amount (sheet, bill->refund + bill->credit);
  trestle_practice_sheet_amount (sheet, bill->fee_refund + bill->fee_credit);
  trestle_practice_sheet_amount (sheet, trestle_practice_bill_net (bill));
  trestle_practice_sheet_text (sheet, bill->event->currency);
  trestle_practice_sheet_text (sheet, period);
  put_reference (books, sheet, bill->event->invoice);
  trestle_practice_sheet_text (sheet, NULL);
  trestle_practice_sheet_text (sheet, NULL);
  trestle_practice_sheet_solution (sheet);
  trestle_practice_sheet_payer (sheet, bill->event->deal->buyer);
}

void
trestle_practice_write_compensation (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  g_autoptr (GArray) bills = trestle_practice_bills_new (books, sheet, is_of_month);

  for (guint i = 0; i < bills->len; i++)
    {
      const TrestlePracticeBill *bill = &g_array_index (bills, TrestlePracticeBill, i);

      trestle_practice_sheet_customer (sheet, bill->event->deal->buyer);
      trestle_practice_sheet_text (sheet, bill->event->deal->ware->code);
      trestle_practice_sheet_text (sheet, bill->event->deal->ware->title);
      put_open (books, sheet, bill);
      trestle_practice_sheet_end (sheet);
    }
}

static gboolean
is_open (const TrestlePracticeSheet *sheet, const TrestlePracticeEvent *event, gint64 now)
{
  return event->invoiced < sheet->to && event->counts && event->due > 0
         && (event->settled == 0 || event->settled >= sheet->to)
         && (event->forgiven == 0 || event->forgiven >= sheet->to);
}

void
trestle_practice_write_uncollected (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  g_autoptr (GArray) bills = trestle_practice_bills_new (books, sheet, is_open);

  for (guint i = 0; i < bills->len; i++)
    {
      const TrestlePracticeBill *bill = &g_array_index (bills, TrestlePracticeBill, i);

      trestle_practice_sheet_text (sheet, bill->event->deal->buyer->payer->number);
      trestle_practice_sheet_text (sheet, bill->event->deal->ware->code);
      put_open (books, sheet, bill);
      trestle_practice_sheet_date (sheet, bill->event->due);
      trestle_practice_sheet_end (sheet);
    }
}

void
trestle_practice_write_taxes (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  for (guint i = 0; i < books->taxes->len; i++)
    {
      const TrestlePracticeTax *tax = &g_array_index (books->taxes, TrestlePracticeTax, i);
      const TrestlePracticeEvent *event = tax->event;
      const TrestlePracticeParty *buyer = event->deal->buyer;
      gboolean exempt = tax->nontaxable != 0;

      if (!trestle_practice_sheet_has (sheet, event->invoiced)
          || g_strcmp0 (get_text (buyer->object, "country"), "US") != 0)
        continue;
      trestle_practice_sheet_text (sheet, tax->id);
      trestle_practice_sheet_text (sheet, event->invoice);
      trestle_practice_sheet_product (sheet, event->deal->ware);
      trestle_practice_sheet_text (sheet, "AWSMP_SOFTWARE_RA");
      trestle_practice_sheet_text (sheet, books->seller->number);
      trestle_practice_sheet_text (sheet, get_text (books->seller->object, "company"));
      trestle_practice_sheet_date (sheet, tax->time);
      trestle_practice_sheet_amount (sheet, tax->taxable + tax->nontaxable);
      trestle_practice_sheet_amount (sheet, tax->amount);
      trestle_practice_sheet_text (sheet, event->currency);
      trestle_practice_sheet_text (sheet, get_text (buyer->object, "city"));
      trestle_practice_sheet_text (sheet, get_text (buyer->object, "state"));
      trestle_practice_sheet_text (sheet, get_text (buyer->object, "postal_code"));
      trestle_practice_sheet_text (sheet, get_text (buyer->object, "country"));
      trestle_practice_sheet_text (sheet, tax->kind);
      trestle_practice_sheet_text (sheet, "Net");
      trestle_practice_sheet_text (sheet, tax->place);
      trestle_practice_sheet_text (sheet, get_text (buyer->tax, "type"));
      trestle_practice_sheet_text (sheet, tax->level);
      trestle_practice_sheet_text (sheet, tax->place);
      trestle_practice_sheet_amount (sheet, tax->taxable);
      trestle_practice_sheet_amount (sheet, tax->nontaxable);
      trestle_practice_sheet_amount (sheet, tax->amount);
      trestle_practice_sheet_text (sheet, tax->rate);
      trestle_practice_sheet_text (sheet, exempt ? "Exempt" : "Taxable");
      trestle_practice_sheet_date (sheet, event->invoiced);
      trestle_practice_sheet_text (sheet, exempt ? "EX-4471-0092" : NULL);
      trestle_practice_sheet_text (sheet, exempt ? "AWS" : NULL);
      trestle_practice_sheet_text (sheet, exempt ? "State" : NULL);
      trestle_practice_sheet_text (sheet, exempt ? get_text (buyer->object, "exempt") : NULL);
      trestle_practice_sheet_text (sheet, exempt ? "MARKETPLACE" : NULL);
      trestle_practice_sheet_text (sheet, buyer->id);
      put_reference (books, sheet, event->invoice);
      trestle_practice_sheet_text (sheet, buyer->payer->id);
      trestle_practice_sheet_text (sheet, get_text (buyer->tax, "liable"));
      trestle_practice_sheet_end (sheet);
    }
}
