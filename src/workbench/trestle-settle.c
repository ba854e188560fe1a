/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-settle.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-agreement.h"
#include "domain/trestle-endpoint-config.h"
#include "domain/trestle-endpoint.h"
#include "domain/trestle-model.h"
#include "services/trestle-agreement-service.h"
#include "services/trestle-catalog-service.h"
#include "services/trestle-endpoint-service.h"
#include "services/trestle-model-service.h"
#include "services/trestle-package-service.h"

/* AWS's clock and ours differ; what is older than the call by more was there before. */
#define SLACK (5 * TRESTLE_MINUTE)
#define TRIES 5
#define PRACTICE_TRIES 2

typedef struct
{
  TrestleContext *context;
  char *operation;
  char *resource;
  JsonObject *facts;
  gint64 begun;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->context);
  g_free (self->operation);
  g_free (self->resource);
  json_object_unref (self->facts);
  g_free (self);
}

static const char *
fact (Question *q, const char *name)
{
  return json_object_get_string_member_with_default (q->facts, name, NULL);
}

static gboolean
is_since (Question *q, gint64 created)
{
  return created >= q->begun - SLACK;
}

static char *
no_trace (Question *q, GError **error)
{
  g_propagate_error (error, trestle_aws_error_new (TRESTLE_AWS_ERROR_NOT_FOUND, NULL,
                                                   "AWS knows nothing of %s %s", q->operation,
                                                   q->resource));
  return NULL;
}

static char *
ask_model (Question *q, GError **error)
{
  g_autoptr (TrestleModel) model = dex_await_object (
      trestle_model_service_describe (q->context->client, q->resource), error);

  if (model == NULL)
    return NULL;
  if (!is_since (q, trestle_model_get_created (model))
      || (fact (q, "package") != NULL
          && g_strcmp0 (fact (q, "package"), trestle_model_get_package_arn (model)) != 0))
    return no_trace (q, error);
  return g_strdup (trestle_model_get_arn (model));
}

static char *
ask_config (Question *q, GError **error)
{
  g_autoptr (TrestleEndpointConfig) config = dex_await_object (
      trestle_endpoint_service_describe_config (q->context->client, q->resource), error);

  if (config == NULL)
    return NULL;
  if (!is_since (q, trestle_endpoint_config_get_created (config)))
    return no_trace (q, error);
  return g_strdup (trestle_endpoint_config_get_arn (config));
}

static char *
ask_endpoint (Question *q, GError **error)
{
  g_autoptr (TrestleEndpoint) endpoint = dex_await_object (
      trestle_endpoint_service_describe (q->context->client, q->resource), error);

  if (endpoint == NULL)
    return NULL;
  if (!is_since (q, trestle_endpoint_get_created (endpoint))
      || (fact (q, "config") != NULL
          && g_strcmp0 (fact (q, "config"), trestle_endpoint_get_config_name (endpoint)) != 0))
    return no_trace (q, error);
  return g_strdup (trestle_endpoint_get_arn (endpoint));
}

/* A deletion took effect when there is nothing left to be found. */
static char *
gone (Question *q, gboolean found, GError *reason, GError **error)
{
  if (found)
    return no_trace (q, error);
  if (g_error_matches (reason, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND))
    {
      g_error_free (reason);
      return g_strdup ("");
    }
  g_propagate_error (error, reason);
  return NULL;
}

static char *
ask_model_gone (Question *q, GError **error)
{
  GError *reason = NULL;
  g_autoptr (TrestleModel) model = dex_await_object (
      trestle_model_service_describe (q->context->client, q->resource), &reason);

  return gone (q, model != NULL, reason, error);
}

static char *
ask_config_gone (Question *q, GError **error)
{
  GError *reason = NULL;
  g_autoptr (TrestleEndpointConfig) config = dex_await_object (
      trestle_endpoint_service_describe_config (q->context->client, q->resource), &reason);

  return gone (q, config != NULL, reason, error);
}

static char *
ask_endpoint_gone (Question *q, GError **error)
{
  GError *reason = NULL;
  g_autoptr (TrestleEndpoint) endpoint = dex_await_object (
      trestle_endpoint_service_describe (q->context->client, q->resource), &reason);

  if (endpoint != NULL && trestle_endpoint_get_state (endpoint) == TRESTLE_ENDPOINT_STATE_DELETING)
    return g_strdup ("");
  return gone (q, endpoint != NULL, reason, error);
}

static char *
ask_accepted (Question *q, GError **error)
{
  g_autoptr (GListModel) agreements = dex_await_object (
      trestle_agreement_service_search (q->context->client, fact (q, "product"), "ACTIVE"), error);

  if (agreements == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (agreements); i++)
    {
      g_autoptr (TrestleAgreement) agreement = g_list_model_get_item (agreements, i);

      if (is_since (q, trestle_agreement_get_accepted (agreement)))
        return g_strdup (trestle_agreement_get_id (agreement));
    }
  return no_trace (q, error);
}

static char *
ask_cancelled (Question *q, GError **error)
{
  g_autoptr (TrestleAgreement) agreement = dex_await_object (
      trestle_agreement_service_describe (q->context->client, q->resource), error);

  if (agreement == NULL)
    return NULL;
  if (g_strcmp0 (trestle_agreement_get_status (agreement), "ACTIVE") == 0)
    return no_trace (q, error);
  return g_strdup (trestle_agreement_get_id (agreement));
}

/* The set carries a few letters of its token in its name. */
static char *
ask_change_set (Question *q, GError **error)
{
  g_autoptr (GListModel) requests = dex_await_object (
      trestle_catalog_service_list_requests (q->context->client, NULL, q->begun - SLACK, 0), error);

  if (requests == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (requests, i);

      if (g_strcmp0 (trestle_change_request_get_name (request), fact (q, "name")) == 0)
        return g_strdup (trestle_change_request_get_id (request));
    }
  return no_trace (q, error);
}

static char *
ask_change_set_cancelled (Question *q, GError **error)
{
  g_autoptr (TrestleChangeRequest) request = dex_await_object (
      trestle_catalog_service_describe_request (q->context->client, q->resource), error);

  if (request == NULL)
    return NULL;
  if (g_strcmp0 (trestle_change_request_get_status (request), "CANCELLED") != 0)
    return no_trace (q, error);
  return g_strdup (q->resource);
}

static char *
ask_package (Question *q, GError **error)
{
  g_autoptr (TrestlePackage) package = dex_await_object (
      trestle_package_service_describe (q->context->client, fact (q, "arn")), error);

  if (package == NULL)
    return NULL;
  if (!is_since (q, trestle_package_get_created (package)))
    return no_trace (q, error);
  return g_strdup (trestle_package_get_arn (package));
}

static char *
ask_package_gone (Question *q, GError **error)
{
  GError *reason = NULL;
  g_autoptr (TrestlePackage) package = dex_await_object (
      trestle_package_service_describe (q->context->client, q->resource), &reason);

  if (package != NULL && g_strcmp0 (trestle_package_get_status (package), "Deleting") == 0)
    return g_strdup ("");
  return gone (q, package != NULL, reason, error);
}

/* Operation → how to find out whether it took effect. What is not here does no harm: a quote that
 * was lost is asked for anew, and a tag is set again. */
static const struct
{
  const char *operation;
  char *(*ask) (Question *q, GError **error);
} table[] = {
  { "sagemaker:CreateModel", ask_model },
  { "sagemaker:CreateEndpointConfig", ask_config },
  { "sagemaker:CreateEndpoint", ask_endpoint },
  { "sagemaker:DeleteModel", ask_model_gone },
  { "sagemaker:DeleteEndpointConfig", ask_config_gone },
  { "sagemaker:DeleteEndpoint", ask_endpoint_gone },
  { "aws-marketplace:AcceptAgreementRequest", ask_accepted },
  { "aws-marketplace:CancelAgreement", ask_cancelled },
  { "aws-marketplace:StartChangeSet", ask_change_set },
  { "aws-marketplace:CancelChangeSet", ask_change_set_cancelled },
  { "sagemaker:CreateModelPackage", ask_package },
  { "sagemaker:CreateAlgorithm", ask_package },
  { "sagemaker:DeleteModelPackage", ask_package_gone },
  { "sagemaker:DeleteAlgorithm", ask_package_gone },
};

gboolean
trestle_settle_can_ask (const char *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].operation, operation))
      return TRUE;
  return FALSE;
}

static DexFuture *
ask_fiber (gpointer data)
{
  Question *q = data;
  guint tries = trestle_context_is_practice (q->context) ? PRACTICE_TRIES : TRIES;
  char *(*ask) (Question *, GError **) = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].operation, q->operation))
      ask = table[i].ask;
  if (ask == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                  "The outcome of %s cannot be asked for", q->operation);
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) error = NULL;
      char *answer = NULL;

      if (dex_await (trestle_context_ready (q->context), &error))
        answer = ask (q, &error);
      if (answer != NULL)
        return dex_future_new_take_string (answer);
      if (n + 1 >= tries || trestle_error_is_cancelled (error))
        return trestle_future_error (error);
      dex_await (trestle_context_pause (q->context, n), NULL);
    }
}

DexFuture *
trestle_settle_ask (TrestleContext *context,
                    const char *operation,
                    const char *resource,
                    JsonObject *facts,
                    gint64 begun)
{
  Question *q = g_new0 (Question, 1);

  q->context = g_object_ref (context);
  q->operation = g_strdup (operation);
  q->resource = g_strdup (resource);
  q->facts = json_object_ref (facts);
  q->begun = begun;
  return trestle_fiber_spawn (ask_fiber, q, question_free);
}
