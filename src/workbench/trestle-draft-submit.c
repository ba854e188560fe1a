/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-open-draft-private.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-future.h"
#include "base/trestle-money.h"
#include "base/trestle-paths.h"
#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-change-fault.h"
#include "domain/trestle-change.h"
#include "domain/trestle-submitted-change.h"
#include "media/trestle-content-type.h"
#include "services/trestle-catalog-service.h"
#include "services/trestle-s3-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define BUCKET_KEY "seller/bucket"

typedef struct
{
  TrestleOpenDraft *draft;
  TrestleTask *task;
  TrestleStep *checked;
  TrestleStep *files;
  TrestleRequests *requests;
  char *bucket;
  gboolean validate;
} Submit;

static void
submit_free (gpointer data)
{
  Submit *self = data;

  g_object_unref (self->draft);
  g_object_unref (self->task);
  g_object_unref (self->requests);
  g_free (self->bucket);
  g_free (self);
}

typedef struct
{
  char *region;
  char *bucket;
  char *key;
  char *type;
  GBytes *bytes;
} Upload;

static void
upload_free (gpointer data)
{
  Upload *self = data;

  g_free (self->region);
  g_free (self->bucket);
  g_free (self->key);
  g_free (self->type);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static DexFuture *
send_file (TrestleContext *context, gpointer data)
{
  Upload *upload = data;

  return trestle_s3_service_put (context->client, upload->region, upload->bucket, upload->key,
                                 upload->type, upload->bytes);
}

/* Returns: (transfer full): where files are put */
static char *
choose_bucket (Submit *self, GError **error)
{
  TrestleContext *context = self->draft->context;
  g_autofree char *last = NULL;

  if (self->bucket != NULL)
    return g_strdup (self->bucket);
  last = trestle_store_recall (context->store, context->scope, BUCKET_KEY);
  if (last != NULL)
    return g_steal_pointer (&last);
  if (trestle_context_is_practice (context))
    {
      g_autoptr (TrestleIdentity)
          identity = dex_await_object (trestle_context_identify (context), error);

      if (identity == NULL)
        return NULL;
      return g_strconcat ("practice-seller-", trestle_identity_get_account (identity), NULL);
    }
  g_set_error_literal (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                       _ ("AWS Marketplace reads logo and licence from S3: say which of your "
                          "buckets they are to be put in; everybody has to be able to read them "
                          "there"));
  return NULL;
}

/* A name that goes by the content: the same file is not put there under two names. */
static char *
make_key (Submit *self, const char *type, GBytes *bytes)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *slug = trestle_slug (trestle_open_draft_get_name (self->draft));

  return g_strdup_printf ("trestle/%s/%.16s.%s", slug, sum,
                          trestle_content_type_get_extension (type));
}

static gboolean
put_file (Submit *self,
          const char *bucket,
          const char *region,
          const char *value,
          GHashTable *addresses,
          GError **error)
{
  TrestleContext *context = self->draft->context;
  GBytes *bytes = trestle_draft_facts_get_bytes (self->draft->facts, value);
  g_autofree char *address = NULL;
  g_autofree char *resource = NULL;
  Upload *upload;

  if (bytes == NULL)
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                   _ ("The draft’s file %s could not be read"), value);
      return FALSE;
    }
  upload = g_new0 (Upload, 1);
  upload->region = g_strdup (region);
  upload->bucket = g_strdup (bucket);
  upload->type = trestle_content_type_guess (value, bytes);
  upload->key = make_key (self, upload->type, bytes);
  upload->bytes = g_bytes_ref (bytes);
  resource = g_strdup_printf ("s3://%s/%s", bucket, upload->key);
  trestle_step_set_detail (self->files, value);
  address = dex_await_string (trestle_mutation_run (context, "s3:PutObject", resource, NULL, NULL,
                                                    send_file, upload, upload_free),
                              error);
  if (address == NULL)
    return FALSE;
  g_hash_table_insert (addresses, g_strdup (value), g_steal_pointer (&address));
  return TRUE;
}

static gboolean
put_files (Submit *self, const char *const *files, GHashTable *addresses, GError **error)
{
  TrestleContext *context = self->draft->context;
  g_autofree char *bucket = NULL;
  g_autofree char *region = NULL;

  if (files == NULL || files[0] == NULL)
    {
      trestle_step_set_detail (self->files, _ ("None has changed"));
      return TRUE;
    }
  bucket = choose_bucket (self, error);
  if (bucket == NULL)
    return FALSE;
  region = dex_await_string (trestle_s3_service_locate (context->client, bucket), error);
  if (region == NULL)
    {
      g_prefix_error (error, _ ("The bucket %s cannot be used: "), bucket);
      return FALSE;
    }
  for (guint i = 0; files[i] != NULL; i++)
    if (!put_file (self, bucket, region, files[i], addresses, error))
      return FALSE;
  trestle_store_remember (context->store, context->scope, BUCKET_KEY, bucket, NULL);
  return TRUE;
}

/* Whether a price that buyers pay already goes up. */
static gboolean
raises_price (TrestleDraft *draft, TrestleDraft *live)
{
  guint n = trestle_draft_get_length (draft, "Offer.RateCard");
  guint m = live != NULL ? trestle_draft_get_length (live, "Offer.RateCard") : 0;
  g_autoptr (GHashTable) before = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < m; i++)
    {
      g_autofree char *key = g_strdup_printf ("Offer.RateCard[%u].DimensionKey", i);
      g_autofree char *price = g_strdup_printf ("Offer.RateCard[%u].Price", i);

      g_hash_table_insert (before, (char *) trestle_draft_get_text (live, key),
                           (char *) trestle_draft_get_text (live, price));
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_strdup_printf ("Offer.RateCard[%u].DimensionKey", i);
      g_autofree char *price = g_strdup_printf ("Offer.RateCard[%u].Price", i);
      const char *was = g_hash_table_lookup (before, trestle_draft_get_text (draft, key));
      g_autoptr (TrestleMoney) old = was != NULL ? trestle_money_parse (was, "USD", NULL) : NULL;
      g_autoptr (TrestleMoney)
          next = trestle_money_parse (trestle_draft_get_text (draft, price), "USD", NULL);

      if (old != NULL && next != NULL && trestle_money_compare (next, old) > 0)
        return TRUE;
    }
  return FALSE;
}

/* What AWS made is known to the draft from now on; a file that was uploaded stays a file. */
static gboolean
adopt (Submit *self, TrestleChangeRequest *request, GError **error)
{
  TrestleOpenDraft *open = self->draft;

  trestle_open_draft_take_ids (open, request);
  trestle_open_draft_note_sent (open, NULL);
  return dex_await (trestle_open_draft_check (open), error)
         && dex_await (trestle_open_draft_save (open), error);
}

static gboolean
is_intent_refused (const GError *error)
{
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);

  return details != NULL && g_strcmp0 (details->code, "ValidationException") == 0
         && strstr (error->message, "ntent") != NULL;
}

static TrestleChangeRequest *
send (Submit *self, TrestleChangeSet *changes, GError **error)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self->draft);
  const char *product = trestle_draft_get_text (draft, "Product.Identifier");
  const char *title = trestle_draft_get_text (draft, "Product.ProductTitle");
  g_autoptr (JsonNode)
      node = trestle_change_set_to_json (changes, NULL, self->validate ? "VALIDATE" : NULL);
  g_autofree char *words = NULL;
  g_autoptr (DexFuture) sending = NULL;
  g_autoptr (GError) reason = NULL;
  TrestleChangeRequest *request;
  JsonObject *input = json_node_dup_object (node);

  words = g_strdup_printf (*product != '\0' ? _ ("Change %s") : _ ("New listing %s"),
                           *title != '\0' ? title : trestle_open_draft_get_name (self->draft));
  sending = trestle_requests_send (self->requests, self->task, input, words,
                                   *product != '\0' ? product : NULL);
  /* before it leaves */
  if (!self->validate)
    trestle_open_draft_note_sent (self->draft, trestle_submission_get_name (self->task));
  request = dex_await_object (g_steal_pointer (&sending), &reason);
  if (request == NULL)
    {
      /* what AWS refused, or never had, is over; of anything else it is asked when the draft is opened again */
      if (!self->validate
          && (g_error_matches (reason, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED)
              || trestle_error_is_cancelled (reason) || !trestle_mutation_is_uncertain (reason)))
        trestle_open_draft_note_sent (self->draft, NULL);
      g_propagate_error (error, g_steal_pointer (&reason));
    }
  return request;
}

static void
set_unchecked (GError **error)
{
  g_clear_error (error);
  g_set_error_literal (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                       _ ("AWS does not check this change beforehand; the checks made here "
                          "found nothing that it would refuse"));
}

static gboolean
has_change (TrestleChangeSet *changes, const char *type)
{
  GListModel *all = trestle_change_set_get_changes (changes);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (all, i);

      if (g_str_equal (trestle_change_get_change_type (change), type))
        return TRUE;
    }
  return FALSE;
}

/* A version that is checked by itself lacks the prices that are sent with it: that is no fault of its. */
static gboolean
lacks_prices_only (TrestleChangeRequest *request)
{
  GListModel *changes = trestle_change_request_get_changes (request);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);
      GListModel *faults = trestle_submitted_change_get_faults (change);

      for (guint j = 0; faults != NULL && j < g_list_model_get_n_items (faults); j++, n++)
        {
          g_autoptr (TrestleChangeFault) fault = g_list_model_get_item (faults, j);

          if (g_strcmp0 (trestle_change_fault_get_code (fault), "UPDATE_PRICING_REQUIRED") != 0)
            return FALSE;
        }
    }
  return n > 0;
}

static void
end_steps (Submit *self, const char *detail)
{
  GListModel *steps = trestle_task_get_steps (self->task);

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i);

      if (trestle_step_get_state (step) == TRESTLE_TASK_STATE_RUNNING)
        {
          trestle_step_set_state (step, TRESTLE_TASK_STATE_DONE);
          trestle_step_set_detail (step, detail);
        }
    }
}

/* What AWS can check is sent to be checked, and nothing of it is applied; files are not read for it. */
static TrestleChangeRequest *
validate (Submit *self, TrestleChangeSet *plan, GError **error)
{
  g_autoptr (TrestleChangeSet) some = trestle_change_set_dup_checkable (plan);
  g_autoptr (GError) reason = NULL;
  TrestleChangeRequest *request = NULL;

  trestle_step_set_state (self->files, TRESTLE_TASK_STATE_DONE);
  trestle_step_set_detail (self->files, _ ("None is needed for this"));
  if (g_list_model_get_n_items (trestle_change_set_get_changes (some)) == 0)
    set_unchecked (&reason);
  else
    request = send (self, some, &reason);
  if (reason != NULL && is_intent_refused (reason))
    set_unchecked (&reason);
  if (reason != NULL && trestle_submission_get_request (self->task) != NULL
      && lacks_prices_only (trestle_submission_get_request (self->task))
      && has_change (plan, "UpdatePricingTerms"))
    {
      g_clear_error (&reason);
      request = g_object_ref (trestle_submission_get_request (self->task));
      end_steps (self, _ ("But for the prices, which are sent with it"));
    }
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return request;
}

static TrestleChangeRequest *
run (Submit *self, GError **error)
{
  TrestleOpenDraft *open = self->draft;
  g_autoptr (GHashTable)
      addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (TrestleChangeSet) changes = NULL;
  g_autoptr (TrestleChangeSet) plan = NULL;
  g_autoptr (TrestleChangeRequest) request = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean rises;

  trestle_step_set_state (self->checked, TRESTLE_TASK_STATE_RUNNING);
  if (!dex_await (trestle_open_draft_save (open), error)
      || !dex_await (trestle_open_draft_settle (open), error)
      || !dex_await (trestle_open_draft_check (open), error)
      || !trestle_findings_allow (trestle_open_draft_get_findings (open), error))
    return NULL;
  plan = trestle_open_draft_build (open);
  if (g_list_model_get_n_items (trestle_change_set_get_changes (plan)) == 0)
    {
      g_set_error_literal (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                           _ ("There is nothing to send: the listing at AWS is as the draft says"));
      return NULL;
    }
  trestle_step_set_state (self->checked, TRESTLE_TASK_STATE_DONE);
  if (self->validate)
    return validate (self, plan, error);
  trestle_step_set_state (self->files, TRESTLE_TASK_STATE_RUNNING);
  if (!put_files (self, trestle_change_set_get_files (plan), addresses, error))
    return NULL;
  trestle_step_set_state (self->files, TRESTLE_TASK_STATE_DONE);
  changes = trestle_open_draft_build_with (open, addresses);
  rises = raises_price (trestle_open_draft_get_draft (open), trestle_open_draft_get_live (open));
  request = send (self, changes, error);
  if (request == NULL)
    return NULL;
  if (rises)
    trestle_open_draft_note_rise (open);
  /* AWS has it; what goes wrong here costs the draft its memory, not the listing */
  if (!adopt (self, request, &reason))
    g_warning ("The draft %s could not be brought up to date: %s",
               trestle_open_draft_get_name (open), reason->message);
  return g_steal_pointer (&request);
}

static DexFuture *
submit_fiber (gpointer data)
{
  Submit *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleChangeRequest) request = run (self, &error);

  if (request != NULL)
    trestle_task_finish (self->task, request);
  else
    trestle_task_fail (self->task, g_steal_pointer (&error), FALSE);
  return dex_future_new_true ();
}

TrestleTask *
trestle_open_draft_submit (TrestleOpenDraft *self, const char *bucket, gboolean validate)
{
  TrestleDraft *draft;
  const char *title;
  g_autofree char *words = NULL;
  TrestleTask *task;
  Submit *submit;

  g_return_val_if_fail (TRESTLE_IS_OPEN_DRAFT (self), NULL);

  draft = trestle_open_draft_get_draft (self);
  title = trestle_draft_get_text (draft, "Product.ProductTitle");
  words = g_strdup_printf (validate ? _ ("Check %s") : _ ("Submit %s"),
                           *title != '\0' ? title : trestle_open_draft_get_name (self));
  task = trestle_task_new (words, trestle_open_draft_get_name (self));
  submit = g_new0 (Submit, 1);
  submit->draft = g_object_ref (self);
  submit->task = g_object_ref (task);
  submit->requests = g_object_ref (self->context->requests);
  submit->bucket = g_strdup (bucket);
  submit->validate = validate;
  submit->checked = trestle_task_add_step (task, _ ("Checked here"));
  submit->files = trestle_task_add_step (task, _ ("Files uploaded"));
  trestle_context_add_task (self->context, task);
  trestle_future_report (trestle_fiber_spawn (submit_fiber, submit, submit_free),
                         "submit a listing");
  return task;
}
