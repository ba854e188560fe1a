/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "product/trestle-product-model.h"

G_BEGIN_DECLS

/** TrestleProductSide: samples, versions, rating and support of a product */
#define TRESTLE_TYPE_PRODUCT_SIDE (trestle_product_side_get_type ())
G_DECLARE_FINAL_TYPE (TrestleProductSide, trestle_product_side, TRESTLE, PRODUCT_SIDE, GtkWidget)

void trestle_product_side_set_model (TrestleProductSide *self, TrestleProductModel *model);

/** trestle_product_side_get_anchor: Returns: (transfer none): where "versions", "rating" or "support" begins */
GtkWidget *trestle_product_side_get_anchor (TrestleProductSide *self, const char *section);

G_END_DECLS
