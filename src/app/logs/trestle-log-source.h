/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "logs/trestle-log-model.h"
#include "workbench/trestle-log-feed.h"

G_BEGIN_DECLS

typedef enum
{
  TRESTLE_LOGS_LOADING,
  TRESTLE_LOGS_NO_GROUPS, /* nothing has written a log in this account yet */
  TRESTLE_LOGS_MISSING,   /* the group comes with the container's first output */
  TRESTLE_LOGS_EMPTY,     /* no lines in this time */
  TRESTLE_LOGS_LINES,
  TRESTLE_LOGS_FAILED,
} TrestleLogsState;

/**
 * TrestleLogSource:
 *
 * What the Logs page shows, without widgets: the log groups, the one that is read, from when on, and what is
 * looked for. Its lines are a #TrestleLogModel. Signal "changed" when anything below did, counts excepted.
 */
#define TRESTLE_TYPE_LOG_SOURCE (trestle_log_source_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogSource, trestle_log_source, TRESTLE, LOG_SOURCE, GObject)

/**
 * trestle_log_source_new:
 * @session: (nullable): none where trestle_log_source_set_feed() gives the lines
 * @endpoint: (nullable): whose log; without, the groups are asked for and the first is read
 */
TrestleLogSource *trestle_log_source_new (TrestleSession *session, const char *endpoint);

/**
 * trestle_log_source_set_feed:
 * @feed: #GListModel of #TrestleLogEvent with the properties of a #TrestleLogFeed
 * @since: µs it begins at
 */
void trestle_log_source_set_feed (TrestleLogSource *self, GListModel *feed, gint64 since);

TrestleLogModel *trestle_log_source_get_model (TrestleLogSource *self);
TrestleLogsState trestle_log_source_get_state (TrestleLogSource *self);
/** trestle_log_source_dup_error: Returns: (transfer full) (nullable): why groups or lines could not be loaded */
GError *trestle_log_source_dup_error (TrestleLogSource *self);
/** trestle_log_source_get_loading: whether older lines are still coming */
gboolean trestle_log_source_get_loading (TrestleLogSource *self);

/** trestle_log_source_get_groups: Returns: (transfer none): endpoints' groups first; empty for one endpoint's */
GtkStringList *trestle_log_source_get_groups (TrestleLogSource *self);
void trestle_log_source_set_group (TrestleLogSource *self, const char *group);
const char *trestle_log_source_get_group (TrestleLogSource *self);
/** trestle_log_source_dup_endpoint: Returns: (transfer full) (nullable): the endpoint that writes the group */
char *trestle_log_source_dup_endpoint (TrestleLogSource *self);

/** trestle_log_source_set_period: @period: µs back from now */
void trestle_log_source_set_period (TrestleLogSource *self, gint64 period);
/** trestle_log_source_set_range: shows only a part of what was read */
void trestle_log_source_set_range (TrestleLogSource *self, gint64 since, gint64 until);
/** trestle_log_source_get_range: @until: (out): 0 for now. Returns: whether it is not simply the period */
gboolean trestle_log_source_get_range (TrestleLogSource *self, gint64 *since, gint64 *until);
void trestle_log_source_set_text (TrestleLogSource *self, const char *text);

/** trestle_log_source_set_follow: asks for new lines again and again, while also active */
void trestle_log_source_set_follow (TrestleLogSource *self, gboolean follow);
/** trestle_log_source_set_active: @active: whether anybody looks */
void trestle_log_source_set_active (TrestleLogSource *self, gboolean active);
/** trestle_log_source_refresh: asks for the groups, if it knows any, and for new lines */
void trestle_log_source_refresh (TrestleLogSource *self);

G_END_DECLS
