/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/trestle-decimal.h"

static TrestleDecimal
parse (const char *text)
{
  TrestleDecimal value = 1;

  g_assert_true (trestle_decimal_parse (text, strlen (text), &value));
  return value;
}

static void
test_parse (void)
{
  static const struct
  {
    const char *in, *out;
  } good[] = {
    { "0", "0" },
    { "-0", "0" },
    { "12", "12" },
    { "+12.5", "12.5" },
    { "-3.50", "-3.5" },
    { ".5", "0.5" },
    { "5.", "5" },
    { "0.000000000000000001", "0.000000000000000001" },
    { "999999999999999.999999999999999999", "999999999999999.999999999999999999" },
    { "-999999999999999", "-999999999999999" },
    { "0E-10", "0" },
    { "1E-8", "0.00000001" },
    { "-2.5e+3", "-2500" },
    { "1.50000000000000000000000000000000000000000000", "1.5" },
    { "000000000000000000000000000000000000000000007", "7" },
    { "123456789.123456789", "123456789.123456789" },
  };
  static const char *const bad[] = { "",     "-",     ".",     "-.",     "1.2.3",
                                     "1 ",   " 1",    "1e",    "1e+",    "0x10",
                                     "1,5",  "NaN",   "inf",   "--1",    "1000000000000000",
                                     "1e15", "1e999", "1e-19", "١",      "0.0000000000000000001",
                                     "1e5x", "1-",    "$1",    "1.5E2.0" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = trestle_decimal_to_string (parse (good[i].in), 0);

      g_assert_cmpstr (text, ==, good[i].out);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TrestleDecimal value;

      if (trestle_decimal_parse (bad[i], strlen (bad[i]), &value))
        g_error ("“%s” was read", bad[i]);
    }
}

/* What stands behind the field is not looked at. */
static void
test_length (void)
{
  TrestleDecimal value;

  g_assert_true (trestle_decimal_parse ("1.2599", 4, &value));
  g_assert_true (value == parse ("1.25"));
}

static void
test_add (void)
{
  TrestleDecimal sum = 0, most = parse ("999999999999999.999999999999999999");
  guint n = 0;

  for (int i = 0; i < 1000000; i++)
    g_assert_true (trestle_decimal_add (&sum, parse ("0.00000001")));
  g_assert_true (sum == parse ("0.01"));

  for (sum = 0; trestle_decimal_add (&sum, most); n++)
    ;
  g_assert_cmpuint (n, >, 100000);
  g_assert_true (sum == most * n);
}

static void
test_format (void)
{
  static const struct
  {
    const char *in;
    guint places;
    const char *out;
  } cases[] = {
    { "1234567.895", 2, "1,234,567.90" },
    { "-1234.5", 2, "−1,234.50" },
    { "0.005", 2, "0.01" },
    { "-0.005", 2, "−0.01" },
    { "-0.004", 2, "0.00" },
    { "999.5", 0, "1,000" },
    { "100", 0, "100" },
    { "0", 1, "0.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = trestle_decimal_format (parse (cases[i].in), cases[i].places);

      g_assert_cmpstr (text, ==, cases[i].out);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/parse", test_parse);
  g_test_add_func ("/decimal/length", test_length);
  g_test_add_func ("/decimal/add", test_add);
  g_test_add_func ("/decimal/format", test_format);
  return g_test_run ();
}
