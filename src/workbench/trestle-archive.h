/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Archives that somebody else made, read without trust. All of it blocks: for the thread pool. */

typedef struct archive TrestleArchive;

/** trestle_archive_open: @path: of a tar, compressed or not; Returns: (transfer full) (nullable): %TRESTLE_WORKBENCH_ERROR_INPUT */
TrestleArchive *trestle_archive_open (const char *path, GError **error);

/** trestle_archive_open_member: the archive that is the member @outer stands at; @outer must not go on meanwhile */
TrestleArchive *trestle_archive_open_member (TrestleArchive *outer, GError **error);

void trestle_archive_free (TrestleArchive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleArchive, trestle_archive_free)

/**
 * TrestleArchiveVisit:
 * @path: of the member, valid UTF-8
 *
 * Returns: FALSE, with an error, to end the walk
 */
typedef gboolean (*TrestleArchiveVisit) (TrestleArchive *archive,
                                         struct archive_entry *entry,
                                         const char *path,
                                         gpointer data,
                                         GError **error);

/**
 * trestle_archive_walk:
 * @cancellable: (nullable): ends it
 *
 * Calls @visit for each member, in order.
 *
 * Returns: whether it came to the end; %TRESTLE_WORKBENCH_ERROR_INPUT for what is no archive, is
 *   broken, or grows beyond what any image has
 */
gboolean trestle_archive_walk (TrestleArchive *self,
                               TrestleArchiveVisit visit,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);

/** trestle_archive_read: Returns: (transfer full) (nullable): the first @most bytes of the member it stands at */
GBytes *trestle_archive_read (TrestleArchive *self, gsize most, GError **error);

/**
 * trestle_archive_unpack:
 * @folder: an empty folder
 *
 * Unpacks @path; members that leave @folder are refused.
 */
gboolean trestle_archive_unpack (const char *path,
                                 const char *folder,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
