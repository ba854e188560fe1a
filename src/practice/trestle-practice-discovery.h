/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

/* Parts of Discovery's answers that several operations share. */

void trestle_practice_put_profile (JsonBuilder *out, const char *name, JsonObject *seller);
/** trestle_practice_put_product: the `product` of an associated entity */
void trestle_practice_put_product (JsonBuilder *out, const TrestlePracticeListing *listing);
/** trestle_practice_put_summary: what a summary, a listing and a product have in common */
void trestle_practice_put_summary (TrestlePracticeContext *ctx,
                                   JsonBuilder *out,
                                   const TrestlePracticeListing *listing,
                                   gboolean product);

/** trestle_practice_bad_token: ValidationException with INVALID_PAGINATION_TOKEN */
gboolean trestle_practice_bad_token (TrestlePracticeContext *ctx);

/**
 * TrestlePracticeValues:
 *
 * What a listing has of one filter's or facet's kind: values with names and (categories) parents.
 */
typedef struct
{
  const char *value;
  const char *name;
  const char *parent;
} TrestlePracticeValue;

/** trestle_practice_search_values: Returns: (transfer full) (element-type TrestlePracticeValue): of @listing for @type */
GArray *trestle_practice_search_values (TrestlePracticeCatalogue *catalogue,
                                        const TrestlePracticeListing *listing,
                                        const char *type);

/**
 * trestle_practice_search:
 * @in: searchText, filters, sortBy, sortOrder
 * @without: (nullable): a filter type that is left out, for its own facet's counts
 *
 * Returns: (transfer full) (element-type TrestlePracticeListing) (nullable): best first; %NULL with
 *   the context's fault set where a filter cannot be
 */
GPtrArray *
trestle_practice_search (TrestlePracticeContext *ctx, TrestleJson in, const char *without);

gboolean trestle_practice_list_purchase_options (TrestlePracticeContext *ctx,
                                                 TrestleJson in,
                                                 JsonBuilder *out);
gboolean trestle_practice_get_offer (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean
trestle_practice_get_offer_terms (TrestlePracticeContext *ctx, TrestleJson in, JsonBuilder *out);
gboolean trestle_practice_list_fulfillment_options (TrestlePracticeContext *ctx,
                                                    TrestleJson in,
                                                    JsonBuilder *out);

G_END_DECLS
