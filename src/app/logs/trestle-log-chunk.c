/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-chunk.h"

#include <string.h>

struct _TrestleLogChunkBuilder
{
  GString *text;
  GArray *starts;
  GArray *times;
  GByteArray *levels;
  GByteArray *marks;
  GArray *stream_indices;
  GPtrArray *streams;
};

TrestleLogChunk *
trestle_log_chunk_ref (TrestleLogChunk *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
trestle_log_chunk_unref (TrestleLogChunk *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->starts);
  g_free (self->times);
  g_free (self->levels);
  g_free (self->marks);
  g_free (self->text);
  g_free (self->stream_indices);
  g_ptr_array_unref (self->streams);
  g_free (self);
}

const char *
trestle_log_chunk_get_text (const TrestleLogChunk *self, guint index, gsize *length)
{
  g_return_val_if_fail (index < self->n_lines, NULL);

  if (length != NULL)
    *length = self->starts[index + 1] - self->starts[index] - 1;
  return self->text + self->starts[index];
}

const char *
trestle_log_chunk_get_stream (const TrestleLogChunk *self, guint index)
{
  g_return_val_if_fail (index < self->n_lines, NULL);
  return self->streams->pdata[self->stream_indices[index]];
}

static void
release_stream (gpointer stream)
{
  if (stream != NULL)
    g_ref_string_release (stream);
}

static void
start (TrestleLogChunkBuilder *self)
{
  const guint32 zero = 0;

  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->levels = g_byte_array_new ();
  self->marks = g_byte_array_new ();
  self->stream_indices = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->streams = g_ptr_array_new_with_free_func (release_stream);
  g_array_append_val (self->starts, zero);
}

static void
clear (TrestleLogChunkBuilder *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_array_unref (self->times);
  g_byte_array_unref (self->levels);
  g_byte_array_unref (self->marks);
  g_array_unref (self->stream_indices);
  g_ptr_array_unref (self->streams);
}

TrestleLogChunkBuilder *
trestle_log_chunk_builder_new (void)
{
  TrestleLogChunkBuilder *self = g_new0 (TrestleLogChunkBuilder, 1);

  start (self);
  return self;
}

void
trestle_log_chunk_builder_free (TrestleLogChunkBuilder *self)
{
  clear (self);
  g_free (self);
}

guint
trestle_log_chunk_builder_get_n_lines (TrestleLogChunkBuilder *self)
{
  return self->times->len;
}

static guint16
index_of_stream (TrestleLogChunkBuilder *self, const char *stream)
{
  /* The streams of one chunk are the few instances of that time; the last is the likeliest. */
  for (guint i = self->streams->len; i > 0; i--)
    if (g_strcmp0 (self->streams->pdata[i - 1], stream) == 0)
      return i - 1;
  g_ptr_array_add (self->streams, stream != NULL ? g_ref_string_new_intern (stream) : NULL);
  return self->streams->len - 1;
}

static gboolean
is_json (const char *text, gsize length)
{
  const char *end = text + length;
  const char *p = text;

  while (p < end && g_ascii_isspace (*p))
    p++;
  while (end > p && g_ascii_isspace (end[-1]))
    end--;
  if (end - p < 2)
    return FALSE;
  if (*p == '{' && end[-1] == '}')
    {
      for (p++; g_ascii_isspace (*p); p++)
        ;
      return *p == '"' || p == end - 1;
    }
  if (*p == '[' && end[-1] == ']')
    {
      /* "[12:00:01] [INFO]" is no array, so only those of objects and texts are taken for one. */
      for (p++; g_ascii_isspace (*p); p++)
        ;
      return *p == '{' || *p == '"' || *p == '[';
    }
  return FALSE;
}

static gboolean
is_ascii (const char *text, gsize length)
{
  guchar all = 0;

  for (gsize i = 0; i < length; i++)
    all |= (guchar) text[i];
  return all < 0x80;
}

static void
add (TrestleLogChunkBuilder *self,
     const char *text,
     gsize length,
     gint64 time,
     guint8 level,
     guint8 marks,
     const char *stream)
{
  guint16 stream_index = index_of_stream (self, stream);
  guint32 end;

  g_return_if_fail (self->times->len < TRESTLE_LOG_CHUNK_LINES);

  g_string_append_len (self->text, text, length);
  g_string_append_c (self->text, '\0');
  end = self->text->len;
  g_array_append_val (self->starts, end);
  g_array_append_val (self->times, time);
  g_byte_array_append (self->levels, &level, 1);
  g_byte_array_append (self->marks, &marks, 1);
  g_array_append_val (self->stream_indices, stream_index);
}

void
trestle_log_chunk_builder_add (TrestleLogChunkBuilder *self,
                               const char *text,
                               gssize length,
                               gint64 time,
                               TrestleLogLevel level,
                               const char *stream)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *valid = NULL;
  guint8 marks = is_json (text, n) ? TRESTLE_LOG_MARK_JSON : TRESTLE_LOG_MARK_NONE;

  if (!is_ascii (text, n))
    {
      marks |= TRESTLE_LOG_MARK_NON_ASCII;
      if (!g_utf8_validate_len (text, n, NULL))
        {
          valid = g_utf8_make_valid (text, n);
          text = valid;
          n = strlen (valid);
        }
    }
  add (self, text, n, time, level, marks, stream);
}

void
trestle_log_chunk_builder_add_event (TrestleLogChunkBuilder *self, TrestleLogEvent *event)
{
  const char *text = trestle_log_event_get_message (event);
  gsize length;

  if (text == NULL)
    text = "";
  /* Containers end their lines; nobody wants to see that. */
  length = strlen (text);
  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
    length--;
  trestle_log_chunk_builder_add (self, text, length, trestle_log_event_get_when (event),
                                 trestle_log_event_get_level (event),
                                 trestle_log_event_get_stream (event));
}

void
trestle_log_chunk_builder_add_line (TrestleLogChunkBuilder *self,
                                    const TrestleLogChunk *chunk,
                                    guint index)
{
  gsize length;
  const char *text = trestle_log_chunk_get_text (chunk, index, &length);

  add (self, text, length, chunk->times[index], chunk->levels[index], chunk->marks[index],
       trestle_log_chunk_get_stream (chunk, index));
}

TrestleLogChunk *
trestle_log_chunk_builder_end (TrestleLogChunkBuilder *self)
{
  TrestleLogChunk *chunk = g_new0 (TrestleLogChunk, 1);
  gsize length = self->text->len;

  g_atomic_ref_count_init (&chunk->ref_count);
  chunk->n_lines = self->times->len;
  chunk->text = g_malloc (length + TRESTLE_LOG_CHUNK_PADDING);
  memcpy (chunk->text, self->text->str, length);
  memset (chunk->text + length, 0, TRESTLE_LOG_CHUNK_PADDING);
  chunk->starts = g_memdup2 (self->starts->data, self->starts->len * sizeof (guint32));
  chunk->times = g_memdup2 (self->times->data, chunk->n_lines * sizeof (gint64));
  chunk->levels = g_memdup2 (self->levels->data, chunk->n_lines);
  chunk->marks = g_memdup2 (self->marks->data, chunk->n_lines);
  chunk->stream_indices = g_memdup2 (self->stream_indices->data, chunk->n_lines * sizeof (guint16));
  chunk->streams = g_ptr_array_ref (self->streams);
  for (guint i = 0; i < chunk->n_lines; i++)
    {
      chunk->first_time = i == 0 ? chunk->times[i] : MIN (chunk->first_time, chunk->times[i]);
      chunk->last_time = i == 0 ? chunk->times[i] : MAX (chunk->last_time, chunk->times[i]);
    }
  clear (self);
  start (self);
  return chunk;
}
