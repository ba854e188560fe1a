/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "logs/trestle-log-filter.h"
#include "logs/trestle-log-line.h"

G_BEGIN_DECLS

/**
 * TrestleLogModel:
 *
 * A #GListModel of #TrestleLogLine, newest first: the lines of a log that a filter lets through. Lines are
 * kept in chunks that never change, which threads read while they filter; a result comes in by one splice.
 * Signal "changed" when any of the counts did, or the filter's state.
 */
#define TRESTLE_TYPE_LOG_MODEL (trestle_log_model_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogModel, trestle_log_model, TRESTLE, LOG_MODEL, GObject)

TrestleLogModel *trestle_log_model_new (void);

/** trestle_log_model_set_source: @events: (nullable): #GListModel of #TrestleLogEvent, newest first */
void trestle_log_model_set_source (TrestleLogModel *self, GListModel *events);

/**
 * trestle_log_model_set_query:
 * @text: (nullable): what the lines have to have, whatever its case
 * @since: µs, 0 for none
 * @until: µs, 0 for none
 *
 * Filters anew on the thread pool. What came later wins; until then the old lines are shown.
 */
void
trestle_log_model_set_query (TrestleLogModel *self, const char *text, gint64 since, gint64 until);
/** trestle_log_model_get_query: Returns: (transfer none): the newest query, whether it has been run or not */
TrestleLogQuery *trestle_log_model_get_query (TrestleLogModel *self);

/** trestle_log_model_set_levels: @levels: bits 1 << #TrestleLogLevel that are shown */
void trestle_log_model_set_levels (TrestleLogModel *self, guint levels);
guint trestle_log_model_get_levels (TrestleLogModel *self);

/** trestle_log_model_get_filtering: whether a filter is under way */
gboolean trestle_log_model_get_filtering (TrestleLogModel *self);
/** trestle_log_model_get_n_lines: how many lines there are at all */
guint trestle_log_model_get_n_lines (TrestleLogModel *self);
/** trestle_log_model_get_n_level: how many of @level the query finds, shown or not */
guint trestle_log_model_get_n_level (TrestleLogModel *self, TrestleLogLevel level);
/** trestle_log_model_get_bounds: @first: (out): time of the oldest line. @last: (out): of the newest. Returns: whether there is any */
gboolean trestle_log_model_get_bounds (TrestleLogModel *self, gint64 *first, gint64 *last);

/** trestle_log_model_count: sorts the lines that are shown into @buckets, as trestle_log_matches_count() */
void trestle_log_model_count (TrestleLogModel *self,
                              gint64 since,
                              gint64 until,
                              TrestleLogBucket *buckets,
                              guint n_buckets);

/** trestle_log_model_find: Returns: where @line is shown, %G_MAXUINT where it is not */
guint trestle_log_model_find (TrestleLogModel *self, TrestleLogLine *line);

/**
 * trestle_log_model_dup_around:
 * @n: lines at either side
 *
 * Returns: (transfer full) (element-type TrestleLogLine): @line and its neighbours, newest first, shown or not
 */
GPtrArray *trestle_log_model_dup_around (TrestleLogModel *self, TrestleLogLine *line, guint n);

/**
 * TrestleLogSlice:
 *
 * The lines of a chunk that are shown.
 */
typedef struct
{
  TrestleLogChunk *chunk;
  TrestleLogMatches *shown;
} TrestleLogSlice;

/** trestle_log_model_dup_shown: Returns: (transfer full) (element-type TrestleLogSlice): oldest first; any thread may read it */
GPtrArray *trestle_log_model_dup_shown (TrestleLogModel *self);

G_END_DECLS
