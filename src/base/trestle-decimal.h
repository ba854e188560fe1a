/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TrestleDecimal:
 *
 * An exact decimal as a whole number of 10⁻¹⁸: what a million rows are added up in. It says nothing of a
 * currency, so amounts are never passed about as this alone: see #TrestleMoney and #TrestleReportRow.
 */
__extension__ typedef __int128 TrestleDecimal;

#define TRESTLE_DECIMAL_PLACES 18
#define TRESTLE_DECIMAL_ONE ((TrestleDecimal) 1000000000000000000)

/* Above this nothing is read: 10¹⁵ of the unit, so that a hundred thousand of them can be added. */
#define TRESTLE_DECIMAL_LIMIT (TRESTLE_DECIMAL_ONE * 1000000000000000)

/**
 * trestle_decimal_parse:
 * @text: a plain decimal, "-0.23000000", or with an exponent, "0E-10"; need not end with NUL
 * @length: bytes of @text
 * @value: (out): the value
 *
 * Returns: whether @text is a number that fits: at most 18 places that are not 0, below 10¹⁵
 */
gboolean trestle_decimal_parse (const char *text, gsize length, TrestleDecimal *value);

/** trestle_decimal_add: adds @value to @sum; Returns: %FALSE, and leaves @sum, where that does not fit */
gboolean trestle_decimal_add (TrestleDecimal *sum, TrestleDecimal value);

/** trestle_decimal_power: Returns: 10ⁿ, @n up to 18 */
gint64 trestle_decimal_power (guint n);

/** trestle_decimal_to_string: Returns: (transfer full): the exact decimal with at least @places places: "0.23" */
char *trestle_decimal_to_string (TrestleDecimal value, guint places);

/**
 * trestle_decimal_round:
 * @places: up to 18
 *
 * Returns: @value rounded half away from zero
 */
TrestleDecimal trestle_decimal_round (TrestleDecimal value, guint places);

/**
 * trestle_decimal_format:
 * @places: places after the point, rounded half away from zero
 *
 * Returns: (transfer full): for people: "−1,204.00"
 */
char *trestle_decimal_format (TrestleDecimal value, guint places);

G_END_DECLS
