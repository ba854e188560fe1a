/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "logs/trestle-log-filter.h"

G_BEGIN_DECLS

/**
 * TrestleLogStrip:
 *
 * Lines over time as bars, errors in red at their feet. Signals: "resized" (it wants another number of
 * bars), "chosen" (gint64 since, gint64 until: µs; somebody dragged across it).
 */
#define TRESTLE_TYPE_LOG_STRIP (trestle_log_strip_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogStrip, trestle_log_strip, TRESTLE, LOG_STRIP, GtkWidget)

/** trestle_log_strip_get_n_bars: how many bars there is room for */
guint trestle_log_strip_get_n_bars (TrestleLogStrip *self);

/**
 * trestle_log_strip_set:
 * @since: µs where the first bar begins
 * @until: µs where the last one ends
 * @buckets: (array length=n_buckets): the bars
 */
void trestle_log_strip_set (TrestleLogStrip *self,
                            gint64 since,
                            gint64 until,
                            const TrestleLogBucket *buckets,
                            guint n_buckets);

G_END_DECLS
