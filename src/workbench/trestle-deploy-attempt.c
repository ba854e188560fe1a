/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-deploy.h"

#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-instance-price.h"
#include "domain/trestle-log-event.h"
#include "services/trestle-endpoint-service.h"
#include "services/trestle-logs-service.h"
#include "workbench/trestle-endpoint-detail.h"
#include "workbench/trestle-endpoints-private.h"
#include "workbench/trestle-log-feed.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-offers.h"
#include "workbench/trestle-price-table.h"
#include "workbench/trestle-prices.h"
#include "workbench/trestle-teardown.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define LOG_LINES 6
/* Every how many polls the log is read. */
#define LOG_EVERY 3
/* How often reads may fail in a row before the wait is given up. */
#define MOST_FAILURES 20
/* What was just made may not be seen at once. */
#define UNSEEN 5

static const char *
name_of (TrestleDeploy *self)
{
  return trestle_deploy_plan_get_name (self->plan);
}

static const char *
listing_of (TrestleDeploy *self)
{
  TrestleListing *listing = trestle_deploy_plan_get_listing (self->plan);

  return listing != NULL ? trestle_listing_get_id (listing) : NULL;
}

static DexFuture *
send_config (TrestleContext *context, gpointer data)
{
  TrestleDeploy *self = data;
  g_autoptr (GHashTable) tags = trestle_context_new_tags (context, listing_of (self), 0);

  return trestle_endpoint_service_create_config (context->client, self->config, name_of (self),
                                                 self->type,
                                                 trestle_deploy_plan_get_count (self->plan), tags);
}

/* Runs a creating call again while AWS does not see yet what it stands on. */
static char *
create (TrestleDeploy *self,
        const char *operation,
        const char *resource,
        const char *stands_on,
        TrestleMutationSend send,
        GError **error)
{
  for (guint n = 0;; n++)
    {
      JsonObject *facts = json_object_new ();
      g_autoptr (GError) reason = NULL;
      char *made;

      json_object_set_string_member (facts, "config", self->config);
      made = dex_await_string (
          trestle_mutation_run (self->context, operation, resource, NULL, facts, send, self, NULL),
          &reason);
      if (made != NULL)
        return made;
      self->uncertain = trestle_mutation_is_uncertain (reason);
      if (n >= UNSEEN || strstr (reason->message, stands_on) == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      dex_await (trestle_context_pause (self->context, n), NULL);
    }
}

gboolean
trestle_deploy_make_config (TrestleDeploy *self, GError **error)
{
  g_autofree char *arn = NULL;
  g_autofree char *detail = NULL;

  trestle_step_set_state (self->config_step, TRESTLE_TASK_STATE_RUNNING);
  arn = create (self, "sagemaker:CreateEndpointConfig", self->config, "Could not find model",
                send_config, error);
  if (arn == NULL)
    return FALSE;
  self->made_config = TRUE;
  detail = g_strdup_printf ("%" G_GINT64_FORMAT " × %s", trestle_deploy_plan_get_count (self->plan),
                            self->type);
  trestle_step_set_detail (self->config_step, detail);
  trestle_step_set_state (self->config_step, TRESTLE_TASK_STATE_DONE);
  return TRUE;
}

static char *
times (const TrestleMoney *price, gint64 count)
{
  g_autoptr (TrestleMoney) all = price != NULL ? trestle_money_scale (price, count, 1) : NULL;

  return all != NULL ? trestle_money_to_string (all) : NULL;
}

/* In the ledger before it is sent: what costs is never forgotten, whatever happens next. */
static gboolean
enter_ledger (TrestleDeploy *self, GError **error)
{
  TrestleContext *context = self->context;
  TrestleListing *listing = trestle_deploy_plan_get_listing (self->plan);
  gint64 count = trestle_deploy_plan_get_count (self->plan);
  g_autoptr (GListModel) instances = dex_await_object (trestle_prices_instances (context), NULL);
  g_autoptr (GListModel) offers = NULL;
  g_autoptr (TrestleMoney) software = NULL;
  g_autofree char *software_text = NULL;
  g_autofree char *infrastructure_text = NULL;
  TrestleInstancePrice *instance = trestle_prices_find (instances, self->type);

  if (listing != NULL)
    offers = dex_await_object (trestle_offers_list (context, listing), NULL);
  if (offers != NULL)
    software = trestle_price_table_software (
        trestle_offers_choose (offers, trestle_listing_get_offer_id (listing), TRUE), self->type);
  software_text = times (software, count);
  infrastructure_text = times (
      instance != NULL ? trestle_instance_price_get_hourly (instance) : NULL, count);
  return trestle_store_ledger_add (context->store, context->scope, "endpoint", name_of (self),
                                   listing_of (self), software_text, infrastructure_text,
                                   software != NULL ? trestle_money_get_currency (software) : "USD",
                                   self->delete_by, error);
}

static DexFuture *
send_endpoint (TrestleContext *context, gpointer data)
{
  TrestleDeploy *self = data;
  g_autoptr (GHashTable)
      tags = trestle_context_new_tags (context, listing_of (self), self->delete_by);

  return trestle_endpoint_service_create (context->client, name_of (self), self->config, tags);
}

gboolean
trestle_deploy_make_endpoint (TrestleDeploy *self, GError **error)
{
  gint64 after = trestle_deploy_plan_get_delete_after (self->plan);
  g_autofree char *arn = NULL;

  trestle_step_set_detail (self->endpoint_step, NULL);
  trestle_step_set_state (self->endpoint_step, TRESTLE_TASK_STATE_RUNNING);
  self->begun = trestle_clock_now ();
  self->delete_by = after > 0 ? self->begun + after : 0;
  trestle_delete_by_keep (self->context, name_of (self), -1);
  if (!enter_ledger (self, error))
    return FALSE;
  arn = create (self, "sagemaker:CreateEndpoint", name_of (self),
                "Could not find endpoint configuration", send_endpoint, error);
  if (arn == NULL)
    {
      /* Perhaps it runs: then it stays in the ledger until somebody knows. */
      if (self->uncertain)
        return FALSE;
      trestle_store_ledger_end (self->context->store, self->context->scope, "endpoint",
                                name_of (self), NULL);
      return FALSE;
    }
  self->made_endpoint = TRUE;
  return TRUE;
}

/* The container's last words, so that a person sees what it is at. */
static char *
read_log (TrestleDeploy *self, guint n_lines)
{
  g_autofree char *group = trestle_log_group_for_endpoint (name_of (self));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GListModel) events = dex_await_object (
      trestle_logs_service_filter (self->context->client, group, self->begun - TRESTLE_MINUTE, 0,
                                   NULL, 0, NULL, NULL, NULL),
      NULL);
  guint n = events != NULL ? g_list_model_get_n_items (events) : 0;

  for (guint i = n > n_lines ? n - n_lines : 0; i < n; i++)
    {
      g_autoptr (TrestleLogEvent) event = g_list_model_get_item (events, i);
      g_autofree char *line = g_strdup (trestle_log_event_get_message (event));

      g_strchomp (line);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static TrestleAttempt
explain_failure (TrestleDeploy *self, TrestleEndpoint *endpoint, GError **error)
{
  const char *reason = trestle_endpoint_get_failure_reason (endpoint);
  g_autofree char *log = read_log (self, LOG_LINES);

  if (log != NULL)
    trestle_step_set_detail (self->endpoint_step, log);
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED, "%s",
               reason != NULL ? reason : "AWS gave no reason");
  if (reason != NULL && strstr (reason, "InsufficientInstanceCapacity") != NULL)
    return TRESTLE_ATTEMPT_NO_CAPACITY;
  return TRESTLE_ATTEMPT_FAILED;
}

/* Shows the endpoint in the list while it comes up. */
static void
show (TrestleDeploy *self)
{
  g_autoptr (TrestleEndpoint)
      endpoint = dex_await_object (trestle_endpoint_detail (self->context, name_of (self)), NULL);

  if (endpoint != NULL)
    trestle_remote_list_put (TRESTLE_REMOTE_LIST (self->endpoints), endpoint);
}

/* Creating cannot be stopped at AWS; it goes on until there is something that may be deleted. */
static gboolean
note_stop (TrestleDeploy *self)
{
  if (!trestle_task_is_stopping (self->task))
    return FALSE;
  trestle_step_set_detail (self->endpoint_step,
                           _ ("Stopping as soon as AWS lets the endpoint be deleted"));
  return TRUE;
}

TrestleAttempt
trestle_deploy_wait (TrestleDeploy *self, GError **error)
{
  guint failures = 0, unseen = 0;

  show (self);
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (TrestleEndpoint) endpoint = NULL;
      TrestleEndpointState state;
      gboolean stopping = note_stop (self);

      if (dex_await (trestle_context_ready (self->context), &reason))
        endpoint = dex_await_object (
            trestle_endpoint_service_describe (self->context->client, name_of (self)), &reason);
      if (endpoint == NULL)
        {
          gboolean absent = trestle_teardown_is_absent (reason);

          if (absent ? ++unseen > UNSEEN
                     : !trestle_teardown_may_pass (reason) || ++failures > MOST_FAILURES)
            {
              g_propagate_error (error, g_steal_pointer (&reason));
              return TRESTLE_ATTEMPT_FAILED;
            }
          dex_await (trestle_context_pause (self->context, n), NULL);
          continue;
        }
      failures = 0;
      state = trestle_endpoint_get_state (endpoint);
      if (state == TRESTLE_ENDPOINT_STATE_FAILED)
        return explain_failure (self, endpoint, error);
      if (state != TRESTLE_ENDPOINT_STATE_CREATING && stopping)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The deployment was stopped");
          return TRESTLE_ATTEMPT_FAILED;
        }
      if (state == TRESTLE_ENDPOINT_STATE_IN_SERVICE)
        return TRESTLE_ATTEMPT_DONE;
      if (n % LOG_EVERY == LOG_EVERY - 1 && !stopping)
        {
          g_autofree char *log = read_log (self, 1);

          if (log != NULL)
            trestle_step_set_detail (self->endpoint_step, log);
        }
      dex_await (trestle_context_pause (self->context, n), NULL);
    }
}
