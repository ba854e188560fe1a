/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-open-draft-private.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-submitted-change.h"
#include "services/trestle-catalog-service.h"
#include "workbench/trestle-requests.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What was sent for a draft is remembered by its file until it has ended. */
#define PENDING_KEY "seller/sent/"

/* AWS keeps change sets so long. */
#define HISTORY (90 * TRESTLE_DAY)

static char *
dup_key (TrestleOpenDraft *self)
{
  return g_strconcat (PENDING_KEY, self->path, NULL);
}

void
trestle_open_draft_note_sent (TrestleOpenDraft *self, const char *name)
{
  g_autofree char *key = dup_key (self);
  g_autoptr (GError) error = NULL;

  if (!trestle_store_remember (self->context->store, self->context->scope, key, name, &error))
    g_warning ("What was sent for %s could not be remembered: %s", self->path, error->message);
}

void
trestle_open_draft_take_ids (TrestleOpenDraft *self, TrestleChangeRequest *request)
{
  TrestleDraft *draft = trestle_open_draft_get_draft (self);
  GListModel *changes = trestle_change_request_get_changes (request);

  trestle_draft_past_skip (self->past, TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (TrestleSubmittedChange) change = g_list_model_get_item (changes, i);
      const char *type = trestle_submitted_change_get_change_type (change);
      const char *id = trestle_submitted_change_get_entity_id (change);

      if (g_strcmp0 (type, "CreateProduct") == 0)
        trestle_draft_set_text (draft, "Product.Identifier", id);
      else if (g_strcmp0 (type, "CreateOffer") == 0)
        trestle_draft_set_text (draft, "Offer.Identifier", id);
    }
  trestle_draft_past_skip (self->past, FALSE);
  self->sent_succeeded = TRUE;
}

/* Returns: (transfer full) (nullable): the change set called @name, in full; NULL without @error where AWS has none */
static TrestleChangeRequest *
find (TrestleOpenDraft *self, const char *name, GError **error)
{
  TrestleAwsClient *client = self->context->client;
  g_autoptr (GListModel) requests = dex_await_object (
      trestle_catalog_service_list_requests (client, NULL, trestle_clock_now () - HISTORY, 0),
      error);

  for (guint i = 0; requests != NULL && i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (requests, i);

      if (g_strcmp0 (trestle_change_request_get_name (request), name) == 0)
        return dex_await_object (trestle_catalog_service_describe_request (
                                     client, trestle_change_request_get_id (request)),
                                 error);
    }
  return NULL;
}

static DexFuture *
settle_fiber (gpointer data)
{
  TrestleOpenDraft *self = data;
  g_autofree char *key = dup_key (self);
  g_autofree char *name = trestle_store_recall (self->context->store, self->context->scope, key);
  g_autoptr (TrestleChangeRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    return dex_future_new_true ();
  if (!dex_await (trestle_context_ready (self->context), &error))
    return trestle_future_error (error);
  request = find (self, name, &error);
  if (error != NULL)
    return trestle_future_error (error);
  if (request != NULL && trestle_change_request_is_open (request))
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_PENDING,
                                  _ ("Change set %s of this draft is still under way; send the "
                                     "next one when it has ended"),
                                  trestle_change_request_get_id (request));
  if (request != NULL && g_strcmp0 (trestle_change_request_get_status (request), "SUCCEEDED") == 0)
    trestle_open_draft_take_ids (self, request);
  trestle_open_draft_note_sent (self, NULL);
  return dex_future_new_true ();
}

DexFuture *
trestle_open_draft_settle (TrestleOpenDraft *self)
{
  return trestle_fiber_spawn (settle_fiber, g_object_ref (self), g_object_unref);
}
