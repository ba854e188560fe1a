/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-packages.h"

#include "base/trestle-future.h"
#include "domain/trestle-package-check.h"
#include "services/trestle-package-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  TrestlePackages *packages;
  TrestleContext *context;
  TrestleTask *task;
  TrestleProductKind kind;
  JsonObject *input;
  char *name;
} Making;

static void
making_free (gpointer data)
{
  Making *self = data;

  g_object_unref (self->packages);
  g_object_unref (self->task);
  json_object_unref (self->input);
  g_free (self->name);
  g_free (self);
}

static DexFuture *
send_model (TrestleContext *context, gpointer input)
{
  return trestle_package_service_create (context->client, TRESTLE_PRODUCT_KIND_MODEL,
                                         json_object_ref (input));
}

static DexFuture *
send_algorithm (TrestleContext *context, gpointer input)
{
  return trestle_package_service_create (context->client, TRESTLE_PRODUCT_KIND_ALGORITHM,
                                         json_object_ref (input));
}

/* Returns: (transfer full): the ARN */
static char *
make (Making *self, GError **error)
{
  gboolean model = self->kind == TRESTLE_PRODUCT_KIND_MODEL;
  g_autoptr (TrestleIdentity)
      identity = dex_await_object (trestle_context_identify (self->context), error);
  JsonObject *facts = json_object_new ();
  g_autofree char *token = NULL;
  g_autofree char *arn = NULL;

  if (identity == NULL)
    {
      json_object_unref (facts);
      return NULL;
    }
  arn = g_strdup_printf ("arn:aws:sagemaker:%s:%s:%s/%s", self->context->region,
                         trestle_identity_get_account (identity),
                         model ? "model-package" : "algorithm", self->name);
  json_object_set_string_member (facts, "arn", arn);
  if (model)
    {
      /* CreateAlgorithm has none */
      g_autofree char *uuid = g_uuid_string_random ();

      token = g_steal_pointer (&uuid);
      json_object_set_string_member (self->input, "ClientToken", token);
    }
  return dex_await_string (
      trestle_mutation_run (self->context,
                            model ? "sagemaker:CreateModelPackage" : "sagemaker:CreateAlgorithm",
                            self->name, token, facts, model ? send_model : send_algorithm,
                            json_object_ref (self->input), (GDestroyNotify) json_object_unref),
      error);
}

/* The step that the checks of one kind make up together. */
static void
show_checks (TrestlePackage *package, gboolean scan, TrestleStep *step)
{
  GListModel *checks = trestle_package_get_checks (package);
  guint n = 0, done = 0, failed = 0, begun = 0;

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TrestlePackageCheck) check = g_list_model_get_item (checks, i);
      const char *status = trestle_package_check_get_status (check);

      if (trestle_package_check_get_scan (check) != scan)
        continue;
      n++;
      done += g_strcmp0 (status, "Completed") == 0;
      failed += g_strcmp0 (status, "Failed") == 0;
      begun += g_strcmp0 (status, "NotStarted") != 0;
      if (trestle_package_check_get_reason (check) != NULL)
        trestle_step_set_detail (step, trestle_package_check_get_reason (check));
    }
  if (failed > 0)
    trestle_step_set_state (step, TRESTLE_TASK_STATE_FAILED);
  else if (n > 0 && done == n)
    trestle_step_set_state (step, TRESTLE_TASK_STATE_DONE);
  else if (begun > 0)
    trestle_step_set_state (step, TRESTLE_TASK_STATE_RUNNING);
}

/* The first reason that SageMaker gives. */
static GError *
failure (TrestlePackage *package)
{
  GListModel *checks = trestle_package_get_checks (package);
  const char *reason = trestle_package_get_failure (package);

  for (guint i = 0; reason == NULL && i < g_list_model_get_n_items (checks); i++)
    {
      g_autoptr (TrestlePackageCheck) check = g_list_model_get_item (checks, i);

      reason = trestle_package_check_get_reason (check); /* the package keeps it */
    }
  return g_error_new (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                      _ ("SageMaker did not accept “%s”: %s"), trestle_package_get_name (package),
                      reason != NULL ? reason : _ ("it gave no reason"));
}

static TrestlePackage *
follow (Making *self, const char *arn, TrestleStep *validated, TrestleStep *scanned, GError **error)
{
  guint n_failed = 0;

  trestle_task_set_can_stop (self->task, TRUE);
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (TrestlePackage) package = NULL;

      if (dex_await (trestle_context_ready (self->context), &reason))
        package = dex_await_object (trestle_package_service_describe (self->context->client, arn),
                                    &reason);
      if (package == NULL && n_failed++ >= 10)
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&reason),
                                      _ ("“%s” is being made, but cannot be followed: "),
                                      self->name);
          return NULL;
        }
      if (package != NULL)
        {
          n_failed = 0;
          trestle_remote_list_put (TRESTLE_REMOTE_LIST (self->packages), package);
          show_checks (package, FALSE, validated);
          show_checks (package, TRUE, scanned);
          if (trestle_package_is_final (package) || trestle_task_is_stopping (self->task))
            return g_steal_pointer (&package);
        }
      dex_await (trestle_context_pause (self->context, n), NULL);
    }
}

static TrestlePackage *
run (Making *self, GError **error)
{
  TrestleStep *made = trestle_task_add_step (self->task, _ ("Made in SageMaker"));
  TrestleStep *validated = trestle_task_add_step (self->task, _ ("Validated"));
  TrestleStep *scanned = trestle_task_add_step (self->task, _ ("Scanned"));
  g_autofree char *arn = NULL;
  g_autoptr (TrestlePackage) package = NULL;

  trestle_step_set_state (made, TRESTLE_TASK_STATE_RUNNING);
  arn = make (self, error);
  if (arn == NULL)
    return NULL;
  trestle_step_set_detail (made, arn);
  trestle_step_set_state (made, TRESTLE_TASK_STATE_DONE);
  package = follow (self, arn, validated, scanned, error);
  if (package == NULL)
    return NULL;
  if (g_strcmp0 (trestle_package_get_status (package), "Failed") == 0)
    {
      g_propagate_error (error, failure (package));
      return NULL;
    }
  return g_steal_pointer (&package);
}

static DexFuture *
making_fiber (gpointer data)
{
  Making *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePackage) package = run (self, &error);

  if (package != NULL)
    trestle_task_finish (self->task, package);
  else
    trestle_task_fail (self->task, g_steal_pointer (&error), FALSE);
  return dex_future_new_true ();
}

TrestleTask *
trestle_packages_create (TrestlePackages *self, TrestleProductKind kind, JsonObject *input)
{
  const char *member = kind == TRESTLE_PRODUCT_KIND_MODEL ? "ModelPackageName" : "AlgorithmName";
  g_autofree char *title = NULL;
  Making *making;
  TrestleTask *task;

  g_return_val_if_fail (TRESTLE_IS_PACKAGES (self), NULL);
  g_return_val_if_fail (input != NULL, NULL);

  making = g_new0 (Making, 1);
  making->packages = g_object_ref (self);
  making->context = trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self));
  making->kind = kind;
  making->input = input;
  making->name = g_strdup (json_object_get_string_member_with_default (input, member, ""));
  title = g_strdup_printf (_ ("Make %s"), making->name);
  task = trestle_task_new (title, making->name);
  making->task = g_object_ref (task);
  trestle_context_add_task (making->context, task);
  trestle_future_report (trestle_fiber_spawn (making_fiber, making, making_free), "make a package");
  return task;
}
