/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-entity-draft.h"

static JsonNode *
node_of (const char *json)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (json), "'", '"');
  JsonNode *node = json_from_string (quoted, NULL);

  g_assert_nonnull (node);
  return node;
}

static void
assert_json (TrestleDraft *draft, const char *json)
{
  g_autoptr (JsonNode) expected = node_of (json);
  g_autofree char *is = json_to_string (trestle_draft_get_root (draft), FALSE);

  if (!json_node_equal (trestle_draft_get_root (draft), expected))
    g_error ("is %s", is);
}

/* A whole product and offer as DescribeEntity tells them. */
static void
test_whole (void)
{
  g_autoptr (JsonNode) product = node_of (
      "{'Description':{'ProductTitle':'T','ProductCode':'ab12','ShortDescription':'S',"
      "'LongDescription':'L','Sku':null,'Highlights':['a'],'SearchKeywords':['k'],'Categories':["
      "'Image'],'Visibility':'Limited','ProductState':'Active','ReplacementProductId':null},"
      "'Targeting':{'PositiveTargeting':{'BuyerAccounts':['777788889999']}},"
      "'PromotionalResources':{'LogoUrl':'https://l.example.org/x','Videos':[{'Type':'Link','Title'"
      ":'V','Url':'https://v.example.org/'}],'AdditionalResources':[{'Type':'Link','Text':'N','Url'"
      ":'https://n.example.org/'},{'Text':'M','Url':'https://m.example.org/'}]},"
      "'SupportInformation':{'Description':'H'},'Dimensions':[{'Key':'ml.m5.large.m.i.b'}],"
      "'RegionAvailability':{'Regions':['us-east-1']},'Versions':[{'Id':'v1','VersionTitle':'1.0',"
      "'ReleaseNotes':'R','CreationDate':'2026-02-27T05:54:03.123Z','Sources':[{'Type':"
      "'SageMakerModelPackage','Id':'s1','ModelPackageArn':'arn:p1'}],'DeliveryOptions':[{'Id':'d1'"
      ",'Type':'SageMakerModelPackage','SourceId':'s1','Title':'x','ShortDescription':null,"
      "'Visibility':'Restricted','Instructions':{'Usage':'U','SampleNotebookUrl':'https://nb','"
      "RepositoryUrl':'https://r','InputProperties':{'Description':'I','Limitations':null,"
      "'SampleInput':{'RealtimeInferenceText':'1,2'},'Parameters':[{'Name':'n','Required':false}]},"
      "'OutputProperties':{'Description':'O','Parameters':[]}},'RecommendedInstanceTypes':{"
      "'BatchTransform':'ml.m5.large','RealtimeInference':'ml.m5.xlarge','Training':null},"
      "'SupportedInstanceTypes':{'BatchTransform':['ml.m5.large']}}]},{'Id':'v2','VersionTitle':"
      "'2.0','Sources':[{'Id':'s2','AlgorithmArn':'arn:a'},{'Id':'s3','AlgorithmArn':'arn:b'}],"
      "'DeliveryOptions':[{'Id':'d2','SourceId':'s3','Visibility':'Public'}]}]}");
  g_autoptr (JsonNode) offer = node_of (
      "{'Id':'offer-b','State':'Released','Name':'N','Description':'D','ProductId':'prod-a','Terms':"
      "[{'Type':'UsageBasedPricingTerm','CurrencyCode':'USD','RateCards':[{'RateCard':[{"
      "'DimensionKey':'ml.m5.large.m.i.b','Price':'1.50'},{'DimensionKey':'m.i.c','Price':0.025},{"
      "'DimensionKey':'x','Price':2}]}]},{'Type':'FreeTrialPricingTerm','Duration':'P14D','Grants':"
      "[]},{'Type':'LegalTerm','Documents':[{'Type':'CustomEula','Url':"
      "'https://b.example.org/eula.txt?X-Amz-Date=1&X-Amz-Signature=2'}]},{'Type':'SupportTerm',"
      "'RefundPolicy':'none'},{'Type':'RenewalTerm'}],'Rules':[{'Type':'TargetingRule',"
      "'PositiveTargeting':{'BuyerAccounts':[]}}]}");
  g_autoptr (TrestleDraft)
      draft = trestle_entity_draft_new (product, "prod-a@7", offer, "offer-b@3");

  assert_json (
      draft,
      "{'Trestle':1,'Product':{'Identifier':'prod-a','Revision':7,'ProductTitle':'T',"
      "'ShortDescription':'S','LongDescription':'L','LogoUrl':'https://l.example.org/x','VideoUrls'"
      ":['https://v.example.org/'],'Highlights':['a'],'AdditionalResources':[{'Text':'N','Url':"
      "'https://n.example.org/'},{'Text':'M','Url':'https://m.example.org/'}],'SupportDescription':"
      "'H','Categories':['Image'],'SearchKeywords':['k'],'BuyerAccounts':['777788889999']},"
      "'Versions':[{'Id':'v1','DeliveryOptionId':'d1','VersionTitle':'1.0','ReleaseNotes':'R',"
      "'SageMakerModelPackageArn':'arn:p1','UsageInstructions':'U','SampleNotebookUrl':'https://nb'"
      ",'RepositoryUrl':'https://r','InputProperties':{'Description':'I','SampleInput':{"
      "'RealtimeInferenceText':'1,2'},'Parameters':[{'Name':'n','Required':false}]},"
      "'OutputProperties':{'Description':'O'},'RecommendedInstanceTypes':{'BatchTransform':"
      "'ml.m5.large','RealtimeInference':'ml.m5.xlarge'},'Restricted':true},{'Id':'v2',"
      "'DeliveryOptionId':'d2','VersionTitle':'2.0','SageMakerAlgorithmArn':'arn:b'}],'Offer':{"
      "'Identifier':'offer-b','Revision':3,'Name':'N','Description':'D','PricingModel':'Usage',"
      "'CurrencyCode':'USD','RateCard':[{'DimensionKey':'ml.m5.large.m.i.b','Price':'1.50'},{"
      "'DimensionKey':'m.i.c','Price':'0.025'},{'DimensionKey':'x','Price':'2'}],'FreeTrial':'P14D'"
      ",'Eula':{'Type':'CustomEula','Url':'https://b.example.org/eula.txt'},'RefundPolicy':'none'}"
      "}");
  g_assert_true (trestle_entity_offer_is_public (offer));

  trestle_entity_draft_forget (draft);
  g_assert_false (trestle_draft_has (draft, "Product.Identifier"));
  g_assert_false (trestle_draft_has (draft, "Product.Revision"));
  g_assert_false (trestle_draft_has (draft, "Versions[0].Id"));
  g_assert_false (trestle_draft_has (draft, "Versions[1].DeliveryOptionId"));
  g_assert_false (trestle_draft_has (draft, "Versions[0].Restricted"));
  g_assert_false (trestle_draft_has (draft, "Offer.Identifier"));
  g_assert_cmpstr (trestle_draft_get_text (draft, "Versions[0].VersionTitle"), ==, "1.0");
  g_assert_cmpint (trestle_draft_get_number (draft, "Trestle"), ==, 1);
}

/* A draft product that has nearly nothing, and documents of no right form. */
static void
test_little (void)
{
  static const char *const odd[] = {
    "[]",
    "{}",
    "{'Description':[],'Versions':{},'Targeting':'x'}",
    "{'Versions':[1,null,{'DeliveryOptions':[1,{}],'Sources':[null]}],'PromotionalResources':{"
    "'Videos':[1],'AdditionalResources':[{},{'Url':'u'},2]}}",
  };
  static const char *const odd_offers[] = {
    "3",
    "{'Terms':1,'Rules':2}",
    "{'Terms':[1,{'Type':'UsageBasedPricingTerm'},{'Type':'LegalTerm',"
    "'Documents':[]}],'Rules':[1]}",
    "{'Terms':[{'Type':'UsageBasedPricingTerm','RateCards':[{"
    "'RateCard':[1,{'Price':true},{'Price':[1]}]}]}]}",
  };
  g_autoptr (JsonNode) product = node_of ("{'Description':{'Visibility':'Draft'}}");
  g_autoptr (TrestleDraft) draft = trestle_entity_draft_new (product, "prod-a", NULL, NULL);

  assert_json (draft, "{'Trestle':1,'Product':{'Identifier':'prod-a'}}");
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (JsonNode) one = node_of (odd[i]);
      g_autoptr (JsonNode) other = node_of (odd_offers[i]);
      g_autoptr (TrestleDraft) read = trestle_entity_draft_new (one, "@", other, "a@b@c");

      g_assert_cmpint (trestle_draft_get_number (read, "Trestle"), ==, 1);
      trestle_entity_offer_is_public (other);
    }
}

static void
test_free (void)
{
  static const struct
  {
    const char *offer;
    const char *model;
  } cases[] = {
    { "{'State':'Released','Terms':[]}", "Free" },
    { "{'State':'Draft','Terms':[]}", "" },
    { "{'State':'Draft','Terms':[{'Type':'UsageBasedPricingTerm','RateCards':[{'RateCard':[{"
      "'DimensionKey':'a','Price':'0.00'}]}]}]}",
      "Free" },
    { "{'State':'Draft','Terms':[{'Type':'UsageBasedPricingTerm','RateCards':[{'RateCard':[{"
      "'DimensionKey':'a','Price':'0.00'},{'DimensionKey':'b','Price':'0.01'}]}]}]}",
      "Usage" },
  };
  g_autoptr (JsonNode) private = node_of (
      "{'Rules':[{'Type':'AvailabilityRule'},{'Type':'TargetingRule','PositiveTargeting'"
      ":{'BuyerAccounts':['111122223333']}}]}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) offer = node_of (cases[i].offer);
      g_autoptr (TrestleDraft) draft = trestle_entity_draft_new (NULL, NULL, offer, NULL);

      g_assert_cmpstr (trestle_draft_get_text (draft, "Offer.PricingModel"), ==, cases[i].model);
    }
  g_assert_false (trestle_entity_offer_is_public (private));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entity-draft/whole", test_whole);
  g_test_add_func ("/entity-draft/little", test_little);
  g_test_add_func ("/entity-draft/free", test_free);
  return g_test_run ();
}
