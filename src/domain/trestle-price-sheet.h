/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * trestle_price_sheet_split:
 * @text: what a spreadsheet gives: lines of cells, parted by tabs, semicolons or commas, in quotes where need be
 *
 * Returns: (transfer full) (element-type GStrv): the rows' cells, without spaces around them; empty
 *   lines are left out
 */
GPtrArray *trestle_price_sheet_split (const char *text);

/** trestle_price_sheet_dup_price: Returns: (transfer full) (nullable): the price that is written in @cell, "$ 1.50" too; %NULL where it is none */
char *trestle_price_sheet_dup_price (const char *cell);

/* Columns that are no mode's. */
#define TRESTLE_PRICE_SHEET_TYPE (-1)  /* of instance types */
#define TRESTLE_PRICE_SHEET_OTHER (-2) /* of nothing that is known */

/** trestle_price_sheet_get_column: Returns: what stands under @heading: a #TrestleUsageMode, or one of the above */
int trestle_price_sheet_get_column (const char *heading);

/** trestle_price_sheet_is_heading: Returns: whether @row names columns: it has no price, and a word that is known */
gboolean trestle_price_sheet_is_heading (char **row);

/**
 * trestle_price_sheet_read:
 * @text: rows of a dimension key and its price; or a heading with "instance type" and the modes
 *   (real-time, batch, training), and rows of a type and its prices
 * @error: #TrestlePriceError, with the line
 *
 * Returns: (transfer full) (element-type utf8 utf8): dimension key → price; empty cells are left out
 */
GHashTable *trestle_price_sheet_read (const char *text, GError **error);

G_END_DECLS
