/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-requests.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-change-fault.h"
#include "domain/trestle-submitted-change.h"
#include "services/trestle-catalog-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define FIRST_PAUSE_MSEC 5000
#define LONGEST_PAUSE_MSEC 60000
#define REVIEW_PAUSE_MSEC (60 * 60 * 1000)

/* ChangeSetName takes so many characters. */
#define NAME_CHARS 100

#define REQUEST_KEY "trestle-change-request"
#define SUBMISSION_KEY "trestle-submission"
#define NAME_KEY "trestle-change-set-name"

typedef struct
{
  TrestleRequests *requests;
  TrestleContext *context;
  TrestleTask *task;
  JsonObject *input;
  char *name;
  char *token;
  char *entity;
} Submission;

static void
submission_free (gpointer data)
{
  Submission *self = data;

  g_object_unref (self->requests);
  g_object_unref (self->task);
  json_object_unref (self->input);
  g_free (self->name);
  g_free (self->token);
  g_free (self->entity);
  g_free (self);
}

gboolean
trestle_submission_is (TrestleTask *task)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (task), FALSE);
  return g_object_get_data (G_OBJECT (task), SUBMISSION_KEY) != NULL;
}

TrestleChangeRequest *
trestle_submission_get_request (TrestleTask *task)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (task), NULL);
  return g_object_get_data (G_OBJECT (task), REQUEST_KEY);
}

const char *
trestle_submission_get_name (TrestleTask *task)
{
  g_return_val_if_fail (TRESTLE_IS_TASK (task), NULL);
  return g_object_get_data (G_OBJECT (task), NAME_KEY);
}

static void
show (Submission *self, TrestleChangeRequest *request)
{
  g_object_set_data_full (G_OBJECT (self->task), REQUEST_KEY, g_object_ref (request),
                          g_object_unref);
  trestle_requests_note (self->requests, request);
}

/* What AWS takes in a name, with a few letters by which this very set is found again. */
static char *
make_name (const char *title, const char *token)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *at = title; *at != '\0' && name->len + 4 < NAME_CHARS - 9;
       at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c < 0x80 && (g_ascii_isalnum (c) || strchr ("_+=.:@-", (int) c) != NULL))
        g_string_append_c (name, (char) c);
      else if (name->len > 0 && name->str[name->len - 1] != ' ')
        g_string_append_c (name, ' ');
    }
  g_strchomp (name->str);
  return g_strdup_printf ("%s %.8s", *name->str != '\0' ? name->str : "Change", token);
}

static DexFuture *
send (TrestleContext *context, gpointer data)
{
  return trestle_catalog_service_start (context->client, json_object_ref (data));
}

static gboolean
is_locked (const GError *error)
{
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);

  return details != NULL && g_strcmp0 (details->code, "ResourceInUseException") == 0;
}

static guint
pause_msec (Submission *self, guint n)
{
  return MIN (FIRST_PAUSE_MSEC << MIN (n / 4, 4u), LONGEST_PAUSE_MSEC);
}

static void
rest (Submission *self, guint n, gboolean review)
{
  if (trestle_context_is_practice (self->context))
    dex_await (trestle_context_pause (self->context, n), NULL);
  else
    dex_await (trestle_context_sleep (review ? REVIEW_PAUSE_MSEC : pause_msec (self, n)), NULL);
}

/* Returns: (transfer full): the change set's id. Waits as long as another one holds the entity. */
static char *
send_in_turn (Submission *self, TrestleStep *step, GError **error)
{
  for (guint n = 0;; n++)
    {
      g_autoptr (GError) reason = NULL;
      JsonObject *facts = json_object_new ();
      char *id;

      json_object_set_string_member (facts, "name", self->name);
      id = dex_await_string (
          trestle_mutation_run (self->context, "aws-marketplace:StartChangeSet",
                                self->entity ? self->entity : self->name, self->token, facts, send,
                                json_object_ref (self->input), (GDestroyNotify) json_object_unref),
          &reason);
      if (id != NULL)
        return id;
      if (!is_locked (reason))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      trestle_step_set_detail (step, _ ("Waits for another change set to end"));
      trestle_task_set_can_stop (self->task, TRUE);
      rest (self, n, FALSE);
      if (trestle_task_is_stopping (self->task))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                               _ ("It was taken back before it was sent; nothing has changed"));
          return NULL;
        }
      trestle_task_set_can_stop (self->task, FALSE);
    }
}

/* AWS's words for the first change that it did not accept. */
static GError *
refusal (TrestleChangeRequest *request)
{
  GListModel *changes = trestle_change_request_get_changes (request);
  const char *failure = trestle_change_request_get_failure (request);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);
      g_autoptr (TrestleChangeFault)
          fault = g_list_model_get_item (trestle_submitted_change_get_faults (change), 0);

      if (fault != NULL)
        return g_error_new (
            TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
            /* Translators: a change's type, AWS's code, AWS's words, a change set's id */
            _ ("AWS did not accept %s (%s): %s Nothing was changed; change set %s"),
            trestle_submitted_change_get_change_type (change),
            trestle_change_fault_get_code (fault), trestle_change_fault_get_message (fault),
            trestle_change_request_get_id (request));
    }
  if (g_strcmp0 (trestle_change_request_get_status (request), "CANCELLED") == 0)
    return g_error_new (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                        _ ("Change set %s was cancelled; nothing was changed"),
                        trestle_change_request_get_id (request));
  return g_error_new (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                      _ ("AWS could not carry out change set %s: %s"),
                      trestle_change_request_get_id (request),
                      failure != NULL ? failure : _ ("it gave no reason"));
}

/* Returns: (transfer full): the change set at its end; a reading that fails is tried again. */
static TrestleChangeRequest *
follow (Submission *self,
        const char *id,
        TrestleStep *checked,
        TrestleStep *applied,
        GError **error)
{
  guint n_failed = 0;

  for (guint n = 0;; n++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (TrestleChangeRequest) request = NULL;
      gboolean review = FALSE;

      if (dex_await (trestle_context_ready (self->context), &reason))
        request = dex_await_object (
            trestle_catalog_service_describe_request (self->context->client, id), &reason);
      if (request == NULL)
        {
          if (n_failed++ >= 10
              || g_error_matches (reason, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_ACCESS_DENIED))
            {
              g_propagate_prefixed_error (
                  error, g_steal_pointer (&reason),
                  _ ("Change set %s is on its way, but cannot be followed: "), id);
              return NULL;
            }
        }
      else
        {
          n_failed = 0;
          show (self, request);
          if (!trestle_change_request_is_open (request))
            return g_steal_pointer (&request);
          review = trestle_change_request_is_review (request);
          if (g_strcmp0 (trestle_change_request_get_status (request), "APPLYING") == 0
              && trestle_step_get_state (applied) == TRESTLE_TASK_STATE_WAITING)
            {
              trestle_step_set_state (checked, TRESTLE_TASK_STATE_DONE);
              trestle_step_set_state (applied, TRESTLE_TASK_STATE_RUNNING);
              if (review)
                trestle_step_set_detail (applied,
                                         _ ("People at AWS review it; that can take days"));
            }
        }
      rest (self, n, review);
    }
}

static TrestleChangeRequest *
run (Submission *self, GError **error)
{
  TrestleStep *sent = trestle_task_add_step (self->task, _ ("Sent to AWS"));
  TrestleStep *checked = trestle_task_add_step (self->task, _ ("Checked by AWS"));
  TrestleStep *applied = trestle_task_add_step (self->task, _ ("Applied"));
  g_autoptr (TrestleChangeRequest) request = NULL;
  g_autofree char *id = NULL;

  trestle_step_set_state (sent, TRESTLE_TASK_STATE_RUNNING);
  id = send_in_turn (self, sent, error);
  if (id == NULL)
    return NULL;
  trestle_step_set_detail (sent, id);
  trestle_step_set_state (sent, TRESTLE_TASK_STATE_DONE);
  trestle_step_set_state (checked, TRESTLE_TASK_STATE_RUNNING);
  request = follow (self, id, checked, applied, error);
  if (request == NULL)
    return NULL;
  if (g_strcmp0 (trestle_change_request_get_status (request), "SUCCEEDED") != 0)
    {
      g_propagate_error (error, refusal (request));
      return NULL;
    }
  trestle_step_set_state (checked, TRESTLE_TASK_STATE_DONE);
  trestle_step_set_state (applied, TRESTLE_TASK_STATE_DONE);
  return g_steal_pointer (&request);
}

static DexFuture *
send_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleChangeRequest) request = run (data, &error);

  if (request == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_object (g_steal_pointer (&request));
}

DexFuture *
trestle_requests_send (TrestleRequests *self,
                       TrestleTask *task,
                       JsonObject *changes,
                       const char *title,
                       const char *entity)
{
  Submission *submission = g_new0 (Submission, 1);
  DexFuture *future;

  submission->requests = g_object_ref (self);
  submission->context = trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self));
  submission->task = g_object_ref (task);
  g_object_set_data (G_OBJECT (task), SUBMISSION_KEY, GINT_TO_POINTER (TRUE));
  submission->token = g_uuid_string_random ();
  submission->name = make_name (title, submission->token);
  submission->entity = g_strdup (entity);
  submission->input = changes;
  g_object_set_data_full (G_OBJECT (task), NAME_KEY, g_strdup (submission->name), g_free);
  json_object_set_string_member (changes, "ChangeSetName", submission->name);
  json_object_set_string_member (changes, "ClientRequestToken", submission->token);
  future = trestle_fiber_spawn (send_fiber, submission, submission_free);
  trestle_context_keep (future);
  return future;
}

static DexFuture *
ended_cb (DexFuture *future, gpointer task)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    trestle_task_finish (task, g_value_get_object (value));
  else
    trestle_task_fail (task, g_steal_pointer (&error), FALSE);
  return dex_future_new_true ();
}

TrestleTask *
trestle_requests_submit (TrestleRequests *self,
                         JsonObject *changes,
                         const char *title,
                         const char *entity)
{
  TrestleTask *task;

  g_return_val_if_fail (TRESTLE_IS_REQUESTS (self), NULL);
  g_return_val_if_fail (changes != NULL, NULL);

  task = trestle_task_new (title, entity);
  g_object_set_data (G_OBJECT (task), SUBMISSION_KEY, GINT_TO_POINTER (TRUE));
  trestle_context_add_task (trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self)), task);
  trestle_future_report (
      dex_future_finally (trestle_requests_send (self, task, changes, title, entity), ended_cb,
                          g_object_ref (task), g_object_unref),
      "submit a change set");
  return task;
}
