/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "domain/trestle-limits.h"
#include "domain/trestle-node.h"
#include "domain/trestle-s3-address.h"
#include "domain/trestle-sample-keys.h"

#define INPUTS "Versions[0].InputProperties.Parameters"
#define OUTPUTS "Versions[0].OutputProperties.Parameters"

static GListModel *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return trestle_sample_keys_read (bytes, error);
}

/* "name: constraints" a line. */
static char *
say (GListModel *keys)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (TrestleSampleKey) key = g_list_model_get_item (keys, i);

      g_string_append_printf (all, "%s: %s\n", trestle_sample_key_get_name (key),
                              trestle_sample_key_get_constraints (key));
    }
  return g_string_free (all, FALSE);
}

#define EXPECT(text, wanted)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) failure = NULL;                                                             \
    g_autoptr (GListModel) found = read_text (text, &failure);                                     \
    g_autofree char *said = NULL;                                                                  \
    g_assert_no_error (failure);                                                                   \
    said = say (found);                                                                            \
    g_assert_cmpstr (said, ==, wanted);                                                            \
  }                                                                                                \
  G_STMT_END

#define REFUSE(text, words)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) failure = NULL;                                                             \
    g_autoptr (GListModel) found = read_text (text, &failure);                                     \
    g_assert_null (found);                                                                         \
    g_assert_error (failure, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);                                 \
    if (strstr (failure->message, words) == NULL)                                                  \
      g_error ("“%s” says nothing of “%s”", failure->message, words);                              \
  }                                                                                                \
  G_STMT_END

static void
test_json (void)
{
  EXPECT ("{\"k\": 3, \"ratio\": 0.5, \"deep\": true, \"name\": \"ab\", \"x\": null}",
          "k: Whole number, 3\nratio: Number, 0.5\ndeep: True or false\n"
          "name: Text of 2 characters\nx: \n");
  EXPECT (
      "  [{\"a\": 1, \"b\": \"x\"}, {\"a\": -2.5, \"c\": [1, 2]}, {\"a\": null, \"c\": [4, 5, 6]}]",
      "a: Number, -2.5 to 1, or empty\nb: Text of 1 character\n"
      "c: List of 2 to 3 numbers, each 1 to 6\n");
  EXPECT (
      "{\"instances\": [{\"x\": 1, \"at\": {\"lat\": 1.5}}, {\"x\": 7}], \"tags\": [\"a\", \"b\"]}",
      "instances: List of 2 objects\ninstances[].x: Whole number, 1 to 7\n"
      "instances[].at: Object\ninstances[].at.lat: Number, 1.5\ntags: List of 2 texts\n");
  /* further down nobody looks */
  EXPECT ("{\"a\": {\"b\": {\"c\": {\"d\": 1}}}}", "a: Object\na.b: Object\na.b.c: Object\n");
  EXPECT ("{\"rows\": [[1, 2], [3, 4]], \"none\": [], \"odd\": [1, \"x\"]}",
          "rows: List of 2 lists\nnone: List of 0 values\nodd: List of 2 values\n");
  /* what comes again is a choice, what is of two kinds says both */
  EXPECT ("[{\"s\": \"a\"}, {\"s\": \"b\"}, {\"s\": \"a\"}, {\"s\": \"b\"}]", "s: One of: a, b\n");
  EXPECT ("[{\"v\": 1}, {\"v\": \"one\"}]", "v: Whole number, 1, or text of 3 characters\n");
}

static void
test_lines (void)
{
  EXPECT ("{\"a\": 1}\n\n  {\"a\": 2, \"b\": false}\r\n",
          "a: Whole number, 1 to 2\nb: True or false\n");
  REFUSE ("{\"a\": 1}\n[2]\n", "line 2");
  REFUSE ("{\"a\": 1}\n{\"a\": \n", "line 2");
  REFUSE ("{\"a\": ", "cannot be read");
}

static void
test_table (void)
{
  EXPECT ("\xef\xbb\xbfid,width,kind,good\n1,0.2,setosa,true\n2,1.4,virginica,FALSE\n"
          "3,,setosa,true\n4,0.3,virginica,true\n",
          "id: Whole number, 1 to 4\nwidth: Number, 0.2 to 1.4, or empty\n"
          "kind: One of: setosa, virginica\ngood: True or false\n");
  EXPECT ("\"sepal, long\",b\n1,x\n", "sepal, long: Whole number, 1\nb: Text of 1 character\n");
  /* a line of data is no header, and a text no table */
  REFUSE ("5.1,3.5,1.4,0.2\n7.0,3.2,4.7,1.4\n", "no header");
  REFUSE ("a,a\n1,2\n", "no header");
  REFUSE ("setosa,1.0000\nversicolor,0.9999\n", "no header");
  REFUSE ("Just a sentence.", "a row below it");
  REFUSE ("a,b\n1,2,3\n", "line 2");
}

/* What anybody may have written. */
static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) many = g_string_new ("{");
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *name = g_strnfill (trestle_limit (TRESTLE_LIMIT_PARAMETER_NAME_CHARS) + 1, 'n');
  g_autofree char *long_name = g_strdup_printf ("{\"%s\": 1, \"b\": 2}", name);
  g_autoptr (GBytes) picture = g_bytes_new_static ("\x89PNG\0\xff", 6);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (TRESTLE_SAMPLE_KEYS_BYTES + 1),
                                               TRESTLE_SAMPLE_KEYS_BYTES + 1);
  g_autoptr (GError) no_text = NULL;
  g_autoptr (GError) too_large = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) keys = NULL;

  REFUSE ("", "empty");
  REFUSE (" \n\t ", "empty");
  REFUSE ("[1, 2, 3]", "no object");
  REFUSE ("{}", "no object");
  g_assert_null (trestle_sample_keys_read (picture, &no_text));
  g_assert_nonnull (strstr (no_text->message, "no text"));
  g_assert_null (trestle_sample_keys_read (large, &too_large));
  g_assert_nonnull (strstr (too_large->message, "up to"));

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  REFUSE (deep->str, "cannot be read");

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (many, "%s\"k%u\": {\"x\": %u}", i > 0 ? "," : "", i, i);
  g_string_append_c (many, '}');
  keys = read_text (many->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (keys), ==, TRESTLE_SAMPLE_KEYS_MOST);

  for (guint i = 0; i < 600; i++)
    g_string_append_printf (wide, "%sc%u", i > 0 ? "," : "", i);
  REFUSE (wide->str, "fields");

  /* names that a listing cannot hold, or that nobody can see */
  EXPECT (long_name, "b: Whole number, 2\n");
  EXPECT ("{\"\": 1, \"a\\u0007\": 1, \" \": 1, \"a\\u202eb\": 1, \"c\": 1}",
          "c: Whole number, 1\n");
  EXPECT ("{\"n\": 1e400, \"m\": -0.0}", "n: \nm: Number, -0\n");
}

/* Rows that are there are never touched. */
static void
test_add (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) keys = read_text ("{\"old\": 1, \"a\": \"x\", \"b\": 2}", &error);
  g_autoptr (GListModel) fresh = NULL;
  g_autoptr (GString) many = g_string_new ("{");
  g_autoptr (GListModel) too_many = NULL;
  gint64 most = trestle_limit (TRESTLE_LIMIT_VERSION_PARAMETERS);

  trestle_draft_set_text (draft, INPUTS "[0].Name", "old");
  trestle_draft_set_text (draft, INPUTS "[0].Description", "As it was");
  trestle_draft_set_bool (draft, INPUTS "[0].Required", TRUE);
  fresh = trestle_sample_keys_filter (keys, draft, INPUTS);
  g_assert_cmpuint (g_list_model_get_n_items (fresh), ==, 2);
  g_assert_cmpuint (trestle_sample_keys_add (draft, INPUTS, keys), ==, 2);
  g_assert_cmpuint (trestle_sample_keys_add (draft, INPUTS, keys), ==, 0);
  g_assert_cmpuint (trestle_draft_get_length (draft, INPUTS), ==, 3);
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[0].Description"), ==, "As it was");
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[0].Constraints"), ==, "");
  g_assert_true (trestle_draft_get_bool (draft, INPUTS "[0].Required"));
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[1].Name"), ==, "a");
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[2].Constraints"), ==, "Whole number, 2");
  g_assert_false (trestle_draft_get_bool (draft, INPUTS "[2].Required"));
  g_assert_cmpstr (trestle_draft_get_text (draft, INPUTS "[2].Description"), ==, "");

  /* outputs have no constraints in a listing */
  g_assert_cmpuint (trestle_sample_keys_add (draft, OUTPUTS, keys), ==, 3);
  g_assert_null (trestle_draft_get (draft, OUTPUTS "[1].Constraints"));

  /* and a list holds so many */
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (many, "%s\"k%u\": 1", i > 0 ? "," : "", i);
  g_string_append_c (many, '}');
  too_many = read_text (many->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trestle_sample_keys_room (draft, INPUTS), ==, (guint) most - 3);
  g_assert_cmpuint (trestle_sample_keys_add (draft, INPUTS, too_many), ==, (guint) most - 3);
  g_assert_cmpuint (trestle_sample_keys_room (draft, INPUTS), ==, 0);
}

static void
test_address (void)
{
  static const struct
  {
    const char *text;
    const char *bucket; /* NULL: no address */
    const char *key;
  } cases[] = {
    { "s3://models", "models", "" },
    { "s3://models/", "models", "" },
    { "s3://my.models-1/a/b.tar.gz", "my.models-1", "a/b.tar.gz" },
    { "s3://models//a", "models", "/a" },
    { "s3://", NULL, NULL },
    { "s3://ab", NULL, NULL },
    { "s3://Models/x", NULL, NULL },
    { "https://models/x", NULL, NULL },
    { "", NULL, NULL },
    { NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bucket = NULL;
      g_autofree char *key = NULL;
      gboolean is = trestle_s3_address_split (cases[i].text, &bucket, &key);

      g_assert_cmpint (is, ==, cases[i].bucket != NULL);
      g_assert_cmpstr (bucket, ==, cases[i].bucket);
      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample-keys/json", test_json);
  g_test_add_func ("/sample-keys/lines", test_lines);
  g_test_add_func ("/sample-keys/table", test_table);
  g_test_add_func ("/sample-keys/hostile", test_hostile);
  g_test_add_func ("/sample-keys/add", test_add);
  g_test_add_func ("/s3-address/split", test_address);
  return g_test_run ();
}
