/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleOfferWish:
 * @name: (nullable): else one is made of the buyers
 * @description: (nullable)
 * @buyers: (nullable): accounts; %NULL when cloning: those of the other offer
 * @until: (nullable): `YYYY-MM-DD`; %NULL when cloning: that of the other offer, if it is not over
 * @discount: (nullable): percent
 * @prices: (nullable) (element-type utf8 utf8): dimension key → price
 *
 * What a seller says of a private offer.
 */
typedef struct
{
  const char *name;
  const char *description;
  const char *const *buyers;
  const char *until;
  const char *discount;
  GHashTable *prices;
} TrestleOfferWish;

/**
 * trestle_private_offers_create:
 * @product: an identifier, a slug or a title
 *
 * Makes an offer of @product with the prices and terms of its public one, but for what @wish says.
 *
 * Returns: (transfer full): resolves to the #TrestleTask of trestle_requests_submit(), once there is
 *   something to send; rejects with %TRESTLE_WORKBENCH_ERROR_INPUT where AWS would refuse it
 */
DexFuture *trestle_private_offers_create (TrestleSession *session,
                                          const char *product,
                                          const TrestleOfferWish *wish);

/** trestle_private_offers_clone: @offer: an identifier; as trestle_private_offers_create(), with the terms of @offer */
DexFuture *trestle_private_offers_clone (TrestleSession *session,
                                         const char *offer,
                                         const TrestleOfferWish *wish);

/** trestle_private_offers_expire: @offer can be accepted until today's end (UTC); resolves to the #TrestleTask */
DexFuture *trestle_private_offers_expire (TrestleSession *session, const char *offer);

/** trestle_private_offers_list: resolves to a #GListModel of #TrestleEntity: the private offers as of now, last changed first; they stay in #TrestleOwnProducts */
DexFuture *trestle_private_offers_list (TrestleSession *session);

/** trestle_private_offers_get_title: Returns: (transfer none): the title of @offer's product, as last read; its identifier where that is not known */
const char *trestle_private_offers_get_title (TrestleSession *session, TrestleEntity *offer);

/** trestle_private_offers_is_over: Returns: whether @offer's last day is past */
gboolean trestle_private_offers_is_over (TrestleEntity *offer);

G_END_DECLS
