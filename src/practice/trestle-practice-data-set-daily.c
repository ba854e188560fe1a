/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-books-private.h"
#include "practice/trestle-practice-data-set.h"

static void
put_type (TrestlePracticeSheet *sheet, const char *dimension)
{
  const char *end = strstr (dimension, ".m.i.");
  g_autofree char *type = end != NULL ? g_strndup (dimension, (gsize) (end - dimension))
                                      : g_strdup ("");

  trestle_practice_sheet_text (sheet, type);
}

static const char *
describe (const char *dimension)
{
  return g_str_has_suffix (dimension, ".c")   ? "Inference"
         : g_str_has_suffix (dimension, ".b") ? "Inference (Batch)"
                                              : "Inference (Real-Time)";
}

static void
put_user (TrestlePracticeSheet *sheet, const TrestlePracticeDeal *deal)
{
  trestle_practice_sheet_text (sheet, deal->buyer->id);
  trestle_practice_sheet_text (sheet, get_text (deal->buyer->object, "state"));
  trestle_practice_sheet_text (sheet, get_text (deal->buyer->object, "country"));
  trestle_practice_sheet_product (sheet, deal->ware);
}

void
trestle_practice_write_usage (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  for (guint i = 0; i < books->usage->len; i++)
    {
      const TrestlePracticeUsage *usage = &g_array_index (books->usage, TrestlePracticeUsage, i);
      const TrestlePracticeDeal *deal = usage->deal;
      char quantity[48];

      if (!trestle_practice_sheet_has (sheet, usage->day))
        continue;
      put_user (sheet, deal);
      put_type (sheet, usage->dimension);
      trestle_practice_sheet_text (sheet,
                                   trestle_practice_amount_print (usage->quantity, 0, quantity));
      trestle_practice_sheet_text (sheet,
                                   g_str_has_suffix (usage->dimension, ".c") ? "Requests" : "Hrs");
      trestle_practice_sheet_text (sheet, describe (usage->dimension));
      trestle_practice_sheet_amount (sheet, usage->revenue);
      trestle_practice_sheet_text (sheet, deal->currency);
      trestle_practice_sheet_offer (sheet, deal->bid);
      trestle_practice_sheet_customer (sheet, deal->buyer);
      trestle_practice_sheet_solution (sheet);
      trestle_practice_sheet_payer (sheet, deal->buyer);
      trestle_practice_sheet_end (sheet);
    }
}

void
trestle_practice_write_fees (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  for (guint i = 0; i < books->events->len; i++)
    {
      const TrestlePracticeEvent *event = books->events->pdata[i];

      if (!g_str_equal (event->action, "INVOICED") || !g_str_equal (event->type, "SELLER_REV_SHARE")
          || event->dimension != NULL || !trestle_practice_sheet_has (sheet, event->time))
        continue;
      put_user (sheet, event->deal);
      trestle_practice_sheet_amount (sheet, event->amount);
      trestle_practice_sheet_text (sheet, event->currency);
      trestle_practice_sheet_text (sheet, event->deal->instalments > 1 ? "Contract instalment"
                                                                       : "Contract");
      trestle_practice_sheet_customer (sheet, event->deal->buyer);
      trestle_practice_sheet_date (sheet, event->usage_from);
      trestle_practice_sheet_date (sheet, event->usage_to);
      trestle_practice_sheet_count (sheet, 1);
      trestle_practice_sheet_text (sheet, NULL);
      trestle_practice_sheet_solution (sheet);
      trestle_practice_sheet_payer (sheet, event->deal->buyer);
      trestle_practice_sheet_end (sheet);
    }
}

static gboolean
is_told (const TrestlePracticeBooks *books, const TrestlePracticeDeal *deal)
{
  return deal->told <= books->now;
}

/* When it ended; 0 as long as that is not known. */
static gint64
ended (const TrestlePracticeBooks *books, const TrestlePracticeDeal *deal)
{
  return deal->ends > 0 && deal->status != NULL && deal->told_end > 0
                 && deal->told_end <= books->now
             ? deal->ends
             : 0;
}

void
trestle_practice_write_trials (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  for (guint i = 0; i < books->wares->len; i++)
    {
      const TrestlePracticeWare *ware = books->wares->pdata[i];
      gint64 begun = 0, current = 0, converted = 0, lost = 0;

      for (guint j = 0; j < books->deals->len; j++)
        {
          const TrestlePracticeDeal *deal = books->deals->pdata[j];
          gint64 end = ended (books, deal);
          gboolean left = end > 0 && end <= deal->trial_ends;

          if (deal->ware != ware || deal->trial_ends == 0 || !is_told (books, deal))
            continue;
          begun += trestle_practice_sheet_has (sheet, deal->accepted);
          current += deal->accepted < sheet->to && deal->trial_ends >= sheet->to
                     && (end == 0 || end >= sheet->to);
          converted += trestle_practice_sheet_has (sheet, deal->trial_ends) && !left;
          lost += left && trestle_practice_sheet_has (sheet, end);
        }
      if (begun + current + converted + lost == 0)
        continue;
      trestle_practice_sheet_product (sheet, ware);
      trestle_practice_sheet_count (sheet, begun);
      trestle_practice_sheet_count (sheet, current);
      trestle_practice_sheet_count (sheet, converted);
      trestle_practice_sheet_count (sheet, lost);
      trestle_practice_sheet_solution (sheet);
      trestle_practice_sheet_end (sheet);
    }
}

/* The first day of a deal's use of an instance type. */
void
trestle_practice_write_instances (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  for (guint i = 0; i < books->usage->len; i++)
    {
      const TrestlePracticeUsage *usage = &g_array_index (books->usage, TrestlePracticeUsage, i);
      gboolean first = trestle_practice_sheet_has (sheet, usage->day)
                       && strstr (usage->dimension, ".m.i.") != NULL;

      for (guint j = 0; first && j < books->usage->len; j++)
        {
          const TrestlePracticeUsage *other = &g_array_index (books->usage, TrestlePracticeUsage,
                                                              j);

          first = other->deal != usage->deal || other->day >= usage->day
                  || !g_str_equal (other->dimension, usage->dimension);
        }
      if (!first)
        continue;
      trestle_practice_sheet_product (sheet, usage->deal->ware);
      put_type (sheet, usage->dimension);
      trestle_practice_sheet_count (sheet, 1);
      trestle_practice_sheet_customer (sheet, usage->deal->buyer);
      trestle_practice_sheet_solution (sheet);
      trestle_practice_sheet_end (sheet);
    }
}

static void
put_subscriber (TrestlePracticeSheet *sheet, const TrestlePracticeDeal *deal)
{
  trestle_practice_sheet_product (sheet, deal->ware);
  trestle_practice_sheet_offer (sheet, deal->bid);
  trestle_practice_sheet_place (sheet, deal->buyer);
  trestle_practice_sheet_text (sheet, get_text (deal->buyer->object, "domain"));
  trestle_practice_sheet_solution (sheet);
}

void
trestle_practice_write_subscribers (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  for (guint i = 0; i < books->deals->len; i++)
    {
      const TrestlePracticeDeal *deal = books->deals->pdata[i];

      if (!is_told (books, deal) || !trestle_practice_sheet_has (sheet, deal->accepted))
        continue;
      put_subscriber (sheet, deal);
      trestle_practice_sheet_end (sheet);
    }
}

void
trestle_practice_write_cancelled (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  for (guint i = 0; i < books->deals->len; i++)
    {
      const TrestlePracticeDeal *deal = books->deals->pdata[i];

      if (!trestle_practice_sheet_has (sheet, ended (books, deal)))
        continue;
      put_subscriber (sheet, deal);
      trestle_practice_sheet_date (sheet, deal->accepted);
      trestle_practice_sheet_text (sheet, deal->buyer->number);
      trestle_practice_sheet_end (sheet);
    }
}

static void
write_deals (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet, gboolean annual)
{
  for (guint i = 0; i < books->deals->len; i++)
    {
      const TrestlePracticeDeal *deal = books->deals->pdata[i];
      gint64 end = ended (books, deal);

      if ((deal->value > 0) != annual || !is_told (books, deal) || deal->accepted >= sheet->to
          || (end > 0 && end < sheet->to))
        continue;
      trestle_practice_sheet_text (sheet, deal->buyer->number);
      trestle_practice_sheet_text (sheet, deal->ware->title);
      trestle_practice_sheet_text (sheet, deal->ware->id);
      trestle_practice_sheet_text (sheet, deal->ware->code);
      trestle_practice_sheet_date (sheet, deal->accepted);
      trestle_practice_sheet_offer (sheet, deal->bid);
      trestle_practice_sheet_solution (sheet);
      trestle_practice_sheet_text (sheet, deal->buyer->payer->id);
      trestle_practice_sheet_text (sheet, NULL);
      trestle_practice_sheet_text (sheet, NULL);
      if (annual)
        {
          trestle_practice_sheet_text (sheet, deal->id);
          trestle_practice_sheet_count (sheet, 1);
          trestle_practice_sheet_text (sheet, "Contract");
          trestle_practice_sheet_text (sheet, deal->preceding != NULL ? "Renew" : "New");
          trestle_practice_sheet_text (sheet,
                                       deal->preceding != NULL ? deal->preceding->bid->id : NULL);
        }
      trestle_practice_sheet_end (sheet);
    }
}

void
trestle_practice_write_usage_deals (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  write_deals (books, sheet, FALSE);
}

void
trestle_practice_write_annual_deals (TrestlePracticeBooks *books, TrestlePracticeSheet *sheet)
{
  write_deals (books, sheet, TRUE);
}
