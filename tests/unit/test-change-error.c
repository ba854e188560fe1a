/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "domain/trestle-change-error.h"
#include "domain/trestle-change-refusal.h"
#include "unit/change-error-codes.h"
#include "unit/shared-data.h"

#define MODEL_ARN "arn:aws:sagemaker:us-east-1:444455556666:model-package/second"

static JsonNode *
draft (void)
{
  return json_from_string (
      "{'Versions':[{'Id':'v1','DeliveryOptionId':'d1','VersionTitle':'1.0',"
      " 'SageMakerAlgorithmArn':'arn:aws:sagemaker:us-east-1:444455556666:algorithm/first'},"
      " {'VersionTitle':'2.0','SageMakerModelPackageArn':'" MODEL_ARN "'}],"
      " 'Offer':{'RateCard':[{'DimensionKey':'ml.m5.large.m.i.b','Price':'1'},"
      " {'DimensionKey':'ml.m5.large.m.i.r','Price':'1'}, {'Price':7}]}}",
      NULL);
}

static JsonNode *
details (const char *change)
{
  if (g_str_equal (change, "AddDeliveryOptions"))
    return json_from_string (
        "{'Version':{'VersionTitle':'2.0'},'DeliveryOptions':[{'Details':{"
        "'SageMakerModelPackageDeliveryOptionDetails':{'SageMakerModelPackageArn':'" MODEL_ARN
        "'}}}]}",
        NULL);
  if (g_str_equal (change, "UpdateDeliveryOptions"))
    return json_from_string ("{'DeliveryOptions':[{'Id':'d1'}]}", NULL);
  if (g_str_equal (change, "RestrictDeliveryOptions"))
    return json_from_string ("{'DeliveryOptionIds':['d0','d1']}", NULL);
  return json_from_string ("{}", NULL);
}

static TrestleFinding *
only (GPtrArray *findings)
{
  g_assert_cmpuint (findings->len, ==, 1);
  return g_ptr_array_index (findings, 0);
}

static void
test_every_code (void)
{
  g_autoptr (JsonNode) root = draft ();

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (JsonNode) document = details (codes[i].change);
      g_autoptr (GPtrArray) findings = trestle_change_error_locate (
          root, codes[i].change, codes[i].entity, document, codes[i].code, "Something of AWS's.");
      TrestleFinding *finding = only (findings);

      g_test_message ("%s of %s", codes[i].code, codes[i].change);
      g_assert_cmpstr (trestle_finding_get_field (finding), ==, codes[i].field);
      g_assert_cmpstr (trestle_finding_get_code (finding), ==, codes[i].code);
      g_assert_cmpint (trestle_finding_get_severity (finding), ==, TRESTLE_SEVERITY_ERROR);
      g_assert_nonnull (
          strstr (trestle_finding_get_message (finding), " AWS says: Something of AWS's."));
      g_assert_cmpstr (trestle_finding_get_fix (finding), !=, "");
    }
}

static gboolean
is_listed (const char *change, const char *entity, const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i].code, code) && g_str_equal (codes[i].change, change)
        && g_str_equal (codes[i].entity, entity))
      return TRUE;
  return FALSE;
}

/* Every code between @from and @to has to be in the list above as one of @change. Returns: how many */
static guint
check_codes (const char *from, const char *to, const char *change, const char *entity)
{
  g_autoptr (GRegex)
      regex = g_regex_new ("\\b(?:[A-Z]+(?:_[A-Z]+)+|InvalidImageProperties)\\b", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *part = g_strndup (from, (gsize) (to - from));
  guint n = 0;

  for (g_regex_match (regex, part, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *code = g_match_info_fetch (match, 0);

      g_test_message ("%s of %s", code, change);
      g_assert_true (is_listed (change, entity, code));
      n++;
    }
  return n;
}

static const char *
find (const char *text, const char *what)
{
  const char *found = strstr (text, what);

  g_test_message ("%s", what);
  g_assert_nonnull (found);
  return found;
}

/* What the reference says of each change type, type by type: its codes have to be in the list above. */
static void
test_reference (void)
{
  static const struct
  {
    const char *begins, *change;
  } groups[] = { { "pricing —", "UpdatePricingTerms" }, { "Legal —", "UpdateLegalTerms" },
                 { "Targeting —", "UpdateTargeting" },  { "Availability —", "UpdateAvailability" },
                 { "Release —", "ReleaseOffer" },       { "### 2.3 ", NULL } };
  g_autofree char *path = dup_shared_path ("aws/seller.md");
  g_autofree char *text = NULL;
  const char *products, *offers, *from;
  guint n = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("no reference: " SHARED_MISSING);
      return;
    }
  products = find (text, "### 2.1 ");
  offers = find (products, "### 2.2 ");
  for (from = find (products, "\n#### "); from != NULL && from < offers;)
    {
      const char *name = from + strlen ("\n#### ");
      const char *next = strstr (name, "\n#### ");
      g_autofree char *change = g_strndup (name, strcspn (name, " \n"));

      n += check_codes (name, next != NULL && next < offers ? next : offers, change, PRODUCT);
      from = next;
    }
  for (gsize i = 0; groups[i].change != NULL; i++)
    {
      from = find (find (offers, "Async error codes:"), groups[i].begins);
      n += check_codes (from, find (from, groups[i + 1].begins), groups[i].change, OFFER);
    }
  g_assert_cmpuint (n, >=, 70);
  /* and none that nobody has heard of */
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    find (text, codes[i].code);
}

static void
assert_fields (const char *change,
               const char *entity,
               const char *code,
               const char *message,
               const char *expected)
{
  g_autoptr (JsonNode) root = draft ();
  g_autoptr (GPtrArray)
      findings = trestle_change_error_locate (root, change, entity, NULL, code, message);
  g_autoptr (GString) fields = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (fields, "%s%s", i > 0 ? " " : "",
                            trestle_finding_get_field (g_ptr_array_index (findings, i)));
  g_assert_cmpstr (fields->str, ==, expected);
}

static void
test_named (void)
{
  assert_fields ("UpdateInformation", PRODUCT, "INVALID_INPUT",
                 "ShortDescription has unsupported characters", "Product.ShortDescription");
  assert_fields ("UpdateInformation", PRODUCT, "MISSING_DATA",
                 "Search keywords and the support description are missing",
                 "Product.SupportDescription Product.SearchKeywords");
  assert_fields ("UpdateInformation", PRODUCT, "INVALID_MEDIA", "VideoUrls: not reachable",
                 "Product.VideoUrls");
  assert_fields ("ReleaseProduct", PRODUCT, "VALIDATION_FAILED",
                 "Missing: Versions, PromotionalResources", "Versions Product.LogoUrl");
  assert_fields ("UpdatePricingTerms", OFFER, "INVALID_RATE_CARD",
                 "ml.m5.large.m.i.r has more than 8 decimals", "Offer.RateCard[1]");
  assert_fields ("UpdatePricingTerms", OFFER, "INVALID_RATE_CARD", "ml.c5.large.m.i.r is missing",
                 "Offer.RateCard");
}

static void
test_new_codes (void)
{
  g_autoptr (GPtrArray) offer = trestle_change_error_locate (NULL, "UpdateSupportTerms", OFFER,
                                                             NULL, "NEW", "Unheard of");
  g_autoptr (GPtrArray) silent = trestle_change_error_locate (NULL, NULL, NULL, NULL, NULL, NULL);
  g_autoptr (GPtrArray) version = trestle_change_error_locate (NULL, "AddDeliveryOptions", PRODUCT,
                                                               NULL, "NEW", NULL);

  g_assert_null (trestle_change_error_find ("NEW", NULL));
  g_assert_cmpstr (trestle_finding_get_field (only (offer)), ==, "Offer.RefundPolicy");
  g_assert_cmpstr (trestle_finding_get_message (only (offer)), ==, "Unheard of");
  g_assert_cmpstr (trestle_finding_get_code (only (offer)), ==, "NEW");
  g_assert_null (trestle_finding_get_fix (only (offer)));
  g_assert_cmpstr (trestle_finding_get_field (only (silent)), ==, "Product");
  g_assert_cmpstr (trestle_finding_get_message (only (silent)), !=, "");
  g_assert_cmpstr (trestle_finding_get_field (only (version)), ==, "Versions");
}

static void
add_change (GListStore *changes, const char *type, const char *entity, JsonNode *document)
{
  g_autoptr (JsonNode) node = document;
  g_autoptr (TrestleChange) change = g_object_new (TRESTLE_TYPE_CHANGE, "change-type", type,
                                                   "entity-type", entity, "details", node, NULL);

  g_list_store_append (changes, change);
}

/* What AWS refuses at once, and where in the draft that is; NULL where it says no place. */
static const struct
{
  const char *message;
  const char *field;
} refusals[] = {
  { "ChangeSet[0].DetailsDocument: Value 'x' at 'shortDescription' failed to satisfy constraint: "
    "Member must have length less than or equal to 1000",
    "Product.ShortDescription" },
  { "ChangeSet[0].DetailsDocument: Value 'x' at 'searchKeywords.3.member' failed to satisfy",
    "Product.SearchKeywords[2]" },
  { "ChangeSet[0].DetailsDocument.Highlights[1]: too long", "Product.Highlights[1]" },
  { "ChangeSet[0].DetailsDocument: control characters are not allowed.", "Product" },
  { "1 validation error detected: Value '…' at 'changeSet.2.member.changeName' failed",
    "Versions[1]" },
  { "ChangeSet[1].DetailsDocument: Value 'x' at "
    "'deliveryOptions.1.member.details.sageMakerModelPackageDeliveryOptionDetails.inputProperties."
    "description' failed to satisfy constraint",
    "Versions[1].InputProperties.Description" },
  { "ChangeSet[1].DetailsDocument: Value null at 'version.versionTitle' failed to satisfy",
    "Versions[1].VersionTitle" },
  { "ChangeSet[2].DetailsDocument.Terms[0]: Value '7' at "
    "'rateCards.1.member.rateCard.1.member.price' failed to satisfy constraint",
    "Offer.RateCard[1].Price" },
  { "ChangeSet[2].DetailsDocument.Terms[1]: Value 'P' at 'duration' failed", "Offer.FreeTrial" },
  { "ChangeSet[3].Entity.Identifier: needs an identifier.", "Offer.Eula" },
  { "ChangeSet[9].DetailsDocument: there is no such change", NULL },
  { "ChangeSet[]: odd", NULL },
  { "changeSet.0.member", NULL },
  { "ChangeSet[99999999999999999999]: odd", NULL },
  { "ClientRequestToken: was used", NULL },
};

static void
test_refusals (void)
{
  g_autoptr (JsonNode) root = draft ();
  g_autoptr (GListStore) changes = g_list_store_new (TRESTLE_TYPE_CHANGE);

  add_change (changes, "UpdateInformation", PRODUCT, json_from_string ("{}", NULL));
  add_change (changes, "AddDeliveryOptions", PRODUCT, details ("AddDeliveryOptions"));
  add_change (
      changes, "UpdatePricingTerms", OFFER,
      json_from_string ("{'Terms':[{'Type':'UsageBasedPricingTerm','RateCards':[{'RateCard':"
                        "[{'DimensionKey':'ml.m5.large.m.i.r','Price':'7'}]}]},"
                        "{'Type':'FreeTrialPricingTerm'}]}",
                        NULL));
  add_change (changes, "UpdateLegalTerms", OFFER, json_from_string ("{}", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      guint index;
      g_autoptr (TrestleFinding) finding = trestle_change_refusal_locate (
          root, G_LIST_MODEL (changes), refusals[i].message, &index);

      g_test_message ("%s", refusals[i].message);
      g_assert_cmpint (finding != NULL, ==, refusals[i].field != NULL);
      if (finding == NULL)
        continue;
      g_assert_cmpstr (trestle_finding_get_field (finding), ==, refusals[i].field);
      g_assert_nonnull (strstr (trestle_finding_get_message (finding), refusals[i].message));
    }
}

/* Drafts come from files, details from a server: of any form. */
static void
test_odd (void)
{
  static const char *const odd[] = { "7",
                                     "[]",
                                     "'x'",
                                     "null",
                                     "{'Versions':7,'Offer':[]}",
                                     "{'Versions':[7,null,[]],'Offer':{'RateCard':[7,[],null]},"
                                     "'DeliveryOptions':[null],'DeliveryOptionIds':7}" };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (odd[i], NULL);

      g_assert_nonnull (node);
      for (gsize j = 0; j < G_N_ELEMENTS (codes); j++)
        {
          g_autoptr (GPtrArray) findings = trestle_change_error_locate (
              node, codes[j].change, codes[j].entity, node, codes[j].code, "ml.m5.large.m.i.r");

          g_assert_cmpuint (findings->len, >, 0);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change-error/every-code", test_every_code);
  g_test_add_func ("/change-error/reference", test_reference);
  g_test_add_func ("/change-error/named", test_named);
  g_test_add_func ("/change-error/new-codes", test_new_codes);
  g_test_add_func ("/change-error/refusals", test_refusals);
  g_test_add_func ("/change-error/odd", test_odd);
  return g_test_run ();
}
