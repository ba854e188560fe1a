/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-view.h"

#include <string.h>

#include "practice/trestle-practice-agreement.h"

gboolean
trestle_practice_view_lists (TrestlePracticeContext *ctx, const TrestlePracticeListing *listing)
{
  const char *account = ctx->account->number;

  switch (listing->visibility)
    {
    case TRESTLE_PRACTICE_PUBLIC:
      return TRUE;
    case TRESTLE_PRACTICE_LIMITED:
      return trestle_practice_listing_is_own (listing, account)
             || array_has (get_array (listing->object, "allowed_accounts"), account);
    case TRESTLE_PRACTICE_RESTRICTED:
    default:
      return FALSE;
    }
}

static gboolean
is_subscribed (TrestlePracticeContext *ctx, const TrestlePracticeListing *listing)
{
  g_autofree char *agreement = trestle_practice_agreement_find_active (
      ctx->state, ctx->account->number, listing->product_id);

  return agreement != NULL;
}

static gboolean
is_target (TrestlePracticeContext *ctx, const TrestlePracticeOffer *offer)
{
  return offer->buyers != NULL
         && g_strv_contains ((const char *const *) offer->buyers, ctx->account->number);
}

gboolean
trestle_practice_view_has_expired (TrestlePracticeContext *ctx, const TrestlePracticeOffer *offer)
{
  return offer->expires != 0 && offer->expires <= ctx->now;
}

gboolean
trestle_practice_view_sees (TrestlePracticeContext *ctx, const TrestlePracticeListing *listing)
{
  if (trestle_practice_view_lists (ctx, listing)
      || trestle_practice_listing_is_own (listing, ctx->account->number)
      || is_subscribed (ctx, listing))
    return TRUE;
  for (guint i = 0; listing->visibility == TRESTLE_PRACTICE_LIMITED && i < listing->offers->len;
       i++)
    {
      const TrestlePracticeOffer *offer = listing->offers->pdata[i];

      if (is_target (ctx, offer) && !trestle_practice_view_has_expired (ctx, offer))
        return TRUE;
    }
  return FALSE;
}

gboolean
trestle_practice_view_sees_offer (TrestlePracticeContext *ctx, const TrestlePracticeOffer *offer)
{
  const TrestlePracticeListing *listing = offer->listing;

  if (trestle_practice_listing_is_own (listing, ctx->account->number))
    return TRUE;
  /* A product that is being withdrawn is offered to nobody anew. */
  if (listing->visibility == TRESTLE_PRACTICE_RESTRICTED)
    return (offer->buyers == NULL || is_target (ctx, offer)) && is_subscribed (ctx, listing);
  if (offer->buyers != NULL)
    return is_target (ctx, offer);
  return trestle_practice_view_lists (ctx, listing) || is_subscribed (ctx, listing);
}

const TrestlePracticeListing *
trestle_practice_view_find_listing (TrestlePracticeContext *ctx, const char *listing_id)
{
  const TrestlePracticeListing *listing = trestle_practice_catalogue_find_listing (
      ctx->world->catalogue, listing_id);

  return listing != NULL && trestle_practice_view_sees (ctx, listing) ? listing : NULL;
}

const TrestlePracticeListing *
trestle_practice_view_find_product (TrestlePracticeContext *ctx, const char *product_id)
{
  const TrestlePracticeListing *listing = trestle_practice_catalogue_find_product (
      ctx->world->catalogue, product_id);

  return listing != NULL && trestle_practice_view_sees (ctx, listing) ? listing : NULL;
}

static const TrestlePracticeOffer *
find_offer (TrestlePracticeContext *ctx, const char *id, gboolean proposal)
{
  GPtrArray *listings = trestle_practice_catalogue_get_listings (ctx->world->catalogue);

  for (guint i = 0; i < listings->len; i++)
    {
      const TrestlePracticeListing *listing = listings->pdata[i];

      for (guint j = 0; j < listing->offers->len; j++)
        {
          const TrestlePracticeOffer *offer = listing->offers->pdata[j];

          if (g_strcmp0 (proposal ? offer->proposal : offer->id, id) == 0
              && trestle_practice_view_sees_offer (ctx, offer))
            return offer;
        }
    }
  return NULL;
}

const TrestlePracticeOffer *
trestle_practice_view_find_offer (TrestlePracticeContext *ctx, const char *offer_id)
{
  return find_offer (ctx, offer_id, FALSE);
}

const TrestlePracticeOffer *
trestle_practice_view_find_proposal (TrestlePracticeContext *ctx, const char *proposal)
{
  return find_offer (ctx, proposal, TRUE);
}

char *
trestle_practice_view_dup_address (TrestlePracticeWorld *world, const char *path)
{
  return strstr (path, "://") != NULL ? g_strdup (path)
                                      : g_strconcat (world->base, "/", path, NULL);
}

char *
trestle_practice_view_dup_logo (TrestlePracticeWorld *world, const TrestlePracticeListing *listing)
{
  const char *own = get_text (listing->object, "logo");
  g_autofree char *path = own != NULL ? g_strdup (own)
                                      : g_strdup_printf ("pictures/logo/%s.png", listing->slug);

  return trestle_practice_view_dup_address (world, path);
}

char *
trestle_practice_view_dup_sample (TrestlePracticeWorld *world,
                                  const TrestlePracticeListing *listing,
                                  JsonObject *sample)
{
  const char *url = get_text (sample, "url");

  if (url != NULL)
    return g_strdup (url);
  return g_strdup_printf ("%s/samples/%s/%s", world->base, listing->slug,
                          get_text (sample, "file"));
}
