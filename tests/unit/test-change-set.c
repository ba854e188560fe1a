/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/change-set-checks.h"

/* ---- a new listing ------------------------------------------------------------------------ */

static void
test_new_paid (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleChangeSet) set = trestle_change_set_build (draft, NULL, NULL);

  assert_types (set, NEW);
  g_assert_cmpstr (trestle_change_set_get_name (set), ==, "New: Petal Sorter");
  g_assert_cmpuint (g_strv_length ((char **) trestle_change_set_get_files (set)), ==, 0);
  g_assert_cmpuint (g_strv_length ((char **) trestle_change_set_get_later (set)), ==, 0);
  assert_details (set, "CreateProduct", "{'ProductTitle':'Petal Sorter'}");
  assert_details (set, "UpdateTargeting",
                  "{'PositiveTargeting':{'BuyerAccounts':['777788889999']}}");
  assert_details (set, "CreateOffer",
                  "{'ProductId':'$CreateProductChange.Entity.Identifier','Name':'Public offer'}");
  assert_details (
      set, "UpdatePricingTerms",
      "{'PricingModel':'Usage','Terms':[{'Type':'UsageBasedPricingTerm','CurrencyCode':'USD',"
      "'RateCards':[{'RateCard':[{'DimensionKey':'ml.m5.large.m.i.r','Price':'1.50'},"
      "{'DimensionKey':'ml.m5.large.m.i.b','Price':'1.50'}]}]},"
      "{'Type':'FreeTrialPricingTerm','Duration':'P14D','Grants':["
      "{'DimensionKey':'ml.m5.large.m.i.r'},{'DimensionKey':'ml.m5.large.m.i.b'}]}]}");
  assert_words (set, "UpdatePricingTerms",
                "Set the price of ml.m5.large real-time to $1.50/h\n"
                "Set the price of ml.m5.large batch to $1.50/h\nGive a free trial of 14 days");
  assert_details (set, "UpdateLegalTerms",
                  "{'Terms':[{'Documents':[{'Type':'StandardEula','Version':'2022-07-14'}],"
                  "'Type':'LegalTerm'}]}");
  assert_details (set, "UpdateSupportTerms",
                  "{'Terms':[{'RefundPolicy':'No refunds after 48 hours.','Type':'SupportTerm'}]}");
}

static void
test_new_free (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleChangeSet) set = NULL, without = NULL, bare = NULL;
  const TrestleChangeSetOptions options = { .without_free_prices = TRUE };

  trestle_draft_set_text (draft, "Offer.PricingModel", "Free");
  trestle_draft_set_text (draft, "Offer.RateCard[0].Price", "0");
  trestle_draft_set_text (draft, "Offer.RateCard[1].Price", "0.00");
  trestle_draft_set (draft, "Offer.FreeTrial", NULL);
  trestle_draft_set (draft, "Product.AdditionalResources", NULL);
  trestle_draft_set (draft, "Product.BuyerAccounts", NULL);
  set = trestle_change_set_build (draft, NULL, NULL);
  assert_types (set, "CreateProduct UpdateInformation AddDeliveryOptions ReleaseProduct "
                     "[CreateOffer] [UpdateInformation] [UpdatePricingTerms] [UpdateLegalTerms] "
                     "[UpdateSupportTerms] [ReleaseOffer]");
  assert_words (set, "UpdatePricingTerms", "Offer the product for free");
  /* wanted the first time, even empty */
  g_assert_true (
      json_object_has_member (json_node_get_object ((JsonNode *) trestle_change_get_details (
                                  find_change (set, "UpdateInformation"))),
                              "AdditionalResources"));
#define WITHOUT                                                                                    \
  "CreateProduct UpdateInformation AddDeliveryOptions ReleaseProduct [CreateOffer] "               \
  "[UpdateInformation] [UpdateLegalTerms] [UpdateSupportTerms] [ReleaseOffer]"
  without = trestle_change_set_build (draft, NULL, &options);
  assert_types (without, WITHOUT);
  trestle_draft_set (draft, "Offer.RateCard", NULL);
  bare = trestle_change_set_build (draft, NULL, NULL);
  assert_types (bare, WITHOUT);
}

static void
test_new_per_inference (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleChangeSet) set = NULL;

  trestle_draft_set_text (draft, "Offer.RateCard[0].DimensionKey", "inference.count.m.i.c");
  trestle_draft_set_text (draft, "Offer.RateCard[0].Price", "0.0004");
  trestle_draft_set (draft, "Offer.FreeTrial", NULL);
  set = trestle_change_set_build (draft, NULL, NULL);
  assert_types (set, NEW);
  assert_words (set, "UpdatePricingTerms",
                "Set the price of one inference to $0.0004\n"
                "Set the price of ml.m5.large batch to $1.50/h");
}

static void
test_new_algorithm (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleChangeSet) set = NULL;

  trestle_draft_set (draft, "Versions[0].SageMakerModelPackageArn", NULL);
  trestle_draft_set_text (draft, "Versions[0].SageMakerAlgorithmArn", SAMPLE_ALGORITHM_ARN);
  trestle_draft_set_text (draft, "Versions[0].RecommendedInstanceTypes.Training", "ml.p3.2xlarge");
  sample_set (draft, "Offer.RateCard[2]", "{'DimensionKey':'ml.p3.2xlarge.a.t','Price':'2'}");
  set = trestle_change_set_build (draft, NULL, NULL);
  assert_types (set, NEW);
  assert_words (set, "AddDeliveryOptions", "Add version “1.0” from petal-trainer");
}

static void
test_files (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (GHashTable) addresses = g_hash_table_new (g_str_hash, g_str_equal);
  const TrestleChangeSetOptions options = { .addresses = addresses };
  g_autoptr (TrestleChangeSet) before = NULL, set = NULL;
  g_autofree char *files = NULL;

  trestle_draft_set_text (draft, "Product.LogoUrl", "logo.png");
  sample_set (draft, "Offer.Eula", "{'Type':'CustomEula','File':'eula.txt'}");
  before = trestle_change_set_build (draft, NULL, NULL);
  files = g_strjoinv (" ", (char **) trestle_change_set_get_files (before));
  g_assert_cmpstr (files, ==, "logo.png eula.txt");

  g_hash_table_insert (addresses, (gpointer) "logo.png",
                       (gpointer) "https://example.s3.amazonaws.com/logo.png");
  g_hash_table_insert (addresses, (gpointer) "eula.txt",
                       (gpointer) "https://example.s3.amazonaws.com/eula.txt?X-Amz-Expires=3600");
  set = trestle_change_set_build (draft, NULL, &options);
  g_assert_cmpuint (g_strv_length ((char **) trestle_change_set_get_files (set)), ==, 0);
  assert_types (set, NEW);
  assert_words (set, "UpdateLegalTerms", "Use your own licence agreement, eula.txt");
}

static void
test_names (void)
{
  static const char *const titles[] = { "Größe, 100 %!", "犬", "", "a\"b\\c\n/$" };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (TrestleDraft) draft = sample_published ();
      g_autoptr (TrestleDraft) base = sample_published ();
      g_autoptr (TrestleChangeSet) set = NULL;

      trestle_draft_set_text (draft, "Product.ProductTitle", titles[i]);
      trestle_draft_set_text (draft, "Product.Sku", "changed");
      set = trestle_change_set_build (draft, base, NULL);
      check_set (set);
    }
}

/* A product that AWS has as a draft, made by hand or left by a failed set. */
static void
test_draft_at_aws (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleDraft) base = trestle_draft_new ();
  const TrestleChangeSetOptions options = { .product_draft = TRUE, .lock = TRUE };
  g_autoptr (TrestleChangeSet) set = NULL;

  trestle_draft_set_text (base, "Product.Identifier", "prod-abcdefghijklm");
  trestle_draft_set_number (base, "Product.Revision", 1);
  trestle_draft_set_text (base, "Product.ProductTitle", "Petal Sorter");
  set = trestle_change_set_build (draft, base, &options);
  assert_types (set, "UpdateInformation AddDeliveryOptions UpdateTargeting ReleaseProduct "
                     "[CreateOffer] [UpdateInformation] [UpdatePricingTerms] [UpdateLegalTerms] "
                     "[UpdateSupportTerms] [ReleaseOffer]");
  g_assert_cmpstr (trestle_change_get_identifier (find_change (set, "AddDeliveryOptions")), ==,
                   "prod-abcdefghijklm@1");
  assert_details (set, "CreateOffer", "{'ProductId':'prod-abcdefghijklm','Name':'Public offer'}");
}

/* ---- later -------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *sets[6][2]; /* path, JSON */
  const char *types;
  const char *change, *details, *words;
} Later;

static const Later laters[] = {
  { "nothing", { { NULL } }, "", NULL, NULL, NULL },
  { "text",
    { { "Product.ShortDescription", "'Sorts petals.'" }, { "Product.Sku", "''" } },
    "UpdateInformation",
    "UpdateInformation",
    "{'ShortDescription':'Sorts petals.','Sku':null}",
    "Set “Short description” to “Sorts petals.”\nRemove “SKU”" },
  { "lists",
    { { "Product.VideoUrls", "[]" }, { "Product.Highlights", "['One']" } },
    "UpdateInformation",
    "UpdateInformation",
    "{'VideoUrls':[],'Highlights':['One']}",
    "Remove “Videos”\nChange “Highlights”" },
  { "price-cut",
    { { "Offer.RateCard[1].Price", "'1.2'" }, { "Offer.RateCard[0].Price", "'1.5000'" } },
    "[UpdatePricingTerms]",
    "UpdatePricingTerms",
    "{'PricingModel':'Usage','Terms':[{'Type':'UsageBasedPricingTerm','CurrencyCode':'USD',"
    "'RateCards':[{'RateCard':[{'DimensionKey':'ml.m5.large.m.i.r','Price':'1.5000'},"
    "{'DimensionKey':'ml.m5.large.m.i.b','Price':'1.2'}]}]},"
    "{'Type':'FreeTrialPricingTerm','Duration':'P14D','Grants':["
    "{'DimensionKey':'ml.m5.large.m.i.r'},{'DimensionKey':'ml.m5.large.m.i.b'}]}]}",
    "Change the price of ml.m5.large batch from $1.50/h to $1.20/h" },
  { "same-price", { { "Offer.RateCard[0].Price", "'1.5000'" } }, "", NULL, NULL, NULL },
  { "no-trial",
    { { "Offer.FreeTrial", "''" } },
    "[UpdatePricingTerms]",
    "UpdatePricingTerms",
    NULL,
    "No longer give a free trial" },
  { "new-version",
    { { "Versions[1]",
        "{'VersionTitle':'2.0','ReleaseNotes':'More','SageMakerModelPackageArn':"
        "'arn:aws:sagemaker:us-east-1:444455556666:model-package/petal-sorter-v2',"
        "'AccessRoleArn':'arn:aws:iam::444455556666:role/R','UsageInstructions':'x',"
        "'SampleNotebookUrl':'https://example.com/n','RepositoryUrl':'https://example.com/r',"
        "'InputProperties':{'Description':'in','Unheard':'of','Parameters':[]},"
        "'OutputProperties':{'Description':'out'},"
        "'RecommendedInstanceTypes':{'RealtimeInference':'ml.c5.large'}}" },
      { "Offer.RateCard[2]", "{'DimensionKey':'ml.c5.large.m.i.r','Price':'2'}" } },
    "AddDeliveryOptions [UpdatePricingTerms]",
    "AddDeliveryOptions",
    "{'Version':{'VersionTitle':'2.0','ReleaseNotes':'More'},'DeliveryOptions':[{'Details':"
    "{'SageMakerModelPackageDeliveryOptionDetails':{'SageMakerModelPackageArn':"
    "'arn:aws:sagemaker:us-east-1:444455556666:model-package/petal-sorter-v2',"
    "'AccessRoleArn':'arn:aws:iam::444455556666:role/R','UsageInstructions':'x',"
    "'SampleNotebookUrl':'https://example.com/n','RepositoryUrl':'https://example.com/r',"
    "'InputProperties':{'Description':'in'},'OutputProperties':{'Description':'out'},"
    "'RecommendedInstanceTypes':{'RealtimeInference':'ml.c5.large'}}}}]}",
    "Add version “2.0” from petal-sorter-v2" },
  { "version-update",
    { { "Versions[0].ReleaseNotes", "'Better words'" },
      { "Versions[0].InputProperties.Limitations", "'At most 10 rows.'" },
      { "Versions[0].AccessRoleArn", "'arn:aws:iam::444455556666:role/Other'" } },
    "UpdateDeliveryOptions",
    "UpdateDeliveryOptions",
    NULL,
    "Version “1.0”: Set “Release notes” to “Better words”\nVersion “1.0”: Change “Inputs”" },
  { "version-notes",
    { { "Versions[0].ReleaseNotes", "'Better words'" } },
    "UpdateDeliveryOptions",
    "UpdateDeliveryOptions",
    "{'Version':{'ReleaseNotes':'Better words'},'DeliveryOptions':[{'Id':'" SAMPLE_OPTION_ID
    "','Details':{'SageMakerModelPackageDeliveryOptionDetails':{}}}]}",
    "Version “1.0”: Set “Release notes” to “Better words”" },
  { "restrict",
    { { "Versions[0].Restricted", "true" }, { "Versions[0].ReleaseNotes", "'Farewell'" } },
    "RestrictDeliveryOptions",
    "RestrictDeliveryOptions",
    "{'DeliveryOptionIds':['" SAMPLE_OPTION_ID "']}",
    "Restrict version “1.0”: only its subscribers keep it" },
  { "testers",
    { { "Product.BuyerAccounts", "['111122223333']" } },
    "UpdateTargeting",
    "UpdateTargeting",
    "{'PositiveTargeting':{'BuyerAccounts':['111122223333']}}",
    "Let account 111122223333 test the product\nNo longer let account 777788889999 test the product" },
  { "no-testers",
    { { "Product.BuyerAccounts", "[]" } },
    "UpdateTargeting",
    "UpdateTargeting",
    "{'PositiveTargeting':{'BuyerAccounts':[]}}",
    "No longer let account 777788889999 test the product" },
  { "eula",
    { { "Offer.Eula", "{'Type':'CustomEula','Url':'https://example.com/eula.pdf'}" } },
    "[UpdateLegalTerms]",
    "UpdateLegalTerms",
    "{'Terms':[{'Documents':[{'Type':'CustomEula','Url':'https://example.com/eula.pdf'}],"
    "'Type':'LegalTerm'}]}",
    "Use your own licence agreement, https://example.com/eula.pdf" },
  { "refund",
    { { "Offer.RefundPolicy", "'Within a month.'" } },
    "[UpdateSupportTerms]",
    "UpdateSupportTerms",
    "{'Terms':[{'RefundPolicy':'Within a month.','Type':'SupportTerm'}]}",
    "Set “Refund policy” to “Within a month.”" },
  { "offer",
    { { "Offer.Description", "'Pay by the hour'" } },
    "[UpdateInformation]",
    "UpdateInformation",
    "{'Description':'Pay by the hour'}",
    "Set “Offer description” to “Pay by the hour”" },
  { "required",
    { { "Product.LongDescription", "''" }, { "Offer.RefundPolicy", "''" } },
    "",
    NULL,
    NULL,
    NULL },
};

static void
test_later (gconstpointer data)
{
  const Later *later = data;
  g_autoptr (TrestleDraft) base = sample_published ();
  g_autoptr (TrestleDraft) draft = trestle_draft_copy (base);
  const TrestleChangeSetOptions lock = { .lock = TRUE };
  g_autoptr (TrestleChangeSet) set = NULL;
  GListModel *changes;

  for (guint i = 0; later->sets[i][0] != NULL; i++)
    sample_set (draft, later->sets[i][0], later->sets[i][1]);
  set = trestle_change_set_build (draft, base, &lock);
  changes = trestle_change_set_get_changes (set);
  if (*later->types == '\0')
    {
      g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 0);
      return;
    }
  assert_types (set, later->types);
  g_assert_cmpstr (trestle_change_set_get_name (set), ==, "Update: Petal Sorter");
  if (later->details != NULL)
    assert_details (set, later->change, later->details);
  assert_words (set, later->change, later->words);
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (changes, i);
      gboolean offer = g_str_equal (trestle_change_get_entity_type (change), "Offer@1.0");

      g_assert_cmpstr (trestle_change_get_identifier (change), ==,
                       offer ? "offer-abcdefghijklm@3" : "prod-abcdefghijklm@7");
    }
}

static void
test_one_at_a_time (void)
{
  g_autoptr (TrestleDraft) base = sample_published ();
  g_autoptr (TrestleDraft) draft = NULL;
  g_autoptr (JsonNode) version = trestle_draft_dup_node (trestle_draft_get (base, "Versions[0]"));
  g_autoptr (TrestleChangeSet) set = NULL;
  g_autofree char *later = NULL;

  trestle_draft_insert (base, "Versions", 1, trestle_draft_dup_node (version));
  trestle_draft_set_text (base, "Versions[1].Id", "v2");
  trestle_draft_set_text (base, "Versions[1].VersionTitle", "1.1");
  draft = trestle_draft_copy (base);
  for (guint i = 2; i < 5; i++)
    {
      g_autofree char *title = g_strdup_printf ("Versions[%u].VersionTitle", i);
      g_autofree char *id = g_strdup_printf ("Versions[%u].Id", i);

      trestle_draft_insert (draft, "Versions", i, trestle_draft_dup_node (version));
      trestle_draft_set_text (draft, title, i == 2 ? "2.0" : i == 3 ? "3.0" : "4.0");
      trestle_draft_set (draft, id, NULL);
    }
  trestle_draft_set_text (draft, "Versions[0].ReleaseNotes", "a");
  trestle_draft_set_text (draft, "Versions[1].ReleaseNotes", "b");
  set = trestle_change_set_build (draft, base, NULL);
  assert_types (set, "AddDeliveryOptions UpdateDeliveryOptions");
  later = g_strjoinv ("\n", (char **) trestle_change_set_get_later (set));
  g_assert_cmpstr (later, ==, "Add version “3.0”\nAdd version “4.0”\nUpdate version “1.1”");
  g_assert_cmpstr (trestle_change_get_identifier (find_change (set, "AddDeliveryOptions")), ==,
                   "prod-abcdefghijklm");
}

static void
test_visibility (void)
{
  g_autoptr (TrestleChangeSet) open = trestle_change_set_new_visibility (
      "prod-abcdefghijklm", "Petal Sorter", "Public", NULL);
  g_autoptr (TrestleChangeSet) shut = trestle_change_set_new_visibility (
      "prod-abcdefghijklm", NULL, "Restricted", "prod-nopqrstuvwxyz");

  assert_types (open, "UpdateVisibility");
  assert_details (open, "UpdateVisibility", "{'TargetVisibility':'Public'}");
  assert_types (shut, "UpdateVisibility");
  assert_details (shut, "UpdateVisibility",
                  "{'TargetVisibility':'Restricted','ReplacementProductId':'prod-nopqrstuvwxyz'}");
  g_assert_cmpstr (trestle_change_set_get_name (shut), ==, "Restricted: prod-abcdefghijklm");
}

/* No change that Trestle makes of a listing is left out above. */
static void
test_every_change (void)
{
  static const char *const offer[] = { "CreateOffer",
                                       "UpdateInformation",
                                       "UpdatePricingTerms",
                                       "UpdateLegalTerms",
                                       "UpdateSupportTerms",
                                       "ReleaseOffer",
                                       NULL };

  assert_shapes_seen ("MachineLearningProduct@1.0", NULL);
  assert_shapes_seen ("Offer@1.0", offer);
}

static void
test_reference (void)
{
  if (!assert_shapes_of_reference ())
    g_test_skip ("no reference: " SHARED_MISSING);
}

static void
test_model (void)
{
  if (model == NULL)
    g_test_skip ("no service models: " SHARED_MISSING);
}

/* Drafts come from files: any tree makes a set or none, never an end. */
static void
test_odd (void)
{
  static const char *const odd[] = {
    "{}", "{'Product':7,'Versions':{},'Offer':[]}",
    "{'Product':{'ProductTitle':[],'LogoUrl':{},'BuyerAccounts':7,'Revision':'x'},"
    "'Versions':[7,null,{'Id':3},{'InputProperties':[]}],"
    "'Offer':{'PricingModel':'Usage','RateCard':[7,{'Price':[]}],'FreeTrial':'soon',"
    "'Eula':{'Type':'CustomEula'}}}",
    "{'Product':{'Identifier':'prod-x'},'Versions':[{'Id':'a','Restricted':true}],"
    "'Offer':{'Identifier':'offer-x','PricingModel':'Usage','RateCard':{'a':1}}}"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    for (gsize j = 0; j <= G_N_ELEMENTS (odd); j++)
      {
        g_autoptr (JsonNode) node = json_from_string (odd[i], NULL);
        g_autoptr (JsonNode) other = j < G_N_ELEMENTS (odd) ? json_from_string (odd[j], NULL)
                                                            : NULL;
        g_autoptr (TrestleDraft) draft = trestle_draft_new_from_node (node);
        g_autoptr (TrestleDraft) base = other != NULL ? trestle_draft_new_from_node (other) : NULL;
        g_autoptr (TrestleChangeSet) set = trestle_change_set_build (draft, base, NULL);
        g_autoptr (JsonNode) json = trestle_change_set_to_json (set, NULL, NULL);

        g_assert_true (JSON_NODE_HOLDS_OBJECT (json));
      }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  model = load_service_model ("marketplace-catalog.json");
  g_test_add_func ("/change-set/model", test_model);
  g_test_add_func ("/change-set/new/paid", test_new_paid);
  g_test_add_func ("/change-set/new/free", test_new_free);
  g_test_add_func ("/change-set/new/per-inference", test_new_per_inference);
  g_test_add_func ("/change-set/new/algorithm", test_new_algorithm);
  g_test_add_func ("/change-set/files", test_files);
  g_test_add_func ("/change-set/names", test_names);
  g_test_add_func ("/change-set/draft-at-aws", test_draft_at_aws);
  for (gsize i = 0; i < G_N_ELEMENTS (laters); i++)
    {
      g_autofree char *path = g_strconcat ("/change-set/later/", laters[i].name, NULL);

      g_test_add_data_func (path, &laters[i], test_later);
    }
  g_test_add_func ("/change-set/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/change-set/visibility", test_visibility);
  g_test_add_func ("/change-set/odd", test_odd);
  g_test_add_func ("/change-set-all/every-change", test_every_change);
  g_test_add_func ("/change-set-all/reference", test_reference);
  result = g_test_run ();
  g_clear_pointer (&model, json_object_unref);
  return result;
}
