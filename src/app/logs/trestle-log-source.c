/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-source.h"

#include "base/trestle-clock.h"
#include "widgets/trestle-watch.h"

#define ENDPOINTS "/aws/sagemaker/Endpoints/"

struct _TrestleLogSource
{
  GObject parent_instance;

  TrestleSession *session;
  gboolean chooses; /* one of the groups, rather than the given endpoint's */
  GtkStringList *groups;
  gboolean has_groups;
  GError *groups_error;
  char *group;

  GListModel *feed;
  gint64 feed_since;
  TrestleLogModel *model;

  gint64 period;
  gint64 since;
  gint64 until;
  gboolean ranged;
  char *text;
  gboolean follow;
  gboolean active;

  DexFuture *loading_groups;
  DexFuture *loading;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (TrestleLogSource, trestle_log_source, G_TYPE_OBJECT)

static void
emit_changed (TrestleLogSource *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
feed_is (TrestleLogSource *self, const char *property)
{
  gboolean value = FALSE;

  if (self->feed != NULL)
    g_object_get (self->feed, property, &value, NULL);
  return value;
}

/* --- Lines ---------------------------------------------------------------------------------- */

static void
update_query (TrestleLogSource *self)
{
  trestle_log_model_set_query (self->model, self->text,
                               self->since > self->feed_since ? self->since : 0, self->until);
}

/* What polls while the first pages come would ask for the same. */
static void
update_follow (TrestleLogSource *self)
{
  if (self->feed != NULL)
    g_object_set (self->feed, "follow", self->follow && self->active && !feed_is (self, "loading"),
                  NULL);
}

static void
on_feed_notify (TrestleLogSource *self)
{
  update_follow (self);
  emit_changed (self);
}

static void
drop_feed (TrestleLogSource *self)
{
  dex_clear (&self->loading);
  if (self->feed == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->feed, on_feed_notify, self);
  g_object_set (self->feed, "follow", FALSE, NULL);
  g_clear_object (&self->feed);
}

void
trestle_log_source_set_feed (TrestleLogSource *self, GListModel *feed, gint64 since)
{
  static const char *const told[] = { "notify::loading", "notify::complete", "notify::missing",
                                      "notify::error" };

  g_return_if_fail (TRESTLE_IS_LOG_SOURCE (self));
  g_return_if_fail (G_IS_LIST_MODEL (feed));

  drop_feed (self);
  self->feed = g_object_ref (feed);
  self->feed_since = since;
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_signal_connect_object (feed, told[i], G_CALLBACK (on_feed_notify), self, G_CONNECT_SWAPPED);
  trestle_log_model_set_source (self->model, feed);
  update_query (self);
  update_follow (self);
  emit_changed (self);
}

static void
on_loaded (gpointer owner, const GValue *value, const GError *error)
{
  /* The feed's properties say the rest. */
  on_feed_notify (owner);
}

static void
open_feed (TrestleLogSource *self)
{
  g_autoptr (TrestleLogFeed) feed = NULL;

  if (self->session == NULL || self->group == NULL)
    return;
  feed = trestle_log_feed_new (self->session, self->group, self->since, NULL);
  trestle_log_source_set_feed (self, G_LIST_MODEL (feed), self->since);
  trestle_watch (self, &self->loading, trestle_log_feed_load (feed), on_loaded);
  emit_changed (self);
}

void
trestle_log_source_set_group (TrestleLogSource *self, const char *group)
{
  g_return_if_fail (TRESTLE_IS_LOG_SOURCE (self));

  if (!g_set_str (&self->group, group))
    return;
  drop_feed (self);
  trestle_log_model_set_source (self->model, NULL);
  self->since = trestle_clock_now () - self->period;
  self->until = 0;
  self->ranged = FALSE;
  open_feed (self);
  emit_changed (self);
}

const char *
trestle_log_source_get_group (TrestleLogSource *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_SOURCE (self), NULL);
  return self->group;
}

char *
trestle_log_source_dup_endpoint (TrestleLogSource *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_SOURCE (self), NULL);
  return self->group != NULL && g_str_has_prefix (self->group, ENDPOINTS)
             ? g_strdup (self->group + strlen (ENDPOINTS))
             : NULL;
}

/* --- Groups --------------------------------------------------------------------------------- */

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a, *second = *(const char *const *) b;
  gboolean first_is = g_str_has_prefix (first, ENDPOINTS);
  gboolean second_is = g_str_has_prefix (second, ENDPOINTS);

  if (first_is != second_is)
    return first_is ? -1 : 1;
  return g_strcmp0 (first, second);
}

static gboolean
same_groups (TrestleLogSource *self, char **groups)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->groups));

  if (n != g_strv_length (groups))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (gtk_string_list_get_string (self->groups, i), groups[i]))
      return FALSE;
  return TRUE;
}

/* The log of an endpoint that answers is more likely what is wanted than that of a deleted one. */
static const char *
first_choice (TrestleLogSource *self, char **groups)
{
  GListModel *endpoints = G_LIST_MODEL (trestle_session_get_endpoints (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);
      g_autofree char *group = trestle_log_group_for_endpoint (
          trestle_endpoint_get_name (endpoint));

      for (guint j = 0; groups[j] != NULL; j++)
        if (trestle_endpoint_get_state (endpoint) == TRESTLE_ENDPOINT_STATE_IN_SERVICE
            && g_str_equal (groups[j], group))
          return groups[j];
    }
  return groups[0];
}

static void
on_groups (gpointer owner, const GValue *value, const GError *error)
{
  TrestleLogSource *self = owner;
  g_auto (GStrv) groups = NULL;

  g_clear_error (&self->groups_error);
  if (error != NULL)
    {
      self->groups_error = g_error_copy (error);
      emit_changed (self);
      return;
    }

  groups = g_value_dup_boxed (value);
  qsort (groups, g_strv_length (groups), sizeof *groups, compare_groups);
  self->has_groups = TRUE;
  if (!same_groups (self, groups))
    gtk_string_list_splice (self->groups, 0, g_list_model_get_n_items (G_LIST_MODEL (self->groups)),
                            (const char *const *) groups);
  if (self->group == NULL && groups[0] != NULL)
    trestle_log_source_set_group (self, first_choice (self, groups));
  emit_changed (self);
}

GtkStringList *
trestle_log_source_get_groups (TrestleLogSource *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_SOURCE (self), NULL);
  return self->groups;
}

void
trestle_log_source_refresh (TrestleLogSource *self)
{
  g_return_if_fail (TRESTLE_IS_LOG_SOURCE (self));

  if (self->session == NULL)
    return;
  if (self->chooses)
    trestle_watch (self, &self->loading_groups, trestle_log_groups (self->session), on_groups);
  if (TRESTLE_IS_LOG_FEED (self->feed) && feed_is (self, "complete"))
    trestle_watch (self, &self->loading, trestle_log_feed_poll (TRESTLE_LOG_FEED (self->feed)),
                   on_loaded);
  else if (TRESTLE_IS_LOG_FEED (self->feed))
    trestle_watch (self, &self->loading, trestle_log_feed_load (TRESTLE_LOG_FEED (self->feed)),
                   on_loaded);
  emit_changed (self);
}

/* --- What is looked for --------------------------------------------------------------------- */

void
trestle_log_source_set_period (TrestleLogSource *self, gint64 period)
{
  g_return_if_fail (TRESTLE_IS_LOG_SOURCE (self));

  self->period = period;
  self->since = trestle_clock_now () - period;
  self->until = 0;
  self->ranged = FALSE;
  /* A shorter time is a part of what is there. */
  if (self->feed != NULL && self->since < self->feed_since && self->session != NULL)
    open_feed (self);
  else
    update_query (self);
  emit_changed (self);
}

void
trestle_log_source_set_range (TrestleLogSource *self, gint64 since, gint64 until)
{
  g_return_if_fail (TRESTLE_IS_LOG_SOURCE (self));

  self->since = since;
  self->until = until;
  self->ranged = TRUE;
  update_query (self);
  emit_changed (self);
}

gboolean
trestle_log_source_get_range (TrestleLogSource *self, gint64 *since, gint64 *until)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_SOURCE (self), FALSE);

  *since = self->since;
  *until = self->until;
  return self->ranged;
}

void
trestle_log_source_set_text (TrestleLogSource *self, const char *text)
{
  g_return_if_fail (TRESTLE_IS_LOG_SOURCE (self));
  g_set_str (&self->text, text);
  update_query (self);
}

void
trestle_log_source_set_follow (TrestleLogSource *self, gboolean follow)
{
  g_return_if_fail (TRESTLE_IS_LOG_SOURCE (self));
  self->follow = follow;
  update_follow (self);
  emit_changed (self);
}

void
trestle_log_source_set_active (TrestleLogSource *self, gboolean active)
{
  g_return_if_fail (TRESTLE_IS_LOG_SOURCE (self));
  self->active = active;
  update_follow (self);
}

/* --- What is shown -------------------------------------------------------------------------- */

TrestleLogModel *
trestle_log_source_get_model (TrestleLogSource *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_SOURCE (self), NULL);
  return self->model;
}

GError *
trestle_log_source_dup_error (TrestleLogSource *self)
{
  GError *error = NULL;

  g_return_val_if_fail (TRESTLE_IS_LOG_SOURCE (self), NULL);

  if (self->feed != NULL)
    g_object_get (self->feed, "error", &error, NULL);
  if (error == NULL && self->groups_error != NULL)
    error = g_error_copy (self->groups_error);
  return error;
}

gboolean
trestle_log_source_get_loading (TrestleLogSource *self)
{
  g_return_val_if_fail (TRESTLE_IS_LOG_SOURCE (self), FALSE);
  return self->loading != NULL || feed_is (self, "loading");
}

TrestleLogsState
trestle_log_source_get_state (TrestleLogSource *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (TRESTLE_IS_LOG_SOURCE (self), TRESTLE_LOGS_LOADING);

  if (trestle_log_model_get_n_lines (self->model) > 0)
    return TRESTLE_LOGS_LINES;
  error = trestle_log_source_dup_error (self);
  if (error != NULL)
    return TRESTLE_LOGS_FAILED;
  if (self->group == NULL)
    return self->has_groups ? TRESTLE_LOGS_NO_GROUPS : TRESTLE_LOGS_LOADING;
  if (feed_is (self, "missing"))
    return TRESTLE_LOGS_MISSING;
  if (feed_is (self, "loading") || !feed_is (self, "complete"))
    return TRESTLE_LOGS_LOADING;
  return TRESTLE_LOGS_EMPTY;
}

static void
trestle_log_source_dispose (GObject *object)
{
  TrestleLogSource *self = TRESTLE_LOG_SOURCE (object);

  drop_feed (self);
  dex_clear (&self->loading_groups);
  /* What goes has nothing to tell any more. */
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  g_clear_object (&self->groups);
  g_clear_error (&self->groups_error);
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (trestle_log_source_parent_class)->dispose (object);
}

static void
trestle_log_source_class_init (TrestleLogSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trestle_log_source_dispose;
  changed_signal = g_signal_new ("changed", TRESTLE_TYPE_LOG_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
trestle_log_source_init (TrestleLogSource *self)
{
  self->model = trestle_log_model_new ();
  self->groups = gtk_string_list_new (NULL);
  self->period = 3 * TRESTLE_HOUR;
  self->since = trestle_clock_now () - self->period;
}

TrestleLogSource *
trestle_log_source_new (TrestleSession *session, const char *endpoint)
{
  TrestleLogSource *self = g_object_new (TRESTLE_TYPE_LOG_SOURCE, NULL);

  g_set_object (&self->session, session);
  self->chooses = endpoint == NULL;
  if (session == NULL)
    return self;
  if (endpoint != NULL)
    {
      self->group = trestle_log_group_for_endpoint (endpoint);
      open_feed (self);
    }
  else
    trestle_log_source_refresh (self);
  return self;
}
