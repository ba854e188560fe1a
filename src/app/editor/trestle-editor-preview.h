/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/**
 * TrestleEditorPreview:
 *
 * The pane with the buyer's page and, below it, what a search shows; light, dark or as narrow as on a
 * telephone, whatever the window itself is. Above them stands how many fields are not as they are
 * live, and which; a field that is chosen there activates "editor.field".
 */
#define TRESTLE_TYPE_EDITOR_PREVIEW (trestle_editor_preview_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEditorPreview,
                      trestle_editor_preview,
                      TRESTLE,
                      EDITOR_PREVIEW,
                      GtkWidget)

void trestle_editor_preview_set_draft (TrestleEditorPreview *self,
                                       TrestleOpenDraft *open_draft,
                                       GtkWidget *page,
                                       GtkWidget *card);

G_END_DECLS
