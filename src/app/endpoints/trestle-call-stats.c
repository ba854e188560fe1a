/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "endpoints/trestle-call-stats.h"

#include <math.h>

#include "domain/trestle-invocation.h"

static int
compare_latency (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Nearest rank. */
static gint64
percentile (GArray *sorted, guint percent)
{
  guint rank = (sorted->len * percent + 99) / 100;

  return sorted->len > 0 ? g_array_index (sorted, gint64, MAX (rank, 1) - 1) : 0;
}

/* A call that never left has no status and no latency. */
static gboolean
was_sent (TrestleInvocation *call)
{
  return trestle_invocation_get_status (call) != 0 || trestle_invocation_get_latency (call) != 0;
}

void
trestle_call_stats_count (GListModel *calls, gint64 since, TrestleCallStats *stats)
{
  g_autoptr (GArray) latencies = g_array_new (FALSE, FALSE, sizeof (gint64));

  *stats = (TrestleCallStats) { 0 };
  for (guint i = 0; calls != NULL && i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (TrestleInvocation) call = g_list_model_get_item (calls, i);
      gint64 latency = trestle_invocation_get_latency (call);

      if (trestle_invocation_get_when (call) < since)
        break;
      if (!was_sent (call))
        continue;
      stats->n_calls++;
      stats->newest = MAX (stats->newest, trestle_invocation_get_when (call));
      if (trestle_invocation_get_error_code (call) != NULL)
        stats->n_failed++;
      else
        g_array_append_val (latencies, latency);
    }
  g_array_sort (latencies, compare_latency);
  stats->p50 = percentile (latencies, 50);
  stats->p99 = percentile (latencies, 99);
}

TrestleCallSeries *
trestle_call_series_new (GListModel *calls, gint64 since, gint64 until, gint64 step, guint n_steps)
{
  TrestleCallSeries *self = g_new0 (TrestleCallSeries, 1);
  g_autoptr (GPtrArray) latencies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  g_return_val_if_fail (step > 0 && n_steps > 0, self);

  self->from = until - step * n_steps;
  self->step = step;
  self->n_steps = n_steps;
  self->calls = g_new0 (double, n_steps);
  self->failed = g_new0 (double, n_steps);
  self->p50 = g_new0 (double, n_steps);
  self->p99 = g_new0 (double, n_steps);
  for (guint i = 0; i < n_steps; i++)
    g_ptr_array_add (latencies, g_array_new (FALSE, FALSE, sizeof (gint64)));

  for (guint i = 0; calls != NULL && i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (TrestleInvocation) call = g_list_model_get_item (calls, i);
      gint64 when = trestle_invocation_get_when (call);
      gint64 latency = trestle_invocation_get_latency (call);
      guint at;

      if (when < MAX (since, self->from))
        break;
      if (when >= until || !was_sent (call))
        continue;
      at = (guint) ((when - self->from) / step);
      self->calls[at]++;
      if (trestle_invocation_get_error_code (call) != NULL)
        self->failed[at]++;
      else
        g_array_append_val (g_ptr_array_index (latencies, at), latency);
    }

  for (guint i = 0; i < n_steps; i++)
    {
      GArray *all = g_ptr_array_index (latencies, i);

      g_array_sort (all, compare_latency);
      self->p50[i] = all->len > 0 ? (double) percentile (all, 50) / 1000 : NAN;
      self->p99[i] = all->len > 0 ? (double) percentile (all, 99) / 1000 : NAN;
    }
  return self;
}

void
trestle_call_series_free (TrestleCallSeries *self)
{
  g_free (self->calls);
  g_free (self->failed);
  g_free (self->p50);
  g_free (self->p99);
  g_free (self);
}
