/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-draft-diff.h"

/* @json has ' where JSON has ", for it is easier to read so. */
static TrestleDraft *
draft_of (const char *json)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (JsonNode) root = json_from_string (quoted, NULL);

  g_assert_nonnull (root);
  return trestle_draft_new_from_node (root);
}

/* A line for each: path, + - or ~, < where it comes in, ! where it conflicts. */
static char *
summary (GPtrArray *found)
{
  static const char signs[] = "+-~";
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      TrestleDifference *difference = g_ptr_array_index (found, i);

      g_string_append_printf (lines, "%s %c%s%s\n", trestle_difference_get_path (difference),
                              signs[trestle_difference_get_kind (difference)],
                              trestle_difference_get_incoming (difference) ? "<" : "",
                              trestle_difference_get_conflict (difference) ? "!" : "");
    }
  return g_string_free (lines, FALSE);
}

static void
assert_two (const char *mine, const char *base, const char *expected)
{
  g_autoptr (TrestleDraft) draft = draft_of (mine);
  g_autoptr (TrestleDraft) from = base != NULL ? draft_of (base) : NULL;
  g_autoptr (GPtrArray) found = trestle_draft_diff (draft, from);
  g_autofree char *lines = summary (found);

  g_assert_cmpstr (lines, ==, expected);
}

static void
test_fields (void)
{
  assert_two ("{'Trestle':1}", NULL, "");
  assert_two ("{'Trestle':1,'Offer':{'Name':'a'},'Product':{'Sku':'1','ProductTitle':'x'}}", NULL,
              "Product.ProductTitle +\nProduct.Sku +\nOffer.Name +\n");
  assert_two ("{'Product':{'ProductTitle':'x','Highlights':['a','c'],'Sku':'','Colour':1}}",
              "{'Product':{'ProductTitle':'x','Highlights':['a','b'],'ShortDescription':'s',"
              "'SearchKeywords':[]},'Offer':{}}",
              "Product.ShortDescription -\nProduct.Highlights ~\nProduct.Colour +\n");
  /* what AWS gives is no difference */
  assert_two ("{'Product':{'ProductTitle':'x'}}",
              "{'Trestle':1,'Product':{'ProductTitle':'x','Identifier':'prod-a','Revision':7}}",
              "");
  /* odd trees are compared as they are */
  assert_two ("{'Product':'text','Versions':{'a':1}}", "{'Product':{'Sku':'1'},'Versions':[1]}",
              "Product ~\nVersions ~\n");
  assert_two ("{'Versions':[1,2,'a']}", "{'Versions':[2,{'Id':'x'}]}",
              "Versions[0] +\nVersions[2] +\nVersions[3] -\n");
}

static void
test_identity (void)
{
  const char *base = "{'Versions':[{'Id':'u1','VersionTitle':'1.0','ReleaseNotes':'n'},{'Id':'u2',"
                     "'VersionTitle':'2.0'}],'Offer':{'RateCard':[{'DimensionKey':'a','Price':'1'"
                     "},{'DimensionKey':'b','Price':'2'}]}}";

  /* versions and prices may stand in any order */
  assert_two ("{'Versions':[{'Id':'u2','VersionTitle':'2.0'},{'Id':'u1','VersionTitle':'1.0',"
              "'ReleaseNotes':'n'}],'Offer':{'RateCard':[{'DimensionKey':'b','Price':'2'},{"
              "'DimensionKey':'a','Price':'1'}]}}",
              base, "");
  assert_two ("{'Versions':[{'VersionTitle':'3.0'},{'VersionTitle':'2.0'},{'Id':'u1',"
              "'VersionTitle':'1.1','ReleaseNotes':'n'}],'Offer':{'RateCard':[{'DimensionKey':'b',"
              "'Price':'3'},{'DimensionKey':'c','Price':'1'}]}}",
              base,
              "Versions[0] +\nVersions[2].VersionTitle ~\nOffer.RateCard[0].Price ~\n"
              "Offer.RateCard[1] +\nOffer.RateCard[2] -\n");
  /* the order of links is one that people see */
  assert_two ("{'Product':{'AdditionalResources':[{'Text':'b','Url':'2'},{'Text':'a','Url':'1'}]}}",
              "{'Product':{'AdditionalResources':[{'Text':'a','Url':'1'},{'Text':'b','Url':'3'}]}}",
              "Product.AdditionalResources[0].Url ~\nProduct.AdditionalResources ~\n");
  /* the same name twice is two */
  assert_two ("{'Offer':{'RateCard':[{'DimensionKey':'a'},{'DimensionKey':'a'}]}}",
              "{'Offer':{'RateCard':[{'DimensionKey':'a'}]}}", "Offer.RateCard[1] +\n");
}

/* AWS does not tell the access role of a version that it has; of a new one it is to be said. */
static void
test_role (void)
{
  assert_two ("{'Versions':[{'Id':'u','AccessRoleArn':'r'},{'VersionTitle':'n','AccessRoleArn':'r'"
              "}]}",
              "{'Versions':[{'Id':'u'}]}", "Versions[1] +\n");
  assert_two ("{'Versions':[{'Id':'u','SageMakerModelPackageArn':'b'}]}",
              "{'Versions':[{'Id':'u','SageMakerModelPackageArn':'a'}]}",
              "Versions[0].SageMakerModelPackageArn ~\n");
}

static void
assert_three (const char *mine, const char *base, const char *live, const char *expected)
{
  g_autoptr (TrestleDraft) draft = draft_of (mine);
  g_autoptr (TrestleDraft) from = base != NULL ? draft_of (base) : NULL;
  g_autoptr (TrestleDraft) now = draft_of (live);
  g_autoptr (GPtrArray) found = trestle_draft_diff_three (draft, from, now);
  g_autofree char *lines = summary (found);

  g_assert_cmpstr (lines, ==, expected);
}

static void
test_three (void)
{
  const char *base = "{'Product':{'ProductTitle':'t','ShortDescription':'s','LongDescription':'l',"
                     "'Sku':'k','Categories':['a']}}";

  assert_three (base, base, base, "");
  assert_three ("{'Product':{'ProductTitle':'mine','ShortDescription':'s','LongDescription':'both',"
                "'Categories':['a','b'],'SupportDescription':'new'}}",
                base,
                "{'Product':{'ProductTitle':'t','ShortDescription':'live','LongDescription':'both',"
                "'Sku':'other','Categories':['a','c']}}",
                "Product.ProductTitle ~\nProduct.ShortDescription ~<\nProduct.Sku -!\n"
                "Product.SupportDescription +\nProduct.Categories ~!\n");
  /* without a base, what is not the same on both sides is in conflict */
  assert_three ("{'Product':{'ProductTitle':'a','Sku':'1'}}", NULL,
                "{'Product':{'ProductTitle':'b','ShortDescription':'s'}}",
                "Product.ProductTitle +!\nProduct.ShortDescription +<\nProduct.Sku +\n");
  assert_three (
      "{'Versions':[{'Id':'1','ReleaseNotes':'a'},{'Id':'3'},{'VersionTitle':'mine'}]}",
      "{'Versions':[{'Id':'1','ReleaseNotes':'a'},{'Id':'2'},{'Id':'3'},{'Id':'4'}]}",
      "{'Versions':[{'Id':'1','ReleaseNotes':'b'},{'Id':'2','Restricted':true},{'Id':'5'},{'Id':'4'"
      "}]}",
      "Versions[0].ReleaseNotes ~<\nVersions[1] -<\nVersions[2] +\nVersions[3] -!\n"
      "Versions[3] +<\nVersions[3] -\n");
}

static void
test_words (void)
{
  g_autoptr (TrestleDraft) draft = draft_of (
      "{'Product':{'Highlights':['a','b']},'Versions':[{'VersionTitle':'1','Restricted'"
      ":true,'InputProperties':{'Parameters':[{'Name':'x','Required':true}]}}]}");
  g_autoptr (TrestleDraft) base = draft_of ("{'Product':{'Highlights':['c']}}");
  g_autoptr (GPtrArray) found = trestle_draft_diff (draft, base);
  TrestleDifference **differences = (TrestleDifference **) found->pdata;

  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (trestle_difference_get_label (differences[0]), ==, "Highlights");
  g_assert_cmpstr (trestle_difference_get_mine (differences[0]), ==, "a\nb");
  g_assert_cmpstr (trestle_difference_get_base (differences[0]), ==, "c");
  g_assert_cmpstr (trestle_difference_get_base_path (differences[0]), ==, "Product.Highlights");
  g_assert_null (trestle_difference_get_theirs (differences[0]));
  g_assert_null (trestle_difference_get_theirs_path (differences[0]));
  g_assert_cmpstr (trestle_difference_get_label (differences[1]), ==, "Versions 1");
  g_assert_cmpstr (trestle_difference_get_mine (differences[1]), ==,
                   "Version: 1\nRestricted: true\nInputs:\nInput parameters:\nName: x\n"
                   "Required: true");
  g_assert_null (trestle_difference_get_base (differences[1]));
  g_assert_null (trestle_difference_get_base_path (differences[1]));
}

/* Taken one after the other, differences bring the draft to what is live. */
static void
test_take (void)
{
  const char *base = "{'Product':{'ProductTitle':'t','Sku':'k','Highlights':['a']},'Offer':{"
                     "'RateCard':[{'DimensionKey':'a','Price':'1'},{'DimensionKey':'b','Price':'2'}"
                     "]}}";
  g_autoptr (TrestleDraft) from = draft_of (base);
  g_autoptr (TrestleDraft) draft = draft_of (
      "{'Product':{'ProductTitle':'mine','Highlights':['b']},'Offer':{'RateCard':[{"
      "'DimensionKey':'b','Price':'9'},{'DimensionKey':'x','Price':'1'}]}}");
  g_autoptr (TrestleDraft) live = draft_of (
      "{'Product':{'ProductTitle':'live','Sku':'k','Highlights':['a']},'Offer':{"
      "'RateCard':[{'DimensionKey':'b','Price':'3'},{'DimensionKey':'c','Price':'4'},{"
      "'DimensionKey':'a','Price':'1'},{'DimensionKey':'d','Price':'5'}],'Name':'n'}}");
  guint taken = 0;

  while (TRUE)
    {
      g_autoptr (GPtrArray) found = trestle_draft_diff_three (draft, from, live);

      if (found->len == 0)
        break;
      g_assert_true (trestle_draft_diff_take (draft, live, g_ptr_array_index (found, 0)));
      g_assert_cmpuint (++taken, <, 20);
    }
  g_assert_cmpuint (taken, ==, 9);
  g_assert_cmpuint (trestle_draft_get_length (draft, "Offer.RateCard"), ==, 4);
  g_assert_cmpstr (trestle_draft_get_text (draft, "Offer.RateCard[0].Price"), ==, "3");
  g_assert_cmpstr (trestle_draft_get_text (draft, "Offer.Name"), ==, "n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-diff/fields", test_fields);
  g_test_add_func ("/draft-diff/identity", test_identity);
  g_test_add_func ("/draft-diff/role", test_role);
  g_test_add_func ("/draft-diff/three", test_three);
  g_test_add_func ("/draft-diff/words", test_words);
  g_test_add_func ("/draft-diff/take", test_take);
  return g_test_run ();
}
