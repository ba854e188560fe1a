/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-discovery.h"
#include "practice/trestle-practice-terms.h"
#include "practice/trestle-practice-view.h"

static void
put_badges (JsonBuilder *out, const TrestlePracticeOffer *offer)
{
  open_array (out, "badges");
  if (offer->buyers != NULL)
    {
      open_object (out, NULL);
      put_text (out, "displayName", "Private pricing");
      put_text (out, "badgeType", "PRIVATE_PRICING");
      close_object (out);
    }
  close_array (out);
}

static const char *
filter_value (TrestlePracticeContext *ctx, const TrestlePracticeOffer *offer, const char *type)
{
  if (g_str_equal (type, "PRODUCT_ID"))
    return offer->listing->product_id;
  if (g_str_equal (type, "SELLER_OF_RECORD_PROFILE_ID"))
    return get_text (offer->listing->seller, "id");
  if (g_str_equal (type, "PURCHASE_OPTION_TYPE"))
    return "OFFER";
  if (g_str_equal (type, "VISIBILITY_SCOPE"))
    return offer->buyers != NULL ? "PRIVATE" : "PUBLIC";
  return trestle_practice_view_has_expired (ctx, offer) ? "EXPIRED" : "AVAILABLE";
}

static gboolean
matches (TrestlePracticeContext *ctx, const TrestlePracticeOffer *offer, TrestleJson filters)
{
  for (guint i = 0; i < trestle_json_length (filters); i++)
    {
      TrestleJson filter = trestle_json_element (filters, i);
      const char *value = filter_value (ctx, offer, trestle_json_string (filter, "filterType"));
      g_auto (GStrv) wanted = trestle_json_dup_strv (filter, "filterValues");

      if (!g_strv_contains ((const char *const *) wanted, value))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_filters (TrestlePracticeContext *ctx, TrestleJson filters)
{
  for (guint i = 0; i < trestle_json_length (filters); i++)
    {
      const char *type = trestle_json_string (trestle_json_element (filters, i), "filterType");

      if (g_strcmp0 (type, "PRODUCT_ID") == 0 || g_strcmp0 (type, "VISIBILITY_SCOPE") == 0)
        return TRUE;
    }
  trestle_practice_invalid (ctx, "A PRODUCT_ID or VISIBILITY_SCOPE filter is required.");
  trestle_practice_fail_text (ctx, "reason", "MALFORMED_REQUEST_PARAMETERS");
  return FALSE;
}

static void
put_option (TrestlePracticeContext *ctx, JsonBuilder *out, const TrestlePracticeOffer *offer)
{
  const TrestlePracticeListing *listing = offer->listing;

  open_object (out, NULL);
  put_text (out, "purchaseOptionId", offer->id);
  put_text (out, "catalog", "AWSMarketplace");
  put_text (out, "purchaseOptionType", "OFFER");
  put_text (out, "purchaseOptionName", offer->name);
  put_time (out, "expirationTime", offer->expires);
  trestle_practice_put_profile (out, "sellerOfRecord", listing->seller);
  put_badges (out, offer);
  open_array (out, "associatedEntities");
  open_object (out, NULL);
  trestle_practice_put_product (out, listing);
  open_object (out, "offer");
  put_text (out, "offerId", offer->id);
  put_text (out, "offerName", offer->name);
  trestle_practice_put_profile (out, "sellerOfRecord", listing->seller);
  close_object (out);
  close_object (out);
  close_array (out);
  close_object (out);
}

gboolean
trestle_practice_list_purchase_options (TrestlePracticeContext *ctx,
                                        TrestleJson in,
                                        JsonBuilder *out)
{
  g_autofree char *scope = trestle_practice_scope ("ListPurchaseOptions", in);
  TrestleJson filters = trestle_json_member (in, "filters");
  GPtrArray *listings = trestle_practice_catalogue_get_listings (ctx->world->catalogue);
  gint64 max = trestle_json_int_or (in, "maxResults", 20);
  gint64 offset, seen = 0;

  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), scope,
                                   &offset))
    return trestle_practice_bad_token (ctx);
  if (!check_filters (ctx, filters))
    return FALSE;
  open_array (out, "purchaseOptions");
  for (guint i = 0; i < listings->len; i++)
    {
      const TrestlePracticeListing *listing = listings->pdata[i];

      for (guint j = 0; j < listing->offers->len; j++)
        {
          const TrestlePracticeOffer *offer = listing->offers->pdata[j];

          if (!matches (ctx, offer, filters) || !trestle_practice_view_sees_offer (ctx, offer))
            continue;
          if (seen >= offset && seen < offset + max)
            put_option (ctx, out, offer);
          seen++;
        }
    }
  close_array (out);
  if (seen > offset + max)
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, offset + max);

      put_text (out, "nextToken", token);
    }
  return TRUE;
}

static const TrestlePracticeOffer *
find_offer (TrestlePracticeContext *ctx, TrestleJson in)
{
  const char *id = trestle_json_string (in, "offerId");
  const TrestlePracticeOffer *offer = trestle_practice_view_find_offer (ctx, id);

  if (offer == NULL)
    trestle_practice_fail (ctx, "ResourceNotFoundException", 404, "Offer %s was not found.", id);
  return offer;
}

gboolean
trestle_practice_get_offer (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const TrestlePracticeOffer *offer = find_offer (ctx, in);

  if (offer == NULL)
    return FALSE;
  put_text (out, "offerId", offer->id);
  put_text (out, "catalog", "AWSMarketplace");
  put_text (out, "offerName", offer->name);
  put_time (out, "expirationTime", offer->expires);
  trestle_practice_put_profile (out, "sellerOfRecord", offer->listing->seller);
  open_array (out, "associatedEntities");
  open_object (out, NULL);
  trestle_practice_put_product (out, offer->listing);
  close_object (out);
  close_array (out);
  put_text (out, "agreementProposalId", offer->proposal);
  open_object (out, "pricingModel");
  put_text (out, "pricingModelType", trestle_practice_terms_pricing_type (offer));
  put_text (out, "displayName", trestle_practice_terms_pricing_name (offer));
  close_object (out);
  put_badges (out, offer);
  return TRUE;
}

gboolean
trestle_practice_get_offer_terms (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out)
{
  const TrestlePracticeOffer *offer = find_offer (ctx, in);
  g_autofree char *scope = trestle_practice_scope ("GetOfferTerms", in);
  gint64 max = trestle_json_int_or (in, "maxResults", 25);
  g_autoptr (JsonArray) terms = NULL;
  gint64 offset, end;

  if (offer == NULL)
    return FALSE;
  if (!trestle_practice_page_open (ctx, trestle_json_string_or (in, "nextToken", NULL), scope,
                                   &offset))
    return trestle_practice_bad_token (ctx);
  terms = trestle_practice_terms_build (offer, ctx->world->base);
  end = MIN (offset + max, (gint64) json_array_get_length (terms));
  open_array (out, "offerTerms");
  for (gint64 i = offset; i < end; i++)
    json_builder_add_value (out, json_array_dup_element (terms, (guint) i));
  close_array (out);
  if (end < (gint64) json_array_get_length (terms))
    {
      g_autofree char *token = trestle_practice_page_token (ctx, scope, end);

      put_text (out, "nextToken", token);
    }
  return TRUE;
}
