/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "logs/trestle-log-chunk.h"

G_BEGIN_DECLS

#define TRESTLE_LOG_LEVELS 4
#define TRESTLE_LOG_ALL_LEVELS ((1u << TRESTLE_LOG_LEVELS) - 1)

/**
 * TrestleLogQuery:
 *
 * What lines are looked for: a text, whatever its case, and a time. Never changes; any thread may read it.
 */
typedef struct _TrestleLogQuery TrestleLogQuery;

/**
 * trestle_log_query_new:
 * @text: (nullable): looked for inside the lines as it is, not as a pattern
 * @since: µs, 0 for none
 * @until: µs, a line of this time is too late; 0 for none
 */
TrestleLogQuery *trestle_log_query_new (const char *text, gint64 since, gint64 until);
TrestleLogQuery *trestle_log_query_ref (TrestleLogQuery *self);
void trestle_log_query_unref (TrestleLogQuery *self);
const char *trestle_log_query_get_text (const TrestleLogQuery *self);
gint64 trestle_log_query_get_since (const TrestleLogQuery *self);
gint64 trestle_log_query_get_until (const TrestleLogQuery *self);

/** trestle_log_query_narrows: whether what @self finds is among what @wider found */
gboolean trestle_log_query_narrows (const TrestleLogQuery *self, const TrestleLogQuery *wider);

/**
 * trestle_log_query_find:
 * @text: UTF-8
 * @length: bytes of @text
 * @from: byte to begin at
 * @start: (out): first byte of the match
 * @end: (out): the byte behind it
 *
 * Returns: whether there is a match; never for a query without text
 */
gboolean trestle_log_query_find (const TrestleLogQuery *self,
                                 const char *text,
                                 gsize length,
                                 gsize from,
                                 gsize *start,
                                 gsize *end);

/**
 * TrestleLogMatches:
 * @lines: (nullable): which lines of the chunk, ascending; %NULL stands for all of them
 * @n_lines: how many
 * @n_levels: how many of each #TrestleLogLevel
 *
 * What one query found in one chunk. Never changes; any thread may read it.
 */
typedef struct
{
  guint16 *lines;
  guint n_lines;
  guint n_levels[TRESTLE_LOG_LEVELS];

  /*< private >*/
  gatomicrefcount ref_count;
} TrestleLogMatches;

TrestleLogMatches *trestle_log_matches_ref (TrestleLogMatches *self);
void trestle_log_matches_unref (TrestleLogMatches *self);

/** trestle_log_matches_get: Returns: the chunk's line that is match @index */
static inline guint
trestle_log_matches_get (const TrestleLogMatches *self, guint index)
{
  return self->lines != NULL ? self->lines[index] : index;
}

/**
 * trestle_log_filter:
 * @within: (nullable): what a query found here that @query narrows; saves reading the rest
 *
 * Returns: (transfer full): the lines of @chunk that @query finds
 */
TrestleLogMatches *trestle_log_filter (const TrestleLogQuery *query,
                                       const TrestleLogChunk *chunk,
                                       const TrestleLogMatches *within);

/**
 * trestle_log_matches_select:
 * @levels: bits 1 << #TrestleLogLevel
 *
 * Returns: (transfer full): those of @self with one of @levels; @self itself where that is all
 */
TrestleLogMatches *
trestle_log_matches_select (TrestleLogMatches *self, const TrestleLogChunk *chunk, guint levels);

/**
 * TrestleLogBucket:
 *
 * Lines of a part of the time.
 */
typedef struct
{
  guint n_lines;
  guint n_errors;
} TrestleLogBucket;

/**
 * trestle_log_matches_count:
 * @buckets: (array length=n_buckets): added to
 * @since: µs where the first begins
 * @until: µs where the last ends
 *
 * Sorts @self's lines by their time into @buckets of equal length; those outside are passed over.
 */
void trestle_log_matches_count (const TrestleLogMatches *self,
                                const TrestleLogChunk *chunk,
                                gint64 since,
                                gint64 until,
                                TrestleLogBucket *buckets,
                                guint n_buckets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleLogQuery, trestle_log_query_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleLogMatches, trestle_log_matches_unref)

G_END_DECLS
