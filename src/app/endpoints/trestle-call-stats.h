/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TrestleCallStats:
 * @n_calls: calls that were sent
 * @n_failed: those of them that failed
 * @p50: µs, median of those that did not; 0 without any
 * @p99: likewise
 * @newest: µs, when the last one was sent; 0 without any
 */
typedef struct
{
  guint n_calls;
  guint n_failed;
  gint64 p50;
  gint64 p99;
  gint64 newest;
} TrestleCallStats;

/**
 * trestle_call_stats_count:
 * @calls: (nullable): #TrestleInvocation, newest first; what was refused before sending does not count
 * @since: µs, older ones are left out
 */
void trestle_call_stats_count (GListModel *calls, gint64 since, TrestleCallStats *stats);

/**
 * TrestleCallSeries:
 * @from: µs where the first step begins
 * @step: µs of each
 * @n_steps: how many
 * @calls: calls in each
 * @failed: those of them that failed
 * @p50: milliseconds; NaN where there was none
 * @p99: likewise
 */
typedef struct
{
  gint64 from;
  gint64 step;
  guint n_steps;
  double *calls;
  double *failed;
  double *p50;
  double *p99;
} TrestleCallSeries;

/**
 * trestle_call_series_new:
 * @since: µs, older calls are left out
 * @until: µs, the end of the last step
 */
TrestleCallSeries *
trestle_call_series_new (GListModel *calls, gint64 since, gint64 until, gint64 step, guint n_steps);
void trestle_call_series_free (TrestleCallSeries *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleCallSeries, trestle_call_series_free)

G_END_DECLS
