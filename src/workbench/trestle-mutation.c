/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-mutation.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "workbench/trestle-owner.h"
#include "workbench/trestle-settle.h"

#define MAX_SENDS 2

/* Entries that this process is at work on. */
static GHashTable *under_way;

gint64
trestle_journal_open_entry (TrestleContext *context,
                            const char *operation,
                            const char *resource,
                            const char *token,
                            JsonObject *facts,
                            GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;
  gint64 id;

  json_object_set_string_member (object, "owner", trestle_owner_get ());
  if (facts != NULL)
    json_object_set_object_member (object, "facts", json_object_ref (facts));
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  id = trestle_store_journal_begin (context->store, context->scope, operation, resource, token,
                                    text, error);
  if (id == 0)
    return 0;
  if (under_way == NULL)
    under_way = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_add (under_way, g_memdup2 (&id, sizeof id));
  return id;
}

void
trestle_journal_close_entry (TrestleContext *context,
                             gint64 id,
                             const char *outcome,
                             const char *request_id)
{
  g_autoptr (GError) error = NULL;

  if (id == 0)
    return;
  if (under_way != NULL)
    g_hash_table_remove (under_way, &id);
  if (outcome != NULL
      && !trestle_store_journal_end (context->store, id, outcome, request_id, &error))
    g_warning ("Could not close entry %" G_GINT64_FORMAT " of the journal: %s", id, error->message);
}

static JsonObject *
parse_context (const TrestleJournalEntry *entry)
{
  g_autoptr (JsonNode) node = NULL;

  if (entry->context != NULL)
    node = json_from_string (entry->context, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return json_object_new ();
  return json_node_dup_object (node);
}

gboolean
trestle_journal_is_under_way (const TrestleJournalEntry *entry)
{
  g_autoptr (JsonObject) object = NULL;
  const char *owner;

  if (under_way != NULL && g_hash_table_contains (under_way, &entry->id))
    return TRUE;
  object = parse_context (entry);
  owner = json_object_get_string_member_with_default (object, "owner", NULL);
  return owner != NULL && !g_str_equal (owner, trestle_owner_get ())
         && trestle_owner_is_alive (owner);
}

JsonObject *
trestle_journal_dup_facts (const TrestleJournalEntry *entry)
{
  g_autoptr (JsonObject) object = parse_context (entry);
  JsonNode *facts = json_object_get_member (object, "facts");

  if (facts == NULL || !JSON_NODE_HOLDS_OBJECT (facts))
    return json_object_new ();
  return json_node_dup_object (facts);
}

typedef struct
{
  TrestleContext *context;
  char *operation;
  char *resource;
  char *token;
  JsonObject *facts;
  TrestleMutationSend send;
  gpointer data;
  GDestroyNotify destroy;
} Mutation;

static void
mutation_free (gpointer data)
{
  Mutation *self = data;

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_object_unref (self->context);
  g_free (self->operation);
  g_free (self->resource);
  g_free (self->token);
  json_object_unref (self->facts);
  g_free (self);
}

gboolean
trestle_mutation_is_uncertain (const GError *error)
{
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);

  if (error->domain != TRESTLE_AWS_ERROR)
    return TRUE;
  return error->code == TRESTLE_AWS_ERROR_TIMEOUT || (details != NULL && details->may_have_arrived);
}

static DexFuture *
mutation_fiber (gpointer data)
{
  Mutation *self = data;
  g_autoptr (GError) error = NULL;
  gint64 begun = trestle_clock_now ();
  gint64 id;

  if (!dex_await (trestle_context_ready (self->context), &error))
    return trestle_future_error (error);
  id = trestle_journal_open_entry (self->context, self->operation, self->resource, self->token,
                                   self->facts, &error);
  if (id == 0)
    return trestle_future_error (error);

  for (guint n = 1;; n++)
    {
      g_autoptr (DexFuture) sent = self->send (self->context, self->data);
      const TrestleAwsErrorDetails *details;
      g_autoptr (GError) doubt = NULL;
      g_autofree char *answer = NULL;

      g_clear_error (&error);
      if (dex_await (dex_ref (sent), &error))
        {
          trestle_journal_close_entry (self->context, id, "done", NULL);
          return g_steal_pointer (&sent);
        }
      details = trestle_aws_error_details (error);
      if (!trestle_mutation_is_uncertain (error) && n == 1)
        {
          trestle_journal_close_entry (self->context, id, "refused",
                                       details != NULL ? details->request_id : NULL);
          return trestle_future_error (error);
        }
      if (!trestle_settle_can_ask (self->operation))
        {
          trestle_journal_close_entry (self->context, id, "unknown", NULL);
          return trestle_future_error (error);
        }
      /* Also after a refusal of the second sending: the first may have come through late, and the
       * name be taken by what we made. */
      g_message ("The answer to %s %s was lost (%s); asking", self->operation, self->resource,
                 error->message);
      answer = dex_await_string (
          trestle_settle_ask (self->context, self->operation, self->resource, self->facts, begun),
          &doubt);
      if (answer != NULL)
        {
          trestle_journal_close_entry (self->context, id, "done", NULL);
          return dex_future_new_take_string (g_steal_pointer (&answer));
        }
      if (!g_error_matches (doubt, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND))
        {
          /* It stays open: the next start asks again. */
          trestle_journal_close_entry (self->context, id, NULL, NULL);
          return trestle_future_error (error);
        }
      if (n >= MAX_SENDS)
        {
          trestle_journal_close_entry (self->context, id, "refused", NULL);
          return trestle_future_error (error);
        }
    }
}

DexFuture *
trestle_mutation_run (TrestleContext *context,
                      const char *operation,
                      const char *resource,
                      const char *token,
                      JsonObject *facts,
                      TrestleMutationSend send,
                      gpointer data,
                      GDestroyNotify destroy)
{
  Mutation *self = g_new0 (Mutation, 1);
  DexFuture *future;

  self->context = g_object_ref (context);
  self->operation = g_strdup (operation);
  self->resource = g_strdup (resource);
  self->token = g_strdup (token);
  self->facts = facts != NULL ? facts : json_object_new ();
  self->send = send;
  self->data = data;
  self->destroy = destroy;
  future = trestle_fiber_spawn (mutation_fiber, self, mutation_free);
  trestle_context_keep (future);
  return future;
}
