/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What DescribeEntity shows of a product and its offers. */

#define PRODUCT "prod-sh0pt3stpr0d1"
#define PACKAGE "arn:aws:sagemaker:us-east-1:444455556666:model-package/petal-sorter-v1"
#define FOREIGN "arn:aws:sagemaker:us-east-1:444455556666:model-package/not-of-the-registry"

/** shop_version: @visibility of the delivery option */
static inline char *
shop_version (const char *title, const char *arn, const char *date, const char *visibility)
{
  return g_strdup_printf (
      "{\"Id\":\"v-%s\",\"VersionTitle\":\"%s\",\"ReleaseNotes\":\"Notes of %s\","
      "\"CreationDate\":\"%s\","
      "\"Sources\":[{\"Type\":\"SageMakerModelPackage\",\"Id\":\"s\",\"ModelPackageArn\":\"%s\"}],"
      "\"DeliveryOptions\":[{\"Id\":\"d0000000-0000-4000-8000-%s\",\"Visibility\":\"%s\","
      "\"Instructions\":{\"Usage\":\"Send rows.\","
      "\"SampleNotebookUrl\":\"https://garden.example/notebook.ipynb\","
      "\"RepositoryUrl\":\"https://garden.example/repository\","
      "\"InputProperties\":{\"Description\":\"Rows of four\",\"Limitations\":\"At most 1000\","
      "\"SampleInput\":{\"RealtimeInferenceText\":\"5.1,3.5,1.4,0.2\","
      "\"BatchTransformUrl\":\"https://garden.example/rows.csv\"},"
      "\"Parameters\":[{\"Name\":\"row\",\"Description\":\"Lengths and widths\","
      "\"Constraints\":\"four numbers\",\"Required\":true}],"
      "\"SageMakerCustomAttributes\":[{\"Name\":\"top\",\"Description\":\"How many\","
      "\"Constraints\":\"1-3\",\"Required\":false}]},"
      "\"OutputProperties\":{\"Description\":\"A name for each row\","
      "\"Parameters\":[{\"Name\":\"label\",\"Description\":\"The name\",\"AlwaysReturned\":true}]}},"
      "\"RecommendedInstanceTypes\":{\"BatchTransform\":\"ml.m5.large\","
      "\"RealtimeInference\":\"ml.m5.large\",\"Training\":null},"
      "\"SupportedInstanceTypes\":{\"BatchTransform\":[\"ml.m5.large\"],"
      "\"RealtimeInference\":[\"ml.m5.large\",\"ml.m5.xlarge\"],\"Training\":[]}}]}",
      title, title, title, date, arn, title, visibility);
}

/** shop_product: @accounts: members of a JSON array; @versions: (transfer full): another array's members */
static inline JsonObject *
shop_product (const char *title, const char *visibility, const char *accounts, char *versions)
{
  g_autofree char *rest = versions;
  g_autofree char *text = g_strdup_printf (
      "{\"Description\":{\"ProductTitle\":\"%s\",\"ProductCode\":\"abc\","
      "\"ShortDescription\":\"Names petals\",\"LongDescription\":\"Names petals at length\","
      "\"Sku\":null,\"Highlights\":[\"Quick\"],\"SearchKeywords\":[\"gardening\"],"
      "\"Categories\":[\"Computer Vision\",\"Botany for Tests\"],\"Visibility\":\"%s\","
      "\"ProductState\":\"Active\",\"ReplacementProductId\":null},"
      "\"Targeting\":{\"PositiveTargeting\":{\"BuyerAccounts\":[%s]}},"
      "\"PromotionalResources\":{"
      "\"LogoUrl\":\"https://awsmp-logos.s3.amazonaws.com/iris-classifier.png\","
      "\"Videos\":[{\"Type\":\"Link\",\"Title\":\"Tour\",\"Url\":\"https://garden.example/tour\"}],"
      "\"AdditionalResources\":[{\"Type\":\"Link\",\"Text\":\"Guide\","
      "\"Url\":\"https://garden.example/guide\"}]},"
      "\"SupportInformation\":{\"Description\":\"Write to help@garden.example\"},"
      "\"Dimensions\":[{\"Name\":\"ml.m5.large Inference (Real-Time)\",\"Description\":\"An hour\","
      "\"Key\":\"ml.m5.large.m.i.r\",\"Unit\":\"HostHrs\",\"Types\":[\"Metered\"]}],"
      "\"Versions\":[%s]}",
      title, visibility, accounts, rest);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_node_dup_object (node);
}

/** shop_offer: @buyers: members of a JSON array, none for a public offer; @terms: further terms, each with a comma before it */
static inline char *
shop_offer (const char *id,
            const char *state,
            const char *buyers,
            const char *end,
            const char *price,
            const char *terms)
{
  g_autofree char *targeting = *buyers != '\0'
                                   ? g_strdup_printf ("{\"Type\":\"TargetingRule\","
                                                      "\"PositiveTargeting\":{\"BuyerAccounts\":"
                                                      "[%s]}},",
                                                      buyers)
                                   : g_strdup ("");

  return g_strdup_printf (
      "{\"Id\":\"%s\",\"State\":\"%s\",\"Name\":\"Offer %s\",\"ProductId\":\"" PRODUCT "\","
      "\"Terms\":[{\"Type\":\"UsageBasedPricingTerm\",\"CurrencyCode\":\"USD\",\"RateCards\":["
      "{\"RateCard\":[{\"DimensionKey\":\"ml.m5.large.m.i.r\",\"Price\":\"%s\"},"
      "{\"DimensionKey\":\"ml.m5.xlarge.m.i.r\",\"Price\":\"%s\"},"
      "{\"DimensionKey\":\"ml.m5.large.m.i.b\",\"Price\":\"%s\"}]}]},"
      "{\"Type\":\"SupportTerm\",\"RefundPolicy\":\"Within a week\"}%s],"
      "\"Rules\":[%s{\"Type\":\"AvailabilityRule\",\"AvailabilityEndDate\":%s}]}",
      id, state, id, price, price, price, terms, targeting, end != NULL ? end : "null");
}
