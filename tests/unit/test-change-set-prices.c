/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-package.h"
#include "unit/change-set-checks.h"

/* Several new versions in one draft: which prices go with which. */

static TrestlePackage *
package_for (const char *const *realtime)
{
  const char *const batch[] = { "ml.m5.large", NULL };

  return g_object_new (TRESTLE_TYPE_PACKAGE, "kind", TRESTLE_PRODUCT_KIND_MODEL, "realtime-types",
                       realtime, "transform-types", batch, NULL);
}

#define PACKAGE_ARN(name) "arn:aws:sagemaker:us-east-1:" SAMPLE_ACCOUNT ":model-package/" name

/* Two versions that bring an instance type each: a request has one of them, and its prices. */
static void
test_prices_with_their_version (void)
{
  static const char *const first[] = { "ml.m5.large", "ml.c5.large", NULL };
  static const char *const second[] = { "ml.c5.large", "ml.g5.xlarge", NULL };
  g_autoptr (GHashTable)
      packages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  const TrestleChangeSetOptions options = { .packages = packages };
  g_autoptr (TrestleDraft) base = sample_published ();
  g_autoptr (TrestleDraft) draft = sample_published ();
  g_autoptr (JsonNode) version = trestle_draft_dup_node (trestle_draft_get (base, "Versions[0]"));
  g_autoptr (TrestleChangeSet) now = NULL, next = NULL, blind = NULL;
  g_autofree char *later = NULL;

  for (guint i = 1; i < 3; i++)
    {
      g_autofree char *title = g_strdup_printf ("Versions[%u].VersionTitle", i);
      g_autofree char *arn = g_strdup_printf ("Versions[%u].SageMakerModelPackageArn", i);
      g_autofree char *id = g_strdup_printf ("Versions[%u].Id", i);

      trestle_draft_insert (draft, "Versions", i, trestle_draft_dup_node (version));
      trestle_draft_set_text (draft, title, i == 1 ? "2.0" : "3.0");
      trestle_draft_set_text (draft, arn, i == 1 ? PACKAGE_ARN ("two") : PACKAGE_ARN ("three"));
      trestle_draft_set (draft, id, NULL);
    }
  sample_set (draft, "Offer.RateCard[2]", "{'DimensionKey':'ml.g5.xlarge.m.i.r','Price':'3'}");
  sample_set (draft, "Offer.RateCard[3]", "{'DimensionKey':'ml.c5.large.m.i.r','Price':'2'}");

  /* what brings what is not known */
  blind = trestle_change_set_build (draft, base, &options);
  assert_words (blind, "UpdatePricingTerms",
                "Set the price of ml.g5.xlarge real-time to $3.00/h\n"
                "Set the price of ml.c5.large real-time to $2.00/h");

  g_hash_table_insert (packages, (gpointer) PACKAGE_ARN ("two"), package_for (first));
  g_hash_table_insert (packages, (gpointer) PACKAGE_ARN ("three"), package_for (second));
  now = trestle_change_set_build (draft, base, &options);
  assert_types (now, "AddDeliveryOptions [UpdatePricingTerms]");
  assert_words (now, "AddDeliveryOptions", "Add version “2.0” from two");
  assert_words (now, "UpdatePricingTerms", "Set the price of ml.c5.large real-time to $2.00/h");
  assert_details (
      now, "UpdatePricingTerms",
      "{'PricingModel':'Usage','Terms':[{'Type':'UsageBasedPricingTerm','CurrencyCode':'USD',"
      "'RateCards':[{'RateCard':[{'DimensionKey':'ml.m5.large.m.i.r','Price':'1.50'},"
      "{'DimensionKey':'ml.m5.large.m.i.b','Price':'1.50'},"
      "{'DimensionKey':'ml.c5.large.m.i.r','Price':'2'}]}]},"
      "{'Type':'FreeTrialPricingTerm','Duration':'P14D','Grants':["
      "{'DimensionKey':'ml.m5.large.m.i.r'},{'DimensionKey':'ml.m5.large.m.i.b'},"
      "{'DimensionKey':'ml.c5.large.m.i.r'}]}]}");
  later = g_strjoinv ("\n", (char **) trestle_change_set_get_later (now));
  g_assert_cmpstr (later, ==,
                   "Add version “3.0”\nSet the price of ml.g5.xlarge real-time to $3.00/h");

  /* once the first is there, the second goes with its own */
  trestle_draft_set_text (draft, "Versions[1].Id", "v2");
  trestle_draft_insert (base, "Versions", 1,
                        trestle_draft_dup_node (trestle_draft_get (draft, "Versions[1]")));
  sample_set (base, "Offer.RateCard[2]", "{'DimensionKey':'ml.c5.large.m.i.r','Price':'2'}");
  next = trestle_change_set_build (draft, base, &options);
  assert_types (next, "AddDeliveryOptions [UpdatePricingTerms]");
  assert_words (next, "AddDeliveryOptions", "Add version “3.0” from three");
  assert_words (next, "UpdatePricingTerms", "Set the price of ml.g5.xlarge real-time to $3.00/h");
  g_assert_cmpuint (g_strv_length ((char **) trestle_change_set_get_later (next)), ==, 0);
}

/* The same of a listing that AWS does not have yet. */
static void
test_new_with_two_versions (void)
{
  static const char *const first[] = { "ml.m5.large", NULL };
  static const char *const second[] = { "ml.g5.xlarge", NULL };
  g_autoptr (GHashTable)
      packages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  const TrestleChangeSetOptions options = { .packages = packages };
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleChangeSet) set = NULL;
  g_autofree char *later = NULL;

  trestle_draft_insert (draft, "Versions", 1,
                        trestle_draft_dup_node (trestle_draft_get (draft, "Versions[0]")));
  trestle_draft_set_text (draft, "Versions[1].VersionTitle", "2.0");
  trestle_draft_set_text (draft, "Versions[1].SageMakerModelPackageArn", PACKAGE_ARN ("two"));
  sample_set (draft, "Offer.RateCard[2]", "{'DimensionKey':'ml.g5.xlarge.m.i.r','Price':'3'}");
  g_hash_table_insert (packages, (gpointer) SAMPLE_ARN, package_for (first));
  g_hash_table_insert (packages, (gpointer) PACKAGE_ARN ("two"), package_for (second));
  set = trestle_change_set_build (draft, NULL, &options);
  assert_types (set, NEW);
  assert_words (set, "UpdatePricingTerms",
                "Set the price of ml.m5.large real-time to $1.50/h\n"
                "Set the price of ml.m5.large batch to $1.50/h\nGive a free trial of 14 days");
  later = g_strjoinv ("\n", (char **) trestle_change_set_get_later (set));
  g_assert_cmpstr (later, ==,
                   "Add version “2.0”\nSet the price of ml.g5.xlarge real-time to $3.00/h");
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  model = load_service_model ("marketplace-catalog.json");
  g_test_add_func ("/change-set/prices/with-their-version", test_prices_with_their_version);
  g_test_add_func ("/change-set/prices/new-listing", test_new_with_two_versions);
  result = g_test_run ();
  g_clear_pointer (&model, json_object_unref);
  return result;
}
