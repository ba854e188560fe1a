/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-price-row.h"

G_BEGIN_DECLS

/** TrestleInstanceRow: an instance type to choose, with its price and quota */
#define TRESTLE_TYPE_INSTANCE_ROW (trestle_instance_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleInstanceRow,
                      trestle_instance_row,
                      TRESTLE,
                      INSTANCE_ROW,
                      GtkListBoxRow)

/** trestle_instance_row_new: @group: (nullable): whose radio group it joins */
GtkWidget *trestle_instance_row_new (TrestlePriceRow *price, TrestleInstanceRow *group);
TrestlePriceRow *trestle_instance_row_get_price (TrestleInstanceRow *self);
gboolean trestle_instance_row_get_usable (TrestleInstanceRow *self);
gboolean trestle_instance_row_get_active (TrestleInstanceRow *self);
void trestle_instance_row_set_active (TrestleInstanceRow *self, gboolean active);

/** trestle_instance_row_is_usable: Returns: whether the account may start one more of @price's type */
gboolean trestle_instance_row_is_usable (TrestlePriceRow *price);

G_END_DECLS
