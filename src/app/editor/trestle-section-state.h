/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/trestle-draft-section.h"

G_BEGIN_DECLS

/**
 * TrestleSectionState:
 * @n_fields: fields that are filled or should be
 * @n_good: of these, filled and without errors and warnings
 * @n_errors: findings of the section
 * @n_warnings: likewise
 * @waits: it is about the whole draft, which still has errors
 *
 * How far a section of a draft is. No widgets.
 */
typedef struct
{
  guint n_fields;
  guint n_good;
  guint n_errors;
  guint n_warnings;
  gboolean waits;
} TrestleSectionState;

/** trestle_section_state_read: @state: (out caller-allocates) */
void trestle_section_state_read (const TrestleDraftSection *section,
                                 TrestleOpenDraft *open_draft,
                                 TrestleSectionState *state);

/** trestle_section_state_dup_words: Returns: (transfer full): "2 errors", "5 of 6 fields good", "Complete" */
char *trestle_section_state_dup_words (const TrestleSectionState *state);

G_END_DECLS
