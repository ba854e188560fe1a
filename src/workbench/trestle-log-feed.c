/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-log-feed.h"

#include "aws/trestle-aws-error.h"
#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "services/trestle-logs-service.h"
#include "workbench/trestle-parts.h"

/* CloudWatch may show a line some seconds after younger ones. */
#define OVERLAP (30 * TRESTLE_SECOND)
#define FIRST_DELAY_MSEC 1000
#define MOST_DELAY_MSEC 10000
#define PRACTICE_DIVISOR 4

struct _TrestleLogFeed
{
  GObject parent_instance;

  TrestleContext *context;
  char *group;
  char *pattern;
  gint64 since;
  GListStore *items; /* newest first */
  DexFuture *load;
  DexFuture *poll;
  GError *error;
  gboolean complete;
  gboolean missing;
  gboolean follow;
  guint delay;
  guint timer;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TrestleLogFeed,
                               trestle_log_feed,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_GROUP,
  PROP_FOLLOW,
  PROP_LOADING,
  PROP_COMPLETE,
  PROP_MISSING,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return TRESTLE_TYPE_LOG_EVENT;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (TRESTLE_LOG_FEED (model)->items));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (TRESTLE_LOG_FEED (model)->items), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
trestle_log_feed_finalize (GObject *object)
{
  TrestleLogFeed *self = TRESTLE_LOG_FEED (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  dex_clear (&self->load);
  dex_clear (&self->poll);
  g_clear_object (&self->items);
  g_clear_object (&self->context);
  g_clear_error (&self->error);
  g_free (self->group);
  g_free (self->pattern);
  G_OBJECT_CLASS (trestle_log_feed_parent_class)->finalize (object);
}

static void
trestle_log_feed_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleLogFeed *self = TRESTLE_LOG_FEED (object);

  switch (id)
    {
    case PROP_GROUP:
      g_value_set_string (value, self->group);
      break;
    case PROP_FOLLOW:
      g_value_set_boolean (value, self->follow);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->load != NULL);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_MISSING:
      g_value_set_boolean (value, self->missing);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_log_feed_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLLOW:
      trestle_log_feed_set_follow (TRESTLE_LOG_FEED (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_log_feed_class_init (TrestleLogFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_log_feed_finalize;
  object_class->get_property = trestle_log_feed_get_property;
  object_class->set_property = trestle_log_feed_set_property;
  properties[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, NULL, told);
  properties[PROP_FOLLOW] = g_param_spec_boolean ("follow", NULL, NULL, FALSE,
                                                  told | G_PARAM_WRITABLE);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, told);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, told);
  properties[PROP_MISSING] = g_param_spec_boolean ("missing", NULL, NULL, FALSE, told);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, told);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
items_changed_cb (GListModel *items, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (self, position, removed, added);
}

static void
trestle_log_feed_init (TrestleLogFeed *self)
{
  self->items = g_list_store_new (TRESTLE_TYPE_LOG_EVENT);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
}

TrestleLogFeed *
trestle_log_feed_new (TrestleSession *session, const char *group, gint64 since, const char *pattern)
{
  TrestleLogFeed *self;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);
  g_return_val_if_fail (group != NULL, NULL);

  self = g_object_new (TRESTLE_TYPE_LOG_FEED, NULL);
  self->context = g_object_ref (trestle_session_get_context (session));
  self->group = g_strdup (group);
  self->pattern = g_strdup (pattern);
  self->since = since;
  return self;
}

/* A reading does not keep the feed: when the page is gone, it ends at its next page. */
typedef struct
{
  GWeakRef feed;
  TrestleContext *context;
  char *group;
  char *pattern;
  gint64 since;
  int fresh;
} Reading;

static Reading *
reading_new (TrestleLogFeed *feed, gint64 since)
{
  Reading *self = g_new0 (Reading, 1);

  g_weak_ref_init (&self->feed, feed);
  self->context = g_object_ref (feed->context);
  self->group = g_strdup (feed->group);
  self->pattern = g_strdup (feed->pattern);
  self->since = since;
  return self;
}

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_weak_ref_clear (&self->feed);
  g_object_unref (self->context);
  g_free (self->group);
  g_free (self->pattern);
  g_free (self);
}

static gint64
newest (TrestleLogFeed *self)
{
  g_autoptr (TrestleLogEvent) first = g_list_model_get_item (G_LIST_MODEL (self->items), 0);

  return first != NULL ? trestle_log_event_get_when (first) : 0;
}

/* Ids of the lines that an overlapping question brings again. */
static GHashTable *
recent_ids (TrestleLogFeed *self, gint64 since)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (TrestleLogEvent) event = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (trestle_log_event_get_when (event) < since)
        break;
      g_hash_table_add (ids, g_strdup (trestle_log_event_get_id (event)));
    }
  return ids;
}

static gint64
oldest (GListModel *events)
{
  gint64 time = G_MAXINT64;

  for (guint i = 0; i < g_list_model_get_n_items (events); i++)
    {
      g_autoptr (TrestleLogEvent) event = g_list_model_get_item (events, i);

      time = MIN (time, trestle_log_event_get_when (event));
    }
  return time;
}

/* Where a line of @when belongs: in front of all that are not younger. */
static guint
place_of (TrestleLogFeed *self, gint64 when)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleLogEvent) event = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (trestle_log_event_get_when (event) <= when)
        return i;
    }
  return n;
}

/* @events: oldest first. The common case, all younger than what is there, is one change of the list. */
static int
take (TrestleLogFeed *self, GListModel *events, gint64 since)
{
  /* Older lines than the page's cannot be in it: a long log must not be looked through for each. */
  g_autoptr (GHashTable) known = recent_ids (self, MAX (since, oldest (events)));
  g_autoptr (GPtrArray) front = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 top = newest (self);
  int n = 0;

  for (guint i = g_list_model_get_n_items (events); i > 0; i--)
    {
      g_autoptr (TrestleLogEvent) event = g_list_model_get_item (events, i - 1);

      if (!g_hash_table_add (known, g_strdup (trestle_log_event_get_id (event))))
        continue;
      n++;
      if (trestle_log_event_get_when (event) >= top)
        g_ptr_array_add (front, g_object_ref (event));
      else
        g_list_store_insert (self->items, place_of (self, trestle_log_event_get_when (event)),
                             event);
    }
  if (front->len > 0)
    g_list_store_splice (self->items, 0, 0, front->pdata, front->len);
  return n;
}

static gboolean
page_cb (GListModel *events, gpointer data)
{
  Reading *reading = data;
  g_autoptr (TrestleLogFeed) self = g_weak_ref_get (&reading->feed);

  if (self == NULL)
    return FALSE;
  if (g_list_model_get_n_items (events) > 0)
    reading->fresh += take (self, events, reading->since);
  return TRUE;
}

static void
set_error (TrestleLogFeed *self, const GError *error)
{
  gboolean missing = g_error_matches (error, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND);

  if (missing != self->missing)
    {
      self->missing = missing;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING]);
    }
  g_clear_error (&self->error);
  self->error = error != NULL && !missing ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Reads all pages. Returns: whether it worked, or there is no such group yet */
static gboolean
read_pages (Reading *reading, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GListModel) all = NULL;
  g_autoptr (TrestleLogFeed) self = NULL;

  if (dex_await (trestle_context_ready (reading->context), &reason))
    all = dex_await_object (trestle_logs_service_filter (reading->context->client, reading->group,
                                                         reading->since, 0, reading->pattern, 0,
                                                         page_cb, reading, NULL),
                            &reason);
  self = g_weak_ref_get (&reading->feed);
  if (self != NULL)
    set_error (self, reason);
  if (all != NULL || g_error_matches (reason, TRESTLE_AWS_ERROR, TRESTLE_AWS_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static DexFuture *
load_fiber (gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = read_pages (reading, &error);
  g_autoptr (TrestleLogFeed) self = g_weak_ref_get (&reading->feed);

  if (self != NULL)
    {
      dex_clear (&self->load);
      self->complete = ok && !self->missing;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  return ok ? dex_future_new_true () : trestle_future_error (error);
}

DexFuture *
trestle_log_feed_load (TrestleLogFeed *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_FEED (self), NULL);

  if (self->load == NULL)
    {
      self->load = trestle_fiber_spawn (load_fiber, reading_new (self, self->since), reading_free);
      trestle_context_keep (self->load);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  return dex_ref (self->load);
}

static DexFuture *
poll_fiber (gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = read_pages (reading, &error);
  g_autoptr (TrestleLogFeed) self = g_weak_ref_get (&reading->feed);

  if (self != NULL)
    dex_clear (&self->poll);
  return ok ? dex_future_new_for_int (reading->fresh) : trestle_future_error (error);
}

DexFuture *
trestle_log_feed_poll (TrestleLogFeed *self)
{
  gint64 since;

  g_return_val_if_fail (TRESTLE_IS_LOG_FEED (self), NULL);

  if (self->poll == NULL)
    {
      since = newest (self) - OVERLAP;
      self->poll = trestle_fiber_spawn (poll_fiber, reading_new (self, MAX (since, self->since)),
                                        reading_free);
      trestle_context_keep (self->poll);
    }
  return dex_ref (self->poll);
}

static void schedule (TrestleLogFeed *self);

static DexFuture *
polled_cb (DexFuture *future, gpointer data)
{
  g_autoptr (TrestleLogFeed) self = g_weak_ref_get (data);
  const GValue *value = dex_future_get_value (future, NULL);

  if (self == NULL || !self->follow)
    return dex_future_new_true ();
  if (value != NULL && G_VALUE_HOLDS_INT (value) && g_value_get_int (value) > 0)
    self->delay = FIRST_DELAY_MSEC;
  else
    self->delay = MIN (self->delay * 2, MOST_DELAY_MSEC);
  schedule (self);
  return dex_future_new_true ();
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
follow_timer_cb (gpointer data)
{
  TrestleLogFeed *self = data;
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  self->timer = 0;
  g_weak_ref_init (ref, self);
  trestle_future_report (
      dex_future_finally (trestle_log_feed_poll (self), polled_cb, ref, weak_ref_free),
      "follow the log");
}

static void
schedule (TrestleLogFeed *self)
{
  guint delay = trestle_context_is_practice (self->context) ? self->delay / PRACTICE_DIVISOR
                                                            : self->delay;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_once (delay, follow_timer_cb, self);
}

void
trestle_log_feed_set_follow (TrestleLogFeed *self, gboolean follow)
{
  g_return_if_fail (TRESTLE_IS_LOG_FEED (self));

  if (self->follow == follow)
    return;
  self->follow = follow;
  self->delay = FIRST_DELAY_MSEC;
  if (follow)
    schedule (self);
  else
    g_clear_handle_id (&self->timer, g_source_remove);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOW]);
}

char *
trestle_log_group_for_endpoint (const char *endpoint)
{
  return g_strconcat ("/aws/sagemaker/Endpoints/", endpoint, NULL);
}

static DexFuture *
ask_groups_cb (DexFuture *future, gpointer context)
{
  return trestle_logs_service_groups (((TrestleContext *) context)->client, "/aws/sagemaker/");
}

DexFuture *
trestle_log_groups (TrestleSession *session)
{
  TrestleContext *context;

  g_return_val_if_fail (TRESTLE_IS_SESSION (session), NULL);

  context = trestle_session_get_context (session);
  return dex_future_then (trestle_context_ready (context), ask_groups_cb, g_object_ref (context),
                          g_object_unref);
}
