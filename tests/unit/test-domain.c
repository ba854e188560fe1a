/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-attributes.h"
#include "domain/trestle-limits.h"
#include "domain/trestle-listing.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-values.h"

static void
test_value_class (void)
{
  const char *const categories[] = { "Vision", NULL };
  g_autoptr (TrestleListing) listing = g_object_new (
      TRESTLE_TYPE_LISTING, "title", "Iris Classifier", "categories", categories, "kind",
      TRESTLE_PRODUCT_KIND_ALGORITHM, "rating-count", (gint64) 3, NULL);
  g_autoptr (TrestleMoney) price = trestle_money_parse ("0.4", "USD", NULL);
  g_autoptr (TrestleRate)
      rate = g_object_new (TRESTLE_TYPE_RATE, "dimension", "m.i.c", "price", price, NULL);
  g_autoptr (TrestleMoney) read = NULL;

  g_assert_cmpstr (trestle_listing_get_title (listing), ==, "Iris Classifier");
  g_assert_cmpstr (trestle_listing_get_categories (listing)[0], ==, "Vision");
  g_assert_cmpint (trestle_listing_get_kind (listing), ==, TRESTLE_PRODUCT_KIND_ALGORITHM);
  g_assert_cmpint (trestle_listing_get_rating_count (listing), ==, 3);
  g_assert_cmpfloat (trestle_listing_get_rating (listing), ==, -1);
  g_assert_null (trestle_listing_get_long_description (listing));
  g_assert_cmpuint (g_list_model_get_n_items (trestle_listing_get_media (listing)), ==, 0);
  g_object_get (rate, "price", &read, NULL);
  g_assert_cmpint (trestle_money_compare (read, price), ==, 0);
}

static void
test_levels (void)
{
  static const struct
  {
    const char *line;
    TrestleLogLevel level;
  } cases[] = { { "2026-08-07 [INFO] model loaded", TRESTLE_LOG_LEVEL_INFO },
                { "Traceback (most recent call last):", TRESTLE_LOG_LEVEL_ERROR },
                { "[WARN ] slow", TRESTLE_LOG_LEVEL_WARNING },
                { "informational errors", TRESTLE_LOG_LEVEL_INFO },
                { "\"POST /invocations HTTP/1.1\" 200 17", TRESTLE_LOG_LEVEL_INFO },
                { "10.0.0.1 - - \"POST /invocations HTTP/1.1\" 400 17", TRESTLE_LOG_LEVEL_WARNING },
                { "\"GET /ping HTTP/1.1\" 503 0", TRESTLE_LOG_LEVEL_ERROR },
                { "\"GET /ping HTTP/1.1\" 5030", TRESTLE_LOG_LEVEL_INFO },
                { "\"GET / HTTP/1.1\"", TRESTLE_LOG_LEVEL_INFO },
                { "\"GET / HTTP/1.1\" 4", TRESTLE_LOG_LEVEL_INFO },
                { "", TRESTLE_LOG_LEVEL_INFO },
                { NULL, TRESTLE_LOG_LEVEL_INFO } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (trestle_log_level_guess (cases[i].line), ==, cases[i].level);
}

static void
test_limits (void)
{
  for (guint i = 0; i < TRESTLE_N_LIMITS; i++)
    {
      const TrestleLimitRow *row = trestle_limit_row ((TrestleLimit) i);

      g_assert_nonnull (row->key);
      g_assert_cmpint (row->value, >, 0);
      g_assert_nonnull (row->source);
      g_assert_nonnull (row->date);
    }
}

static TrestleAttribute *
find_attribute (GListModel *attributes, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (attributes); i++)
    {
      g_autoptr (TrestleAttribute) attribute = g_list_model_get_item (attributes, i);

      if (g_str_equal (trestle_attribute_get_name (attribute), name))
        return attribute; /* the list keeps it */
    }
  g_error ("no attribute %s", name);
}

static const char usage[] =
    "Send one picture a request.\n\nInput\nA picture\n- body (required): The picture [JPEG]\n\n"
    "Custom attributes\n"
    "- min-score (optional): Leave out what scores less [0 to 1, 0.5 when absent]\n"
    "- count (required): How many [an integer from 1 to 16]\n"
    "- classes (optional): Kinds to look for [any of car, van or truck; all when absent]\n"
    "- keep (optional): What to keep [one of \"speech\", everything; speech when absent]\n"
    "- report (optional): Report as a header [on or off, on when absent]\n"
    "* `top_k`: How many answers [1-10]\n"
    "- language (optional): What it is written in [a code of ISO 639-1, default en]\n"
    "- top_k (optional): Said twice\n"
    "- odd;name (optional): Cannot be sent\n\n"
    "Output\n- boxes (always): What was found [0 to 9]\n";

static void
test_attributes (void)
{
  g_autoptr (GListModel) found = trestle_attributes_parse (usage);
  TrestleAttribute *it;
  g_autofree char *all = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 7);
  it = find_attribute (found, "min-score");
  g_assert_cmpstr (trestle_attribute_get_description (it), ==, "Leave out what scores less");
  g_assert_cmpstr (trestle_attribute_get_constraints (it), ==, "0 to 1, 0.5 when absent");
  g_assert_cmpint (trestle_attribute_get_kind (it), ==, TRESTLE_ATTRIBUTE_KIND_RANGE);
  g_assert_cmpfloat (trestle_attribute_get_maximum (it), ==, 1);
  g_assert_cmpstr (trestle_attribute_get_fallback (it), ==, "0.5");
  g_assert_false (trestle_attribute_get_whole (it));
  g_assert_false (trestle_attribute_get_required (it));
  it = find_attribute (found, "count");
  g_assert_true (trestle_attribute_get_required (it));
  g_assert_true (trestle_attribute_get_whole (it));
  g_assert_null (trestle_attribute_get_fallback (it));
  it = find_attribute (found, "classes");
  g_assert_cmpint (trestle_attribute_get_kind (it), ==, TRESTLE_ATTRIBUTE_KIND_SET);
  all = g_strjoinv ("|", (char **) trestle_attribute_get_values (it));
  g_assert_cmpstr (all, ==, "car|van|truck");
  g_assert_cmpstr (trestle_attribute_get_fallback (it), ==, "car,van,truck");
  it = find_attribute (found, "keep");
  g_assert_cmpint (trestle_attribute_get_kind (it), ==, TRESTLE_ATTRIBUTE_KIND_CHOICE);
  g_assert_cmpstr (trestle_attribute_get_values (it)[0], ==, "speech");
  g_assert_cmpstr (trestle_attribute_get_fallback (it), ==, "speech");
  it = find_attribute (found, "report");
  g_assert_cmpint (trestle_attribute_get_kind (it), ==, TRESTLE_ATTRIBUTE_KIND_SWITCH);
  g_assert_cmpstr (trestle_attribute_get_fallback (it), ==, "on");
  it = find_attribute (found, "top_k");
  g_assert_cmpint (trestle_attribute_get_kind (it), ==, TRESTLE_ATTRIBUTE_KIND_RANGE);
  g_assert_cmpfloat (trestle_attribute_get_minimum (it), ==, 1);
  it = find_attribute (found, "language");
  g_assert_cmpint (trestle_attribute_get_kind (it), ==, TRESTLE_ATTRIBUTE_KIND_TEXT);
  g_assert_cmpstr (trestle_attribute_get_fallback (it), ==, "en");
}

/* Sellers write what they like; nothing of it makes up an attribute, or breaks anything. */
static void
test_attributes_odd (void)
{
  static const char *const texts[] = {
    "",
    "Custom attributes: none",
    "Custom attributes\n\nNone.",
    "Custom attributes\n- \n-\n- (required): nameless\n",
    "\xff\xfe custom attributes\n- \xff: broken\n",
    "Custom attributes\n- n\xc3\xa4me (required): beyond ASCII\n",
    "- alone (required): without a heading [0 to 1]",
  };
  static const char rules[][40] = { "5 to 1",        "1.2.3 to 4", "0 to",       "one of a",
                                    "any of ;",      "on or",      "1e999 to 2", "when absent",
                                    "9 when absent", "()" };
  g_autoptr (GListModel) none = trestle_attributes_parse (NULL);

  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GListModel) found = trestle_attributes_parse (texts[i]);

      g_assert_cmpuint (g_list_model_get_n_items (found), ==, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *text = g_strdup_printf ("CUSTOM ATTRIBUTES:\n- a: b [%s]\n", rules[i]);
      g_autoptr (GListModel) found = trestle_attributes_parse (text);
      TrestleAttribute *it = find_attribute (found, "a");

      g_assert_cmpint (trestle_attribute_get_kind (it), ==, TRESTLE_ATTRIBUTE_KIND_TEXT);
      g_assert_cmpstr (trestle_attribute_get_constraints (it), ==, rules[i]);
    }
}

static void
test_attributes_check (void)
{
  static const struct
  {
    const char *name, *value;
    TrestleAttributeProblem problem;
  } cases[] = { { "min-score", NULL, TRESTLE_ATTRIBUTE_OK },
                { "min-score", "0.65", TRESTLE_ATTRIBUTE_OK },
                { "min-score", "-0.1", TRESTLE_ATTRIBUTE_TOO_SMALL },
                { "min-score", "1.01", TRESTLE_ATTRIBUTE_TOO_LARGE },
                { "min-score", "a half", TRESTLE_ATTRIBUTE_NO_NUMBER },
                { "min-score", "nan", TRESTLE_ATTRIBUTE_NO_NUMBER },
                { "count", NULL, TRESTLE_ATTRIBUTE_MISSING },
                { "count", "", TRESTLE_ATTRIBUTE_MISSING },
                { "count", "1.5", TRESTLE_ATTRIBUTE_NO_WHOLE },
                { "count", "16", TRESTLE_ATTRIBUTE_OK },
                { "classes", "van,car", TRESTLE_ATTRIBUTE_OK },
                { "classes", "van,bus", TRESTLE_ATTRIBUTE_NO_CHOICE },
                { "keep", "music", TRESTLE_ATTRIBUTE_NO_CHOICE },
                { "report", "off", TRESTLE_ATTRIBUTE_OK },
                { "language", "d\xc3\xa9", TRESTLE_ATTRIBUTE_UNPRINTABLE },
                { "language", "de;en", TRESTLE_ATTRIBUTE_SEPARATOR },
                { "language", "de", TRESTLE_ATTRIBUTE_OK } };
  g_autoptr (GListModel) found = trestle_attributes_parse (usage);
  char *longest = g_strnfill (1024, 'x');
  char *longer = g_strnfill (1025, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (
        trestle_attribute_check (find_attribute (found, cases[i].name), cases[i].value), ==,
        cases[i].problem);
  g_assert_true (trestle_attributes_is_sendable (longest));
  g_assert_false (trestle_attributes_is_sendable (longer));
  g_assert_false (trestle_attributes_is_sendable ("tab\there"));
  g_assert_false (trestle_attributes_is_sendable ("caf\xc3\xa9"));
  g_free (longest);
  g_free (longer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/value-class", test_value_class);
  g_test_add_func ("/domain/log-levels", test_levels);
  g_test_add_func ("/domain/limits", test_limits);
  g_test_add_func ("/domain/attributes", test_attributes);
  g_test_add_func ("/domain/attributes/odd", test_attributes_odd);
  g_test_add_func ("/domain/attributes/check", test_attributes_check);
  return g_test_run ();
}
