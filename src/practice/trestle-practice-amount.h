/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeAmount:
 *
 * What the practice account's books count in: a decimal of twelve places, in one number. Trestle's own
 * decimals are not used here: they are what is measured against these books.
 */
__extension__ typedef __int128 TrestlePracticeAmount;

#define TRESTLE_PRACTICE_AMOUNT_PLACES 12
/** TRESTLE_PRACTICE_ONE: 1, as an amount */
#define TRESTLE_PRACTICE_ONE ((TrestlePracticeAmount) G_GINT64_CONSTANT (1000000000000))
/** TRESTLE_PRACTICE_MICRO: a millionth, as an amount: what quantities are whole multiples of */
#define TRESTLE_PRACTICE_MICRO ((TrestlePracticeAmount) 1000000)

/** trestle_practice_amount_parse: @text: (nullable): a plain decimal; Returns: the amount, 0 for what is none */
static inline TrestlePracticeAmount
trestle_practice_amount_parse (const char *text)
{
  gboolean minus = text != NULL && *text == '-';
  TrestlePracticeAmount amount = 0;
  int places = -1;

  for (const char *at = text != NULL ? text + minus : ""; *at != '\0'; at++)
    if (*at == '.')
      places = 0;
    else if (g_ascii_isdigit (*at) && places < TRESTLE_PRACTICE_AMOUNT_PLACES)
      {
        amount = amount * 10 + (*at - '0');
        places += places >= 0;
      }
  for (places = MAX (places, 0); places < TRESTLE_PRACTICE_AMOUNT_PLACES; places++)
    amount *= 10;
  return minus ? -amount : amount;
}

/** trestle_practice_amount_round: Returns: @amount to @places after the point, a half away from zero */
static inline TrestlePracticeAmount
trestle_practice_amount_round (TrestlePracticeAmount amount, guint places)
{
  TrestlePracticeAmount step = 1;

  for (guint i = places; i < TRESTLE_PRACTICE_AMOUNT_PLACES; i++)
    step *= 10;
  return (amount + (amount < 0 ? -step : step) / 2) / step * step;
}

/** trestle_practice_amount_print: writes @amount with no more places than it has, but at least @least; Returns: @buffer */
static inline const char *
trestle_practice_amount_print (TrestlePracticeAmount amount, guint least, char buffer[48])
{
  gboolean minus = amount < 0;
  char *at = buffer + 47;
  guint places = TRESTLE_PRACTICE_AMOUNT_PLACES;

  if (minus)
    amount = -amount;
  for (; places > least && amount % 10 == 0; places--)
    amount /= 10;
  *at = '\0';
  for (guint i = 0; i < places; i++, amount /= 10)
    *--at = (char) ('0' + (int) (amount % 10));
  if (places > 0)
    *--at = '.';
  do
    {
      *--at = (char) ('0' + (int) (amount % 10));
      amount /= 10;
    }
  while (amount > 0);
  if (minus)
    *--at = '-';
  return at;
}

G_END_DECLS
