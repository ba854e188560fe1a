/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-report-run.h"

#define WANT TRESTLE_REPORT_WANT
#define ONE TRESTLE_DECIMAL_ONE

/* Columns, in the order of trestle-report-info.c. */
enum
{
  NEW,
  ENDED,
  TRIALS,
  ACTIVE,
};

typedef struct
{
  guint32 group;
  guint32 split;
  gint64 accepted;
  gint64 ended; /* 0 while it is active */
  gboolean trial;
  gboolean known; /* another row tells that it began */
} Agreement;

/* How many are active is counted anew at each end of a month, and once for the whole. */
static void
count_active (TrestleReportRun *run, const Agreement *agreement, guint32 currency)
{
  gint64 end = run->to != 0 ? MIN (run->to, run->today + 1) : run->today + 1;
  guint32 first, last;

  if (agreement->accepted < end && (agreement->ended == 0 || agreement->ended >= end))
    {
      trestle_report_cells_get (run->totals, 0, 0, currency)[ACTIVE] += ONE;
      if (run->group != TRESTLE_REPORT_GROUP_MONTH && run->group != TRESTLE_REPORT_GROUP_DAY)
        trestle_report_cells_get (run->cells, agreement->group, agreement->split,
                                  currency)[ACTIVE] += ONE;
    }
  if (run->group != TRESTLE_REPORT_GROUP_MONTH)
    return;
  first = trestle_report_month_of (run, MAX (agreement->accepted, run->from));
  last = trestle_report_month_of (run, end - 1);
  if (agreement->ended != 0)
    last = MIN (last, trestle_report_month_of (run, agreement->ended) - 1);
  for (guint32 month = first; month <= last; month++)
    trestle_report_cells_get (run->cells, month, agreement->split, currency)[ACTIVE] += ONE;
}

static void
count (TrestleReportRun *run, Agreement *agreement)
{
  guint32 currency = trestle_report_run_intern (run, TRESTLE_REPORT_GROUP_NONE, "", "", NULL);
  guint32 group = agreement->group, split = agreement->split;

  if (currency == TRESTLE_REPORT_NOBODY)
    return;
  if (!agreement->known && trestle_report_run_when (run, agreement->accepted, &group, &split))
    {
      trestle_report_run_add (run, group, split, currency, NEW, ONE);
      if (agreement->trial)
        trestle_report_run_add (run, group, split, currency, TRIALS, ONE);
    }
  group = agreement->group;
  split = agreement->split;
  if (agreement->ended != 0 && trestle_report_run_when (run, agreement->ended, &group, &split))
    trestle_report_run_add (run, group, split, currency, ENDED, ONE);
  if (agreement->accepted > 0 && ((run->hidden >> ACTIVE) & 1) == 0)
    count_active (run, agreement, currency);
}

/* Of those who came and those who left alone nobody can say who is there. */
static gboolean
find_came (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  for (guint i = 0; i < frame->n; i++)
    if (trestle_report_segment_has (frame->current, i)
        && g_str_equal (trestle_report_frame_text (frame, TRESTLE_AGREED_STATUS, i),
                        TRESTLE_DATA_SET_CAME))
      run->hidden |= 1u << ACTIVE;
  return TRUE;
}

static gboolean
sum_subscribers (TrestleReportRun *run, TrestleReportFrame *frame, gpointer data, GError **error)
{
  static const TrestleReportGroup groups[] = { TRESTLE_REPORT_GROUP_PRODUCT,
                                               TRESTLE_REPORT_GROUP_BUYER,
                                               TRESTLE_REPORT_GROUP_COUNTRY };

  for (guint i = 0; i < frame->n; i++)
    {
      const char *acceptor = trestle_report_frame_text (frame, TRESTLE_AGREED_ACCEPTOR, i);
      const char *status = trestle_report_frame_text (frame, TRESTLE_AGREED_STATUS, i);
      const char *named = trestle_report_frame_text (frame, TRESTLE_AGREED_PRODUCT, i);
      const char *product = g_hash_table_lookup (
          run->offer_goods, trestle_report_frame_text (frame, TRESTLE_AGREED_OFFER, i));
      Agreement agreement = {
        .accepted = frame->columns[TRESTLE_AGREED_ACCEPTED].times[i],
        .trial = g_hash_table_contains (run->trials,
                                        trestle_report_frame_text (frame, TRESTLE_AGREED_ID, i)),
        .known = ((run->hidden >> ACTIVE) & 1) && g_str_equal (status, TRESTLE_DATA_SET_LEFT),
      };
      gboolean allowed = trestle_report_segment_has (frame->current, i);

      if (product == NULL)
        product = named;
      for (guint g = 0; g < G_N_ELEMENTS (groups) && allowed; g++)
        {
          const char *text = groups[g] != TRESTLE_REPORT_GROUP_PRODUCT ? acceptor : product;
          guint32 id = trestle_report_run_find (run, groups[g], text);

          allowed = id != TRESTLE_REPORT_NOBODY;
          if (run->group == groups[g])
            agreement.group = id;
          if (run->split == groups[g])
            agreement.split = id;
        }
      if (!allowed)
        continue;
      if (!g_str_equal (status, "ACTIVE"))
        agreement.ended = frame->columns[TRESTLE_AGREED_END].times[i];
      count (run, &agreement);
    }
  return TRUE;
}

gboolean
trestle_report_sum_subscribers (TrestleReportRun *run, GError **error)
{
  return trestle_report_run_load_agreements (run, error)
         && trestle_report_run_each (run, TRESTLE_FEED_AGREEMENT, WANT (TRESTLE_AGREED_STATUS),
                                     find_came, NULL, error)
         && trestle_report_run_each (run, TRESTLE_FEED_AGREEMENT,
                                     WANT (TRESTLE_AGREED_ID) | WANT (TRESTLE_AGREED_STATUS)
                                         | WANT (TRESTLE_AGREED_ACCEPTOR)
                                         | WANT (TRESTLE_AGREED_OFFER) | WANT (TRESTLE_AGREED_END)
                                         | WANT (TRESTLE_AGREED_PRODUCT)
                                         | WANT (TRESTLE_AGREED_ACCEPTED),
                                     sum_subscribers, NULL, error);
}
