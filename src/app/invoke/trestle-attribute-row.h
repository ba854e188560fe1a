/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-attribute.h"

G_BEGIN_DECLS

/** TrestleAttributeRow: one custom attribute as its listing describes it. Signal: "changed" */
#define TRESTLE_TYPE_ATTRIBUTE_ROW (trestle_attribute_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAttributeRow, trestle_attribute_row, TRESTLE, ATTRIBUTE_ROW, GtkWidget)

GtkWidget *trestle_attribute_row_new (TrestleAttribute *attribute);

/** trestle_attribute_row_dup_pair: Returns: (transfer full) (nullable): `NAME=VALUE`; %NULL where the model's own value does */
char *trestle_attribute_row_dup_pair (TrestleAttributeRow *self);

/** trestle_attribute_row_is_valid: Returns: whether it may be sent as it is */
gboolean trestle_attribute_row_is_valid (TrestleAttributeRow *self);

/** trestle_attribute_row_reset: back to what the model takes by itself */
void trestle_attribute_row_reset (TrestleAttributeRow *self);

G_END_DECLS
