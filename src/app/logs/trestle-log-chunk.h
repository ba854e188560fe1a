/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "domain/trestle-log-event.h"

G_BEGIN_DECLS

/* A chunk's lines are counted in 16 bits. */
#define TRESTLE_LOG_CHUNK_LINES 4096

typedef enum
{
  TRESTLE_LOG_MARK_NONE = 0,
  TRESTLE_LOG_MARK_JSON = 1 << 0, /* an object or array of objects, by its first and last letters */
  TRESTLE_LOG_MARK_NON_ASCII = 1 << 1, /* has letters that fold in other ways than ASCII's */
} TrestleLogMark;

/**
 * TrestleLogChunk:
 * @n_lines: how many, at most %TRESTLE_LOG_CHUNK_LINES
 * @starts: where each line begins in @text, and where the last one ends; each ends with a zero byte
 * @times: µs of each
 * @levels: #TrestleLogLevel of each
 * @marks: #TrestleLogMark of each
 * @text: all lines, followed by %TRESTLE_LOG_CHUNK_PADDING zero bytes
 *
 * Up to some thousand lines, oldest first, that never change: any thread may read them. A line costs 18
 * bytes beside its text; as an object of its own it would cost some 400.
 */
typedef struct
{
  guint n_lines;
  guint32 *starts;
  gint64 *times;
  guint8 *levels;
  guint8 *marks;
  char *text;
  gint64 first_time; /* the least and the greatest */
  gint64 last_time;

  /*< private >*/
  guint16 *stream_indices;
  GPtrArray *streams; /* (element-type GRefString) */
  gatomicrefcount ref_count;
} TrestleLogChunk;

#define TRESTLE_LOG_CHUNK_PADDING 64

TrestleLogChunk *trestle_log_chunk_ref (TrestleLogChunk *self);
void trestle_log_chunk_unref (TrestleLogChunk *self);

/** trestle_log_chunk_get_text: @length: (out) (optional): bytes. Returns: (transfer none): line @index */
const char *trestle_log_chunk_get_text (const TrestleLogChunk *self, guint index, gsize *length);

/** trestle_log_chunk_get_stream: Returns: (transfer none) (nullable): the stream of line @index */
const char *trestle_log_chunk_get_stream (const TrestleLogChunk *self, guint index);

/** TrestleLogChunkBuilder: collects lines, oldest first */
typedef struct _TrestleLogChunkBuilder TrestleLogChunkBuilder;

TrestleLogChunkBuilder *trestle_log_chunk_builder_new (void);

/**
 * trestle_log_chunk_builder_add:
 * @length: bytes of @text, -1 up to its zero byte
 * @stream: (nullable): its stream
 */
void trestle_log_chunk_builder_add (TrestleLogChunkBuilder *self,
                                    const char *text,
                                    gssize length,
                                    gint64 time,
                                    TrestleLogLevel level,
                                    const char *stream);
void trestle_log_chunk_builder_add_event (TrestleLogChunkBuilder *self, TrestleLogEvent *event);

/** trestle_log_chunk_builder_add_line: copies line @index of @chunk */
void trestle_log_chunk_builder_add_line (TrestleLogChunkBuilder *self,
                                         const TrestleLogChunk *chunk,
                                         guint index);
guint trestle_log_chunk_builder_get_n_lines (TrestleLogChunkBuilder *self);

/** trestle_log_chunk_builder_end: Returns: (transfer full): the chunk; @self is empty afterwards */
TrestleLogChunk *trestle_log_chunk_builder_end (TrestleLogChunkBuilder *self);
void trestle_log_chunk_builder_free (TrestleLogChunkBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleLogChunk, trestle_log_chunk_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleLogChunkBuilder, trestle_log_chunk_builder_free)

G_END_DECLS
