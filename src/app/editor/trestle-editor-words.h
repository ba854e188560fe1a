/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-finding.h"
#include "workbench/trestle-open-draft.h"

G_BEGIN_DECLS

/* What the pages of the editor say of a draft. No widgets. */

/** trestle_editor_dup_title: Returns: (transfer full): the product's title, or the draft's name */
char *trestle_editor_dup_title (TrestleOpenDraft *open_draft);

/** trestle_editor_dup_state: Returns: (transfer full): "Draft saved · live: revision 14" */
char *trestle_editor_dup_state (TrestleOpenDraft *open_draft);

/** trestle_editor_dup_findings: Returns: (transfer full): "2 errors · 1 warning", "No findings" */
char *trestle_editor_dup_findings (TrestleOpenDraft *open_draft);

/** trestle_editor_dup_changes: Returns: (transfer full): "4 changes, sent as one request" */
char *trestle_editor_dup_changes (TrestleOpenDraft *open_draft);

/** trestle_editor_find_error: Returns: (transfer full) (nullable): the first error */
TrestleFinding *trestle_editor_find_error (TrestleOpenDraft *open_draft);

G_END_DECLS
