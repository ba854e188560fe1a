/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/** TrestleMutationSend: sends the call; may be asked twice */
typedef DexFuture *(*TrestleMutationSend) (TrestleContext *context, gpointer data);

/**
 * trestle_mutation_run:
 * @operation: "sagemaker:CreateEndpoint", one of the table in trestle-settle.c
 * @resource: what it makes or changes
 * @token: (nullable): client token that @send uses
 * @facts: (transfer full) (nullable): what has to be known to settle it after a crash
 *
 * The one way to change something at AWS: journal, call, outcome. When the answer is lost AWS is
 * asked at once, and only if it knows nothing of it the call is sent again. Goes on though the
 * caller loses interest.
 *
 * Returns: (transfer full): resolves to what @send resolves to, or where the answer was lost to the
 *   text that the question brought
 */
DexFuture *trestle_mutation_run (TrestleContext *context,
                                 const char *operation,
                                 const char *resource,
                                 const char *token,
                                 JsonObject *facts,
                                 TrestleMutationSend send,
                                 gpointer data,
                                 GDestroyNotify destroy);

/** trestle_mutation_is_uncertain: Returns: whether a call that ended with @error may have taken effect all the same */
gboolean trestle_mutation_is_uncertain (const GError *error);

/** trestle_journal_open_entry: begins an entry of @operation with this process as its owner; 0 with @error */
gint64 trestle_journal_open_entry (TrestleContext *context,
                                   const char *operation,
                                   const char *resource,
                                   const char *token,
                                   JsonObject *facts,
                                   GError **error);

/** trestle_journal_close_entry: @outcome: (nullable): NULL leaves it open, to be settled later */
void trestle_journal_close_entry (TrestleContext *context,
                                  gint64 id,
                                  const char *outcome,
                                  const char *request_id);

/** trestle_journal_is_under_way: Returns: whether a process that runs is at work on @entry */
gboolean trestle_journal_is_under_way (const TrestleJournalEntry *entry);

/** trestle_journal_dup_facts: Returns: (transfer full): the facts of @entry, empty where there are none */
JsonObject *trestle_journal_dup_facts (const TrestleJournalEntry *entry);

G_END_DECLS
