/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/trestle-money.h"

G_BEGIN_DECLS

#define TRESTLE_PRICE_ERROR (trestle_price_error_quark ())

typedef enum
{
  TRESTLE_PRICE_ERROR_SYNTAX,
  TRESTLE_PRICE_ERROR_UNKNOWN, /* a name that the row has no value for */
  TRESTLE_PRICE_ERROR_RANGE,   /* below nothing, beyond what AWS takes, or a division by nothing */
} TrestlePriceError;

GQuark trestle_price_error_quark (void);

/**
 * TrestlePriceFacts:
 * @machine: (nullable): what AWS asks for an hour of the instance type
 * @price: (nullable): the price that it has now
 * @vcpu: (nullable): a decimal, "4"
 * @gpu: (nullable): the same
 * @memory: (nullable): the same, in GiB
 *
 * What a formula may name. What is %NULL is not known of this row.
 */
typedef struct
{
  const TrestleMoney *machine;
  const TrestleMoney *price;
  const char *vcpu;
  const char *gpu;
  const char *memory;
} TrestlePriceFacts;

/**
 * trestle_price_formula:
 * @text: "machine × 3", "60% of machine", "0.05 * vcpu + 0.10", "max(machine, 0.50)"; in the currency of @currency
 * @facts: what the names in it mean: machine, price, vcpu, gpu, memory
 * @error: #TrestlePriceError, in words for people
 *
 * Works in whole numbers of 10⁻¹², so that what comes out is exact to that place.
 *
 * Returns: (transfer full) (nullable): what it comes to, not negative
 */
TrestleMoney *trestle_price_formula (const char *text,
                                     const TrestlePriceFacts *facts,
                                     const char *currency,
                                     GError **error);

/** trestle_price_is_valid: Returns: whether AWS takes @text as a price: a decimal, eight places at most */
gboolean trestle_price_is_valid (const char *text);

/**
 * trestle_price_discount:
 * @price: as in a rate card
 * @percent: a decimal from 0 to 100
 *
 * Returns: (transfer full) (nullable): @price less @percent, to the eighth place; #TrestlePriceError
 */
char *trestle_price_discount (const char *price, const char *percent, GError **error);

G_END_DECLS
