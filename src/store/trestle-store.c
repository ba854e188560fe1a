/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-store.h"

#include <glib/gstdio.h>

#include "base/trestle-future.h"
#include "base/trestle-paths.h"
#include "store/trestle-store-private.h"

#define SEPARATOR "\x1f"

G_DEFINE_FINAL_TYPE (TrestleStore, trestle_store, G_TYPE_OBJECT)
G_DEFINE_QUARK (trestle-store-error-quark, trestle_store_error)

static void
trestle_store_finalize (GObject *object)
{
  TrestleStore *self = TRESTLE_STORE (object);

  g_clear_pointer (&self->now, sqlite3_close);
  g_clear_pointer (&self->pool, sqlite3_close);
  g_mutex_clear (&self->pool_lock);
  g_free (self->path);
  g_free (self->notice);
  G_OBJECT_CLASS (trestle_store_parent_class)->finalize (object);
}

static void
trestle_store_class_init (TrestleStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_store_finalize;
}

static void
trestle_store_init (TrestleStore *self)
{
  g_mutex_init (&self->pool_lock);
}

TrestleStore *
trestle_store_open (const char *path, GError **error)
{
  g_autoptr (TrestleStore) self = g_object_new (TRESTLE_TYPE_STORE, NULL);

  self->path = path ? g_strdup (path) : trestle_paths_data ("trestle.db");
  self->now = trestle_database_open (self->path, &self->notice, error);
  if (self->now == NULL)
    return NULL;
  g_chmod (self->path, 0600);
  self->pool = trestle_database_attach (self->path, FALSE, error);
  if (self->pool == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

const char *
trestle_store_get_notice (TrestleStore *self)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self), NULL);
  return self->notice;
}

typedef struct
{
  TrestleStoreJob job;
  TrestleStoreJobFunc func;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_object (&self->job.store);
  g_free (self->job.scope);
  g_free (self->job.text);
  g_clear_pointer (&self->job.array, g_ptr_array_unref);
  g_clear_object (&self->job.object);
  g_free (self);
}

static DexFuture *
job_fiber (gpointer data)
{
  Job *self = data;
  DexFuture *done;

  g_mutex_lock (&self->job.store->pool_lock);
  done = self->func (&self->job, self->job.store->pool);
  g_mutex_unlock (&self->job.store->pool_lock);
  return done;
}

DexFuture *
trestle_store_job (TrestleStoreJob job, TrestleStoreJobFunc func)
{
  Job *copy = g_new0 (Job, 1);

  copy->job = job;
  copy->func = func;
  return trestle_pool_spawn (job_fiber, copy, job_free);
}

char *
trestle_store_join (const char *const *texts)
{
  return texts && texts[0] ? g_strjoinv (SEPARATOR, (char **) texts) : NULL;
}

char **
trestle_store_split (const char *text)
{
  return text && *text ? g_strsplit (text, SEPARATOR, -1) : g_new0 (char *, 1);
}

gboolean
trestle_store_remember (TrestleStore *self,
                        const char *scope,
                        const char *key,
                        const char *value,
                        GError **error)
{
  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope && key, FALSE);

  if (value == NULL)
    return trestle_database_run (self->now, error, "DELETE FROM fact WHERE scope = ? AND key = ?",
                                 "ss", scope, key);
  return trestle_database_run (self->now, error,
                               "INSERT INTO fact VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
                               "SET value = excluded.value",
                               "sss", scope, key, value);
}

char *
trestle_store_recall (TrestleStore *self, const char *scope, const char *key)
{
  g_autoptr (TrestleStatement) stmt = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (TRESTLE_IS_STORE (self) && scope && key, NULL);

  stmt = trestle_database_prepare (
      self->now, &error, "SELECT value FROM fact WHERE scope = ? AND key = ?", "ss", scope, key);
  if (stmt != NULL && trestle_statement_next (stmt, &error))
    return g_strdup (trestle_statement_text (stmt, 0));
  if (error != NULL)
    g_warning ("%s", error->message);
  return NULL;
}
