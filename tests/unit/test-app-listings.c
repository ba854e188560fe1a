/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libdex.h>

#include "base/trestle-clock.h"
#include "domain/trestle-change-fault.h"
#include "listings/trestle-listing-words.h"
#include "listings/trestle-listings-model.h"
#include "publish/trestle-publish-model.h"
#include "publish/trestle-testers.h"
#include "trestle-test.h"
#include "widgets/trestle-change-words.h"

#define PRODUCT "prod-5qk2w7x9v3tdm"
#define OFFER "offer-k7d2m4x9q1w8z"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

static TrestleOwnProduct *
make_product (const char *visibility, const char *rates)
{
  g_autofree char *terms = g_strdup_printf (
      "{\"Terms\":[{\"Type\":\"UsageBasedPricingTerm\",\"CurrencyCode\":\"USD\","
      "\"RateCards\":[{\"RateCard\":%s}]}]}",
      rates);
  g_autofree char *text = g_strdup_printf (
      "{\"Description\":{\"ProductTitle\":\"Petal Sorter\",\"Visibility\":\"%s\","
      "\"SearchKeywords\":[\"iris\",\"nursery\"]},\"Versions\":["
      "{\"Id\":\"a\",\"VersionTitle\":\"1.0\",\"DeliveryOptions\":[{\"Id\":\"x\",\"Visibility\":"
      "\"Public\"}]},{\"Id\":\"b\",\"VersionTitle\":\"2.0\",\"DeliveryOptions\":[{\"Id\":\"y\","
      "\"Visibility\":\"Public\"}]}]}",
      visibility);
  g_autoptr (JsonNode) document = parse (text);
  g_autoptr (JsonNode) offer_document = parse (terms);
  g_autoptr (TrestleEntity)
      entity = g_object_new (TRESTLE_TYPE_ENTITY, "id", PRODUCT, "document", document, "modified",
                             trestle_clock_now () - 40 * TRESTLE_DAY, NULL);
  g_autoptr (TrestleEntity)
      offer = g_object_new (TRESTLE_TYPE_ENTITY, "id", OFFER, "document", offer_document, NULL);

  return g_object_new (TRESTLE_TYPE_OWN_PRODUCT, "id", PRODUCT, "title", "Petal Sorter",
                       "visibility", visibility, "n-versions", (gint64) 2, "product", entity,
                       "offer", offer, "modified", trestle_clock_now () - 40 * TRESTLE_DAY, NULL);
}

static TrestleChangeRequest *
make_request (const char *id,
              const char *status,
              gint64 age,
              const char *entity,
              const char *type,
              const char *document,
              const char *code)
{
  const char *entities[] = { entity, NULL };
  g_autoptr (GListStore) faults = g_list_store_new (TRESTLE_TYPE_CHANGE_FAULT);
  g_autoptr (GListStore) changes = g_list_store_new (TRESTLE_TYPE_SUBMITTED_CHANGE);
  g_autoptr (JsonNode) details = parse (document);
  g_autoptr (TrestleSubmittedChange) change = NULL;
  gint64 started = trestle_clock_now () - age;

  if (code != NULL)
    {
      g_autoptr (TrestleChangeFault) fault = g_object_new (TRESTLE_TYPE_CHANGE_FAULT, "code", code,
                                                           "message", "AWS's words", NULL);

      g_list_store_append (faults, fault);
    }
  change = g_object_new (TRESTLE_TYPE_SUBMITTED_CHANGE, "change-type", type, "entity-type",
                         "MachineLearningProduct@1.0", "entity-id", entity, "document", details,
                         "faults", faults, NULL);
  g_list_store_append (changes, change);
  return g_object_new (TRESTLE_TYPE_CHANGE_REQUEST, "id", id, "name", "Petal Sorter 3.0 1a2b3c4d",
                       "status", status, "started", started, "ended",
                       g_str_equal (status, "APPLYING") ? 0 : started + 4 * TRESTLE_MINUTE,
                       "entities", entities, "changes", changes, NULL);
}

static void
append (GListStore *list, gpointer item)
{
  g_list_store_append (list, item);
  g_object_unref (item);
}

typedef struct
{
  GListStore *products;
  GListStore *drafts;
  GListStore *requests;
  TrestleListingsModel *model;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->products = g_list_store_new (TRESTLE_TYPE_OWN_PRODUCT);
  fixture->drafts = g_list_store_new (TRESTLE_TYPE_DRAFT_INFO);
  fixture->requests = g_list_store_new (TRESTLE_TYPE_CHANGE_REQUEST);
  fixture->model = trestle_listings_model_new (G_LIST_MODEL (fixture->products),
                                               G_LIST_MODEL (fixture->drafts),
                                               G_LIST_MODEL (fixture->requests));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->model);
  g_object_unref (fixture->products);
  g_object_unref (fixture->drafts);
  g_object_unref (fixture->requests);
}

static TrestleListingItem *
get_item (Fixture *fixture, guint position)
{
  g_autoptr (TrestleListingItem)
      item = g_list_model_get_item (trestle_listings_model_get_items (fixture->model), position);

  g_assert_nonnull (item);
  return item; /* the model keeps it */
}

static void
check_text (TrestleListingItem *item, const char *property, const char *wanted)
{
  g_autofree char *text = NULL;

  g_object_get (item, property, &text, NULL);
  g_assert_cmpstr (text, ==, wanted);
}

static void
add_draft (Fixture *fixture, const char *name, const char *title, const char *product)
{
  append (fixture->drafts,
          g_object_new (TRESTLE_TYPE_DRAFT_INFO, "name", name, "title", title, "product-id",
                        product, "modified", trestle_clock_now (), NULL));
}

static const char rates[] = "[{\"DimensionKey\":\"ml.m5.large.m.i.b\",\"Price\":\"0.35\"},"
                            "{\"DimensionKey\":\"ml.m5.large.m.i.r\",\"Price\":\"4.55\"}]";

static void
test_joined (Fixture *fixture, gconstpointer data)
{
  TrestleListingItem *item;

  append (fixture->products, make_product ("Public", rates));
  item = get_item (fixture, 0);
  check_text (item, "title", "Petal Sorter");
  check_text (item, "subtitle", PRODUCT);
  check_text (item, "state", "Public");
  check_text (item, "version", "2.0");
  check_text (item, "versions", "2 versions");
  check_text (item, "price", "$0.35–$4.55/h");
  check_text (item, "change", "–");

  /* A draft of the product takes no row of its own, one of something new does. */
  add_draft (fixture, "petal", "Petal Sorter", PRODUCT);
  add_draft (fixture, "weld", "Weld Inspector", NULL);
  g_assert_cmpuint (trestle_listings_model_count (fixture->model, NULL), ==, 2);
  g_assert_true (get_item (fixture, 0) == item);
  check_text (item, "change", "Draft");
  trestle_listing_item_set_checked (item, 1, 2, 4);
  check_text (item, "change", "Draft: 4 changes");
  check_text (item, "summary", "Draft: 4 changes · 1 error");
  item = get_item (fixture, 1);
  check_text (item, "title", "Weld Inspector");
  check_text (item, "subtitle", "not yet at AWS");
  check_text (item, "change", "Draft: new listing");
  check_text (item, "price", "not set");
  g_assert_cmpuint (trestle_listings_model_count (fixture->model, "Draft"), ==, 1);

  /* Without its draft the row stays. */
  g_list_store_remove (fixture->drafts, 0);
  check_text (get_item (fixture, 0), "change", "–");
  g_list_store_remove_all (fixture->products);
  g_assert_cmpuint (trestle_listings_model_count (fixture->model, NULL), ==, 1);
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  TrestleListingItem *item;

  append (fixture->products, make_product ("Limited", rates));
  append (fixture->requests, make_request ("one", "FAILED", TRESTLE_DAY, PRODUCT,
                                           "AddDeliveryOptions", "{}", "UPDATE_PRICING_REQUIRED"));
  item = get_item (fixture, 0);
  g_assert_true (trestle_listings_model_find_failed (fixture->model) == item);
  check_text (item, "change", "Failed · price missing");
  g_assert_cmpuint (trestle_change_words_count (G_LIST_MODEL (fixture->requests)), ==, 1);

  /* A draft that was saved since and has no errors has mended it. */
  add_draft (fixture, "petal", "Petal Sorter", PRODUCT);
  trestle_listing_item_set_checked (item, 1, 0, 1);
  g_assert_true (trestle_listings_model_find_failed (fixture->model) == item);
  trestle_listing_item_set_checked (item, 0, 0, 1);
  g_assert_null (trestle_listings_model_find_failed (fixture->model));

  /* So has a change set that was sent later, be it of the offer. */
  g_list_store_remove_all (fixture->drafts);
  g_assert_nonnull (trestle_listings_model_find_failed (fixture->model));
  {
    g_autoptr (TrestleChangeRequest) later = make_request (
        "two", "APPLYING", TRESTLE_MINUTE * 44, PRODUCT, "UpdateInformation", "{}", NULL);

    g_list_store_insert (fixture->requests, 0, later);
  }
  g_assert_null (trestle_listings_model_find_failed (fixture->model));
  check_text (item, "change", "Applying · 44 min");
  g_assert_cmpuint (trestle_change_words_count (G_LIST_MODEL (fixture->requests)), ==, 1);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  TrestleListingItem *item;

  append (fixture->products, make_product ("Public", "[]"));
  item = get_item (fixture, 0);
  g_assert_true (trestle_listing_item_matches (item, "petal"));
  g_assert_true (trestle_listing_item_matches (item, "5qk2w7"));
  g_assert_true (trestle_listing_item_matches (item, "nursery"));
  g_assert_false (trestle_listing_item_matches (item, "weld"));
}

static void
test_words (void)
{
  g_autoptr (TrestleChangeRequest) request = make_request (
      "one", "FAILED", TRESTLE_DAY, PRODUCT, "AddDeliveryOptions", "{}", "UPDATE_PRICING_REQUIRED");
  g_autoptr (TrestleSubmittedChange)
      change = g_list_model_get_item (trestle_change_request_get_changes (request), 0);
  g_autoptr (GPtrArray) findings = trestle_change_words_locate (change, NULL);
  g_autoptr (GListStore) products = g_list_store_new (TRESTLE_TYPE_OWN_PRODUCT);
  g_autofree char *title = trestle_change_words_title (request);
  g_autofree char *kind = trestle_change_words_kind (change);
  g_autofree char *unknown = trestle_change_words_touches (request, G_LIST_MODEL (products));
  g_autofree char *known = NULL;

  append (products, make_product ("Public", "[]"));
  known = trestle_change_words_touches (request, G_LIST_MODEL (products));
  g_assert_cmpstr (title, ==, "Petal Sorter 3.0");
  g_assert_cmpstr (kind, ==, "New version");
  g_assert_cmpstr (unknown, ==, PRODUCT);
  g_assert_cmpstr (known, ==, "Petal Sorter");
  g_assert_cmpuint (findings->len, >, 0);
  g_assert_true (g_str_has_prefix (trestle_finding_get_field (g_ptr_array_index (findings, 0)),
                                   "Offer.RateCard"));
}

static const char *
detail_of (GPtrArray *points, guint index)
{
  return trestle_publish_point_get_detail (g_ptr_array_index (points, index));
}

static TrestlePublishMark
mark_of (GPtrArray *points, guint index)
{
  return trestle_publish_point_get_mark (g_ptr_array_index (points, index));
}

static void
test_track (void)
{
  g_autoptr (TrestleOwnProduct) product = make_product ("Limited", rates);
  g_autoptr (GListStore) requests = g_list_store_new (TRESTLE_TYPE_CHANGE_REQUEST);
  TrestlePublishFacts facts = { product, G_LIST_MODEL (requests), NULL, 0 };
  g_autoptr (GPtrArray) ready = trestle_publish_steps (&facts, 0);
  g_autoptr (GPtrArray) blocked = trestle_publish_steps (&facts, 2);
  g_autoptr (GPtrArray) reviewed = NULL;
  g_autoptr (GPtrArray) checks = NULL;

  g_assert_cmpuint (ready->len, ==, 5);
  g_assert_cmpint (mark_of (ready, 2), ==, TRESTLE_PUBLISH_MARK_HERE);
  g_assert_cmpint (mark_of (ready, 3), ==, TRESTLE_PUBLISH_MARK_LATER);
  g_assert_cmpint (mark_of (blocked, 3), ==, TRESTLE_PUBLISH_MARK_BLOCKED);
  g_assert_cmpstr (detail_of (blocked, 3), ==, "2 blockers");

  append (requests, make_request ("one", "APPLYING", TRESTLE_HOUR, PRODUCT, "UpdateVisibility",
                                  "{\"TargetVisibility\":\"Public\"}", NULL));
  reviewed = trestle_publish_steps (&facts, 1);
  g_assert_cmpint (mark_of (reviewed, 2), ==, TRESTLE_PUBLISH_MARK_DONE);
  g_assert_cmpint (mark_of (reviewed, 3), ==, TRESTLE_PUBLISH_MARK_HERE);
  /* Worst first; what no API tells is never called done. */
  checks = trestle_publish_checks (&facts);
  g_assert_cmpint (mark_of (checks, 0), ==, TRESTLE_PUBLISH_MARK_BLOCKED);
  g_assert_cmpuint (trestle_publish_count (checks, TRESTLE_PUBLISH_MARK_UNKNOWN), ==, 1);
  g_assert_cmpuint (trestle_publish_count (checks, TRESTLE_PUBLISH_MARK_DONE), ==, 0);
}

static void
test_restricted (void)
{
  g_autoptr (TrestleOwnProduct) product = make_product ("Restricted", rates);
  g_autoptr (GListStore) requests = g_list_store_new (TRESTLE_TYPE_CHANGE_REQUEST);
  TrestlePublishFacts facts = { product, G_LIST_MODEL (requests), NULL, 0 };
  g_autoptr (GPtrArray) steps = NULL;
  gint64 age = 21 * TRESTLE_DAY;

  append (requests, make_request ("one", "SUCCEEDED", age, PRODUCT, "UpdateVisibility",
                                  "{\"TargetVisibility\":\"Restricted\"}", NULL));
  g_assert_cmpint (trestle_change_words_restricted (G_LIST_MODEL (requests), product)
                       - (trestle_clock_now () - age),
                   <, 5 * TRESTLE_MINUTE);
  steps = trestle_publish_steps (&facts, 0);
  g_assert_cmpuint (steps->len, ==, 6);
  g_assert_cmpint (mark_of (steps, 5), ==, TRESTLE_PUBLISH_MARK_HERE);
  g_assert_nonnull (strstr (detail_of (steps, 5), "support due to"));
}

static void
test_account_numbers (void)
{
  g_autofree char *number = NULL;

  g_assert_true (trestle_testers_is_account ("7777-8888 9999", &number));
  g_assert_cmpstr (number, ==, "777788889999");
  g_assert_false (trestle_testers_is_account ("77778888999", &number));
  g_assert_false (trestle_testers_is_account ("77778888999x", &number));
  g_assert_false (trestle_testers_is_account ("", &number));
}

/* Returns: the actions of @menu, one after the other */
static char *
dup_actions (GMenuModel *menu)
{
  g_autoptr (GString) actions = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      for (int j = 0; j < g_menu_model_get_n_items (section); j++)
        {
          g_autofree char *action = NULL;

          g_menu_model_get_item_attribute (section, j, G_MENU_ATTRIBUTE_ACTION, "s", &action);
          g_string_append_printf (actions, "%s ", action + strlen ("listings."));
        }
    }
  return g_string_free (g_steal_pointer (&actions), FALSE);
}

/* What can be done with a row goes by what there is of it, and by who can see it. */
static void
test_menu (void)
{
  static const struct
  {
    const char *product, *draft, *visibility, *actions;
  } rows[] = {
    { NULL, "new", "Draft", "edit duplicate export delete " },
    { "prod-x", NULL, "Draft", "edit publish duplicate copy " },
    { "prod-x", NULL, "Public", "edit publish show duplicate copy " },
    { "prod-x", "one", "Limited", "edit publish show duplicate export copy delete " },
    { "prod-x", NULL, "Restricted", "edit publish duplicate copy " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GMenuModel)
          menu = trestle_listing_words_menu (rows[i].product, rows[i].draft, rows[i].visibility);
      g_autofree char *actions = dup_actions (menu);

      g_assert_cmpstr (actions, ==, rows[i].actions);
    }
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/listings/joined", Fixture, NULL, set_up, test_joined, tear_down);
  g_test_add ("/app/listings/failed", Fixture, NULL, set_up, test_failed, tear_down);
  g_test_add ("/app/listings/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add_func ("/app/changes/words", test_words);
  g_test_add_func ("/app/changes/menu", test_menu);
  g_test_add_func ("/app/publish/track", test_track);
  g_test_add_func ("/app/publish/restricted", test_restricted);
  g_test_add_func ("/app/publish/account-numbers", test_account_numbers);
  return g_test_run ();
}
