/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "listings/trestle-listing-item.h"

G_BEGIN_DECLS

/**
 * TrestleListingChecks:
 *
 * Holds the drafts of rows against the rules, some at a time: there may be hundreds of them, and the window
 * goes on in between. What is not checked when it is disposed of stays so.
 */
#define TRESTLE_TYPE_LISTING_CHECKS (trestle_listing_checks_get_type ())
G_DECLARE_FINAL_TYPE (TrestleListingChecks,
                      trestle_listing_checks,
                      TRESTLE,
                      LISTING_CHECKS,
                      GObject)

TrestleListingChecks *trestle_listing_checks_new (TrestleDrafts *drafts);

/** trestle_listing_checks_add: checks the draft of @item if its file changed since the last time */
void trestle_listing_checks_add (TrestleListingChecks *self, TrestleListingItem *item);

G_END_DECLS
