/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-subscriptions.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-term.h"
#include "services/trestle-agreement-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-offers.h"
#include "workbench/trestle-package-memory.h"
#include "workbench/trestle-subscriptions-private.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* An entitlement takes minutes at most. */
#define MOST_WAIT (15 * TRESTLE_MINUTE)

typedef struct
{
  TrestleSubscriptions *subscriptions;
  TrestleContext *context;
  TrestleListing *listing;
  TrestleOffer *offer;
  TrestleQuote *quote;
  TrestleTask *task;
  GListModel *terms;
  char *text;
} Flow;

static Flow *
flow_new (TrestleSubscriptions *subscriptions, TrestleListing *listing)
{
  Flow *self = g_new0 (Flow, 1);

  self->subscriptions = g_object_ref (subscriptions);
  self->context = trestle_subscriptions_get_context (subscriptions);
  g_set_object (&self->listing, listing);
  return self;
}

static void
flow_free (gpointer data)
{
  Flow *self = data;

  g_clear_object (&self->subscriptions);
  g_clear_object (&self->listing);
  g_clear_object (&self->offer);
  g_clear_object (&self->quote);
  g_clear_object (&self->task);
  g_clear_object (&self->terms);
  g_free (self->text);
  g_free (self);
}

/* What has to be asked for together: the mandatory terms, and the prices that bind to nothing. */
static gboolean
is_requested (TrestleOffer *offer, TrestleTerm *term, gboolean trial)
{
  TrestlePricingKind pricing = trestle_offer_get_pricing (offer);

  switch (trestle_term_get_kind (term))
    {
    case TRESTLE_TERM_KIND_TRIAL:
      return trial;
    case TRESTLE_TERM_KIND_FIXED_UPFRONT:
    case TRESTLE_TERM_KIND_CONFIGURABLE_UPFRONT:
      return pricing != TRESTLE_PRICING_KIND_USAGE; /* bought by a second agreement, later */
    case TRESTLE_TERM_KIND_USAGE:
    case TRESTLE_TERM_KIND_RECURRING:
    case TRESTLE_TERM_KIND_BYOL:
    case TRESTLE_TERM_KIND_LEGAL:
    case TRESTLE_TERM_KIND_SUPPORT:
    case TRESTLE_TERM_KIND_RENEWAL:
    case TRESTLE_TERM_KIND_VALIDITY:
      return TRUE;
    case TRESTLE_TERM_KIND_OTHER:
    default:
      return pricing != TRESTLE_PRICING_KIND_USAGE;
    }
}

/* Returns: (transfer full) (nullable): the terms to ask for; @has_trial: whether a trial is among them */
static GListModel *
choose_terms (TrestleOffer *offer, gboolean trial, gboolean *has_trial, GError **error)
{
  GListModel *terms = trestle_offer_get_terms (offer);
  g_autoptr (GListStore) chosen = g_list_store_new (TRESTLE_TYPE_TERM);

  *has_trial = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);

      if (!is_requested (offer, term, trial))
        continue;
      if (trestle_term_get_kind (term) == TRESTLE_TERM_KIND_CONFIGURABLE_UPFRONT)
        {
          g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                       "This contract asks for quantities to be chosen; buy it on its page in AWS "
                       "Marketplace");
          return NULL;
        }
      *has_trial |= trestle_term_get_kind (term) == TRESTLE_TERM_KIND_TRIAL;
      g_list_store_append (chosen, term);
    }
  return G_LIST_MODEL (g_steal_pointer (&chosen));
}

static DexFuture *
send_request (TrestleContext *context, gpointer data)
{
  Flow *flow = data;

  return trestle_agreement_service_request (context->client, flow->offer, flow->terms, flow->text);
}

static TrestleQuote *
request (Flow *self, gboolean trial, gboolean *has_trial, GError **error)
{
  g_autoptr (GListModel) terms = choose_terms (self->offer, trial, has_trial, error);
  JsonObject *facts = json_object_new ();
  Flow *flow;

  if (terms == NULL)
    {
      json_object_unref (facts);
      return NULL;
    }
  flow = flow_new (self->subscriptions, self->listing);
  flow->offer = g_object_ref (self->offer);
  flow->terms = g_steal_pointer (&terms);
  flow->text = g_uuid_string_random ();
  json_object_set_string_member (facts, "product", trestle_listing_get_product_id (self->listing));
  return dex_await_object (trestle_mutation_run (self->context,
                                                 "aws-marketplace:CreateAgreementRequest",
                                                 trestle_offer_get_id (self->offer), flow->text,
                                                 facts, send_request, flow, flow_free),
                           error);
}

static gboolean
check_unsubscribed (Flow *self, GError **error)
{
  g_autoptr (GListModel) agreements = NULL;
  g_autoptr (TrestleAgreement) agreement = NULL;

  agreements = dex_await_object (
      trestle_agreement_service_search (self->context->client,
                                        trestle_listing_get_product_id (self->listing), "ACTIVE"),
      error);
  if (agreements == NULL)
    return FALSE;
  agreement = g_list_model_get_item (agreements, 0);
  if (agreement == NULL)
    return TRUE;
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_ALREADY_SUBSCRIBED,
               "This account is subscribed to “%s” already (%s)",
               trestle_listing_get_title (self->listing), trestle_agreement_get_id (agreement));
  return FALSE;
}

static gboolean
choose_offer (Flow *self, GError **error)
{
  g_autoptr (GListModel) offers = NULL;
  TrestleOffer *offer = NULL;
  TrestleOffer *first;

  if (self->offer != NULL && g_list_model_get_n_items (trestle_offer_get_terms (self->offer)) > 0)
    return TRUE;
  offers = dex_await_object (trestle_offers_list (self->context, self->listing), error);
  if (offers == NULL)
    return FALSE;
  if (self->offer != NULL)
    {
      offer = trestle_offers_choose (offers, trestle_offer_get_id (self->offer), TRUE);
    }
  else
    {
      /* Private ones come first in the list. */
      first = trestle_offers_choose (offers, NULL, TRUE);
      offer = first != NULL && trestle_offer_get_private (first)
                  ? first
                  : trestle_offers_choose (offers, trestle_listing_get_offer_id (self->listing),
                                           FALSE);
    }
  if (offer == NULL)
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                   "“%s” has no offer that can be accepted",
                   trestle_listing_get_title (self->listing));
      return FALSE;
    }
  g_set_object (&self->offer, offer);
  return TRUE;
}

static DexFuture *
quote_fiber (gpointer data)
{
  Flow *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleQuote) quote = NULL;
  gboolean trial = FALSE;

  if (!dex_await (trestle_context_ready (self->context), &error)
      || !check_unsubscribed (self, &error) || !choose_offer (self, &error))
    return trestle_future_error (error);
  quote = request (self, TRUE, &trial, &error);
  if (quote == NULL && trial
      && g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_VALIDATION))
    {
      /* One trial for each product and account: it was used. */
      g_autoptr (GError) again = NULL;

      quote = request (self, FALSE, &trial, &again);
    }
  if (quote == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_object (g_steal_pointer (&quote));
}

DexFuture *
trestle_subscriptions_quote (TrestleSubscriptions *self,
                             TrestleListing *listing,
                             TrestleOffer *offer)
{
  Flow *flow;

  g_return_val_if_fail (TRESTLE_IS_SUBSCRIPTIONS (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_LISTING (listing), NULL);

  flow = flow_new (self, listing);
  g_set_object (&flow->offer, offer);
  return trestle_fiber_spawn (quote_fiber, flow, flow_free);
}

static DexFuture *
send_accept (TrestleContext *context, gpointer request_id)
{
  return trestle_agreement_service_accept (context->client, request_id);
}

static char *
accept (Flow *self, GError **error)
{
  const char *request_id = trestle_quote_get_request_id (self->quote);
  JsonObject *facts = json_object_new ();

  json_object_set_string_member (facts, "product", trestle_listing_get_product_id (self->listing));
  return dex_await_string (
      trestle_mutation_run (self->context, "aws-marketplace:AcceptAgreementRequest", request_id,
                            NULL, facts, send_accept, g_strdup (request_id), g_free),
      error);
}

/* Returns: (transfer full): the agreement with an entitlement that is ready. */
static TrestleAgreement *
wait_entitlement (Flow *self, const char *agreement_id, TrestleStep *step, GError **error)
{
  gint64 begun = trestle_clock_now ();
  g_autoptr (TrestleAgreement) agreement = NULL;
  guint failures = 0;

  for (guint n = 0; trestle_clock_now () - begun < MOST_WAIT; n++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (TrestleAgreement) entitled = NULL;
      const char *status;

      dex_await (trestle_context_ready (self->context), NULL);
      if (agreement == NULL)
        agreement = dex_await_object (
            trestle_agreement_service_describe (self->context->client, agreement_id), &reason);
      if (agreement != NULL)
        entitled = dex_await_object (
            trestle_agreement_service_entitlement (self->context->client, agreement), &reason);
      status = entitled != NULL ? trestle_agreement_get_entitlement_status (entitled) : NULL;
      if (g_strcmp0 (status, "PROVISIONED") == 0)
        return g_steal_pointer (&entitled);
      if (g_strcmp0 (status, "FAILED") == 0)
        {
          g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                       "The agreement %s stands, but its entitlement failed: %s", agreement_id,
                       trestle_agreement_get_entitlement_reason (entitled)
                           ? trestle_agreement_get_entitlement_reason (entitled)
                           : "no reason was given");
          return NULL;
        }
      if (reason != NULL && ++failures > 10)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      if (entitled != NULL)
        trestle_step_set_detail (step, trestle_agreement_get_entitlement_reason (entitled));
      dex_await (trestle_context_pause (self->context, n), NULL);
    }
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
               "The agreement %s stands, but its entitlement is not ready after a quarter of an "
               "hour; look again later",
               agreement_id);
  return NULL;
}

/* Not part of the deal: without the ARN the subscription stands all the same. */
static void
find_package (Flow *self, TrestleStep *step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestlePackage) package = NULL;

  trestle_step_set_state (step, TRESTLE_TASK_STATE_RUNNING);
  package = dex_await_object (
      trestle_subscriptions_package (self->subscriptions, self->listing, NULL), &error);
  if (package != NULL)
    {
      trestle_step_set_detail (step, trestle_package_get_arn (package));
      trestle_step_set_state (step, TRESTLE_TASK_STATE_DONE);
    }
  else if (g_error_matches (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_ARN_NEEDED))
    {
      trestle_step_set_detail (step, _ ("Copy it from the Configure page when you deploy"));
      trestle_step_set_state (step, TRESTLE_TASK_STATE_WAITING);
    }
  else
    {
      trestle_step_set_detail (step, error->message);
      trestle_step_set_state (step, TRESTLE_TASK_STATE_FAILED);
    }
}

static DexFuture *
accept_fiber (gpointer data)
{
  Flow *self = data;
  TrestleStep *agree = trestle_task_add_step (self->task, _ ("Agreement"));
  TrestleStep *entitle = trestle_task_add_step (self->task, _ ("Entitlement"));
  TrestleStep *find = trestle_task_add_step (self->task, _ ("Package for this Region"));
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (TrestleAgreement) agreement = NULL;
  g_autoptr (TrestleSubscription) subscription = NULL;
  g_autoptr (TrestleSubscription) complete = NULL;

  trestle_step_set_state (agree, TRESTLE_TASK_STATE_RUNNING);
  id = accept (self, &error);
  if (id != NULL)
    {
      trestle_step_set_detail (agree, id);
      trestle_step_set_state (agree, TRESTLE_TASK_STATE_DONE);
      trestle_step_set_state (entitle, TRESTLE_TASK_STATE_RUNNING);
      agreement = wait_entitlement (self, id, entitle, &error);
    }
  if (agreement == NULL)
    {
      trestle_task_fail (self->task, g_steal_pointer (&error), FALSE);
      return dex_future_new_true ();
    }
  trestle_step_set_detail (entitle, NULL);
  trestle_step_set_state (entitle, TRESTLE_TASK_STATE_DONE);
  subscription = trestle_subscriptions_adopt (self->subscriptions, agreement);
  find_package (self, find);
  complete = trestle_subscriptions_adopt (self->subscriptions, agreement);
  trestle_task_finish (self->task, complete);
  return dex_future_new_true ();
}

TrestleTask *
trestle_subscriptions_accept (TrestleSubscriptions *self,
                              TrestleListing *listing,
                              TrestleQuote *quote)
{
  g_autofree char *title = NULL;
  Flow *flow;
  TrestleTask *task;

  g_return_val_if_fail (TRESTLE_IS_SUBSCRIPTIONS (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_LISTING (listing), NULL);
  g_return_val_if_fail (TRESTLE_IS_QUOTE (quote), NULL);

  title = g_strdup_printf (_ ("Subscribe to %s"), trestle_listing_get_title (listing));
  task = trestle_task_new (title, trestle_listing_get_title (listing));
  flow = flow_new (self, listing);
  flow->quote = g_object_ref (quote);
  flow->task = g_object_ref (task);
  trestle_context_add_task (flow->context, task);
  trestle_future_report (trestle_fiber_spawn (accept_fiber, flow, flow_free), title);
  return task;
}

static DexFuture *
send_cancel (TrestleContext *context, gpointer agreement_id)
{
  return trestle_agreement_service_cancel (context->client, agreement_id);
}

/* What was described while subscribed is not to be had any more. */
static void
forget_package (TrestleContext *context, TrestleAgreement *agreement)
{
  const char *product = agreement != NULL ? trestle_agreement_get_product_id (agreement) : NULL;
  g_autofree char *arn = product != NULL ? trestle_package_memory_recall (context, product, NULL)
                                         : NULL;
  g_autofree char *key = g_strdup_printf ("package/%s", arn != NULL ? arn : "");

  g_hash_table_remove (context->facts, key);
}

static DexFuture *
cancel_fiber (gpointer data)
{
  Flow *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleAgreement) agreement = NULL;
  g_autoptr (TrestleSubscription) subscription = NULL;

  if (!dex_await (trestle_mutation_run (self->context, "aws-marketplace:CancelAgreement",
                                        self->text, NULL, NULL, send_cancel, g_strdup (self->text),
                                        g_free),
                  &error))
    return trestle_future_error (error);
  agreement = dex_await_object (
      trestle_agreement_service_describe (self->context->client, self->text), NULL);
  forget_package (self->context, agreement);
  if (agreement != NULL)
    subscription = trestle_subscriptions_adopt (self->subscriptions, agreement);
  return dex_future_new_true ();
}

DexFuture *
trestle_subscriptions_cancel (TrestleSubscriptions *self, TrestleSubscription *subscription)
{
  Flow *flow;

  g_return_val_if_fail (TRESTLE_IS_SUBSCRIPTIONS (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_SUBSCRIPTION (subscription), NULL);

  flow = flow_new (self, NULL);
  flow->text = g_strdup (
      trestle_agreement_get_id (trestle_subscription_get_agreement (subscription)));
  return trestle_fiber_spawn (cancel_fiber, flow, flow_free);
}
