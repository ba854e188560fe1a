/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/trestle-draft-section.h"

G_BEGIN_DECLS

/** TrestleSectionRow: a section in the editor's list: its mark, name and state in words */
#define TRESTLE_TYPE_SECTION_ROW (trestle_section_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSectionRow, trestle_section_row, TRESTLE, SECTION_ROW, GtkListBoxRow)

GtkWidget *
trestle_section_row_new (const TrestleDraftSection *section, TrestleOpenDraft *open_draft);

const TrestleDraftSection *trestle_section_row_get_section (TrestleSectionRow *self);

/** trestle_section_row_update: after the findings changed */
void trestle_section_row_update (TrestleSectionRow *self);

G_END_DECLS
