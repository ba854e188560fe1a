/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "domain/trestle-draft.h"

G_BEGIN_DECLS

/* The versions of a draft as its editor speaks of them. @base is what the draft was made from, nullable. */

/** trestle_version_dup_path: Returns: (transfer full): `Versions[2].ReleaseNotes` */
char *trestle_version_dup_path (guint index, const char *member);

/** trestle_version_index_of: Returns: index of the version that the field @path belongs to; G_MAXUINT where to none */
guint trestle_version_index_of (const char *path);

/** trestle_version_is_live: Returns: whether AWS knows version @index */
gboolean trestle_version_is_live (TrestleDraft *draft, guint index);

/** trestle_version_dup_label: Returns: (transfer full): "1.3 · drafted" */
char *trestle_version_dup_label (TrestleDraft *draft, guint index);

/** trestle_version_dup_summary: Returns: (transfer full): "2 at AWS, 1 drafted. …" */
char *trestle_version_dup_summary (TrestleDraft *draft);

/**
 * trestle_version_get_bar:
 *
 * Returns: (transfer none) (nullable): why "Restricted" of version @index cannot be changed; %NULL
 *   where it can
 */
const char *trestle_version_get_bar (TrestleDraft *draft, TrestleDraft *base, guint index);

/** trestle_version_dup_title: @list: (nullable): below the version; Returns: (transfer full): "Input · 5"; @title alone for none */
char *
trestle_version_dup_title (TrestleDraft *draft, guint index, const char *title, const char *list);

/** trestle_version_has_error: Returns: whether one of @findings is an error of a field of version @index below one of @members */
gboolean trestle_version_has_error (GListModel *findings, guint index, const char *const *members);

G_END_DECLS
