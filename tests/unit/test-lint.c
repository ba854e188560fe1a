/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-draft-field.h"
#include "unit/lint-fixture.h"
#include "unit/shared-data.h"

static char *
dup_report (GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      TrestleFinding *finding = g_ptr_array_index (findings, i);

      g_string_append_printf (text, "%s %d %s: %s\n", trestle_finding_get_field (finding),
                              trestle_finding_get_severity (finding),
                              trestle_finding_get_rule (finding),
                              trestle_finding_get_message (finding));
    }
  return g_string_free (text, FALSE);
}

static gboolean
has_finding (GPtrArray *findings, const char *rule, const char *field)
{
  for (guint i = 0; i < findings->len; i++)
    {
      TrestleFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (trestle_finding_get_rule (finding), rule)
          && (field == NULL || g_str_equal (trestle_finding_get_field (finding), field)))
        return TRUE;
    }
  return FALSE;
}

static void
assert_clean (TrestleDraft *draft, const TrestleLintFacts *facts)
{
  g_autoptr (GPtrArray) findings = trestle_lint (draft, facts);
  g_autofree char *report = dup_report (findings);

  g_assert_cmpstr (report, ==, "");
}

static void
test_clean (void)
{
  g_autoptr (Fixture) fresh = fixture_new (FALSE);
  g_autoptr (Fixture) published = fixture_new (TRUE);

  assert_clean (fresh->draft, &fresh->facts);
  assert_clean (fresh->draft, NULL);
  assert_clean (published->draft, &published->facts);
  assert_clean (published->draft, NULL);
}

/* Every field of the table at its limit, and one beyond. */
static void
test_every_limit (void)
{
  guint n, texts = 0, lists = 0;
  const TrestleDraftField *fields = trestle_draft_field_all (&n);

  for (guint i = 0; i < n; i++)
    {
      gint64 most = trestle_draft_field_get_most (&fields[i]);
      g_autoptr (GString) path = g_string_new (fields[i].pattern);
      gboolean text = trestle_draft_field_is_text (&fields[i]);

      if (most < 0 || (!text && fields[i].kind != TRESTLE_DRAFT_FIELD_KIND_LIST))
        continue;
      g_string_replace (path, "[]", "[0]", 0);
      for (gint64 length = most; length <= most + 1; length++)
        {
          g_autoptr (Fixture) fixture = fixture_new (FALSE);
          g_autoptr (GPtrArray) findings = NULL;
          g_autofree char *value = g_strnfill ((gsize) length, 'a');

          if (text)
            trestle_draft_set_text (fixture->draft, path->str, value);
          else
            {
              trestle_draft_set (fixture->draft, path->str, NULL);
              for (guint j = 0; j < length; j++)
                trestle_draft_insert (fixture->draft, path->str, j,
                                      json_node_init_int (json_node_alloc (), j));
            }
          findings = trestle_lint (fixture->draft, &fixture->facts);
          g_test_message ("%s: %" G_GINT64_FORMAT, path->str, length);
          g_assert_true (has_finding (findings, text ? "too-long" : "too-many", path->str)
                         == (length > most));
        }
      texts += text;
      lists += !text;
    }
  g_assert_cmpuint (texts, >, 30);
  g_assert_cmpuint (lists, >, 8);
}

/* Every required field is missed, alone or with all that it is in. */
static void
test_every_required (void)
{
  guint n, required = 0;
  const TrestleDraftField *fields = trestle_draft_field_all (&n);
  g_autoptr (TrestleDraft) empty = trestle_draft_new ();
  g_autoptr (GPtrArray) findings = trestle_lint (empty, NULL);

  for (guint i = 0; i < n; i++)
    {
      const TrestleDraftField *field = &fields[i];

      if (field->level != TRESTLE_DRAFT_LEVEL_REQUIRED || field->entity == TRESTLE_DRAFT_ENTITY_NONE
          || field->kind == TRESTLE_DRAFT_FIELD_KIND_OBJECT)
        continue;
      if (strstr (field->pattern, "[]") == NULL)
        g_assert_true (has_finding (findings, "missing", field->pattern));
      else
        {
          g_autoptr (Fixture) fixture = fixture_new (FALSE);
          g_autoptr (GString) path = g_string_new (field->pattern);
          g_autoptr (GPtrArray) some = NULL;

          g_string_replace (path, "[]", "[0]", 0);
          trestle_draft_set_text (fixture->draft, path->str, NULL);
          some = trestle_lint (fixture->draft, &fixture->facts);
          g_test_message ("%s", path->str);
          g_assert_true (has_finding (some, "missing", path->str));
        }
      required++;
    }
  g_assert_cmpuint (required, >, 20);
  g_assert_cmpuint (trestle_lint_count (findings, TRESTLE_SEVERITY_ERROR), >, 12);
}

static void
test_order (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FALSE);
  g_autoptr (GPtrArray) once = NULL, twice = NULL;
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autofree char *report = NULL, *again = NULL;

  sample_set (fixture->draft, "Offer.RateCard[1].Price", "'x'");
  sample_set (fixture->draft, "Offer.RateCard[0].Price", "'x'");
  sample_set (fixture->draft, "Offer.RateCard[2]", "{'DimensionKey':'a','Price':'x'}");
  for (guint i = 3; i < 12; i++)
    {
      g_autofree char *path = g_strdup_printf ("Offer.RateCard[%u]", i);

      sample_set (fixture->draft, path, "{'DimensionKey':'ml.m5.large.m.i.r','Price':'1'}");
    }
  trestle_draft_set_text (fixture->draft, "Product.LongDescription", "Short.\x0b");
  trestle_draft_set_text (fixture->draft, "Product.Zebra", "1");
  trestle_draft_set_text (fixture->draft, "Product.ProductTitle", " ");
  sample_set (fixture->draft, "Versions[1]", "{'VersionTitle':'2.0'}");
  trestle_draft_set_text (fixture->draft, "Versions[0].UsageInstructions", NULL);

  once = trestle_lint (fixture->draft, &fixture->facts);
  twice = trestle_lint (fixture->draft, &fixture->facts);
  report = dup_report (once);
  again = dup_report (twice);
  g_assert_cmpstr (report, ==, again);
  for (guint i = 0; i < once->len; i++)
    {
      TrestleFinding *finding = g_ptr_array_index (once, i);
      const char *field = trestle_finding_get_field (finding);

      if (!g_str_has_prefix (field, "Versions[1]."))
        g_string_append_printf (fields, "%s %s\n", field, trestle_finding_get_rule (finding));
    }
  g_assert_cmpstr (fields->str, ==,
                   "Product.ProductTitle leading-space\n"
                   "Product.LongDescription control-character\n"
                   "Product.LongDescription description-topics\n"
                   "Product.Zebra unknown-field\n"
                   "Versions[0].UsageInstructions missing\n"
                   "Versions[1] version-one-at-a-time\n"
                   "Offer.RateCard[0].Price form\n"
                   "Offer.RateCard[1].Price form\n"
                   "Offer.RateCard[2].DimensionKey price-unsupported\n"
                   "Offer.RateCard[2].Price form\n"
                   "Offer.RateCard[3].DimensionKey price-twice\n"
                   "Offer.RateCard[4].DimensionKey price-twice\n"
                   "Offer.RateCard[5].DimensionKey price-twice\n"
                   "Offer.RateCard[6].DimensionKey price-twice\n"
                   "Offer.RateCard[7].DimensionKey price-twice\n"
                   "Offer.RateCard[8].DimensionKey price-twice\n"
                   "Offer.RateCard[9].DimensionKey price-twice\n"
                   "Offer.RateCard[10].DimensionKey price-twice\n"
                   "Offer.RateCard[11].DimensionKey price-twice\n");
}

/* Drafts come from files, and so does what is live from a server: of any form. */
static void
test_odd (void)
{
  static const char *const odd[] = {
    "{}", "{'Product':7,'Versions':{},'Offer':[]}", "{'Product':null,'Versions':[],'Offer':''}",
    "{'Product':{'ProductTitle':[],'LogoUrl':{},'Categories':[7,[],{}],'Highlights':{},"
    "'AdditionalResources':['x',7],'SearchKeywords':[null,'']},"
    "'Versions':[7,null,'',{'Id':3},[],{'InputProperties':[],'OutputProperties':'',"
    "'RecommendedInstanceTypes':[]},{'Restricted':'yes','AccessRoleArn':':::::'}],"
    "'Offer':{'PricingModel':'Usage','RateCard':[7,{'Price':[]},{'DimensionKey':'.m.i.r',"
    "'Price':''}],'FreeTrial':'','Eula':{'Type':'CustomEula','File':[]}}}",
    "{'Versions':[{'Id':'a','SageMakerModelPackageArn':'x','VersionTitle':'1'},"
    "{'Id':'a','SageMakerModelPackageArn':'x','VersionTitle':'1','Restricted':true}],"
    "'Offer':{'RateCard':{'a':1},'Eula':'x','RefundPolicy':\"\\u0001\",'CurrencyCode':7}}"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (odd); j++)
      {
        g_autoptr (JsonNode) node = json_from_string (odd[i], NULL);
        g_autoptr (JsonNode) other = json_from_string (odd[j], NULL);
        g_autoptr (TrestleDraft) draft = trestle_draft_new_from_node (node);
        g_autoptr (TrestleDraft) live = trestle_draft_new_from_node (other);
        g_autoptr (Fixture) fixture = fixture_new (FALSE);
        g_autoptr (GPtrArray) findings = NULL;

        fixture->facts.live = live;
        findings = trestle_lint (draft, &fixture->facts);
        g_assert_cmpuint (trestle_lint_count (findings, TRESTLE_SEVERITY_ERROR), >, 0);
      }
}

/* Listings grow: what is found does not depend on how many versions and prices there are. */
static void
test_large (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FALSE);
  g_autoptr (JsonNode)
      version = trestle_draft_dup_node (trestle_draft_get (fixture->draft, "Versions[0]"));
  g_autoptr (GString) types = g_string_new (NULL);
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *report = NULL;
  JsonArray *card = json_array_new (), *versions = json_array_new ();
  JsonNode *node;

  for (guint i = 0; i < 300; i++)
    {
      JsonObject *rate = json_object_new ();
      g_autofree char *key = g_strdup_printf ("ml.x%u.large.m.i.%c", i / 2, i % 2 ? 'r' : 'b');

      if (i % 2 == 0)
        g_string_append_printf (types, "%sml.x%u.large", i > 0 ? " " : "", i / 2);
      json_object_set_string_member (rate, "DimensionKey", key);
      json_object_set_string_member (rate, "Price", "1.5");
      json_array_add_object_element (card, rate);
    }
  for (guint i = 0; i < 200; i++)
    {
      JsonObject *object;
      JsonNode *copy = trestle_draft_dup_node (version);
      g_autofree char *arn = g_strdup_printf ("%s-%u", SAMPLE_ARN, i);
      g_autofree char *title = g_strdup_printf ("1.%u", i);
      JsonObject *recommended;

      object = json_node_get_object (copy);
      recommended = json_object_get_object_member (object, "RecommendedInstanceTypes");
      json_object_set_string_member (recommended, "BatchTransform", "ml.x0.large");
      json_object_set_string_member (recommended, "RealtimeInference", "ml.x149.large");
      json_object_set_string_member (object, "VersionTitle", title);
      json_object_set_string_member (object, "SageMakerModelPackageArn", arn);
      json_object_set_string_member (object, "Id", title);
      fixture_package (fixture, arn, types->str, types->str, NULL);
      json_array_add_element (versions, copy);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, card);
  trestle_draft_set (fixture->draft, "Offer.RateCard", node);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, versions);
  trestle_draft_set (fixture->draft, "Versions", node);

  findings = trestle_lint (fixture->draft, &fixture->facts);
  report = dup_report (findings);
  g_assert_cmpstr (report, ==, "");
  g_clear_pointer (&findings, g_ptr_array_unref);

  trestle_draft_remove (fixture->draft, "Offer.RateCard", 299);
  findings = trestle_lint (fixture->draft, &fixture->facts);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (trestle_finding_get_message (g_ptr_array_index (findings, 0)), ==,
                   "1 instance type has no real-time price: ml.x149.large");
}

static void
test_obstacles (void)
{
  g_autoptr (Fixture) fixture = fixture_new (FALSE);
  TrestlePackage *package = g_hash_table_lookup (fixture->packages, SAMPLE_ARN);
  g_autoptr (TrestlePackage) bare = g_object_new (TRESTLE_TYPE_PACKAGE, NULL);
  g_autoptr (GPtrArray) none = trestle_package_find_obstacles (package, SAMPLE_ACCOUNT);
  g_autoptr (GPtrArray) foreign = trestle_package_find_obstacles (package, "777788889999");
  g_autoptr (GPtrArray) all = trestle_package_find_obstacles (bare, NULL);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (has_finding (foreign, "arn-account", ""));
  g_assert_cmpuint (foreign->len, ==, 1);
  g_assert_true (has_finding (all, "package-status", ""));
  g_assert_true (has_finding (all, "package-certified", ""));
  g_assert_false (has_finding (all, "package-validation", ""));
  g_assert_true (has_finding (all, "package-types", ""));
}

/* The limits of the table beside the words of the reference that they come from. */
static const struct
{
  const char *pattern;
  gint64 most;
  const char *words;
} limits[] = {
  { "Product.ProductTitle", 72, "| ProductTitle ● (if not set at creation) | ≤72 TEXT |" },
  { "Product.ShortDescription", 1000, "| ShortDescription ● | ≤1000 TEXT |" },
  { "Product.LongDescription", 5000, "| LongDescription ● | ≤5000 TEXT |" },
  { "Product.Sku", 5000, "| Sku | docs ≤100, shape ≤5000;" },
  { "Product.LogoUrl", 2048, "png/jpg/gif, <5 MB, url ≤2048 |" },
  { "Product.VideoUrls", 1, "| VideoUrls | list 0–1 |" },
  { "Product.Highlights", 3, "| Highlights ● | list 1–3, each ≤500 |" },
  { "Product.Highlights[]", 500, "| Highlights ● | list 1–3, each ≤500 |" },
  { "Product.AdditionalResources", 3, "| list 0–3 of {Text* ≤500 TEXT, Url* LINK} |" },
  { "Product.AdditionalResources[].Text", 500, "| list 0–3 of {Text* ≤500 TEXT, Url* LINK} |" },
  { "Product.SupportDescription", 2000, "| SupportDescription ● | ≤2000 TEXT |" },
  { "Product.Categories", 3, "| Categories ● | list 1–3 of exact names" },
  { "Product.SearchKeywords", 15, "| list 1–15, each ≤50, ≤250 characters together |" },
  { "Product.SearchKeywords[]", 50, "| list 1–15, each ≤50, ≤250 characters together |" },
  { "Product.BuyerAccounts", 5000,
    "0–100 twelve-digit ids by shape (the general page says up to 5000)" },
  { "Versions[].VersionTitle", 64,
    "| Version.VersionTitle | ● | ≤64 TEXT, unique within product |" },
  { "Versions[].ReleaseNotes", 30000, "| Version.ReleaseNotes | ● | ≤30000 TEXT |" },
  { "Versions[].UsageInstructions", 10000, "| UsageInstructions | ● | ≤10000 |" },
  { "Versions[].SampleNotebookUrl", 2000,
    "| SampleNotebookUrl, RepositoryUrl | ● | ≤2000 HTTPS |" },
  { "Versions[].RepositoryUrl", 2000, "| SampleNotebookUrl, RepositoryUrl | ● | ≤2000 HTTPS |" },
  { "Versions[].InputProperties.Description", 10000,
    "| InputProperties | ● | Description 1–10000" },
  { "Versions[].InputProperties.Limitations", 1000, "Limitations 1–1000, SampleInput" },
  { "Versions[].InputProperties.Parameters", 35, "SampleInput, Parameters 0–35," },
  { "Versions[].InputProperties.SageMakerCustomAttributes", 35,
    "SageMakerCustomAttributes 0–35 |" },
  { "Versions[].InputProperties.Parameters[].Name", 100, "Name 1–100 printable ASCII" },
  { "Versions[].InputProperties.Parameters[].Description", 1000, "Description 1–1000," },
  { "Versions[].InputProperties.Parameters[].Constraints", 1500, "Constraints 1–1500" },
  { "Versions[].InputProperties.SampleInput.RealtimeInferenceText", 10000,
    "RealtimeInferenceText/BatchTransformText 1–10000" },
  { "Versions[].OutputProperties.Description", 10000,
    "| OutputProperties | ● | Description 1–10000" },
  { "Versions[].OutputProperties.Parameters", 35, "SampleOutput, Parameters 0–35 {" },
  { "Offer.Name", 150, "| UpdateInformation | Name ≤150, Description ≤255" },
  { "Offer.Description", 255, "| UpdateInformation | Name ≤150, Description ≤255" },
  { "Offer.RateCard", 800, "RateCard[1..800]{DimensionKey 1–100, Price}" },
  { "Offer.RateCard[].DimensionKey", 100, "RateCard[1..800]{DimensionKey 1–100, Price}" },
  { "Offer.RefundPolicy", 500, "RefundPolicy 1–500}" },
};

static void
test_reference (void)
{
  g_autofree char *path = dup_shared_path ("aws/seller.md");
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      const TrestleDraftField *field = trestle_draft_field_find (limits[i].pattern);

      g_test_message ("%s", limits[i].pattern);
      g_assert_nonnull (field);
      g_assert_cmpint (trestle_draft_field_get_most (field), ==, limits[i].most);
    }
  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("no reference: " SHARED_MISSING);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_test_message ("%s", limits[i].words);
      g_assert_nonnull (strstr (text, limits[i].words));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lint/clean", test_clean);
  g_test_add_func ("/lint/every-limit", test_every_limit);
  g_test_add_func ("/lint/reference", test_reference);
  g_test_add_func ("/lint/every-required", test_every_required);
  g_test_add_func ("/lint/order", test_order);
  g_test_add_func ("/lint/odd", test_odd);
  g_test_add_func ("/lint/large", test_large);
  g_test_add_func ("/lint/obstacles", test_obstacles);
  return g_test_run ();
}
