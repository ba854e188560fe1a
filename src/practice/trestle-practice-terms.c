/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-terms.h"

#include <string.h>

#include "practice/trestle-practice-put.h"
#include "practice/trestle-practice-world.h"

/* A private offer that says nothing of its model has its product's. */
static const char *
pricing_model (const TrestlePracticeOffer *offer)
{
  const char *own = get_text (offer->pricing, "model");

  return own != NULL ? own : get_text (get_object (offer->listing->object, "pricing"), "model");
}

TrestlePracticePricing
trestle_practice_terms_pricing (const TrestlePracticeOffer *offer)
{
  const char *model = pricing_model (offer);

  if (g_strcmp0 (model, "free") == 0)
    return TRESTLE_PRACTICE_PRICING_FREE;
  if (g_strcmp0 (model, "contract") == 0)
    return TRESTLE_PRACTICE_PRICING_CONTRACT;
  return TRESTLE_PRACTICE_PRICING_USAGE;
}

gboolean
trestle_practice_terms_per_inference (const TrestlePracticeOffer *offer)
{
  return g_strcmp0 (pricing_model (offer), "per-inference") == 0;
}

const char *
trestle_practice_terms_pricing_type (const TrestlePracticeOffer *offer)
{
  static const char *const types[] = { "USAGE", "CONTRACT", "FREE" };

  return types[trestle_practice_terms_pricing (offer)];
}

const char *
trestle_practice_terms_pricing_name (const TrestlePracticeOffer *offer)
{
  static const char *const names[] = { "Usage-based", "Contract", "Free" };

  return names[trestle_practice_terms_pricing (offer)];
}

static void
open_term (JsonBuilder *out, const TrestlePracticeOffer *offer, const char *key, const char *type)
{
  g_autofree char *text = g_strconcat (offer->id, "/", type, NULL);
  g_autofree char *tail = trestle_practice_derive (text, TRESTLE_PRACTICE_HEX, 64);
  g_autofree char *id = g_strconcat ("term-", tail, NULL);

  open_object (out, NULL);
  open_object (out, key);
  put_text (out, "id", id);
  put_text (out, "type", type);
}

static void
close_term (JsonBuilder *out)
{
  close_object (out);
  close_object (out);
}

static const struct
{
  const char *use; /* in the catalogue */
  const char *tail;
  const char *text;
  const char *label;
  const char *label_text;
} modes[] = {
  { "realtime", ".m.i.r", "Inference (Real-Time)", "RealTimeInference", "Real-time inference" },
  { "batch", ".m.i.b", "Inference (Batch)", "BatchTransform", "Batch transform" },
  { "training", ".a.t", "Algorithm Training", "Training", "Training" },
};

static void
put_label (JsonBuilder *out, guint mode)
{
  open_array (out, "dimensionLabels");
  open_object (out, NULL);
  put_text (out, "labelType", "SagemakerOption");
  put_text (out, "labelValue", modes[mode].label);
  put_text (out, "displayName", modes[mode].label_text);
  close_object (out);
  close_array (out);
}

static void
put_dimension (JsonBuilder *out, const char *type, guint mode, const char *unit)
{
  g_autofree char *key = g_strconcat (type, modes[mode].tail, NULL);
  g_autofree char *name = g_strconcat (type, " ", modes[mode].text, NULL);
  g_autofree char *text = g_strdup_printf ("%s on the %s instance type", modes[mode].label_text,
                                           type);

  put_text (out, "dimensionKey", key);
  put_text (out, "displayName", name);
  put_text (out, "description", text);
  put_label (out, mode);
  put_text (out, "unit", unit);
}

/* Dimensions that a seller's offer names itself; what they are for is the last part of the key. */
static void
put_own_rates (JsonBuilder *out, JsonArray *rates, gboolean grants)
{
  for (guint i = 0; i < json_array_get_length (rates); i++)
    {
      JsonObject *rate = json_array_get_object_element (rates, i);
      const char *key = get_text (rate, "key");

      open_object (out, NULL);
      put_text (out, "dimensionKey", key);
      put_text (out, "displayName", get_text (rate, "name"));
      put_text (out, "description", get_text (rate, "description"));
      for (guint mode = 0; mode < G_N_ELEMENTS (modes); mode++)
        if (g_str_has_suffix (key, strrchr (modes[mode].tail, '.')))
          put_label (out, mode);
      put_text (out, "unit", get_text (rate, "unit"));
      if (!grants)
        put_text (out, "price", get_text (rate, "price"));
      close_object (out);
    }
}

/* Every supported instance type has a price: the seller's where it is named, otherwise nothing. */
static void
put_rates (JsonBuilder *out, const TrestlePracticeOffer *offer, gboolean grants)
{
  JsonObject *instances = get_object (offer->listing->object, "instances");
  JsonArray *own = get_array (offer->pricing, "rates");
  gboolean per_inference = trestle_practice_terms_per_inference (offer);

  if (own != NULL)
    {
      put_own_rates (out, own, grants);
      return;
    }
  for (guint mode = 0; mode < G_N_ELEMENTS (modes); mode++)
    {
      JsonArray *types = get_array (instances, modes[mode].use);
      JsonObject *prices = get_object (offer->pricing, modes[mode].use);

      if (mode == 0 && per_inference)
        continue;
      for (guint i = 0; i < array_length (types); i++)
        {
          const char *type = json_array_get_string_element (types, i);
          const char *price = prices != NULL ? get_text (prices, type) : NULL;

          open_object (out, NULL);
          put_dimension (out, type, mode, "HostHrs");
          if (!grants)
            put_text (out, "price", price != NULL ? price : "0.00");
          close_object (out);
        }
    }
  if (per_inference)
    {
      const char *price = get_text (offer->pricing, "inference");

      open_object (out, NULL);
      put_text (out, "dimensionKey", "m.i.c");
      put_text (out, "displayName", "Inference");
      put_text (out, "description", "One inference that was answered with success");
      put_text (out, "unit", "Units");
      if (!grants)
        put_text (out, "price", price != NULL ? price : "0.00");
      close_object (out);
    }
}

static void
put_pricing_terms (JsonBuilder *out, const TrestlePracticeOffer *offer)
{
  JsonObject *upfront = get_object (offer->pricing, "upfront");
  const char *currency = get_text (offer->pricing, "currency");
  gint64 trial = json_object_get_int_member_with_default (offer->listing->object, "free_trial", 0);

  if (currency == NULL)
    currency = "USD";
  if (upfront != NULL)
    {
      open_term (out, offer, "fixedUpfrontPricingTerm", "FixedUpfrontPricingTerm");
      put_text (out, "currencyCode", currency);
      put_text (out, "duration", get_text (upfront, "duration"));
      put_text (out, "price", get_text (upfront, "price"));
      open_array (out, "grants");
      put_rates (out, offer, TRUE);
      close_array (out);
      close_term (out);
    }
  else
    {
      open_term (out, offer, "usageBasedPricingTerm", "UsageBasedPricingTerm");
      put_text (out, "currencyCode", currency);
      open_array (out, "rateCards");
      open_object (out, NULL);
      open_array (out, "rateCard");
      put_rates (out, offer, FALSE);
      close_array (out);
      close_object (out);
      close_array (out);
      close_term (out);
    }
  if (trial > 0 && offer->buyers == NULL)
    {
      g_autofree char *duration = g_strdup_printf ("P%dD", (int) trial);

      open_term (out, offer, "freeTrialPricingTerm", "FreeTrialPricingTerm");
      put_text (out, "duration", duration);
      open_array (out, "grants");
      put_rates (out, offer, TRUE);
      close_array (out);
      close_term (out);
    }
}

static void
put_legal_terms (JsonBuilder *out, const TrestlePracticeOffer *offer, const char *base)
{
  JsonObject *eula = get_object (offer->object, "eula");
  gboolean custom;
  const char *version;
  g_autofree char *path = NULL;
  g_autofree char *url = NULL;

  if (eula == NULL)
    eula = get_object (offer->listing->object, "eula");
  custom = g_strcmp0 (get_text (eula, "type"), "custom") == 0;
  version = get_text (eula, "version");
  path = get_text (eula, "url") != NULL ? g_strdup (get_text (eula, "url"))
                                        : g_strconcat ("eula/", get_text (eula, "file"), NULL);
  url = strstr (path, "://") != NULL ? g_strdup (path) : g_strconcat (base, "/", path, NULL);
  open_term (out, offer, "legalTerm", "LegalTerm");
  open_array (out, "documents");
  open_object (out, NULL);
  put_text (out, "type", custom ? "CustomEula" : "StandardEula");
  put_text (out, "url", url);
  if (!custom)
    put_text (out, "version", version != NULL ? version : "2022-07-14");
  close_object (out);
  close_array (out);
  close_term (out);
}

JsonArray *
trestle_practice_terms_build (const TrestlePracticeOffer *offer, const char *base)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  const char *refund = get_text (offer->object, "refund_policy");
  const char *duration = get_text (offer->object, "duration");
  JsonObject *upfront = get_object (offer->pricing, "upfront");

  json_builder_begin_array (out);
  put_pricing_terms (out, offer);
  put_legal_terms (out, offer, base);

  open_term (out, offer, "supportTerm", "SupportTerm");
  put_text (out, "refundPolicy",
            refund != NULL ? refund : get_text (offer->listing->object, "refund_policy"));
  close_term (out);

  if (upfront != NULL)
    {
      open_term (out, offer, "renewalTerm", "RenewalTerm");
      close_term (out);
      duration = get_text (upfront, "duration");
    }
  open_term (out, offer, "validityTerm", "ValidityTerm");
  put_text (out, "agreementDuration", duration);
  close_term (out);
  json_builder_end_array (out);

  root = json_builder_get_root (out);
  return json_node_dup_array (root);
}

const char *
trestle_practice_terms_kind (JsonObject *term, JsonObject **body)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init (&iter, term);
  if (!json_object_iter_next (&iter, &name, &node))
    return NULL;
  if (body != NULL)
    *body = json_node_get_object (node);
  return name;
}

const char *
trestle_practice_terms_upfront (const TrestlePracticeOffer *offer, guint *days)
{
  JsonObject *upfront = get_object (offer->pricing, "upfront");
  const char *duration = upfront != NULL ? get_text (upfront, "duration")
                                         : get_text (offer->object, "duration");

  if (days != NULL && (duration == NULL || !trestle_clock_parse_days (duration, days)))
    *days = 0;
  return upfront != NULL ? get_text (upfront, "price") : NULL;
}
