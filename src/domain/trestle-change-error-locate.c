/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-change-error-private.h"

#include <string.h>

#include "domain/trestle-node.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What a change writes, for codes that are new. */
static const char *
field_of_change (const char *change_type, const char *entity_type)
{
  static const struct
  {
    const char *change_type;
    const char *product;
    const char *offer;
  } fields[] = {
    { "CreateProduct", "Product.ProductTitle", NULL },
    { "AddDeliveryOptions", "Versions[]", NULL },
    { "UpdateDeliveryOptions", "Versions[]", NULL },
    { "RestrictDeliveryOptions", "Versions[].Restricted", NULL },
    { "UpdateTargeting", "Product.BuyerAccounts", "Offer.BuyerAccounts" },
    { "UpdatePricingTerms", NULL, "Offer.RateCard" },
    { "UpdateLegalTerms", NULL, "Offer.Eula" },
    { "UpdateSupportTerms", NULL, "Offer.RefundPolicy" },
    { "UpdateAvailability", NULL, "Offer.AvailabilityEndDate" },
    { "CreateOffer", NULL, "Offer.Name" },
  };
  gboolean offer = entity_type != NULL && g_str_has_prefix (entity_type, "Offer");

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (fields[i].change_type, change_type) == 0)
      {
        const char *field = offer ? fields[i].offer : fields[i].product;

        if (field != NULL)
          return field;
      }
  return offer ? "Offer" : "Product";
}

/* AWS names members as they are ("ShortDescription"), or for people ("short description"). */
static gboolean
names (const char *message, const char *word)
{
  g_autofree char *plain = g_ascii_strdown (message, -1);
  g_autoptr (GString) spaced = g_string_new (NULL);

  for (const char *p = word; *p != '\0'; p++)
    {
      if (p > word && g_ascii_isupper (*p))
        g_string_append_c (spaced, ' ');
      g_string_append_c (spaced, g_ascii_tolower (*p));
    }
  if (strstr (plain, spaced->str) != NULL)
    return TRUE;
  g_string_replace (spaced, " ", "", 0);
  return strstr (plain, spaced->str) != NULL;
}

/* The details of a change name its version by one of these; a new one is in the draft without Id. */
static gboolean
is_version (JsonNode *version, JsonNode *details)
{
  JsonNode *options = trestle_node_member (details, "DeliveryOptions");
  JsonNode *option = trestle_node_element (options, 0);
  JsonNode *kinds = trestle_node_member (option, "Details");
  const char *id = trestle_node_text (option, "Id"),
             *title = trestle_node_text (trestle_node_member (details, "Version"), "VersionTitle");
  const char *const arns[][2] = {
    { "SageMakerModelPackageDeliveryOptionDetails", "SageMakerModelPackageArn" },
    { "SageMakerAlgorithmDeliveryOptionDetails", "SageMakerAlgorithmArn" },
  };

  if (id != NULL)
    return g_strcmp0 (trestle_node_text (version, "DeliveryOptionId"), id) == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (arns); i++)
    {
      const char *arn = trestle_node_text (trestle_node_member (kinds, arns[i][0]), arns[i][1]);

      if (arn != NULL)
        return g_strcmp0 (trestle_node_text (version, arns[i][1]), arn) == 0
               && g_strcmp0 (trestle_node_text (version, "VersionTitle"), title) == 0;
    }
  options = trestle_node_member (details, "DeliveryOptionIds");
  for (guint i = 0; i < trestle_node_length (options); i++)
    if (g_strcmp0 (trestle_node_self_text (trestle_node_element (options, i)),
                   trestle_node_text (version, "DeliveryOptionId"))
        == 0)
      return TRUE;
  return FALSE;
}

/* -1 where it is not in the draft */
static int
find_version (JsonNode *draft, JsonNode *details)
{
  JsonNode *versions = trestle_node_member (draft, "Versions");

  for (guint i = 0; i < trestle_node_length (versions); i++)
    if (is_version (trestle_node_element (versions, i), details))
      return (int) i;
  return -1;
}

char *
trestle_change_error_dup_version_field (JsonNode *draft, JsonNode *details, const char *field)
{
  const char *rest = field + strlen ("Versions[]");
  int index = find_version (draft, details);
  g_autofree char *at = NULL;

  if (index < 0)
    return g_strdup ("Versions");
  if (g_str_equal (rest, ".SageMakerModelPackageArn"))
    {
      JsonNode *version = trestle_node_element (trestle_node_member (draft, "Versions"), index);

      if (trestle_node_text (version, "SageMakerAlgorithmArn") != NULL)
        rest = ".SageMakerAlgorithmArn";
    }
  return g_strdup_printf ("Versions[%d]%s", index, rest);
}

char *
trestle_change_error_dup_field_of (JsonNode *draft,
                                   const char *change_type,
                                   const char *entity_type,
                                   JsonNode *details)
{
  const char *pattern = field_of_change (change_type, entity_type);

  return g_str_has_prefix (pattern, "Versions[]")
             ? trestle_change_error_dup_version_field (draft, details, pattern)
             : g_strdup (pattern);
}

/* The price whose key AWS's message quotes; the longest, for "ml.m5.large.m.i.r" is not
 * "ml.m5.large.m.i.b" but may begin like another. */
static char *
dup_rate_field (JsonNode *draft, const char *message)
{
  JsonNode *rates = trestle_node_member (trestle_node_member (draft, "Offer"), "RateCard");
  gsize longest = 0;
  guint found = 0;

  for (guint i = 0; i < trestle_node_length (rates); i++)
    {
      const char *key = trestle_node_text (trestle_node_element (rates, i), "DimensionKey");

      if (key != NULL && strlen (key) > longest && strstr (message, key) != NULL)
        {
          longest = strlen (key);
          found = i;
        }
    }
  return longest > 0 ? g_strdup_printf ("Offer.RateCard[%u]", found) : g_strdup ("Offer.RateCard");
}

static void
add (GPtrArray *findings,
     const char *field,
     const char *code,
     const TrestleChangeError *error,
     const char *message)
{
  g_autofree char *words = NULL;

  if (error == NULL)
    words = g_strdup (message != NULL && *message != '\0' ? message
                                                          : _ ("AWS refused the change."));
  else if (message != NULL && *message != '\0')
    /* Translators: what happened, then what AWS wrote about it */
    words = g_strdup_printf (_ ("%s AWS says: %s"), _ (error->message), message);
  else
    words = g_strdup (_ (error->message));
  g_ptr_array_add (findings, g_object_new (TRESTLE_TYPE_FINDING, "field", field, "severity",
                                           TRESTLE_SEVERITY_ERROR, "code", code, "message", words,
                                           "fix", error != NULL ? _ (error->fix) : NULL, NULL));
}

/* Fields of what buyers read that the message names; AWS lists several in one message. */
static void
add_named (GPtrArray *findings,
           const char *code,
           const TrestleChangeError *error,
           const char *message)
{
  static const char *const members[] = {
    "ProductTitle",  "ShortDescription",    "LongDescription",    "Sku",
    "LogoUrl",       "VideoUrls",           "Highlights",         "Categories",
    "BuyerAccounts", "AdditionalResources", "SupportDescription", "SearchKeywords",
  };
  static const char *const parts[][2] = {
    { "Versions", "Versions" },
    { "Dimensions", "Versions" },
    { "PromotionalResources", "Product.LogoUrl" },
    { "SupportInformation", "Product.SupportDescription" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (names (message, members[i]))
      {
        g_autofree char *field = g_strconcat ("Product.", members[i], NULL);

        add (findings, field, code, error, message);
      }
  if (g_str_equal (code, "VALIDATION_FAILED"))
    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
      if (names (message, parts[i][0]))
        add (findings, parts[i][1], code, error, message);
}

GPtrArray *
trestle_change_error_locate (JsonNode *draft,
                             const char *change_type,
                             const char *entity_type,
                             JsonNode *details,
                             const char *code,
                             const char *message)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);
  const TrestleChangeError *error = trestle_change_error_find (code, change_type);
  const char *pattern = error != NULL ? error->field : field_of_change (change_type, entity_type);
  g_autofree char *field = NULL;

  if (code != NULL && message != NULL
      && (g_str_equal (pattern, "Product") || g_str_equal (pattern, "Product.LogoUrl")
          || g_str_equal (pattern, "Product.VideoUrls")))
    {
      add_named (findings, code, error, message);
      if (findings->len > 0)
        return findings;
    }
  if (g_str_has_prefix (pattern, "Versions[]"))
    field = trestle_change_error_dup_version_field (draft, details, pattern);
  else if (g_str_equal (pattern, "Offer.RateCard") && message != NULL)
    field = dup_rate_field (draft, message);
  else
    field = g_strdup (pattern);
  add (findings, field, code, error, message);
  return findings;
}
