/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pricing/trestle-price-line.h"

G_BEGIN_DECLS

/**
 * TrestlePriceLines:
 *
 * All prices of an open draft, an instance type each, as its packages and its rate card have them: a
 * #GListModel of #TrestlePriceLine. Signal "updated": prices, or what is missing, changed.
 */
#define TRESTLE_TYPE_PRICE_LINES (trestle_price_lines_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePriceLines, trestle_price_lines, TRESTLE, PRICE_LINES, GObject)

TrestlePriceLines *trestle_price_lines_new (TrestleOpenDraft *draft);

/** trestle_price_lines_set_machines: @machines: (nullable): of #TrestleInstancePrice, for hosting, batch and training */
void trestle_price_lines_set_machines (TrestlePriceLines *self, GListModel *machines);

/** trestle_price_lines_has: Returns: whether any line has a price of @mode */
gboolean trestle_price_lines_has (TrestlePriceLines *self, guint mode);

guint trestle_price_lines_count_selected (TrestlePriceLines *self);

/**
 * trestle_price_lines_dup_missing:
 * @version: (out) (transfer full) (nullable): the version that brought the first of them
 * @type: (out) (transfer full) (nullable): its instance type
 *
 * Returns: how many prices are missing
 */
guint trestle_price_lines_dup_missing (TrestlePriceLines *self, char **version, char **type);

/** trestle_price_lines_select_missing: selects the lines in which a price is missing, and no other */
void trestle_price_lines_select_missing (TrestlePriceLines *self);

/**
 * trestle_price_lines_fill:
 * @modes: bits: 1 << mode
 *
 * As trestle_price_line_dup_filled(), into all selected lines. Where it comes to no price in one of them,
 * none is changed.
 *
 * Returns: whether they were filled
 */
gboolean trestle_price_lines_fill (TrestlePriceLines *self,
                                   guint modes,
                                   const char *formula,
                                   const char *step,
                                   int direction,
                                   GError **error);

/** trestle_price_lines_put: sets the prices of these dimension keys, all in one change */
void trestle_price_lines_put (TrestlePriceLines *self, GPtrArray *keys, GPtrArray *prices);

/** trestle_price_lines_find: @type: (nullable): NULL for a price per call; Returns: (transfer none) (nullable) */
TrestlePriceLine *trestle_price_lines_find (TrestlePriceLines *self, const char *type);

/** trestle_price_lines_get_column: Returns: where the price of @mode stands in a line, a call's in the place of real-time; -1: nowhere */
int trestle_price_lines_get_column (TrestleUsageMode mode);

/** trestle_price_lines_get_model: Returns: "free", "hourly" or "inference" */
const char *trestle_price_lines_get_model (TrestlePriceLines *self);

/** trestle_price_lines_set_model: changes the pricing model, and the rate card with it */
void trestle_price_lines_set_model (TrestlePriceLines *self, const char *model);

/** trestle_price_lines_is_locked: Returns: whether the model of the live offer stands for ever */
gboolean trestle_price_lines_is_locked (TrestlePriceLines *self);

G_END_DECLS
