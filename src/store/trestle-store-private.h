/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/trestle-database.h"
#include "store/trestle-store.h"

G_BEGIN_DECLS

/*
 * Two connections to one file: `now` for the short synchronous writes of the main thread (journal,
 * ledger, facts), `pool` for the thread pool, one job at a time. WAL lets them read side by side.
 */
struct _TrestleStore
{
  GObject parent_instance;

  char *path;
  char *notice;
  sqlite3 *now;
  sqlite3 *pool;
  GMutex pool_lock;
};

/**
 * TrestleStoreJob: what a pool job gets; subclassed by embedding
 */
typedef struct
{
  TrestleStore *store;
  char *scope;
  char *text;
  gint64 number;
  GPtrArray *array;
  GObject *object;
} TrestleStoreJob;

typedef DexFuture *(*TrestleStoreJobFunc) (TrestleStoreJob *job, sqlite3 *db);

/** trestle_store_job: runs @func on the pool with the pool's connection; @job is freed after */
DexFuture *trestle_store_job (TrestleStoreJob job, TrestleStoreJobFunc func);

/** trestle_store_join: Returns: (transfer full) (nullable): @texts as one column, and back */
char *trestle_store_join (const char *const *texts);
char **trestle_store_split (const char *text);

G_END_DECLS
