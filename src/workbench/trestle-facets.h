/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-hints.h"
#include "workbench/trestle-listing-query.h"

G_BEGIN_DECLS

/**
 * trestle_facets_apply:
 * @listings: (element-type TrestleListing): those that have the text, best first
 * @hints: what is known beyond the listings
 * @refreshed: when the catalogue was last read, µs
 *
 * Filters, counts and sorts. Touches nothing but its arguments, so it may run on any thread.
 *
 * Returns: (transfer full): the answer
 */
TrestleSearchResult *trestle_facets_apply (GPtrArray *listings,
                                           TrestleListingQuery *query,
                                           TrestleHints *hints,
                                           gint64 refreshed);

/** trestle_facets_pricing: Returns: "free", "hourly", "per-request", "contract" */
const char *trestle_facets_pricing (TrestleListing *listing);

/** trestle_search_result_new: @listings, @facets: (transfer none) */
TrestleSearchResult *
trestle_search_result_new (GListModel *listings, GListModel *facets, guint total, gint64 refreshed);

G_END_DECLS
