/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-draft.h"
#include "domain/trestle-package.h"

G_BEGIN_DECLS

/* The versions of a draft stand in the order in which they were made: the last one is the newest. */

/**
 * trestle_draft_add_version:
 *
 * Adds a version made of @package. What buyers are told of its use is that of the newest version
 * there is; title and recommended types are proposed, notes are its own.
 *
 * Returns: its index
 */
guint trestle_draft_add_version (TrestleDraft *self, TrestlePackage *package);

/** trestle_draft_set_version_package: version @index is made of @package; recommended types that it lacks are replaced */
void trestle_draft_set_version_package (TrestleDraft *self, guint index, TrestlePackage *package);

/** trestle_draft_get_version_arn: Returns: (transfer none): of its package or algorithm; "" where it names none */
const char *trestle_draft_get_version_arn (TrestleDraft *self, guint index);

/** trestle_draft_find_version: Returns: index of the version made of @arn; G_MAXUINT where there is none */
guint trestle_draft_find_version (TrestleDraft *self, const char *arn);

/** trestle_draft_count_open_versions: Returns: how many versions are not restricted */
guint trestle_draft_count_open_versions (TrestleDraft *self);

/** trestle_draft_dup_next_version_title: Returns: (transfer full): the newest title with its last number raised: "1.3" after "1.2" */
char *trestle_draft_dup_next_version_title (TrestleDraft *self);

G_END_DECLS
