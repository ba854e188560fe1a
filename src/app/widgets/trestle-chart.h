/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleChartHue: colours that can be told apart by the colour-blind; the legend and the table name them too */
typedef enum
{
  TRESTLE_CHART_BLUE,
  TRESTLE_CHART_ORANGE,
  TRESTLE_CHART_RED,
} TrestleChartHue;

/**
 * TrestleChart:
 *
 * Values over time, in steps of equal length: lines, the first with its area, or bars. Three lines of a
 * grid, the first and the last time inside the edges.
 */
#define TRESTLE_TYPE_CHART (trestle_chart_get_type ())
G_DECLARE_FINAL_TYPE (TrestleChart, trestle_chart, TRESTLE, CHART, GtkWidget)

/**
 * trestle_chart_begin:
 * @from: µs where the first step begins
 * @step: µs of a step
 * @n_steps: how many
 *
 * Forgets all series.
 */
void trestle_chart_begin (TrestleChart *self, gint64 from, gint64 step, guint n_steps);

/**
 * trestle_chart_add:
 * @name: of the series, for people
 * @values: (array): one for each step; NaN where there is none
 * @bars: whether it is drawn as bars
 */
void trestle_chart_add (TrestleChart *self,
                        const char *name,
                        TrestleChartHue hue,
                        const double *values,
                        gboolean bars);

/** trestle_chart_hue_get: the colour that goes with @hue, in the light or in the dark */
void trestle_chart_hue_get (TrestleChartHue hue, gboolean dark, GdkRGBA *colour);

/** trestle_chart_round: Returns: a third of the axis that reaches @highest: 1, 2, 3, 4, 5 or 8 times a power of ten */
double trestle_chart_round (double highest, gboolean whole);

/** trestle_chart_time: Returns: (transfer full): @time for an axis as long as @span: "14:34" or "3 Dec" */
char *trestle_chart_time (gint64 time, gint64 span);

G_END_DECLS
