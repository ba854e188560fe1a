/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-open-draft-private.h"

#include "base/trestle-future.h"
#include "domain/trestle-draft-diff.h"
#include "store/trestle-draft-io.h"

/* What a draft was, from the history that its store keeps. */

/* Done on the pool with what only it has. */
typedef struct
{
  TrestleDraftStore *store;
  char *name;
  char *path;
  TrestleDraft *now;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_object_unref (self->store);
  g_clear_object (&self->now);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

static Job *
job_new (TrestleOpenDraft *draft)
{
  Job *self = g_new0 (Job, 1);

  self->store = g_object_ref (draft->store);
  self->name = g_strdup (trestle_open_draft_get_name (draft));
  return self;
}

static TrestleDraftSnapshot *
compare (TrestleDraftSnapshot *snapshot, TrestleDraft *then, TrestleDraft *now)
{
  g_autoptr (GPtrArray) found = trestle_draft_diff (then, now);
  g_autoptr (GListStore) differences = g_list_store_new (TRESTLE_TYPE_DIFFERENCE);

  g_list_store_splice (differences, 0, 0, found->pdata, found->len);
  return g_object_new (
      TRESTLE_TYPE_DRAFT_SNAPSHOT, "name", trestle_draft_snapshot_get_name (snapshot), "path",
      trestle_draft_snapshot_get_path (snapshot), "taken",
      trestle_draft_snapshot_get_taken (snapshot), "differences", differences, NULL);
}

static DexFuture *
list_fiber (gpointer data)
{
  Job *job = data;
  g_autoptr (GPtrArray) snapshots = trestle_draft_store_history (job->store, job->name);
  g_autoptr (GListStore) list = g_list_store_new (TRESTLE_TYPE_DRAFT_SNAPSHOT);
  g_autoptr (TrestleDraft) newer = g_object_ref (job->now);

  for (guint i = 0; i < snapshots->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrestleDraftSnapshot) snapshot = NULL;
      g_autoptr (TrestleDraft) then = trestle_draft_read (
          trestle_draft_snapshot_get_path (snapshots->pdata[i]), NULL, &error);

      if (then == NULL)
        {
          g_message ("What %s was cannot be read: %s", job->name, error->message);
          continue;
        }
      if (trestle_draft_equal (then, newer))
        continue;
      snapshot = compare (snapshots->pdata[i], then, job->now);
      g_list_store_append (list, snapshot);
      g_set_object (&newer, then);
    }
  return dex_future_new_for_object (list);
}

DexFuture *
trestle_open_draft_list_history (TrestleOpenDraft *self)
{
  Job *job;

  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);

  job = job_new (self);
  job->now = trestle_draft_copy (trestle_open_draft_get_draft (self));
  return trestle_pool_spawn (list_fiber, job, job_free);
}

/* Puts aside what the file holds, and reads what it held. */
static DexFuture *
read_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (TrestleDraft) then = trestle_draft_read (job->path, NULL, &error);

  if (then == NULL || !trestle_draft_store_keep (job->store, job->name, &error))
    return trestle_future_error (error);
  return dex_future_new_for_object (then);
}

typedef struct
{
  TrestleOpenDraft *draft;
  char *path;
} Restore;

static void
restore_free (gpointer data)
{
  Restore *self = data;

  g_object_unref (self->draft);
  g_free (self->path);
  g_free (self);
}

static DexFuture *
restore_fiber (gpointer data)
{
  Restore *self = data;
  GError *error = NULL;
  g_autoptr (TrestleDraft) then = NULL;
  Job *job;

  if (!dex_await (trestle_open_draft_save (self->draft), &error))
    return trestle_future_error (error);
  job = job_new (self->draft);
  job->path = g_strdup (self->path);
  then = dex_await_object (trestle_pool_spawn (read_fiber, job, job_free), &error);
  if (then == NULL)
    return trestle_future_error (error);
  trestle_draft_past_restore (self->draft->past, then);
  return trestle_open_draft_save (self->draft);
}

DexFuture *
trestle_open_draft_restore (TrestleOpenDraft *self, TrestleDraftSnapshot *snapshot)
{
  Restore *restore;

  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_DRAFT_SNAPSHOT (snapshot), NULL);

  restore = g_new0 (Restore, 1);
  restore->draft = g_object_ref (self);
  restore->path = g_strdup (trestle_draft_snapshot_get_path (snapshot));
  return trestle_fiber_spawn (restore_fiber, restore, restore_free);
}
