/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-entity-draft.h"

#include <string.h>

#include "domain/trestle-draft-field.h"
#include "domain/trestle-draft-path.h"

/*
 * The documents are read as #TrestleDraft reads any tree: by paths, and nothing in them can be of a
 * wrong form.
 */

typedef struct
{
  const char *from;
  const char *to;
} Pair;

static const Pair product_pairs[] = {
  { "Description.ProductTitle", "Product.ProductTitle" },
  { "Description.ShortDescription", "Product.ShortDescription" },
  { "Description.LongDescription", "Product.LongDescription" },
  { "Description.Sku", "Product.Sku" },
  { "PromotionalResources.LogoUrl", "Product.LogoUrl" },
  { "Description.Highlights", "Product.Highlights" },
  { "SupportInformation.Description", "Product.SupportDescription" },
  { "Description.Categories", "Product.Categories" },
  { "Description.SearchKeywords", "Product.SearchKeywords" },
  { "Targeting.PositiveTargeting.BuyerAccounts", "Product.BuyerAccounts" },
};

/* Of a delivery option, to a version. */
static const Pair option_pairs[] = {
  { "Id", "DeliveryOptionId" },
  { "Instructions.Usage", "UsageInstructions" },
  { "Instructions.SampleNotebookUrl", "SampleNotebookUrl" },
  { "Instructions.RepositoryUrl", "RepositoryUrl" },
  { "Instructions.InputProperties", "InputProperties" },
  { "Instructions.OutputProperties", "OutputProperties" },
  { "RecommendedInstanceTypes", "RecommendedInstanceTypes" },
};

/* A copy without what is null or has nothing in it; nothing of nothing. */
static JsonNode *
dup_what_there_is (JsonNode *node)
{
  g_autoptr (JsonNode) copy = NULL;

  if (trestle_draft_node_is_empty (node))
    return NULL;
  copy = trestle_draft_dup_node (node);
  if (JSON_NODE_HOLDS_OBJECT (copy))
    {
      JsonObject *object = json_node_get_object (copy);
      g_autoptr (GList) names = json_object_get_members (object);

      for (GList *l = names; l != NULL; l = l->next)
        {
          JsonNode *child = dup_what_there_is (json_object_get_member (object, l->data));

          if (child != NULL)
            json_object_set_member (object, l->data, child);
          else
            json_object_remove_member (object, l->data);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (copy))
    {
      JsonArray *old = json_node_get_array (copy);
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (old); i++)
        {
          JsonNode *child = dup_what_there_is (json_array_get_element (old, i));

          if (child != NULL)
            json_array_add_element (array, child);
        }
      json_node_take_array (copy, array);
    }
  return trestle_draft_node_is_empty (copy) ? NULL : g_steal_pointer (&copy);
}

static void
carry (TrestleDraft *from, const char *from_path, TrestleDraft *to, const char *to_path)
{
  JsonNode *value = dup_what_there_is (trestle_draft_get (from, from_path));

  if (value != NULL)
    trestle_draft_set (to, to_path, value);
}

/* `prod-…@7`: the id, and the number behind it. */
static void
carry_identifier (TrestleDraft *to, const char *shelf, const char *identifier)
{
  g_autofree char *id_path = trestle_draft_path_join (shelf, "Identifier");
  g_autofree char *revision_path = trestle_draft_path_join (shelf, "Revision");
  g_auto (GStrv) parts = NULL;
  guint64 revision;

  if (identifier == NULL)
    return;
  parts = g_strsplit (identifier, "@", 2);
  trestle_draft_set_text (to, id_path, parts[0]);
  if (parts[0] != NULL && parts[1] != NULL
      && g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXINT64, &revision, NULL))
    trestle_draft_set_number (to, revision_path, (gint64) revision);
}

static void
carry_promotion (TrestleDraft *product, TrestleDraft *to)
{
  static const char *const members[] = { "Text", "Url" };
  guint videos = trestle_draft_get_length (product, "PromotionalResources.Videos");
  guint links = trestle_draft_get_length (product, "PromotionalResources.AdditionalResources");

  for (guint i = 0; i < videos; i++)
    {
      g_autofree char *from = g_strdup_printf ("PromotionalResources.Videos[%u].Url", i);
      g_autofree char *path = trestle_draft_path_at (
          "Product.VideoUrls", trestle_draft_get_length (to, "Product.VideoUrls"));

      carry (product, from, to, path);
    }
  for (guint i = 0; i < links; i++)
    {
      guint next = trestle_draft_get_length (to, "Product.AdditionalResources");

      for (guint j = 0; j < G_N_ELEMENTS (members); j++)
        {
          g_autofree char *from = g_strdup_printf (
              "PromotionalResources.AdditionalResources[%u].%s", i, members[j]);
          g_autofree char *path = g_strdup_printf ("Product.AdditionalResources[%u].%s", next,
                                                   members[j]);

          carry (product, from, to, path);
        }
    }
}

/* The resource that a delivery option is of; options name it by id, older ones may not. */
static void
carry_source (TrestleDraft *product,
              const char *version,
              const char *source_id,
              TrestleDraft *to,
              const char *to_version)
{
  g_autofree char *sources = trestle_draft_path_join (version, "Sources");
  guint n = trestle_draft_get_length (product, sources);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *source = trestle_draft_path_at (sources, i);
      g_autofree char *id = trestle_draft_path_join (source, "Id");
      g_autofree char *package = trestle_draft_path_join (source, "ModelPackageArn");
      g_autofree char *algorithm = trestle_draft_path_join (source, "AlgorithmArn");
      g_autofree char *to_package = trestle_draft_path_join (to_version,
                                                             "SageMakerModelPackageArn");
      g_autofree char *to_algorithm = trestle_draft_path_join (to_version, "SageMakerAlgorithmArn");

      if (n > 1 && *source_id != '\0'
          && !g_str_equal (trestle_draft_get_text (product, id), source_id))
        continue;
      carry (product, package, to, to_package);
      carry (product, algorithm, to, to_algorithm);
      return;
    }
}

/* A version has one delivery option; if it ever has more, each is as a version of its own. */
static void
carry_version (TrestleDraft *product, const char *version, const char *option, TrestleDraft *to)
{
  static const char *const members[] = { "Id", "VersionTitle", "ReleaseNotes" };
  g_autofree char *to_version = trestle_draft_path_at ("Versions",
                                                       trestle_draft_get_length (to, "Versions"));
  g_autofree char *source = trestle_draft_path_join (option, "SourceId");
  g_autofree char *visibility = trestle_draft_path_join (option, "Visibility");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *from = trestle_draft_path_join (version, members[i]);
      g_autofree char *path = trestle_draft_path_join (to_version, members[i]);

      carry (product, from, to, path);
    }
  carry_source (product, version, trestle_draft_get_text (product, source), to, to_version);
  for (guint i = 0; i < G_N_ELEMENTS (option_pairs); i++)
    {
      g_autofree char *from = trestle_draft_path_join (option, option_pairs[i].from);
      g_autofree char *path = trestle_draft_path_join (to_version, option_pairs[i].to);

      carry (product, from, to, path);
    }
  if (g_str_equal (trestle_draft_get_text (product, visibility), "Restricted"))
    {
      g_autofree char *path = trestle_draft_path_join (to_version, "Restricted");

      trestle_draft_set_bool (to, path, TRUE);
    }
}

static void
carry_versions (TrestleDraft *product, TrestleDraft *to)
{
  guint n = trestle_draft_get_length (product, "Versions");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *version = trestle_draft_path_at ("Versions", i);
      g_autofree char *options = trestle_draft_path_join (version, "DeliveryOptions");
      guint n_options = MAX (1, trestle_draft_get_length (product, options));

      for (guint j = 0; j < n_options; j++)
        {
          g_autofree char *option = trestle_draft_path_at (options, j);

          carry_version (product, version, option, to);
        }
    }
}

/* Prices are texts; a number that some answer has all the same becomes one. */
static char *
price_text (TrestleDraft *offer, const char *path)
{
  JsonNode *node = trestle_draft_get (offer, path);
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  g_ascii_formatd (text, sizeof text, "%.8f", json_node_get_double (node));
  for (length = strlen (text); length > 0 && text[length - 1] == '0'; length--)
    ;
  text[length - (length > 0 && text[length - 1] == '.')] = '\0';
  return g_strdup (text);
}

/* Returns whether any price is above nothing. */
static gboolean
carry_rates (TrestleDraft *offer, const char *term, TrestleDraft *to)
{
  g_autofree char *rates = g_strconcat (term, ".RateCards[0].RateCard", NULL);
  g_autofree char *currency = trestle_draft_path_join (term, "CurrencyCode");
  guint n = trestle_draft_get_length (offer, rates);
  gboolean paid = FALSE;

  carry (offer, currency, to, "Offer.CurrencyCode");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *rate = trestle_draft_path_at (rates, i);
      g_autofree char *key = trestle_draft_path_join (rate, "DimensionKey");
      g_autofree char *price = trestle_draft_path_join (rate, "Price");
      g_autofree char *text = price_text (offer, price);
      g_autofree char *row = trestle_draft_path_at (
          "Offer.RateCard", trestle_draft_get_length (to, "Offer.RateCard"));
      g_autofree char *to_key = trestle_draft_path_join (row, "DimensionKey");
      g_autofree char *to_price = trestle_draft_path_join (row, "Price");

      carry (offer, key, to, to_key);
      trestle_draft_set_text (to, to_price, text);
      paid = paid || (text != NULL && strpbrk (text, "123456789") != NULL);
    }
  return paid;
}

static void
carry_licence (TrestleDraft *offer, const char *term, TrestleDraft *to)
{
  g_autofree char *type = g_strconcat (term, ".Documents[0].Type", NULL);
  g_autofree char *version = g_strconcat (term, ".Documents[0].Version", NULL);
  g_autofree char *url = g_strconcat (term, ".Documents[0].Url", NULL);
  const char *address = trestle_draft_get_text (offer, url);
  const char *query = strchr (address, '?');

  carry (offer, type, to, "Offer.Eula.Type");
  carry (offer, version, to, "Offer.Eula.Version");
  /* an address that is signed anew each time would be a difference each time */
  if (query != NULL && strstr (query, "Signature=") != NULL)
    {
      g_autofree char *plain = g_strndup (address, (gsize) (query - address));

      trestle_draft_set_text (to, "Offer.Eula.Url", plain);
    }
  else
    carry (offer, url, to, "Offer.Eula.Url");
}

static void
carry_terms (TrestleDraft *offer, TrestleDraft *to)
{
  guint n = trestle_draft_get_length (offer, "Terms");
  gboolean paid = FALSE;
  gboolean priced = g_str_equal (trestle_draft_get_text (offer, "State"), "Released");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *term = trestle_draft_path_at ("Terms", i);
      g_autofree char *type_path = trestle_draft_path_join (term, "Type");
      g_autofree char *duration = trestle_draft_path_join (term, "Duration");
      g_autofree char *refund = trestle_draft_path_join (term, "RefundPolicy");
      const char *type = trestle_draft_get_text (offer, type_path);

      if (g_str_equal (type, "UsageBasedPricingTerm"))
        {
          paid = carry_rates (offer, term, to) || paid;
          priced = TRUE;
        }
      else if (g_str_equal (type, "FreeTrialPricingTerm"))
        carry (offer, duration, to, "Offer.FreeTrial");
      else if (g_str_equal (type, "LegalTerm"))
        carry_licence (offer, term, to);
      else if (g_str_equal (type, "SupportTerm"))
        carry (offer, refund, to, "Offer.RefundPolicy");
    }
  /* the model is written, but not told */
  if (priced)
    trestle_draft_set_text (to, "Offer.PricingModel", paid ? "Usage" : "Free");
}

TrestleDraft *
trestle_entity_draft_new (JsonNode *product,
                          const char *product_id,
                          JsonNode *offer,
                          const char *offer_id)
{
  g_autoptr (TrestleDraft) from = trestle_draft_new_from_node (product);
  TrestleDraft *to = trestle_draft_new ();

  carry_identifier (to, "Product", product_id);
  for (guint i = 0; i < G_N_ELEMENTS (product_pairs); i++)
    carry (from, product_pairs[i].from, to, product_pairs[i].to);
  carry_promotion (from, to);
  carry_versions (from, to);
  if (offer != NULL)
    {
      g_autoptr (TrestleDraft) from_offer = trestle_draft_new_from_node (offer);

      carry_identifier (to, "Offer", offer_id);
      carry (from_offer, "Name", to, "Offer.Name");
      carry (from_offer, "Description", to, "Offer.Description");
      carry_terms (from_offer, to);
    }
  return to;
}

gboolean
trestle_entity_offer_is_public (JsonNode *offer)
{
  g_autoptr (TrestleDraft) from = trestle_draft_new_from_node (offer);
  guint n = trestle_draft_get_length (from, "Rules");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *buyers = g_strdup_printf ("Rules[%u].PositiveTargeting.BuyerAccounts", i);

      if (trestle_draft_get_length (from, buyers) > 0)
        return FALSE;
    }
  return TRUE;
}

void
trestle_entity_draft_forget (TrestleDraft *draft)
{
  guint n;
  const TrestleDraftField *fields = trestle_draft_field_all (&n);
  guint versions = trestle_draft_get_length (draft, "Versions");

  for (guint i = 0; i < n; i++)
    {
      const char *pattern = fields[i].pattern;

      if (fields[i].entity == TRESTLE_DRAFT_ENTITY_NONE
          || (fields[i].change != NULL
              && !g_str_equal (fields[i].change, "RestrictDeliveryOptions")))
        continue;
      if (!g_str_has_prefix (pattern, "Versions[]."))
        trestle_draft_set (draft, pattern, NULL);
      for (guint j = 0; g_str_has_prefix (pattern, "Versions[].") && j < versions; j++)
        {
          g_autofree char *path = g_strdup_printf ("Versions[%u].%s", j,
                                                   pattern + strlen ("Versions[]."));

          trestle_draft_set (draft, path, NULL);
        }
    }
}

/* The version of @from that @draft's version @i became. */
static int
find_version (TrestleDraft *from, TrestleDraft *draft, guint i)
{
  static const char *const members[] = { "Id", "SageMakerModelPackageArn", "SageMakerAlgorithmArn",
                                         "VersionTitle" };
  guint n = trestle_draft_get_length (from, "Versions");

  for (guint m = 0; m < G_N_ELEMENTS (members); m++)
    {
      g_autofree char *mine = g_strdup_printf ("Versions[%u].%s", i, members[m]);
      const char *value = trestle_draft_get_text (draft, mine);

      for (guint j = 0; *value != '\0' && j < n; j++)
        {
          g_autofree char *theirs = g_strdup_printf ("Versions[%u].%s", j, members[m]);

          if (g_str_equal (value, trestle_draft_get_text (from, theirs)))
            return (int) j;
        }
    }
  return -1;
}

static void
take (TrestleDraft *draft, const char *to, TrestleDraft *from, const char *path)
{
  JsonNode *node = trestle_draft_get (from, path);

  if (node != NULL)
    trestle_draft_set (draft, to, trestle_draft_dup_node (node));
}

void
trestle_entity_draft_adopt (TrestleDraft *draft, TrestleDraft *from)
{
  static const char *const given[] = { "Product.Identifier", "Product.Revision", "Offer.Identifier",
                                       "Offer.Revision" };
  static const char *const of_version[] = { "Id", "DeliveryOptionId" };
  guint n;

  g_return_if_fail (TRESTLE_IS_DRAFT (draft) && TRESTLE_IS_DRAFT (from));

  n = trestle_draft_get_length (draft, "Versions");
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    take (draft, given[i], from, given[i]);
  for (guint i = 0; i < n; i++)
    {
      int j = find_version (from, draft, i);

      for (guint m = 0; j >= 0 && m < G_N_ELEMENTS (of_version); m++)
        {
          g_autofree char *to = g_strdup_printf ("Versions[%u].%s", i, of_version[m]);
          g_autofree char *path = g_strdup_printf ("Versions[%d].%s", j, of_version[m]);

          take (draft, to, from, path);
        }
    }
}
