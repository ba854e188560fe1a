/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-recovery.h"

#include "base/trestle-future.h"
#include "domain/trestle-endpoint.h"
#include "services/trestle-endpoint-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-settle.h"
#include "workbench/trestle-teardown.h"

/* Returns: the outcome to note; NULL where it could not be found out. */
static const char *
settle_call (TrestleContext *context,
             const TrestleJournalEntry *entry,
             JsonObject *facts,
             GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *answer = NULL;

  if (!trestle_settle_can_ask (entry->operation))
    return "unknown";
  answer = dex_await_string (
      trestle_settle_ask (context, entry->operation, entry->resource, facts, entry->begun),
      &reason);
  if (answer != NULL)
    return "done";
  if (trestle_teardown_is_absent (reason))
    return "refused";
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

static const char *
text_fact (JsonObject *facts, const char *name)
{
  return json_object_get_string_member_with_default (facts, name, NULL);
}

static char **
names_fact (JsonObject *facts, const char *name)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonArray *array = json_object_has_member (facts, name)
                         ? json_object_get_array_member (facts, name)
                         : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (names, json_array_get_string_element (array, i));
  return g_strv_builder_end (names);
}

/* Whether the deployment made its model itself; one that was kept from before stays. */
static gboolean
made_model (TrestleContext *context, const TrestleJournalEntry *entry, JsonObject *facts)
{
  const char *model = text_fact (facts, "model");

  return model != NULL
         && trestle_store_journal_took_effect (
             context->store, context->scope, "sagemaker:CreateModel", model,
             json_object_get_int_member_with_default (facts, "first", entry->id));
}

/*
 * The endpoint is there with this deployment's configuration: it is adopted as it is. Otherwise
 * what was made on the way to it goes again; the model only if it was made for it and nothing of
 * that name serves.
 */
static const char *
settle_deploy (TrestleContext *context,
               const TrestleJournalEntry *entry,
               JsonObject *facts,
               GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;
  const char *config = text_fact (facts, "config");
  const char *model = made_model (context, entry, facts) ? text_fact (facts, "model") : NULL;

  endpoint = dex_await_object (trestle_endpoint_service_describe (context->client, entry->resource),
                               &reason);
  if (endpoint == NULL && !trestle_teardown_is_absent (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (endpoint != NULL && g_strcmp0 (trestle_endpoint_get_config_name (endpoint), config) == 0)
    return "done";
  if (endpoint == NULL)
    trestle_store_ledger_end (context->store, context->scope, "endpoint", entry->resource, NULL);
  if (!dex_await (trestle_teardown_orphans (context, config, endpoint == NULL ? model : NULL),
                  error))
    return NULL;
  return "refused";
}

/* Goes on with it once the endpoint is gone; that takes minutes, for which nobody has to wait here. */
static const char *
settle_delete (TrestleContext *context,
               const TrestleJournalEntry *entry,
               JsonObject *facts,
               GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;
  g_auto (GStrv) models = NULL;

  endpoint = dex_await_object (trestle_endpoint_service_describe (context->client, entry->resource),
                               &reason);
  if (endpoint != NULL && trestle_endpoint_get_state (endpoint) != TRESTLE_ENDPOINT_STATE_DELETING)
    return "refused"; /* nothing was deleted yet, and nobody waits for it any more */
  if (endpoint != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PENDING, "“%s” is still being deleted",
                   entry->resource);
      return NULL;
    }
  if (!trestle_teardown_is_absent (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  trestle_store_ledger_end (context->store, context->scope, "endpoint", entry->resource, NULL);
  models = names_fact (facts, "models");
  if (!dex_await (trestle_teardown_parts (context, text_fact (facts, "config"),
                                          (const char *const *) models, NULL, NULL),
                  error))
    return NULL;
  return "done";
}

static const char *
settle (TrestleContext *context, const TrestleJournalEntry *entry, GError **error)
{
  g_autoptr (JsonObject) facts = trestle_journal_dup_facts (entry);

  if (g_str_equal (entry->operation, TRESTLE_FLOW_DEPLOY))
    return settle_deploy (context, entry, facts, error);
  if (g_str_equal (entry->operation, TRESTLE_FLOW_DELETE))
    return settle_delete (context, entry, facts, error);
  return settle_call (context, entry, facts, error);
}

static gboolean
is_flow (const TrestleJournalEntry *entry)
{
  return g_str_has_prefix (entry->operation, "trestle:");
}

/* Somebody deploys under that name just now, perhaps with the model that was left behind. */
static gboolean
is_taken_up (GPtrArray *entries, const TrestleJournalEntry *entry)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const TrestleJournalEntry *other = g_ptr_array_index (entries, i);

      if (other != entry && g_str_equal (other->operation, TRESTLE_FLOW_DEPLOY)
          && g_str_equal (other->resource, entry->resource) && trestle_journal_is_under_way (other))
        return TRUE;
    }
  return FALSE;
}

static DexFuture *
recover_fiber (gpointer data)
{
  TrestleContext *context = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
      entries = trestle_store_journal_open (context->store, context->scope, &error);
  int settled = 0;

  if (entries == NULL)
    return trestle_future_error (error);
  if (entries->len == 0)
    return dex_future_new_for_int (0);
  if (!dex_await (trestle_context_ready (context), &error))
    return trestle_future_error (error);

  /* Calls first: what a flow does next stands on them. */
  for (guint flows = 0; flows < 2; flows++)
    for (guint i = 0; i < entries->len; i++)
      {
        const TrestleJournalEntry *entry = g_ptr_array_index (entries, i);
        const char *outcome;

        if (is_flow (entry) != (flows == 1) || trestle_journal_is_under_way (entry)
            || (flows == 1 && is_taken_up (entries, entry)))
          continue;
        g_clear_error (&error);
        outcome = settle (context, entry, &error);
        if (outcome == NULL)
          {
            g_debug ("Could not settle %s %s yet: %s", entry->operation, entry->resource,
                     error->message);
            if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
              g_clear_error (&error);
            continue;
          }
        g_debug ("Settled %s %s: %s", entry->operation, entry->resource, outcome);
        if (trestle_store_journal_end (context->store, entry->id, outcome, NULL, NULL))
          settled++;
      }
  if (settled == 0 && error != NULL)
    return trestle_future_error (error);
  return dex_future_new_for_int (settled);
}

DexFuture *
trestle_recovery_run (TrestleContext *context)
{
  return trestle_fiber_spawn (recover_fiber, g_object_ref (context), g_object_unref);
}
