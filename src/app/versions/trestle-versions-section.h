/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/trestle-draft-section.h"

G_BEGIN_DECLS

/**
 * TrestleVersionsSection:
 *
 * The versions of a listing, one at a time: its package, what buyers are told of it, what it is
 * recommended to run on. Properties: "open-draft" (#TrestleOpenDraft), "narrow" (boolean).
 */
#define TRESTLE_TYPE_VERSIONS_SECTION (trestle_versions_section_get_type ())
G_DECLARE_FINAL_TYPE (TrestleVersionsSection,
                      trestle_versions_section,
                      TRESTLE,
                      VERSIONS_SECTION,
                      GtkWidget)

/** trestle_versions_section: for the editor */
extern const TrestleDraftSection trestle_versions_section;

/** trestle_versions_section_show: shows the version and the part of it that the field @path belongs to */
void trestle_versions_section_show (TrestleVersionsSection *self, const char *path);

G_END_DECLS
