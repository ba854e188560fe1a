/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-draft-field.h"
#include "domain/trestle-draft-path.h"
#include "domain/trestle-draft.h"

static TrestleDraft *
draft_of (const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);

  g_assert_nonnull (root);
  return trestle_draft_new_from_node (root);
}

static void
assert_json (TrestleDraft *draft, const char *json)
{
  g_autoptr (JsonNode) expected = json_from_string (json, NULL);
  g_autofree char *now = json_to_string (trestle_draft_get_root (draft), FALSE);

  g_assert_nonnull (expected);
  if (!json_node_equal (trestle_draft_get_root (draft), expected))
    g_error ("draft is %s", now);
}

static void
on_changed (TrestleDraft *draft, const char *path, GString *log)
{
  g_string_append_printf (log, "%s;", path);
}

static void
test_paths (void)
{
  static const char *const bad[] = {
    ".",     "a.",    ".a",  "a..b", "a[",    "a[]",           "a[1",
    "a[-1]", "a[1x]", "[0]", "a]",   "a[1]b", "a[9999999999]", "a.[0]",
  };
  static const struct
  {
    const char *path;
    const char *parent;
    const char *pattern;
  } good[] = {
    { "a", "", "a" },
    { "a.b", "a", "a.b" },
    { "a[3]", "a", "a[]" },
    { "a[12].b[0]", "a[12].b", "a[].b[]" },
    { "a[0][1]", "a[0]", "a[][]" },
    { "", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (trestle_draft_path_parse (bad[i]) != NULL)
      g_error ("%s is a path", bad[i]);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GArray) steps = trestle_draft_path_parse (good[i].path);
      g_autofree char *parent = trestle_draft_path_dup_parent (good[i].path);
      g_autofree char *pattern = trestle_draft_path_dup_pattern (good[i].path);

      g_assert_nonnull (steps);
      g_assert_cmpstr (parent, ==, good[i].parent);
      g_assert_cmpstr (pattern, ==, good[i].pattern);
    }
}

static void
test_set (void)
{
  const char *const keywords[] = { "iris", "flower", NULL };
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  g_auto (GStrv) read = NULL;

  g_signal_connect (draft, "changed", G_CALLBACK (on_changed), log);
  g_assert_true (trestle_draft_set_text (draft, "Product.ProductTitle", "Meadow"));
  g_assert_true (trestle_draft_set_text (draft, "Product.ProductTitle", "Meadow"));
  g_assert_true (trestle_draft_set_texts (draft, "Product.SearchKeywords", keywords));
  g_assert_true (trestle_draft_set_text (draft, "Versions[0].InputProperties.Description", "rows"));
  g_assert_true (trestle_draft_set_bool (draft, "Versions[0].Restricted", TRUE));
  g_assert_true (trestle_draft_set_number (draft, "Product.Revision", 7));
  g_assert_cmpstr (log->str, ==,
                   "Product.ProductTitle;Product.SearchKeywords;"
                   "Versions[0].InputProperties.Description;Versions[0].Restricted;"
                   "Product.Revision;");
  assert_json (draft, "{'Trestle':1,'Product':{'ProductTitle':'Meadow','SearchKeywords':['iris',"
                      "'flower'],'Revision':7},'Versions':[{'InputProperties':{'Description':"
                      "'rows'},'Restricted':true}]}");
  g_assert_cmpstr (trestle_draft_get_text (draft, "Product.SearchKeywords[1]"), ==, "flower");
  g_assert_cmpuint (trestle_draft_get_length (draft, "Product.SearchKeywords"), ==, 2);
  g_assert_true (trestle_draft_get_bool (draft, "Versions[0].Restricted"));
  g_assert_cmpint (trestle_draft_get_number (draft, "Product.Revision"), ==, 7);
  read = trestle_draft_dup_texts (draft, "Product.SearchKeywords");
  g_assert_cmpstrv (read, keywords);

  /* what is emptied goes with the shelves it stood on, but an element stays where it is */
  trestle_draft_set_text (draft, "Versions[0].InputProperties.Description", "");
  trestle_draft_set (draft, "Versions[0].Restricted", NULL);
  trestle_draft_set_text (draft, "Product.SearchKeywords[0]", "");
  assert_json (draft, "{'Trestle':1,'Product':{'ProductTitle':'Meadow','SearchKeywords':['',"
                      "'flower'],'Revision':7},'Versions':[{}]}");
  g_assert_true (trestle_draft_set (draft, "Versions[0]", NULL));
  g_assert_false (trestle_draft_has (draft, "Versions"));

  g_string_truncate (log, 0);
  g_assert_false (trestle_draft_set_text (draft, "Product.SearchKeywords[3]", "too far"));
  g_assert_false (trestle_draft_set_text (draft, "Versions[1].VersionTitle", "too far"));
  g_assert_false (trestle_draft_set_text (draft, "Product..x", "no path"));
  g_assert_false (trestle_draft_set_text (draft, "", "no object"));
  g_assert_true (trestle_draft_set (draft, "Offer.Eula.File", NULL));
  g_assert_cmpstr (log->str, ==, "");
  g_assert_false (trestle_draft_has (draft, "Versions"));
  g_assert_false (trestle_draft_has (draft, "Offer"));
}

static void
test_lists (void)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_new ();
  g_autoptr (GString) log = g_string_new (NULL);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_true (trestle_draft_insert (draft, "Product.Highlights", i == 3 ? 0 : G_MAXUINT,
                                           json_node_init_string (json_node_alloc (), text)));
    }
  assert_json (draft, "{'Trestle':1,'Product':{'Highlights':['3','0','1','2']}}");
  g_signal_connect (draft, "changed", G_CALLBACK (on_changed), log);
  g_assert_true (trestle_draft_move (draft, "Product.Highlights", 0, 3));
  assert_json (draft, "{'Trestle':1,'Product':{'Highlights':['0','1','2','3']}}");
  g_assert_true (trestle_draft_move (draft, "Product.Highlights", 2, 1));
  assert_json (draft, "{'Trestle':1,'Product':{'Highlights':['0','2','1','3']}}");
  g_assert_false (trestle_draft_move (draft, "Product.Highlights", 2, 4));
  g_assert_false (trestle_draft_move (draft, "Product", 0, 0));
  g_assert_false (trestle_draft_remove (draft, "Product.Highlights", 4));
  for (guint i = 0; i < 4; i++)
    g_assert_true (trestle_draft_remove (draft, "Product.Highlights", 0));
  assert_json (draft, "{'Trestle':1}");
  g_assert_cmpstr (log->str, ==,
                   "Product.Highlights;Product.Highlights;Product.Highlights;Product.Highlights;"
                   "Product.Highlights;Product.Highlights;");
  g_assert_false (trestle_draft_insert (draft, "a[", 0, json_node_new (JSON_NODE_NULL)));
}

static void
test_odd_trees (void)
{
  static const char *const trees[] = {
    "{'Product':'text','Versions':{'a':1},'Offer':[1]}",
    "{'Product':[{}],'Versions':'none','Offer':null}",
    "{'Product':{'Highlights':'one','ProductTitle':['a']},'Versions':[1,null,[]],'Offer':3.5}",
  };
  g_autoptr (JsonNode) list = json_from_string ("[1,2]", NULL);
  g_autoptr (TrestleDraft) nothing = trestle_draft_new_from_node (list);

  assert_json (nothing, "{'Trestle':1}");
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    {
      g_autoptr (TrestleDraft) draft = draft_of (trees[i]);
      g_auto (GStrv) texts = trestle_draft_dup_texts (draft, "Versions");

      g_assert_cmpuint (g_strv_length (texts), ==, trestle_draft_get_length (draft, "Versions"));
      g_assert_cmpstr (trestle_draft_get_text (draft, "Product.ProductTitle"), ==, "");
      g_assert_cmpuint (trestle_draft_get_length (draft, "Product.Highlights"), ==, 0);
      g_assert_false (trestle_draft_remove (draft, "Product.Highlights", 0));
      g_assert_true (trestle_draft_set_text (draft, "Product.ProductTitle", "a"));
      g_assert_true (trestle_draft_set_text (draft, "Product.Highlights[0]", "b"));
      g_assert_true (trestle_draft_set_text (draft, "Versions[0].VersionTitle", "c"));
      g_assert_true (trestle_draft_set_text (draft, "Offer.Eula.Type", "d"));
      g_assert_cmpstr (trestle_draft_get_text (draft, "Product.ProductTitle"), ==, "a");
      g_assert_cmpstr (trestle_draft_get_text (draft, "Product.Highlights[0]"), ==, "b");
      g_assert_cmpstr (trestle_draft_get_text (draft, "Versions[0].VersionTitle"), ==, "c");
      g_assert_cmpstr (trestle_draft_get_text (draft, "Offer.Eula.Type"), ==, "d");
    }
}

/* A draft shares nothing with the tree it came from, with its copy, or with what was put into it. */
static void
test_copies (void)
{
  g_autoptr (JsonNode) root = json_from_string ("{'Product':{'Highlights':['a']}}", NULL);
  g_autoptr (JsonNode) value = json_from_string ("[{'Name':'x'}]", NULL);
  g_autoptr (TrestleDraft) draft = NULL;
  g_autoptr (TrestleDraft) copy = NULL;
  g_autoptr (GString) log = g_string_new (NULL);

  json_node_seal (root);
  json_node_seal (value);
  draft = trestle_draft_new_from_node (root);
  copy = trestle_draft_copy (draft);
  g_assert_true (trestle_draft_equal (draft, copy));
  trestle_draft_set_text (draft, "Product.Highlights[0]", "b");
  trestle_draft_set (draft, "Versions", json_node_ref (value));
  trestle_draft_set_text (draft, "Versions[0].Name", "y");
  g_assert_false (trestle_draft_equal (draft, copy));
  assert_json (copy, "{'Product':{'Highlights':['a']}}");
  g_assert_cmpstr (json_object_get_string_member (
                       json_array_get_object_element (json_node_get_array (value), 0), "Name"),
                   ==, "x");

  g_signal_connect (draft, "changed", G_CALLBACK (on_changed), log);
  trestle_draft_replace (draft, trestle_draft_get_root (copy));
  trestle_draft_replace (draft, trestle_draft_get_root (copy));
  g_assert_true (trestle_draft_equal (draft, copy));
  g_assert_cmpstr (log->str, ==, ";");
}

static void
test_table (void)
{
  guint n;
  const TrestleDraftField *fields = trestle_draft_field_all (&n);

  for (guint i = 0; i < n; i++)
    {
      const TrestleDraftField *field = &fields[i];
      g_autofree char *parent = trestle_draft_path_dup_parent (field->pattern);
      const TrestleDraftField *above = trestle_draft_field_find (parent);

      /* each is found by its pattern, after what it is in, which can hold it */
      g_assert_true (trestle_draft_field_find (field->pattern) == field);
      g_assert_cmpuint (trestle_draft_field_get_order (field), ==, i);
      g_assert_true (*parent == '\0' || above != NULL);
      if (above != NULL)
        {
          gboolean element = g_str_has_suffix (field->pattern, "[]");

          g_assert_cmpuint (trestle_draft_field_get_order (above), <, i);
          g_assert_cmpint (above->kind, ==,
                           element ? TRESTLE_DRAFT_FIELD_KIND_LIST
                                   : TRESTLE_DRAFT_FIELD_KIND_OBJECT);
          g_assert_cmpint (above->entity, ==, field->entity);
        }
      if (field->expression != NULL)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GRegex) regex = g_regex_new (field->expression, 0, 0, &error);

          g_assert_no_error (error);
        }
      g_assert_true ((field->choices != NULL) == (field->kind == TRESTLE_DRAFT_FIELD_KIND_CHOICE));
      for (guint j = 0; field->identity != NULL && field->identity[j] != NULL; j++)
        {
          g_autofree char *member = g_strdup_printf ("%s[].%s", field->pattern, field->identity[j]);

          g_assert_nonnull (trestle_draft_field_find (member));
        }
    }
  g_assert_cmpint (
      trestle_draft_field_get_most (trestle_draft_field_find ("Product.SearchKeywords[3]")), ==,
      50);
  g_assert_cmpint (
      trestle_draft_field_get_total (trestle_draft_field_find ("Product.SearchKeywords")), ==, 250);
  g_assert_cmpint (trestle_draft_field_get_advised (trestle_draft_field_find ("Product.Sku")), ==,
                   100);
  g_assert_cmpint (trestle_draft_field_get_most (trestle_draft_field_find ("Trestle")), ==, -1);
  g_assert_null (trestle_draft_field_find ("Product.Colour"));
  g_assert_null (trestle_draft_field_find (NULL));
}

static void
test_expressions (void)
{
  static const struct
  {
    const char *path;
    const char *good;
    const char *bad;
  } cases[] = {
    { "Product.ProductTitle", "Meadow Sorter", " Meadow" },
    { "Product.ProductTitle", "Ümlaut\nline", "" },
    { "Product.LogoUrl", "https://bucket.s3.amazonaws.com/logo.png", "ftp://host.org/logo.png" },
    { "Product.LogoUrl", "logo.png", "https://" },
    { "Product.BuyerAccounts[0]", "777788889999", "77778888999" },
    { "Product.BuyerAccounts[0]", "000000000000", "777788889999\n" },
    { "Product.AdditionalResources[0].Url", "http://a.example.org/x?y=1&z=%20#t",
      "https://a.example.org/<x>" },
    { "Versions[0].SageMakerModelPackageArn",
      "arn:aws:sagemaker:us-east-1:444455556666:model-package/meadow-sorter-v1",
      "arn:aws:sagemaker:us-east-1:444455556666:algorithm/meadow" },
    { "Versions[0].AccessRoleArn", "arn:aws:iam::444455556666:role/Market",
      "arn:aws:iam::444455556666:role/path/Market" },
    { "Versions[0].SampleNotebookUrl", "https://github.com/a/b/blob/main/c.ipynb?raw=true",
      "http://github.com/a" },
    { "Versions[0].InputProperties.Parameters[0].Name", "petal_length (cm)", "länge" },
    { "Versions[0].RecommendedInstanceTypes.Training", "ml.m5.large", "ml m5" },
    { "Offer.Name", "Public offer", "<b>" },
    { "Offer.RateCard[2].Price", "1.50", "1,50" },
    { "Offer.RateCard[2].Price", "0.00000001", "0.000000001" },
    { "Offer.RateCard[2].Price", "100000000.00", "100000000.01" },
    { "Offer.FreeTrial", "P14D", "P" },
    { "Offer.FreeTrial", "P1M", "14" },
    { "Offer.RefundPolicy", "No refunds ©\nafter £5.", "Keine Rückgabe" },
    { "Offer.RefundPolicy", "x", "x " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const TrestleDraftField *field = trestle_draft_field_find (cases[i].path);

      if (!trestle_draft_field_matches (field, cases[i].good))
        g_error ("%s refuses %s", cases[i].path, cases[i].good);
      if (trestle_draft_field_matches (field, cases[i].bad))
        g_error ("%s lets %s pass", cases[i].path, cases[i].bad);
    }
}

static void
test_labels (void)
{
  static const struct
  {
    const char *path;
    const char *label;
  } cases[] = {
    { "Product.ShortDescription", "Short description" },
    { "Product.Highlights[1]", "Highlights 2" },
    { "Versions[0].InputProperties.Parameters[2].Name", "Versions 1, Input parameters 3, Name" },
    { "Versions[0].InputProperties", "Versions 1, Inputs" },
    { "Offer.RateCard[3].Price", "Prices 4, Price" },
    { "Product.Colour", "Colour" },
    { "a[", "a[" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = trestle_draft_field_dup_label (cases[i].path);

      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/paths", test_paths);
  g_test_add_func ("/draft/set", test_set);
  g_test_add_func ("/draft/lists", test_lists);
  g_test_add_func ("/draft/odd-trees", test_odd_trees);
  g_test_add_func ("/draft/copies", test_copies);
  g_test_add_func ("/draft/table", test_table);
  g_test_add_func ("/draft/expressions", test_expressions);
  g_test_add_func ("/draft/labels", test_labels);
  return g_test_run ();
}
