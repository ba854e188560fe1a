/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "domain/trestle-invocation.h"
#include "domain/trestle-listing.h"

G_BEGIN_DECLS

#define TRESTLE_STORE_ERROR (trestle_store_error_quark ())

typedef enum
{
  TRESTLE_STORE_ERROR_CORRUPT,
  TRESTLE_STORE_ERROR_NEWER, /* written by a newer Trestle */
  TRESTLE_STORE_ERROR_FULL,
  TRESTLE_STORE_ERROR_FAILED,
  TRESTLE_STORE_ERROR_INPUT, /* asked for what there is not */
} TrestleStoreError;

GQuark trestle_store_error_quark (void);

/**
 * TrestleStore:
 *
 * One SQLite file per installation (WAL). Rows belong to a @scope, "ACCOUNT/REGION" ("practice:buyer/us-east-1"),
 * so that accounts never mix. Asynchronous functions run on the thread pool; the journal is written before a
 * call leaves and is therefore synchronous and durable.
 */
#define TRESTLE_TYPE_STORE (trestle_store_get_type ())
G_DECLARE_FINAL_TYPE (TrestleStore, trestle_store, TRESTLE, STORE, GObject)

/**
 * trestle_store_open:
 * @path: (nullable): else `$XDG_DATA_HOME/trestle/trestle.db`
 *
 * A file that SQLite cannot read is set aside as `PATH.corrupt-TIME` and a new one begun;
 * trestle_store_get_notice() says so.
 */
TrestleStore *trestle_store_open (const char *path, GError **error);
const char *trestle_store_get_notice (TrestleStore *self);

/* --- Catalogue: listings seen, with full-text search --- */

/** trestle_store_put_listings: @listings: (element-type TrestleListing); resolves to how many are new or changed (int) */
DexFuture *trestle_store_put_listings (TrestleStore *self, const char *scope, GPtrArray *listings);
/** trestle_store_drop_listings: forgets those not seen since @before (µs) */
DexFuture *trestle_store_drop_listings (TrestleStore *self, const char *scope, gint64 before);
/** trestle_store_find_listing: @name: id, product id or slug; resolves to #TrestleListing; %G_IO_ERROR_NOT_FOUND */
DexFuture *trestle_store_find_listing (TrestleStore *self, const char *scope, const char *name);
/**
 * trestle_store_search:
 * @text: (nullable): words, the last one as a prefix; ranked title > publisher > short > long
 *
 * Resolves to a #GPtrArray (boxed) of #TrestleListing in order of relevance (by title without @text). Filters and
 * facets are the workbench's. "subscribed" is set where the fact "subscribed/PRODUCT" is remembered in @scope.
 */
DexFuture *trestle_store_search (TrestleStore *self, const char *scope, const char *text);
/** TrestleStoreHint: what a price hint of a listing says; @hourly: (nullable): decimal; @text: (nullable): for people */
typedef struct
{
  char *listing_id;
  char *hourly;
  char *text;
} TrestleStoreHint;

/** trestle_store_hint_new: Returns: (transfer full): for trestle_store_hint_free() */
TrestleStoreHint *
trestle_store_hint_new (const char *listing_id, const char *hourly, const char *text);
void trestle_store_hint_free (TrestleStoreHint *self);

/** trestle_store_put_hints: @hints: (element-type TrestleStoreHint): all of them or none; resolves to TRUE */
DexFuture *trestle_store_put_hints (TrestleStore *self, const char *scope, GPtrArray *hints);

/* --- Small remembered facts --- */

/** trestle_store_remember: @value: (nullable): forgets; key → value in a scope: ARNs ("arn/PRODUCT/VERSION"), "catalogue/refreshed", "installation" */
gboolean trestle_store_remember (TrestleStore *self,
                                 const char *scope,
                                 const char *key,
                                 const char *value,
                                 GError **error);
char *trestle_store_recall (TrestleStore *self, const char *scope, const char *key);

/* --- Journal of mutating calls --- */

/**
 * trestle_store_journal_begin:
 * @operation: "sagemaker:CreateEndpoint"
 * @resource: what it makes or changes: the endpoint's name, the agreement request …
 * @token: (nullable): client token
 * @context: (nullable): JSON that the flow needs to settle it after a crash
 *
 * Durable when it returns. Returns: the entry's id, 0 with @error set (then the call must not be sent)
 */
gint64 trestle_store_journal_begin (TrestleStore *self,
                                    const char *scope,
                                    const char *operation,
                                    const char *resource,
                                    const char *token,
                                    const char *context,
                                    GError **error);
/** trestle_store_journal_end: @outcome: "done", "refused" (nothing happened), "unknown"; @request_id: (nullable) */
gboolean trestle_store_journal_end (TrestleStore *self,
                                    gint64 id,
                                    const char *outcome,
                                    const char *request_id,
                                    GError **error);

typedef struct
{
  gint64 id;
  char *operation, *resource, *token, *context;
  gint64 begun;
} TrestleJournalEntry;

void trestle_journal_entry_free (TrestleJournalEntry *self);

/** trestle_store_journal_open: Returns: (transfer full) (element-type TrestleJournalEntry): entries without an outcome, oldest first */
GPtrArray *trestle_store_journal_open (TrestleStore *self, const char *scope, GError **error);

/**
 * trestle_store_journal_took_effect:
 *
 * Returns: whether @operation on @resource was begun after entry @since, and took effect or may
 *   have
 */
gboolean trestle_store_journal_took_effect (TrestleStore *self,
                                            const char *scope,
                                            const char *operation,
                                            const char *resource,
                                            gint64 since);

/* --- Ledger of what costs --- */

/** trestle_store_ledger_add: something that bills was made; @hourly: (nullable): decimal text in @currency */
gboolean trestle_store_ledger_add (TrestleStore *self,
                                   const char *scope,
                                   const char *kind,
                                   const char *name,
                                   const char *listing_id,
                                   const char *software_hourly,
                                   const char *infrastructure_hourly,
                                   const char *currency,
                                   gint64 delete_by,
                                   GError **error);
gboolean trestle_store_ledger_end (TrestleStore *self,
                                   const char *scope,
                                   const char *kind,
                                   const char *name,
                                   GError **error);

typedef struct
{
  char *kind, *name, *listing_id, *software_hourly, *infrastructure_hourly, *currency;
  gint64 begun, ended, delete_by;
} TrestleLedgerEntry;

void trestle_ledger_entry_free (TrestleLedgerEntry *self);

/** trestle_store_ledger_list: Returns: (transfer full) (element-type TrestleLedgerEntry): newest first */
GPtrArray *trestle_store_ledger_list (TrestleStore *self,
                                      const char *scope,
                                      gboolean open_only,
                                      GError **error);

/* --- History of invocations --- */

/** trestle_store_put_invocation: keeps it, bodies up to 1 MiB; resolves to its id (int64) */
DexFuture *
trestle_store_put_invocation (TrestleStore *self, const char *scope, TrestleInvocation *invocation);
/** trestle_store_list_invocations: newest first, with bodies up to 4 KiB; resolves to #GListModel */
DexFuture *trestle_store_list_invocations (TrestleStore *self,
                                           const char *scope,
                                           const char *endpoint,
                                           guint limit);
DexFuture *trestle_store_get_invocation (TrestleStore *self, const char *scope, gint64 id);

G_END_DECLS
