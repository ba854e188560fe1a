/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-books-private.h"

/* Invoices are made at the third of the next month. */
#define INVOICED (2 * TRESTLE_DAY + 6 * TRESTLE_HOUR)

enum
{
  ALWAYS, /* an endpoint that never rests */
  OFFICE, /* on working days */
  SOMETIMES,
};

void
trestle_practice_books_add_usage (TrestlePracticeBooks *self,
                                  const TrestlePracticeUsage *usage,
                                  const char *region,
                                  const TrestlePracticeFeedTimes *times,
                                  gboolean last)
{
  const TrestlePracticeDeal *deal = usage->deal;
  gboolean calls = g_str_has_suffix (usage->dimension, ".c");
  gboolean batch = g_str_has_suffix (usage->dimension, ".b");
  char quantity[48], revenue[48], rate[48];
  const char *price = trestle_practice_amount_print (usage->rate, 2, rate);
  /* A rate that changes within a day, as at the end of a trial, makes another row. */
  g_autofree char *of = g_strconcat (deal->id, usage->dimension, region, price, NULL);
  g_autofree char *date = trestle_clock_format_iso (usage->day);
  g_autofree char *text = g_strdup_printf ("%s: %s", deal->ware->title,
                                           calls   ? "inference"
                                           : batch ? "batch transform hours"
                                                   : "real-time inference hours");
  const char *values[] = {
    trestle_practice_books_id (self, "", "usage", of, usage->day, TRESTLE_PRACTICE_HEX, 32),
    date,
    deal->ware->id,
    deal->id,
    deal->buyer->id,
    deal->buyer->payer->id,
    region,
    usage->dimension,
    calls ? "Requests" : "HostHrs",
    trestle_practice_amount_print (usage->quantity, 0, quantity),
    deal->currency,
    trestle_practice_amount_print (usage->revenue, 2, revenue),
    self->seller->id,
    deal->bid->id,
    price,
    text,
  };

  trestle_practice_feed_add (self->rows, TRESTLE_PRACTICE_FEED_USAGE, times, values);
  if (last && times->deleted == 0 && times->updated <= self->now)
    g_array_append_val (self->usage, *usage);
}

/* Minutes of an instance, or calls, on one day. */
static guint
measure (TrestlePracticeBooks *self,
         const TrestlePracticeDeal *deal,
         const TrestlePracticeDimension *dimension,
         gint64 day)
{
  guint size = deal->buyer->size;
  guint age = (guint) ((day - deal->accepted) / (30 * TRESTLE_DAY));
  gboolean weekend = (day / TRESTLE_DAY + 4) % 7 == 0 || (day / TRESTLE_DAY + 4) % 7 == 6;
  g_autofree char *of = g_strconcat (deal->id, dimension->key, NULL);
  guint chance = trestle_practice_books_dice (self, "chance", of, day, 100);
  guint more = trestle_practice_books_dice (self, "more", of, day, 1000);

  if (g_str_has_suffix (dimension->key, ".c"))
    return (200 * size + more * size * 2 / 5) * (100 + 4 * MIN (age, 18)) / (weekend ? 500 : 100);
  /* Several instances at once, on every third day or so. */
  if (g_str_has_suffix (dimension->key, ".b") && self->edition > 1)
    return chance < 36 ? 90 + more * size * 300 / 1000 : 0;
  if (g_str_has_suffix (dimension->key, ".b"))
    return chance < 18 ? 20 + more * size * 60 / 1000 : 0;
  switch (dimension->pattern)
    {
    case ALWAYS:
      return 1440 * (1 + (size + age / 6) / 6);
    case OFFICE:
      return weekend ? 0 : 430 + more / 5;
    case SOMETIMES:
    default:
      return chance < 40 ? 35 + more / 3 : 0;
    }
}

static TrestlePracticeAmount
count (const char *key, guint measured)
{
  return (TrestlePracticeAmount) (g_str_has_suffix (key, ".c")
                                      ? (guint64) measured * 1000000
                                      : ((guint64) measured * 1000000 + 30) / 60)
         * TRESTLE_PRACTICE_MICRO;
}

static void
set_quantity (TrestlePracticeUsage *usage, TrestlePracticeAmount quantity)
{
  usage->quantity = quantity;
  usage->revenue = quantity / TRESTLE_PRACTICE_MICRO * usage->rate / TRESTLE_PRACTICE_MICRO;
}

/* Some usage is metered late, which makes a second version; some was counted by mistake. */
static TrestlePracticeAmount
use_day (TrestlePracticeBooks *self,
         TrestlePracticeDeal *deal,
         const TrestlePracticeDimension *dimension,
         gint64 day)
{
  guint measured = measure (self, deal, dimension, day);
  g_autofree char *of = g_strconcat (deal->id, dimension->key, "/", NULL);
  guint luck = trestle_practice_books_dice (self, "luck", of, day, 400);
  const char *region = get_text (deal->buyer->object, "region");
  gint64 told = trestle_practice_books_told (day);
  TrestlePracticeFeedTimes times = { .from = day, .inserted = told, .updated = told };
  TrestlePracticeUsage usage = {
    deal, dimension->key, day, 0, day < deal->trial_ends ? 0 : dimension->rate, 0
  };

  if (measured == 0)
    return 0;
  set_quantity (&usage, count (dimension->key, luck < 12 ? measured * 3 / 4 : measured));
  trestle_practice_books_add_usage (self, &usage, region, &times,
                                    luck > 12 || self->now < told + 2 * TRESTLE_DAY);
  if (luck > 12)
    return usage.revenue;
  times.updated = told + 2 * TRESTLE_DAY;
  times.deleted = luck == 12 ? times.updated : 0;
  set_quantity (&usage, count (dimension->key, measured));
  trestle_practice_books_add_usage (self, &usage, region, &times, TRUE);
  return luck == 12 ? 0 : usage.revenue;
}

static void
use_month (TrestlePracticeBooks *self,
           TrestlePracticeDeal *deal,
           const TrestlePracticeDimension *dimension,
           gint64 from,
           gint64 to,
           gint64 month)
{
  TrestlePracticeAmount sum = 0;
  TrestlePracticeCharge charge = { deal, dimension->key, 0, 0, 0, 0, 0 };

  for (gint64 day = from; day < to; day += TRESTLE_DAY)
    {
      if (!trestle_practice_feed_rows_due (self->rows, trestle_practice_books_told (day)))
        return;
      sum += use_day (self, deal, dimension, day);
    }
  charge.at = trestle_practice_books_month (month, 1) + INVOICED;
  if (sum == 0
      || !trestle_practice_feed_rows_due (self->rows, trestle_practice_books_told (charge.at)))
    return;
  charge.amount = sum;
  charge.from = month;
  charge.to = trestle_practice_books_month (month, 1) - TRESTLE_SECOND;
  trestle_practice_books_charge (self, &charge);
}

/* The day of acceptance and that of the end are left out: usage has whole days here. */
static void
use_deal (TrestlePracticeBooks *self, TrestlePracticeDeal *deal)
{
  gint64 start = deal->accepted - deal->accepted % TRESTLE_DAY + TRESTLE_DAY;
  gint64 end = deal->ends > 0 ? deal->ends - deal->ends % TRESTLE_DAY : G_MAXINT64;

  if (deal->stops > 0)
    end = MIN (end, deal->stops);
  for (guint i = 0; i < deal->dimensions->len; i++)
    for (gint64 month = trestle_practice_books_month (start, 0); month < MIN (end, self->now);
         month = trestle_practice_books_month (month, 1))
      use_month (self, deal, &g_array_index (deal->dimensions, TrestlePracticeDimension, i),
                 MAX (start, month), MIN (end, trestle_practice_books_month (month, 1)), month);
}

static void
charge_contract (TrestlePracticeBooks *self, TrestlePracticeDeal *deal)
{
  for (guint i = 0; i < deal->instalments; i++)
    {
      TrestlePracticeCharge charge = { deal, NULL, deal->value / deal->instalments, 0, 0, 0, 0 };

      charge.at = deal->accepted + i * 91 * TRESTLE_DAY;
      charge.from = charge.at - charge.at % TRESTLE_DAY;
      charge.to = (i + 1 < deal->instalments ? charge.at + 91 * TRESTLE_DAY : deal->ends)
                  - TRESTLE_SECOND;
      if (deal->real)
        charge.seen = MAX (charge.at, deal->told);
      if (deal->ends > 0 && charge.at >= deal->ends)
        break;
      if (charge.seen == 0
          && !trestle_practice_feed_rows_due (self->rows, trestle_practice_books_told (charge.at)))
        break;
      trestle_practice_books_charge (self, &charge);
    }
}

/* What is metered grows until the day is over: each time that the feeds are written makes a new
 * version of the day's row, and a line of an invoice. */
static void
use_real (TrestlePracticeBooks *self, TrestlePracticeDeal *deal)
{
  g_autoptr (sqlite3_stmt) rows = trestle_practice_query (
      self->world->state,
      "SELECT region, dimension, day, rate, seen, sum (quantity), max (time),"
      " min (seen) OVER same, sum (sum (quantity)) OVER (same ORDER BY seen),"
      " lead (seen) OVER (same ORDER BY seen)"
      " FROM metering WHERE agreement = ? AND seen > 0 GROUP BY region, dimension, day, rate, seen"
      " WINDOW same AS (PARTITION BY region, dimension, day, rate) ORDER BY day, dimension, seen",
      "s", deal->id);

  while (trestle_practice_next (rows))
    {
      const char *dimension = trestle_practice_books_text (self,
                                                           trestle_practice_column_text (rows, 1));
      gint64 day = sqlite3_column_int64 (rows, 2);
      TrestlePracticeAmount rate = trestle_practice_amount_parse (
          trestle_practice_column_text (rows, 3));
      gint64 seen = sqlite3_column_int64 (rows, 4);
      TrestlePracticeFeedTimes times = { .from = day,
                                         .inserted = sqlite3_column_int64 (rows, 7),
                                         .updated = seen };
      TrestlePracticeUsage usage = { deal, dimension, day, 0, rate, 0 };
      TrestlePracticeCharge charge = { deal,
                                       dimension,
                                       0,
                                       sqlite3_column_int64 (rows, 6),
                                       seen,
                                       day,
                                       day + TRESTLE_DAY - TRESTLE_SECOND };

      set_quantity (&usage, sqlite3_column_int64 (rows, 8) * TRESTLE_PRACTICE_MICRO);
      trestle_practice_books_add_usage (self, &usage, trestle_practice_column_text (rows, 0),
                                        &times, sqlite3_column_type (rows, 9) == SQLITE_NULL);
      charge.amount = sqlite3_column_int64 (rows, 5) * rate / TRESTLE_PRACTICE_MICRO;
      if (charge.amount > 0)
        trestle_practice_books_charge (self, &charge);
    }
}

void
trestle_practice_books_use (TrestlePracticeBooks *self)
{
  for (guint i = 0; i < self->deals->len; i++)
    {
      TrestlePracticeDeal *deal = self->deals->pdata[i];

      if (deal->value > 0)
        charge_contract (self, deal);
      if (deal->real)
        use_real (self, deal);
      else
        use_deal (self, deal);
    }
}
