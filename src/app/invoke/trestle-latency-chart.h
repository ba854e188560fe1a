/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleLatencyChart: how often calls took how long, with p50 and p90 marked */
#define TRESTLE_TYPE_LATENCY_CHART (trestle_latency_chart_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLatencyChart, trestle_latency_chart, TRESTLE, LATENCY_CHART, GtkWidget)

/** trestle_latency_chart_set_values: @values: (array length=n): microseconds, sorted upwards */
void trestle_latency_chart_set_values (TrestleLatencyChart *self, const gint64 *values, guint n);

/** trestle_latency_percentile: Returns: nearest rank of the sorted @values; 0 without any */
gint64 trestle_latency_percentile (const gint64 *values, guint n, guint percent);

/** trestle_latency_format: Returns: (transfer full): "64 ms", "1.48 s" */
char *trestle_latency_format (gint64 usec);

G_END_DECLS
