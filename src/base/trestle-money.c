/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-base"

#include "base/trestle-money.h"

#include <string.h>

#define PLACES 12
#define ONE ((Amount) 1000000000000)

__extension__ typedef __int128 Amount;

/* Below this the arithmetic above cannot overflow: 10^15 in the currency's unit. */
#define LIMIT (ONE * (Amount) 1000000000000000)

struct _TrestleMoney
{
  gatomicrefcount refs;
  char currency[4];
  Amount amount; /* in 10^-12 */
};

G_DEFINE_BOXED_TYPE (TrestleMoney, trestle_money, trestle_money_copy, trestle_money_free)
G_DEFINE_QUARK (trestle-money-error-quark, trestle_money_error)

static TrestleMoney *
money_new (Amount amount, const char *currency)
{
  TrestleMoney *self = g_new0 (TrestleMoney, 1);

  g_atomic_ref_count_init (&self->refs);
  self->amount = amount;
  g_strlcpy (self->currency, currency, sizeof self->currency);
  return self;
}

static gboolean
currency_is_valid (const char *currency)
{
  if (currency == NULL || strlen (currency) != 3)
    return FALSE;
  return g_ascii_isupper (currency[0]) && g_ascii_isupper (currency[1])
         && g_ascii_isupper (currency[2]);
}

TrestleMoney *
trestle_money_parse (const char *amount, const char *currency, GError **error)
{
  const char *p = amount;
  gboolean negative = FALSE, point = FALSE, digits = FALSE;
  Amount value = 0;
  int places = 0;

  if (!currency_is_valid (currency))
    {
      g_set_error (error, TRESTLE_MONEY_ERROR, TRESTLE_MONEY_ERROR_CURRENCY,
                   "“%s” is not a currency code", currency ? currency : "");
      return NULL;
    }

  if (p != NULL && (*p == '-' || *p == '+'))
    negative = *p++ == '-';

  for (; p != NULL && *p != '\0'; p++)
    {
      if (*p == '.' && !point)
        {
          point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        break;
      digits = TRUE;
      if (point && places == PLACES)
        {
          if (*p == '0')
            continue;
          break;
        }
      value = value * 10 + (*p - '0');
      places += point;
      if (value > LIMIT * 10)
        break;
    }

  if (p == NULL || *p != '\0' || !digits)
    {
      g_set_error (error, TRESTLE_MONEY_ERROR, TRESTLE_MONEY_ERROR_SYNTAX,
                   "“%s” is not an amount of money", amount ? amount : "");
      return NULL;
    }

  for (; places < PLACES; places++)
    {
      value *= 10;
      if (value > LIMIT)
        break;
    }
  if (value > LIMIT)
    {
      g_set_error (error, TRESTLE_MONEY_ERROR, TRESTLE_MONEY_ERROR_RANGE, "“%s” is too large",
                   amount);
      return NULL;
    }
  return money_new (negative ? -value : value, currency);
}

TrestleMoney *
trestle_money_zero (const char *currency)
{
  g_return_val_if_fail (currency_is_valid (currency), NULL);
  return money_new (0, currency);
}

TrestleMoney *
trestle_money_copy (const TrestleMoney *self)
{
  TrestleMoney *money = (TrestleMoney *) self;

  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&money->refs);
  return money;
}

void
trestle_money_free (TrestleMoney *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->refs))
    g_free (self);
}

const char *
trestle_money_get_currency (const TrestleMoney *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->currency;
}

TrestleMoney *
trestle_money_add (const TrestleMoney *a, const TrestleMoney *b, GError **error)
{
  Amount sum;

  g_return_val_if_fail (a != NULL && b != NULL, NULL);

  if (strcmp (a->currency, b->currency) != 0)
    {
      g_set_error (error, TRESTLE_MONEY_ERROR, TRESTLE_MONEY_ERROR_CURRENCY,
                   "%s and %s cannot be added", a->currency, b->currency);
      return NULL;
    }
  sum = a->amount + b->amount;
  if (sum > LIMIT || sum < -LIMIT)
    {
      g_set_error_literal (error, TRESTLE_MONEY_ERROR, TRESTLE_MONEY_ERROR_RANGE,
                           "The sum is too large");
      return NULL;
    }
  return money_new (sum, a->currency);
}

TrestleMoney *
trestle_money_scale (const TrestleMoney *self, gint64 numerator, gint64 denominator)
{
  Amount whole, rest, value, part;

  g_return_val_if_fail (self != NULL && denominator > 0, NULL);

  /* Split first, so that amount × numerator stays inside 128 bits. */
  whole = self->amount / denominator;
  rest = self->amount % denominator;
  part = rest * numerator * 2;
  part += part < 0 ? -(Amount) denominator : (Amount) denominator;
  value = whole * numerator + part / ((Amount) denominator * 2);
  return money_new (CLAMP (value, -LIMIT, LIMIT), self->currency);
}

TrestleMoney *
trestle_money_round (const TrestleMoney *self, const TrestleMoney *step, int direction)
{
  Amount rest, value;

  g_return_val_if_fail (self != NULL && step != NULL && step->amount > 0, NULL);
  g_return_val_if_fail (strcmp (self->currency, step->currency) == 0, NULL);

  rest = self->amount % step->amount;
  if (rest < 0)
    rest += step->amount;
  value = self->amount - rest; /* the multiple below */
  if (rest != 0
      && (direction > 0
          || (direction == 0
              && (rest * 2 > step->amount || (rest * 2 == step->amount && self->amount > 0)))))
    value += step->amount;
  return money_new (CLAMP (value, -LIMIT, LIMIT), self->currency);
}

int
trestle_money_compare (const TrestleMoney *a, const TrestleMoney *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);
  g_return_val_if_fail (strcmp (a->currency, b->currency) == 0, 0);
  return (a->amount > b->amount) - (a->amount < b->amount);
}

gboolean
trestle_money_is_zero (const TrestleMoney *self)
{
  g_return_val_if_fail (self != NULL, TRUE);
  return self->amount == 0;
}

/* @value is not negative and in 10^-12; writes it with @places places, grouped by @group if any. */
static char *
write_amount (Amount value, guint places, char group)
{
  char fraction[PLACES + 1];
  gint64 whole = (gint64) (value / ONE);
  gint64 part = (gint64) (value % ONE);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT, whole);
  if (group != '\0')
    for (gssize at = (gssize) text->len - 3; at > 0; at -= 3)
      g_string_insert_c (text, at, group);
  g_snprintf (fraction, sizeof fraction, "%012" G_GINT64_FORMAT, part);
  if (places > 0)
    {
      g_string_append_c (text, '.');
      g_string_append_len (text, fraction, places);
    }
  return g_string_free (text, FALSE);
}

char *
trestle_money_to_string (const TrestleMoney *self)
{
  g_autofree char *text = NULL;
  size_t length;

  g_return_val_if_fail (self != NULL, NULL);

  text = write_amount (self->amount < 0 ? -self->amount : self->amount, PLACES, '\0');
  length = strlen (text);
  while (text[length - 1] == '0' && text[length - 3] != '.')
    text[--length] = '\0';
  return g_strconcat (self->amount < 0 ? "-" : "", text, NULL);
}

char *
trestle_money_format (const TrestleMoney *self, guint places)
{
  static const struct
  {
    const char *code, *sign;
  } signs[] = { { "USD", "$" }, { "EUR", "€" }, { "GBP", "£" }, { "JPY", "¥" }, { "INR", "₹" } };
  g_autofree char *text = NULL;
  Amount value, unit;

  g_return_val_if_fail (self != NULL, NULL);

  places = MIN (places, PLACES);
  value = self->amount < 0 ? -self->amount : self->amount;
  for (;; places++)
    {
      unit = ONE;
      for (guint i = 0; i < places; i++)
        unit /= 10;
      if (value == 0 || value * 2 >= unit || places == PLACES)
        break;
    }
  value = (value + unit / 2) / unit * unit;
  text = write_amount (value, places, ',');
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strcmp (signs[i].code, self->currency) == 0)
      return g_strconcat (self->amount < 0 ? "−" : "", signs[i].sign, text, NULL);
  return g_strconcat (self->amount < 0 ? "−" : "", text, " ", self->currency, NULL);
}
