/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "editor/trestle-section-state.h"

G_BEGIN_DECLS

/** TrestleSectionMark: a ring that fills as a section's fields become good, a disc with a tick when all are */
#define TRESTLE_TYPE_SECTION_MARK (trestle_section_mark_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSectionMark, trestle_section_mark, TRESTLE, SECTION_MARK, GtkWidget)

/** trestle_section_mark_set: @state: (nullable): read only now; %NULL: an empty ring */
void trestle_section_mark_set (TrestleSectionMark *self, const TrestleSectionState *state);

G_END_DECLS
