/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/trestle-draft-store.h"
#include "workbench/trestle-drafts.h"
#include "workbench/trestle-parts.h"

G_BEGIN_DECLS

struct _TrestleDrafts
{
  GObject parent_instance;

  TrestleContext *context;
  TrestleDraftStore *store; /* NULL where the folder cannot be used */
  GListStore *items;
  GHashTable *open; /* path → weak #TrestleOpenDraft */
  DexFuture *refresh;
  gboolean again; /* the folder changed while it was being read */
  char *problem;
  gboolean loaded;
};

/** trestle_drafts_get_store: Returns: (transfer none) (nullable): the account's folder, which is made when it is first asked for */
TrestleDraftStore *trestle_drafts_get_store (TrestleDrafts *self, GError **error);

/** trestle_drafts_dup_store_of: Returns: (transfer full) (nullable): the folder of the file @path, the account's or another */
TrestleDraftStore *
trestle_drafts_dup_store_of (TrestleDrafts *self, const char *path, GError **error);

/** trestle_drafts_dup_name: Returns: (transfer full): the name of the draft whose file is @path */
char *trestle_drafts_dup_name (const char *path);

/** trestle_drafts_dup_open: Returns: (transfer full) (nullable): the draft of the file @path, if somebody has it open */
TrestleOpenDraft *trestle_drafts_dup_open (TrestleDrafts *self, const char *path);

/** TrestleDraftsWork: one thing done to the files, on the thread pool */
typedef struct
{
  TrestleDraftStore *store;
  char *name;
  char *other;
  TrestleDraft *draft;
  TrestleDraft *base;
} TrestleDraftsWork;

/** trestle_drafts_work: runs @fiber on the pool with copies of these, all nullable, which nobody else touches */
DexFuture *trestle_drafts_work (TrestleDrafts *self,
                                DexFiberFunc fiber,
                                const char *name,
                                const char *other,
                                TrestleDraft *draft,
                                TrestleDraft *base);

G_END_DECLS
