/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"

#define SAMPLE_ACCOUNT "444455556666"
#define SAMPLE_ARN "arn:aws:sagemaker:us-east-1:" SAMPLE_ACCOUNT ":model-package/petal-sorter-v1"
#define SAMPLE_ALGORITHM_ARN                                                                       \
  "arn:aws:sagemaker:us-east-1:" SAMPLE_ACCOUNT ":algorithm/petal-trainer"
#define SAMPLE_ID "11111111-2222-4333-8444-555555555555"
#define SAMPLE_OPTION_ID "66666666-7777-4888-9999-aaaaaaaaaaaa"

/* A listing of which nothing is missing. Single quotes are JSON-GLib's own leniency. */
static const char sample_draft_text[] =
    "{'Trestle':1,'Product':{'ProductTitle':'Petal Sorter',"
    "'ShortDescription':'Tells the three kinds of iris apart by four measures.',"
    "'LongDescription':'What it does: sorts irises. Who it is for: botanists; use cases are "
    "herbaria. It was trained on the 150 rows of data of Fisher, with a classification algorithm "
    "(a decision tree). Limitations: three species. Metrics: accuracy 0.96. Latency: 3 ms.',"
    "'Sku':'PS-1','LogoUrl':'https://example.s3.amazonaws.com/logo.png',"
    "'VideoUrls':['https://example.com/petals.mp4'],"
    "'Highlights':['Fast','Small','Exact'],"
    "'AdditionalResources':[{'Text':'Guide','Url':'https://example.com/guide'}],"
    "'SupportDescription':'Write to help@example.com.',"
    "'Categories':['Structured','ML Solutions'],'SearchKeywords':['iris','petal'],"
    "'BuyerAccounts':['777788889999']},"
    "'Versions':[{'VersionTitle':'1.0','ReleaseNotes':'First version',"
    "'SageMakerModelPackageArn':'" SAMPLE_ARN "',"
    "'AccessRoleArn':'arn:aws:iam::" SAMPLE_ACCOUNT ":role/MarketplaceAccess',"
    "'UsageInstructions':'Send rows of four numbers.',"
    "'SampleNotebookUrl':'https://github.com/example/petals/blob/main/demo.ipynb',"
    "'RepositoryUrl':'https://github.com/example/petals',"
    "'InputProperties':{'Description':'text/csv with four numbers a row',"
    "'Limitations':'At most 1000 rows.',"
    "'SampleInput':{'RealtimeInferenceText':'5.1,3.5,1.4,0.2',"
    "'BatchTransformUrl':'https://github.com/example/petals/raw/main/batch.csv'},"
    "'Parameters':[{'Name':'sepal length','Description':'In centimetres',"
    "'Constraints':'0-100','Required':true}],"
    "'SageMakerCustomAttributes':[{'Name':'top_k','Description':'How many answers',"
    "'Constraints':'1-3','Required':false}]},"
    "'OutputProperties':{'Description':'application/json with a label a row',"
    "'SampleOutput':{'RealtimeInferenceText':'setosa','BatchTransformText':'setosa'},"
    "'Parameters':[{'Name':'label','Description':'The species','AlwaysReturned':true}]},"
    "'RecommendedInstanceTypes':{'BatchTransform':'ml.m5.large',"
    "'RealtimeInference':'ml.m5.large'}}],"
    "'Offer':{'Name':'Public offer','Description':'Pay as you go','PricingModel':'Usage',"
    "'CurrencyCode':'USD','RateCard':[{'DimensionKey':'ml.m5.large.m.i.r','Price':'1.50'},"
    "{'DimensionKey':'ml.m5.large.m.i.b','Price':'1.50'}],'FreeTrial':'P14D',"
    "'Eula':{'Type':'StandardEula','Version':'2022-07-14'},"
    "'RefundPolicy':'No refunds after 48 hours.'}}";

static inline TrestleDraft *
sample_draft (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (sample_draft_text, &error);

  g_assert_no_error (error);
  return trestle_draft_new_from_node (node);
}

/* As it is once AWS has it. */
static inline TrestleDraft *
sample_published (void)
{
  TrestleDraft *draft = sample_draft ();

  trestle_draft_set_text (draft, "Product.Identifier", "prod-abcdefghijklm");
  trestle_draft_set_number (draft, "Product.Revision", 7);
  trestle_draft_set_text (draft, "Versions[0].Id", SAMPLE_ID);
  trestle_draft_set_text (draft, "Versions[0].DeliveryOptionId", SAMPLE_OPTION_ID);
  trestle_draft_set_text (draft, "Offer.Identifier", "offer-abcdefghijklm");
  trestle_draft_set_number (draft, "Offer.Revision", 3);
  return draft;
}

/* Sets @path to a JSON text. */
static inline void
sample_set (TrestleDraft *draft, const char *path, const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  g_assert_true (trestle_draft_set (draft, path, node));
}
