/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-log-export.h"

#include <json-glib/json-glib.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"

#define FLUSH (256 * 1024)

typedef struct
{
  GPtrArray *slices;
  GFile *file;
  TrestleLogExportFormat format;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_ptr_array_unref (export->slices);
  g_object_unref (export->file);
  g_free (export);
}

TrestleLogExportFormat
trestle_log_export_guess (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".jsonl") || g_str_has_suffix (lower, ".ndjson")
                 || g_str_has_suffix (lower, ".json")
             ? TRESTLE_LOG_EXPORT_JSON_LINES
             : TRESTLE_LOG_EXPORT_TEXT;
}

static void
append_text (GString *out, const TrestleLogChunk *chunk, guint line)
{
  gint64 time = chunk->times[line];
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / TRESTLE_SECOND);
  g_autofree char *stamp = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");
  gsize length;
  const char *text = trestle_log_chunk_get_text (chunk, line, &length);

  g_string_append_printf (out, "%s.%03dZ ", stamp, (int) (time % TRESTLE_SECOND / 1000));
  g_string_append_len (out, text, length);
  g_string_append_c (out, '\n');
}

static void
append_json (GString *out, const TrestleLogChunk *chunk, guint line)
{
  static const char *const levels[] = { "debug", "info", "warning", "error" };
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_object_set_int_member (object, "timestamp", chunk->times[line] / 1000);
  json_object_set_string_member (object, "logStreamName",
                                 trestle_log_chunk_get_stream (chunk, line));
  json_object_set_string_member (object, "level", levels[chunk->levels[line]]);
  json_object_set_string_member (object, "message", trestle_log_chunk_get_text (chunk, line, NULL));
  json_node_set_object (node, object);
  text = json_to_string (node, FALSE);
  g_string_append (out, text);
  g_string_append_c (out, '\n');
}

static DexFuture *
export_fiber (gpointer data)
{
  Export *export = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) buffer = g_string_sized_new (FLUSH + 4096);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFileOutputStream) stream = g_file_replace (
      export->file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, &error);
  gint64 n = 0;
  gboolean ok = stream != NULL;

  for (guint i = 0; ok && i < export->slices->len; i++)
    {
      TrestleLogSlice *slice = export->slices->pdata[i];

      for (guint j = 0; ok && j < slice->shown->n_lines; j++, n++)
        {
          guint line = trestle_log_matches_get (slice->shown, j);

          if (export->format == TRESTLE_LOG_EXPORT_JSON_LINES)
            append_json (buffer, slice->chunk, line);
          else
            append_text (buffer, slice->chunk, line);
          if (buffer->len < FLUSH)
            continue;
          ok = g_output_stream_write_all (G_OUTPUT_STREAM (stream), buffer->str, buffer->len, NULL,
                                          NULL, &error);
          g_string_truncate (buffer, 0);
        }
    }
  if (ok)
    ok = g_output_stream_write_all (G_OUTPUT_STREAM (stream), buffer->str, buffer->len, NULL, NULL,
                                    &error)
         && g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error);
  if (ok)
    return dex_future_new_for_int64 (n);
  /* A cancelled close leaves the old file as it was. */
  g_cancellable_cancel (cancellable);
  if (stream != NULL)
    g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, NULL);
  return trestle_future_error (error);
}

DexFuture *
trestle_log_export (TrestleLogModel *model, GFile *file, TrestleLogExportFormat format)
{
  Export *export = g_new0 (Export, 1);

  export->slices = trestle_log_model_dup_shown (model);
  export->file = g_object_ref (file);
  export->format = format;
  return trestle_pool_spawn (export_fiber, export, export_free);
}
