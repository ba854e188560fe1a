/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-requests.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-submitted-change.h"
#include "services/trestle-catalog-service.h"
#include "workbench/trestle-mutation.h"
#include "workbench/trestle-parts.h"

/* AWS keeps them so long. */
#define HISTORY (90 * TRESTLE_DAY)
#define MOST 400

/* Of those that failed, only what a person may still want to mend is read in full. */
#define RECENT (14 * TRESTLE_DAY)
#define MOST_FAILED 20

struct _TrestleRequests
{
  TrestleRemoteList parent_instance;

  GHashTable *ended; /* id → #TrestleChangeRequest in full: these do not change any more */
  GHashTable *open;  /* ids that ran when last read */
};

G_DEFINE_FINAL_TYPE (TrestleRequests, trestle_requests, TRESTLE_TYPE_REMOTE_LIST)

enum
{
  PROP_0,
  PROP_N_OPEN,
  N_PROPS,
};

enum
{
  ENDED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

gboolean
trestle_change_request_is_open (TrestleChangeRequest *self)
{
  const char *status = trestle_change_request_get_status (self);

  return g_strcmp0 (status, "PREPARING") == 0 || g_strcmp0 (status, "APPLYING") == 0;
}

gboolean
trestle_change_request_is_review (TrestleChangeRequest *self)
{
  GListModel *changes = trestle_change_request_get_changes (self);
  g_autoptr (TrestleSubmittedChange) only = NULL;

  if (g_list_model_get_n_items (changes) != 1)
    return FALSE;
  only = g_list_model_get_item (changes, 0);
  return g_strcmp0 (trestle_submitted_change_get_change_type (only), "UpdateVisibility") == 0;
}

static gboolean
has_failed (TrestleChangeRequest *request)
{
  return g_strcmp0 (trestle_change_request_get_status (request), "FAILED") == 0;
}

static const char *
get_key (gpointer item)
{
  return trestle_change_request_get_id (item);
}

static gboolean
is_same (gpointer a, gpointer b)
{
  return g_strcmp0 (trestle_change_request_get_status (a), trestle_change_request_get_status (b))
             == 0
         && g_list_model_get_n_items (trestle_change_request_get_changes (a))
                == g_list_model_get_n_items (trestle_change_request_get_changes (b));
}

/* In full where that matters to somebody; what cannot be read in full stays as the list has it. */
static TrestleChangeRequest *
complete (TrestleRequests *self, TrestleChangeRequest *summary, guint *n_failed)
{
  TrestleContext *context = trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self));
  const char *id = trestle_change_request_get_id (summary);
  TrestleChangeRequest *known = g_hash_table_lookup (self->ended, id);
  gboolean open = trestle_change_request_is_open (summary);
  TrestleChangeRequest *full;
  g_autoptr (GError) error = NULL;

  if (known != NULL)
    return g_object_ref (known);
  if (!open && !g_hash_table_contains (self->open, id)
      && (!has_failed (summary) || *n_failed >= MOST_FAILED
          || trestle_change_request_get_started (summary) < trestle_clock_now () - RECENT))
    return g_object_ref (summary);
  *n_failed += !open;
  full = dex_await_object (trestle_catalog_service_describe_request (context->client, id), &error);
  if (full == NULL)
    {
      g_debug ("Could not read change set %s in full: %s", id, error->message);
      return g_object_ref (summary);
    }
  if (!trestle_change_request_is_open (full))
    g_hash_table_insert (self->ended, g_strdup (id), g_object_ref (full));
  return full;
}

/* Whether @request has just ended: it ran when last seen, or came and went between two readings. @history:
 * what nobody has seen yet may have ended long ago */
static gboolean
has_just_ended (TrestleRequests *self, TrestleChangeRequest *request, gboolean history)
{
  const char *id = trestle_change_request_get_id (request);

  if (trestle_change_request_is_open (request))
    return FALSE;
  return g_hash_table_contains (self->open, id)
         || (!history && trestle_remote_list_find (TRESTLE_REMOTE_LIST (self), id) == NULL);
}

static void
note (TrestleRequests *self, TrestleChangeRequest *request, gboolean ended)
{
  const char *id = trestle_change_request_get_id (request);
  gboolean open = trestle_change_request_is_open (request);

  if (open != g_hash_table_contains (self->open, id))
    {
      if (open)
        g_hash_table_add (self->open, g_strdup (id));
      else
        g_hash_table_remove (self->open, id);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_OPEN]);
    }
  if (ended)
    g_signal_emit (self, signals[ENDED], 0, request);
}

static GListModel *
load (TrestleRemoteList *list, GError **error)
{
  TrestleRequests *self = TRESTLE_REQUESTS (list);
  TrestleContext *context = trestle_remote_list_get_context (list);
  g_autoptr (GListStore) all = g_list_store_new (TRESTLE_TYPE_CHANGE_REQUEST);
  g_autoptr (GListModel) summaries = NULL;
  guint n_failed = 0;

  summaries = dex_await_object (trestle_catalog_service_list_requests (
                                    context->client, NULL, trestle_clock_now () - HISTORY, MOST),
                                error);
  if (summaries == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (summaries); i++)
    {
      g_autoptr (TrestleChangeRequest) summary = g_list_model_get_item (summaries, i);
      g_autoptr (TrestleChangeRequest) request = complete (self, summary, &n_failed);

      g_list_store_append (all, request);
      note (self, request, has_just_ended (self, request, !trestle_remote_list_get_loaded (list)));
    }
  return G_LIST_MODEL (g_steal_pointer (&all));
}

static guint
get_interval (TrestleRemoteList *list)
{
  gboolean practice = trestle_context_is_practice (trestle_remote_list_get_context (list));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint interval = 300;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (G_LIST_MODEL (list), i);
      gint64 age = trestle_clock_now () - trestle_change_request_get_started (request);

      if (!trestle_change_request_is_open (request))
        continue;
      if (practice)
        interval = 1;
      else if (trestle_change_request_is_review (request))
        interval = MIN (interval, 3600);
      else
        interval = MIN (interval, age < 2 * TRESTLE_MINUTE    ? 5
                                  : age < 10 * TRESTLE_MINUTE ? 15
                                                              : 60);
    }
  return interval;
}

static void
trestle_requests_finalize (GObject *object)
{
  TrestleRequests *self = TRESTLE_REQUESTS (object);

  g_clear_pointer (&self->ended, g_hash_table_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
  G_OBJECT_CLASS (trestle_requests_parent_class)->finalize (object);
}

static void
trestle_requests_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleRequests *self = TRESTLE_REQUESTS (object);

  switch (id)
    {
    case PROP_N_OPEN:
      g_value_set_uint (value, g_hash_table_size (self->open));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_requests_class_init (TrestleRequestsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  TrestleRemoteListClass *list_class = TRESTLE_REMOTE_LIST_CLASS (klass);

  object_class->finalize = trestle_requests_finalize;
  object_class->get_property = trestle_requests_get_property;
  list_class->load = load;
  list_class->get_key = get_key;
  list_class->is_same = is_same;
  list_class->get_interval = get_interval;
  properties[PROP_N_OPEN] = g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                   | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ENDED] = g_signal_new ("ended", TRESTLE_TYPE_REQUESTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, TRESTLE_TYPE_CHANGE_REQUEST);
}

static void
trestle_requests_init (TrestleRequests *self)
{
  self->ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

TrestleRequests *
trestle_requests_new (TrestleContext *context)
{
  TrestleRequests *self = g_object_new (TRESTLE_TYPE_REQUESTS, NULL);

  trestle_remote_list_set_context (TRESTLE_REMOTE_LIST (self), context);
  return self;
}

void
trestle_requests_note (TrestleRequests *self, TrestleChangeRequest *request)
{
  const char *id = trestle_change_request_get_id (request);
  gboolean ended = has_just_ended (self, request, FALSE);

  if (!trestle_change_request_is_open (request))
    g_hash_table_replace (self->ended, g_strdup (id), g_object_ref (request));
  trestle_remote_list_put (TRESTLE_REMOTE_LIST (self), request);
  note (self, request, ended);
}

static DexFuture *
described_cb (DexFuture *future, gpointer self)
{
  trestle_requests_note (self, g_value_get_object (dex_future_get_value (future, NULL)));
  return dex_ref (future);
}

DexFuture *
trestle_requests_describe (TrestleRequests *self, const char *id)
{
  TrestleContext *context = trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self));

  g_return_val_if_fail (TRESTLE_IS_REQUESTS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return dex_future_then (trestle_catalog_service_describe_request (context->client, id),
                          described_cb, g_object_ref (self), g_object_unref);
}

static DexFuture *
send_cancel (TrestleContext *context, gpointer id)
{
  return trestle_catalog_service_cancel (context->client, id);
}

typedef struct
{
  TrestleRequests *requests;
  char *id;
} Cancelling;

static void
cancelling_free (gpointer data)
{
  Cancelling *self = data;

  g_object_unref (self->requests);
  g_free (self->id);
  g_free (self);
}

static DexFuture *
cancelled_cb (DexFuture *future, gpointer data)
{
  Cancelling *self = data;

  return trestle_requests_describe (self->requests, self->id);
}

DexFuture *
trestle_requests_cancel (TrestleRequests *self, const char *id)
{
  Cancelling *cancelling;

  g_return_val_if_fail (TRESTLE_IS_REQUESTS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  cancelling = g_new0 (Cancelling, 1);
  cancelling->requests = g_object_ref (self);
  cancelling->id = g_strdup (id);
  return dex_future_then (
      trestle_mutation_run (trestle_remote_list_get_context (TRESTLE_REMOTE_LIST (self)),
                            "aws-marketplace:CancelChangeSet", id, NULL, NULL, send_cancel,
                            g_strdup (id), g_free),
      cancelled_cb, cancelling, cancelling_free);
}

TrestleChangeRequest *
trestle_requests_find_open (TrestleRequests *self, const char *entity)
{
  guint n;

  g_return_val_if_fail (TRESTLE_IS_REQUESTS (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleChangeRequest) request = g_list_model_get_item (G_LIST_MODEL (self), i);
      const char *const *entities = trestle_change_request_get_entities (request);

      if (trestle_change_request_is_open (request) && entities != NULL
          && g_strv_contains (entities, entity))
        return request; /* the list keeps it */
    }
  return NULL;
}
