/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/trestle-draft-section.h"

G_BEGIN_DECLS

/**
 * TrestleEditorPage:
 *
 * A draft: its sections, the form of one of them, and the buyer's page as it would be. Actions:
 * "editor.section" (string: a section's id), "editor.field" (string: a field's path),
 * "editor.previous", "editor.next", "editor.first-error", "editor.review", "editor.preview",
 * "editor.undo", "editor.redo", "editor.history".
 */
#define TRESTLE_TYPE_EDITOR_PAGE (trestle_editor_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEditorPage,
                      trestle_editor_page,
                      TRESTLE,
                      EDITOR_PAGE,
                      AdwNavigationPage)

/** TrestlePreviewFunc: Returns: (transfer floating): something of @open_draft as buyers see it */
typedef GtkWidget *(*TrestlePreviewFunc) (TrestleSession *session, TrestleOpenDraft *open_draft);

/**
 * trestle_editor_page_new:
 * @draft: a draft's name or path, and perhaps, after a line feed, the path of a field to show
 * @sections: (array zero-terminated=1): its parts in order, kept
 * @preview: makes the buyer's page
 * @card: makes what a search shows
 */
GtkWidget *trestle_editor_page_new (TrestleSession *session,
                                    const char *draft,
                                    const TrestleDraftSection *const *sections,
                                    TrestlePreviewFunc preview,
                                    TrestlePreviewFunc card);

/** trestle_editor_page_get_draft: Returns: (transfer none) (nullable): the draft, once it is open */
TrestleOpenDraft *trestle_editor_page_get_draft (TrestleEditorPage *self);

/** trestle_editor_page_show_field: brings the field at @path to light and the keyboard into it */
void trestle_editor_page_show_field (TrestleEditorPage *self, const char *path);

G_END_DECLS
