/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "base/trestle-clock.h"
#include "store/trestle-report-run.h"
#include "store/trestle-report-words.h"

#define WANT TRESTLE_REPORT_WANT
#define DAY_SECONDS (24 * 60 * 60)

/* Columns, in the order of trestle-report-info.c. */
enum
{
  INVOICED,
  COLLECTED,
  FORGIVEN,
  OPEN,
  OVERDUE,
  OVERDUE_30,
  OVERDUE_60,
  OVERDUE_90,
  OVERDUE_120,
  OVERDUE_MORE,
};

/* What was paid or waived of an invoiced event, in one currency. */
typedef struct
{
  TrestleDecimal collected;
  TrestleDecimal forgiven;
  gboolean used;
} Settled;

typedef struct
{
  TrestleReportKeys keys; /* of the invoiced event and the currency */
  GArray *settled;        /* of Settled */
} Children;

/* A payment in another currency is not looked for under this. */
static TrestleReportKey
with_currency (TrestleReportKey key, const char *currency)
{
  key.a ^= trestle_report_words_hash (currency, strlen (currency), 1);
  return key;
}

static gboolean
collect_children (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  Children *children = data;
  const TrestleReportColumn *actions = &frame->columns[TRESTLE_BILLED_ACTION];
  const TrestleReportKey none = { 0, 0 };
  int collected = -1, forgiven = -1;

  for (guint i = 0; i < actions->n_words; i++)
    {
      if (g_str_equal (actions->words[i], "COLLECTED"))
        collected = (int) i;
      if (g_str_equal (actions->words[i], "FORGIVEN"))
        forgiven = (int) i;
    }
  for (guint i = 0; i < frame->n; i++)
    {
      TrestleReportKey parent = frame->columns[TRESTLE_BILLED_PARENT].keys[i];
      TrestleDecimal amount = frame->columns[TRESTLE_BILLED_AMOUNT].numbers[i];
      int action = actions->index[i];
      Settled *settled;
      guint32 number;

      if ((action != collected && action != forgiven)
          || !trestle_report_segment_has (frame->current, i)
          || trestle_report_key_equal (parent, none))
        continue;
      number = trestle_report_keys_intern (
          &children->keys,
          with_currency (parent, trestle_report_frame_text (frame, TRESTLE_BILLED_CURRENCY, i)));
      if (number == children->settled->len)
        g_array_set_size (children->settled, number + 1);
      settled = &g_array_index (children->settled, Settled, number);
      run->too_large |= !trestle_decimal_add (
          action == collected ? &settled->collected : &settled->forgiven, amount);
    }
  return TRUE;
}

/* Feeds write what takes from an invoice with either sign; it always takes. */
static TrestleDecimal
like (TrestleDecimal settled, TrestleDecimal amount)
{
  return (settled < 0) == (amount < 0) ? settled : -settled;
}

static guint
column_of_age (gint64 seconds)
{
  gint64 days = (seconds + DAY_SECONDS - 1) / DAY_SECONDS;

  return days <= 30    ? OVERDUE_30
         : days <= 60  ? OVERDUE_60
         : days <= 90  ? OVERDUE_90
         : days <= 120 ? OVERDUE_120
                       : OVERDUE_MORE;
}

static gboolean
sum_collected (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  Children *children = data;
  g_auto (TrestleReportAxes) axes = { .run = run };
  const TrestleReportColumn *types = &frame->columns[TRESTLE_BILLED_TYPE];
  const TrestleReportColumn *actions = &frame->columns[TRESTLE_BILLED_ACTION];
  g_autofree gboolean *owed = g_new (gboolean, types->n_words);
  g_autofree gboolean *invoiced = g_new (gboolean, actions->n_words);
  g_autofree guint32 *currencies = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_NONE,
                                                           TRESTLE_BILLED_CURRENCY);

  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_PRODUCT, TRESTLE_BILLED_PRODUCT);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_BUYER, TRESTLE_BILLED_USER);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_COUNTRY, TRESTLE_BILLED_USER);
  if (run->group == TRESTLE_REPORT_GROUP_INVOICE)
    trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_INVOICE, TRESTLE_BILLED_INVOICE);
  for (guint i = 0; i < types->n_words; i++)
    {
      int column = trestle_report_billed_column (types->words[i]);

      owed[i] = column == TRESTLE_REPORT_BILLED || column == TRESTLE_REPORT_BILLED_REFUNDS;
    }
  for (guint i = 0; i < actions->n_words; i++)
    invoiced[i] = g_str_equal (actions->words[i], "INVOICED")
                  || g_str_equal (actions->words[i], TRESTLE_DATA_SET_UNCOLLECTED);

  for (guint i = 0; i < frame->n; i++)
    {
      const char *currency = trestle_report_frame_text (frame, TRESTLE_BILLED_CURRENCY, i);
      guint32 unit = currencies[frame->columns[TRESTLE_BILLED_CURRENCY].index[i]];
      TrestleDecimal amount = frame->columns[TRESTLE_BILLED_AMOUNT].numbers[i];
      gint64 due = frame->columns[TRESTLE_BILLED_DUE].times[i];
      TrestleDecimal collected = 0, forgiven = 0, open;
      guint32 group = 0, split = 0;
      gint64 number;

      if (!invoiced[actions->index[i]] || !trestle_report_segment_has (frame->current, i))
        continue;
      number = trestle_report_keys_find (
          &children->keys,
          with_currency (frame->columns[TRESTLE_FEED_COLUMN_KEY].keys[i], currency));
      if (number >= 0)
        {
          Settled *settled = &g_array_index (children->settled, Settled, number);

          settled->used = TRUE;
          collected = like (settled->collected, amount);
          forgiven = like (settled->forgiven, amount);
        }
      if (!owed[types->index[i]] || unit == TRESTLE_REPORT_NOBODY
          || !trestle_report_axes_allow (&axes, i, &group, &split)
          || !trestle_report_run_when (run, frame->columns[TRESTLE_BILLED_INVOICED].times[i],
                                       &group, &split))
        continue;
      open = amount - collected - forgiven;
      /* A list of what is open does not tell what was paid. */
      if (g_str_equal (trestle_report_frame_text (frame, TRESTLE_BILLED_ACTION, i),
                       TRESTLE_DATA_SET_UNCOLLECTED))
        run->hidden |= 1u << INVOICED | 1u << COLLECTED | 1u << FORGIVEN;
      trestle_report_run_add (run, group, split, unit, INVOICED, amount);
      trestle_report_run_add (run, group, split, unit, COLLECTED, collected);
      trestle_report_run_add (run, group, split, unit, FORGIVEN, forgiven);
      trestle_report_run_add (run, group, split, unit, OPEN, open);
      if (open > 0 && due != 0 && due < run->today)
        {
          trestle_report_run_add (run, group, split, unit, OVERDUE, open);
          trestle_report_run_add (run, group, split, unit, column_of_age (run->today - due), open);
        }
    }
  return TRUE;
}

gboolean
trestle_report_sum_collected (TrestleReportRun *run, GError **error)
{
  g_autoptr (GArray) settled = g_array_new (FALSE, TRUE, sizeof (Settled));
  Children children = { .settled = settled };
  guint32 want = WANT (TRESTLE_BILLED_ACTION) | WANT (TRESTLE_BILLED_AMOUNT)
                 | WANT (TRESTLE_BILLED_CURRENCY);
  gboolean ok;

  ok = trestle_report_run_each (run, TRESTLE_FEED_BILLING, want | WANT (TRESTLE_BILLED_PARENT),
                                collect_children, &children, error);
  want |= WANT (TRESTLE_FEED_COLUMN_KEY) | WANT (TRESTLE_BILLED_PRODUCT)
          | WANT (TRESTLE_BILLED_USER) | WANT (TRESTLE_BILLED_TYPE) | WANT (TRESTLE_BILLED_INVOICED)
          | WANT (TRESTLE_BILLED_DUE);
  if (run->group == TRESTLE_REPORT_GROUP_INVOICE)
    want |= WANT (TRESTLE_BILLED_INVOICE);
  ok = ok
       && trestle_report_run_each (run, TRESTLE_FEED_BILLING, want, sum_collected, &children,
                                   error);
  for (guint i = 0; i < settled->len; i++)
    run->n_unmatched += !g_array_index (settled, Settled, i).used;
  trestle_report_keys_clear (&children.keys);
  return ok;
}
