/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-draft-field-private.h"
#include "domain/trestle-limits.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define KIND(kind) TRESTLE_DRAFT_FIELD_KIND_##kind
#define LEVEL(level) TRESTLE_DRAFT_LEVEL_##level
#define PRODUCT(change) TRESTLE_DRAFT_ENTITY_PRODUCT, change
#define OFFER(change) TRESTLE_DRAFT_ENTITY_OFFER, change
#define OURS TRESTLE_DRAFT_ENTITY_NONE, NULL
#define LIMIT(name) (TRESTLE_LIMIT_##name + 1)

/* What a version says once and for all, and what may be said better later. */
#define ONCE PRODUCT ("AddDeliveryOptions")
#define LATER PRODUCT ("UpdateDeliveryOptions")
#define INFORMATION PRODUCT ("UpdateInformation")

/* AWS's own, but for the end, which \z says where $ would let a line feed pass. */
#define TEXT_EXPRESSION "^\\S+[\\S\\s]*"
#define HTTPS_EXPRESSION                                                                           \
  "^https://(www\\.)?[-a-zA-Z0-9@._]{1,256}\\.[a-zA-Z0-9()]{2,63}\\b([-a-zA-Z0-9@_+./]*)"
#define LINK_EXPRESSION                                                                            \
  "^https?://(www\\.)?[-a-zA-Z0-9@._]{1,256}\\.[a-zA-Z0-9()]{2,63}\\b"                             \
  "([-a-zA-Z0-9@_+./:%~#?&=, ]*)\\z"
#define SAGEMAKER_EXPRESSION "^arn:aws:sagemaker:[a-z0-9-]{4,24}:[0-9]{12}:"
#define ROLE_EXPRESSION "^arn:aws:iam::[0-9]{12}:role(/[A-Za-z0-9_+=,.@-]+)?\\z"
#define INSTANCE_EXPRESSION "^\\S{1,24}\\z"
#define NAME_EXPRESSION "^[ -~]+\\z"
#define OFFER_NAME_EXPRESSION "^[^\\\\<>]*\\z"
#define ACCOUNT_EXPRESSION "^[0-9]{12}\\z"
#define PRICE_EXPRESSION "^((100000000(\\.0{0,8})?)|([0-9]{1,8}(\\.[0-9]{0,8})?))\\z"
#define DURATION_EXPRESSION "^P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+D)?\\z"
#define REFUND_EXPRESSION "^(?!\\s)[\\t\\n\\r -~©®™¢£¤¥]*(?<!\\s)\\z"

static const char *const pricing_models[] = { "Usage", "Free", NULL };
static const char *const currencies[] = { "USD", "AUD", "CAD", "EUR", "GBP", "JPY", NULL };
static const char *const eulas[] = { "StandardEula", "CustomEula", NULL };

static const char *const by_version[] = { "Id", "VersionTitle", NULL };
static const char *const by_link[] = { "Text", "Url", NULL };
static const char *const by_name[] = { "Name", NULL };
static const char *const by_dimension[] = { "DimensionKey", NULL };

#define SAMPLES(at, label)                                                                         \
  { at, KIND (OBJECT), LEVEL (RECOMMENDED), LATER, label },                                        \
      { at ".RealtimeInferenceText",                                                               \
        KIND (LONG_TEXT),                                                                          \
        LEVEL (OPTIONAL),                                                                          \
        LATER,                                                                                     \
        N_ ("Real-time sample"),                                                                   \
        .least = 1,                                                                                \
        .most = LIMIT (VERSION_SAMPLE_CHARS) },                                                    \
      { at ".RealtimeInferenceUrl",                                                                \
        KIND (URL),                                                                                \
        LEVEL (OPTIONAL),                                                                          \
        LATER,                                                                                     \
        N_ ("Real-time sample's address"),                                                         \
        .most = LIMIT (VERSION_SAMPLE_CHARS),                                                      \
        .expression = HTTPS_EXPRESSION },                                                          \
      { at ".BatchTransformText",                                                                  \
        KIND (LONG_TEXT),                                                                          \
        LEVEL (OPTIONAL),                                                                          \
        LATER,                                                                                     \
        N_ ("Batch sample"),                                                                       \
        .least = 1,                                                                                \
        .most = LIMIT (VERSION_SAMPLE_CHARS) },                                                    \
  {                                                                                                \
    at ".BatchTransformUrl", KIND (URL), LEVEL (OPTIONAL), LATER, N_ ("Batch sample's address"),   \
        .most = LIMIT (VERSION_SAMPLE_CHARS), .expression = HTTPS_EXPRESSION                       \
  }

#define PARAMETERS(at, level, label)                                                               \
  { at,                                                                                            \
    KIND (LIST),                                                                                   \
    LEVEL (level),                                                                                 \
    LATER,                                                                                         \
    label,                                                                                         \
    .most = LIMIT (VERSION_PARAMETERS),                                                            \
    .advised = LIMIT (VERSION_PARAMETERS_ADVISED),                                                 \
    .identity = by_name },                                                                         \
      { at "[]", KIND (OBJECT), LEVEL (OPTIONAL), LATER, label },                                  \
      { at "[].Name",                                                                              \
        KIND (TEXT),                                                                               \
        LEVEL (REQUIRED),                                                                          \
        LATER,                                                                                     \
        N_ ("Name"),                                                                               \
        .least = 1,                                                                                \
        .most = LIMIT (PARAMETER_NAME_CHARS),                                                      \
        .expression = NAME_EXPRESSION },                                                           \
  {                                                                                                \
    at "[].Description", KIND (LONG_TEXT), LEVEL (REQUIRED), LATER, N_ ("Description"),            \
        .least = 1, .most = LIMIT (PARAMETER_DESCRIPTION_CHARS)                                    \
  }

#define INPUT_PARAMETERS(at, level, label)                                                         \
  PARAMETERS (at, level, label),                                                                   \
      { at "[].Constraints",                                                                       \
        KIND (TEXT),                                                                               \
        LEVEL (RECOMMENDED),                                                                       \
        LATER,                                                                                     \
        N_ ("Constraints"),                                                                        \
        .least = 1,                                                                                \
        .most = LIMIT (PARAMETER_CONSTRAINTS_CHARS) },                                             \
  {                                                                                                \
    at "[].Required", KIND (BOOL), LEVEL (OPTIONAL), LATER, N_ ("Required")                        \
  }

/* The members of a version, below `Versions[]`. */
#define V(name) "Versions[]." name

const TrestleDraftField trestle_draft_fields[] = {
  { "Trestle", KIND (NUMBER), LEVEL (REQUIRED), OURS, N_ ("Format of the draft") },

  { "Product", KIND (OBJECT), LEVEL (REQUIRED), INFORMATION, N_ ("Product") },
  { "Product.Identifier", KIND (TEXT), LEVEL (OPTIONAL), PRODUCT (NULL), N_ ("Product ID") },
  { "Product.Revision", KIND (NUMBER), LEVEL (OPTIONAL), PRODUCT (NULL),
    N_ ("Revision of the product") },
  { "Product.ProductTitle", KIND (TEXT), LEVEL (REQUIRED), INFORMATION, N_ ("Title"), .least = 1,
    .most = LIMIT (LISTING_TITLE_CHARS), .expression = TEXT_EXPRESSION },
  { "Product.ShortDescription", KIND (LONG_TEXT), LEVEL (REQUIRED), INFORMATION,
    N_ ("Short description"), .least = 1, .most = LIMIT (LISTING_SHORT_CHARS),
    .expression = TEXT_EXPRESSION },
  { "Product.LongDescription", KIND (LONG_TEXT), LEVEL (REQUIRED), INFORMATION,
    N_ ("Long description"), .least = 1, .most = LIMIT (LISTING_LONG_CHARS),
    .expression = TEXT_EXPRESSION },
  { "Product.Sku", KIND (TEXT), LEVEL (OPTIONAL), INFORMATION, N_ ("SKU"),
    .most = LIMIT (LISTING_SKU_CHARS), .advised = LIMIT (LISTING_SKU_ADVISED_CHARS) },
  { "Product.LogoUrl", KIND (FILE), LEVEL (REQUIRED), INFORMATION, N_ ("Logo"), .least = 1,
    .most = LIMIT (LISTING_URL_CHARS), .expression = HTTPS_EXPRESSION },
  { "Product.VideoUrls", KIND (LIST), LEVEL (OPTIONAL), INFORMATION, N_ ("Videos"),
    .most = LIMIT (LISTING_VIDEOS) },
  { "Product.VideoUrls[]", KIND (URL), LEVEL (OPTIONAL), INFORMATION, N_ ("Video"), .least = 1,
    .most = LIMIT (LISTING_URL_CHARS), .expression = HTTPS_EXPRESSION },
  { "Product.Highlights", KIND (LIST), LEVEL (REQUIRED), INFORMATION, N_ ("Highlights"), .least = 1,
    .most = LIMIT (LISTING_HIGHLIGHTS) },
  { "Product.Highlights[]", KIND (TEXT), LEVEL (OPTIONAL), INFORMATION, N_ ("Highlight"),
    .least = 1, .most = LIMIT (LISTING_HIGHLIGHT_CHARS) },
  { "Product.AdditionalResources", KIND (LIST), LEVEL (OPTIONAL), INFORMATION, N_ ("Links"),
    .most = LIMIT (LISTING_LINKS), .identity = by_link },
  { "Product.AdditionalResources[]", KIND (OBJECT), LEVEL (OPTIONAL), INFORMATION, N_ ("Link") },
  { "Product.AdditionalResources[].Text", KIND (TEXT), LEVEL (REQUIRED), INFORMATION, N_ ("Text"),
    .least = 1, .most = LIMIT (LISTING_LINK_CHARS), .expression = TEXT_EXPRESSION },
  { "Product.AdditionalResources[].Url", KIND (URL), LEVEL (REQUIRED), INFORMATION, N_ ("Address"),
    .least = 1, .expression = LINK_EXPRESSION },
  { "Product.SupportDescription", KIND (LONG_TEXT), LEVEL (REQUIRED), INFORMATION, N_ ("Support"),
    .least = 1, .most = LIMIT (LISTING_SUPPORT_CHARS), .expression = TEXT_EXPRESSION },
  { "Product.Categories", KIND (LIST), LEVEL (REQUIRED), INFORMATION, N_ ("Categories"), .least = 1,
    .most = LIMIT (LISTING_CATEGORIES) },
  { "Product.Categories[]", KIND (TEXT), LEVEL (OPTIONAL), INFORMATION, N_ ("Category"),
    .least = 1 },
  { "Product.SearchKeywords", KIND (LIST), LEVEL (REQUIRED), INFORMATION, N_ ("Keywords"),
    .least = 1, .most = LIMIT (LISTING_KEYWORDS), .total = LIMIT (LISTING_KEYWORDS_CHARS) },
  { "Product.SearchKeywords[]", KIND (TEXT), LEVEL (OPTIONAL), INFORMATION, N_ ("Keyword"),
    .least = 1, .most = LIMIT (LISTING_KEYWORD_CHARS) },
  { "Product.BuyerAccounts", KIND (LIST), LEVEL (RECOMMENDED), PRODUCT ("UpdateTargeting"),
    N_ ("Testers"), .most = LIMIT (LISTING_TESTERS), .advised = LIMIT (LISTING_TESTERS_ADVISED) },
  { "Product.BuyerAccounts[]", KIND (TEXT), LEVEL (OPTIONAL), PRODUCT ("UpdateTargeting"),
    N_ ("Tester"), .least = 1, .expression = ACCOUNT_EXPRESSION },

  { "Versions", KIND (LIST), LEVEL (REQUIRED), ONCE, N_ ("Versions"), .least = 1,
    .identity = by_version },
  { "Versions[]", KIND (OBJECT), LEVEL (OPTIONAL), ONCE, N_ ("Version") },
  { V ("Id"), KIND (TEXT), LEVEL (OPTIONAL), PRODUCT (NULL), N_ ("Version ID") },
  { V ("DeliveryOptionId"), KIND (TEXT), LEVEL (OPTIONAL), PRODUCT (NULL),
    N_ ("Delivery option ID") },
  { V ("VersionTitle"), KIND (TEXT), LEVEL (REQUIRED), LATER, N_ ("Version"), .least = 1,
    .most = LIMIT (VERSION_TITLE_CHARS), .expression = TEXT_EXPRESSION },
  { V ("ReleaseNotes"), KIND (LONG_TEXT), LEVEL (REQUIRED), LATER, N_ ("Release notes"), .least = 1,
    .most = LIMIT (VERSION_NOTES_CHARS), .expression = TEXT_EXPRESSION },
  /* one of the two */
  { V ("SageMakerModelPackageArn"), KIND (ARN), LEVEL (OPTIONAL), ONCE, N_ ("Model package"),
    .least = 1, .expression = SAGEMAKER_EXPRESSION "model-package/\\S{1,2048}\\z" },
  { V ("SageMakerAlgorithmArn"), KIND (ARN), LEVEL (OPTIONAL), ONCE, N_ ("Algorithm"), .least = 1,
    .expression = SAGEMAKER_EXPRESSION "algorithm/\\S{1,2048}\\z" },
  { V ("AccessRoleArn"), KIND (ARN), LEVEL (REQUIRED), ONCE, N_ ("Access role"), .least = 1,
    .expression = ROLE_EXPRESSION },
  { V ("UsageInstructions"), KIND (LONG_TEXT), LEVEL (REQUIRED), LATER, N_ ("Usage instructions"),
    .least = 1, .most = LIMIT (VERSION_USAGE_CHARS) },
  { V ("SampleNotebookUrl"), KIND (URL), LEVEL (REQUIRED), LATER, N_ ("Sample notebook"),
    .least = 1, .most = LIMIT (VERSION_URL_CHARS), .expression = HTTPS_EXPRESSION },
  { V ("RepositoryUrl"), KIND (URL), LEVEL (REQUIRED), LATER, N_ ("Repository"), .least = 1,
    .most = LIMIT (VERSION_URL_CHARS), .expression = HTTPS_EXPRESSION },

  { V ("InputProperties"), KIND (OBJECT), LEVEL (REQUIRED), LATER, N_ ("Inputs") },
  { V ("InputProperties.Description"), KIND (LONG_TEXT), LEVEL (REQUIRED), LATER,
    N_ ("Input description"), .least = 1, .most = LIMIT (VERSION_DESCRIPTION_CHARS) },
  { V ("InputProperties.Limitations"), KIND (LONG_TEXT), LEVEL (OPTIONAL), LATER,
    N_ ("Limitations"), .least = 1, .most = LIMIT (VERSION_LIMITATIONS_CHARS) },
  SAMPLES (V ("InputProperties.SampleInput"), N_ ("Sample input")),
  INPUT_PARAMETERS (V ("InputProperties.Parameters"), RECOMMENDED, N_ ("Input parameters")),
  INPUT_PARAMETERS (V ("InputProperties.SageMakerCustomAttributes"),
                    OPTIONAL,
                    N_ ("Custom attributes")),

  { V ("OutputProperties"), KIND (OBJECT), LEVEL (REQUIRED), LATER, N_ ("Outputs") },
  { V ("OutputProperties.Description"), KIND (LONG_TEXT), LEVEL (REQUIRED), LATER,
    N_ ("Output description"), .least = 1, .most = LIMIT (VERSION_DESCRIPTION_CHARS) },
  SAMPLES (V ("OutputProperties.SampleOutput"), N_ ("Sample output")),
  PARAMETERS (V ("OutputProperties.Parameters"), RECOMMENDED, N_ ("Output parameters")),
  { V ("OutputProperties.Parameters[].AlwaysReturned"), KIND (BOOL), LEVEL (OPTIONAL), LATER,
    N_ ("Always returned") },

  { V ("RecommendedInstanceTypes"), KIND (OBJECT), LEVEL (REQUIRED), LATER,
    N_ ("Recommended instance types") },
  { V ("RecommendedInstanceTypes.BatchTransform"), KIND (TEXT), LEVEL (RECOMMENDED), LATER,
    N_ ("Recommended for batch"), .least = 1, .most = LIMIT (INSTANCE_TYPE_CHARS),
    .expression = INSTANCE_EXPRESSION },
  { V ("RecommendedInstanceTypes.RealtimeInference"), KIND (TEXT), LEVEL (RECOMMENDED), LATER,
    N_ ("Recommended for real-time"), .least = 1, .most = LIMIT (INSTANCE_TYPE_CHARS),
    .expression = INSTANCE_EXPRESSION },
  { V ("RecommendedInstanceTypes.Training"), KIND (TEXT), LEVEL (OPTIONAL), LATER,
    N_ ("Recommended for training"), .least = 1, .most = LIMIT (INSTANCE_TYPE_CHARS),
    .expression = INSTANCE_EXPRESSION },
  { V ("Restricted"), KIND (BOOL), LEVEL (OPTIONAL), PRODUCT ("RestrictDeliveryOptions"),
    N_ ("Restricted") },

  { "Offer", KIND (OBJECT), LEVEL (REQUIRED), OFFER ("UpdateInformation"), N_ ("Public offer") },
  { "Offer.Identifier", KIND (TEXT), LEVEL (OPTIONAL), OFFER (NULL), N_ ("Offer ID") },
  { "Offer.Revision", KIND (NUMBER), LEVEL (OPTIONAL), OFFER (NULL), N_ ("Revision of the offer") },
  { "Offer.Name", KIND (TEXT), LEVEL (REQUIRED), OFFER ("UpdateInformation"), N_ ("Offer name"),
    .least = 1, .most = LIMIT (OFFER_NAME_CHARS), .expression = OFFER_NAME_EXPRESSION },
  { "Offer.Description", KIND (LONG_TEXT), LEVEL (REQUIRED), OFFER ("UpdateInformation"),
    N_ ("Offer description"), .least = 1, .most = LIMIT (OFFER_DESCRIPTION_CHARS) },
  { "Offer.PricingModel", KIND (CHOICE), LEVEL (REQUIRED), OFFER ("UpdatePricingTerms"),
    N_ ("Pricing model"), .least = 1, .choices = pricing_models },
  { "Offer.CurrencyCode", KIND (CHOICE), LEVEL (OPTIONAL), OFFER ("UpdatePricingTerms"),
    N_ ("Currency"), .least = 1, .choices = currencies },
  { "Offer.RateCard", KIND (LIST), LEVEL (OPTIONAL), OFFER ("UpdatePricingTerms"), N_ ("Prices"),
    .most = LIMIT (OFFER_RATES), .identity = by_dimension },
  { "Offer.RateCard[]", KIND (OBJECT), LEVEL (OPTIONAL), OFFER ("UpdatePricingTerms"),
    N_ ("Price row") },
  { "Offer.RateCard[].DimensionKey", KIND (TEXT), LEVEL (REQUIRED), OFFER ("UpdatePricingTerms"),
    N_ ("Dimension"), .least = 1, .most = LIMIT (OFFER_DIMENSION_CHARS) },
  { "Offer.RateCard[].Price", KIND (PRICE), LEVEL (REQUIRED), OFFER ("UpdatePricingTerms"),
    N_ ("Price"), .least = 1, .expression = PRICE_EXPRESSION },
  { "Offer.FreeTrial", KIND (DURATION), LEVEL (OPTIONAL), OFFER ("UpdatePricingTerms"),
    N_ ("Free trial"), .least = 1, .expression = DURATION_EXPRESSION },
  { "Offer.Eula", KIND (OBJECT), LEVEL (REQUIRED), OFFER ("UpdateLegalTerms"),
    N_ ("Licence agreement") },
  { "Offer.Eula.Type", KIND (CHOICE), LEVEL (REQUIRED), OFFER ("UpdateLegalTerms"),
    N_ ("Kind of licence"), .least = 1, .choices = eulas },
  { "Offer.Eula.Version", KIND (TEXT), LEVEL (OPTIONAL), OFFER ("UpdateLegalTerms"),
    N_ ("Version of the standard licence") },
  { "Offer.Eula.File", KIND (FILE), LEVEL (OPTIONAL), OFFER ("UpdateLegalTerms"),
    N_ ("File of the licence") },
  { "Offer.Eula.Url", KIND (URL), LEVEL (OPTIONAL), OFFER ("UpdateLegalTerms"),
    N_ ("Address of the licence"), .most = LIMIT (OFFER_EULA_URL_CHARS),
    .expression = "^https?://" },
  { "Offer.RefundPolicy", KIND (LONG_TEXT), LEVEL (REQUIRED), OFFER ("UpdateSupportTerms"),
    N_ ("Refund policy"), .least = 1, .most = LIMIT (OFFER_REFUND_CHARS),
    .expression = REFUND_EXPRESSION },
};

const guint trestle_draft_n_fields = G_N_ELEMENTS (trestle_draft_fields);
