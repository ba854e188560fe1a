/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <string.h>

#include "unit/shared-data.h"

/*
 * What the Catalog API takes as DetailsDocument of each change that Trestle sends, written down once
 * more, apart from Trestle's own table of fields: so that a fault there is seen here.
 */

typedef struct Shape Shape;
struct Shape
{
  const char *name;
  char kind; /* 's' text, 'b' boolean, 'o' object, 'l' list, '*' one of two: exactly one member */
  gboolean required;
  int least, most;
  const char *regex;
  const Shape *parts; /* of an object its members, of a list its element */
};

#define END { NULL }
#define TEXT "^\\S+[\\S\\s]*"
#define HTTPS                                                                                      \
  "^https://(www\\.)?[-a-zA-Z0-9@._]{1,256}\\.[a-zA-Z0-9()]{2,63}\\b([-a-zA-Z0-9@_+./]*)"
#define LINK                                                                                       \
  "^https?://(www\\.)?[-a-zA-Z0-9@._]{1,256}\\.[a-zA-Z0-9()]{2,63}\\b([-a-zA-Z0-9@_+./:%~#?&=, ]*)$"
#define INSTANCE "^\\S{1,24}$"
#define PRICE "^((100000000(\\.0{0,8})?)|(\\d{1,8}(\\.\\d{0,8})?))$"
#define DURATION "^P(?=.)(\\d+Y)?(\\d+M)?(\\d+D)?$"

/* clang-format off */
static const Shape shape_highlight[] = { { "", 's', TRUE, 1, 500 } };
static const Shape shape_video[] = { { "", 's', TRUE, 1, 2048, HTTPS } };
static const Shape shape_plain[] = { { "", 's', TRUE, 1, 200 } };
static const Shape shape_keyword[] = { { "", 's', TRUE, 1, 50 } };
static const Shape shape_account[] = { { "", 's', TRUE, 12, 12, "^\\d{12}$" } };
static const Shape shape_uuid[] = { { "", 's', TRUE, 36, 36, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" } };
static const Shape shape_link_members[] = {
  { "Text", 's', TRUE, 1, 500, TEXT }, { "Url", 's', TRUE, 1, 2048, LINK }, END };
static const Shape shape_link[] = { { "", 'o', TRUE, 0, 0, NULL, shape_link_members } };

static const Shape shape_create_product[] = { { "ProductTitle", 's', FALSE, 1, 72, TEXT }, END };
static const Shape shape_update_information[] = {
  { "ProductTitle", 's', FALSE, 1, 72, TEXT },
  { "ShortDescription", 's', FALSE, 1, 1000, TEXT },
  { "LongDescription", 's', FALSE, 1, 5000, TEXT },
  { "Sku", 'n', FALSE, 1, 100 },
  { "LogoUrl", 's', FALSE, 1, 2048, HTTPS },
  { "VideoUrls", 'l', FALSE, 0, 1, NULL, shape_video },
  { "Highlights", 'l', FALSE, 1, 3, NULL, shape_highlight },
  { "AdditionalResources", 'l', FALSE, 0, 3, NULL, shape_link },
  { "SupportDescription", 's', FALSE, 1, 2000, TEXT },
  { "Categories", 'l', FALSE, 1, 3, NULL, shape_plain },
  { "SearchKeywords", 'l', FALSE, 1, 15, NULL, shape_keyword },
  END };
static const Shape shape_buyers[] = { { "BuyerAccounts", 'l', TRUE, 0, 100, NULL, shape_account }, END };
static const Shape shape_update_targeting[] = {
  { "PositiveTargeting", 'o', TRUE, 0, 0, NULL, shape_buyers }, END };
static const Shape shape_update_visibility[] = {
  { "TargetVisibility", 's', TRUE, 1, 20, "^(Public|Limited|Restricted)$" },
  { "ReplacementProductId", 's', FALSE, 1, 36, "^(prod-[0-9a-z]{13}|prod-[0-9a-z]{25}|[0-9a-f-]{36})$" },
  END };
static const Shape shape_nothing[] = { END };

static const Shape shape_sample[] = {
  { "RealtimeInferenceText", 's', FALSE, 1, 10000 }, { "RealtimeInferenceUrl", 's', FALSE, 1, 10000, HTTPS },
  { "BatchTransformText", 's', FALSE, 1, 10000 }, { "BatchTransformUrl", 's', FALSE, 1, 10000, HTTPS }, END };
static const Shape shape_parameter_members[] = {
  { "Name", 's', TRUE, 1, 100, "^[ -~]+$" }, { "Description", 's', TRUE, 1, 1000 },
  { "Constraints", 's', FALSE, 1, 1500 }, { "Required", 'b', FALSE }, END };
static const Shape shape_parameter[] = { { "", 'o', TRUE, 0, 0, NULL, shape_parameter_members } };
static const Shape shape_output_members[] = {
  { "Name", 's', TRUE, 1, 100, "^[ -~]+$" }, { "Description", 's', TRUE, 1, 1000 },
  { "AlwaysReturned", 'b', FALSE }, END };
static const Shape shape_output_parameter[] = { { "", 'o', TRUE, 0, 0, NULL, shape_output_members } };
static const Shape shape_input[] = {
  { "Description", 's', TRUE, 1, 10000 }, { "Limitations", 's', FALSE, 1, 1000 },
  { "SampleInput", 'o', FALSE, 0, 0, NULL, shape_sample },
  { "Parameters", 'l', FALSE, 0, 35, NULL, shape_parameter },
  { "SageMakerCustomAttributes", 'l', FALSE, 0, 35, NULL, shape_parameter }, END };
static const Shape shape_output[] = {
  { "Description", 's', TRUE, 1, 10000 }, { "SampleOutput", 'o', FALSE, 0, 0, NULL, shape_sample },
  { "Parameters", 'l', FALSE, 0, 35, NULL, shape_output_parameter }, END };
static const Shape shape_types[] = {
  { "BatchTransform", 's', FALSE, 1, 24, INSTANCE }, { "RealtimeInference", 's', FALSE, 1, 24, INSTANCE }, END };
static const Shape shape_algorithm_types[] = {
  { "BatchTransform", 's', FALSE, 1, 24, INSTANCE }, { "RealtimeInference", 's', FALSE, 1, 24, INSTANCE },
  { "Training", 's', FALSE, 1, 24, INSTANCE }, END };

#define USAGE(required, types)                                       \
  { "UsageInstructions", 's', required, 1, 10000 },                  \
  { "SampleNotebookUrl", 's', required, 1, 2000, HTTPS },            \
  { "RepositoryUrl", 's', required, 1, 2000, HTTPS },                \
  { "InputProperties", 'o', required, 0, 0, NULL, shape_input },     \
  { "OutputProperties", 'o', required, 0, 0, NULL, shape_output },   \
  { "RecommendedInstanceTypes", 'o', required, 0, 0, NULL, types }, END
#define ROLE { "AccessRoleArn", 's', TRUE, 1, 200, "^arn:aws:iam::\\d{12}:role(/[A-Za-z0-9_+=,.@-]+)?$" }
#define ARN(name, kind) \
  { name, 's', TRUE, 1, 2200, "^arn:aws:sagemaker:[a-z0-9-]{4,24}:[0-9]{12}:" kind "/\\S{1,2048}$" }

static const Shape shape_model[] = {
  ARN ("SageMakerModelPackageArn", "model-package"), ROLE, USAGE (TRUE, shape_types) };
static const Shape shape_algorithm[] = {
  ARN ("SageMakerAlgorithmArn", "algorithm"), ROLE, USAGE (TRUE, shape_algorithm_types) };
static const Shape shape_model_update[] = { USAGE (FALSE, shape_types) };
static const Shape shape_algorithm_update[] = { USAGE (FALSE, shape_algorithm_types) };
static const Shape shape_kinds[] = {
  { "SageMakerModelPackageDeliveryOptionDetails", 'o', FALSE, 0, 0, NULL, shape_model },
  { "SageMakerAlgorithmDeliveryOptionDetails", 'o', FALSE, 0, 0, NULL, shape_algorithm }, END };
static const Shape shape_kinds_update[] = {
  { "SageMakerModelPackageDeliveryOptionDetails", 'o', FALSE, 0, 0, NULL, shape_model_update },
  { "SageMakerAlgorithmDeliveryOptionDetails", 'o', FALSE, 0, 0, NULL, shape_algorithm_update }, END };
static const Shape shape_option_members[] = { { "Details", '*', TRUE, 0, 0, NULL, shape_kinds }, END };
static const Shape shape_option[] = { { "", 'o', TRUE, 0, 0, NULL, shape_option_members } };
static const Shape shape_option_update_members[] = {
  { "Id", 's', TRUE, 36, 36 }, { "Details", '*', TRUE, 0, 0, NULL, shape_kinds_update }, END };
static const Shape shape_option_update[] = { { "", 'o', TRUE, 0, 0, NULL, shape_option_update_members } };
static const Shape shape_version[] = {
  { "VersionTitle", 's', TRUE, 1, 64, TEXT }, { "ReleaseNotes", 's', TRUE, 1, 30000, TEXT }, END };
static const Shape shape_version_update[] = {
  { "VersionTitle", 's', FALSE, 1, 64, TEXT }, { "ReleaseNotes", 's', FALSE, 1, 30000, TEXT }, END };
static const Shape shape_add_options[] = {
  { "Version", 'o', TRUE, 0, 0, NULL, shape_version },
  { "DeliveryOptions", 'l', TRUE, 1, 1, NULL, shape_option }, END };
static const Shape shape_update_options[] = {
  { "Version", 'o', FALSE, 0, 0, NULL, shape_version_update },
  { "DeliveryOptions", 'l', FALSE, 0, 1, NULL, shape_option_update }, END };
static const Shape shape_restrict[] = {
  { "DeliveryOptionIds", 'l', TRUE, 1, 50, NULL, shape_uuid }, END };

static const Shape shape_create_offer[] = {
  { "ProductId", 's', TRUE, 1, 50 }, { "Name", 's', FALSE, 1, 150, "^[^\\\\<>]*$" }, END };
static const Shape shape_offer_information[] = {
  { "Name", 's', FALSE, 1, 150, "^[^\\\\<>]*$" }, { "Description", 's', FALSE, 1, 255 }, END };
static const Shape shape_rate_members[] = {
  { "DimensionKey", 's', TRUE, 1, 100 }, { "Price", 's', TRUE, 1, 20, PRICE }, END };
static const Shape shape_rate[] = { { "", 'o', TRUE, 0, 0, NULL, shape_rate_members } };
static const Shape shape_card_members[] = { { "RateCard", 'l', TRUE, 1, 800, NULL, shape_rate }, END };
static const Shape shape_card[] = { { "", 'o', TRUE, 0, 0, NULL, shape_card_members } };
static const Shape shape_grant_members[] = { { "DimensionKey", 's', TRUE, 1, 100 }, END };
static const Shape shape_grant[] = { { "", 'o', TRUE, 0, 0, NULL, shape_grant_members } };
static const Shape shape_usage_term[] = {
  { "Type", 's', TRUE, 1, 40, "^UsageBasedPricingTerm$" }, { "CurrencyCode", 's', TRUE, 3, 3, "^USD$" },
  { "RateCards", 'l', TRUE, 1, 1, NULL, shape_card }, END };
static const Shape shape_trial_term[] = {
  { "Type", 's', TRUE, 1, 40, "^FreeTrialPricingTerm$" }, { "Duration", 's', TRUE, 2, 20, DURATION },
  { "Grants", 'l', TRUE, 1, 800, NULL, shape_grant }, END };
static const Shape shape_term[] = { { "UsageBasedPricingTerm", 't', TRUE, 0, 0, NULL, shape_usage_term },
  { "FreeTrialPricingTerm", 't', TRUE, 0, 0, NULL, shape_trial_term }, END };
static const Shape shape_pricing[] = {
  { "PricingModel", 's', TRUE, 1, 10, "^(Usage|Free)$" }, { "Terms", 'l', TRUE, 1, 2, NULL, shape_term }, END };
static const Shape shape_standard[] = {
  { "Type", 's', TRUE, 1, 20, "^StandardEula$" }, { "Version", 's', TRUE, 10, 10, "^2022-07-14$|^2019-04-24$" }, END };
static const Shape shape_custom[] = {
  { "Type", 's', TRUE, 1, 20, "^CustomEula$" }, { "Url", 's', TRUE, 1, 32000, "^https?://" }, END };
static const Shape shape_document[] = { { "StandardEula", 't', TRUE, 0, 0, NULL, shape_standard },
  { "CustomEula", 't', TRUE, 0, 0, NULL, shape_custom }, END };
static const Shape shape_legal_term_members[] = {
  { "Type", 's', TRUE, 1, 20, "^LegalTerm$" }, { "Documents", 'l', TRUE, 1, 1, NULL, shape_document }, END };
static const Shape shape_legal_term[] = { { "", 'o', TRUE, 0, 0, NULL, shape_legal_term_members } };
static const Shape shape_legal[] = { { "Terms", 'l', TRUE, 1, 1, NULL, shape_legal_term }, END };
static const Shape shape_support_term_members[] = {
  { "Type", 's', TRUE, 1, 20, "^SupportTerm$" },
  { "RefundPolicy", 's', TRUE, 1, 500, "^\\S([\\s -~©®™¢£¤¥]*\\S)?$" }, END };
static const Shape shape_support_term[] = { { "", 'o', TRUE, 0, 0, NULL, shape_support_term_members } };
static const Shape shape_support[] = { { "Terms", 'l', TRUE, 0, 1, NULL, shape_support_term }, END };

static const Shape shape_offer_buyers[] = { { "BuyerAccounts", 'l', TRUE, 1, 26, NULL, shape_account }, END };
static const Shape shape_offer_targeting[] = {
  { "PositiveTargeting", 'o', TRUE, 0, 0, NULL, shape_offer_buyers }, END };
static const Shape shape_availability[] = {
  { "AvailabilityEndDate", 's', TRUE, 10, 10, "^\\d{4}-\\d{2}-\\d{2}$" }, END };
static const Shape shape_validity_term_members[] = {
  { "Type", 's', TRUE, 1, 20, "^ValidityTerm$" }, { "AgreementDuration", 's', TRUE, 2, 20, DURATION }, END };
static const Shape shape_validity_term[] = { { "", 'o', TRUE, 0, 0, NULL, shape_validity_term_members } };
static const Shape shape_validity[] = { { "Terms", 'l', TRUE, 0, 1, NULL, shape_validity_term }, END };

static const struct { const char *entity, *change; const Shape *shape; } change_shapes[] = {
  { "MachineLearningProduct@1.0", "CreateProduct", shape_create_product },
  { "MachineLearningProduct@1.0", "UpdateInformation", shape_update_information },
  { "MachineLearningProduct@1.0", "UpdateTargeting", shape_update_targeting },
  { "MachineLearningProduct@1.0", "UpdateVisibility", shape_update_visibility },
  { "MachineLearningProduct@1.0", "ReleaseProduct", shape_nothing },
  { "MachineLearningProduct@1.0", "AddDeliveryOptions", shape_add_options },
  { "MachineLearningProduct@1.0", "UpdateDeliveryOptions", shape_update_options },
  { "MachineLearningProduct@1.0", "RestrictDeliveryOptions", shape_restrict },
  { "Offer@1.0", "CreateOffer", shape_create_offer },
  { "Offer@1.0", "UpdateInformation", shape_offer_information },
  { "Offer@1.0", "UpdatePricingTerms", shape_pricing },
  { "Offer@1.0", "UpdateLegalTerms", shape_legal },
  { "Offer@1.0", "UpdateSupportTerms", shape_support },
  { "Offer@1.0", "UpdateTargeting", shape_offer_targeting },
  { "Offer@1.0", "UpdateAvailability", shape_availability },
  { "Offer@1.0", "UpdateValidityTerms", shape_validity },
  { "Offer@1.0", "ReleaseOffer", shape_nothing },
};
/* clang-format on */

#define FAULT(...)                                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (*fault == NULL)                                                                            \
      *fault = g_strdup_printf (__VA_ARGS__);                                                      \
    return;                                                                                        \
  }                                                                                                \
  G_STMT_END

static void check_shape (const char *path, JsonNode *node, const Shape *shape, char **fault);

static void
check_members (const char *path, JsonNode *node, const Shape *shapes, char **fault)
{
  JsonObject *object;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    FAULT ("%s: no object", path);
  object = json_node_get_object (node);
  for (const Shape *shape = shapes; shape->name != NULL; shape++)
    if (shape->required && !json_object_has_member (object, shape->name))
      FAULT ("%s.%s: missing", path, shape->name);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    {
      const Shape *shape = shapes;
      g_autofree char *below = g_strdup_printf ("%s.%s", path, name);

      while (shape->name != NULL && !g_str_equal (shape->name, name))
        shape++;
      if (shape->name == NULL)
        FAULT ("%s: not a member", below);
      check_shape (below, member, shape, fault);
    }
}

static void
check_shape (const char *path, JsonNode *node, const Shape *shape, char **fault)
{
  const char *text;

  switch (shape->kind)
    {
    case 'n':
      if (JSON_NODE_HOLDS_NULL (node))
        return;
      G_GNUC_FALLTHROUGH;
    case 's':
      if (json_node_get_value_type (node) != G_TYPE_STRING)
        FAULT ("%s: no text", path);
      text = json_node_get_string (node);
      /* a reference to what another change makes may stand for an identifier */
      if (*text == '$')
        return;
      if (g_utf8_strlen (text, -1) < shape->least || g_utf8_strlen (text, -1) > shape->most)
        FAULT ("%s: length %ld", path, g_utf8_strlen (text, -1));
      if (shape->regex != NULL && !g_regex_match_simple (shape->regex, text, 0, 0))
        FAULT ("%s: “%s” does not match", path, text);
      break;
    case 'b':
      if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        FAULT ("%s: no boolean", path);
      break;
    case '*':
      if (!JSON_NODE_HOLDS_OBJECT (node) || json_object_get_size (json_node_get_object (node)) != 1)
        FAULT ("%s: not one of the two", path);
      G_GNUC_FALLTHROUGH;
    case 'o':
      check_members (path, node, shape->parts, fault);
      break;
    case 'l':
      {
        JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

        if (array == NULL)
          FAULT ("%s: no list", path);
        if ((int) json_array_get_length (array) < shape->least
            || (int) json_array_get_length (array) > shape->most)
          FAULT ("%s: %u elements", path, json_array_get_length (array));
        for (guint i = 0; i < json_array_get_length (array); i++)
          {
            JsonNode *element = json_array_get_element (array, i);
            g_autofree char *below = g_strdup_printf ("%s[%u]", path, i);
            const Shape *part = shape->parts;

            if (part->kind != 't')
              {
                check_shape (below, element, part, fault);
                continue;
              }
            /* elements of several types: the member Type names the shape */
            text = JSON_NODE_HOLDS_OBJECT (element)
                       ? json_object_get_string_member_with_default (json_node_get_object (element),
                                                                     "Type", "")
                       : "";
            while (part->name != NULL && !g_str_equal (part->name, text))
              part++;
            if (part->name == NULL)
              FAULT ("%s: type “%s”", below, text);
            check_members (below, element, part->parts, fault);
          }
      }
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Which of the shapes something was held against. */
static gboolean change_shapes_seen[G_N_ELEMENTS (change_shapes)];

/* What is wrong with the details of a change; NULL is nothing. */
static inline char *
dup_shape_fault (const char *entity, const char *change, JsonNode *details)
{
  char *fault = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (change_shapes); i++)
    if (g_str_equal (change_shapes[i].entity, entity)
        && g_str_equal (change_shapes[i].change, change))
      {
        change_shapes_seen[i] = TRUE;
        check_members (change, details, change_shapes[i].shape, &fault);
        return fault;
      }
  return g_strdup_printf ("%s of %s: no such change", change, entity);
}

/* Asserts that each of @changes (NULL: all of a product) was held against its shape by a test before. */
static inline void
assert_shapes_seen (const char *entity, const char *const *changes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (change_shapes); i++)
    if (g_str_equal (change_shapes[i].entity, entity)
        && (changes == NULL || g_strv_contains (changes, change_shapes[i].change)))
      {
        g_test_message ("%s of %s", change_shapes[i].change, entity);
        g_assert_true (change_shapes_seen[i]);
      }
}

static inline void
assert_shape_names (const Shape *shapes, const char *reference)
{
  for (const Shape *shape = shapes; shape->name != NULL; shape++)
    {
      g_test_message ("%s", shape->name);
      g_assert_nonnull (strstr (reference, shape->name));
      if (shape->parts != NULL && shape->kind == 'l' && *shape->parts->name == '\0')
        {
          if (shape->parts->parts != NULL)
            assert_shape_names (shape->parts->parts, reference);
        }
      else if (shape->parts != NULL)
        assert_shape_names (shape->parts, reference);
    }
}

/* The shapes are those of the reference: each of its changes of a product, and no name that it has not.
 * Returns: whether the reference is there */
static inline gboolean
assert_shapes_of_reference (void)
{
  static const char *const eight[] = { "CreateProduct",         "UpdateInformation",
                                       "UpdateTargeting",       "UpdateVisibility",
                                       "ReleaseProduct",        "AddDeliveryOptions",
                                       "UpdateDeliveryOptions", "RestrictDeliveryOptions" };
  g_autofree char *path = dup_shared_path ("aws/seller.md");
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (eight); i++)
    {
      g_autofree char *heading = g_strconcat ("#### ", eight[i], NULL);
      gsize at = 0;

      g_test_message ("%s", heading);
      g_assert_nonnull (strstr (text, heading));
      while (at < G_N_ELEMENTS (change_shapes)
             && (!g_str_equal (change_shapes[at].change, eight[i])
                 || !g_str_has_prefix (change_shapes[at].entity, "Machine")))
        at++;
      g_assert_cmpuint (at, <, G_N_ELEMENTS (change_shapes));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (change_shapes); i++)
    {
      g_assert_nonnull (strstr (text, change_shapes[i].change));
      assert_shape_names (change_shapes[i].shape, text);
    }
  return TRUE;
}
