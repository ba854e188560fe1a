/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-private-offer.h"
#include "unit/change-set-shapes.h"
#include "unit/shared-data.h"

static JsonObject *model; /* NULL where the reference is missing */

#define NOW ((gint64) 1795824000 * G_USEC_PER_SEC) /* 2026-11-28 */

static const char public_offer[] =
    "{'Id':'offer-k7d2m4x9q1w8z','State':'Released','Name':'Public','Description':'By the hour',"
    "'ProductId':'prod-5qk2w7x9v3tdm','Terms':["
    "{'Type':'UsageBasedPricingTerm','CurrencyCode':'USD','RateCards':[{'RateCard':["
    "{'DimensionKey':'ml.m5.large.m.i.r','Price':'0.95'},"
    "{'DimensionKey':'ml.m5.large.m.i.b','Price':'1.10000001'}]}]},"
    "{'Type':'FreeTrialPricingTerm','Duration':'P14D','Grants':[]},"
    "{'Type':'LegalTerm','Documents':[{'Type':'CustomEula',"
    "'Url':'https://example.s3.amazonaws.com/eula.txt?X-Amz-Signature=abc'}]},"
    "{'Type':'ValidityTerm','AgreementDuration':'P12M'},"
    "{'Type':'SupportTerm','RefundPolicy':'None after 48 hours.'}],"
    "'Rules':[{'Type':'AvailabilityRule','AvailabilityEndDate':'2027-01-31T23:59:59Z'},"
    "{'Type':'TargetingRule','PositiveTargeting':{'BuyerAccounts':['111122223333']}}]}";

static const char *const buyers[] = { "111122223333", "777788889999", NULL };

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* "CreateOffer …", and that each change keeps to its shape and the set to AWS's model */
static char *
check (TrestleChangeSet *set)
{
  g_autoptr (JsonNode) node = trestle_change_set_to_json (set, "token", NULL);
  JsonArray *changes = json_object_get_array_member (json_node_get_object (node), "ChangeSet");
  GString *types = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      const char *type = json_object_get_string_member (change, "ChangeType");
      g_autofree char *fault = dup_shape_fault (
          json_object_get_string_member (json_object_get_object_member (change, "Entity"), "Type"),
          type, json_object_get_member (change, "DetailsDocument"));

      g_assert_cmpstr (fault, ==, NULL);
      g_string_append_printf (types, "%s%s", i > 0 ? " " : "", type);
    }
  if (model != NULL)
    check_service_model (model, node, "StartChangeSetRequest");
  return g_string_free (types, FALSE);
}

static JsonObject *
details_of (TrestleChangeSet *set, const char *type)
{
  GListModel *changes = trestle_change_set_get_changes (set);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (changes, i);

      if (g_str_equal (trestle_change_get_change_type (change), type))
        return json_node_get_object ((JsonNode *) trestle_change_get_details (change));
    }
  g_assert_not_reached ();
}

static char *
dup_price (TrestleChangeSet *set, guint row)
{
  JsonObject *details = details_of (set, "UpdatePricingTerms");
  JsonArray *terms = json_object_get_array_member (details, "Terms");
  JsonArray *cards = json_object_get_array_member (json_array_get_object_element (terms, 0),
                                                   "RateCards");
  JsonArray *card = json_object_get_array_member (json_array_get_object_element (cards, 0),
                                                  "RateCard");

  g_assert_cmpuint (json_array_get_length (terms), ==, 1); /* no trial */
  return g_strdup (
      json_object_get_string_member (json_array_get_object_element (card, row), "Price"));
}

static TrestlePrivateOffer
sample (JsonNode *terms)
{
  return (TrestlePrivateOffer) {
    .product_id = "prod-5qk2w7x9v3tdm",
    .product_title = "Petal Sorter",
    .offer = terms,
    .buyers = buyers,
    .until = "2027-02-28",
  };
}

static void
test_build (void)
{
  g_autoptr (JsonNode) terms = parse (public_offer);
  g_autoptr (GError) error = NULL;
  TrestlePrivateOffer offer = sample (terms);
  g_autoptr (TrestleChangeSet) set = NULL;
  g_autofree char *types = NULL, *first = NULL, *second = NULL;
  JsonObject *legal;

  offer.discount = "12.5";
  set = trestle_private_offer_build (&offer, NOW, &error);
  g_assert_no_error (error);
  types = check (set);
  g_assert_cmpstr (types, ==,
                   "CreateOffer UpdateInformation UpdateTargeting UpdatePricingTerms "
                   "UpdateLegalTerms UpdateSupportTerms UpdateAvailability UpdateValidityTerms "
                   "ReleaseOffer");
  first = dup_price (set, 0);
  second = dup_price (set, 1);
  g_assert_cmpstr (first, ==, "0.83125");
  g_assert_cmpstr (second, ==, "0.96250001"); /* 0.96250000875 */
  g_assert_cmpstr (json_object_get_string_member (details_of (set, "CreateOffer"), "ProductId"), ==,
                   "prod-5qk2w7x9v3tdm");
  g_assert_cmpstr (json_object_get_string_member (details_of (set, "UpdateInformation"), "Name"),
                   ==, "Private offer for 111122223333 and 1 more");
  legal = json_array_get_object_element (
      json_object_get_array_member (details_of (set, "UpdateLegalTerms"), "Terms"), 0);
  legal = json_array_get_object_element (json_object_get_array_member (legal, "Documents"), 0);
  g_assert_cmpstr (json_object_get_string_member (legal, "Url"), ==,
                   "https://example.s3.amazonaws.com/eula.txt?X-Amz-Signature=abc");
}

static void
test_prices (void)
{
  g_autoptr (JsonNode) terms = parse (public_offer);
  g_autoptr (GHashTable) prices = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  TrestlePrivateOffer offer = sample (terms);
  g_autoptr (TrestleChangeSet) set = NULL;
  g_autofree char *first = NULL, *second = NULL;

  g_hash_table_insert (prices, (char *) "ml.m5.large.m.i.b", (char *) "0.5");
  offer.prices = prices;
  offer.discount = "50";
  set = trestle_private_offer_build (&offer, NOW, &error);
  g_assert_no_error (error);
  first = dup_price (set, 0);
  second = dup_price (set, 1);
  g_assert_cmpstr (first, ==, "0.475");
  g_assert_cmpstr (second, ==, "0.5"); /* its own price, not half of it */
  g_hash_table_insert (prices, (char *) "ml.p3.2xlarge.m.i.b", (char *) "0.5");
  g_assert_null (trestle_private_offer_build (&offer, NOW, &error));
  g_assert_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_PRICE);
  g_assert_nonnull (strstr (error->message, "ml.p3.2xlarge.m.i.b"));
}

static void
test_refused (void)
{
  static const char *const nobody[] = { NULL };
  static const char *const short_one[] = { "12345", NULL };
  static const char *const twice[] = { "111122223333", "111122223333", NULL };
  static const char *const days[] = { "2026-11-27", "2027-02-30",  "tomorrow",
                                      "2027-1-1",   "2027-01-01x", "" };
  g_autoptr (JsonNode) terms = parse (public_offer);
  g_autoptr (JsonNode) nothing = parse ("{'Terms':[]}");
  const char *many[28] = { NULL };
  const struct
  {
    const char *const *buyers;
    TrestlePrivateOfferError code;
  } wrong[] = { { nobody, TRESTLE_PRIVATE_OFFER_ERROR_BUYERS },
                { short_one, TRESTLE_PRIVATE_OFFER_ERROR_BUYERS },
                { twice, TRESTLE_PRIVATE_OFFER_ERROR_BUYERS },
                { many, TRESTLE_PRIVATE_OFFER_ERROR_BUYERS } };

  for (guint i = 0; i < 27; i++)
    {
      g_autofree char *account = g_strdup_printf ("1111222233%02u", i);

      many[i] = g_intern_string (account);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      TrestlePrivateOffer offer = sample (terms);

      offer.buyers = wrong[i].buyers;
      g_assert_null (trestle_private_offer_build (&offer, NOW, &error));
      g_assert_error (error, TRESTLE_PRIVATE_OFFER_ERROR, (int) wrong[i].code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GError) error = NULL;
      TrestlePrivateOffer offer = sample (terms);

      offer.until = days[i];
      g_assert_null (trestle_private_offer_build (&offer, NOW, &error));
      g_assert_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_UNTIL);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      TrestlePrivateOffer offer = sample (i == 0 ? nothing : NULL);

      g_assert_null (trestle_private_offer_build (&offer, NOW, &error));
      g_assert_error (error, TRESTLE_PRIVATE_OFFER_ERROR, TRESTLE_PRIVATE_OFFER_ERROR_PRODUCT);
    }
}

static void
test_end (void)
{
  g_autoptr (TrestleChangeSet)
      set = trestle_private_offer_build_end ("offer-k7d2m4x9q1w8z", "Deal", "2026-11-28");
  g_autofree char *types = check (set);

  g_assert_cmpstr (types, ==, "UpdateAvailability");
  g_assert_cmpstr (
      json_object_get_string_member (details_of (set, "UpdateAvailability"), "AvailabilityEndDate"),
      ==, "2026-11-28");
}

static void
test_read (void)
{
  g_autoptr (JsonNode) node = parse (public_offer);
  g_autoptr (JsonNode) odd = parse ("{'Rules':[1,{'PositiveTargeting':3}]}");
  g_auto (GStrv) accounts = trestle_private_offer_dup_buyers (node);
  g_auto (GStrv) none = trestle_private_offer_dup_buyers (odd);
  g_autofree char *until = trestle_private_offer_dup_until (node);

  g_assert_cmpuint (g_strv_length (accounts), ==, 1);
  g_assert_cmpstr (accounts[0], ==, "111122223333");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpstr (until, ==, "2027-01-31");
  g_assert_null (trestle_private_offer_dup_until (odd));
}

/* No change that a private offer is made of is left out above. */
static void
test_every_change (void)
{
  assert_shapes_seen ("Offer@1.0",
                      (const char *const[]) { "CreateOffer", "UpdateTargeting",
                                              "UpdateAvailability", "UpdateValidityTerms", NULL });
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  model = load_service_model ("marketplace-catalog.json");
  g_test_add_func ("/private-offer/build", test_build);
  g_test_add_func ("/private-offer/prices", test_prices);
  g_test_add_func ("/private-offer/refused", test_refused);
  g_test_add_func ("/private-offer/end", test_end);
  g_test_add_func ("/private-offer/read", test_read);
  g_test_add_func ("/private-offer/every-change", test_every_change);
  result = g_test_run ();
  g_clear_pointer (&model, json_object_unref);
  return result;
}
