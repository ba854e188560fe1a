/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/trestle-json.h"

static void
test_read (void)
{
  g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_parse (
      "{\"a\":{\"list\":[{\"n\":1},{\"n\":2.0,\"when\":1.5}],\"none\":null,\"t\":[\"x\",\"y\"]}}",
      -1, NULL);
  TrestleJson a = trestle_json_member (trestle_json_root (doc), "a");
  TrestleJson list = trestle_json_member (a, "list");
  g_auto (GStrv) texts = trestle_json_dup_strv (a, "t");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (trestle_json_length (list), ==, 2);
  g_assert_cmpint (trestle_json_int (trestle_json_element (list, 0), "n"), ==, 1);
  g_assert_cmpint (trestle_json_int (trestle_json_element (list, 1), "n"), ==, 2);
  g_assert_cmpint (trestle_json_time_or (trestle_json_element (list, 1), "when", 0), ==, 1500000);
  g_assert_cmpstr (trestle_json_string_or (a, "none", "otherwise"), ==, "otherwise");
  g_assert_cmpuint (g_strv_length (texts), ==, 2);
  g_assert_true (trestle_json_doc_check (doc, &error));
  g_assert_no_error (error);
}

static void
test_faults (void)
{
  static const struct
  {
    const char *json, *message;
  } cases[] = { { "{\"Offers\":[{},{\"Terms\":{}}]}", "Offers[1].Terms.Type: missing" },
                { "{\"Offers\":[{},{\"Terms\":{\"Type\":3}}]}",
                  "Offers[1].Terms.Type: not a text" },
                { "{\"Offers\":[{},{\"Terms\":[]}]}", "Offers[1].Terms: not an object" },
                { "{\"Offers\":[]}", "Offers[1].Terms.Type: missing" },
                { "[]", "the answer: not an object" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TrestleJsonDoc) doc = trestle_json_doc_parse (cases[i].json, -1, NULL);
      g_autoptr (GError) error = NULL;
      TrestleJson offers = trestle_json_member (trestle_json_root (doc), "Offers");
      TrestleJson terms = trestle_json_member (trestle_json_element (offers, 1), "Terms");

      g_assert_cmpstr (trestle_json_string (terms, "Type"), ==, "");
      g_assert_false (trestle_json_doc_check (doc, &error));
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_syntax (void)
{
  static const char *const bad[] = { "", "{", "{\"a\":}", "nul", "[1,]x" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (trestle_json_doc_parse (bad[i], -1, &error));
      g_assert_error (error, TRESTLE_JSON_ERROR, TRESTLE_JSON_ERROR_SYNTAX);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/read", test_read);
  g_test_add_func ("/base/json/faults", test_faults);
  g_test_add_func ("/base/json/syntax", test_syntax);
  return g_test_run ();
}
