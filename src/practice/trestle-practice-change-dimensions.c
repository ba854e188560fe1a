/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-change.h"

static const char *const modes[] = { "BatchTransform", "RealtimeInference", "Training" };

static void
add_dimension (JsonArray *dimensions,
               const char *key,
               const char *name,
               const char *description,
               const char *unit)
{
  JsonObject *dimension = json_object_new ();
  JsonArray *types = json_array_new ();

  for (guint i = 0; i < array_length (dimensions); i++)
    if (g_str_equal (get_text (json_array_get_object_element (dimensions, i), "Key"), key))
      {
        json_object_unref (dimension);
        json_array_unref (types);
        return;
      }
  json_array_add_string_element (types, "Metered");
  json_object_set_string_member (dimension, "Name", name);
  json_object_set_string_member (dimension, "Description", description);
  json_object_set_string_member (dimension, "Key", key);
  json_object_set_string_member (dimension, "Unit", unit);
  json_object_set_array_member (dimension, "Types", types);
  json_array_add_object_element (dimensions, dimension);
}

static void
add_hourly (JsonArray *dimensions, const char *mode, const char *type)
{
  gboolean training = g_str_equal (mode, "Training");
  gboolean batch = g_str_equal (mode, "BatchTransform");
  g_autofree char *key = g_strconcat (type, training ? ".a.t" : batch ? ".m.i.b" : ".m.i.r", NULL);
  g_autofree char *name = g_strdup_printf ("%s %s", type,
                                           training ? "Algorithm Training"
                                           : batch  ? "Inference (Batch)"
                                                    : "Inference (Real-Time)");
  g_autofree char *text = training
                              ? g_strdup_printf ("Algorithm training on the %s instance type", type)
                              : g_strdup_printf ("Model inference on the %s instance type, %s mode",
                                                 type, batch ? "batch" : "real-time");

  add_dimension (dimensions, key, name, text, "HostHrs");
}

void
trestle_practice_add_inference_dimension (TrestlePracticeEntity *product)
{
  JsonArray *dimensions = get_array (product->doc, "Dimensions");
  guint before = array_length (dimensions);

  if (dimensions == NULL)
    return;
  add_dimension (dimensions, TRESTLE_PRACTICE_INFERENCE,
                 TRESTLE_PRACTICE_INFERENCE " Inference Pricing", "Model inference by the request",
                 "Requests");
  product->touched = product->touched || array_length (dimensions) > before;
}

void
trestle_practice_generate_dimensions (TrestlePracticeEntity *product)
{
  JsonArray *versions = get_array (product->doc, "Versions");
  JsonArray *old = get_array (product->doc, "Dimensions");
  JsonArray *dimensions = json_array_new ();
  gboolean requests = FALSE;

  for (guint i = 0; i < array_length (old); i++)
    requests = requests
               || g_strcmp0 (get_text (json_array_get_object_element (old, i), "Key"),
                             TRESTLE_PRACTICE_INFERENCE)
                      == 0;
  for (guint i = 0; i < array_length (versions); i++)
    {
      JsonArray *options = get_array (json_array_get_object_element (versions, i),
                                      "DeliveryOptions");
      JsonObject *supported = get_object (json_array_get_object_element (options, 0),
                                          "SupportedInstanceTypes");

      for (guint j = 0; j < G_N_ELEMENTS (modes); j++)
        {
          JsonArray *types = get_array (supported, modes[j]);

          for (guint k = 0; k < array_length (types); k++)
            add_hourly (dimensions, modes[j], json_array_get_string_element (types, k));
        }
    }
  json_object_set_array_member (product->doc, "Dimensions", dimensions);
  if (requests)
    trestle_practice_add_inference_dimension (product);
}

JsonObject *
trestle_practice_find_rate (JsonArray *rates, const char *key)
{
  for (guint i = 0; i < array_length (rates); i++)
    {
      JsonObject *rate = json_array_get_object_element (rates, i);

      if (g_strcmp0 (get_text (rate, "DimensionKey"), key) == 0)
        return rate;
    }
  return NULL;
}

/* A released public offer has to price what the version brings; real-time types are free of it
 * where requests are priced. */
void
trestle_practice_check_new_dimensions (TrestlePracticeWork *work,
                                       TrestlePracticeChange *change,
                                       TrestlePracticeEntity *product)
{
  g_autoptr (GPtrArray) offers = trestle_practice_work_offers (work, product->id);
  JsonArray *dimensions = get_array (product->doc, "Dimensions");

  for (guint i = 0; i < offers->len; i++)
    {
      TrestlePracticeEntity *offer = offers->pdata[i];
      JsonArray *rates = trestle_practice_entity_prices (offer);
      gboolean requests = trestle_practice_find_rate (rates, TRESTLE_PRACTICE_INFERENCE) != NULL;
      g_autoptr (GString) missing = g_string_new (NULL);

      if (!trestle_practice_entity_is_released (offer) || rates == NULL
          || array_length (trestle_practice_entity_get_buyers (offer)) > 0
          || trestle_practice_work_has (work, offer->id, "UpdatePricingTerms"))
        continue;
      for (guint j = 0; j < array_length (dimensions); j++)
        {
          const char *key = get_text (json_array_get_object_element (dimensions, j), "Key");

          if (trestle_practice_find_rate (rates, key) == NULL
              && !(requests && g_str_has_suffix (key, ".m.i.r"))
              && !g_str_equal (key, TRESTLE_PRACTICE_INFERENCE))
            g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", key);
        }
      if (missing->len > 0)
        trestle_practice_change_error (change, "UPDATE_PRICING_REQUIRED",
                                       "The version brings dimensions without a price: %s. Send"
                                       " UpdatePricingTerms of offer %s in the same change set.",
                                       missing->str, offer->id);
    }
}
