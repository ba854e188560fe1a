/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-change.h"
#include "practice/trestle-practice-seller.h"

#define KEYWORD_CHARS 250
#define RESOURCE_CHARS 500

static TrestlePracticeEntity *
get_entity (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  return trestle_practice_work_entity (work, change->id);
}

/* What AWS's reviewers turn away: a mark with a space before it, and what was never meant to stay. */
static void
check_words (TrestlePracticeChange *change, const char *member, const char *text)
{
  static const char *const marks[] = { " ™", " ®", " ©" };
  static const char *const words[] = { "lorem ipsum", "tbd", "damn" };
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  for (guint i = 0; folded != NULL && i < G_N_ELEMENTS (marks); i++)
    if (strstr (text, marks[i]) != NULL)
      trestle_practice_change_error (change, "INVALID_INPUT",
                                     "%s has a space before a trademark sign.", member);
  for (guint i = 0; folded != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (folded, words[i]) != NULL)
      trestle_practice_change_error (change, "INVALID_INPUT",
                                     "%s has words that are not suitable: %s.", member, words[i]);
}

static void
check_all_words (TrestlePracticeChange *change)
{
  static const char *const texts[] = { "ProductTitle", "ShortDescription", "LongDescription",
                                       "SupportDescription" };
  static const char *const lists[] = { "Highlights", "SearchKeywords" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_words (change, texts[i], get_text (change->details, texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *list = get_array (change->details, lists[i]);

      for (guint j = 0; j < array_length (list); j++)
        check_words (change, lists[i], json_array_get_string_element (list, j));
    }
}

static void
put_default_regions (JsonObject *doc)
{
  static const char *const regions[] = { "ap-south-1",     "eu-north-1",     "eu-west-3",
                                         "eu-west-2",      "eu-west-1",      "ap-northeast-2",
                                         "ap-northeast-1", "ca-central-1",   "sa-east-1",
                                         "ap-southeast-1", "ap-southeast-2", "eu-central-1",
                                         "us-east-1",      "us-east-2",      "us-west-1",
                                         "us-west-2" };
  JsonObject *availability = trestle_practice_ensure_object (doc, "RegionAvailability");
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    json_array_add_string_element (list, regions[i]);
  json_object_set_array_member (availability, "Regions", list);
  json_object_set_null_member (availability, "FutureRegionSupport");
  json_object_set_array_member (availability, "Restrict", json_array_new ());
}

void
trestle_practice_create_product (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *product = get_entity (work, change);
  JsonObject *description = trestle_practice_ensure_object (product->doc, "Description");
  JsonObject *targeting = trestle_practice_ensure_object (product->doc, "Targeting");
  g_autofree char *code = trestle_practice_derive (product->id, TRESTLE_PRACTICE_LOWER, 25);

  check_words (change, "ProductTitle", get_text (change->details, "ProductTitle"));
  if (get_text (change->details, "ProductTitle") != NULL)
    json_object_set_string_member (description, "ProductTitle",
                                   get_text (change->details, "ProductTitle"));
  json_object_set_string_member (description, "ProductCode", code);
  json_object_set_string_member (description, "Visibility", "Draft");
  json_object_set_string_member (description, "ProductState", "Active");
  json_object_set_array_member (trestle_practice_ensure_object (targeting, "PositiveTargeting"),
                                "BuyerAccounts", json_array_new ());
  json_object_set_array_member (product->doc, "Dimensions", json_array_new ());
  json_object_set_array_member (product->doc, "Versions", json_array_new ());
  put_default_regions (product->doc);
}

static void
check_categories (TrestlePracticeChange *change)
{
  JsonArray *list = get_array (change->details, "Categories");

  for (guint i = 0; i < array_length (list); i++)
    {
      const char *name = json_array_get_string_element (list, i);

      if (!trestle_practice_seller_has_category (name))
        trestle_practice_change_error (change, "INVALID_CATEGORY_NAMES",
                                       "Categories: “%s” is not a category of AWS Marketplace.",
                                       name);
      for (guint j = 0; j < i; j++)
        if (g_str_equal (name, json_array_get_string_element (list, j)))
          trestle_practice_change_error (change, "INVALID_CATEGORY_NAMES",
                                         "Categories: “%s” is there twice.", name);
    }
}

static void
check_keywords (TrestlePracticeChange *change)
{
  JsonArray *list = get_array (change->details, "SearchKeywords");
  glong total = 0;

  for (guint i = 0; i < array_length (list); i++)
    total += g_utf8_strlen (json_array_get_string_element (list, i), -1);
  if (total > KEYWORD_CHARS)
    trestle_practice_change_error (change, "INVALID_INPUT",
                                   "SearchKeywords have %ld characters together. The limit is %d.",
                                   total, KEYWORD_CHARS);
}

static void
check_resources (TrestlePracticeChange *change)
{
  JsonArray *list = get_array (change->details, "AdditionalResources");

  for (guint i = 0; i < array_length (list); i++)
    {
      JsonObject *one = json_array_get_object_element (list, i);

      if (g_utf8_strlen (get_text (one, "Text"), -1) + g_utf8_strlen (get_text (one, "Url"), -1)
          > RESOURCE_CHARS)
        trestle_practice_change_error (change, "INVALID_ADDITIONAL_RESOURCES",
                                       "AdditionalResources[%u]: Text and Url together have more"
                                       " than %d characters.",
                                       i, RESOURCE_CHARS);
      for (guint j = 0; j < i; j++)
        if (g_str_equal (get_text (one, "Url"),
                         get_text (json_array_get_object_element (list, j), "Url")))
          trestle_practice_change_error (change, "INVALID_ADDITIONAL_RESOURCES",
                                         "AdditionalResources[%u]: %s is there twice.", i,
                                         get_text (one, "Url"));
    }
}

static void
check_media (TrestlePracticeChange *change)
{
  JsonArray *videos = get_array (change->details, "VideoUrls");
  const char *logo = get_text (change->details, "LogoUrl");

  for (guint i = 0; logo != NULL && i < array_length (videos); i++)
    if (g_str_equal (logo, json_array_get_string_element (videos, i)))
      trestle_practice_change_error (change, "DUPLICATE_MEDIA",
                                     "%s is both the logo and the video.", logo);
}

/* A list of links, as AWS reads it back. */
static JsonArray *
make_links (JsonArray *list, const char *title)
{
  JsonArray *links = json_array_new ();

  for (guint i = 0; i < array_length (list); i++)
    {
      JsonObject *link = json_object_new ();
      JsonNode *node = json_array_get_element (list, i);

      json_object_set_string_member (link, "Type", "Link");
      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          JsonObject *sent = json_node_get_object (node);

          json_object_set_string_member (link, "Text", get_text (sent, "Text"));
          json_object_set_string_member (link, "Url", get_text (sent, "Url"));
        }
      else
        {
          json_object_set_string_member (link, "Title", title);
          json_object_set_string_member (link, "Url", json_node_get_string (node));
        }
      json_array_add_object_element (links, link);
    }
  return links;
}

static void
merge_promotion (TrestlePracticeWork *work,
                 TrestlePracticeChange *change,
                 TrestlePracticeEntity *product)
{
  JsonObject *promotion = trestle_practice_ensure_object (product->doc, "PromotionalResources");
  const char *logo = get_text (change->details, "LogoUrl");
  g_autofree char *kept = logo != NULL ? trestle_practice_take_logo (work, change, logo) : NULL;

  if (kept != NULL)
    json_object_set_string_member (promotion, "LogoUrl", kept);
  if (json_object_has_member (change->details, "VideoUrls"))
    json_object_set_array_member (promotion, "Videos",
                                  make_links (get_array (change->details, "VideoUrls"), "Video"));
  if (json_object_has_member (change->details, "AdditionalResources"))
    json_object_set_array_member (
        promotion, "AdditionalResources",
        make_links (get_array (change->details, "AdditionalResources"), NULL));
}

/* The first fill of a Draft needs everything; later changes send what changed. */
static void
check_whole (TrestlePracticeChange *change, TrestlePracticeEntity *product)
{
  static const char *const described[] = { "ProductTitle", "ShortDescription", "LongDescription",
                                           "Highlights",   "Categories",       "SearchKeywords" };
  static const char *const promoted[] = { "LogoUrl", "AdditionalResources" };
  JsonObject *description = get_object (product->doc, "Description");
  JsonObject *promotion = get_object (product->doc, "PromotionalResources");
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (described); i++)
    if (!json_object_has_member (description, described[i]))
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", described[i]);
  for (guint i = 0; i < G_N_ELEMENTS (promoted); i++)
    if (!json_object_has_member (promotion, promoted[i])
        && !json_object_has_member (change->details, promoted[i]))
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", promoted[i]);
  if (!json_object_has_member (product->doc, "SupportInformation"))
    g_string_append_printf (missing, "%sSupportDescription", missing->len > 0 ? ", " : "");
  if (missing->len > 0)
    trestle_practice_change_error (change, "MISSING_DATA",
                                   "The following required fields are missing: %s.", missing->str);
}

void
trestle_practice_update_product (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  static const char *const plain[] = { "ProductTitle", "ShortDescription", "LongDescription", "Sku",
                                       "Highlights",   "Categories",       "SearchKeywords" };
  TrestlePracticeEntity *product = get_entity (work, change);
  JsonObject *description = trestle_practice_ensure_object (product->doc, "Description");

  check_all_words (change);
  check_categories (change);
  check_keywords (change);
  check_resources (change);
  check_media (change);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (json_object_has_member (change->details, plain[i]))
      trestle_practice_set_member (description, plain[i],
                                   json_object_get_member (change->details, plain[i]));
  if (get_text (change->details, "SupportDescription") != NULL)
    json_object_set_string_member (
        trestle_practice_ensure_object (product->doc, "SupportInformation"), "Description",
        get_text (change->details, "SupportDescription"));
  merge_promotion (work, change, product);
  check_whole (change, product);
}

static gboolean
same_texts (JsonArray *a, JsonArray *b)
{
  if (array_length (a) != array_length (b))
    return FALSE;
  for (guint i = 0; i < array_length (a); i++)
    if (!array_has (b, json_array_get_string_element (a, i)))
      return FALSE;
  return TRUE;
}

void
trestle_practice_update_product_targeting (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *product = get_entity (work, change);
  JsonObject *positive = get_object (change->details, "PositiveTargeting");
  JsonArray *wanted = get_array (positive, "BuyerAccounts");
  JsonObject *targeting = trestle_practice_ensure_object (product->doc, "Targeting");

  if (g_str_equal (trestle_practice_entity_get_visibility (product), "Restricted"))
    trestle_practice_change_error (change, "INVALID_PRODUCT_VISIBILITY",
                                   "The product is Restricted; its targeting cannot be changed.");
  for (guint i = 0; i < array_length (wanted); i++)
    {
      const char *account = json_array_get_string_element (wanted, i);

      if (strspn (account, "0") == strlen (account))
        trestle_practice_change_error (change, "INVALID_AWS_ACCOUNT_IDS",
                                       "BuyerAccounts: %s is not an AWS account.", account);
      for (guint j = 0; j < i; j++)
        if (g_str_equal (account, json_array_get_string_element (wanted, j)))
          trestle_practice_change_error (change, "INVALID_AWS_ACCOUNT_IDS",
                                         "BuyerAccounts: %s is there twice.", account);
    }
  if (same_texts (wanted, trestle_practice_entity_get_buyers (product)))
    trestle_practice_change_error (change, "INVALID_AWS_ACCOUNT_IDS",
                                   "BuyerAccounts do not differ from the current ones.");
  trestle_practice_set_member (targeting, "PositiveTargeting",
                               json_object_get_member (change->details, "PositiveTargeting"));
}

static void
check_replacement (TrestlePracticeWork *work,
                   TrestlePracticeChange *change,
                   TrestlePracticeEntity *product,
                   const char *target)
{
  const char *id = get_text (change->details, "ReplacementProductId");
  TrestlePracticeEntity *other = id != NULL ? trestle_practice_work_entity (work, id) : NULL;
  const char *visibility = other != NULL ? trestle_practice_entity_get_visibility (other) : NULL;

  if (id == NULL)
    return;
  if (g_strcmp0 (target, "Restricted") != 0)
    trestle_practice_change_error (change, "INVALID_REPLACEMENT_PRODUCT_ID",
                                   "ReplacementProductId goes with the visibility Restricted"
                                   " alone.");
  else if (other == NULL || other == product || !g_str_equal (other->type, TRESTLE_PRACTICE_PRODUCT)
           || !g_str_equal (other->account, work->account)
           || (!g_str_equal (visibility, "Limited") && !g_str_equal (visibility, "Public")))
    trestle_practice_change_error (change, "INVALID_REPLACEMENT_PRODUCT_ID",
                                   "ReplacementProductId %s is not another product of yours that"
                                   " is Limited or Public.",
                                   id);
}

/* Versions that are not restricted are seen by whom the product is seen. */
static void
show_options (TrestlePracticeEntity *product, const char *visibility)
{
  JsonArray *versions = get_array (product->doc, "Versions");

  for (guint i = 0; i < array_length (versions); i++)
    {
      JsonArray *options = get_array (json_array_get_object_element (versions, i),
                                      "DeliveryOptions");

      for (guint j = 0; j < array_length (options); j++)
        {
          JsonObject *option = json_array_get_object_element (options, j);

          if (g_strcmp0 (get_text (option, "Visibility"), "Restricted") != 0)
            json_object_set_string_member (option, "Visibility", visibility);
        }
    }
}

void
trestle_practice_update_visibility (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  TrestlePracticeEntity *product = get_entity (work, change);
  JsonObject *description = trestle_practice_ensure_object (product->doc, "Description");
  const char *target = get_text (change->details, "TargetVisibility");
  const char *current = trestle_practice_entity_get_visibility (product);
  const char *const targets[] = { "Public", "Limited", "Restricted", NULL };

  if (target == NULL || *target == '\0')
    trestle_practice_change_error (change, "EMPTY_TARGET_VISIBILITY",
                                   "TargetVisibility is missing.");
  else if (!g_strv_contains (targets, target))
    trestle_practice_change_error (change, "INVALID_TARGET_VISIBILITY",
                                   "TargetVisibility “%s” is none of Public, Limited, Restricted.",
                                   target);
  else if (g_str_equal (current, "Draft"))
    trestle_practice_change_error (change, "INVALID_PRODUCT_STATE",
                                   "The product is a Draft. Release it first.");
  else if (g_str_equal (current, target))
    trestle_practice_change_error (change, "INVALID_TARGET_VISIBILITY",
                                   "The product is %s already.", target);
  check_replacement (work, change, product, target);
  if (json_array_get_length (change->errors) > 0)
    return;

  json_object_set_string_member (description, "Visibility", target);
  if (get_text (change->details, "ReplacementProductId") != NULL)
    json_object_set_string_member (description, "ReplacementProductId",
                                   get_text (change->details, "ReplacementProductId"));
  else
    json_object_set_null_member (description, "ReplacementProductId");
  if (!g_str_equal (target, "Restricted"))
    show_options (product, target);
}

void
trestle_practice_release_product (TrestlePracticeWork *work, TrestlePracticeChange *change)
{
  static const char *const parts[] = { "PromotionalResources", "SupportInformation" };
  static const char *const lists[] = { "Versions", "Dimensions" };
  TrestlePracticeEntity *product = get_entity (work, change);
  JsonObject *description = get_object (product->doc, "Description");
  g_autoptr (GString) missing = g_string_new (NULL);

  if (!g_str_equal (trestle_practice_entity_get_visibility (product), "Draft"))
    {
      trestle_practice_change_error (change, "INCOMPATIBLE_PRODUCT_STATUS",
                                     "The product is %s; only a Draft can be released.",
                                     trestle_practice_entity_get_visibility (product));
      return;
    }
  if (get_text (description, "ShortDescription") == NULL)
    g_string_append (missing, "Description");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (array_length (get_array (product->doc, lists[i])) == 0)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", lists[i]);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (get_object (product->doc, parts[i]) == NULL)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", parts[i]);
  if (missing->len > 0)
    trestle_practice_change_error (change, "VALIDATION_FAILED",
                                   "The product cannot be released. Missing: %s.", missing->str);
  json_object_set_string_member (description, "Visibility", "Limited");
}
