/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are UTC microseconds since 1970 everywhere inside; 0 means "none". */
#define TRESTLE_SECOND ((gint64) G_USEC_PER_SEC)
#define TRESTLE_MINUTE (60 * TRESTLE_SECOND)
#define TRESTLE_HOUR (60 * TRESTLE_MINUTE)
#define TRESTLE_DAY (24 * TRESTLE_HOUR)

/** trestle_clock_now: Returns: UTC microseconds since 1970 */
gint64 trestle_clock_now (void);

/**
 * trestle_clock_format_amz:
 *
 * Returns: (transfer full): the basic ISO form of signatures, "20260807T061500Z"
 */
char *trestle_clock_format_amz (gint64 time);

/** trestle_clock_format_iso: Returns: (transfer full): "2026-08-07T06:15:00Z" */
char *trestle_clock_format_iso (gint64 time);

/**
 * trestle_clock_parse:
 * @text: ISO 8601 (basic or extended, with or without fraction), or an HTTP date
 * @time: (out): UTC microseconds
 *
 * Returns: whether @text could be read
 */
gboolean trestle_clock_parse (const char *text, gint64 *time);

/**
 * trestle_clock_parse_duration:
 * @text: what a person types: "90s", "45m", "2h", "1d", "1h30m", or a bare number of minutes
 * @duration: (out): microseconds
 *
 * Returns: whether @text could be read and is above zero
 */
gboolean trestle_clock_parse_duration (const char *text, gint64 *duration);

/**
 * trestle_clock_parse_days:
 * @text: an ISO 8601 duration in days, weeks, months or years: "P14D", "P1M"
 * @days: (out): days; a month counts 30, a year 365
 */
gboolean trestle_clock_parse_days (const char *text, guint *days);

G_END_DECLS
