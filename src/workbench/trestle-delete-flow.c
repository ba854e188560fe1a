/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoints.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "services/trestle-model-service.h"
#include "workbench/trestle-endpoint-detail.h"
#include "workbench/trestle-endpoints-private.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-recovery.h"
#include "workbench/trestle-teardown.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  TrestleEndpoints *endpoints;
  TrestleContext *context;
  TrestleTask *task;
  DexPromise *accepted;
  char *name;
  gboolean keep_model;
  gint64 delete_by;
} Deletion;

static void
deletion_free (gpointer data)
{
  Deletion *self = data;

  /* Whoever waits for AWS to take it must not wait for ever. */
  if (self->accepted != NULL && dex_future_is_pending (DEX_FUTURE (self->accepted)))
    dex_promise_reject (self->accepted,
                        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "It was not deleted"));
  dex_clear (&self->accepted);
  g_object_unref (self->endpoints);
  g_clear_object (&self->task);
  g_free (self->name);
  g_free (self);
}

static gint64
open_entry (Deletion *self, TrestleEndpoint *endpoint, GError **error)
{
  g_autoptr (JsonObject) facts = json_object_new ();
  const char *const *models = trestle_endpoint_get_model_names (endpoint);

  if (!self->keep_model && trestle_endpoint_get_config_name (endpoint) != NULL)
    json_object_set_string_member (facts, "config", trestle_endpoint_get_config_name (endpoint));
  if (!self->keep_model && models != NULL)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; models[i] != NULL; i++)
        json_array_add_string_element (array, models[i]);
      json_object_set_array_member (facts, "models", array);
    }
  return trestle_journal_open_entry (self->context, TRESTLE_FLOW_DELETE, self->name, NULL, facts,
                                     error);
}

/* Returns: (transfer full) (nullable): what was kept of it */
static GListModel *
run (Deletion *self, GError **error)
{
  TrestleStep *endpoint_step = trestle_task_add_step (self->task, _ ("Endpoint"));
  TrestleStep *config_step = self->keep_model
                                 ? NULL
                                 : trestle_task_add_step (self->task, _ ("Configuration"));
  TrestleStep *model_step = self->keep_model ? NULL
                                             : trestle_task_add_step (self->task, _ ("Model"));
  g_autoptr (TrestleEndpoint) endpoint = NULL;
  GListModel *kept = NULL;
  gint64 entry;

  trestle_step_set_state (endpoint_step, TRESTLE_TASK_STATE_RUNNING);
  endpoint = dex_await_object (trestle_endpoint_detail (self->context, self->name), error);
  if (endpoint == NULL)
    return NULL;
  entry = open_entry (self, endpoint, error);
  if (entry == 0)
    return NULL;
  if (dex_await (
          trestle_teardown_endpoint (self->context, self->name, endpoint_step, self->accepted),
          error))
    {
      trestle_endpoints_drop (self->endpoints, self->name);
      trestle_step_set_detail (endpoint_step, NULL);
      trestle_step_set_state (endpoint_step, TRESTLE_TASK_STATE_DONE);
      kept = self->keep_model
                 ? G_LIST_MODEL (g_list_store_new (TRESTLE_TYPE_LEFTOVER))
                 : dex_await_object (trestle_teardown_parts (
                                         self->context, trestle_endpoint_get_config_name (endpoint),
                                         trestle_endpoint_get_model_names (endpoint), config_step,
                                         model_step),
                                     error);
    }
  trestle_journal_close_entry (self->context, entry, kept != NULL ? "done" : NULL, NULL);
  return kept;
}

static DexFuture *
delete_fiber (gpointer data)
{
  Deletion *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) kept = run (self, &error);

  if (kept != NULL)
    trestle_task_finish (self->task, kept);
  else
    trestle_task_fail (self->task, g_steal_pointer (&error), FALSE);
  return dex_future_new_true ();
}

static TrestleTask *
begin (TrestleEndpoints *endpoints, const char *name, gboolean keep_model, DexPromise *accepted)
{
  Deletion *self = g_new0 (Deletion, 1);
  g_autofree char *title = g_strdup_printf (_ ("Delete %s"), name);
  TrestleTask *task = trestle_task_new (title, name);

  self->endpoints = g_object_ref (endpoints);
  self->context = trestle_endpoints_get_context (endpoints);
  self->name = g_strdup (name);
  self->keep_model = keep_model;
  self->accepted = accepted != NULL ? dex_ref (accepted) : NULL;
  self->task = g_object_ref (task);
  trestle_context_add_task (self->context, task);
  trestle_future_report (trestle_fiber_spawn (delete_fiber, self, deletion_free), title);
  return task;
}

TrestleTask *
trestle_endpoints_delete (TrestleEndpoints *self, const char *name, gboolean keep_model)
{
  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  return begin (self, name, keep_model, NULL);
}

static gboolean
is_being_deleted (TrestleContext *context, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (context->tasks)); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (G_LIST_MODEL (context->tasks), i);

      if (trestle_task_get_state (task) == TRESTLE_TASK_STATE_RUNNING
          && g_strcmp0 (trestle_task_get_subject (task), name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The ledger says what was meant when it was made; what was said later is a fact beside it. */
void
trestle_delete_by_keep (TrestleContext *context, const char *name, gint64 delete_by)
{
  g_autofree char *key = g_strdup_printf ("delete-by/%s", name);
  g_autofree char *text = delete_by >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, delete_by) : NULL;

  trestle_store_remember (context->store, context->scope, key, text, NULL);
}

static gboolean
is_put_off (TrestleContext *context, const char *name, gint64 now)
{
  g_autofree char *key = g_strdup_printf ("delete-by/%s", name);
  g_autofree char *text = trestle_store_recall (context->store, context->scope, key);
  gint64 delete_by = text != NULL ? g_ascii_strtoll (text, NULL, 10) : -1;

  return delete_by == 0 || delete_by > now;
}

/* Names that are past their time, by the ledger and by the tags last seen. */
static GPtrArray *
find_due (TrestleEndpoints *self)
{
  TrestleContext *context = trestle_endpoints_get_context (self);
  GPtrArray *due = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray)
      entries = trestle_store_ledger_list (context->store, context->scope, TRUE, NULL);
  gint64 now = trestle_clock_now ();

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TrestleLedgerEntry *entry = g_ptr_array_index (entries, i);

      if (g_strcmp0 (entry->kind, "endpoint") == 0 && entry->delete_by != 0
          && entry->delete_by <= now && !is_put_off (context, entry->name, now))
        g_ptr_array_add (due, g_strdup (entry->name));
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (G_LIST_MODEL (self), i);
      gint64 by = trestle_endpoint_get_delete_by (endpoint);

      if (by != 0 && by <= now
          && g_strcmp0 (trestle_endpoint_get_session_tag (endpoint), context->tag) == 0
          && !g_ptr_array_find_with_equal_func (due, trestle_endpoint_get_name (endpoint),
                                                g_str_equal, NULL))
        g_ptr_array_add (due, g_strdup (trestle_endpoint_get_name (endpoint)));
    }
  return due;
}

/* The tag at AWS decides: another window, or the command line, may have put it off meanwhile. */
static gboolean
is_really_due (TrestleContext *context, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;

  trestle_endpoint_detail_forget (context, name);
  endpoint = dex_await_object (trestle_endpoint_detail (context, name), &error);
  if (endpoint == NULL)
    {
      if (trestle_teardown_is_absent (error))
        trestle_store_ledger_end (context->store, context->scope, "endpoint", name, NULL);
      return FALSE;
    }
  /* What is still coming up cannot be deleted; its turn comes. */
  return trestle_endpoint_get_delete_by (endpoint) != 0
         && trestle_endpoint_get_delete_by (endpoint) <= trestle_clock_now ()
         && trestle_endpoint_get_state (endpoint) != TRESTLE_ENDPOINT_STATE_CREATING
         && trestle_endpoint_get_state (endpoint) != TRESTLE_ENDPOINT_STATE_DELETING
         && g_strcmp0 (trestle_endpoint_get_session_tag (endpoint), context->tag) == 0;
}

static DexFuture *
enforce_fiber (gpointer data)
{
  TrestleEndpoints *self = data;
  TrestleContext *context = trestle_endpoints_get_context (self);
  g_autoptr (GPtrArray) due = find_due (self);
  int n = 0;

  for (guint i = 0; i < due->len; i++)
    {
      const char *name = g_ptr_array_index (due, i);
      g_autoptr (DexPromise) accepted = dex_promise_new ();
      g_autoptr (TrestleTask) task = NULL;

      if (is_being_deleted (context, name) || !is_really_due (context, name))
        continue;
      g_message ("“%s” is past its delete-by time and is deleted", name);
      task = begin (self, name, FALSE, accepted);
      n += dex_await_boolean (dex_ref (DEX_FUTURE (accepted)), NULL);
    }
  return dex_future_new_for_int (n);
}

DexFuture *
trestle_endpoints_enforce (TrestleEndpoints *self)
{
  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);
  return trestle_fiber_spawn (enforce_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
send_tags (TrestleContext *context, gpointer data)
{
  Deletion *self = data;
  g_autoptr (GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  TrestleEndpoint *endpoint = trestle_endpoints_find (self->endpoints, self->name);

  /* A tag that cannot be read means: never. */
  g_hash_table_insert (tags, g_strdup (TRESTLE_TAG_DELETE_BY),
                       self->delete_by != 0 ? trestle_clock_format_iso (self->delete_by)
                                            : g_strdup ("never"));
  return trestle_tag_service_add (
      context->client, endpoint != NULL ? trestle_endpoint_get_arn (endpoint) : self->name, tags);
}

static DexFuture *
postpone_fiber (gpointer data)
{
  Deletion *self = data;
  TrestleContext *context = self->context;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleEndpoint) endpoint = dex_await_object (
      trestle_endpoints_describe (self->endpoints, self->name), &error);

  if (endpoint == NULL
      || !dex_await (trestle_mutation_run (context, "sagemaker:AddTags", self->name, NULL, NULL,
                                           send_tags, self, NULL),
                     &error))
    return trestle_future_error (error);
  trestle_delete_by_keep (context, self->name, self->delete_by);
  trestle_endpoint_detail_forget (context, self->name);
  return trestle_endpoints_describe (self->endpoints, self->name);
}

DexFuture *
trestle_endpoints_postpone (TrestleEndpoints *self, const char *name, gint64 delete_by)
{
  Deletion *postponement;

  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  postponement = g_new0 (Deletion, 1);
  postponement->endpoints = g_object_ref (self);
  postponement->context = trestle_endpoints_get_context (self);
  postponement->name = g_strdup (name);
  postponement->delete_by = delete_by;
  return trestle_fiber_spawn (postpone_fiber, postponement, deletion_free);
}
