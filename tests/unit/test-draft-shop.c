/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-draft-shop.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-resource.h"
#include "domain/trestle-term.h"
#include "domain/trestle-version.h"

#include "draft-sample.h"

static TrestleTerm *
find_term (TrestleOffer *offer, TrestleTermKind kind)
{
  GListModel *terms = trestle_offer_get_terms (offer);

  for (guint i = 0; i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      if (trestle_term_get_kind (term) == kind)
        return term; /* the offer keeps it */
    }
  return NULL;
}

static void
test_listing (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleListing) listing = NULL;
  g_autoptr (TrestleResource) support = NULL;
  g_autoptr (TrestleResource) guide = NULL;

  /* one that was just added, and holds nothing yet */
  g_assert_true (trestle_draft_insert (draft, "Product.Highlights", 1,
                                       json_node_init_string (json_node_alloc (), "")));
  listing = trestle_draft_shop_listing (draft, "Practice Seller", "file:///tmp/logo.png");
  g_assert_cmpstr (trestle_listing_get_title (listing), ==, "Petal Sorter");
  g_assert_cmpstr (trestle_listing_get_publisher (listing), ==, "Practice Seller");
  g_assert_cmpstr (trestle_listing_get_logo_url (listing), ==, "file:///tmp/logo.png");
  g_assert_cmpuint (g_strv_length ((char **) trestle_listing_get_highlights (listing)), ==, 3);
  g_assert_cmpstr (trestle_listing_get_highlights (listing)[1], ==, "Small");
  g_assert_cmpint (trestle_listing_get_kind (listing), ==, TRESTLE_PRODUCT_KIND_MODEL);
  g_assert_null (trestle_listing_get_product_id (listing));
  g_assert_cmpuint (g_list_model_get_n_items (trestle_listing_get_media (listing)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (trestle_listing_get_resources (listing)), ==, 2);
  support = g_list_model_get_item (trestle_listing_get_resources (listing), 0);
  guide = g_list_model_get_item (trestle_listing_get_resources (listing), 1);
  g_assert_cmpstr (trestle_resource_get_value (support), ==, "Write to help@example.com.");
  g_assert_cmpstr (trestle_resource_get_display_name (guide), ==, "Guide");
}

static void
test_versions (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (GListModel) versions = NULL;
  g_autoptr (TrestleVersion) newest = NULL;

  trestle_draft_set_text (draft, "Versions[1].VersionTitle", "2.0");
  trestle_draft_set_text (draft, "Versions[1].SageMakerAlgorithmArn", SAMPLE_ALGORITHM_ARN);
  trestle_draft_set_text (draft, "Versions[2].VersionTitle", "2.1");
  trestle_draft_set_bool (draft, "Versions[2].Restricted", TRUE);
  versions = trestle_draft_shop_versions (draft);
  g_assert_cmpuint (g_list_model_get_n_items (versions), ==, 2);
  newest = g_list_model_get_item (versions, 0);
  g_assert_cmpstr (trestle_version_get_title (newest), ==, "2.0");
  g_assert_cmpint (trestle_version_get_kind (newest), ==, TRESTLE_PRODUCT_KIND_ALGORITHM);
}

/* What goes in and out is part of the one text that buyers read. */
static void
test_usage (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (GListModel) versions = trestle_draft_shop_versions (draft);
  g_autoptr (TrestleVersion) version = g_list_model_get_item (versions, 0);

  g_assert_cmpstr (trestle_version_get_usage_instructions (version), ==,
                   "Send rows of four numbers.\n\n"
                   "Input\n"
                   "text/csv with four numbers a row\n"
                   "At most 1000 rows.\n"
                   "- sepal length (required): In centimetres; 0-100\n"
                   "- top_k: How many answers; 1-3\n\n\n"
                   "Output\n"
                   "application/json with a label a row\n"
                   "- label: The species\n");
}

static void
test_offer (void)
{
  g_autoptr (TrestleDraft) draft = sample_draft ();
  g_autoptr (TrestleOffer) offer = NULL;
  g_autoptr (TrestleRate) rate = NULL;
  g_autofree char *price = NULL;
  TrestleTerm *usage;

  trestle_draft_set (draft, "Offer.RateCard", NULL);
  trestle_draft_set_text (draft, "Offer.RateCard[0].DimensionKey", "ml.m5.large.m.i.r");
  trestle_draft_set_text (draft, "Offer.RateCard[0].Price", "0.25");
  trestle_draft_set_text (draft, "Offer.RateCard[1].DimensionKey", "ml.m5.large.m.i.b");
  trestle_draft_set_text (draft, "Offer.RateCard[1].Price", "a lot");
  trestle_draft_set_text (draft, "Offer.FreeTrial", "P14D");
  trestle_draft_set_text (draft, "Offer.RefundPolicy", "None.");
  offer = trestle_draft_shop_offer (draft);
  usage = find_term (offer, TRESTLE_TERM_KIND_USAGE);
  g_assert_nonnull (usage);
  /* what is no price is left out */
  g_assert_cmpuint (g_list_model_get_n_items (trestle_term_get_rates (usage)), ==, 1);
  rate = g_list_model_get_item (trestle_term_get_rates (usage), 0);
  g_assert_cmpint (trestle_rate_get_mode (rate), ==, TRESTLE_USAGE_MODE_REALTIME);
  g_assert_cmpstr (trestle_rate_get_instance_type (rate), ==, "ml.m5.large");
  price = trestle_money_to_string (trestle_rate_get_price (rate));
  g_assert_cmpstr (price, ==, "0.25");
  g_assert_cmpint (trestle_term_get_trial_days (find_term (offer, TRESTLE_TERM_KIND_TRIAL)), ==,
                   14);
  g_assert_cmpstr (trestle_term_get_refund_policy (find_term (offer, TRESTLE_TERM_KIND_SUPPORT)),
                   ==, "None.");
}

/* A draft may have any form; what is not of the right one is not there. */
static void
test_odd (void)
{
  static const char *const odd[] = { "{}", "[]", "{'Product':[1],'Versions':{'a':1},'Offer':'x'}",
                                     "{'Product':{'Highlights':[1,{}],'VideoUrls':'x'},"
                                     "'Versions':[1,null],'Offer':{'RateCard':[3,{'Price':7}],"
                                     "'FreeTrial':'P1Y','Eula':{'Url':'x'}}}" };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (JsonNode) root = json_from_string (odd[i], NULL);
      g_autoptr (TrestleDraft) draft = trestle_draft_new_from_node (root);
      g_autoptr (TrestleListing) listing = trestle_draft_shop_listing (draft, NULL, NULL);
      g_autoptr (GListModel) versions = trestle_draft_shop_versions (draft);
      g_autoptr (TrestleOffer) offer = trestle_draft_shop_offer (draft);

      g_assert_cmpstr (trestle_listing_get_title (listing), ==, "");
      g_assert_nonnull (versions);
      g_assert_null (find_term (offer, TRESTLE_TERM_KIND_LEGAL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-shop/listing", test_listing);
  g_test_add_func ("/draft-shop/versions", test_versions);
  g_test_add_func ("/draft-shop/usage", test_usage);
  g_test_add_func ("/draft-shop/offer", test_offer);
  g_test_add_func ("/draft-shop/odd", test_odd);
  return g_test_run ();
}
