/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-endpoints.h"

#include <string.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-future.h"
#include "domain/trestle-instance-price.h"
#include "domain/trestle-model.h"
#include "domain/trestle-role.h"
#include "services/trestle-endpoint-service.h"
#include "services/trestle-model-service.h"
#include "workbench/trestle-deploy.h"
#include "workbench/trestle-endpoint-detail.h"
#include "workbench/trestle-endpoints-private.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-prices.h"
#include "workbench/trestle-recovery.h"
#include "workbench/trestle-starts.h"
#include "workbench/trestle-teardown.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define MOST_LOOKS 5

static void
deploy_free (gpointer data)
{
  TrestleDeploy *self = data;

  g_clear_object (&self->endpoints);
  g_clear_object (&self->plan);
  g_clear_object (&self->task);
  g_free (self->role);
  g_free (self->config);
  g_free (self->type);
  g_free (self);
}

static gboolean
is_stopped (TrestleDeploy *self, GError **error)
{
  if (!trestle_task_is_stopping (self->task))
    return FALSE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The deployment was stopped");
  return TRUE;
}

static const char *
name_of (TrestleDeploy *self)
{
  return trestle_deploy_plan_get_name (self->plan);
}

/* Names are looked at first: undoing half a deployment for a name that is taken helps nobody. */
static gboolean
check_free (TrestleDeploy *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (TrestleEndpoint) taken = dex_await_object (
      trestle_endpoint_service_describe (self->context->client, name_of (self)), &reason);

  if (taken != NULL)
    {
      g_set_error (
          error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
          "There is an endpoint “%s” already (%s). Choose another name, or delete it first",
          name_of (self), trestle_endpoint_get_status (taken));
      return FALSE;
    }
  if (g_error_matches (reason, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
choose_role (TrestleDeploy *self, GError **error)
{
  g_autoptr (GListModel) roles = NULL;
  g_autoptr (TrestleRole) first = NULL;

  self->role = g_strdup (trestle_deploy_plan_get_role_arn (self->plan));
  if (self->role != NULL)
    return TRUE;
  roles = dex_await_object (trestle_endpoints_roles (self->endpoints), error);
  if (roles == NULL)
    return FALSE;
  first = g_list_model_get_item (roles, 0);
  if (first != NULL && trestle_role_get_trusts_sagemaker (first))
    {
      self->role = g_strdup (trestle_role_get_arn (first));
      return TRUE;
    }
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NO_ROLE,
               "The account has no role that SageMaker may assume");
  return FALSE;
}

static DexFuture *
send_model (TrestleContext *context, gpointer data)
{
  TrestleDeploy *self = data;
  TrestleListing *listing = trestle_deploy_plan_get_listing (self->plan);
  g_autoptr (GHashTable) tags = trestle_context_new_tags (
      context, listing != NULL ? trestle_listing_get_id (listing) : NULL, 0);

  return trestle_model_service_create (
      context->client, name_of (self), self->role,
      trestle_package_get_arn (trestle_deploy_plan_get_package (self->plan)), tags);
}

/* A model of that name that runs the same package does as well. */
static gboolean
reuse_model (TrestleDeploy *self, GError *refusal, GError **error)
{
  const char *arn = trestle_package_get_arn (trestle_deploy_plan_get_package (self->plan));
  g_autoptr (TrestleModel) model = NULL;

  if (strstr (refusal->message, "already existing") == NULL)
    {
      g_propagate_error (error, g_error_copy (refusal));
      return FALSE;
    }
  model = dex_await_object (trestle_model_service_describe (self->context->client, name_of (self)),
                            error);
  if (model == NULL)
    return FALSE;
  if (g_strcmp0 (trestle_model_get_package_arn (model), arn) == 0)
    return TRUE;
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
               "There is a model “%s” already, of another package. Choose another name, or delete "
               "it first",
               name_of (self));
  return FALSE;
}

static gboolean
make_model (TrestleDeploy *self, GError **error)
{
  const char *arn = trestle_package_get_arn (trestle_deploy_plan_get_package (self->plan));
  JsonObject *facts = json_object_new ();
  g_autoptr (GError) refusal = NULL;
  g_autofree char *model = NULL;

  trestle_step_set_state (self->model_step, TRESTLE_TASK_STATE_RUNNING);
  json_object_set_string_member (facts, "package", arn);
  model = dex_await_string (trestle_mutation_run (self->context, "sagemaker:CreateModel",
                                                  name_of (self), NULL, facts, send_model, self,
                                                  NULL),
                            &refusal);
  self->uncertain = model == NULL && trestle_mutation_is_uncertain (refusal);
  if (model != NULL)
    self->made_model = TRUE;
  else if (!reuse_model (self, refusal, error))
    return FALSE;
  else
    trestle_step_set_detail (self->model_step, _ ("Was there already"));
  trestle_step_set_state (self->model_step, TRESTLE_TASK_STATE_DONE);
  return TRUE;
}

/* Whether the account may run it, as far as its quotas are known. */
static gboolean
fits_quota (TrestleDeploy *self, GListModel *quotas, const char *type, GError **error)
{
  gint64 count = trestle_deploy_plan_get_count (self->plan);
  gint64 quota = trestle_prices_find_quota (quotas, type);
  TrestleAwsErrorDetails details = { .service = (char *) "sagemaker",
                                     .operation = (char *) "CreateEndpoint" };

  if (quota < 0 || count <= quota)
    return TRUE;
  g_clear_error (error);
  *error = trestle_aws_error_new (TRESTLE_AWS_ERROR_QUOTA, &details,
                                  "The account may run %" G_GINT64_FORMAT
                                  " instances of %s for endpoints, and %" G_GINT64_FORMAT
                                  " are asked for",
                                  quota, type, count);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the types to try, those above their quota left out. */
static char **
choose_types (TrestleDeploy *self, GError **error)
{
  g_autoptr (GStrvBuilder) types = g_strv_builder_new ();
  g_autoptr (GListModel) quotas = dex_await_object (trestle_prices_quotas (self->context), NULL);
  const char *const *fallbacks = trestle_deploy_plan_get_fallback_types (self->plan);
  const char *first = trestle_deploy_plan_get_instance_type (self->plan);
  g_autoptr (GError) reason = NULL;
  g_auto (GStrv) chosen = NULL;

  if (fits_quota (self, quotas, first, &reason))
    g_strv_builder_add (types, first);
  for (guint i = 0; fallbacks != NULL && fallbacks[i] != NULL; i++)
    {
      g_autoptr (GError) other = NULL;

      if (fits_quota (self, quotas, fallbacks[i], &other))
        g_strv_builder_add (types, fallbacks[i]);
    }
  chosen = g_strv_builder_end (types);
  if (chosen[0] != NULL)
    return g_steal_pointer (&chosen);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

/* "iris-mfq2k8w1": a redeployment never meets its predecessor's configuration. */
static char *
stamp_name (const char *name)
{
  static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  guint64 stamp = (guint64) (g_get_real_time () / 1000);
  char text[16];
  guint at = sizeof text - 1;

  text[at] = '\0';
  for (; stamp > 0; stamp /= 36)
    text[--at] = digits[stamp % 36];
  /* 63 characters are allowed. */
  return g_strdup_printf ("%.*s-%s", 63 - 1 - (int) strlen (text + at), name, text + at);
}

/* An entry around the whole attempt: after a crash it tells what belongs together. */
static gboolean
open_attempt (TrestleDeploy *self, const char *type, GError **error)
{
  g_autoptr (JsonObject) facts = json_object_new ();

  g_free (self->config);
  self->config = stamp_name (name_of (self));
  g_set_str (&self->type, type);
  self->made_config = self->made_endpoint = FALSE;
  json_object_set_string_member (facts, "config", self->config);
  json_object_set_string_member (facts, "model", name_of (self));
  if (self->first != 0)
    json_object_set_int_member (facts, "first", self->first);
  self->attempt = trestle_journal_open_entry (self->context, TRESTLE_FLOW_DEPLOY, name_of (self),
                                              NULL, facts, error);
  if (self->first == 0)
    self->first = self->attempt;
  return self->attempt != 0;
}

static void
close_attempt (TrestleDeploy *self, const char *outcome)
{
  trestle_journal_close_entry (self->context, self->attempt, outcome, NULL);
  self->attempt = 0;
}

/* Takes back one attempt, and the model with @model. Returns: whether nothing is left */
static gboolean
undo (TrestleDeploy *self, gboolean model)
{
  gboolean clean = !self->uncertain;

  if (self->made_endpoint)
    {
      trestle_step_set_detail (self->endpoint_step, _ ("Deleting what was made"));
      clean = dex_await (
          trestle_teardown_endpoint (self->context, name_of (self), self->endpoint_step, NULL),
          NULL);
      if (clean)
        trestle_endpoints_drop (self->endpoints, name_of (self));
    }
  if (clean && self->made_config)
    clean = dex_await (trestle_teardown_config (self->context, self->config), NULL);
  if (clean && model && self->made_model)
    clean = dex_await (trestle_teardown_model (self->context, name_of (self)), NULL);
  /* What could not be deleted stays open, and is settled at the next start. */
  close_attempt (self, clean ? "refused" : NULL);
  return clean;
}

/* Returns: the outcome of trying @type. */
static TrestleAttempt
attempt (TrestleDeploy *self, const char *type, GError **error)
{
  if (self->attempt == 0 && !open_attempt (self, type, error))
    return TRESTLE_ATTEMPT_FAILED;
  if (is_stopped (self, error) || !trestle_deploy_make_config (self, error)
      || is_stopped (self, error) || !trestle_deploy_make_endpoint (self, error))
    return TRESTLE_ATTEMPT_FAILED;
  if (!trestle_deploy_plan_get_wait (self->plan))
    return TRESTLE_ATTEMPT_DONE;
  return trestle_deploy_wait (self, error);
}

static gboolean
run (TrestleDeploy *self, GError **error)
{
  g_auto (GStrv) types = NULL;

  if (!dex_await (trestle_context_ready (self->context), error) || !check_free (self, error)
      || !choose_role (self, error))
    return FALSE;
  types = choose_types (self, error);
  if (types == NULL || !open_attempt (self, types[0], error))
    return FALSE;
  if (is_stopped (self, error) || !make_model (self, error))
    return FALSE;
  for (guint i = 0; types[i] != NULL; i++)
    {
      TrestleAttempt outcome;
      g_autofree char *next = NULL;

      g_clear_error (error);
      outcome = attempt (self, types[i], error);
      if (outcome == TRESTLE_ATTEMPT_DONE)
        return TRUE;
      if (outcome == TRESTLE_ATTEMPT_FAILED || types[i + 1] == NULL)
        return FALSE;
      if (!undo (self, FALSE))
        return FALSE;
      next = g_strdup_printf (_ ("No %s to be had; trying %s"), types[i], types[i + 1]);
      trestle_step_set_detail (self->config_step, next);
      trestle_step_set_state (self->endpoint_step, TRESTLE_TASK_STATE_WAITING);
    }
  return FALSE;
}

/* The endpoint is there, whether or not AWS tells of it now. */
static TrestleEndpoint *
look_at_made (TrestleDeploy *self)
{
  gboolean waited = trestle_deploy_plan_get_wait (self->plan);

  for (guint n = 0; n < MOST_LOOKS; n++)
    {
      g_autoptr (GError) reason = NULL;
      TrestleEndpoint *endpoint = dex_await_object (
          trestle_endpoint_detail (self->context, name_of (self)), &reason);

      if (endpoint != NULL)
        return endpoint;
      if (!trestle_teardown_may_pass (reason))
        break;
      dex_await (trestle_context_pause (self->context, n), NULL);
    }
  return g_object_new (TRESTLE_TYPE_ENDPOINT, "name", name_of (self), "state",
                       waited ? TRESTLE_ENDPOINT_STATE_IN_SERVICE : TRESTLE_ENDPOINT_STATE_CREATING,
                       NULL);
}

static DexFuture *
deploy_fiber (gpointer data)
{
  TrestleDeploy *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleEndpoint) endpoint = NULL;
  TrestleListing *listing = trestle_deploy_plan_get_listing (self->plan);

  self->model_step = trestle_task_add_step (self->task, _ ("Model"));
  self->config_step = trestle_task_add_step (self->task, _ ("Configuration"));
  self->endpoint_step = trestle_task_add_step (self->task, _ ("Endpoint"));
  trestle_task_set_can_stop (self->task, TRUE);

  if (trestle_deploy_plan_check (self->plan, &error) && run (self, &error))
    {
      trestle_step_set_state (self->endpoint_step, TRESTLE_TASK_STATE_DONE);
      if (trestle_deploy_plan_get_wait (self->plan))
        trestle_starts_note (self->context,
                             listing != NULL ? trestle_listing_get_id (listing) : NULL, self->type,
                             trestle_step_get_ended (self->endpoint_step)
                                 - trestle_step_get_started (self->endpoint_step));
      close_attempt (self, "done");
      trestle_roles_remember (self->context, self->role);
      endpoint = look_at_made (self);
      trestle_remote_list_put (TRESTLE_REMOTE_LIST (self->endpoints), endpoint);
      trestle_task_finish (self->task, endpoint);
      return dex_future_new_true ();
    }
  trestle_task_set_can_stop (self->task, FALSE);
  trestle_task_fail (self->task, g_steal_pointer (&error), undo (self, TRUE));
  return dex_future_new_true ();
}

TrestleTask *
trestle_endpoints_deploy (TrestleEndpoints *self, TrestleDeployPlan *plan)
{
  TrestleDeploy *deploy;
  TrestleTask *task;
  g_autofree char *title = NULL;

  g_return_val_if_fail (TRESTLE_IS_ENDPOINTS (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_DEPLOY_PLAN (plan), NULL);

  title = g_strdup_printf (_ ("Deploy %s"), trestle_deploy_plan_get_name (plan));
  task = trestle_task_new (title, trestle_deploy_plan_get_name (plan));
  trestle_task_set_plan (task, plan);
  deploy = g_new0 (TrestleDeploy, 1);
  deploy->endpoints = g_object_ref (self);
  deploy->context = trestle_endpoints_get_context (self);
  deploy->plan = g_object_ref (plan);
  deploy->task = g_object_ref (task);
  trestle_context_add_task (deploy->context, task);
  trestle_future_report (trestle_fiber_spawn (deploy_fiber, deploy, deploy_free), title);
  return task;
}
