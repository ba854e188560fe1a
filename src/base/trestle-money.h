/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TrestleMoney:
 *
 * An exact decimal amount in one currency: up to 12 places after the point, never a double.
 * Immutable; copies are references.
 */
typedef struct _TrestleMoney TrestleMoney;

#define TRESTLE_TYPE_MONEY (trestle_money_get_type ())
#define TRESTLE_MONEY_ERROR (trestle_money_error_quark ())

typedef enum
{
  TRESTLE_MONEY_ERROR_SYNTAX,
  TRESTLE_MONEY_ERROR_CURRENCY,
  TRESTLE_MONEY_ERROR_RANGE,
} TrestleMoneyError;

GType trestle_money_get_type (void) G_GNUC_CONST;
GQuark trestle_money_error_quark (void);

/**
 * trestle_money_parse:
 * @amount: a plain decimal as AWS writes it: "0.2300000000", "-3", "12.5"; no exponent
 * @currency: three capital letters
 * @error: #TrestleMoneyError
 *
 * Returns: (transfer full) (nullable): the amount
 */
TrestleMoney *trestle_money_parse (const char *amount, const char *currency, GError **error);
TrestleMoney *trestle_money_zero (const char *currency);
TrestleMoney *trestle_money_copy (const TrestleMoney *self);
void trestle_money_free (TrestleMoney *self);
const char *trestle_money_get_currency (const TrestleMoney *self);

/**
 * trestle_money_add:
 *
 * Returns: (transfer full) (nullable): @a + @b; %NULL with %TRESTLE_MONEY_ERROR_CURRENCY where the
 *   currencies differ, %TRESTLE_MONEY_ERROR_RANGE where the sum does not fit
 */
TrestleMoney *trestle_money_add (const TrestleMoney *a, const TrestleMoney *b, GError **error);

/**
 * trestle_money_scale:
 * @numerator: whole number
 * @denominator: whole number above 0
 *
 * Returns: (transfer full): @self × @numerator ÷ @denominator, rounded half away from zero at the
 *   12th place. An hour's price over seconds: scale (price, seconds, 3600).
 */
TrestleMoney *trestle_money_scale (const TrestleMoney *self, gint64 numerator, gint64 denominator);

/**
 * trestle_money_round:
 * @step: above zero, of the same currency: "0.05"
 * @direction: -1 down, 0 to the nearest (a half away from zero), 1 up
 *
 * Returns: (transfer full): the multiple of @step next to @self
 */
TrestleMoney *
trestle_money_round (const TrestleMoney *self, const TrestleMoney *step, int direction);

/** trestle_money_compare: Returns: <0, 0, >0; of one currency only */
int trestle_money_compare (const TrestleMoney *a, const TrestleMoney *b);
gboolean trestle_money_is_zero (const TrestleMoney *self);

/**
 * trestle_money_to_string:
 *
 * Returns: (transfer full): the exact decimal with at least two places, no currency: "0.23"
 */
char *trestle_money_to_string (const TrestleMoney *self);

/**
 * trestle_money_format:
 * @places: places after the point, 2 as a rule. An amount above zero that would round to nothing
 *   shows its first significant digit instead.
 *
 * Returns: (transfer full): for people: "$0.53", "€1,204.00", "0.53 CHF"
 */
char *trestle_money_format (const TrestleMoney *self, guint places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleMoney, trestle_money_free)

G_END_DECLS
