/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/trestle-draft-store.h"

G_BEGIN_DECLS

struct _TrestleDraftStore
{
  GObject parent_instance;

  char *folder;
  GFileMonitor *monitor; /* nullable */
  GMutex lock;           /* one writer of this program at a time */
  GMutex known_lock;
  GHashTable
      *known; /* file name → what trestle_draft_store_list() found in it, as long as it stays */
};

/** trestle_draft_store_check_name: %G_IO_ERROR_INVALID_FILENAME */
gboolean trestle_draft_store_check_name (const char *name, GError **error);

/* Paths of a checked name. */
char *trestle_draft_store_path_of (TrestleDraftStore *self, const char *name);
char *trestle_draft_store_base_of (TrestleDraftStore *self, const char *name);

/** trestle_draft_store_keep_text: puts @text into the history of @name */
gboolean trestle_draft_store_keep_text (TrestleDraftStore *self,
                                        const char *name,
                                        const char *text,
                                        GError **error);

/** trestle_draft_store_sweep: deletes what a program left when it was killed while writing */
void trestle_draft_store_sweep (const char *folder, gint64 now);

/** trestle_draft_store_fail: Returns: %FALSE, and errno in words: "@doing “@name”: …" */
gboolean trestle_draft_store_fail (GError **error, const char *doing, const char *name);

G_END_DECLS
