/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/trestle-draft-section.h"

G_BEGIN_DECLS

/**
 * TrestleEditorOutline:
 *
 * The sections of a draft, and below them all that is wrong with it. Signals "section-chosen"
 * (string: the section's id) and "field-chosen" (string: a field's path).
 */
#define TRESTLE_TYPE_EDITOR_OUTLINE (trestle_editor_outline_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEditorOutline,
                      trestle_editor_outline,
                      TRESTLE,
                      EDITOR_OUTLINE,
                      GtkWidget)

/** trestle_editor_outline_set_draft: @sections: (array zero-terminated=1): %NULL-terminated, kept */
void trestle_editor_outline_set_draft (TrestleEditorOutline *self,
                                       TrestleOpenDraft *open_draft,
                                       const TrestleDraftSection *const *sections);

/** trestle_editor_outline_select: shows section @id as the chosen one; emits nothing */
void trestle_editor_outline_select (TrestleEditorOutline *self, const char *id);

G_END_DECLS
