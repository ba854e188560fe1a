/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-own-product.h"
#include "workbench/trestle-remote-list.h"

G_BEGIN_DECLS

/**
 * TrestleOwnProducts:
 *
 * What the account sells, last changed first: a #TrestleRemoteList of #TrestleOwnProduct. With the
 * products their offers are read.
 */
#define TRESTLE_TYPE_OWN_PRODUCTS (trestle_own_products_get_type ())
G_DECLARE_FINAL_TYPE (TrestleOwnProducts,
                      trestle_own_products,
                      TRESTLE,
                      OWN_PRODUCTS,
                      TrestleRemoteList)

/** trestle_own_products_get_offers: Returns: (transfer none): a #GListModel of #TrestleEntity: the private offers, last changed first, without documents */
GListModel *trestle_own_products_get_offers (TrestleOwnProducts *self);

/**
 * trestle_own_products_resolve:
 * @name: an identifier, a slug or a title
 *
 * Returns: (transfer full): resolves to the #TrestleOwnProduct as it is now at AWS;
 *   %TRESTLE_WORKBENCH_ERROR_NOT_FOUND (with the nearest names) or %TRESTLE_WORKBENCH_ERROR_AMBIGUOUS
 */
DexFuture *trestle_own_products_resolve (TrestleOwnProducts *self, const char *name);

/** trestle_own_products_describe: resolves to the #TrestleOwnProduct with @id as it is now at AWS */
DexFuture *trestle_own_products_describe (TrestleOwnProducts *self, const char *id);

/** trestle_own_products_describe_offer: resolves to the offer, a #TrestleEntity with its document */
DexFuture *trestle_own_products_describe_offer (TrestleOwnProducts *self, const char *id);

G_END_DECLS
