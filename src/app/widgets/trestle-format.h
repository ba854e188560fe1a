/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/trestle-money.h"

G_BEGIN_DECLS

/* Values as people read them. All return (transfer full) text, never %NULL. */

/** trestle_format_hourly: "$0.53/h"; "" where it is not known */
char *trestle_format_hourly (const TrestleMoney *money);

/** trestle_format_amount: "$0.53"; "–" where it is not known */
char *trestle_format_amount (const TrestleMoney *money);

/** trestle_format_duration: "0.8 s", "24 s", "3 min 24 s", "2 h 5 min", "4 days" of @usec */
char *trestle_format_duration (gint64 usec);

/** trestle_format_ago: "just now", "4 min ago", "3 h ago", else the day */
char *trestle_format_ago (gint64 time);

/** trestle_format_moment: "16:42" today, "tomorrow 09:10", else "5 December 09:10", local */
char *trestle_format_moment (gint64 time);

/** trestle_format_today: as trestle_format_moment(), beginning a line: "Today 16:42" */
char *trestle_format_today (gint64 time);

/** trestle_format_day: "5 December", with the year where it is another */
char *trestle_format_day (gint64 time);

/** trestle_format_clock: "14:32:08" with @millis "14:32:08.412", local */
char *trestle_format_clock (gint64 time, gboolean millis);

/** trestle_format_account: "1111-2222-3333" */
char *trestle_format_account (const char *number);

/** trestle_format_count: "1,246" */
char *trestle_format_count (gint64 n);

/** trestle_format_bind: lets @klass's template call the closures of the same names */
void trestle_format_bind (GtkWidgetClass *klass);

G_END_DECLS
