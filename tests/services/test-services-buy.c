/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services-fixture.h"

#include "domain/trestle-charge.h"
#include "domain/trestle-quote.h"
#include "domain/trestle-term.h"
#include "services/trestle-agreement-service.h"
#include "services/trestle-discovery-service.h"
#include "services/trestle-offer-service.h"
#include "services/trestle-package-service.h"

static TrestleListing *
find (const char *words, const char *slug)
{
  g_autoptr (GListModel)
      found = await_object (trestle_discovery_service_search (client, words, NULL, NULL, NULL));

  for (guint i = 0; i < count (found); i++)
    {
      g_autoptr (TrestleListing) listing = g_list_model_get_item (found, i);

      if (g_strcmp0 (trestle_listing_get_slug (listing), slug) == 0)
        return g_steal_pointer (&listing);
    }
  g_assert_not_reached ();
}

static TrestleOffer *
read_offer (TrestleListing *listing)
{
  g_autoptr (GListModel) options = await_object (
      trestle_offer_service_list (client, trestle_listing_get_product_id (listing)));
  g_autoptr (TrestleOffer) option = g_list_model_get_item (options, 0);

  return await_object (trestle_offer_service_get (client, trestle_offer_get_id (option)));
}

static TrestleQuote *
ask (TrestleOffer *offer, const char *token)
{
  g_autoptr (GListModel)
      terms = await_object (trestle_offer_service_terms (client, trestle_offer_get_id (offer)));

  return await_object (trestle_agreement_service_request (client, offer, terms, token));
}

static TrestleAgreement *
wait_provisioned (TrestleAgreement *agreement)
{
  for (;;)
    {
      g_autoptr (TrestleAgreement)
          entitled = await_object (trestle_agreement_service_entitlement (client, agreement));

      if (g_str_equal (trestle_agreement_get_entitlement_status (entitled), "PROVISIONED"))
        return g_steal_pointer (&entitled);
      dex_await (dex_timeout_new_msec (20), NULL);
    }
}

static DexFuture *
test_subscribe_fiber (gpointer data)
{
  g_autoptr (TrestleListing) listing = find ("petal", "petal-tutor");
  const char *product = trestle_listing_get_product_id (listing);
  g_autoptr (TrestleOffer) offer = read_offer (listing);
  g_autoptr (TrestleQuote) quote = ask (offer, "token-1");
  g_autoptr (TrestleQuote) same = ask (offer, "token-1");
  g_autoptr (GListModel)
      none = await_object (trestle_agreement_service_search (client, product, "ACTIVE"));
  g_autofree char *id = NULL;
  g_autoptr (TrestleAgreement) agreement = NULL;
  g_autoptr (TrestleAgreement) entitled = NULL;
  g_autoptr (TrestleAgreement) cancelled = NULL;
  g_autoptr (GListModel) active = NULL;
  g_autoptr (GListModel) all = NULL;
  g_autoptr (GListModel) terms = NULL;
  g_autofree char *done = NULL;

  g_assert_true (g_str_has_prefix (trestle_quote_get_request_id (quote), "ar-"));
  g_assert_cmpstr (trestle_quote_get_request_id (quote), ==, trestle_quote_get_request_id (same));
  g_assert_true (trestle_quote_get_offer (quote) == offer);
  g_assert_true (trestle_money_is_zero (trestle_quote_get_total (quote)));
  g_assert_cmpuint (count (none), ==, 0);

  id = await_string (
      trestle_agreement_service_accept (client, trestle_quote_get_request_id (quote)));
  g_assert_true (g_str_has_prefix (id, "agmt-"));
  agreement = await_object (trestle_agreement_service_describe (client, id));
  g_assert_cmpstr (trestle_agreement_get_status (agreement), ==, "ACTIVE");
  g_assert_cmpstr (trestle_agreement_get_product_id (agreement), ==, product);
  g_assert_cmpint (trestle_agreement_get_accepted (agreement), >, 0);
  entitled = wait_provisioned (agreement);
  g_assert_cmpstr (trestle_agreement_get_id (entitled), ==, id);

  active = await_object (trestle_agreement_service_search (client, product, "ACTIVE"));
  g_assert_cmpuint (count (active), ==, 1);
  terms = await_object (trestle_agreement_service_terms (client, id));
  g_assert_cmpuint (count (terms), >=, 4);

  done = await_string (trestle_agreement_service_cancel (client, id));
  cancelled = await_object (trestle_agreement_service_describe (client, id));
  g_assert_cmpstr (trestle_agreement_get_status (cancelled), ==, "CANCELLED");
  all = await_object (trestle_agreement_service_search (client, NULL, NULL));
  g_assert_cmpuint (count (all), >=, 1);
  return dex_future_new_true ();
}

static DexFuture *
test_refusals_fiber (gpointer data)
{
  g_autoptr (TrestleListing) listing = find ("petal", "petal-tutor");
  g_autoptr (TrestleOffer) offer = read_offer (listing);
  g_autoptr (GListStore) no_terms = g_list_store_new (TRESTLE_TYPE_TERM);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleQuote) quote = NULL;
  g_autofree char *id = NULL;

  quote = dex_await_object (
      trestle_agreement_service_request (client, offer, G_LIST_MODEL (no_terms), NULL), &error);
  g_assert_null (quote);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_VALIDATION);
  g_clear_error (&error);
  id = dex_await_string (trestle_agreement_service_accept (client, "ar-nosuchrequest"), &error);
  g_assert_null (id);
  g_assert_error (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND);
  return dex_future_new_true ();
}

static DexFuture *
test_package_refused_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePackage) package = dex_await_object (
      trestle_package_service_describe (client,
                                        "arn:aws:sagemaker:us-east-1:865070037744:model-package/"
                                        "nothing-00000000000000000000000000000000"),
      &error);

  g_assert_null (package);
  g_assert_nonnull (error);
  g_assert_true (error->domain == TRESTLE_AWS_ERROR);
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  services_fixture_start ();
  trestle_test_fiber ("/services/agreement/subscribe", test_subscribe_fiber);
  trestle_test_fiber ("/services/agreement/refusals", test_refusals_fiber);
  trestle_test_fiber ("/services/package/refused", test_package_refused_fiber);
  status = g_test_run ();
  services_fixture_end ();
  return status;
}
