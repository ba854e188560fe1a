/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/trestle-money.h"
#include "domain/trestle-listing.h"
#include "domain/trestle-offer.h"
#include "domain/trestle-version.h"
#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/**
 * TrestleHint:
 * @hourly: (nullable): the cheapest hour, infrastructure included
 * @takes: content families, "picture", "csv", "json", "sound", "text"
 * @asked: when the offer was read, µs
 *
 * What search filters by and no search answer tells.
 */
typedef struct
{
  TrestleMoney *hourly;
  char **takes;
  gint64 asked;
} TrestleHint;

/**
 * TrestleHints:
 *
 * Hints of all listings, and the tree of categories. Once published with trestle_hints_publish() a
 * set is not changed any more, so that a search on another thread can read it.
 */
#define TRESTLE_TYPE_HINTS (trestle_hints_get_type ())
G_DECLARE_FINAL_TYPE (TrestleHints, trestle_hints, TRESTLE, HINTS, GObject)

/** trestle_hints_get: Returns: (transfer full): the published set of @context, from the store the first time */
TrestleHints *trestle_hints_get (TrestleContext *context);

/** trestle_hints_edit: Returns: (transfer full): a copy that may be changed */
TrestleHints *trestle_hints_edit (TrestleHints *self);

/** trestle_hints_set: @takes: (transfer full) */
void trestle_hints_set (TrestleHints *self,
                        const char *listing_id,
                        const TrestleMoney *hourly,
                        char **takes,
                        gint64 asked);
void trestle_hints_set_parent (TrestleHints *self, const char *category, const char *parent);

/** trestle_hints_publish: makes @self the set of @context, in the store as well */
void trestle_hints_publish (TrestleHints *self, TrestleContext *context);

/** trestle_hints_lookup: Returns: (transfer none) (nullable) */
const TrestleHint *trestle_hints_lookup (TrestleHints *self, const char *listing_id);
/** trestle_hints_get_parent: Returns: (nullable): the category above @category */
const char *trestle_hints_get_parent (TrestleHints *self, const char *category);

/** trestle_hints_families: Returns: (transfer full): content families that @version takes, by its content types and its usage text */
char **trestle_hints_families (TrestleVersion *version);

/** trestle_hints_guess_families: Returns: (transfer full): content families that @listing's texts speak of, for as long as its versions have not been read */
char **trestle_hints_guess_families (TrestleListing *listing);

G_END_DECLS
