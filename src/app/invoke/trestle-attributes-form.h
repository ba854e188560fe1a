/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestleAttributesForm:
 *
 * The custom attributes of a call: a row for each that the listing documents, or plain text. Properties: "text"
 * (string, nullable: the header as it is sent), "valid" (boolean).
 */
#define TRESTLE_TYPE_ATTRIBUTES_FORM (trestle_attributes_form_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAttributesForm,
                      trestle_attributes_form,
                      TRESTLE,
                      ATTRIBUTES_FORM,
                      GtkWidget)

/** trestle_attributes_form_set_attributes: @attributes: of #TrestleAttribute; without any there is only text */
void trestle_attributes_form_set_attributes (TrestleAttributesForm *self, GListModel *attributes);

/** trestle_attributes_form_reset: back to what the model takes by itself */
void trestle_attributes_form_reset (TrestleAttributesForm *self);

/** trestle_attributes_form_get_text: Returns: (nullable): `NAME=VALUE;NAME=VALUE`, or what was written */
const char *trestle_attributes_form_get_text (TrestleAttributesForm *self);

gboolean trestle_attributes_form_get_valid (TrestleAttributesForm *self);

G_END_DECLS
