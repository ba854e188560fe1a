/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/trestle-draft-binding.h"

G_BEGIN_DECLS

/**
 * TrestleDraftText:
 *
 * A row for a long text of a draft: caption and counter, a text that grows, and below it what is
 * wrong with it. Properties: "open-draft" (#TrestleOpenDraft), "path" (string), "caption" (string,
 * nullable: instead of what people call the field), "lines" (uint: how many are shown at least),
 * "monospace" (boolean), "outline" (string, nullable: what to write about; a finding that topics are
 * missing offers to insert it), "action-label" (string, nullable: of a button in other findings). Signal
 * "finding-activated": that button.
 */
#define TRESTLE_TYPE_DRAFT_TEXT (trestle_draft_text_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDraftText, trestle_draft_text, TRESTLE, DRAFT_TEXT, AdwPreferencesRow)

GtkWidget *trestle_draft_text_new (TrestleOpenDraft *open_draft, const char *path, guint lines);

/** trestle_draft_text_get_finding: Returns: (transfer none) (nullable): what is shown below the text */
TrestleFinding *trestle_draft_text_get_finding (TrestleDraftText *self);

/** trestle_draft_text_insert: puts @text where the cursor is, so that Undo takes it away */
void trestle_draft_text_insert (TrestleDraftText *self, const char *text);

G_END_DECLS
