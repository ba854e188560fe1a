/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-decimal.h"

#include <string.h>

/* More digits than this are noise: leading zeros apart, 15 before and 18 after the point count. */
#define MAX_DIGITS 33
#define MAX_EXPONENT 99

__extension__ typedef unsigned __int128 Digits;

gint64
trestle_decimal_power (guint n)
{
  static const gint64 powers[] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
  };

  g_return_val_if_fail (n < G_N_ELEMENTS (powers), 0);
  return powers[n];
}

static gboolean
parse_exponent (const char *p, const char *end, int *exponent)
{
  gboolean negative = FALSE;
  int value = 0;

  if (p < end && (*p == '-' || *p == '+'))
    negative = *p++ == '-';
  if (p == end)
    return FALSE;
  for (; p < end; p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      value = MIN (value * 10 + (*p - '0'), MAX_EXPONENT);
    }
  *exponent = negative ? -value : value;
  return TRUE;
}

/* What nearly all amounts are: at most 18 digits, no exponent. */
static gboolean
parse_short (const char *text, gsize length, TrestleDecimal *value)
{
  gboolean negative = length > 0 && text[0] == '-';
  guint64 digits = 0;
  gsize point = length, begin = negative;
  guint places;

  if (length - begin > 19 || length == begin)
    return FALSE;
  for (gsize i = begin; i < length; i++)
    {
      guint digit = (guint) (guint8) text[i] - '0';

      if (digit <= 9)
        digits = digits * 10 + digit;
      else if (text[i] == '.' && point == length)
        point = i;
      else
        return FALSE;
    }
  if (length - begin - (point < length) < 1 || (point == length && length - begin > 15))
    return FALSE;
  places = point < length ? (guint) (length - point - 1) : 0;
  *value = (TrestleDecimal) digits * trestle_decimal_power (TRESTLE_DECIMAL_PLACES - places);
  if (negative)
    *value = -*value;
  return *value < TRESTLE_DECIMAL_LIMIT && *value > -TRESTLE_DECIMAL_LIMIT;
}

gboolean
trestle_decimal_parse (const char *text, gsize length, TrestleDecimal *value)
{
  const char *p = text, *end = text + length;
  gboolean negative = FALSE, point = FALSE, any = FALSE;
  Digits digits = 0;
  int kept = 0, places = 0, exponent = 0, shift;

  if (parse_short (text, length, value))
    return TRUE;
  if (p < end && (*p == '-' || *p == '+'))
    negative = *p++ == '-';
  for (; p < end; p++)
    {
      if (*p == '.' && !point)
        {
          point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        break;
      any = TRUE;
      places += point;
      digits = digits * 10 + (Digits) (*p - '0');
      if (digits != 0 && ++kept > MAX_DIGITS)
        {
          /* Only zeros at the end may still be taken off. */
          if (*p != '0' || !point)
            return FALSE;
          digits /= 10;
          places--;
        }
    }
  if (!any)
    return FALSE;
  if (p < end && ((*p != 'e' && *p != 'E') || !parse_exponent (p + 1, end, &exponent)))
    return FALSE;

  shift = digits == 0 ? 0 : TRESTLE_DECIMAL_PLACES - places + exponent;
  for (; shift < 0; shift++)
    {
      if (digits % 10 != 0)
        return FALSE;
      digits /= 10;
    }
  for (; shift > 0; shift--)
    {
      digits *= 10;
      if (digits >= (Digits) TRESTLE_DECIMAL_LIMIT)
        return FALSE;
    }
  if (digits >= (Digits) TRESTLE_DECIMAL_LIMIT)
    return FALSE;
  *value = negative ? -(TrestleDecimal) digits : (TrestleDecimal) digits;
  return TRUE;
}

gboolean
trestle_decimal_add (TrestleDecimal *sum, TrestleDecimal value)
{
  TrestleDecimal result;

  if (__builtin_add_overflow (*sum, value, &result))
    return FALSE;
  *sum = result;
  return TRUE;
}

/* @value is not negative. */
static GString *
write_digits (TrestleDecimal value, guint places, gboolean group)
{
  char whole[48];
  gsize at = sizeof whole;
  Digits rest = (Digits) value / TRESTLE_DECIMAL_ONE;
  gint64 part = (gint64) ((Digits) value % TRESTLE_DECIMAL_ONE);
  GString *text;

  for (guint n = 0; n == 0 || rest != 0; n++, rest /= 10)
    {
      if (group && n > 0 && n % 3 == 0)
        whole[--at] = ',';
      whole[--at] = (char) ('0' + (int) (rest % 10));
    }
  text = g_string_new_len (whole + at, (gssize) (sizeof whole - at));
  if (places > 0)
    {
      g_string_append_printf (text, ".%018" G_GINT64_FORMAT, part);
      g_string_truncate (text, text->len - (TRESTLE_DECIMAL_PLACES - places));
    }
  return text;
}

char *
trestle_decimal_to_string (TrestleDecimal value, guint places)
{
  gint64 part = (gint64) ((value < 0 ? -value : value) % TRESTLE_DECIMAL_ONE);
  guint needed = part == 0 ? 0 : TRESTLE_DECIMAL_PLACES;
  GString *text;

  for (; needed > 0 && part % 10 == 0; needed--)
    part /= 10;
  text = write_digits (value < 0 ? -value : value,
                       MAX (MIN (places, TRESTLE_DECIMAL_PLACES), needed), FALSE);
  if (value < 0)
    g_string_prepend_c (text, '-');
  return g_string_free (text, FALSE);
}

TrestleDecimal
trestle_decimal_round (TrestleDecimal value, guint places)
{
  TrestleDecimal unit = trestle_decimal_power (TRESTLE_DECIMAL_PLACES
                                               - MIN (places, TRESTLE_DECIMAL_PLACES));
  TrestleDecimal half = value < 0 ? -(unit / 2) : unit / 2;

  return (value + half) / unit * unit;
}

char *
trestle_decimal_format (TrestleDecimal value, guint places)
{
  TrestleDecimal rounded = trestle_decimal_round (value, places);
  GString *text = write_digits (rounded < 0 ? -rounded : rounded,
                                MIN (places, TRESTLE_DECIMAL_PLACES), TRUE);

  if (rounded < 0)
    g_string_prepend (text, "−");
  return g_string_free (text, FALSE);
}
