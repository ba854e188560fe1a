/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-finding.h"
#include "widgets/trestle-badge.h"
#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/**
 * TrestleDraftBinding:
 *
 * One field of an open draft as a form shows it, without widgets: its text, how long it may be and
 * what is wrong with it. Properties: "open-draft" (#TrestleOpenDraft, nullable), "path" (string,
 * nullable). Signal "changed": anything of it did.
 */
#define TRESTLE_TYPE_DRAFT_BINDING (trestle_draft_binding_get_type ())
G_DECLARE_FINAL_TYPE (TrestleDraftBinding, trestle_draft_binding, TRESTLE, DRAFT_BINDING, GObject)

TrestleDraftBinding *trestle_draft_binding_new (void);

void trestle_draft_binding_set_open_draft (TrestleDraftBinding *self, TrestleOpenDraft *open_draft);
void trestle_draft_binding_set_path (TrestleDraftBinding *self, const char *path);

/** trestle_draft_binding_get_open_draft: Returns: (transfer none) (nullable) */
TrestleOpenDraft *trestle_draft_binding_get_open_draft (TrestleDraftBinding *self);

/** trestle_draft_binding_get_draft: Returns: (transfer none) (nullable): the document of the open draft */
TrestleDraft *trestle_draft_binding_get_draft (TrestleDraftBinding *self);
const char *trestle_draft_binding_get_path (TrestleDraftBinding *self);

/** trestle_draft_binding_get_text: Returns: (transfer none): "" where there is none */
const char *trestle_draft_binding_get_text (TrestleDraftBinding *self);
void trestle_draft_binding_set_text (TrestleDraftBinding *self, const char *text);

/** trestle_draft_binding_dup_label: Returns: (transfer full): what people call the field */
char *trestle_draft_binding_dup_label (TrestleDraftBinding *self);

/**
 * trestle_draft_binding_dup_counter:
 * @tone: (out) (optional): plain until nine tenths of the limit, then a warning, an error beyond it;
 *   with a finding that finding's
 *
 * Returns: (transfer full): "14 / 72", characters or elements; "" where there is no limit
 */
char *trestle_draft_binding_dup_counter (TrestleDraftBinding *self, TrestleTone *tone);

/** trestle_draft_binding_get_finding: Returns: (transfer none) (nullable): the worst finding of this very field */
TrestleFinding *trestle_draft_binding_get_finding (TrestleDraftBinding *self);

/** trestle_severity_tone: the tone that goes with a finding */
TrestleTone trestle_severity_tone (TrestleSeverity severity);

/** trestle_severity_icon: Returns: (transfer none): the icon that goes with a finding */
const char *trestle_severity_icon (TrestleSeverity severity);

/** trestle_severity_word: Returns: (transfer none): "Error", "Warning", "Note" */
const char *trestle_severity_word (TrestleSeverity severity);

/**
 * trestle_draft_focus:
 * @root: a form
 * @path: a field of the draft
 *
 * Puts the keyboard into the widget below @root that is bound to @path, or else to what is nearest
 * above it. Widgets are found by their property "path".
 *
 * Returns: whether there was one
 */
gboolean trestle_draft_focus (GtkWidget *root, const char *path);

G_END_DECLS
