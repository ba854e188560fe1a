/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include <string.h>

#include "practice/trestle-practice-context.h"

static const struct
{
  const char *member; /* in the catalogue */
  const char *component;
  const char *usage;
  const char *words;
} components[] = {
  { "hosting", "Hosting", "Host", "Hosting" },
  { "transform", "Batch Transform", "Tsform", "Batch Transform" },
  { "training", "Training", "Train", "Training" },
  { "async", "Asynchronous Inference", "AsyncInf", "Asynchronous Inference" },
};

static const char *
usage_prefix (const char *region)
{
  static const char *const prefixes[][2] = {
    { "us-east-1", "USE1" },      { "us-east-2", "USE2" },      { "us-west-1", "USW1" },
    { "us-west-2", "USW2" },      { "ca-central-1", "CAN1" },   { "sa-east-1", "SAE1" },
    { "eu-west-1", "EUW1" },      { "eu-west-2", "EUW2" },      { "eu-west-3", "EUW3" },
    { "eu-central-1", "EUC1" },   { "eu-north-1", "EUN1" },     { "ap-south-1", "APS3" },
    { "ap-southeast-1", "APS1" }, { "ap-southeast-2", "APS2" }, { "ap-northeast-1", "APN1" },
    { "ap-northeast-2", "APN2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_equal (prefixes[i][0], region))
      return prefixes[i][1];
  return "USE1";
}

static GHashTable *
make_attributes (JsonObject *instance, guint component, const char *region)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  const char *type = get_text (instance, "type");
  gint64 gpu = json_object_get_int_member_with_default (instance, "gpu", 0);

  g_hash_table_insert (table, "regionCode", g_strdup (region));
  g_hash_table_insert (table, "instanceName", g_strdup (type));
  g_hash_table_insert (table, "instanceType",
                       g_strdup_printf ("%s-%s", type, components[component].component));
  g_hash_table_insert (table, "component", g_strdup (components[component].component));
  g_hash_table_insert (
      table, "usagetype",
      g_strdup_printf ("%s-%s:%s", usage_prefix (region), components[component].usage, type));
  g_hash_table_insert (table, "operation", g_strdup ("RunInstance"));
  g_hash_table_insert (
      table, "vCpu",
      g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (instance, "vcpu")));
  g_hash_table_insert (table, "memory", g_strdup (get_text (instance, "memory")));
  g_hash_table_insert (table, "gpu",
                       gpu > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, gpu) : g_strdup ("N/A"));
  g_hash_table_insert (table, "servicecode", g_strdup ("AmazonSageMaker"));
  g_hash_table_insert (table, "servicename", g_strdup ("Amazon SageMaker"));
  g_hash_table_insert (table, "productFamily", g_strdup ("ML Instance"));
  return table;
}

static gboolean
matches (GHashTable *attributes, TrestleJson filters)
{
  for (guint i = 0; i < trestle_json_length (filters); i++)
    {
      TrestleJson filter = trestle_json_element (filters, i);
      const char *type = trestle_json_string (filter, "Type");
      const char *value = trestle_json_string (filter, "Value");
      const char *own = g_hash_table_lookup (attributes, trestle_json_string (filter, "Field"));
      g_auto (GStrv) values = g_strsplit (value, ",", -1);
      gboolean one = own != NULL && g_strv_contains ((const char *const *) values, own);
      gboolean good;

      if (g_str_equal (type, "CONTAINS"))
        good = own != NULL && strstr (own, value) != NULL;
      else if (g_str_equal (type, "ANY_OF"))
        good = one;
      else if (g_str_equal (type, "NONE_OF"))
        good = !one;
      else
        good = g_strcmp0 (own, value) == 0;
      if (!good)
        return FALSE;
    }
  return TRUE;
}

static char *
make_product (GHashTable *attributes, JsonObject *instance, guint component)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (attributes), (GCompareFunc) strcmp);
  const char *price = get_text (instance, components[component].member);
  const char *usage = g_hash_table_lookup (attributes, "usagetype");
  g_autofree char *sku = trestle_practice_derive (usage, "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 16);
  g_autofree char *term = g_strconcat (sku, ".JRTCKXETXF", NULL);
  g_autofree char *rate = g_strconcat (term, ".6YS6EN2CT7", NULL);
  g_autofree char *text = g_strdup_printf ("$%.*s per %s %s hour", (int) (strcspn (price, ".") + 4),
                                           price, components[component].words,
                                           get_text (instance, "type"));

  json_builder_begin_object (out);
  open_object (out, "product");
  put_text (out, "productFamily", "ML Instance");
  put_text (out, "sku", sku);
  open_object (out, "attributes");
  for (GList *l = names; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "productFamily"))
      put_text (out, l->data, g_hash_table_lookup (attributes, l->data));
  close_object (out);
  close_object (out);
  put_text (out, "serviceCode", "AmazonSageMaker");
  open_object (out, "terms");
  open_object (out, "OnDemand");
  open_object (out, term);
  open_object (out, "priceDimensions");
  open_object (out, rate);
  put_text (out, "unit", "Hrs");
  put_text (out, "endRange", "Inf");
  put_text (out, "beginRange", "0");
  put_text (out, "description", text);
  put_text (out, "rateCode", rate);
  open_object (out, "pricePerUnit");
  put_text (out, "USD", price);
  close_object (out);
  close_object (out);
  close_object (out);
  put_text (out, "sku", sku);
  put_text (out, "effectiveDate", "2026-08-01T00:00:00Z");
  put_text (out, "offerTermCode", "JRTCKXETXF");
  close_object (out);
  close_object (out);
  close_object (out);
  put_text (out, "version", "20260801000000");
  put_text (out, "publicationDate", "2026-08-01T00:00:00Z");
  json_builder_end_object (out);
  node = json_builder_get_root (out);
  return trestle_json_to_string (node, FALSE);
}

static gboolean
get_products (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  JsonArray *instances = trestle_practice_catalogue_get_instances (ctx->world->catalogue);
  const char *const *regions = trestle_practice_regions ();
  TrestleJson filters = trestle_json_member (in, "Filters");
  g_autofree char *scope = trestle_practice_scope ("GetProducts", in);
  gint64 max = trestle_json_int_or (in, "MaxResults", 100);
  gint64 offset, seen = 0;

  if (g_strcmp0 (trestle_json_string (in, "ServiceCode"), "AmazonSageMaker") != 0)
    return trestle_practice_fail (ctx, "NotFoundException", 400,
                                  "The practice account has prices of AmazonSageMaker only.");
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "NextToken", NULL), scope,
                                   &offset))
    return trestle_practice_fail (ctx, "InvalidNextTokenException", 400,
                                  "The pagination token is invalid. Try again without one.");
  put_text (out, "FormatVersion", "aws_v1");
  open_array (out, "PriceList");
  for (guint r = 0; regions[r] != NULL; r++)
    for (guint i = 0; i < array_length (instances); i++)
      for (guint c = 0; c < G_N_ELEMENTS (components); c++)
        {
          JsonObject *instance = json_array_get_object_element (instances, i);
          g_autoptr (GHashTable) attributes = NULL;
          g_autofree char *text = NULL;

          if (get_text (instance, components[c].member) == NULL)
            continue;
          attributes = make_attributes (instance, c, regions[r]);
          if (!matches (attributes, filters) || seen++ < offset || seen > offset + max)
            continue;
          text = make_product (attributes, instance, c);
          json_builder_add_string_value (out, text);
        }
  close_array (out);
  if (seen > offset + max)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, offset + max);

      put_text (out, "NextToken", token);
    }
  return TRUE;
}

const TrestlePracticeRoute trestle_practice_pricing_routes[] = {
  { "pricing", "GetProducts", get_products },
  { NULL },
};
