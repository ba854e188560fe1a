/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-test"

/* What a seller's documents make of the shop: who sees it, what it says, what stays of it. */

#include <glib/gstdio.h>
#include <string.h>

#include "practice/trestle-practice-context.h"
#include "practice/trestle-practice-keep.h"
#include "practice/trestle-practice-shop.h"
#include "shop-documents.h"

#define BUYER "111122223333"
#define SELLER "444455556666"
#define TESTER "777788889999"
#define PUBLIC_OFFER "offer-publ1c0000001"
#define PRIVATE_OFFER "offer-pr1vate000001"
#define TRIAL                                                                                      \
  ",{\"Type\":\"FreeTrialPricingTerm\",\"Duration\":\"P14D\",\"Grants\":["                         \
  "{\"DimensionKey\":\"ml.m5.large.m.i.r\"}]}"
#define STANDARD                                                                                   \
  ",{\"Type\":\"LegalTerm\",\"Documents\":[{\"Type\":\"StandardEula\",\"Version\":\"2022-07-14\"}]}"

typedef struct
{
  char *folder;
  TrestlePracticeWorld *world;
  gint64 now;
  char *fault;
} Fixture;

static void
open_world (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->world = trestle_practice_world_new (self->folder, "shop", 1e6, &error);
  g_assert_no_error (error);
  self->world->base = g_strdup ("http://127.0.0.1:1");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("trestle-shop-XXXXXX", NULL);
  self->now = trestle_clock_now ();
  open_world (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  trestle_practice_world_free (self->world);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->fault);
}

/* The handler's own answer; NULL with `fault` set where it refuses. */
static JsonNode *
call (Fixture *self,
      const TrestlePracticeRoute *routes,
      const char *account,
      const char *operation,
      const char *format,
      ...)
{
  TrestlePracticeContext ctx = { self->world, self->world->state };
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) input = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;
  g_autofree char *text = NULL;
  gboolean done;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  for (char *p = text; *p != '\0'; p++)
    if (*p == '\'')
      *p = '"';
  input = json_from_string (text, NULL);
  g_assert_nonnull (input);
  doc = trestle_json_doc_new (input);
  ctx.account = trestle_practice_world_find_account (self->world, account);
  ctx.region = g_strdup (TRESTLE_PRACTICE_REGION);
  ctx.now = self->now;
  ctx.request_id = g_strdup ("test");
  while (!g_str_equal (routes->operation, operation))
    routes++;
  json_builder_begin_object (out);
  done = routes->handler (&ctx, trestle_json_root (doc), out);
  g_free (self->fault);
  self->fault = g_strdup_printf ("%s: %s", ctx.fault_code, ctx.fault_message);
  g_free (ctx.region);
  g_free (ctx.request_id);
  g_free (ctx.fault_code);
  g_free (ctx.fault_message);
  g_clear_pointer (&ctx.fault_members, json_object_unref);
  if (!done)
    return NULL;
  json_builder_end_object (out);
  return json_builder_get_root (out);
}

#define DISCOVERY trestle_practice_discovery_routes
#define AGREEMENT trestle_practice_agreement_routes

static char *
dump (JsonNode *node)
{
  return node != NULL ? json_to_string (node, FALSE) : g_strdup ("nothing");
}

/* What @operation answers, as text; "nothing" where it is refused. */
#define ask(self, account, operation, ...)                                                         \
  ({                                                                                               \
    g_autoptr (JsonNode) ask_node = call (self, DISCOVERY, account, operation, __VA_ARGS__);       \
    dump (ask_node);                                                                               \
  })

static gboolean
finds (Fixture *self, const char *account, const char *words)
{
  g_autofree char *text = ask (self, account, "SearchListings", "{'searchText':'%s'}", words);

  return strstr (text, PRODUCT) != NULL;
}

static gboolean
sees (Fixture *self, const char *account)
{
  g_autofree char *text = ask (self, account, "GetProduct", "{'productId':'" PRODUCT "'}");

  return strstr (text, PRODUCT) != NULL;
}

static void
refresh (Fixture *self, JsonObject *product, char *offers)
{
  g_autofree char *text = g_strdup_printf ("[%s]", offers);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  trestle_practice_shop_refresh (self->world, PRODUCT, product, json_node_get_array (node),
                                 self->now);
  g_free (offers);
  json_object_unref (product);
}

static char *
one_version (void)
{
  return shop_version ("000000000001", PACKAGE, "2026-02-27T05:54:03.123Z", "Public");
}

static char *
public_offer (const char *price)
{
  return shop_offer (PUBLIC_OFFER, "Released", "", NULL, price, TRIAL STANDARD);
}

static void
publish (Fixture *self, const char *visibility, const char *accounts)
{
  refresh (self, shop_product ("Petal Namer", visibility, accounts, one_version ()),
           public_offer ("1.50"));
}

static char *
subscribe (Fixture *self, const char *account, const char *offer_id)
{
  g_autoptr (JsonNode)
      offer = call (self, DISCOVERY, account, "GetOffer", "{'offerId':'%s'}", offer_id);
  g_autoptr (JsonNode)
      terms = call (self, DISCOVERY, account, "GetOfferTerms", "{'offerId':'%s'}", offer_id);
  g_autoptr (JsonNode) quote = NULL;
  g_autoptr (JsonNode) accepted = NULL;
  g_autoptr (GString) wanted = g_string_new (NULL);
  JsonArray *list;

  g_assert_nonnull (offer);
  list = get_array (json_node_get_object (terms), "offerTerms");
  for (guint i = 0; i < array_length (list); i++)
    {
      JsonObject *term = json_array_get_object_element (list, i);
      g_autoptr (GList) bodies = json_object_get_values (term);

      if (!json_object_has_member (term, "freeTrialPricingTerm"))
        g_string_append_printf (wanted, "%s{'id':'%s'}", wanted->len > 0 ? "," : "",
                                get_text (json_node_get_object (bodies->data), "id"));
    }
  quote = call (self, AGREEMENT, account, "CreateAgreementRequest",
                "{'intent':'NEW','agreementProposalIdentifier':'%s','requestedTerms':[%s]}",
                get_text (json_node_get_object (offer), "agreementProposalId"), wanted->str);
  if (quote == NULL)
    g_error ("%s", self->fault);
  accepted = call (self, AGREEMENT, account, "AcceptAgreementRequest",
                   "{'agreementRequestId':'%s'}",
                   get_text (json_node_get_object (quote), "agreementRequestId"));
  g_assert_nonnull (accepted);
  return g_strdup (get_text (json_node_get_object (accepted), "agreementId"));
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("%s is not in %s", part, text);
}

/* Everything a seller says reaches the buyer. */
static void
test_says (Fixture *self, gconstpointer data)
{
  static const char *const of_listing[] = {
    "\"Petal Namer\"",
    "Names petals at length",
    "\"Quick\"",
    "Botany for Tests",
    "Computer Vision",
    "http://127.0.0.1:1/pictures/logo/iris-",
    "Skyfield Analytics",
    "help@garden.example",
    "https://garden.example/guide",
    "garden.example/tour",
    "\"FREE_TRIAL\"",
    "/samples/petal-namer/realtime-",
    "\"" PUBLIC_OFFER "\"",
    "\"USAGE\"",
  };
  static const char *const of_option[] = {
    "Send rows.",
    "Content types: text/csv",
    "- row (required): Lengths and widths",
    "- top (optional): How many [1-3]",
    "https://garden.example/rows.csv",
    "Notes of 000000000001",
    "ml.m5.large",
    "d0000000-0000-4000-8000-",
  };
  static const char *const of_terms[] = {
    "\"price\":\"1.50\"",
    "\"ml.m5.xlarge.m.i.r\"",
    "\"P14D\"",
    "\"StandardEula\"",
    "http://127.0.0.1:1/eula/standard.txt",
    "Within a week",
  };
  g_autofree char *search = NULL;
  g_autofree char *listing = NULL;
  g_autofree char *options = NULL;
  g_autofree char *terms = NULL;
  g_autofree char *facets = NULL;
  g_autoptr (JsonNode) found = NULL;
  JsonObject *summary;

  publish (self, "Public", "");
  found = call (self, DISCOVERY, BUYER, "SearchListings", "{'searchText':'gardening'}");
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (found), "totalResults"), ==,
                   1);
  summary = json_array_get_object_element (
      get_array (json_node_get_object (found), "listingSummaries"), 0);
  listing = ask (self, BUYER, "GetListing", "{'listingId':'%s'}", get_text (summary, "listingId"));
  for (guint i = 0; i < G_N_ELEMENTS (of_listing); i++)
    assert_has (listing, of_listing[i]);
  options = ask (self, BUYER, "ListFulfillmentOptions", "{'productId':'" PRODUCT "'}");
  for (guint i = 0; i < G_N_ELEMENTS (of_option); i++)
    assert_has (options, of_option[i]);
  terms = ask (self, BUYER, "GetOfferTerms", "{'offerId':'" PUBLIC_OFFER "'}");
  for (guint i = 0; i < G_N_ELEMENTS (of_terms); i++)
    assert_has (terms, of_terms[i]);
  facets = ask (self, BUYER, "SearchFacets", "{'searchText':'gardening'}");
  assert_has (facets, "Botany for Tests");
}

static void
test_limited (Fixture *self, gconstpointer data)
{
  g_autofree char *offer = NULL;

  publish (self, "Limited", "\"" TESTER "\"");
  g_assert_true (finds (self, TESTER, "gardening") && sees (self, TESTER));
  g_assert_true (finds (self, SELLER, "gardening") && sees (self, SELLER));
  g_assert_false (finds (self, BUYER, "gardening") || sees (self, BUYER));
  offer = ask (self, BUYER, "GetOffer", "{'offerId':'" PUBLIC_OFFER "'}");
  g_assert_cmpstr (offer, ==, "nothing");
  g_assert_true (g_str_has_prefix (self->fault, "ResourceNotFoundException"));
  g_free (subscribe (self, TESTER, PUBLIC_OFFER));

  publish (self, "Limited", "");
  g_assert_false (finds (self, TESTER, "gardening"));
  /* Who is subscribed keeps it. */
  g_assert_true (sees (self, TESTER));
}

static void
test_hidden (Fixture *self, gconstpointer data)
{
  refresh (self, shop_product ("Petal Namer", "Draft", "", one_version ()), public_offer ("1.50"));
  g_assert_false (sees (self, SELLER));
  refresh (self, shop_product ("Petal Namer", "Public", "", g_strdup ("")), public_offer ("1.50"));
  g_assert_false (sees (self, SELLER));
  refresh (self, shop_product ("Petal Namer", "Public", "", one_version ()),
           shop_offer (PUBLIC_OFFER, "Draft", "", NULL, "1.50", ""));
  g_assert_false (sees (self, SELLER));
  publish (self, "Public", "");
  g_assert_true (sees (self, BUYER));
  trestle_practice_shop_refresh (self->world, PRODUCT, NULL, NULL, self->now);
  g_assert_false (sees (self, SELLER));
}

static void
test_restricted (Fixture *self, gconstpointer data)
{
  g_autofree char *agreement = NULL;
  g_autoptr (JsonNode) cancelled = NULL;

  publish (self, "Public", "");
  agreement = subscribe (self, BUYER, PUBLIC_OFFER);
  publish (self, "Restricted", "");
  g_assert_false (finds (self, BUYER, "gardening"));
  g_assert_true (sees (self, BUYER));
  g_assert_false (sees (self, TESTER));
  cancelled = call (self, AGREEMENT, BUYER, "CancelAgreement", "{'agreementId':'%s'}", agreement);
  g_assert_nonnull (cancelled);
  g_assert_false (sees (self, BUYER));
}

static void
publish_private (Fixture *self, const char *visibility, const char *end)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", end);
  g_autofree char *public = public_offer ("1.50");
  g_autofree char *private = shop_offer (PRIVATE_OFFER, "Released", "\"" BUYER "\"", quoted, "0.9",
                                         ",{\"Type\":\"ValidityTerm\",\"AgreementDuration\":"
                                         "\"P12M\"}" STANDARD);

  refresh (self, shop_product ("Petal Namer", visibility, "", one_version ()),
           g_strdup_printf ("%s,%s", private, public));
}

static void
test_private (Fixture *self, gconstpointer data)
{
  static const char options[] = "{'filters':[{'filterType':'VISIBILITY_SCOPE',"
                                "'filterValues':['PRIVATE']},{'filterType':"
                                "'AVAILABILITY_STATUS','filterValues':['%s']}]}";
  g_autofree char *mine = NULL;
  g_autofree char *others = NULL;
  g_autofree char *terms = NULL;
  g_autofree char *expired = NULL;
  g_autofree char *refused = NULL;

  publish_private (self, "Public", "2999-12-31");
  mine = ask (self, BUYER, "ListPurchaseOptions", options, "AVAILABLE");
  assert_has (mine, PRIVATE_OFFER);
  assert_has (mine, "PRIVATE_PRICING");
  others = ask (self, TESTER, "ListPurchaseOptions", options, "AVAILABLE");
  g_assert_null (strstr (others, PRIVATE_OFFER));
  terms = ask (self, BUYER, "GetOfferTerms", "{'offerId':'" PRIVATE_OFFER "'}");
  assert_has (terms, "\"price\":\"0.9\"");
  assert_has (terms, "\"P12M\"");
  refused = ask (self, TESTER, "GetOfferTerms", "{'offerId':'" PRIVATE_OFFER "'}");
  g_assert_cmpstr (refused, ==, "nothing");

  publish_private (self, "Public", "2020-01-31");
  expired = ask (self, BUYER, "ListPurchaseOptions", options, "EXPIRED");
  assert_has (expired, PRIVATE_OFFER);
  g_clear_pointer (&mine, g_free);
  mine = ask (self, BUYER, "ListPurchaseOptions", options, "AVAILABLE");
  g_assert_null (strstr (mine, PRIVATE_OFFER));
}

/* A product that is limited can be sold to one account by a private offer alone. */
static void
test_private_limited (Fixture *self, gconstpointer data)
{
  g_autofree char *public = NULL;

  publish_private (self, "Limited", "2999-12-31");
  g_assert_false (finds (self, BUYER, "gardening"));
  g_assert_true (sees (self, BUYER));
  g_assert_false (sees (self, TESTER));
  public = ask (self, BUYER, "GetOffer", "{'offerId':'" PUBLIC_OFFER "'}");
  g_assert_cmpstr (public, ==, "nothing");
  g_free (subscribe (self, BUYER, PRIVATE_OFFER));
  publish_private (self, "Limited", "2020-01-31");
  g_assert_true (sees (self, BUYER));
}

/* A change shows at once, and takes nothing away from who is subscribed. */
static void
test_replaced (Fixture *self, gconstpointer data)
{
  g_autofree char *first = one_version ();
  g_autofree char *withdrawn = shop_version ("000000000001", PACKAGE, "2026-02-27T05:54:03.123Z",
                                             "Restricted");
  g_autofree char *second = shop_version ("000000000002", FOREIGN, "2026-03-01T08:00:00Z",
                                          "Public");
  g_autofree char *options = NULL;
  g_autofree char *terms = NULL;
  g_autofree char *arn = NULL;
  guint before;
  const TrestlePracticeListing *listing;
  const TrestlePracticeVersion *version;

  publish (self, "Public", "");
  before = trestle_practice_catalogue_get_listings (self->world->catalogue)->len;
  listing = trestle_practice_catalogue_find_product (self->world->catalogue, PRODUCT);
  g_assert_cmpstr (listing->slug, ==, "petal-namer");
  arn = trestle_practice_catalogue_dup_arn (listing->versions->pdata[0], "eu-west-1");
  g_assert_true (g_str_has_prefix (
      arn, "arn:aws:sagemaker:eu-west-1:985815980388:model-package/petal-sorter-v1-"));

  refresh (
      self,
      shop_product ("Petal Namer II", "Public", "", g_strdup_printf ("%s,%s", withdrawn, second)),
      public_offer ("2.25"));
  g_assert_cmpuint (trestle_practice_catalogue_get_listings (self->world->catalogue)->len, ==,
                    before);
  options = ask (self, BUYER, "ListFulfillmentOptions", "{'productId':'" PRODUCT "'}");
  assert_has (options, "Notes of 000000000002");
  g_assert_null (strstr (options, "Notes of 000000000001"));
  terms = ask (self, BUYER, "GetOfferTerms", "{'offerId':'" PUBLIC_OFFER "'}");
  assert_has (terms, "\"price\":\"2.25\"");
  /* The copy that is deployed somewhere is still known, and its engine with it. */
  version = trestle_practice_catalogue_find_arn (self->world->catalogue, arn, "eu-west-1");
  g_assert_nonnull (version);
  g_assert_cmpstr (version->engine, ==, "iris");
  g_assert_true (version->restricted);
  listing = version->listing;
  g_assert_cmpstr (((TrestlePracticeVersion *) listing->versions->pdata[0])->engine, ==, "");
}

/* Buyers have a copy: neither a new start nor the seller's own deleting changes it. */
static void
test_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) kept = NULL;
  const TrestlePracticeListing *listing;

  publish (self, "Public", "");
  g_assert_cmpint (trestle_practice_run (self->world->state,
                                         "DELETE FROM packages WHERE name = 'petal-sorter-v1'",
                                         NULL),
                   ==, 1);
  trestle_practice_world_free (self->world);
  open_world (self);
  trestle_practice_run (self->world->state, "DELETE FROM packages WHERE name = 'petal-sorter-v1'",
                        NULL);
  g_assert_false (sees (self, SELLER));
  publish (self, "Public", "");
  listing = trestle_practice_catalogue_find_product (self->world->catalogue, PRODUCT);
  g_assert_cmpstr (((TrestlePracticeVersion *) listing->versions->pdata[0])->engine, ==, "iris");
  kept = trestle_practice_keep_find_package (self->world->state, PACKAGE);
  g_assert_cmpstr (get_text (get_object (kept, "description"), "ModelPackageName"), ==,
                   "petal-sorter-v1");
}

static void
test_files (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) logo = g_bytes_new_static ("a picture", 9);
  g_autoptr (GBytes) licence = g_bytes_new_static ("be kind", 7);
  g_autofree char *logo_url = trestle_practice_keep_logo (self->world->state, logo, "image/jpeg",
                                                          self->now);
  g_autofree char *licence_url = trestle_practice_keep_eula (self->world->state, licence,
                                                             "text/plain", self->now);
  g_autofree char *path = trestle_practice_keep_dup_path (self->world->state, logo_url);
  g_autofree char *signed_url = g_strconcat (licence_url, "?X-Amz-Expires=86400", NULL);
  g_autofree char *type = NULL;
  g_autofree char *legal = g_strdup_printf (
      ",{\"Type\":\"LegalTerm\",\"Documents\":[{\"Type\":\"CustomEula\",\"Url\":\"%s\"}]}",
      signed_url);
  g_autofree char *terms = NULL;
  g_autofree char *elsewhere = NULL;
  g_autoptr (GBytes) read = trestle_practice_keep_read (self->world->state, path, &type);

  g_assert_true (g_bytes_equal (read, logo));
  g_assert_cmpstr (type, ==, "image/jpeg");
  g_assert_null (trestle_practice_keep_read (self->world->state, "kept/awsmp-packages/x", NULL));
  elsewhere = trestle_practice_keep_dup_path (self->world->state, "https://garden.example/l.png");
  g_assert_cmpstr (elsewhere, ==, "https://garden.example/l.png");

  refresh (self, shop_product ("Petal Namer", "Public", "", one_version ()),
           shop_offer (PUBLIC_OFFER, "Released", "", NULL, "0.00", legal));
  terms = ask (self, BUYER, "GetOfferTerms", "{'offerId':'" PUBLIC_OFFER "'}");
  assert_has (terms, "\"CustomEula\"");
  assert_has (terms, "http://127.0.0.1:1/kept/awsmp-eulas/");
  g_assert_null (strstr (terms, "X-Amz-Expires"));
  /* Nothing costs anything: that is a free product. */
  g_clear_pointer (&terms, g_free);
  terms = ask (self, BUYER, "GetOffer", "{'offerId':'" PUBLIC_OFFER "'}");
  assert_has (terms, "\"FREE\"");
}

/* Two products of one title are two listings. */
static void
test_same_title (Fixture *self, gconstpointer data)
{
  const TrestlePracticeListing *listing;

  refresh (self, shop_product ("Iris Classifier", "Public", "", one_version ()),
           public_offer ("1.50"));
  listing = trestle_practice_catalogue_find_product (self->world->catalogue, PRODUCT);
  g_assert_cmpstr (listing->slug, ==, "iris-classifier-pr0d1");
  listing = trestle_practice_catalogue_find_slug (self->world->catalogue, "iris-classifier");
  g_assert_cmpstr (listing->product_id, !=, PRODUCT);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/practice/shop/says", test_says },
    { "/practice/shop/limited", test_limited },
    { "/practice/shop/hidden", test_hidden },
    { "/practice/shop/restricted", test_restricted },
    { "/practice/shop/private", test_private },
    { "/practice/shop/private-limited", test_private_limited },
    { "/practice/shop/replaced", test_replaced },
    { "/practice/shop/kept", test_kept },
    { "/practice/shop/files", test_files },
    { "/practice/shop/same-title", test_same_title },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
