/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/lint-fixture.h"
#include "unit/shared-data.h"

/*
 * Each rule with a draft that breaks it and one that just does not. Both are the whole sample but for
 * the fields named; the good one has nothing of the rule, the bad one has it at the field.
 */

typedef void (*Setup) (Fixture *fixture);

typedef struct
{
  const char *rule;
  const char *field; /* where the bad one is found */
  const char *code;
  const char *bad[5][2]; /* path, JSON */
  const char *good[5][2];
  Setup bad_facts, good_facts;
  gboolean published;
} Case;

/* ---- facts -------------------------------------------------------------------------------- */

#define FACTS(name, ...)                                                                           \
  static void name (Fixture *f)                                                                    \
  {                                                                                                \
    __VA_ARGS__;                                                                                   \
  }

#define PACKAGE(realtime, batch, fault) fixture_package (f, SAMPLE_ARN, realtime, batch, fault)
#define SOURCE(address, reason)                                                                    \
  g_hash_table_insert (f->sources, (gpointer) address, (gpointer) reason)

static const char *const dried[] = { "Dried Flowers", NULL };

FACTS (logo_webp, f->logo.format = "webp")
FACTS (logo_none, f->logo.format = NULL)
FACTS (logo_gif, f->logo.format = "gif")
FACTS (logo_unknown, f->facts.logo = NULL)
FACTS (logo_heavy, f->logo.bytes = 5 * 1000 * 1000)
FACTS (logo_light, f->logo.bytes = 5 * 1000 * 1000 - 1)
FACTS (logo_small, f->logo.width = f->logo.height = 119)
FACTS (logo_large, f->logo.width = f->logo.height = 641)
FACTS (logo_least, f->logo.width = f->logo.height = 120)
FACTS (logo_most, f->logo.width = f->logo.height = 640)
FACTS (logo_tall, f->logo.width = 120; f->logo.height = 240)
FACTS (logo_wide, f->logo.width = 240; f->logo.height = 120)
FACTS (logo_dark, f->logo.clear_ground = FALSE)
FACTS (category_known, f->facts.categories = dried)
FACTS (video_gone, SOURCE ("https://example.com/petals.mp4", "404"))
FACTS (video_there, SOURCE ("https://example.com/petals.mp4", ""))
FACTS (logo_gone, SOURCE ("logo.png", "No such file"))
FACTS (logo_there, SOURCE ("logo.png", ""))
FACTS (package_gone, g_hash_table_insert (f->packages, g_strdup (SAMPLE_ARN), NULL))
FACTS (package_unknown, g_hash_table_remove_all (f->packages))
FACTS (package_failed, PACKAGE ("ml.m5.large", "ml.m5.large", "status"))
FACTS (package_running, PACKAGE ("ml.m5.large", "ml.m5.large", "running"))
FACTS (package_unproven, PACKAGE ("ml.m5.large", "ml.m5.large", "unproven"))
FACTS (package_plain, PACKAGE ("ml.m5.large", "ml.m5.large", "certified"))
FACTS (package_invalid, PACKAGE ("ml.m5.large", "ml.m5.large", "validation"))
FACTS (package_scanned, PACKAGE ("ml.m5.large", "ml.m5.large", "scan"))
FACTS (package_no_batch, PACKAGE ("ml.m5.large", "", NULL); f->facts.live = NULL)
FACTS (package_foreign, PACKAGE ("ml.m5.large", "ml.m5.large", "account"))
FACTS (package_public, PACKAGE ("ml.m5.large", "ml.m5.large", "registry"))
FACTS (package_two, PACKAGE ("ml.m5.large ml.c5.large", "ml.m5.large", NULL))
FACTS (account_unknown, f->facts.account_id = NULL)
FACTS (new_types, fixture_package (f, SAMPLE_ARN "x", "ml.c5.large", "ml.m5.large", NULL))
FACTS (algorithm, fixture_package (f, SAMPLE_ALGORITHM_ARN, "ml.m5.large", "ml.m5.large", NULL))
FACTS (live_restricted, trestle_draft_set_bool (f->live, "Versions[0].Restricted", TRUE))
FACTS (live_more, sample_set (f->live, "Versions[1]", "{'Id':'other','VersionTitle':'0.9'}"))
FACTS (live_algorithm, sample_set (f->live, "Versions[0].SageMakerModelPackageArn", "''");
       trestle_draft_set_text (f->live, "Versions[0].SageMakerAlgorithmArn", SAMPLE_ALGORITHM_ARN))
FACTS (live_price_gone,
       sample_set (f->live,
                   "Offer.RateCard[2]",
                   "{'DimensionKey':'ml.c4.large.m.i.r','Price':'1'}"))
FACTS (live_one_price, trestle_draft_remove (f->live, "Offer.RateCard", 1))
FACTS (risen_lately, f->facts.last_price_rise = FIXTURE_NOW - 120 * FIXTURE_DAY + 1)
FACTS (risen_before, f->facts.last_price_rise = FIXTURE_NOW - 120 * FIXTURE_DAY)
FACTS (eula_word, f->eula.content_type = "application/msword")
FACTS (eula_pdf, f->eula.content_type = "application/pdf")
FACTS (eula_unknown, f->facts.eula = NULL)
FACTS (eula_empty, f->eula.bytes = 0)
FACTS (eula_large, f->eula.bytes = 10 * 1000 * 1000 + 1)
FACTS (eula_most, f->eula.bytes = 10 * 1000 * 1000)

static void
put_parameters (Fixture *f, const char *list, guint n, guint length)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s[%u]", list, i);
      g_autofree char *name = g_strdup_printf ("%0*u", (int) length, i);
      g_autofree char *json = g_strdup_printf ("{'Name':'%s','Description':'x','Constraints':'y'}",
                                               name);

      sample_set (f->draft, path, json);
    }
}

#define IN "Versions[0].InputProperties"
FACTS (parameters_25, put_parameters (f, IN ".Parameters", 25, 2))
FACTS (parameters_24, put_parameters (f, IN ".Parameters", 24, 2))
FACTS (parameters_36, put_parameters (f, IN ".Parameters", 36, 2))
FACTS (parameters_35, put_parameters (f, IN ".Parameters", 35, 2))
FACTS (attributes_1025, put_parameters (f, IN ".SageMakerCustomAttributes", 25, 38))
FACTS (attributes_1024, put_parameters (f, IN ".SageMakerCustomAttributes", 16, 61))

/* ---- cases -------------------------------------------------------------------------------- */

#define V "Versions[0]."
#define OUT V "OutputProperties"
#define TYPES V "RecommendedInstanceTypes."
#define RATE(key, price) "{'DimensionKey':'" key "','Price':'" price "'}"
#define OWN_EULA "{'Type':'CustomEula','File':'eula.txt'}"
#define SHAPE "ValidationException"
#define A10 "aaaaaaaaaa"
#define A50 A10 A10 A10 A10 A10
#define A100 A50 A50
#define A500 A100 A100 A100 A100 A100
/* another version, of the package @arn */
#define VERSION(title, arn, more)                                                                  \
  "{" more "'VersionTitle':'" title "','ReleaseNotes':'x','SageMakerModelPackageArn':'" arn        \
  "','AccessRoleArn':'arn:aws:iam::" SAMPLE_ACCOUNT ":role/R'}"

/* clang-format off */
static const Case cases[] = {
  /* every field; each with its own limits below */
  { "type", "Product.ProductTitle", SHAPE, { { "Product.ProductTitle", "7" } } },
  { "type", "Product.Highlights", SHAPE, { { "Product.Highlights", "'Fast'" } } },
  { "type", "Offer.Eula", SHAPE, { { "Offer.Eula", "'StandardEula'" } } },
  { "type", IN ".Parameters[0].Required", SHAPE, { { IN ".Parameters[0].Required", "'yes'" } } },
  { "missing", "Product.ShortDescription", "MISSING_DATA",
    { { "Product.ShortDescription", "''" } } },
  { "missing", "Offer.Name", "MISSING_NAME", { { "Offer.Name", "null" } } },
  { "missing", "Offer.RefundPolicy", "MISSING_MANDATORY_TERMS",
    { { "Offer.RefundPolicy", "null" } } },
  { "missing", "Versions", SHAPE, { { "Versions", "[]" } } },
  { "missing", IN ".Description", SHAPE, { { IN, "{}" } } },
  { "missing", V "AccessRoleArn", "INVALID_ACCESS_ROLE", { { V "AccessRoleArn", "null" } },
    { { V "AccessRoleArn", "null" }, { V "Id", "'known to AWS'" } } },
  { "missing-advised", "Product.BuyerAccounts", NULL, { { "Product.BuyerAccounts", "[]" } } },
  { "missing-advised", IN ".Parameters[0].Constraints", NULL,
    { { IN ".Parameters[0].Constraints", "null" } } },
  { "empty-entry", "Product.Highlights[1]", SHAPE, { { "Product.Highlights[1]", "''" } } },
  { "too-long", "Product.SearchKeywords[0]", SHAPE,
    { { "Product.SearchKeywords", "['" A50 "a']" } },
    { { "Product.SearchKeywords", "['" A50 "']" } } },
  { "longer-than-advised", "Product.Sku", NULL, { { "Product.Sku", "'" A100 "a'" } },
    { { "Product.Sku", "'" A100 "'" } } },
  { "too-many", "Product.Highlights", SHAPE, { { "Product.Highlights", "['a','b','c','d']" } },
    { { "Product.Highlights", "['a','b','c']" } } },
  { "too-many", IN ".Parameters", SHAPE, { { NULL } }, { { NULL } }, parameters_36, parameters_35 },
  { "more-than-advised", IN ".Parameters", NULL, { { NULL } }, { { NULL } }, parameters_25,
    parameters_24 },
  { "total", "Product.SearchKeywords", "INVALID_INPUT",
    { { "Product.SearchKeywords", "['" A50 "','b" A10 "','c" A50 "','d" A50 "','e" A50 "','f" A50
    "']" } },
    { { "Product.SearchKeywords", "['1" A10 A10 A10 A10 "','2" A10 A10 A10 A10 "','3" A10 A10 A10
    A10 "','4" A10 A10 A10 A10 "','5" A10 A10 A10 A10 "','6" A10 A10 A10 "','7890123456789a']" } }
    },
  { "form", "Product.BuyerAccounts[0]", "INVALID_AWS_ACCOUNT_IDS",
    { { "Product.BuyerAccounts", "['7777']" } },
    { { "Product.BuyerAccounts", "['777700001111']" } } },
  { "form", "Product.LogoUrl", SHAPE, { { "Product.LogoUrl", "'http://example.com/logo.png'" } },
    { { "Product.LogoUrl", "'logo.png'" } } },
  { "form", "Product.AdditionalResources[0].Url", "INVALID_ADDITIONAL_RESOURCES",
    { { "Product.AdditionalResources[0].Url", "'ftp://example.com'" } },
    { { "Product.AdditionalResources[0].Url", "'http://example.com/?a=1'" } } },
  { "form", V "SageMakerModelPackageArn", "INVALID_ASSET_ARN",
    { { V "SageMakerModelPackageArn", "'" SAMPLE_ALGORITHM_ARN "'" } },
    { { V "SageMakerModelPackageArn", "'" SAMPLE_ARN "'" } } },
  { "form", V "AccessRoleArn", "INVALID_ACCESS_ROLE",
    { { V "AccessRoleArn", "'arn:aws:iam::" SAMPLE_ACCOUNT ":role/path/Name'" } },
    { { V "AccessRoleArn", "'arn:aws:iam::" SAMPLE_ACCOUNT ":role/Name'" } } },
  { "form", IN ".Parameters[0].Name", SHAPE, { { IN ".Parameters[0].Name", "'größe'" } },
    { { IN ".Parameters[0].Name", "'size (cm)'" } } },
  { "form", TYPES "BatchTransform", SHAPE, { { TYPES "BatchTransform", "'ml m5'" } } },
  { "form", "Offer.Name", SHAPE, { { "Offer.Name", "'a < b'" } }, { { "Offer.Name", "'a & b'" } } },
  { "form", "Offer.RateCard[0].Price", "INVALID_RATE_CARD",
    { { "Offer.RateCard[0].Price", "'1,50'" } }, { { "Offer.RateCard[0].Price", "'100000000'" } } },
  { "form", "Offer.RateCard[0].Price", "INVALID_RATE_CARD",
    { { "Offer.RateCard[0].Price", "'100000001'" } },
    { { "Offer.RateCard[0].Price", "'99999999.9'" } } },
  { "form", "Offer.FreeTrial", "INVALID_DURATION", { { "Offer.FreeTrial", "'14 days'" } },
    { { "Offer.FreeTrial", "'P14D'" } } },
  { "choice", "Offer.PricingModel", SHAPE, { { "Offer.PricingModel", "'Contract'" } },
    { { "Offer.PricingModel", "'Usage'" } } },
  { "choice", "Offer.CurrencyCode", "INVALID_CURRENCY_CODE", { { "Offer.CurrencyCode", "'CHF'" } },
    { { "Offer.CurrencyCode", "'USD'" } } },
  { "leading-space", "Product.ProductTitle", SHAPE, { { "Product.ProductTitle", "' Petals'" } },
    { { "Product.ProductTitle", "'Petals '" } } },
  { "control-character", "Product.LongDescription", "INVALID_INPUT",
    { { "Product.LongDescription", "\"a\\u000bb\"" } },
    { { "Product.LongDescription", "\"a\\tb\\nc\"" } } },
  { "control-character", V "ReleaseNotes", "INVALID_INPUT",
    { { V "ReleaseNotes", "\"a\\r\\nb\"" } }, { { V "ReleaseNotes", "\"a\\nb\"" } } },
  { "trademark-space", "Product.ShortDescription", "INVALID_INPUT",
    { { "Product.ShortDescription", "'Petal™ and Sorter ™ too'" } },
    { { "Product.ShortDescription", "'Petal™, Sorter® (©)'" } } },
  { "trademark-space", "Product.Highlights[2]", "INVALID_INPUT",
    { { "Product.Highlights[2]", "'All rights\u00a0©'" } },
    { { "Product.Highlights[2]", "'© all'" } } },
  { "duplicate-entry", "Product.BuyerAccounts[1]", NULL,
    { { "Product.BuyerAccounts", "['777788889999','777788889999']" } },
    { { "Product.BuyerAccounts", "['777788889999','777788889990']" } } },
  { "duplicate-entry", IN ".Parameters[1].Name", NULL,
    { { IN ".Parameters[1]", "{'Name':'sepal length','Description':'x','Constraints':'y'}" } },
    { { IN ".Parameters[1]", "{'Name':'sepal width','Description':'x','Constraints':'y'}" } } },
  { "unreachable", "Product.VideoUrls[0]", "INVALID_MEDIA", { { NULL } }, { { NULL } }, video_gone,
    video_there },
  { "file-missing", "Product.LogoUrl", "INVALID_MEDIA", { { "Product.LogoUrl", "'logo.png'" } },
    { { "Product.LogoUrl", "'logo.png'" } }, logo_gone, logo_there },
  { "unknown-field", "Product.Titel", NULL, { { "Product.Titel", "'x'" } } },
  { "unknown-field", IN ".Parameters[0].Default", NULL,
    { { IN ".Parameters[0].Default", "'x'" } } },

  /* product */
  { "category-unknown", "Product.Categories[0]", "INVALID_CATEGORY_NAMES",
    { { "Product.Categories", "['Dried Flowers']" } },
    { { "Product.Categories", "['Dried Flowers']" } }, NULL, category_known },
  { "category-unknown", "Product.Categories[1]", "INVALID_CATEGORY_NAMES",
    { { "Product.Categories", "['Text','computer vision']" } },
    { { "Product.Categories", "['Text','Computer Vision']" } } },
  { "link-length", "Product.AdditionalResources[0]", "INVALID_ADDITIONAL_RESOURCES",
    { { "Product.AdditionalResources", "[{'Text':'" A500 "','Url':'https://example.com/'}]" } },
    { { "Product.AdditionalResources", "[{'Text':'" A100 A100 A100 A100 A50 A10 A10 A10
    "','Url':'https://example.com/'}]" } } },
  { "support-contact", "Product.SupportDescription", NULL,
    { { "Product.SupportDescription", "'We are glad to help.'" } },
    { { "Product.SupportDescription", "'See https://example.com/help'" } } },
  { "support-contact", "Product.SupportDescription", NULL,
    { { "Product.SupportDescription", "'Support @ noon'" } },
    { { "Product.SupportDescription", "'There is no support.'" } } },
  { "description-topics", "Product.LongDescription", NULL,
    { { "Product.LongDescription", "'Sorts irises.'" } } },
  { "logo-format", "Product.LogoUrl", "INVALID_MEDIA", { { NULL } }, { { NULL } }, logo_webp,
    logo_gif },
  { "logo-format", "Product.LogoUrl", "INVALID_MEDIA", { { NULL } }, { { NULL } }, logo_none,
    NULL },
  { "logo-format", "Product.LogoUrl", "INVALID_MEDIA",
    { { "Product.LogoUrl", "'my.logo/logo.svg'" } }, { { "Product.LogoUrl", "'my.logo/logo'" } },
    logo_unknown, logo_unknown },
  { "logo-bytes", "Product.LogoUrl", "INVALID_MEDIA", { { NULL } }, { { NULL } }, logo_heavy,
    logo_light },
  { "logo-side", "Product.LogoUrl", "InvalidImageProperties", { { NULL } }, { { NULL } },
    logo_small, logo_least },
  { "logo-side", "Product.LogoUrl", "InvalidImageProperties", { { NULL } }, { { NULL } },
    logo_large, logo_most },
  { "logo-ratio", "Product.LogoUrl", "InvalidImageProperties", { { NULL } }, { { NULL } },
    logo_tall, logo_wide },
  { "logo-ground", "Product.LogoUrl", NULL, { { NULL } }, { { NULL } }, logo_dark, NULL },

  /* versions */
  { "version-package", V "SageMakerModelPackageArn", SHAPE,
    { { V "SageMakerModelPackageArn", "null" } } },
  { "version-package", V "SageMakerModelPackageArn", SHAPE,
    { { V "SageMakerAlgorithmArn", "'" SAMPLE_ALGORITHM_ARN "'" } },
    { { V "SageMakerModelPackageArn", "null" }, { V "SageMakerAlgorithmArn", "'"
    SAMPLE_ALGORITHM_ARN "'" } } },
  { "version-kinds", V "SageMakerModelPackageArn", "INCOMPATIBLE_DELIVERY_OPTIONS", { { NULL } },
    { { NULL } }, live_algorithm, NULL, TRUE },
  { "version-kinds", "Versions[1].SageMakerAlgorithmArn", "INCOMPATIBLE_DELIVERY_OPTIONS",
    { { "Versions[1]", "{'SageMakerAlgorithmArn':'" SAMPLE_ALGORITHM_ARN "'}" } },
    { { "Versions[1]", "{'SageMakerModelPackageArn':'" SAMPLE_ARN "x'}" } } },
  { "version-title-twice", "Versions[1].VersionTitle", "DUPLICATE_VERSION_TITLE",
    { { "Versions[1]", VERSION ("1.0", SAMPLE_ARN "x", "" ) } },
    { { "Versions[1]", VERSION ("2.0", SAMPLE_ARN "x", "" ) } } },
  { "version-title-twice", "Versions[1].VersionTitle", "DUPLICATE_VERSION_TITLE",
    { { "Versions[1]", VERSION ("0.9", SAMPLE_ARN "x", "" ) } },
    { { "Versions[1]", VERSION ("0.8", SAMPLE_ARN "x", "" ) } }, live_more, live_more, TRUE },
  { "version-package-twice", "Versions[1].SageMakerModelPackageArn", "DUPLICATE_ASSET",
    { { "Versions[1]", VERSION ("2.0", SAMPLE_ARN, "" ) } },
    { { "Versions[1]", VERSION ("2.0", SAMPLE_ARN "x", "" ) } } },
  { "version-package-changed", V "SageMakerModelPackageArn", "FIELD_NOT_ALLOWED_TO_CHANGE",
    { { V "SageMakerModelPackageArn", "'" SAMPLE_ARN "x'" } }, { { NULL } }, NULL, NULL, TRUE },
  { "version-title-changed", V "VersionTitle", "FIELD_NOT_ALLOWED_TO_CHANGE",
    { { V "VersionTitle", "'1.0.1'" } }, { { NULL } }, NULL, NULL, TRUE },
  { "version-one-at-a-time", "Versions[1]", NULL,
    { { "Versions[1]", VERSION ("2.0", SAMPLE_ARN "x", "" ) } },
    { { "Versions[1]", VERSION ("2.0", SAMPLE_ARN "x", "'Id':'known'," ) } } },
  { "version-new-restricted", V "Restricted", NULL, { { V "Restricted", "true" } },
    { { V "Restricted", "true" }, { V "Id", "'known'" } } },
  { "version-last-restricted", "Versions", "ALL_DELIVERY_OPTIONS_RESTRICTED",
    { { V "Restricted", "true" } },
    { { V "Restricted", "true" }, { "Versions[1]", VERSION ("2.0", SAMPLE_ARN "x", "" ) } }, NULL,
    NULL, TRUE },
  { "version-unrestricted", V "Restricted", "INCOMPATIBLE_DELIVERY_OPTION_STATUS", { { NULL } },
    { { V "Restricted", "true" } }, live_restricted, live_restricted, TRUE },
  { "version-gone", "Versions", NULL, { { NULL } }, { { "Versions[1]", "{'Id':'other'}" } },
    live_more, live_more, TRUE },
  { "arn-region", V "SageMakerModelPackageArn", "ASSET_VALIDATION_EXCEPTION",
    { { V "SageMakerModelPackageArn", "'arn:aws:sagemaker:af-south-1:" SAMPLE_ACCOUNT
    ":model-package/x'" } },
    { { V "SageMakerModelPackageArn", "'arn:aws:sagemaker:eu-west-3:" SAMPLE_ACCOUNT
    ":model-package/x'" } } },
  { "arn-account", V "SageMakerModelPackageArn", "ASSET_NOT_FOUND",
    { { V "SageMakerModelPackageArn", "'arn:aws:sagemaker:us-east-1:777788889999:model-package/x'"
    } },
    { { V "SageMakerModelPackageArn", "'arn:aws:sagemaker:us-east-1:777788889999:model-package/x'"
    } }, NULL, account_unknown },
  { "role-account", V "AccessRoleArn", "INVALID_ACCESS_ROLE",
    { { V "AccessRoleArn", "'arn:aws:iam::777788889999:role/R'" } },
    { { V "AccessRoleArn", "'arn:aws:iam::" SAMPLE_ACCOUNT ":role/R'" } } },
  { "package-missing", V "SageMakerModelPackageArn", "ASSET_NOT_FOUND", { { NULL } }, { { NULL } },
    package_gone, package_unknown },
  { "package-status", V "SageMakerModelPackageArn", "ASSET_VALIDATION_EXCEPTION", { { NULL } },
    { { V "Id", "'known'" } }, package_failed, package_failed },
  { "package-status", V "SageMakerModelPackageArn", "ASSET_VALIDATION_EXCEPTION", { { NULL } },
    { { NULL } }, package_running, NULL },
  { "package-validation", V "SageMakerModelPackageArn", "ASSET_VALIDATION_EXCEPTION", { { NULL } },
    { { NULL } }, package_unproven, package_running },
  { "package-certified", V "SageMakerModelPackageArn", "ASSET_VALIDATION_EXCEPTION", { { NULL } },
    { { NULL } }, package_plain, NULL },
  { "package-validation", V "SageMakerModelPackageArn", "ASSET_VALIDATION_EXCEPTION", { { NULL } },
    { { NULL } }, package_invalid, NULL },
  { "package-scan", V "SageMakerModelPackageArn", "SCAN_ERROR", { { NULL } }, { { NULL } },
    package_scanned, NULL },
  { "package-types", V "SageMakerModelPackageArn", "ASSET_VALIDATION_EXCEPTION", { { NULL } },
    { { NULL } }, package_no_batch, NULL },
  { "package-image", V "SageMakerModelPackageArn", "ASSET_VALIDATION_EXCEPTION", { { NULL } },
    { { NULL } }, package_foreign, NULL },
  { "package-image", V "SageMakerModelPackageArn", "ASSET_VALIDATION_EXCEPTION", { { NULL } },
    { { NULL } }, package_public, NULL },
  { "recommended-unsupported", TYPES "RealtimeInference", "INVALID_RECOMMENDED_INSTANCE_TYPE",
    { { TYPES "RealtimeInference", "'ml.c5.large'" } },
    { { TYPES "RealtimeInference", "'ml.c5.large'" } }, NULL, package_two },
  { "recommended-missing", TYPES "BatchTransform", "INVALID_RECOMMENDED_INSTANCE_TYPE",
    { { TYPES "BatchTransform", "null" } }, { { TYPES "BatchTransform", "null" } }, NULL,
    package_no_batch },
  { "recommended-training", TYPES "Training", SHAPE, { { TYPES "Training", "'ml.p3.2xlarge'" } },
    { { V "SageMakerModelPackageArn", "null" }, { V "SageMakerAlgorithmArn", "'"
    SAMPLE_ALGORITHM_ARN "'" }, { TYPES "Training", "'ml.p3.2xlarge'" } }, NULL, algorithm },

  /* usage information */
  { "sample-missing", IN ".SampleInput.RealtimeInferenceText", NULL,
    { { IN ".SampleInput.RealtimeInferenceText", "null" } },
    { { IN ".SampleInput.RealtimeInferenceText", "null" }, { IN
    ".SampleInput.RealtimeInferenceUrl", "'https://example.com/one.csv'" } } },
  { "sample-missing", OUT ".SampleOutput.BatchTransformText", NULL,
    { { OUT ".SampleOutput", "null" } }, { { OUT ".SampleOutput.BatchTransformText", "null" } },
    NULL, package_no_batch },
  { "sample-twice", IN ".SampleInput.RealtimeInferenceUrl", SHAPE,
    { { IN ".SampleInput.RealtimeInferenceUrl", "'https://example.com/one.csv'" } } },
  { "parameters-unlisted", IN ".Parameters", NULL, { { IN ".Parameters", "[]" } } },
  { "parameters-unlisted", OUT ".Parameters", NULL, { { OUT ".Parameters", "null" } } },
  { "attributes-header", IN ".SageMakerCustomAttributes", NULL, { { NULL } }, { { NULL } },
    attributes_1025, attributes_1024 },
  { "notebook-place", V "SampleNotebookUrl", NULL,
    { { V "SampleNotebookUrl", "'https://example.com/demo.ipynb'" } },
    { { V "SampleNotebookUrl", "'https://raw.githubusercontent.com/e/p/main/demo.ipynb'" } } },
  { "notebook-place", V "SampleNotebookUrl", NULL,
    { { V "SampleNotebookUrl", "'https://github.com/example/petals'" } } },
  { "media-type-missing", IN ".Description", NULL, { { IN ".Description", "'image/png only'" } },
    { { IN ".Description", "'text/csv; charset=utf-8'" } } },
  { "media-type-missing", OUT ".Description", NULL,
    { { OUT ".Description", "'A label and/or none'" } }, { { OUT ".Description", "'image/png'" } },
    package_unknown, package_unknown },
  { "algorithm-topics", V "UsageInstructions", NULL,
    { { V "SageMakerAlgorithmArn", "'" SAMPLE_ALGORITHM_ARN "'" } },
    { { V "SageMakerAlgorithmArn", "'" SAMPLE_ALGORITHM_ARN "'" }, { V "UsageInstructions",
    "'One channel, at least 10 rows, File mode, not distributed. "
    "Hyperparameters: depth 1-9, default 3. Objective metric: accuracy.'" } } },

  /* prices */
  { "prices-none", "Offer.RateCard", "MISSING_MANDATORY_TERMS", { { "Offer.RateCard", "[]" } },
    { { "Offer.RateCard", "[]" }, { "Offer.PricingModel", "'Free'" } } },
  { "price-missing", "Offer.RateCard", "INVALID_RATE_CARD", { { NULL } },
    { { "Offer.RateCard[2]", RATE ("ml.c5.large.m.i.r", "1" ) } }, package_two, package_two },
  { "price-missing", "Offer.RateCard", "UPDATE_PRICING_REQUIRED",
    { { "Versions[1]", VERSION ("2.0", SAMPLE_ARN "x", "" ) } },
    { { "Versions[1]", VERSION ("2.0", SAMPLE_ARN "x", "" ) }, { "Offer.RateCard[2]", RATE
    ("ml.c5.large.a.i.r", "1" ) } }, new_types, new_types, TRUE },
  { "price-missing", "Offer.RateCard", "INVALID_RATE_CARD",
    { { "Offer.RateCard[0]", RATE ("ml.m5.large.a.t", "1" ) } },
    { { "Offer.RateCard[0]", RATE ("inference.count.m.i.c", "1" ) } } },
  { "price-unsupported", "Offer.RateCard[2].DimensionKey", "INVALID_RATE_CARD",
    { { "Offer.RateCard[2]", RATE ("ml.c4.large.m.i.r", "1" ) } },
    { { "Offer.RateCard[2]", RATE ("ml.c4.large.m.i.r", "1" ) } }, NULL, package_unknown },
  { "price-unsupported", "Offer.RateCard[2].DimensionKey", "INVALID_RATE_CARD",
    { { "Offer.RateCard[2]", RATE ("users", "1" ) } },
    { { "Offer.RateCard[2]", RATE ("ml.c4.large.m.i.r", "1" ) } }, live_more, live_price_gone,
    TRUE },
  { "price-removed", "Offer.RateCard", "INVALID_RATE_CARD", { { NULL } },
    { { "Offer.RateCard[2]", RATE ("ml.c4.large.m.i.r", "1" ) } }, live_price_gone, live_price_gone,
    TRUE },
  { "price-decimals", "Offer.RateCard[1].Price", "INVALID_RATE_CARD",
    { { "Offer.RateCard[1].Price", "'0.123456789'" } },
    { { "Offer.RateCard[1].Price", "'0.12345678'" } } },
  { "price-twice", "Offer.RateCard[2].DimensionKey", "DUPLICATE_DIMENSION_KEYS",
    { { "Offer.RateCard[2]", RATE ("ml.m5.large.m.i.b", "1" ) } } },
  { "price-both-ways", "Offer.RateCard", "INCOMPATIBLE_RATES",
    { { "Offer.RateCard[2]", RATE ("inference.count.m.i.c", "1" ) } },
    { { "Offer.RateCard[0]", RATE ("inference.count.m.i.c", "1" ) } } },
  { "price-zero", "Offer.RateCard[1].Price", NULL, { { "Offer.RateCard[1].Price", "'0.00'" } },
    { { "Offer.RateCard[1].Price", "'0.00000001'" } } },
  { "price-zero", "Offer.RateCard", NULL,
    { { "Offer.RateCard[0].Price", "'0'" }, { "Offer.RateCard[1].Price", "'0'" } },
    { { "Offer.RateCard[0].Price", "'0'" }, { "Offer.RateCard[1].Price", "'0'" }, {
    "Offer.PricingModel", "'Free'" } } },
  { "price-not-free", "Offer.RateCard[0].Price", "INCOMPATIBLE_RATES",
    { { "Offer.PricingModel", "'Free'" } },
    { { "Offer.PricingModel", "'Free'" }, { "Offer.RateCard[0].Price", "'0'" }, {
    "Offer.RateCard[1].Price", "'0.0'" } } },
  { "price-rise-early", "Offer.RateCard[1].Price", "INVALID_PRICE_CHANGE",
    { { "Offer.RateCard[1].Price", "'1.51'" } }, { { "Offer.RateCard[1].Price", "'1.51'" } },
    risen_lately, risen_before, TRUE },
  { "price-rise-early", "Offer.RateCard[1].Price", "INVALID_PRICE_CHANGE",
    { { "Offer.RateCard[1].Price", "'1.51'" } }, { { "Offer.RateCard[1].Price", "'1.49'" } },
    risen_lately, risen_lately, TRUE },
  { "price-rise-and-cut", "Offer.RateCard", "INVALID_PRICE_CHANGE",
    { { "Offer.RateCard[0].Price", "'2'" }, { "Offer.RateCard[1].Price", "'1'" } },
    { { "Offer.RateCard[0].Price", "'2'" }, { "Offer.RateCard[1].Price", "'1.5'" } }, NULL, NULL,
    TRUE },
  { "price-rise-and-new", "Offer.RateCard", "INVALID_PRICE_CHANGE",
    { { "Offer.RateCard[0].Price", "'2'" } }, { { "Offer.RateCard[0].Price", "'1'" } },
    live_one_price, live_one_price, TRUE },
  { "price-rise-notice", "Offer.RateCard", NULL, { { "Offer.RateCard[0].Price", "'2'" } },
    { { "Offer.RateCard[0].Price", "'1.500'" } }, NULL, NULL, TRUE },
  { "pricing-model-changed", "Offer.PricingModel", "INCOMPATIBLE_PRICING_MODEL",
    { { "Offer.PricingModel", "'Free'" } }, { { NULL } }, NULL, NULL, TRUE },
  { "currency", "Offer.CurrencyCode", "INVALID_CURRENCY_CODE",
    { { "Offer.CurrencyCode", "'EUR'" } }, { { "Offer.CurrencyCode", "null" } } },

  /* the other terms */
  { "trial-days", "Offer.FreeTrial", "INVALID_DURATION", { { "Offer.FreeTrial", "'P4D'" } },
    { { "Offer.FreeTrial", "'P5D'" } } },
  { "trial-days", "Offer.FreeTrial", "INVALID_DURATION", { { "Offer.FreeTrial", "'P121D'" } },
    { { "Offer.FreeTrial", "'P120D'" } } },
  { "trial-days", "Offer.FreeTrial", "INVALID_DURATION", { { "Offer.FreeTrial", "'P1M2D'" } },
    { { "Offer.FreeTrial", "'P1M'" } } },
  { "trial-days-older", "Offer.FreeTrial", "INVALID_DURATION", { { "Offer.FreeTrial", "'P32D'" } },
    { { "Offer.FreeTrial", "'P31D'" } } },
  { "trial-days-advised", "Offer.FreeTrial", NULL, { { "Offer.FreeTrial", "'P13D'" } },
    { { "Offer.FreeTrial", "'P30D'" } } },
  { "trial-days-advised", "Offer.FreeTrial", NULL, { { "Offer.FreeTrial", "'P31D'" } } },
  { "trial-free", "Offer.FreeTrial", "INCOMPATIBLE_TERMS", { { "Offer.PricingModel", "'Free'" } },
    { { "Offer.PricingModel", "'Free'" }, { "Offer.FreeTrial", "null" } } },
  { "trial-per-inference", "Offer.FreeTrial", "INCOMPATIBLE_TERMS",
    { { "Offer.RateCard[0].DimensionKey", "'inference.count.m.i.c'" } },
    { { "Offer.RateCard[0].DimensionKey", "'inference.count.m.i.c'" }, { "Offer.FreeTrial", "null"
    } } },
  { "eula-version-missing", "Offer.Eula.Version", "INVALID_LEGAL_DOCUMENTS",
    { { "Offer.Eula", "{'Type':'StandardEula'}" } } },
  { "eula-version-old", "Offer.Eula.Version", "INVALID_LEGAL_DOCUMENTS",
    { { "Offer.Eula.Version", "'2019-04-24'" } } },
  { "eula-version-old", "Offer.Eula.Version", "INVALID_LEGAL_DOCUMENTS",
    { { "Offer.Eula.Version", "'2030-01-01'" } } },
  { "eula-source", "Offer.Eula", "INVALID_LEGAL_DOCUMENTS",
    { { "Offer.Eula", "{'Type':'CustomEula'}" } }, { { "Offer.Eula", OWN_EULA } } },
  { "eula-source", "Offer.Eula", "INVALID_LEGAL_DOCUMENTS",
    { { "Offer.Eula", OWN_EULA }, { "Offer.Eula.Url", "'https://example.com/eula.txt'" } },
    { { "Offer.Eula", "{'Type':'CustomEula','Url':'https://example.com/eula.txt'}" } } },
  { "eula-kind", "Offer.Eula.File", "INVALID_LEGAL_DOCUMENTS", { { "Offer.Eula", OWN_EULA } },
    { { "Offer.Eula", OWN_EULA } }, eula_word, eula_pdf },
  { "eula-kind", "Offer.Eula.File", "INVALID_LEGAL_DOCUMENTS",
    { { "Offer.Eula", "{'Type':'CustomEula','File':'eula.docx'}" } },
    { { "Offer.Eula", "{'Type':'CustomEula','File':'EULA.PDF'}" } }, eula_unknown, eula_unknown },
  { "eula-empty", "Offer.Eula.File", "INVALID_LEGAL_DOCUMENTS", { { "Offer.Eula", OWN_EULA } },
    { { "Offer.Eula", OWN_EULA } }, eula_empty, NULL },
  { "eula-bytes", "Offer.Eula.File", "LIMIT_EXCEEDED_LEGAL_DOCUMENT_SIZE",
    { { "Offer.Eula", OWN_EULA } }, { { "Offer.Eula", OWN_EULA } }, eula_large, eula_most },
  { "refund-characters", "Offer.RefundPolicy", SHAPE,
    { { "Offer.RefundPolicy", "'Zurück für 5 €'" } },
    { { "Offer.RefundPolicy", "'Petals™, © and ®: ¢ £ ¤ ¥ ~'" } } },
  { "refund-space", "Offer.RefundPolicy", SHAPE, { { "Offer.RefundPolicy", "' No refunds.'" } } },
  { "refund-space", "Offer.RefundPolicy", SHAPE, { { "Offer.RefundPolicy", "\"No refunds.\\n\"" } },
    { { "Offer.RefundPolicy", "\"No\\nrefunds.\"" } } },
};
/* clang-format on */

/* ---- running ------------------------------------------------------------------------------ */

static const TrestleLintRule *
find_rule (const char *id)
{
  guint n;
  const TrestleLintRule *rules = trestle_lint_rules (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (rules[i].id, id))
      return &rules[i];
  return NULL;
}

static GPtrArray *
lint (const Case *test, gboolean bad)
{
  g_autoptr (Fixture) fixture = fixture_new (test->published);
  const char *const (*sets)[2] = bad ? test->bad : test->good;
  Setup facts = bad ? test->bad_facts : test->good_facts;

  for (guint i = 0; sets[i][0] != NULL; i++)
    sample_set (fixture->draft, sets[i][0], sets[i][1]);
  if (facts != NULL)
    {
      if (facts == package_no_batch)
        trestle_draft_remove (fixture->draft, "Offer.RateCard", 1);
      facts (fixture);
    }
  return trestle_lint (fixture->draft, &fixture->facts);
}

static void
test_rule (gconstpointer data)
{
  const Case *test = data;
  const TrestleLintRule *rule = find_rule (test->rule);
  g_autoptr (GPtrArray) bad = lint (test, TRUE);
  g_autoptr (GPtrArray) good = lint (test, FALSE);
  gboolean found = FALSE;

  g_assert_nonnull (rule);
  for (guint i = 0; i < bad->len; i++)
    {
      TrestleFinding *finding = g_ptr_array_index (bad, i);

      g_test_message ("%s: %s (%s)", trestle_finding_get_field (finding),
                      trestle_finding_get_message (finding), trestle_finding_get_rule (finding));
      if (!g_str_equal (trestle_finding_get_rule (finding), test->rule)
          || !g_str_equal (trestle_finding_get_field (finding), test->field))
        continue;
      found = TRUE;
      g_assert_cmpint (trestle_finding_get_severity (finding), ==, rule->severity);
      g_assert_cmpstr (trestle_finding_get_code (finding), ==, test->code);
      g_assert_cmpstr (trestle_finding_get_message (finding), !=, "");
      g_assert_cmpstr (trestle_finding_get_fix (finding), !=, "");
    }
  g_assert_true (found);
  for (guint i = 0; i < good->len; i++)
    {
      TrestleFinding *finding = g_ptr_array_index (good, i);

      g_test_message ("good: %s: %s", trestle_finding_get_field (finding),
                      trestle_finding_get_message (finding));
      g_assert_cmpstr (trestle_finding_get_rule (finding), !=, test->rule);
    }
}

/* A rule without a case is a rule that nobody has seen at work. */
static void
test_all_rules (void)
{
  guint n;
  const TrestleLintRule *rules = trestle_lint_rules (&n);

  for (guint i = 0; i < n; i++)
    {
      gboolean listed = FALSE;

      g_assert_nonnull (rules[i].id);
      g_assert_nonnull (rules[i].fix);
      for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
        listed = listed || g_str_equal (cases[j].rule, rules[i].id);
      g_test_message ("%s", rules[i].id);
      g_assert_true (listed);
      g_assert_true (find_rule (rules[i].id) == &rules[i]);
    }
}

/* The codes that the rules name are AWS's, and the reference has them. */
static void
test_codes (void)
{
  g_autofree char *path = dup_shared_path ("aws/seller.md");
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("no reference: " SHARED_MISSING);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s: %s", cases[i].rule, cases[i].code);
      g_assert_true (cases[i].code == NULL || strstr (text, cases[i].code) != NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lint/all-rules", test_all_rules);
  g_test_add_func ("/lint/codes", test_codes);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lint/rule/%s/%zu", cases[i].rule, i);

      g_test_add_data_func (path, &cases[i], test_rule);
    }
  return g_test_run ();
}
