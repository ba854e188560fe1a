/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-services"

#include "services/trestle-pricing-service.h"

#include "domain/trestle-instance-price.h"
#include "services/trestle-service.h"

#define SERVICE "pricing"
#define CURRENCY "USD"

static TrestleJson
first_member (TrestleJson at)
{
  g_autoptr (GList) names = trestle_json_names (at);

  return trestle_json_member (at, names ? names->data : "");
}

/* An element of PriceList is a text that holds JSON. */
static gpointer
read_price (TrestleJson at, TrestleAwsReply *reply, gpointer data)
{
  const char *text = trestle_json_self_string (at);
  const char *component = data, *instance, *price, *gpu;
  g_autoptr (TrestleJsonDoc) doc = NULL;
  g_autoptr (TrestleMoney) hourly = NULL;
  TrestleJson product, attributes, dimension;

  if (text == NULL)
    return NULL;
  doc = trestle_json_doc_parse (text, -1, NULL);
  if (doc == NULL)
    {
      trestle_json_fault (at, NULL, "not JSON");
      return NULL;
    }
  product = trestle_json_member (trestle_json_root (doc), "product");
  attributes = trestle_json_member (product, "attributes");
  instance = trestle_json_string_or (attributes, "instanceName", NULL);
  if (instance == NULL
      || g_strcmp0 (trestle_json_string_or (attributes, "component", NULL), component) != 0)
    return NULL;

  dimension = trestle_json_member (trestle_json_root (doc), "terms");
  dimension = first_member (trestle_json_member (dimension, "OnDemand"));
  dimension = first_member (trestle_json_member (dimension, "priceDimensions"));
  price = trestle_json_string_or (trestle_json_member (dimension, "pricePerUnit"), CURRENCY, NULL);
  if (price == NULL || g_strcmp0 (trestle_json_string_or (dimension, "unit", "Hrs"), "Hrs") != 0)
    return NULL;
  hourly = trestle_money_parse (price, CURRENCY, NULL);
  if (hourly == NULL || !trestle_json_doc_check (doc, NULL))
    {
      trestle_json_fault (at, NULL, "not a price");
      return NULL;
    }
  /* "N/A" where there is none */
  gpu = trestle_json_string_or (attributes, "gpu", NULL);
  if (gpu != NULL && !g_ascii_isdigit (*gpu))
    gpu = "0";
  return g_object_new (TRESTLE_TYPE_INSTANCE_PRICE, "instance-type", instance, "component",
                       component, "hourly", hourly, "vcpu",
                       trestle_json_string_or (attributes, "vCpu", NULL), "memory",
                       trestle_json_string_or (attributes, "memory", NULL), "gpu", gpu, NULL);
}

static void
add_filter (JsonArray *filters, const char *field, const char *value)
{
  JsonObject *filter = json_object_new ();

  json_object_set_string_member (filter, "Type", "TERM_MATCH");
  json_object_set_string_member (filter, "Field", field);
  json_object_set_string_member (filter, "Value", value);
  json_array_add_object_element (filters, filter);
}

DexFuture *
trestle_pricing_service_list (TrestleAwsClient *client, const char *region, const char *component)
{
  TrestleServiceList list = {
    .service = SERVICE,
    .operation = "GetProducts",
    .token_in = "NextToken",
    .token_out = "NextToken",
    .items = "PriceList",
    .read = read_price,
    .data = g_strdup (component),
    .destroy = g_free,
  };
  JsonObject *input = json_object_new ();
  JsonArray *filters = json_array_new ();

  add_filter (filters, "regionCode", region);
  add_filter (filters, "component", component);
  json_object_set_string_member (input, "ServiceCode", "AmazonSageMaker");
  json_object_set_string_member (input, "FormatVersion", "aws_v1");
  json_object_set_array_member (input, "Filters", filters);
  json_object_set_int_member (input, "MaxResults", 100);
  return trestle_service_collect (client, &list, input);
}
