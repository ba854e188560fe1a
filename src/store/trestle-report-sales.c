/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include <string.h>

#include "domain/trestle-dimensions.h"
#include "store/trestle-report-run.h"

#define WANT TRESTLE_REPORT_WANT

/* Columns, in the order of trestle-report-info.c. */
enum
{
  USAGE_HOURS,
  USAGE_REQUESTS,
  USAGE_REAL_TIME,
  USAGE_BATCH,
  USAGE_TRAINING,
  USAGE_PER_REQUEST,
  USAGE_REVENUE,
};

/* AWS writes "HostHrs" for what is priced by the hour. */
static gboolean
is_hours (const char *unit)
{
  g_autofree char *lower = g_ascii_strdown (unit, -1);

  return strstr (lower, "hrs") != NULL || strstr (lower, "hour") != NULL;
}

static int
column_of_mode (TrestleUsageMode mode)
{
  switch (mode)
    {
    case TRESTLE_USAGE_MODE_REALTIME:
      return USAGE_REAL_TIME;
    case TRESTLE_USAGE_MODE_BATCH:
      return USAGE_BATCH;
    case TRESTLE_USAGE_MODE_TRAINING:
      return USAGE_TRAINING;
    case TRESTLE_USAGE_MODE_INFERENCE:
      return USAGE_PER_REQUEST;
    case TRESTLE_USAGE_MODE_OTHER:
    default:
      return -1;
    }
}

static gboolean
sum_usage (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  g_auto (TrestleReportAxes) axes = { .run = run };
  const TrestleReportColumn *units = &frame->columns[TRESTLE_USED_UNIT];
  const TrestleReportColumn *dimensions = &frame->columns[TRESTLE_USED_DIMENSION];
  g_autofree gboolean *hours = g_new (gboolean, units->n_words);
  g_autofree int *modes = g_new (int, dimensions->n_words);
  g_autofree guint32 *currencies = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_NONE,
                                                           TRESTLE_USED_CURRENCY);

  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_PRODUCT, TRESTLE_USED_PRODUCT);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_BUYER, TRESTLE_USED_USER);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_COUNTRY, TRESTLE_USED_USER);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_INSTANCE, TRESTLE_USED_DIMENSION);
  for (guint i = 0; i < units->n_words; i++)
    hours[i] = is_hours (units->words[i]);
  for (guint i = 0; i < dimensions->n_words; i++)
    modes[i] = column_of_mode (trestle_dimension_parse (dimensions->words[i], NULL));

  for (guint i = 0; i < frame->n; i++)
    {
      guint32 currency = currencies[frame->columns[TRESTLE_USED_CURRENCY].index[i]];
      guint32 group = 0, split = 0;
      TrestleDecimal revenue = frame->columns[TRESTLE_USED_REVENUE].numbers[i];
      int mode = modes[dimensions->index[i]];

      if (!trestle_report_segment_has (frame->current, i) || currency == TRESTLE_REPORT_NOBODY
          || !trestle_report_axes_allow (&axes, i, &group, &split)
          || !trestle_report_run_when (run, frame->columns[TRESTLE_USED_DATE].times[i], &group,
                                       &split))
        continue;
      trestle_report_run_add (run, group, split, currency,
                              hours[units->index[i]] ? USAGE_HOURS : USAGE_REQUESTS,
                              frame->columns[TRESTLE_USED_QUANTITY].numbers[i]);
      if (mode >= 0)
        trestle_report_run_add (run, group, split, currency, (guint) mode, revenue);
      trestle_report_run_add (run, group, split, currency, USAGE_REVENUE, revenue);
    }
  return TRUE;
}

gboolean
trestle_report_sum_usage (TrestleReportRun *run, GError **error)
{
  return trestle_report_run_each (run, TRESTLE_FEED_USAGE,
                                  WANT (TRESTLE_USED_DATE) | WANT (TRESTLE_USED_PRODUCT)
                                      | WANT (TRESTLE_USED_USER) | WANT (TRESTLE_USED_DIMENSION)
                                      | WANT (TRESTLE_USED_UNIT) | WANT (TRESTLE_USED_QUANTITY)
                                      | WANT (TRESTLE_USED_CURRENCY) | WANT (TRESTLE_USED_REVENUE),
                                  sum_usage, NULL, error);
}

int
trestle_report_billed_column (const char *type)
{
  static const struct
  {
    const char *prefix;
    int whole;
    int back; /* _REFUND and _CREDIT */
  } types[] = {
    { "SELLER_REV_SHARE", TRESTLE_REPORT_BILLED, TRESTLE_REPORT_BILLED_REFUNDS },
    { "AWS_REV_SHARE", TRESTLE_REPORT_BILLED_FEE, TRESTLE_REPORT_BILLED_FEE_REFUNDS },
    { "SELLER_TAX_SHARE", TRESTLE_REPORT_BILLED_TAX, TRESTLE_REPORT_BILLED_TAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_prefix (type, types[i].prefix))
      {
        const char *tail = type + strlen (types[i].prefix);

        if (*tail == '\0')
          return types[i].whole;
        if (g_str_equal (tail, "_REFUND") || g_str_equal (tail, "_CREDIT"))
          return types[i].back;
      }
  return -1;
}

gboolean
trestle_report_is_invoiced (const char *action)
{
  return g_str_equal (action, "INVOICED") || g_str_equal (action, TRESTLE_DATA_SET_BILLED);
}

static gboolean
sum_billed (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  g_auto (TrestleReportAxes) axes = { .run = run };
  const TrestleReportColumn *types = &frame->columns[TRESTLE_BILLED_TYPE];
  const TrestleReportColumn *actions = &frame->columns[TRESTLE_BILLED_ACTION];
  g_autofree int *columns = g_new (int, types->n_words);
  g_autofree gboolean *invoiced = g_new (gboolean, actions->n_words);
  g_autofree guint32 *currencies = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_NONE,
                                                           TRESTLE_BILLED_CURRENCY);

  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_PRODUCT, TRESTLE_BILLED_PRODUCT);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_BUYER, TRESTLE_BILLED_USER);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_COUNTRY, TRESTLE_BILLED_USER);
  if (run->group == TRESTLE_REPORT_GROUP_INVOICE)
    trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_INVOICE, TRESTLE_BILLED_INVOICE);
  for (guint i = 0; i < types->n_words; i++)
    columns[i] = trestle_report_billed_column (types->words[i]);
  for (guint i = 0; i < actions->n_words; i++)
    invoiced[i] = trestle_report_is_invoiced (actions->words[i]);

  for (guint i = 0; i < frame->n; i++)
    {
      guint32 currency = currencies[frame->columns[TRESTLE_BILLED_CURRENCY].index[i]];
      guint32 group = 0, split = 0;
      TrestleDecimal amount = frame->columns[TRESTLE_BILLED_AMOUNT].numbers[i];
      int column = columns[types->index[i]];

      if (column < 0 || !invoiced[actions->index[i]]
          || !trestle_report_segment_has (frame->current, i) || currency == TRESTLE_REPORT_NOBODY
          || !trestle_report_axes_allow (&axes, i, &group, &split)
          || !trestle_report_run_when (run, frame->columns[TRESTLE_BILLED_INVOICED].times[i],
                                       &group, &split))
        continue;
      trestle_report_run_add (run, group, split, currency, (guint) column, amount);
      if (column != TRESTLE_REPORT_BILLED_TAX)
        trestle_report_run_add (run, group, split, currency, TRESTLE_REPORT_BILLED_NET, amount);
    }
  return TRUE;
}

gboolean
trestle_report_sum_billed (TrestleReportRun *run, GError **error)
{
  guint32 want = WANT (TRESTLE_BILLED_PRODUCT) | WANT (TRESTLE_BILLED_USER)
                 | WANT (TRESTLE_BILLED_ACTION) | WANT (TRESTLE_BILLED_TYPE)
                 | WANT (TRESTLE_BILLED_AMOUNT) | WANT (TRESTLE_BILLED_CURRENCY)
                 | WANT (TRESTLE_BILLED_INVOICED);

  if (run->group == TRESTLE_REPORT_GROUP_INVOICE)
    want |= WANT (TRESTLE_BILLED_INVOICE);
  return trestle_report_run_each (run, TRESTLE_FEED_BILLING, want, sum_billed, NULL, error);
}

static gboolean
sum_tax (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  g_auto (TrestleReportAxes) axes = { .run = run };
  g_autofree guint32 *currencies = trestle_report_run_map (run, frame, TRESTLE_REPORT_GROUP_NONE,
                                                           TRESTLE_TAXED_CURRENCY);
  static const guint sources[] = { TRESTLE_TAXED_TAXABLE, TRESTLE_TAXED_NONTAXABLE,
                                   TRESTLE_TAXED_AMOUNT };

  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_PRODUCT, TRESTLE_TAXED_PRODUCT);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_BUYER, TRESTLE_TAXED_ACCOUNT);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_JURISDICTION,
                           TRESTLE_TAXED_JURISDICTION);
  trestle_report_axes_add (&axes, frame, TRESTLE_REPORT_GROUP_COUNTRY, TRESTLE_TAXED_COUNTRY);

  for (guint i = 0; i < frame->n; i++)
    {
      guint32 currency = currencies[frame->columns[TRESTLE_TAXED_CURRENCY].index[i]];
      guint32 group = 0, split = 0;

      if (!trestle_report_segment_has (frame->current, i) || currency == TRESTLE_REPORT_NOBODY
          || !trestle_report_axes_allow (&axes, i, &group, &split)
          || !trestle_report_run_when (run, frame->columns[TRESTLE_TAXED_DATE].times[i], &group,
                                       &split))
        continue;
      for (guint c = 0; c < G_N_ELEMENTS (sources); c++)
        trestle_report_run_add (run, group, split, currency, c,
                                frame->columns[sources[c]].numbers[i]);
    }
  return TRUE;
}

gboolean
trestle_report_sum_tax (TrestleReportRun *run, GError **error)
{
  return trestle_report_run_each (
      run, TRESTLE_FEED_TAX,
      WANT (TRESTLE_TAXED_PRODUCT) | WANT (TRESTLE_TAXED_ACCOUNT) | WANT (TRESTLE_TAXED_COUNTRY)
          | WANT (TRESTLE_TAXED_JURISDICTION) | WANT (TRESTLE_TAXED_DATE)
          | WANT (TRESTLE_TAXED_TAXABLE) | WANT (TRESTLE_TAXED_NONTAXABLE)
          | WANT (TRESTLE_TAXED_AMOUNT) | WANT (TRESTLE_TAXED_CURRENCY),
      sum_tax, NULL, error);
}
