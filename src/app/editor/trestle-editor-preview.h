/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestleEditorPreview:
 *
 * The pane with the buyer's page, light, dark or as narrow as on a telephone, whatever the window
 * itself is. Property: "page" (GtkWidget, nullable).
 */
#define TRESTLE_TYPE_EDITOR_PREVIEW (trestle_editor_preview_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEditorPreview,
                      trestle_editor_preview,
                      TRESTLE,
                      EDITOR_PREVIEW,
                      GtkWidget)

void trestle_editor_preview_set_page (TrestleEditorPreview *self, GtkWidget *page);

G_END_DECLS
