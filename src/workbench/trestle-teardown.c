/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-teardown.h"

#include <string.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-endpoint.h"
#include "domain/trestle-leftover.h"
#include "domain/trestle-model.h"
#include "services/trestle-endpoint-service.h"
#include "services/trestle-model-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-usage.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* An endpoint stays Creating for half an hour at most; beyond that somebody has to look. */
#define MOST_WAIT (60 * TRESTLE_MINUTE)
/* How often reads may fail in a row before the wait is given up. */
#define MOST_FAILURES 20

typedef struct
{
  TrestleContext *context;
  char *endpoint;
  char *config;
  char **models;
  TrestleStep *step; /* of the endpoint, or of the configuration */
  TrestleStep *model_step;
  DexPromise *accepted;
} Teardown;

static Teardown *
teardown_new (TrestleContext *context,
              const char *endpoint,
              const char *config,
              const char *const *models)
{
  Teardown *self = g_new0 (Teardown, 1);

  self->context = g_object_ref (context);
  self->endpoint = g_strdup (endpoint);
  self->config = g_strdup (config);
  self->models = g_strdupv ((char **) models);
  return self;
}

static void
teardown_free (gpointer data)
{
  Teardown *self = data;

  g_object_unref (self->context);
  g_free (self->endpoint);
  g_free (self->config);
  g_strfreev (self->models);
  g_clear_object (&self->step);
  g_clear_object (&self->model_step);
  dex_clear (&self->accepted);
  g_free (self);
}

gboolean
trestle_teardown_is_absent (const GError *error)
{
  return g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND);
}

/* Whether it is worth asking again: the network, the service, a practice server that comes back. */
gboolean
trestle_teardown_may_pass (const GError *error)
{
  static const guint passing = 1u << TRESTLE_AWS_ERROR_NETWORK | 1u << TRESTLE_AWS_ERROR_TIMEOUT
                               | 1u << TRESTLE_AWS_ERROR_THROTTLED | 1u << TRESTLE_AWS_ERROR_SERVICE
                               | 1u << TRESTLE_AWS_ERROR_PROTOCOL;

  return error->domain == TRESTLE_AWS_ERROR && (passing & 1u << error->code) != 0;
}

static DexFuture *
absent_cb (DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  return trestle_teardown_is_absent (error) ? dex_future_new_true ()
                                            : dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
deleted_cb (DexFuture *future, gpointer data)
{
  return dex_future_new_true ();
}

/* @future: of a mutation; something that is not there is as good as deleted. */
static DexFuture *
ignore_absent (DexFuture *future)
{
  return dex_future_catch (dex_future_then (future, deleted_cb, NULL, NULL), absent_cb, NULL, NULL);
}

static DexFuture *
send_delete_endpoint (TrestleContext *context, gpointer name)
{
  return trestle_endpoint_service_delete (context->client, name);
}

static DexFuture *
send_delete_config (TrestleContext *context, gpointer name)
{
  return trestle_endpoint_service_delete_config (context->client, name);
}

static DexFuture *
send_delete_model (TrestleContext *context, gpointer name)
{
  return trestle_model_service_delete (context->client, name);
}

DexFuture *
trestle_teardown_config (TrestleContext *context, const char *name)
{
  if (name == NULL)
    return dex_future_new_true ();
  return ignore_absent (trestle_mutation_run (context, "sagemaker:DeleteEndpointConfig", name, NULL,
                                              NULL, send_delete_config, g_strdup (name), g_free));
}

DexFuture *
trestle_teardown_model (TrestleContext *context, const char *name)
{
  if (name == NULL)
    return dex_future_new_true ();
  return ignore_absent (trestle_mutation_run (context, "sagemaker:DeleteModel", name, NULL, NULL,
                                              send_delete_model, g_strdup (name), g_free));
}

static void
tell (Teardown *self, const char *detail)
{
  if (self->step != NULL)
    trestle_step_set_detail (self->step, detail);
}

/* Returns: the state, %TRESTLE_ENDPOINT_STATE_UNKNOWN with no error where it is gone. */
static TrestleEndpointState
look (Teardown *self, gboolean *gone, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;

  *gone = FALSE;
  if (dex_await (trestle_context_ready (self->context), &reason))
    endpoint = dex_await_object (
        trestle_endpoint_service_describe (self->context->client, self->endpoint), &reason);
  if (endpoint != NULL)
    return trestle_endpoint_get_state (endpoint);
  *gone = trestle_teardown_is_absent (reason);
  if (!*gone)
    g_propagate_error (error, g_steal_pointer (&reason));
  return TRESTLE_ENDPOINT_STATE_UNKNOWN;
}

static void
note_accepted (Teardown *self)
{
  if (self->accepted != NULL)
    dex_promise_resolve_boolean (self->accepted, TRUE);
  dex_clear (&self->accepted);
}

static DexFuture *
endpoint_fiber (gpointer data)
{
  Teardown *self = data;
  gint64 begun = trestle_clock_now ();
  gboolean sent = FALSE;
  guint failures = 0;

  for (guint n = 0; trestle_clock_now () - begun < MOST_WAIT; n++)
    {
      g_autoptr (GError) error = NULL;
      gboolean gone;
      TrestleEndpointState state = look (self, &gone, &error);

      if (gone)
        {
          trestle_store_ledger_end (self->context->store, self->context->scope, "endpoint",
                                    self->endpoint, NULL);
          note_accepted (self);
          return dex_future_new_true ();
        }
      if (error != NULL)
        {
          if (!trestle_teardown_may_pass (error) || ++failures > MOST_FAILURES)
            return trestle_future_error (error);
        }
      else if (state == TRESTLE_ENDPOINT_STATE_CREATING || state == TRESTLE_ENDPOINT_STATE_UPDATING)
        {
          tell (self, _ ("AWS does not delete an endpoint while it is changing; waiting for it"));
        }
      else if (state == TRESTLE_ENDPOINT_STATE_DELETING)
        {
          note_accepted (self);
        }
      else if (!sent)
        {
          tell (self, NULL);
          if (!dex_await (ignore_absent (trestle_mutation_run (
                              self->context, "sagemaker:DeleteEndpoint", self->endpoint, NULL, NULL,
                              send_delete_endpoint, g_strdup (self->endpoint), g_free)),
                          &error))
            {
              /* It began to change between the look and the call. */
              if (strstr (error->message, "in-progress") == NULL)
                return trestle_future_error (error);
            }
          else
            {
              sent = TRUE;
              n = 0;
              note_accepted (self);
            }
        }
      dex_await (trestle_context_pause (self->context, n), NULL);
    }
  return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                                "“%s” could not be deleted within an hour", self->endpoint);
}

DexFuture *
trestle_teardown_endpoint (TrestleContext *context,
                           const char *name,
                           TrestleStep *step,
                           DexPromise *accepted)
{
  Teardown *self = teardown_new (context, name, NULL, NULL);

  g_set_object (&self->step, step);
  self->accepted = accepted != NULL ? dex_ref (accepted) : NULL;
  return trestle_fiber_spawn (endpoint_fiber, self, teardown_free);
}

static void
set_step (TrestleStep *step, TrestleTaskState state)
{
  if (step != NULL)
    trestle_step_set_state (step, state);
}

static void
keep (GListStore *kept, TrestleStep *step, const char *kind, const char *name, const char *user)
{
  g_autoptr (TrestleLeftover) leftover = g_object_new (TRESTLE_TYPE_LEFTOVER, "kind", kind, "name",
                                                       name, "used-by", user, NULL);
  g_autofree char *detail = g_strdup_printf (_ ("Kept: endpoint “%s” uses it"), user);

  g_list_store_append (kept, leftover);
  if (step != NULL)
    trestle_step_set_detail (step, detail);
}

static DexFuture *
parts_fiber (gpointer data)
{
  Teardown *self = data;
  g_autoptr (GListStore) kept = g_list_store_new (TRESTLE_TYPE_LEFTOVER);
  g_autoptr (GHashTable) usage = NULL;
  g_autoptr (GError) error = NULL;
  const char *user;

  set_step (self->step, TRESTLE_TASK_STATE_RUNNING);
  if (self->config != NULL || (self->models != NULL && self->models[0] != NULL))
    {
      usage = dex_await_boxed (trestle_usage_find (self->context, NULL), &error);
      if (usage == NULL)
        return trestle_future_error (error);
    }
  if (self->config != NULL)
    {
      user = trestle_usage_get_user (usage, "endpoint-config", self->config);
      if (user != NULL)
        keep (kept, self->step, "endpoint-config", self->config, user);
      else if (!dex_await (trestle_teardown_config (self->context, self->config), &error))
        return trestle_future_error (error);
    }
  set_step (self->step, TRESTLE_TASK_STATE_DONE);
  set_step (self->model_step, TRESTLE_TASK_STATE_RUNNING);
  for (guint i = 0; self->models != NULL && self->models[i] != NULL; i++)
    {
      user = trestle_usage_get_user (usage, "model", self->models[i]);
      if (user != NULL)
        keep (kept, self->model_step, "model", self->models[i], user);
      else if (!dex_await (trestle_teardown_model (self->context, self->models[i]), &error))
        return trestle_future_error (error);
    }
  set_step (self->model_step, TRESTLE_TASK_STATE_DONE);
  return dex_future_new_take_object (g_steal_pointer (&kept));
}

DexFuture *
trestle_teardown_parts (TrestleContext *context,
                        const char *config,
                        const char *const *models,
                        TrestleStep *config_step,
                        TrestleStep *model_step)
{
  Teardown *self = teardown_new (context, NULL, config, models);

  g_set_object (&self->step, config_step);
  g_set_object (&self->model_step, model_step);
  return trestle_fiber_spawn (parts_fiber, self, teardown_free);
}

/* Whether this installation made the model; somebody else's is never touched. */
static gboolean
is_our_model (Teardown *self, const char *name, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (TrestleModel) model = NULL;
  g_autoptr (GHashTable) tags = NULL;

  model = dex_await_object (trestle_model_service_describe (self->context->client, name), &reason);
  if (model != NULL)
    tags = dex_await_boxed (
        trestle_tag_service_list (self->context->client, trestle_model_get_arn (model)), &reason);
  if (tags != NULL)
    return g_strcmp0 (g_hash_table_lookup (tags, TRESTLE_TAG_SESSION), self->context->tag) == 0;
  if (!trestle_teardown_is_absent (reason))
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static DexFuture *
orphans_fiber (gpointer data)
{
  Teardown *self = data;
  g_autoptr (GError) error = NULL;

  if (self->models[0] != NULL && !is_our_model (self, self->models[0], &error))
    {
      if (error != NULL)
        return trestle_future_error (error);
      g_clear_pointer (&self->models[0], g_free);
    }
  return trestle_teardown_parts (self->context, self->config, (const char *const *) self->models,
                                 NULL, NULL);
}

DexFuture *
trestle_teardown_orphans (TrestleContext *context, const char *config, const char *model)
{
  const char *const models[] = { model, NULL };

  return trestle_fiber_spawn (orphans_fiber, teardown_new (context, NULL, config, models),
                              teardown_free);
}
