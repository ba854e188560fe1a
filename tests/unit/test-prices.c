/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-price-compare.h"
#include "domain/trestle-rate-card.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-term.h"
#include "domain/trestle-package.h"
#include "domain/trestle-price-formula.h"
#include "domain/trestle-price-sheet.h"
#include "domain/trestle-rate-card.h"

static void
test_formula (void)
{
  static const struct
  {
    const char *text, *result;
  } good[] = {
    { "1.50", "1.50" },
    { "$1.50", "1.50" },
    { "machine × 3", "0.345" },
    { "machine*3", "0.345" },
    { "60% of machine", "0.069" },
    { "machine × 33.3%", "0.038295" },
    { "0.05 * vcpu + 0.10", "0.20" },
    { "(vcpu + gpu) * 0.01", "0.03" },
    { "memory / 3", "2.666666666667" },
    { "max(machine, 0.50)", "0.50" },
    { "min(machine, 0.50)", "0.115" },
    { "price − 0.05", "0.85" },
    { "-1 + 2", "1.00" },
    { "0.1 + 0.2", "0.30" },
    { "1 - 2 + 3", "2.00" },
    { "2 + 3 × 4", "14.00" },
    { " ( ( 1 ) ) ", "1.00" },
    { "0", "0.00" },
  };
  static const struct
  {
    const char *text;
    TrestlePriceError code;
  } bad[] = {
    { "", TRESTLE_PRICE_ERROR_SYNTAX },
    { "machine ×", TRESTLE_PRICE_ERROR_SYNTAX },
    { "machine 3", TRESTLE_PRICE_ERROR_SYNTAX },
    { "(1", TRESTLE_PRICE_ERROR_SYNTAX },
    { "1)", TRESTLE_PRICE_ERROR_SYNTAX },
    { "max(1", TRESTLE_PRICE_ERROR_SYNTAX },
    { "max(1;2)", TRESTLE_PRICE_ERROR_SYNTAX },
    { "cpu * 2", TRESTLE_PRICE_ERROR_SYNTAX },
    { "1..2", TRESTLE_PRICE_ERROR_SYNTAX },
    { "1 - 2", TRESTLE_PRICE_ERROR_RANGE },
    { "1 / 0", TRESTLE_PRICE_ERROR_RANGE },
    { "1 / (2 - 2)", TRESTLE_PRICE_ERROR_RANGE },
    { "9999999 * 9999999", TRESTLE_PRICE_ERROR_RANGE },
    { "99999999999999999999999999999999999999999999", TRESTLE_PRICE_ERROR_RANGE },
  };
  g_autoptr (TrestleMoney) machine = trestle_money_parse ("0.115", "USD", NULL);
  g_autoptr (TrestleMoney) price = trestle_money_parse ("0.90", "USD", NULL);
  const TrestlePriceFacts facts = {
    .machine = machine, .price = price, .vcpu = "2", .gpu = "1", .memory = "8"
  };
  const TrestlePriceFacts nothing = { NULL };
  g_autofree char *deep = g_strnfill (100000, '(');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (TrestleMoney) money = trestle_price_formula (good[i].text, &facts, "USD", &reason);
      g_autofree char *text = NULL;

      g_assert_no_error (reason);
      text = trestle_money_to_string (money);
      g_test_message ("%s", good[i].text);
      g_assert_cmpstr (text, ==, good[i].result);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) reason = NULL;

      g_test_message ("%s", bad[i].text);
      g_assert_null (trestle_price_formula (bad[i].text, &facts, "USD", &reason));
      g_assert_error (reason, TRESTLE_PRICE_ERROR, (int) bad[i].code);
    }
  g_assert_null (trestle_price_formula ("machine", &nothing, "USD", &error));
  g_assert_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_UNKNOWN);
  g_assert_null (trestle_price_formula (deep, &facts, "USD", NULL));
}

static void
test_round (void)
{
  static const struct
  {
    const char *amount, *step;
    int direction;
    const char *result;
  } rows[] = {
    { "0.345", "0.05", 1, "0.35" },       { "0.345", "0.05", -1, "0.30" },
    { "0.345", "0.05", 0, "0.35" },       { "0.325", "0.05", 0, "0.35" },
    { "0.35", "0.05", 1, "0.35" },        { "0.321", "0.01", 0, "0.32" },
    { "-0.325", "0.05", 0, "-0.35" },     { "-0.325", "0.05", -1, "-0.35" },
    { "-0.325", "0.05", 1, "-0.30" },     { "0", "0.01", 1, "0.00" },
    { "0.000000001", "0.01", 1, "0.01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrestleMoney) money = trestle_money_parse (rows[i].amount, "USD", NULL);
      g_autoptr (TrestleMoney) step = trestle_money_parse (rows[i].step, "USD", NULL);
      g_autoptr (TrestleMoney) round = trestle_money_round (money, step, rows[i].direction);
      g_autofree char *text = trestle_money_to_string (round);

      g_assert_cmpstr (text, ==, rows[i].result);
    }
}

static void
test_discount (void)
{
  static const struct
  {
    const char *price, *percent, *result;
  } rows[] = { { "1.00", "10", "0.90" },
               { "0.95", "12.5", "0.83125" },
               { "0.00000001", "50", "0.00000001" },
               { "100000000", "0", "100000000.00" },
               { "3", "100", "0.00" },
               { "3", "33.333333", "2.00000001" },
               { "3", "-1", NULL },
               { "3", "101", NULL },
               { "3", "ten", NULL },
               { "3", "10%", NULL },
               { "x", "10", NULL },
               { "0.000000001", "10", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *less = trestle_price_discount (rows[i].price, rows[i].percent, &error);

      g_assert_cmpstr (less, ==, rows[i].result);
      g_assert_true ((less == NULL) == (error != NULL));
    }
}

static void
test_sheet (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
      rows = trestle_price_sheet_split ("\357\273\277a\t\"b \"\"c\"\"\"\t\r\n\r\n 1.5 \t2\n");
  g_autoptr (GHashTable) flat = trestle_price_sheet_read (
      "DimensionKey,Price\nml.m5.large.m.i.r,1.50\n\"ml.m5.large.m.i.b\",\"$2\"\n", &error);
  g_autoptr (GHashTable) matrix = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstrv (g_ptr_array_index (rows, 0),
                    ((const char *const[]) { "a", "b \"c\"", "", NULL }));
  g_assert_cmpstrv (g_ptr_array_index (rows, 1), ((const char *const[]) { "1.5", "2", NULL }));
  g_assert_cmpstr (g_hash_table_lookup (flat, "ml.m5.large.m.i.r"), ==, "1.50");
  g_assert_cmpstr (g_hash_table_lookup (flat, "ml.m5.large.m.i.b"), ==, "2");
  matrix = trestle_price_sheet_read ("Instance type;Real-time;Batch\nml.m5.large;1;\n", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (matrix), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (matrix, "ml.m5.large.m.i.r"), ==, "1");
  g_assert_null (trestle_price_sheet_read ("ml.m5.large.m.i.r,cheap", &error));
  g_assert_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (trestle_price_sheet_read ("ml.m5.large.m.i.r,1\nnothing,1", &error));
  g_assert_error (error, TRESTLE_PRICE_ERROR, TRESTLE_PRICE_ERROR_SYNTAX);
}

/* What names columns is told from what is priced. */
static void
test_heading (void)
{
  static const struct
  {
    const char *line;
    gboolean heading;
  } rows[] = { { "Instance type\tReal-time\tBatch", TRUE },
               { "Real-Time, $/h\tBatch, $/h", TRUE },
               { "Dimension\tPrice", TRUE },
               { "Training", TRUE },
               { "ml.m5.large\t1.50\t1.20", FALSE },
               { "free\t1.50", FALSE },
               { "1.50\tBatch", FALSE },
               { "free", FALSE },
               { "ml.m5.large.m.i.r\tfree", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) cells = trestle_price_sheet_split (rows[i].line);

      g_test_message ("%s", rows[i].line);
      g_assert_cmpint (trestle_price_sheet_is_heading (cells->pdata[0]), ==, rows[i].heading);
    }
  g_assert_cmpint (trestle_price_sheet_get_column ("Batch, $/h"), ==, TRESTLE_USAGE_MODE_BATCH);
  g_assert_cmpint (trestle_price_sheet_get_column ("Type"), ==, TRESTLE_PRICE_SHEET_TYPE);
  g_assert_cmpint (trestle_price_sheet_get_column ("Machine"), ==, TRESTLE_PRICE_SHEET_OTHER);
}

static void
on_changed (TrestleDraft *draft, const char *path, guint *n)
{
  ++*n;
}

/* Many prices are one change, and rows are found where they were or went. */
static void
test_put (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) prices = g_ptr_array_new ();
  guint n = 0, row = 7;

  g_signal_connect (draft, "changed", G_CALLBACK (on_changed), &n);
  trestle_rate_card_put (draft, keys, prices);
  g_assert_cmpuint (n, ==, 0);
  trestle_rate_card_set (draft, "b", "2");
  g_ptr_array_add (keys, (gpointer) "a");
  g_ptr_array_add (prices, (gpointer) "1");
  g_ptr_array_add (keys, (gpointer) "b");
  g_ptr_array_add (prices, (gpointer) "3");
  g_ptr_array_add (keys, (gpointer) "a");
  g_ptr_array_add (prices, (gpointer) "4");
  n = 0;
  trestle_rate_card_put (draft, keys, prices);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (trestle_draft_get_length (draft, "Offer.RateCard"), ==, 2);
  g_assert_cmpstr (trestle_rate_card_find_near (draft, "b", &row), ==, "3");
  g_assert_cmpuint (row, ==, 0);
  g_assert_cmpstr (trestle_rate_card_find_near (draft, "a", &row), ==, "4");
  g_assert_cmpuint (row, ==, 1);
  trestle_draft_remove (draft, "Offer.RateCard", 0);
  g_assert_cmpstr (trestle_rate_card_find_near (draft, "a", &row), ==, "4");
  g_assert_cmpuint (row, ==, 0);
  g_assert_null (trestle_rate_card_find_near (draft, "b", &row));
}

static void
test_rate_card (void)
{
  static const char *const types[] = { "ml.m5.large", "ml.m5.xlarge", NULL };
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (TrestlePackage) package = g_object_new (TRESTLE_TYPE_PACKAGE, "realtime-types", types,
                                                     "transform-types", types, NULL);
  g_autoptr (GPtrArray) packages = g_ptr_array_new ();
  g_auto (GStrv) keys = NULL;
  g_autofree char *match = NULL;

  g_assert_null (trestle_rate_card_find (draft, "ml.m5.large.a.i.r"));
  trestle_rate_card_set (draft, "ml.m5.large.a.i.r", "1.50");
  trestle_rate_card_set (draft, "ml.m5.large.a.i.r", "1.25");
  g_assert_cmpuint (trestle_draft_get_length (draft, "Offer.RateCard"), ==, 1);
  g_assert_cmpstr (trestle_rate_card_find (draft, "ml.m5.large.a.i.r"), ==, "1.25");
  g_ptr_array_add (packages, package);
  keys = trestle_rate_card_dup_keys (draft, packages);
  /* what is priced is not asked for once more under another form of its key */
  g_assert_cmpstrv (keys,
                    ((const char *const[]) { "ml.m5.large.a.i.r", "ml.m5.xlarge.m.i.r",
                                             "ml.m5.large.m.i.b", "ml.m5.xlarge.m.i.b", NULL }));
  match = trestle_rate_card_match (keys, "ml.m5.large.m.i.r");
  g_assert_cmpstr (match, ==, "ml.m5.large.a.i.r");
  g_assert_null (trestle_rate_card_match (keys, "ml.m4.large.m.i.r"));
  trestle_rate_card_set (draft, "ml.m5.large.a.i.r", NULL);
  g_assert_false (trestle_draft_has (draft, "Offer.RateCard"));
}

static void
add_offer (GPtrArray *offers, const char *currency, const char *type, const char *price)
{
  g_autoptr (GListStore) rates = g_list_store_new (TRESTLE_TYPE_RATE);
  g_autoptr (GListStore) terms = g_list_store_new (TRESTLE_TYPE_TERM);
  g_autoptr (TrestleMoney) money = trestle_money_parse (price, currency, NULL);
  g_autoptr (TrestleRate) rate = g_object_new (TRESTLE_TYPE_RATE, "instance-type", type, "mode",
                                               TRESTLE_USAGE_MODE_REALTIME, "price", money, NULL);
  g_autoptr (TrestleMoney) nothing = trestle_money_zero (currency);
  g_autoptr (TrestleRate)
      granted = g_object_new (TRESTLE_TYPE_RATE, "instance-type", type, "mode",
                              TRESTLE_USAGE_MODE_REALTIME, "price", nothing, NULL);
  g_autoptr (GListStore) grants = g_list_store_new (TRESTLE_TYPE_RATE);
  g_autoptr (TrestleTerm) trial = NULL;
  g_autoptr (TrestleTerm) usage = NULL;

  g_list_store_append (grants, granted);
  g_list_store_append (rates, rate);
  trial = g_object_new (TRESTLE_TYPE_TERM, "kind", TRESTLE_TERM_KIND_TRIAL, "currency", currency,
                        "rates", grants, NULL);
  usage = g_object_new (TRESTLE_TYPE_TERM, "kind", TRESTLE_TERM_KIND_USAGE, "currency", currency,
                        "rates", rates, NULL);
  g_list_store_append (terms, trial);
  g_list_store_append (terms, usage);
  g_ptr_array_add (offers, g_object_new (TRESTLE_TYPE_OFFER, "terms", terms, NULL));
}

static void
assert_amount (const TrestleMoney *money, const char *expected)
{
  g_autofree char *text = money != NULL ? trestle_money_to_string (money) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

/* What others ask: of the same type, use and currency; trials, which grant at nothing, are no price. */
static void
test_compare (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListModel) spans = NULL;
  g_autoptr (TrestlePriceSpan) first = NULL;
  g_autoptr (TrestlePriceSpan) second = NULL;

  trestle_rate_card_set (draft, "ml.m5.large.m.i.r", "0.35");
  trestle_rate_card_set (draft, "ml.m5.large.m.i.b", "");
  add_offer (offers, "USD", "ml.m5.large", "0.50");
  add_offer (offers, "USD", "ml.m5.large", "0.10");
  add_offer (offers, "EUR", "ml.m5.large", "9.00");
  add_offer (offers, "USD", "ml.m5.xlarge", "7.00");
  add_offer (offers, "USD", "ml.m5.large", "2.40");
  add_offer (offers, "USD", "ml.m5.large", "0.25");
  spans = trestle_price_compare (draft, offers);
  g_assert_cmpuint (g_list_model_get_n_items (spans), ==, 2);
  first = g_list_model_get_item (spans, 0);
  g_assert_cmpint (trestle_price_span_get_offers (first), ==, 4);
  assert_amount (trestle_price_span_get_mine (first), "0.35");
  assert_amount (trestle_price_span_get_least (first), "0.10");
  assert_amount (trestle_price_span_get_median (first), "0.375");
  assert_amount (trestle_price_span_get_most (first), "2.40");
  second = g_list_model_get_item (spans, 1);
  g_assert_cmpint (trestle_price_span_get_offers (second), ==, 0);
  g_assert_null (trestle_price_span_get_mine (second));
  g_assert_null (trestle_price_span_get_median (second));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prices/formula", test_formula);
  g_test_add_func ("/prices/round", test_round);
  g_test_add_func ("/prices/discount", test_discount);
  g_test_add_func ("/prices/sheet", test_sheet);
  g_test_add_func ("/prices/heading", test_heading);
  g_test_add_func ("/prices/put", test_put);
  g_test_add_func ("/prices/rate-card", test_rate_card);
  g_test_add_func ("/prices/compare", test_compare);
  return g_test_run ();
}
