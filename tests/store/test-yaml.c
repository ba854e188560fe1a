/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "domain/trestle-draft.h"
#include "store/trestle-yaml.h"

static JsonNode *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = trestle_yaml_read (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  return root;
}

static char *
write_node (JsonNode *root)
{
  g_autoptr (GError) error = NULL;
  char *text = trestle_yaml_write (root, &error);

  g_assert_no_error (error);
  return text;
}

/* What is written reads as the same tree, and that as the same text. */
static char *
assert_round_trip (JsonNode *root)
{
  char *text = write_node (root);
  g_autoptr (JsonNode) again = read_text (text);
  g_autofree char *text_again = write_node (again);

  if (!json_node_equal (root, again))
    {
      g_autofree char *one = json_to_string (root, FALSE);
      g_autofree char *other = json_to_string (again, FALSE);

      g_error ("%s\nbecame\n%s\nby\n%s", one, other, text);
    }
  g_assert_cmpstr (text, ==, text_again);
  return text;
}

/* @json has ' where JSON has ", for it is easier to read so. */
static void
assert_json (JsonNode *node, const char *json)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (JsonNode) expected = json_from_string (quoted, NULL);
  g_autofree char *is = json_to_string (node, FALSE);

  if (!json_node_equal (node, expected))
    g_error ("is %s", is);
}

/* A file as a person reads it, in the table's order whatever order the tree has. */
static const char whole[] = "Trestle: 1\n"
                            "Product:\n"
                            "  Identifier: prod-abc\n"
                            "  Revision: 7\n"
                            "  ProductTitle: Meadow Sorter\n"
                            "  LongDescription: |\n"
                            "    Tells flowers apart.\n"
                            "\n"
                            "    - by their leaves: all four\n"
                            "      # and not by their scent\n"
                            "  Sku: '0123'\n"
                            "  Highlights:\n"
                            "  - Fast\n"
                            "  - 'Sure: 97 %'\n"
                            "  AdditionalResources:\n"
                            "  - Text: Notes\n"
                            "    Url: https://example.org/a?b=c#d\n"
                            "  BuyerAccounts:\n"
                            "  - '777788889999'\n"
                            "Versions:\n"
                            "- VersionTitle: '1.0'\n"
                            "  InputProperties:\n"
                            "    Parameters:\n"
                            "    - Name: 'yes'\n"
                            "      Required: true\n"
                            "Offer:\n"
                            "  RateCard:\n"
                            "  - DimensionKey: ml.m5.large.m.i.b\n"
                            "    Price: '1.50'\n"
                            "  Eula:\n"
                            "    Version: '2022-07-14'\n"
                            "Zeta: kept\n"
                            "Alpha:\n"
                            "- 1\n"
                            "- 2.5\n"
                            "- '2.50'\n"
                            "- null\n"
                            "- false\n"
                            "- {}\n"
                            "- []\n";

static void
test_file (void)
{
  g_autoptr (JsonNode) root = read_text (whole);
  g_autofree char *text = assert_round_trip (root);
  g_autoptr (JsonNode) mixed = json_from_string (
      "{'Zeta':'kept','Offer':{'PricingModel':'Free','Name':'name'},'Product':{'Sku':'1e3',"
      "'ProductTitle':'t','Colour':'red'},'Trestle':1}",
      NULL);
  g_autofree char *ordered = assert_round_trip (mixed);

  g_assert_cmpstr (text, ==, whole);
  assert_json (root,
               "{'Trestle':1,'Product':{'Identifier':'prod-abc','Revision':7,'ProductTitle':"
               "'Meadow Sorter','LongDescription':'Tells flowers apart.\\n\\n- by their leaves: "
               "all four\\n  # and not by their scent\\n','Sku':'0123','Highlights':['Fast',"
               "'Sure: 97 %'],'AdditionalResources':[{'Text':'Notes','Url':"
               "'https://example.org/a?b=c#d'}],'BuyerAccounts':['777788889999']},'Versions':[{"
               "'VersionTitle':'1.0','InputProperties':{'Parameters':[{'Name':'yes','Required':"
               "true}]}}],'Offer':{'RateCard':[{'DimensionKey':'ml.m5.large.m.i.b','Price':'1.50'"
               "}],'Eula':{'Version':'2022-07-14'}},'Zeta':'kept','Alpha':[1,2.5,'2.50',null,false"
               ",{},[]]}");
  g_assert_cmpstr (ordered, ==,
                   "Trestle: 1\nProduct:\n  ProductTitle: t\n  Sku: '1e3'\n  Colour: red\n"
                   "Offer:\n  Name: name\n  PricingModel: Free\nZeta: kept\n");
}

/* In fields that the table calls texts, everything is one; elsewhere YAML's own types hold. */
static void
test_types (void)
{
  static const struct
  {
    const char *scalar;
    const char *elsewhere; /* as JSON; NULL: also a text */
  } cases[] = {
    { "1.0", NULL },        { "1", "1" },      { "1.5", "1.5" },
    { "0123", NULL },       { "0x1f", NULL },  { "1e3", NULL },
    { "yes", NULL },        { "no", NULL },    { "on", NULL },
    { "true", "true" },     { "True", NULL },  { "false", "false" },
    { "null", "null" },     { "~", "null" },   { "-0", "-0.0" },
    { ".5", NULL },         { ".inf", NULL },  { "-", NULL },
    { "2022-07-14", NULL }, { "12:30", NULL }, { "99999999999999999999", NULL },
    { "P14D", NULL },       { "+1", NULL },    { "=", NULL },
    { "1_000", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *scalar = cases[i].scalar;
      g_autofree char *text = g_strdup_printf (
          "Product:\n  Sku: %s\n  Colour: %s\n  Highlights: [%s, '%s']\n",
          g_str_equal (scalar, "-") ? "'-'" : scalar, g_str_equal (scalar, "-") ? "'-'" : scalar,
          g_str_equal (scalar, "-") ? "'-'" : scalar, scalar);
      g_autoptr (JsonNode) root = read_text (text);
      JsonObject *product = json_object_get_object_member (json_node_get_object (root), "Product");
      JsonArray *highlights = json_object_get_array_member (product, "Highlights");
      g_autofree char *colour = json_to_string (json_object_get_member (product, "Colour"), FALSE);
      g_autofree char *as_text = g_strdup_printf ("\"%s\"", scalar);

      g_assert_cmpstr (json_object_get_string_member (product, "Sku"), ==, scalar);
      g_assert_cmpstr (json_array_get_string_element (highlights, 0), ==, scalar);
      g_assert_cmpstr (json_array_get_string_element (highlights, 1), ==, scalar);
      g_assert_cmpstr (colour, ==, cases[i].elsewhere != NULL ? cases[i].elsewhere : as_text);
      g_free (assert_round_trip (root));
    }
  {
    g_autoptr (JsonNode) root = read_text (
        "Versions: [{Restricted: yes, InputProperties: {Parameters: [{Required: no}, "
        "{Required: 'true'}, {Required: maybe}]}}]\nProduct: {Revision: 007}\n");

    assert_json (root, "{'Versions':[{'Restricted':true,'InputProperties':{'Parameters':[{"
                       "'Required':false},{'Required':'true'},{'Required':'maybe'}]}}],'Product':"
                       "{'Revision':'007'}}");
    g_free (assert_round_trip (root));
  }
}

static const char *const texts[] = {
  "",
  " ",
  "  two",
  "a\n",
  "a\n\n",
  "a\n\n\n",
  "\n",
  "\na",
  "a\nb",
  "a\n b\n  c",
  " a\nb",
  "a \nb",
  "a\n \nb",
  "a\tb",
  "\ta",
  "a\n\tb",
  "a\r\nb\r\n",
  "a\rb",
  "é ü ß",
  "日本語\nの説明\n",
  "🚀 up\nand 👩‍🔬\n",
  "a\xc2\x85" "b",
  "a\u2028b\nc",
  "\ufeffa",
  "a\u00a0b",
  "\x01\x1f\x7f",
  "'",
  "\"",
  "\\n",
  "\\",
  "a: b",
  "a #b",
  "#a",
  "- a",
  "-",
  "--- a",
  "---\na",
  "...",
  "? a",
  ": a",
  "[a",
  "{a}",
  "a, b",
  "&a",
  "*a",
  "!a",
  "|",
  ">",
  "%a",
  "@a",
  "`a",
  "a:",
  "a\n# b\nc",
  "a\n---\nb",
  "a\n...\nb",
  "key: |\n  text\n",
  "{\"a\": [1, 2]}",
  "5.1,3.5,1.4,0.2\n4.9,3.0,1.4,0.2\n",
  "trailing\n  ",
  "a\nb ",
  "true",
  "NULL",
  "y",
  "0o17",
  "0b1",
  "1:2",
  "<<",
  "=",
  "a\n\n\nb",
  "    \n",
  "x\n    indented\nback",
  "a long line that is well above sixty characters, so that it stands below its name",
  " a long line that is well above sixty characters, and that begins with a space",
  "a long line that is well above sixty characters, and that ends with a space ",
};

static void
assert_text_everywhere (const char *text)
{
  static const char *const paths[] = {
    "Product.Sku",
    "Product.LongDescription",
    "Product.Highlights[0]",
    "Product.Colour",
    "Versions[0].InputProperties.SampleInput.BatchTransformText",
    "Versions[0].InputProperties.Parameters[0].Name",
    "Odd[0]",
  };
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autofree char *written = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    trestle_draft_set (draft, paths[i], json_node_init_string (json_node_alloc (), text));
  if (*text != '\0')
    json_object_set_string_member (json_node_get_object (trestle_draft_get_root (draft)), text,
                                   text);
  written = assert_round_trip (trestle_draft_get_root (draft));
}

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_text_everywhere (texts[i]);
}

/* Texts put together by chance from the pieces that mean something in YAML. */
static void
test_random_texts (void)
{
  static const char *const pieces[] = {
    " ", "\n", "\t", "\r", "a",    "b c", ":", "#",  "-",      "'",      "\"",     "\\",
    "|", ">",  "[",  "]",  "{",    "}",   ",", "&",  "*",      "!",      "%",      "@",
    "?", "0",  "1.", "~",  "\n\n", "  ",  "é", "🚀", "\xc2\x85", "\u2028", "\ufeff", "\x02",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20260807);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint length = (guint) g_rand_int_range (random, 1, 12);

      for (guint j = 0; j < length; j++)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      assert_text_everywhere (text->str);
    }
}

static void
test_lines (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autofree char *text = NULL;

  trestle_draft_set_text (draft, "Product.ShortDescription", "One\nTwo");
  trestle_draft_set_text (draft, "Product.SupportDescription",
                          "Write to us and we shall answer, as a rule within the same day.");
  trestle_draft_set_text (draft, "Product.LongDescription", "Ends in a space \nand goes on");
  text = assert_round_trip (trestle_draft_get_root (draft));
  g_assert_cmpstr (text, ==,
                   "Trestle: 1\nProduct:\n  ShortDescription: |-\n    One\n    Two\n"
                   "  LongDescription: \"Ends in a space \\nand goes on\"\n"
                   "  SupportDescription: |-\n    Write to us and we shall answer, as a rule "
                   "within the same day.\n");
}

static void
test_by_hand (void)
{
  g_autoptr (JsonNode) root = read_text (
      "\ufeff# mine\r\n%YAML 1.1\r\n---\r\nProduct:\r\n    ProductTitle: >\r\n        folded\r\n"
      "        text\r\n    Highlights: [one, \"t\\u0077o\", 'th''ree']\r\n    LongDescription: |2-\r\n"
      "        deep\r\n       er\r\n    Sku: !!str 1\r\nOffer: {Name: plain\r\n   text}\r\n...\r\n");

  assert_json (root,
               "{'Product':{'ProductTitle':'folded text\\n','Highlights':['one','two','th\\u0027ree'],"
               "'LongDescription':'  deep\\n er','Sku':'1'},'Offer':{'Name':'plain text'}}");
}

static void
test_notes (void)
{
  static const char text[] = "Product: # the product\n"
                             "  ProductTitle: a#b\n"
                             "  LongDescription: |\n"
                             "    # none\n"
                             "  Colour: {Shade: 1}\n"
                             "  # another\n"
                             "Versions:\n"
                             "- {VersionTitle: x, Nummer: 1}\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (JsonNode) root = trestle_yaml_read (text, strlen (text), &notes, &error);
  TrestleYamlNote **found;

  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 3);
  found = (TrestleYamlNote **) notes->pdata;
  g_assert_null (found[0]->path);
  g_assert_cmpuint (found[0]->line, ==, 1);
  g_assert_cmpuint (found[0]->column, ==, 10);
  g_assert_cmpstr (found[1]->path, ==, "Product.Colour");
  g_assert_cmpuint (found[1]->line, ==, 5);
  g_assert_cmpuint (found[1]->column, ==, 3);
  g_assert_cmpstr (found[2]->path, ==, "Versions[0].Nummer");
  g_assert_cmpuint (found[2]->line, ==, 8);
  assert_json (root, "{'Product':{'ProductTitle':'a#b','LongDescription':'# none\\n','Colour':"
                     "{'Shade':1}},'Versions':[{'VersionTitle':'x','Nummer':1}]}");
}

static void
assert_refused (const char *text, gsize length, TrestleYamlError code, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  JsonNode *root = trestle_yaml_read (text, length, &notes, &error);

  g_assert_null (root);
  g_assert_null (notes);
  g_assert_error (error, TRESTLE_YAML_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (!g_str_has_prefix (error->message, says))
    g_error ("“%s” does not begin with “%s”", error->message, says);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    TrestleYamlError code;
    const char *says;
  } cases[] = {
    { "", TRESTLE_YAML_ERROR_SYNTAX, "1:1: there is nothing" },
    { "# only\n", TRESTLE_YAML_ERROR_SYNTAX, "1:1: there is nothing" },
    { "text", TRESTLE_YAML_ERROR_SYNTAX, "1:1: a draft begins" },
    { "\n- a\n", TRESTLE_YAML_ERROR_SYNTAX, "2:1: a draft begins" },
    { "Product: &a\n  Sku: x\n", TRESTLE_YAML_ERROR_SYNTAX, "1:10: anchors" },
    { "Product:\n  Sku: *a\n", TRESTLE_YAML_ERROR_SYNTAX, "2:8: aliases" },
    { "Product:\n  Sku: !!binary aGk=\n", TRESTLE_YAML_ERROR_SYNTAX, "2:8: tags" },
    { "Product: !x {}\n", TRESTLE_YAML_ERROR_SYNTAX, "1:10: tags" },
    { "Product: {}\nProduct: {}\n", TRESTLE_YAML_ERROR_SYNTAX, "2:1: Product is there twice" },
    { "Product:\n  Sku: a\n  'Sku': b\n", TRESTLE_YAML_ERROR_SYNTAX, "3:3: Sku is there twice" },
    { "Product: {}\n---\nOffer: {}\n", TRESTLE_YAML_ERROR_SYNTAX, "2:1: a second document" },
    { "{a: 1}: b\n", TRESTLE_YAML_ERROR_SYNTAX, "1:1: the name of a member" },
    { "? [a]\n: b\n", TRESTLE_YAML_ERROR_SYNTAX, "1:3: the name of a member" },
    { "Product:\n  Sku: \"a\\0b\"\n", TRESTLE_YAML_ERROR_SYNTAX, "2:8: a text cannot hold" },
    { "Product:\n\tSku: a\n", TRESTLE_YAML_ERROR_SYNTAX, "2:1: " },
    { "Product: [a\n", TRESTLE_YAML_ERROR_SYNTAX, "2:1: " },
    { "Product:\n  Sku: \"a\n", TRESTLE_YAML_ERROR_SYNTAX, "3:1: " },
    { "Product: a: b\n", TRESTLE_YAML_ERROR_SYNTAX, "1:11: " },
    { "a: é\nb: \x01\n", TRESTLE_YAML_ERROR_SYNTAX, "2:4: " },
    { "a: é\nb: é\xff\n", TRESTLE_YAML_ERROR_ENCODING, "2:5: not UTF-8" },
    { "a: \xc3", TRESTLE_YAML_ERROR_ENCODING, "1:4: not UTF-8" },
    { "Trestle: 2\n", TRESTLE_YAML_ERROR_FORMAT, "1:1: the draft has format 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, strlen (cases[i].text), cases[i].code, cases[i].says);
  assert_refused ("a: \0b", 5, TRESTLE_YAML_ERROR_ENCODING, "1:4: ");
}

static void
test_hostile (void)
{
  static const char laughs[] = "a: &a [ha, ha]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n";
  g_autoptr (GString) deep = g_string_new ("a: ");
  g_autoptr (GString) long_text = g_string_new ("Product:\n  LongDescription: ");
  g_autoptr (GString) many = g_string_new ("a: [");
  g_autoptr (GString) blocks = g_string_new ("a:\n");
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (GString) path = g_string_new ("a");
  g_autoptr (GError) error = NULL;

  assert_refused (laughs, strlen (laughs), TRESTLE_YAML_ERROR_SYNTAX, "1:4: anchors");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_refused (deep->str, deep->len, TRESTLE_YAML_ERROR_LIMIT, "1:35: deeper than 32");
  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (blocks, "%*s-\n", (int) i, "");
  assert_refused (blocks->str, blocks->len, TRESTLE_YAML_ERROR_LIMIT, "33:32: deeper than 32");
  while (long_text->len < 10 * 1000 * 1000)
    g_string_append (long_text, "long and longer ");
  assert_refused (long_text->str, long_text->len, TRESTLE_YAML_ERROR_LIMIT, "1:1: longer than");
  while (many->len < 8000000)
    g_string_append (many, "a,\n");
  assert_refused (many->str, many->len, TRESTLE_YAML_ERROR_LIMIT, "99998:1: more than 100000");
  while (keys->len < 4000000)
    g_string_append (keys, "? ");
  assert_refused (keys->str, keys->len, TRESTLE_YAML_ERROR_SYNTAX, "1:3: the name of a member");

  /* and what could not be read again is not written */
  for (guint i = 0; i < 40; i++)
    g_string_append (path, ".a");
  trestle_draft_set_text (draft, path->str, "deep");
  g_assert_null (trestle_yaml_write (trestle_draft_get_root (draft), &error));
  g_assert_error (error, TRESTLE_YAML_ERROR, TRESTLE_YAML_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yaml/file", test_file);
  g_test_add_func ("/yaml/types", test_types);
  g_test_add_func ("/yaml/texts", test_texts);
  g_test_add_func ("/yaml/random-texts", test_random_texts);
  g_test_add_func ("/yaml/lines", test_lines);
  g_test_add_func ("/yaml/by-hand", test_by_hand);
  g_test_add_func ("/yaml/notes", test_notes);
  g_test_add_func ("/yaml/refused", test_refused);
  g_test_add_func ("/yaml/hostile", test_hostile);
  return g_test_run ();
}
