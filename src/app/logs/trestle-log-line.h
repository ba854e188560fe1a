/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "logs/trestle-log-chunk.h"

G_BEGIN_DECLS

/**
 * TrestleLogLine:
 *
 * One line of a #TrestleLogModel: a view of its chunk, made when it is asked for.
 */
#define TRESTLE_TYPE_LOG_LINE (trestle_log_line_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogLine, trestle_log_line, TRESTLE, LOG_LINE, GObject)

TrestleLogLine *trestle_log_line_new (TrestleLogChunk *chunk, guint index);

/** trestle_log_line_get_text: @length: (out) (optional): bytes. Returns: (transfer none): the whole text */
const char *trestle_log_line_get_text (TrestleLogLine *self, gsize *length);
gint64 trestle_log_line_get_time (TrestleLogLine *self);
TrestleLogLevel trestle_log_line_get_level (TrestleLogLine *self);
/** trestle_log_line_get_stream: Returns: (transfer none) (nullable): "AllTraffic/i-0abc" */
const char *trestle_log_line_get_stream (TrestleLogLine *self);
gboolean trestle_log_line_is_json (TrestleLogLine *self);

/** trestle_log_line_is: whether @self says what line @index of @chunk says: chunks may be put together anew */
gboolean trestle_log_line_is (TrestleLogLine *self, const TrestleLogChunk *chunk, guint index);

/** trestle_log_line_equal: whether both say the same */
gboolean trestle_log_line_equal (TrestleLogLine *self, TrestleLogLine *other);

G_END_DECLS
