/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * trestle_edit_draft:
 * @name: of the draft
 * @field: (nullable): path of the field that is shown
 *
 * Opens the editor (route "editor": a draft's name, or that and a field's path separated by a line feed).
 */
void trestle_edit_draft (GtkWidget *widget, const char *name, const char *field);

/**
 * trestle_edit_product:
 * @product_id: `prod-…`
 * @field: (nullable): path of the field that is shown
 *
 * Opens the editor with the product's draft; where it has none, with one of what it is at AWS.
 */
void trestle_edit_product (GtkWidget *widget, const char *product_id, const char *field);

/** trestle_edit_export: asks for a place and writes a copy of @draft, a name or a path, there; says how it went */
void trestle_edit_export (GtkWidget *widget, const char *draft);

G_END_DECLS
