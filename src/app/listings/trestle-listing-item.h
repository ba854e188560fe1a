/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "domain/trestle-draft-info.h"
#include "domain/trestle-own-product.h"
#include "workbench/trestle-drafts.h"
#include "workbench/trestle-requests.h"

G_BEGIN_DECLS

/**
 * TrestleListingItem:
 *
 * A row of the listings: a product at AWS, a draft on this computer, or both. All that the row says is
 * a property: "title", "subtitle", "listing" (#TrestleListing, for the tile), "state", "state-classes",
 * "change", "change-icon", "change-classes", "version", "versions", "price", "errors", "warnings",
 * "clean", "modified" (µs), "moment", "summary" (the narrow form's line), "menu" (#GMenuModel).
 */
#define TRESTLE_TYPE_LISTING_ITEM (trestle_listing_item_get_type ())
G_DECLARE_FINAL_TYPE (TrestleListingItem, trestle_listing_item, TRESTLE, LISTING_ITEM, GObject)

/**
 * TrestleListingFacts:
 * @product: (nullable): at AWS
 * @draft: (nullable): on this computer
 * @request: (nullable): the change set that runs, or that failed and still stands
 * @restricted: UTC microseconds of the restriction; 0 where there is none
 *
 * What a row is made of.
 */
typedef struct
{
  TrestleOwnProduct *product;
  TrestleDraftInfo *draft;
  TrestleChangeRequest *request;
  gint64 restricted;
} TrestleListingFacts;

TrestleListingItem *trestle_listing_item_new (void);

/** trestle_listing_item_set: Returns: whether the row looks different now */
gboolean trestle_listing_item_set (TrestleListingItem *self, const TrestleListingFacts *facts);

/** trestle_listing_item_set_checked: what the linter found in the draft, and how many changes it holds */
void trestle_listing_item_set_checked (TrestleListingItem *self,
                                       guint n_errors,
                                       guint n_warnings,
                                       guint n_changes);

/** trestle_listing_item_claim_check: Returns: whether the draft's file changed since this was asked the last time */
gboolean trestle_listing_item_claim_check (TrestleListingItem *self);

/** trestle_listing_item_take_checked: @open: the draft, held against the rules */
void trestle_listing_item_take_checked (TrestleListingItem *self, TrestleOpenDraft *open);

/** trestle_listing_item_get_product: Returns: (transfer none) (nullable) */
TrestleOwnProduct *trestle_listing_item_get_product (TrestleListingItem *self);
/** trestle_listing_item_get_draft: Returns: (transfer none) (nullable) */
TrestleDraftInfo *trestle_listing_item_get_draft (TrestleListingItem *self);
/** trestle_listing_item_get_request: Returns: (transfer none) (nullable) */
TrestleChangeRequest *trestle_listing_item_get_request (TrestleListingItem *self);

/** trestle_listing_item_get_product_id: Returns: (nullable): also of a draft whose product was not read */
const char *trestle_listing_item_get_product_id (TrestleListingItem *self);

/** trestle_listing_item_get_visibility: Returns: `Draft`, `Limited`, `Public` or `Restricted` */
const char *trestle_listing_item_get_visibility (TrestleListingItem *self);

/** trestle_listing_item_get_failed: Returns: whether a failed change set stands that no saved draft has mended since */
gboolean trestle_listing_item_get_failed (TrestleListingItem *self);

/** trestle_listing_item_matches: Returns: whether title, identifier or keywords contain @text, which is casefolded */
gboolean trestle_listing_item_matches (TrestleListingItem *self, const char *text);

G_END_DECLS
