/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "aws/trestle-aws-client.h"
#include "domain/trestle-account.h"
#include "domain/trestle-identity.h"
#include "store/trestle-store.h"
#include "workbench/trestle-practice-launcher.h"
#include "workbench/trestle-task.h"

G_BEGIN_DECLS

/**
 * TrestleContext:
 * @scope: whose rows of the store
 * @tag: this installation, the value of `trestle:session`
 * @client: replaced when a practice server comes back at another address: take it anew for each call
 * @tasks: of #TrestleTask, newest first
 * @facts: (element-type utf8 GObject): what the flows keep in memory, by name
 * @catalogue: (nullable) (unowned)
 * @subscriptions: (nullable) (unowned)
 * @endpoints: (nullable) (unowned)
 * @requests: (nullable) (unowned)
 *
 * What the parts of one session share, private to the workbench. The session and its parts hold it;
 * it holds none of them, so there is no ring of references.
 */
#define TRESTLE_TYPE_CONTEXT (trestle_context_get_type ())
G_DECLARE_FINAL_TYPE (TrestleContext, trestle_context, TRESTLE, CONTEXT, GObject)

struct _TrestleContext
{
  GObject parent_instance;

  TrestleAccount *account;
  char *region;
  char *scope;
  char *tag;
  TrestleAwsTransport *transport;
  TrestleAwsClient *client;
  TrestleStore *store;
  TrestlePracticeHandle *practice; /* NULL for AWS */
  TrestleIdentity *identity;
  GListStore *tasks;
  GHashTable *facts;
  DexFuture *reviving;
  DexFuture *hinting;

  gpointer catalogue;
  gpointer subscriptions;
  gpointer endpoints;
  gpointer requests;
};

/** trestle_context_open: resolves to a #TrestleContext; @region: (nullable) */
DexFuture *trestle_context_open (TrestleAccount *account, const char *region);

gboolean trestle_context_is_practice (TrestleContext *self);

/**
 * trestle_context_ready:
 *
 * To be awaited before the first call of a flow: a practice server that ended meanwhile (it does
 * when nobody asked it anything for half an hour) is started again.
 *
 * Returns: (transfer full): resolves to TRUE
 */
DexFuture *trestle_context_ready (TrestleContext *self);

/** trestle_context_pause: resolves after the @n-th wait of a poll: 1 s doubling to 5 s; a quarter of a second on the practice account */
DexFuture *trestle_context_pause (TrestleContext *self, guint n);

/** trestle_context_sleep: resolves to TRUE after @msec */
DexFuture *trestle_context_sleep (guint msec);

/**
 * trestle_context_keep:
 * @future: (transfer none): something several may wait for
 *
 * Lets @future run to its end although those who wait for it go away. They are told of a failure, so it is
 * not logged.
 */
void trestle_context_keep (DexFuture *future);

/** trestle_context_add_task: puts @task in front of the tasks; forgets old ended ones */
void trestle_context_add_task (TrestleContext *self, TrestleTask *task);

/** trestle_context_identify: resolves to a #TrestleIdentity, asked once */
DexFuture *trestle_context_identify (TrestleContext *self);

/** trestle_context_new_tags: Returns: (transfer full) (element-type utf8 utf8): tags of what this installation makes */
GHashTable *
trestle_context_new_tags (TrestleContext *self, const char *listing_id, gint64 delete_by);

#define TRESTLE_TAG_SESSION "trestle:session"
#define TRESTLE_TAG_DELETE_BY "trestle:delete-by"
#define TRESTLE_TAG_LISTING "trestle:listing"

G_END_DECLS
