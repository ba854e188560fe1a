/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoints.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-endpoint-config.h"
#include "domain/trestle-model.h"
#include "services/trestle-endpoint-service.h"
#include "services/trestle-model-service.h"
#include "workbench/trestle-endpoint-detail.h"
#include "workbench/trestle-endpoints-private.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-teardown.h"
#include "workbench/trestle-usage.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* How many tags are asked for at a time. */
#define PARALLEL 8

typedef struct
{
  TrestleEndpoints *endpoints;
  TrestleContext *context;
  gboolean all;
  GHashTable *usage; /* of the endpoints that stay, and of deployments under way */
  GListStore *found;
  TrestleTask *task;
  GListModel *leftovers;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_object_unref (self->endpoints);
  g_clear_pointer (&self->usage, g_hash_table_unref);
  g_clear_object (&self->found);
  g_clear_object (&self->task);
  g_clear_object (&self->leftovers);
  g_free (self);
}

static void
add (Search *self,
     const char *kind,
     const char *name,
     const char *arn,
     gint64 created,
     const TrestleMoney *hourly)
{
  g_autoptr (TrestleLeftover)
      leftover = g_object_new (TRESTLE_TYPE_LEFTOVER, "kind", kind, "name", name, "arn", arn,
                               "created", created, "hourly", hourly, NULL);

  g_list_store_append (self->found, leftover);
}

static gboolean
is_leftover (Search *self, TrestleEndpoint *endpoint)
{
  gint64 by = trestle_endpoint_get_delete_by (endpoint);

  if (trestle_endpoint_get_state (endpoint) == TRESTLE_ENDPOINT_STATE_DELETING)
    return FALSE;
  return self->all || trestle_endpoint_get_state (endpoint) == TRESTLE_ENDPOINT_STATE_FAILED
         || (by != 0 && by <= trestle_clock_now ());
}

/* What they stand on goes with them. */
static gboolean
take_endpoints (Search *self, GError **error)
{
  GListModel *endpoints = G_LIST_MODEL (self->endpoints);
  g_autoptr (GStrvBuilder) taken = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      if (g_strcmp0 (trestle_endpoint_get_session_tag (endpoint), self->context->tag) != 0
          || !is_leftover (self, endpoint))
        continue;
      add (self, "endpoint", trestle_endpoint_get_name (endpoint),
           trestle_endpoint_get_arn (endpoint), trestle_endpoint_get_created (endpoint),
           trestle_endpoint_is_running (endpoint) ? trestle_endpoint_get_hourly (endpoint) : NULL);
      g_strv_builder_add (taken, trestle_endpoint_get_name (endpoint));
    }
  names = g_strv_builder_end (taken);
  self->usage = dex_await_boxed (trestle_usage_find (self->context, (const char *const *) names),
                                 error);
  return self->usage != NULL;
}

typedef struct
{
  const char *kind;
  char *name;
  char *arn;
  gint64 created;
} Candidate;

static void
candidate_clear (gpointer data)
{
  g_free (((Candidate *) data)->name);
  g_free (((Candidate *) data)->arn);
}

/* Adds those of @candidates that carry this installation's tag. */
static gboolean
take_tagged (Search *self, GArray *candidates, GError **error)
{
  for (guint i = 0; i < candidates->len; i += PARALLEL)
    {
      guint n = MIN (PARALLEL, candidates->len - i);
      DexFuture *asked[PARALLEL];
      gboolean ok = TRUE;

      for (guint j = 0; j < n; j++)
        asked[j] = trestle_tag_service_list (self->context->client,
                                             g_array_index (candidates, Candidate, i + j).arn);
      for (guint j = 0; j < n; j++)
        {
          const Candidate *it = &g_array_index (candidates, Candidate, i + j);
          g_autoptr (GError) reason = NULL;
          g_autoptr (GHashTable) tags = dex_await_boxed (asked[j], &reason);

          if (tags != NULL
              && g_strcmp0 (g_hash_table_lookup (tags, TRESTLE_TAG_SESSION), self->context->tag)
                     == 0)
            add (self, it->kind, it->name, it->arn, it->created, NULL);
          if (tags == NULL && !trestle_teardown_is_absent (reason) && ok)
            {
              ok = FALSE;
              g_propagate_error (error, g_steal_pointer (&reason));
            }
        }
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_configs (Search *self, GError **error)
{
  g_autoptr (GListModel) configs = dex_await_object (
      trestle_endpoint_service_list_configs (self->context->client), error);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_array_set_clear_func (candidates, candidate_clear);
  if (configs == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (configs); i++)
    {
      g_autoptr (TrestleEndpointConfig) config = g_list_model_get_item (configs, i);
      const char *name = trestle_endpoint_config_get_name (config);
      Candidate it = { "endpoint-config", NULL, NULL,
                       trestle_endpoint_config_get_created (config) };

      if (trestle_usage_get_user (self->usage, it.kind, name) != NULL)
        continue;
      it.name = g_strdup (name);
      it.arn = g_strdup (trestle_endpoint_config_get_arn (config));
      g_array_append_val (candidates, it);
    }
  return take_tagged (self, candidates, error);
}

static gboolean
take_models (Search *self, GError **error)
{
  g_autoptr (GListModel)
      models = dex_await_object (trestle_model_service_list (self->context->client), error);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_array_set_clear_func (candidates, candidate_clear);
  if (models == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (TrestleModel) model = g_list_model_get_item (models, i);
      const char *name = trestle_model_get_name (model);
      Candidate it = { "model", NULL, NULL, trestle_model_get_created (model) };

      if (trestle_usage_get_user (self->usage, it.kind, name) != NULL)
        continue;
      it.name = g_strdup (name);
      it.arn = g_strdup (trestle_model_get_arn (model));
      g_array_append_val (candidates, it);
    }
  return take_tagged (self, candidates, error);
}

static DexFuture *
search_fiber (gpointer data)
{
  Search *self = data;
  g_autoptr (GError) error = NULL;

  self->found = g_list_store_new (TRESTLE_TYPE_LEFTOVER);
  if (!dex_await (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (self->endpoints)), &error))
    return trestle_future_error (error);
  if (!take_endpoints (self, &error) || !take_configs (self, &error) || !take_models (self, &error))
    return trestle_future_error (error);
  return dex_future_new_for_object (self->found);
}

static Search *
search_new (TrestleEndpoints *endpoints)
{
  Search *self = g_new0 (Search, 1);

  self->endpoints = g_object_ref (endpoints);
  self->context = trestle_endpoints_get_context (endpoints);
  return self;
}

DexFuture *
trestle_endpoints_leftovers (TrestleEndpoints *self, gboolean all)
{
  Search *search;

  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);

  search = search_new (self);
  search->all = all;
  return trestle_fiber_spawn (search_fiber, search, search_free);
}

static DexFuture *
delete_leftover (Search *self, TrestleLeftover *leftover, TrestleStep *step)
{
  const char *kind = trestle_leftover_get_kind (leftover);
  const char *name = trestle_leftover_get_name (leftover);

  if (g_strcmp0 (kind, "endpoint") == 0)
    return trestle_teardown_endpoint (self->context, name, step, NULL);
  if (g_strcmp0 (kind, "endpoint-config") == 0)
    return trestle_teardown_config (self->context, name);
  return trestle_teardown_model (self->context, name);
}

/* One that cannot be deleted does not keep the others. */
static DexFuture *
clean_fiber (gpointer data)
{
  static const char *const order[] = { "endpoint", "endpoint-config", "model" };
  Search *self = data;
  g_autoptr (GError) first = NULL;
  guint n = g_list_model_get_n_items (self->leftovers);

  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    for (guint i = 0; i < n; i++)
      {
        g_autoptr (TrestleLeftover) leftover = g_list_model_get_item (self->leftovers, i);
        const char *name = trestle_leftover_get_name (leftover);
        g_autoptr (GError) error = NULL;
        TrestleStep *step;

        if (g_strcmp0 (trestle_leftover_get_kind (leftover), order[k]) != 0)
          continue;
        step = trestle_task_add_step (self->task, name);
        trestle_step_set_state (step, TRESTLE_TASK_STATE_RUNNING);
        if (dex_await (delete_leftover (self, leftover, step), &error))
          {
            if (k == 0)
              trestle_endpoints_drop (self->endpoints, name);
            trestle_step_set_state (step, TRESTLE_TASK_STATE_DONE);
            continue;
          }
        trestle_step_set_detail (step, error->message);
        trestle_step_set_state (step, TRESTLE_TASK_STATE_FAILED);
        if (first == NULL)
          first = g_steal_pointer (&error);
      }
  if (first != NULL)
    trestle_task_fail (self->task, g_steal_pointer (&first), FALSE);
  else
    trestle_task_finish (self->task, NULL);
  return dex_future_new_true ();
}

TrestleTask *
trestle_endpoints_clean_up (TrestleEndpoints *self, GListModel *leftovers)
{
  Search *search;
  TrestleTask *task;

  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (leftovers), NULL);

  task = trestle_task_new (_ ("Clean up"), NULL);
  search = search_new (self);
  search->task = g_object_ref (task);
  search->leftovers = g_object_ref (leftovers);
  trestle_context_add_task (search->context, task);
  trestle_future_report (trestle_fiber_spawn (clean_fiber, search, search_free), "clean up");
  return task;
}
