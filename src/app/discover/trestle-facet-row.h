/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestleFacetRow:
 *
 * One value of a filter: check, label or stars, count. Signal "toggled".
 */
#define TRESTLE_TYPE_FACET_ROW (trestle_facet_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleFacetRow, trestle_facet_row, TRESTLE, FACET_ROW, GtkWidget)

/** trestle_facet_row_new: @stars: 0, or stars shown before the label */
GtkWidget *
trestle_facet_row_new (const char *group, const char *value, const char *label, double stars);
const char *trestle_facet_row_get_group (TrestleFacetRow *self);
const char *trestle_facet_row_get_value (TrestleFacetRow *self);
const char *trestle_facet_row_get_label (TrestleFacetRow *self);
gboolean trestle_facet_row_get_active (TrestleFacetRow *self);
void trestle_facet_row_set_active (TrestleFacetRow *self, gboolean active);
gint64 trestle_facet_row_get_count (TrestleFacetRow *self);
/** trestle_facet_row_set_count: -1 shows none */
void trestle_facet_row_set_count (TrestleFacetRow *self, gint64 count);

G_END_DECLS
