/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/trestle-money.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *in, *out;
  } good[] = { { "0.2300000000", "0.23" },   { "12", "12.00" },
               { "-3.5", "-3.50" },          { "0.00000001", "0.00000001" },
               { "1.000000000000", "1.00" }, { "1000000000", "1000000000.00" } };
  static const char *const bad[] = { "",
                                     "-",
                                     ".",
                                     "1.2.3",
                                     "1e5",
                                     " 1",
                                     "1 ",
                                     "0x10",
                                     "١",
                                     "1000000000000000000000",
                                     "0.0000000000001" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleMoney) money = trestle_money_parse (good[i].in, "USD", &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = trestle_money_to_string (money);
      g_assert_cmpstr (text, ==, good[i].out);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (trestle_money_parse (bad[i], "USD", &error));
      g_assert_nonnull (error);
    }
  g_assert_null (trestle_money_parse ("1", "usd", NULL));
  g_assert_null (trestle_money_parse ("1", NULL, NULL));
}

static void
test_sum (void)
{
  g_autoptr (TrestleMoney) a = trestle_money_parse ("0.1", "USD", NULL);
  g_autoptr (TrestleMoney) b = trestle_money_parse ("0.2", "USD", NULL);
  g_autoptr (TrestleMoney) c = trestle_money_parse ("0.2", "EUR", NULL);
  g_autoptr (TrestleMoney) sum = trestle_money_add (a, b, NULL);
  g_autoptr (TrestleMoney) third = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = trestle_money_to_string (sum);
  g_autofree char *part = NULL;

  g_assert_cmpstr (text, ==, "0.30");
  g_assert_null (trestle_money_add (a, c, &error));
  g_assert_error (error, TRESTLE_MONEY_ERROR, TRESTLE_MONEY_ERROR_CURRENCY);
  third = trestle_money_scale (a, 2, 3);
  part = trestle_money_to_string (third);
  g_assert_cmpstr (part, ==, "0.066666666667");
}

static void
test_format (void)
{
  static const struct
  {
    const char *in, *currency, *out;
  } cases[] = { { "0.526", "USD", "$0.53" },      { "1234567.8", "EUR", "€1,234,567.80" },
                { "0.004", "USD", "$0.004" },     { "0", "USD", "$0.00" },
                { "-2.005", "USD", "−$2.01" },    { "5", "CHF", "5.00 CHF" },
                { "999.999", "USD", "$1,000.00" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TrestleMoney) money = trestle_money_parse (cases[i].in, cases[i].currency, NULL);
      g_autofree char *text = trestle_money_format (money, 2);

      g_assert_cmpstr (text, ==, cases[i].out);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/money/parse", test_parse);
  g_test_add_func ("/base/money/sum", test_sum);
  g_test_add_func ("/base/money/format", test_format);
  return g_test_run ();
}
