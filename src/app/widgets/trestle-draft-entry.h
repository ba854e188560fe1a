/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/trestle-draft-binding.h"

G_BEGIN_DECLS

/**
 * TrestleDraftEntry:
 *
 * A row for one line of a draft: caption, text, counter, and below them what is wrong with it.
 * Properties: "open-draft" (#TrestleOpenDraft), "path" (string), "caption" (string, nullable: instead
 * of what people call the field), "monospace" (boolean), "editable" (boolean). Children in a template
 * stand after the text. Signal "applied": Enter.
 */
#define TRESTLE_TYPE_DRAFT_ENTRY (trestle_draft_entry_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDraftEntry,
                      trestle_draft_entry,
                      TRESTLE,
                      DRAFT_ENTRY,
                      AdwPreferencesRow)

GtkWidget *trestle_draft_entry_new (TrestleOpenDraft *open_draft, const char *path);

/** trestle_draft_entry_add_suffix: a button after the text */
void trestle_draft_entry_add_suffix (TrestleDraftEntry *self, GtkWidget *suffix);

/** trestle_draft_entry_get_strip: Returns: (transfer none): what shows the finding, for a button in it */
GtkWidget *trestle_draft_entry_get_strip (TrestleDraftEntry *self);

G_END_DECLS
