/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "base/trestle-clock.h"
#include "store/trestle-report-run.h"

#define WANT TRESTLE_REPORT_WANT

/* Columns, in the order of trestle-report-info.c. */
enum
{
  REVENUE,
  REFUNDS,
  FEE,
  TAX,
  ADJUSTMENTS,
  NET,
  PAID,
  FAILED,
};

static void
transfer_clear (gpointer data)
{
  TrestleReportTransfer *self = data;

  g_free (self->trace);
  g_free (self->currency);
}

void
trestle_report_transfers_clear (TrestleReportTransfers *self)
{
  g_clear_pointer (&self->all, g_array_unref);
  trestle_report_keys_clear (&self->keys);
}

static void
find_failed (TrestleReportTransfers *self, TrestleReportKey parent, const char *trace)
{
  gint64 number = trestle_report_keys_find (&self->keys, parent);

  if (number >= 0)
    {
      g_array_index (self->all, TrestleReportTransfer, number).failed = TRUE;
      return;
    }
  for (guint i = 0; i < self->all->len && *trace != '\0'; i++)
    {
      TrestleReportTransfer *transfer = &g_array_index (self->all, TrestleReportTransfer, i);

      if (g_str_equal (transfer->trace, trace))
        transfer->failed = TRUE;
    }
}

static gboolean
read_transfers (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  TrestleReportTransfers *self = data;

  for (guint i = 0; i < frame->n; i++)
    {
      const char *type = trestle_report_frame_text (frame, TRESTLE_BILLED_TYPE, i);
      TrestleDecimal amount = frame->columns[TRESTLE_BILLED_AMOUNT].numbers[i];
      TrestleReportTransfer transfer = { .amount = amount };
      guint32 number;

      if (!trestle_report_segment_has (frame->current, i))
        continue;
      if (g_str_equal (type, "SELLER_REV_SHARE")
          && g_str_equal (trestle_report_frame_text (frame, TRESTLE_BILLED_ACTION, i), "DISBURSED"))
        self->line_signs += amount < 0 ? -1 : 1;
      if (!g_str_equal (type, "DISBURSEMENT"))
        continue;
      number = trestle_report_keys_intern (&self->keys,
                                           frame->columns[TRESTLE_FEED_COLUMN_KEY].keys[i]);
      if (number != self->all->len)
        continue;
      self->transfer_signs += amount < 0 ? -1 : 1;
      transfer.date = frame->columns[TRESTLE_BILLED_INVOICED].times[i];
      if (transfer.date == 0)
        transfer.date = frame->columns[TRESTLE_BILLED_ACTED].times[i];
      transfer.trace = g_strdup (trestle_report_frame_text (frame, TRESTLE_BILLED_BANK_TRACE, i));
      transfer.currency = g_strdup (trestle_report_frame_text (frame, TRESTLE_BILLED_CURRENCY, i));
      g_array_append_val (self->all, transfer);
    }
  return TRUE;
}

static gboolean
read_failures (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  TrestleReportTransfers *self = data;

  for (guint i = 0; i < frame->n; i++)
    if (g_str_equal (trestle_report_frame_text (frame, TRESTLE_BILLED_TYPE, i),
                     "DISBURSEMENT_FAILURE")
        && trestle_report_segment_has (frame->current, i))
      find_failed (self, frame->columns[TRESTLE_BILLED_PARENT].keys[i],
                   trestle_report_frame_text (frame, TRESTLE_BILLED_BANK_TRACE, i));
  return TRUE;
}

gboolean
trestle_report_transfers_read (TrestleReportTransfers *self, TrestleReportRun *run, GError **error)
{
  self->all = g_array_new (FALSE, FALSE, sizeof (TrestleReportTransfer));
  g_array_set_clear_func (self->all, transfer_clear);
  if (!trestle_report_run_each (run, TRESTLE_FEED_BILLING,
                                WANT (TRESTLE_FEED_COLUMN_KEY) | WANT (TRESTLE_BILLED_TYPE)
                                    | WANT (TRESTLE_BILLED_ACTION) | WANT (TRESTLE_BILLED_AMOUNT)
                                    | WANT (TRESTLE_BILLED_CURRENCY)
                                    | WANT (TRESTLE_BILLED_INVOICED) | WANT (TRESTLE_BILLED_ACTED)
                                    | WANT (TRESTLE_BILLED_BANK_TRACE),
                                read_transfers, self, error)
      || !trestle_report_run_each (run, TRESTLE_FEED_BILLING,
                                   WANT (TRESTLE_BILLED_TYPE) | WANT (TRESTLE_BILLED_PARENT)
                                       | WANT (TRESTLE_BILLED_BANK_TRACE),
                                   read_failures, self, error))
    return FALSE;
  for (guint i = 0; i < self->all->len && self->transfer_signs < 0; i++)
    {
      TrestleReportTransfer *transfer = &g_array_index (self->all, TrestleReportTransfer, i);

      transfer->amount = -transfer->amount;
    }
  return TRUE;
}

static guint32
name_transfer (TrestleReportRun *run, const TrestleReportTransfer *transfer)
{
  g_autofree char *time = trestle_clock_format_iso (transfer->date * TRESTLE_SECOND);
  g_autofree char *date = g_strndup (time, 10);
  g_autofree char *key = g_strjoin (" ", date, *transfer->trace ? transfer->trace : NULL, NULL);

  return trestle_report_run_intern (run, TRESTLE_REPORT_GROUP_DISBURSEMENT, key, date,
                                    *transfer->trace ? transfer->trace : NULL);
}

/* The transfers themselves; they have no product and no buyer. */
static void
sum_transfers (TrestleReportRun *run, TrestleReportTransfers *self)
{
  for (guint i = 0; i < self->all->len; i++)
    {
      TrestleReportTransfer *transfer = &g_array_index (self->all, TrestleReportTransfer, i);
      guint32 currency = trestle_report_run_find (run, TRESTLE_REPORT_GROUP_NONE,
                                                  transfer->currency);
      guint32 group = 0, split = 0;

      if (currency == TRESTLE_REPORT_NOBODY)
        continue;
      if (run->group == TRESTLE_REPORT_GROUP_DISBURSEMENT)
        group = name_transfer (run, transfer);
      if (trestle_report_run_when (run, transfer->date, &group, &split))
        trestle_report_run_add (run, group, split, currency, transfer->failed ? FAILED : PAID,
                                transfer->amount);
    }
}

static int
column_of_type (const char *type)
{
  if (g_str_equal (type, "BALANCE_ADJUSTMENT"))
    return ADJUSTMENTS;
  if (g_str_has_prefix (type, "AWS_TAX_SHARE"))
    return TAX;
  switch (trestle_report_billed_column (type))
    {
    case TRESTLE_REPORT_BILLED:
      return REVENUE;
    case TRESTLE_REPORT_BILLED_REFUNDS:
      return REFUNDS;
    case TRESTLE_REPORT_BILLED_FEE:
    case TRESTLE_REPORT_BILLED_FEE_REFUNDS:
      return FEE;
    case TRESTLE_REPORT_BILLED_TAX:
      return TAX;
    default:
      return -1;
    }
}

static gboolean
sum_lines (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  TrestleReportTransfers *self = data;
  g_auto (TrestleReportAxes) axes = { .run = run };
  const TrestleReportColumn *types = &frame->columns[TRESTLE_BILLED_TYPE];
  const TrestleReportColumn *actions = &frame->columns[TRESTLE_BILLED_ACTION];
  g_autofree int *columns = g_new (int, types->n_words);
  g_autofree gboolean *disbursed = g_new (gboolean, actions->n_words);
  g_autofree guint32 *currencies = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_NONE,
                                                           TRESTLE_BILLED_CURRENCY);

  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_PRODUCT, TRESTLE_BILLED_PRODUCT);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_BUYER, TRESTLE_BILLED_USER);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_COUNTRY, TRESTLE_BILLED_USER);
  for (guint i = 0; i < types->n_words; i++)
    columns[i] = column_of_type (types->words[i]);
  for (guint i = 0; i < actions->n_words; i++)
    disbursed[i] = g_str_equal (actions->words[i], "DISBURSED");

  for (guint i = 0; i < frame->n; i++)
    {
      guint32 currency = currencies[frame->columns[TRESTLE_BILLED_CURRENCY].index[i]];
      TrestleDecimal amount = frame->columns[TRESTLE_BILLED_AMOUNT].numbers[i];
      int column = columns[types->index[i]];
      TrestleReportTransfer *transfer;
      guint32 group = 0, split = 0;
      gint64 number;

      if (column < 0 || !disbursed[actions->index[i]]
          || !trestle_report_segment_has (frame->current, i) || currency == TRESTLE_REPORT_NOBODY
          || !trestle_report_axes_allow (&axes, i, &group, &split))
        continue;
      number = trestle_report_keys_find (&self->keys,
                                         frame->columns[TRESTLE_BILLED_DISBURSEMENT].keys[i]);
      if (number < 0)
        continue;
      transfer = &g_array_index (self->all, TrestleReportTransfer, number);
      if (run->group == TRESTLE_REPORT_GROUP_DISBURSEMENT)
        group = name_transfer (run, transfer);
      if (transfer->failed || !trestle_report_run_when (run, transfer->date, &group, &split))
        continue;
      if (self->line_signs < 0)
        amount = -amount;
      trestle_report_run_add (run, group, split, currency, (guint) column, amount);
      trestle_report_run_add (run, group, split, currency, NET, amount);
    }
  return TRUE;
}

gboolean
trestle_report_sum_disbursed (TrestleReportRun *run, GError **error)
{
  g_auto (TrestleReportTransfers) self = { 0 };
  gboolean whole;

  if (!trestle_report_transfers_read (&self, run, error))
    return FALSE;
  whole = run->members[TRESTLE_REPORT_GROUP_PRODUCT].filter == NULL
          && run->members[TRESTLE_REPORT_GROUP_BUYER].filter == NULL
          && run->members[TRESTLE_REPORT_GROUP_COUNTRY].filter == NULL
          && ((run->info->columns[PAID].groups >> run->group) & 1);
  if (whole)
    sum_transfers (run, &self);
  else
    run->hidden |= 1u << PAID | 1u << FAILED;
  return trestle_report_run_each (
      run, TRESTLE_FEED_BILLING,
      WANT (TRESTLE_BILLED_PRODUCT) | WANT (TRESTLE_BILLED_USER) | WANT (TRESTLE_BILLED_ACTION)
          | WANT (TRESTLE_BILLED_TYPE) | WANT (TRESTLE_BILLED_AMOUNT)
          | WANT (TRESTLE_BILLED_CURRENCY) | WANT (TRESTLE_BILLED_DISBURSEMENT),
      sum_lines, &self, error);
}
