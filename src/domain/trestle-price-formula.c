/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-price-formula.h"

#include <string.h>

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (trestle-price-error-quark, trestle_price_error)

__extension__ typedef __int128 Number;

#define PLACES 12
#define ONE ((Number) 1000000000000)

/* No price comes near it, and the square of it still fits. */
#define MOST (ONE * 10000000)

/* Brackets in brackets. */
#define DEEPEST 32

#define CURRENCY "USD" /* of what has none */
#define LARGEST_PRICE "100000000"
#define PRICE_STEP "0.00000001"

typedef struct
{
  const char *at;
  const TrestlePriceFacts *facts;
  GError **error;
  guint depth;
} Formula;

static gboolean read_sum (Formula *self, Number *value);

static void
skip (Formula *self)
{
  while (g_ascii_isspace (*self->at))
    self->at++;
}

static gboolean
accept (Formula *self, const char *sign)
{
  skip (self);
  if (!g_str_has_prefix (self->at, sign))
    return FALSE;
  self->at += strlen (sign);
  return TRUE;
}

static gboolean
odd (Formula *self)
{
  skip (self);
  if (*self->at == '\0')
    g_set_error_literal (self->error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX,
                         _ ("The formula ends too early"));
  else
    g_set_error (self->error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX,
                 _ ("The formula cannot be read from “%s” on"), self->at);
  return FALSE;
}

static gboolean
check (Formula *self, Number value)
{
  if (value <= MOST && value >= -MOST)
    return TRUE;
  g_set_error_literal (self->error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_RANGE,
                       _ ("The formula comes to more than any price can be"));
  return FALSE;
}

/* a ÷ b, a half away from zero; both small enough */
static Number
divide (Number a, Number b)
{
  Number half = (b < 0 ? -b : b) / 2;

  return (a + (a < 0 ? -half : half)) / b;
}

/* Digits and one point. Returns how many characters it is; 0: none */
static gsize
scan (const char *text, Number *value)
{
  const char *p = text;
  gboolean point = FALSE, digits = FALSE;
  int places = 0;

  *value = 0;
  for (; g_ascii_isdigit (*p) || (*p == '.' && !point); p++)
    {
      if (*p == '.')
        {
          point = TRUE;
          continue;
        }
      digits = TRUE;
      if (places == PLACES || *value > MOST)
        {
          if (!point)
            *value = MOST + 1;
          continue;
        }
      *value = *value * 10 + (*p - '0');
      places += point;
    }
  for (; places < PLACES && *value <= MOST; places++)
    *value *= 10;
  return digits ? (gsize) (p - text) : 0;
}

static gboolean
take_known (Formula *self, const char *name, const char *text, Number *value)
{
  if (text == NULL || scan (text, value) == 0)
    {
      g_set_error (self->error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_UNKNOWN,
                   _ ("“%s” is not known of this instance type"), name);
      return FALSE;
    }
  return check (self, *value);
}

static gboolean
read_two (Formula *self, gboolean greater, Number *value)
{
  Number other;

  if (!read_sum (self, value))
    return FALSE;
  if (!accept (self, ",") || !read_sum (self, &other))
    return *self->error != NULL ? FALSE : odd (self);
  if (!accept (self, ")"))
    return odd (self);
  *value = greater ? MAX (*value, other) : MIN (*value, other);
  return TRUE;
}

static gboolean
read_name (Formula *self, Number *value)
{
  const TrestlePriceFacts *facts = self->facts;
  const char *start = self->at;
  g_autofree char *name = NULL;
  g_autofree char *money = NULL;

  while (g_ascii_isalpha (*self->at))
    self->at++;
  name = g_ascii_strdown (start, self->at - start);
  if ((g_str_equal (name, "max") || g_str_equal (name, "min")) && accept (self, "("))
    return read_two (self, g_str_equal (name, "max"), value);
  if (g_str_equal (name, "machine"))
    {
      money = facts->machine != NULL ? trestle_money_to_string (facts->machine) : NULL;
      return take_known (self, name, money, value);
    }
  if (g_str_equal (name, "price"))
    {
      money = facts->price != NULL ? trestle_money_to_string (facts->price) : NULL;
      return take_known (self, name, money, value);
    }
  if (g_str_equal (name, "vcpu"))
    return take_known (self, name, facts->vcpu, value);
  if (g_str_equal (name, "gpu"))
    return take_known (self, name, facts->gpu, value);
  if (g_str_equal (name, "memory"))
    return take_known (self, name, facts->memory, value);
  g_set_error (self->error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX,
               _ ("“%s” is no name that a formula knows: machine, price, vcpu, gpu, memory"), name);
  return FALSE;
}

static gboolean
read_factor (Formula *self, Number *value)
{
  gsize length;

  if (++self->depth > DEEPEST)
    return odd (self);
  if (accept (self, "-"))
    {
      if (!read_factor (self, value))
        return FALSE;
      *value = -*value;
    }
  else if (accept (self, "("))
    {
      if (!read_sum (self, value))
        return FALSE;
      if (!accept (self, ")"))
        return odd (self);
    }
  else if (g_ascii_isalpha (*self->at))
    {
      if (!read_name (self, value))
        return FALSE;
    }
  else
    {
      accept (self, "$");
      length = scan (self->at, value);
      if (length == 0)
        return odd (self);
      self->at += length;
      if (!check (self, *value))
        return FALSE;
    }
  if (accept (self, "%"))
    *value = divide (*value, 100);
  self->depth--;
  return TRUE;
}

static gboolean
is_times (Formula *self)
{
  return accept (self, "*") || accept (self, "×") || accept (self, "·") || accept (self, "of ");
}

static gboolean
read_product (Formula *self, Number *value)
{
  Number other;

  if (!read_factor (self, value))
    return FALSE;
  for (;;)
    {
      if (is_times (self))
        {
          if (!read_factor (self, &other))
            return FALSE;
          *value = divide (*value * other, ONE);
        }
      else if (accept (self, "/") || accept (self, "÷"))
        {
          if (!read_factor (self, &other))
            return FALSE;
          if (other == 0)
            {
              g_set_error_literal (self->error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_RANGE,
                                   _ ("The formula divides by nothing"));
              return FALSE;
            }
          *value = divide (*value * ONE, other);
        }
      else
        return TRUE;
      if (!check (self, *value))
        return FALSE;
    }
}

static gboolean
read_sum (Formula *self, Number *value)
{
  Number other;

  if (!read_product (self, value))
    return FALSE;
  for (;;)
    {
      gboolean minus;

      if (accept (self, "+"))
        minus = FALSE;
      else if (accept (self, "-") || accept (self, "−"))
        minus = TRUE;
      else
        return TRUE;
      if (!read_product (self, &other))
        return FALSE;
      *value += minus ? -other : other;
      if (!check (self, *value))
        return FALSE;
    }
}

TrestleMoney *
trestle_price_formula (const char *text,
                       const TrestlePriceFacts *facts,
                       const char *currency,
                       GError **error)
{
  g_autoptr (GError) reason = NULL;
  Formula formula = { .at = text, .facts = facts, .error = &reason };
  g_autofree char *amount = NULL;
  Number value = 0;

  g_return_val_if_fail (text != NULL && facts != NULL, NULL);

  if (read_sum (&formula, &value))
    {
      skip (&formula);
      if (*formula.at != '\0')
        odd (&formula);
      else if (value < 0)
        g_set_error_literal (&reason, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_RANGE,
                             _ ("The formula comes to less than nothing"));
    }
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  amount = g_strdup_printf ("%" G_GINT64_FORMAT ".%012" G_GINT64_FORMAT, (gint64) (value / ONE),
                            (gint64) (value % ONE));
  return trestle_money_parse (amount, currency, error);
}

gboolean
trestle_price_is_valid (const char *text)
{
  g_autoptr (TrestleMoney) price = NULL;
  g_autoptr (TrestleMoney) most = trestle_money_parse (LARGEST_PRICE, CURRENCY, NULL);
  const char *point;

  if (text == NULL || !g_ascii_isdigit (*text))
    return FALSE;
  price = trestle_money_parse (text, CURRENCY, NULL);
  point = strchr (text, '.');
  return price != NULL && trestle_money_compare (price, most) <= 0
         && (point == NULL || strlen (point + 1) <= 8);
}

char *
trestle_price_discount (const char *price, const char *percent, GError **error)
{
  g_autoptr (TrestleMoney) money = trestle_money_parse (price, CURRENCY, NULL);
  g_autoptr (TrestleMoney) step = trestle_money_parse (PRICE_STEP, CURRENCY, NULL);
  g_autoptr (TrestleMoney) less = NULL;
  g_autoptr (TrestleMoney) rounded = NULL;
  const gint64 whole = 100 * (gint64) 1000000; /* percent to the sixth place */
  Number value;

  if (money == NULL || !trestle_price_is_valid (price))
    {
      g_set_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX, _ ("“%s” is no price"),
                   price != NULL ? price : "");
      return NULL;
    }
  if (percent == NULL || scan (percent, &value) == 0 || scan (percent, &value) != strlen (percent)
      || value > 100 * ONE || value % 1000000 != 0)
    {
      g_set_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX,
                   _ ("“%s” is no percentage between 0 and 100"), percent != NULL ? percent : "");
      return NULL;
    }
  less = trestle_money_scale (money, whole - (gint64) (value / 1000000), whole);
  rounded = trestle_money_round (less, step, 0);
  return trestle_money_to_string (rounded);
}
