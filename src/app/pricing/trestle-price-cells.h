/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "pricing/trestle-price-lines.h"

G_BEGIN_DECLS

/**
 * TrestlePriceCells:
 *
 * A line of the price grid: what it is of, and an entry for each of its prices. Signals "next" (uint
 * mode): Enter; "block" (uint mode, string): cells of a spreadsheet were pasted.
 */
#define TRESTLE_TYPE_PRICE_CELLS (trestle_price_cells_get_type ())
G_DECLARE_FINAL_TYPE (TrestlePriceCells, trestle_price_cells, TRESTLE, PRICE_CELLS, GtkListBoxRow)

GtkWidget *trestle_price_cells_new (TrestlePriceLines *lines, TrestlePriceLine *line);

/** trestle_price_cells_focus: puts the keyboard into the price of @mode; Returns: whether there is one */
gboolean trestle_price_cells_focus (TrestlePriceCells *self, guint mode);

G_END_DECLS
