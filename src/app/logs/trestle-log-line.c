/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-line.h"

#include <string.h>

struct _TrestleLogLine
{
  GObject parent_instance;

  TrestleLogChunk *chunk;
  guint index;
};

G_DEFINE_FINAL_TYPE (TrestleLogLine, trestle_log_line, G_TYPE_OBJECT)

TrestleLogLine *
trestle_log_line_new (TrestleLogChunk *chunk, guint index)
{
  TrestleLogLine *self = g_object_new (TRESTLE_TYPE_LOG_LINE, NULL);

  self->chunk = trestle_log_chunk_ref (chunk);
  self->index = index;
  return self;
}

const char *
trestle_log_line_get_text (TrestleLogLine *self, gsize *length)
{
  return trestle_log_chunk_get_text (self->chunk, self->index, length);
}

gint64
trestle_log_line_get_time (TrestleLogLine *self)
{
  return self->chunk->times[self->index];
}

TrestleLogLevel
trestle_log_line_get_level (TrestleLogLine *self)
{
  return self->chunk->levels[self->index];
}

const char *
trestle_log_line_get_stream (TrestleLogLine *self)
{
  return trestle_log_chunk_get_stream (self->chunk, self->index);
}

gboolean
trestle_log_line_is_json (TrestleLogLine *self)
{
  return (self->chunk->marks[self->index] & TRESTLE_LOG_MARK_JSON) != 0;
}

gboolean
trestle_log_line_is (TrestleLogLine *self, const TrestleLogChunk *chunk, guint index)
{
  gsize length, other_length;
  const char *text, *other;

  if (self->chunk == chunk)
    return self->index == index;
  if (trestle_log_line_get_time (self) != chunk->times[index])
    return FALSE;
  text = trestle_log_line_get_text (self, &length);
  other = trestle_log_chunk_get_text (chunk, index, &other_length);
  return length == other_length && memcmp (text, other, length) == 0
         && g_strcmp0 (trestle_log_line_get_stream (self),
                       trestle_log_chunk_get_stream (chunk, index))
                == 0;
}

gboolean
trestle_log_line_equal (TrestleLogLine *self, TrestleLogLine *other)
{
  return trestle_log_line_is (self, other->chunk, other->index);
}

static void
trestle_log_line_finalize (GObject *object)
{
  trestle_log_chunk_unref (TRESTLE_LOG_LINE (object)->chunk);
  G_OBJECT_CLASS (trestle_log_line_parent_class)->finalize (object);
}

static void
trestle_log_line_class_init (TrestleLogLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_log_line_finalize;
}

static void
trestle_log_line_init (TrestleLogLine *self)
{
}
