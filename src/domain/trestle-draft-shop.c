/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-draft-shop.h"

#include "base/trestle-clock.h"
#include "domain/trestle-dimensions.h"
#include "domain/trestle-media-item.h"
#include "domain/trestle-rate.h"
#include "domain/trestle-resource.h"
#include "domain/trestle-term.h"
#include "domain/trestle-version.h"

#define CURRENCY "USD"

/* The text of a member of one of a list's elements; "" where there is none. */
static const char *
text_at (TrestleDraft *draft, const char *list, guint index, const char *member)
{
  g_autofree char *path = g_strdup_printf ("%s[%u].%s", list, index, member);

  return trestle_draft_get_text (draft, path);
}

static const char *
text_or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static TrestlePricingKind
pricing_of (TrestleDraft *draft)
{
  const char *model = trestle_draft_get_text (draft, "Offer.PricingModel");

  if (g_str_equal (model, "Free"))
    return TRESTLE_PRICING_KIND_FREE;
  return g_str_equal (model, "Usage") ? TRESTLE_PRICING_KIND_USAGE : TRESTLE_PRICING_KIND_UNKNOWN;
}

static TrestleProductKind
kind_of (TrestleDraft *draft)
{
  for (guint i = 0; i < trestle_draft_get_length (draft, "Versions"); i++)
    if (*text_at (draft, "Versions", i, "SageMakerAlgorithmArn") != '\0')
      return TRESTLE_PRODUCT_KIND_ALGORITHM;
  return TRESTLE_PRODUCT_KIND_MODEL;
}

/* A field that somebody has just added to is no sentence yet. */
static char **
dup_filled (TrestleDraft *draft, const char *path)
{
  g_auto (GStrv) all = trestle_draft_dup_texts (draft, path);
  g_autoptr (GStrvBuilder) filled = g_strv_builder_new ();

  for (guint i = 0; all != NULL && all[i] != NULL; i++)
    if (*all[i] != '\0')
      g_strv_builder_add (filled, all[i]);
  return g_strv_builder_end (filled);
}

static GListModel *
media_of (TrestleDraft *draft)
{
  GListStore *media = g_list_store_new (TRESTLE_TYPE_MEDIA_ITEM);
  g_auto (GStrv) videos = dup_filled (draft, "Product.VideoUrls");

  for (guint i = 0; videos[i] != NULL; i++)
    {
      g_autoptr (TrestleMediaItem)
          item = g_object_new (TRESTLE_TYPE_MEDIA_ITEM, "url", videos[i], "video", TRUE, NULL);

      g_list_store_append (media, item);
    }
  return G_LIST_MODEL (media);
}

static GListModel *
resources_of (TrestleDraft *draft)
{
  GListStore *resources = g_list_store_new (TRESTLE_TYPE_RESOURCE);
  const char *support = trestle_draft_get_text (draft, "Product.SupportDescription");
  const char *const list = "Product.AdditionalResources";

  if (*support != '\0')
    {
      g_autoptr (TrestleResource)
          resource = g_object_new (TRESTLE_TYPE_RESOURCE, "kind", "MANUFACTURER_SUPPORT",
                                   "content-type", "OTHER", "value", support, NULL);

      g_list_store_append (resources, resource);
    }
  for (guint i = 0; i < trestle_draft_get_length (draft, list); i++)
    {
      const char *url = text_at (draft, list, i, "Url");
      g_autoptr (TrestleResource) resource = NULL;

      if (*url == '\0')
        continue;
      resource = g_object_new (TRESTLE_TYPE_RESOURCE, "kind", "MANUFACTURER_INSTRUCTIONS",
                               "content-type", "LINK", "value", url, "display-name",
                               text_or_null (text_at (draft, list, i, "Text")), NULL);
      g_list_store_append (resources, resource);
    }
  return G_LIST_MODEL (resources);
}

TrestleListing *
trestle_draft_shop_listing (TrestleDraft *draft, const char *publisher, const char *logo)
{
  g_autoptr (GListModel) media = NULL;
  g_autoptr (GListModel) resources = NULL;
  g_auto (GStrv) highlights = NULL;
  g_auto (GStrv) categories = NULL;

  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft), NULL);

  media = media_of (draft);
  resources = resources_of (draft);
  highlights = dup_filled (draft, "Product.Highlights");
  categories = dup_filled (draft, "Product.Categories");
  return g_object_new (
      TRESTLE_TYPE_LISTING, "title", trestle_draft_get_text (draft, "Product.ProductTitle"),
      "publisher", publisher != NULL ? publisher : "", "kind", kind_of (draft), "short-description",
      trestle_draft_get_text (draft, "Product.ShortDescription"), "long-description",
      trestle_draft_get_text (draft, "Product.LongDescription"), "logo-url", logo, "categories",
      categories, "highlights", highlights, "pricing", pricing_of (draft), "free-trial",
      trestle_draft_has (draft, "Offer.FreeTrial"), "product-id",
      text_or_null (trestle_draft_get_text (draft, "Product.Identifier")), "offer-id",
      text_or_null (trestle_draft_get_text (draft, "Offer.Identifier")), "media", media,
      "resources", resources, "detailed", TRUE, NULL);
}

/* "- name (required): what it is; what it may be", a line for each */
static void
append_fields (GString *text, TrestleDraft *draft, const char *list)
{
  for (guint i = 0; i < trestle_draft_get_length (draft, list); i++)
    {
      const char *constraints = text_at (draft, list, i, "Constraints");
      g_autofree char *required = g_strdup_printf ("%s[%u].Required", list, i);

      g_string_append_printf (text, "- %s%s: %s%s%s\n", text_at (draft, list, i, "Name"),
                              trestle_draft_get_bool (draft, required) ? " (required)" : "",
                              text_at (draft, list, i, "Description"),
                              *constraints != '\0' ? "; " : "", constraints);
    }
}

static void
append_part (GString *text,
             TrestleDraft *draft,
             guint version,
             const char *heading,
             const char *member)
{
  g_autofree char *at = g_strdup_printf ("Versions[%u].%s", version, member);
  g_autofree char *description = g_strconcat (at, ".Description", NULL);
  g_autofree char *limitations = g_strconcat (at, ".Limitations", NULL);
  g_autofree char *parameters = g_strconcat (at, ".Parameters", NULL);
  g_autofree char *attributes = g_strconcat (at, ".SageMakerCustomAttributes", NULL);

  if (trestle_draft_get (draft, at) == NULL)
    return;
  g_string_append_printf (text, "\n\n%s\n", heading);
  if (trestle_draft_has (draft, description))
    g_string_append_printf (text, "%s\n", trestle_draft_get_text (draft, description));
  if (trestle_draft_has (draft, limitations))
    g_string_append_printf (text, "%s\n", trestle_draft_get_text (draft, limitations));
  append_fields (text, draft, parameters);
  append_fields (text, draft, attributes);
}

/* Instructions and what goes in and out as the one text that buyers are shown. */
static char *
dup_usage (TrestleDraft *draft, guint version)
{
  GString *text = g_string_new (text_at (draft, "Versions", version, "UsageInstructions"));

  append_part (text, draft, version, "Input", "InputProperties");
  append_part (text, draft, version, "Output", "OutputProperties");
  return g_string_free (text, FALSE);
}

GListModel *
trestle_draft_shop_versions (TrestleDraft *draft)
{
  GListStore *versions = g_list_store_new (TRESTLE_TYPE_VERSION);
  const char *const list = "Versions";

  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft), G_LIST_MODEL (versions));

  /* A draft has them as they were made, the newest last. */
  for (guint i = trestle_draft_get_length (draft, list); i-- > 0;)
    {
      g_autofree char *restricted = g_strdup_printf ("Versions[%u].Restricted", i);
      g_autoptr (TrestleVersion) version = NULL;
      g_autofree char *usage = NULL;

      if (trestle_draft_get_bool (draft, restricted))
        continue;
      usage = dup_usage (draft, i);
      version = g_object_new (
          TRESTLE_TYPE_VERSION, "id", text_at (draft, list, i, "Id"), "title",
          text_at (draft, list, i, "VersionTitle"), "kind",
          *text_at (draft, list, i, "SageMakerAlgorithmArn") != '\0'
              ? TRESTLE_PRODUCT_KIND_ALGORITHM
              : TRESTLE_PRODUCT_KIND_MODEL,
          "release-notes", text_at (draft, list, i, "ReleaseNotes"), "usage-instructions", usage,
          "recommended-realtime",
          text_or_null (text_at (draft, list, i, "RecommendedInstanceTypes.RealtimeInference")),
          "recommended-batch",
          text_or_null (text_at (draft, list, i, "RecommendedInstanceTypes.BatchTransform")),
          "recommended-training",
          text_or_null (text_at (draft, list, i, "RecommendedInstanceTypes.Training")), NULL);
      g_list_store_append (versions, version);
    }
  return G_LIST_MODEL (versions);
}

/* --- Offer ------------------------------------------------------------------------------- */

static TrestleTerm *
usage_term (TrestleDraft *draft, const char *currency)
{
  g_autoptr (GListStore) rates = g_list_store_new (TRESTLE_TYPE_RATE);
  const char *const list = "Offer.RateCard";

  for (guint i = 0; i < trestle_draft_get_length (draft, list); i++)
    {
      const char *key = text_at (draft, list, i, "DimensionKey");
      g_autoptr (TrestleMoney)
          price = trestle_money_parse (text_at (draft, list, i, "Price"), currency, NULL);
      g_autofree char *instance_type = NULL;
      TrestleUsageMode mode = trestle_dimension_parse (key, &instance_type);
      g_autofree char *words = NULL;
      g_autoptr (TrestleRate) rate = NULL;

      if (price == NULL)
        continue;
      words = trestle_dimension_dup_words (key);
      rate = g_object_new (TRESTLE_TYPE_RATE, "dimension", key, "display-name", words, "unit",
                           mode == TRESTLE_USAGE_MODE_INFERENCE ? "Requests" : "HostHrs", "price",
                           price, "mode", mode, "instance-type", instance_type, NULL);
      g_list_store_append (rates, rate);
    }
  return g_object_new (TRESTLE_TYPE_TERM, "kind", TRESTLE_TERM_KIND_USAGE, "aws-type",
                       "UsageBasedPricingTerm", "currency", currency, "rates", rates, NULL);
}

static TrestleTerm *
trial_term (const char *duration)
{
  guint days = 0;

  if (!trestle_clock_parse_days (duration, &days) || days == 0)
    return NULL;
  return g_object_new (TRESTLE_TYPE_TERM, "kind", TRESTLE_TERM_KIND_TRIAL, "aws-type",
                       "FreeTrialPricingTerm", "duration", duration, "trial-days", (gint64) days,
                       NULL);
}

static TrestleTerm *
support_term (const char *refund_policy)
{
  return g_object_new (TRESTLE_TYPE_TERM, "kind", TRESTLE_TERM_KIND_SUPPORT, "aws-type",
                       "SupportTerm", "refund-policy", refund_policy, NULL);
}

static TrestleTerm *
legal_term (const char *type, const char *url)
{
  const char *const types[] = { type, NULL };
  const char *const urls[] = { url, NULL };

  return g_object_new (TRESTLE_TYPE_TERM, "kind", TRESTLE_TERM_KIND_LEGAL, "aws-type", "LegalTerm",
                       "document-types", types, "document-urls", urls, NULL);
}

static void
take (GListStore *terms, TrestleTerm *term)
{
  if (term != NULL)
    g_list_store_append (terms, term);
  g_clear_object (&term);
}

TrestleOffer *
trestle_draft_shop_offer (TrestleDraft *draft)
{
  g_autoptr (GListStore) terms = g_list_store_new (TRESTLE_TYPE_TERM);
  const char *currency, *trial, *refund, *eula, *address;

  g_return_val_if_fail (TRESTLE_IS_DRAFT (draft), NULL);

  currency = trestle_draft_get_text (draft, "Offer.CurrencyCode");
  trial = trestle_draft_get_text (draft, "Offer.FreeTrial");
  refund = trestle_draft_get_text (draft, "Offer.RefundPolicy");
  eula = trestle_draft_get_text (draft, "Offer.Eula.Type");
  address = trestle_draft_get_text (draft, "Offer.Eula.Url");
  take (terms, usage_term (draft, *currency != '\0' ? currency : CURRENCY));
  if (*trial != '\0')
    take (terms, trial_term (trial));
  if (*refund != '\0')
    take (terms, support_term (refund));
  if (*eula != '\0' && *address != '\0')
    take (terms, legal_term (eula, address));
  return g_object_new (TRESTLE_TYPE_OFFER, "id", trestle_draft_get_text (draft, "Offer.Identifier"),
                       "name", text_or_null (trestle_draft_get_text (draft, "Offer.Name")),
                       "product-id",
                       text_or_null (trestle_draft_get_text (draft, "Product.Identifier")),
                       "pricing", pricing_of (draft), "terms", terms, NULL);
}
