/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-fixture.h"

#include "domain/trestle-facet.h"
#include "domain/trestle-identity.h"
#include "domain/trestle-instance-price.h"
#include "domain/trestle-quota.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-resource.h"
#include "domain/trestle-role.h"
#include "domain/trestle-term.h"
#include "domain/trestle-version.h"
#include "services/trestle-discovery-service.h"
#include "services/trestle-iam-service.h"
#include "services/trestle-offer-service.h"
#include "services/trestle-pricing-service.h"
#include "services/trestle-quotas-service.h"
#include "services/trestle-sts-service.h"

static TrestleListing *
find (const char *slug)
{
  g_autoptr (GListModel)
      found = await_object (trestle_discovery_service_search (client, NULL, NULL, NULL, NULL));

  for (guint i = 0; i < count (found); i++)
    {
      g_autoptr (TrestleListing) listing = g_list_model_get_item (found, i);

      if (g_strcmp0 (trestle_listing_get_slug (listing), slug) == 0)
        return g_steal_pointer (&listing);
    }
  g_assert_not_reached ();
}

static DexFuture *
test_identify_fiber (gpointer data)
{
  g_autoptr (TrestleIdentity) identity = await_object (trestle_sts_service_identify (client));

  g_assert_cmpstr (trestle_identity_get_account (identity), ==, "111122223333");
  g_assert_true (
      g_str_has_prefix (trestle_identity_get_arn (identity), "arn:aws:iam::111122223333:"));
  g_assert_cmpstr (trestle_identity_get_name (identity), ==, "buyer");
  return dex_future_new_true ();
}

static gboolean
count_pages (GListModel *items, gpointer data)
{
  *(guint *) data += count (items);
  return TRUE;
}

static DexFuture *
test_search_fiber (gpointer data)
{
  guint seen = 0;
  g_autoptr (GListModel) all = await_object (
      trestle_discovery_service_search (client, NULL, count_pages, &seen, NULL));
  g_autoptr (GListModel)
      some = await_object (trestle_discovery_service_search (client, "iris", NULL, NULL, NULL));

  g_assert_cmpuint (count (all), >=, 60);
  g_assert_cmpuint (seen, ==, count (all));
  g_assert_cmpuint (count (some), >, 0);
  g_assert_cmpuint (count (some), <, count (all));
  for (guint i = 0; i < count (all); i++)
    {
      g_autoptr (TrestleListing) listing = g_list_model_get_item (all, i);

      g_assert_true (g_str_has_prefix (trestle_listing_get_id (listing), "prodview-"));
      g_assert_true (g_str_has_prefix (trestle_listing_get_product_id (listing), "prod-"));
      g_assert_nonnull (trestle_listing_get_title (listing));
      g_assert_nonnull (trestle_listing_get_publisher (listing));
      g_assert_nonnull (trestle_listing_get_categories (listing)[0]);
      g_assert_cmpint (trestle_listing_get_pricing (listing), !=, TRESTLE_PRICING_KIND_UNKNOWN);
      g_assert_false (trestle_listing_get_detailed (listing));
    }
  return dex_future_new_true ();
}

static DexFuture *
test_facets_fiber (gpointer data)
{
  g_autoptr (GListModel) facets = await_object (trestle_discovery_service_facets (client, NULL));
  guint categories = 0, children = 0;

  for (guint i = 0; i < count (facets); i++)
    {
      g_autoptr (TrestleFacet) facet = g_list_model_get_item (facets, i);

      g_assert_cmpint (trestle_facet_get_count (facet), >, 0);
      if (!g_str_equal (trestle_facet_get_group (facet), "CATEGORY"))
        continue;
      categories++;
      children += trestle_facet_get_parent (facet) != NULL;
    }
  g_assert_cmpuint (categories, >, 3);
  g_assert_cmpuint (children, >, 0);
  g_assert_cmpuint (children, <, categories);
  return dex_future_new_true ();
}

static DexFuture *
test_listing_fiber (gpointer data)
{
  g_autoptr (TrestleListing) summary = find ("iris-classifier");
  g_autoptr (TrestleListing) listing = await_object (
      trestle_discovery_service_get_listing (client, trestle_listing_get_id (summary)));
  g_autoptr (TrestleListing) product = await_object (
      trestle_discovery_service_get_product (client, trestle_listing_get_product_id (summary)));
  g_autoptr (TrestleListing) trainer = find ("iris-trainer");

  g_assert_true (trestle_listing_get_detailed (listing));
  g_assert_cmpstr (trestle_listing_get_title (listing), ==, "Iris Classifier");
  g_assert_cmpint (trestle_listing_get_kind (listing), ==, TRESTLE_PRODUCT_KIND_MODEL);
  g_assert_cmpint (trestle_listing_get_pricing (listing), ==, TRESTLE_PRICING_KIND_FREE);
  g_assert_cmpfloat_with_epsilon (trestle_listing_get_rating (listing), 4.9, 0.001);
  g_assert_cmpint (trestle_listing_get_rating_count (listing), ==, 42);
  g_assert_nonnull (trestle_listing_get_long_description (listing));
  g_assert_cmpuint (g_strv_length ((char **) trestle_listing_get_highlights (listing)), ==, 3);
  g_assert_true (g_str_has_prefix (trestle_listing_get_offer_id (listing), "offer-"));
  g_assert_cmpuint (count (trestle_listing_get_resources (listing)), >, 0);
  g_assert_cmpstr (trestle_listing_get_title (product), ==, "Iris Classifier");
  g_assert_null (trestle_listing_get_id (product));
  g_assert_cmpint (trestle_listing_get_kind (trainer), ==, TRESTLE_PRODUCT_KIND_ALGORITHM);
  return dex_future_new_true ();
}

static DexFuture *
test_missing_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleListing) listing = dex_await_object (
      trestle_discovery_service_get_listing (client, "prodview-nosuchlisting"), &error);

  g_assert_null (listing);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND);
  g_assert_cmpstr (trestle_aws_error_details (error)->code, ==, "ResourceNotFoundException");
  g_assert_nonnull (trestle_aws_error_details (error)->request_id);
  return dex_future_new_true ();
}

static DexFuture *
test_versions_fiber (gpointer data)
{
  g_autoptr (TrestleListing) listing = find ("iris-classifier");
  g_autoptr (GListModel) versions = await_object (
      trestle_discovery_service_versions (client, trestle_listing_get_product_id (listing)));
  g_autoptr (TrestleVersion) first = g_list_model_get_item (versions, 0);

  g_assert_cmpuint (count (versions), ==, 3);
  g_assert_cmpstr (trestle_version_get_title (first), ==, "1.2");
  g_assert_cmpstr (trestle_version_get_recommended_realtime (first), ==, "ml.t2.medium");
  g_assert_nonnull (strstr (trestle_version_get_usage_instructions (first), "iris-4.csv"));
  g_assert_cmpstr (trestle_version_get_product_id (first), ==,
                   trestle_listing_get_product_id (listing));
  return dex_future_new_true ();
}

static TrestleTerm *
find_term (GListModel *terms, TrestleTermKind kind)
{
  for (guint i = 0; i < count (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      if (trestle_term_get_kind (term) == kind)
        return g_steal_pointer (&term);
    }
  return NULL;
}

static DexFuture *
test_offers_fiber (gpointer data)
{
  g_autoptr (TrestleListing) summary = find ("petal-tutor");
  g_autoptr (GListModel) options = await_object (
      trestle_offer_service_list (client, trestle_listing_get_product_id (summary)));
  g_autoptr (TrestleOffer) option = g_list_model_get_item (options, 0);
  g_autoptr (TrestleOffer)
      offer = await_object (trestle_offer_service_get (client, trestle_offer_get_id (option)));
  g_autoptr (GListModel)
      terms = await_object (trestle_offer_service_terms (client, trestle_offer_get_id (option)));
  g_autoptr (TrestleTerm) usage = find_term (terms, TRESTLE_TERM_KIND_USAGE);
  g_autoptr (TrestleTerm) legal = find_term (terms, TRESTLE_TERM_KIND_LEGAL);
  g_autoptr (TrestleTerm) support = find_term (terms, TRESTLE_TERM_KIND_SUPPORT);
  g_autoptr (TrestleTerm) validity = find_term (terms, TRESTLE_TERM_KIND_VALIDITY);
  g_autoptr (TrestleRate) rate = NULL;
  g_autofree char *price = NULL;

  g_assert_cmpint (trestle_offer_get_pricing (offer), ==, TRESTLE_PRICING_KIND_USAGE);
  g_assert_nonnull (trestle_offer_get_proposal_id (offer));
  g_assert_nonnull (usage);
  g_assert_nonnull (support);
  g_assert_nonnull (validity);
  g_assert_cmpuint (g_strv_length ((char **) trestle_term_get_document_urls (legal)), ==, 1);
  rate = g_list_model_get_item (trestle_term_get_rates (usage), 0);
  g_assert_cmpint (trestle_rate_get_mode (rate), ==, TRESTLE_USAGE_MODE_REALTIME);
  g_assert_true (g_str_has_prefix (trestle_rate_get_instance_type (rate), "ml."));
  price = trestle_money_to_string (trestle_rate_get_price (rate));
  g_assert_cmpstr (price, ==, "0.05");
  return dex_future_new_true ();
}

/* Every offer of the catalogue can be read, whatever its terms. */
static DexFuture *
test_all_terms_fiber (gpointer data)
{
  g_autoptr (GListModel)
      all = await_object (trestle_discovery_service_search (client, NULL, NULL, NULL, NULL));
  guint trials = 0, upfront = 0;

  for (guint i = 0; i < count (all); i++)
    {
      g_autoptr (TrestleListing) listing = g_list_model_get_item (all, i);
      g_autoptr (GListModel) options = await_object (
          trestle_offer_service_list (client, trestle_listing_get_product_id (listing)));
      g_autoptr (TrestleOffer) option = g_list_model_get_item (options, 0);
      g_autoptr (GListModel) terms = await_object (
          trestle_offer_service_terms (client, trestle_offer_get_id (option)));
      g_autoptr (TrestleTerm) trial = find_term (terms, TRESTLE_TERM_KIND_TRIAL);
      g_autoptr (TrestleTerm) fixed = find_term (terms, TRESTLE_TERM_KIND_FIXED_UPFRONT);

      if (trial != NULL)
        {
          g_assert_cmpint (trestle_term_get_trial_days (trial), >=, 5);
          g_assert_cmpuint (count (trestle_term_get_rates (trial)), >, 0);
          trials++;
        }
      if (fixed != NULL)
        {
          g_assert_nonnull (trestle_term_get_price (fixed));
          upfront++;
        }
    }
  g_assert_cmpuint (trials, >, 0);
  g_assert_cmpuint (upfront, >, 0);
  return dex_future_new_true ();
}

static DexFuture *
test_roles_fiber (gpointer data)
{
  g_autoptr (GListModel) roles = await_object (trestle_iam_service_list_roles (client));
  g_autoptr (TrestleRole)
      one = await_object (trestle_iam_service_get_role (client, "trestle-practice-execution"));
  guint trusting = 0;

  for (guint i = 0; i < count (roles); i++)
    {
      g_autoptr (TrestleRole) role = g_list_model_get_item (roles, i);

      trusting += trestle_role_get_trusts_sagemaker (role);
    }
  g_assert_cmpuint (trusting, >, 0);
  g_assert_cmpuint (trusting, <, count (roles));
  g_assert_true (trestle_role_get_trusts_sagemaker (one));
  g_assert_cmpstr (trestle_role_get_arn (one), ==,
                   "arn:aws:iam::111122223333:role/trestle-practice-execution");
  return dex_future_new_true ();
}

static void
test_trust (void)
{
  static const struct
  {
    const char *document;
    gboolean trusts;
    gboolean trusts_marketplace;
  } cases[] = {
    { "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"sagemaker.amazonaws.com\"},"
      "\"Action\":\"sts:AssumeRole\"}]}",
      TRUE },
    { "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\"ec2.amazonaws.com\","
      "\"sagemaker.amazonaws.com\"]},\"Action\":[\"sts:TagSession\",\"sts:AssumeRole\"]}}",
      TRUE },
    { "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22"
      "%3A%22sagemaker.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D",
      TRUE },
    { "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"Service\":\"sagemaker.amazonaws.com\"},"
      "\"Action\":\"sts:AssumeRole\"}]}",
      FALSE },
    { "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},"
      "\"Action\":\"sts:AssumeRole\"}]}",
      FALSE },
    { "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},"
      "\"Action\":\"sts:AssumeRole\"}]}",
      FALSE },
    { "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
      "[\"111122223333\",\"arn:aws:iam::452565589796:root\"]},\"Action\":\"sts:AssumeRole\"}]}",
      FALSE, TRUE },
    { "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"452565589796\"},"
      "\"Action\":\"sts:AssumeRole\"}]}",
      FALSE, TRUE },
    { "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:*\"}]}", TRUE,
      TRUE },
    { "{\"Statement\":[\"text\",17]}", FALSE },
    { "not json", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (trestle_iam_trusts_sagemaker (cases[i].document), ==, cases[i].trusts);
      g_assert_cmpint (trestle_iam_trusts_marketplace (cases[i].document), ==,
                       cases[i].trusts_marketplace);
    }
}

static DexFuture *
test_prices_fiber (gpointer data)
{
  g_autoptr (GListModel)
      prices = await_object (trestle_pricing_service_list (client, "us-east-1", "Hosting"));
  gboolean found = FALSE;

  for (guint i = 0; i < count (prices); i++)
    {
      g_autoptr (TrestleInstancePrice) price = g_list_model_get_item (prices, i);

      g_assert_cmpstr (trestle_instance_price_get_component (price), ==, "Hosting");
      g_assert_nonnull (trestle_instance_price_get_hourly (price));
      found |= g_str_equal (trestle_instance_price_get_instance_type (price), "ml.m5.large");
    }
  g_assert_true (found);
  return dex_future_new_true ();
}

static DexFuture *
test_quotas_fiber (gpointer data)
{
  g_autoptr (GListModel) quotas = await_object (trestle_quotas_service_list (client));
  gboolean found = FALSE;

  for (guint i = 0; i < count (quotas); i++)
    {
      g_autoptr (TrestleQuota) quota = g_list_model_get_item (quotas, i);

      if (g_str_equal (trestle_quota_get_name (quota), "ml.m5.large for endpoint usage"))
        {
          g_assert_cmpfloat (trestle_quota_get_value (quota), >, 0);
          found = TRUE;
        }
    }
  g_assert_true (found);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  services_fixture_start ();
  trestle_test_fiber ("/services/sts/identify", test_identify_fiber);
  trestle_test_fiber ("/services/discovery/search", test_search_fiber);
  trestle_test_fiber ("/services/discovery/facets", test_facets_fiber);
  trestle_test_fiber ("/services/discovery/listing", test_listing_fiber);
  trestle_test_fiber ("/services/discovery/missing", test_missing_fiber);
  trestle_test_fiber ("/services/discovery/versions", test_versions_fiber);
  trestle_test_fiber ("/services/offer/one", test_offers_fiber);
  trestle_test_fiber ("/services/offer/all", test_all_terms_fiber);
  trestle_test_fiber ("/services/iam/roles", test_roles_fiber);
  g_test_add_func ("/services/iam/trust", test_trust);
  trestle_test_fiber ("/services/pricing/list", test_prices_fiber);
  trestle_test_fiber ("/services/quotas/list", test_quotas_fiber);
  status = g_test_run ();
  services_fixture_end ();
  return status;
}
