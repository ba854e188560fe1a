/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-transform.h"

#include <string.h>

#include "domain/trestle-limits.h"
#include "practice/trestle-practice-archive.h"

#define DEFAULT_MB 6
#define MB (1024 * 1024)

static const char *
get_choice (JsonObject *object, const char *name)
{
  const char *text = object != NULL ? get_text (object, name) : NULL;

  return text != NULL ? text : "None";
}

G_GNUC_PRINTF (2, 3)
static void
add_log (TrestlePracticeTransform *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->log, g_strdup_vprintf (format, args));
  va_end (args);
}

/* Pieces of @body that go to the container one by one. */
static GPtrArray *
split (TrestlePracticeTransform *self, GBytes *body, gsize max)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  JsonObject *input = get_object (self->definition, "TransformInput");
  gboolean single = g_strcmp0 (get_text (self->definition, "BatchStrategy"), "SingleRecord") == 0;
  gsize size, from = 0, at = 0;
  const char *data = g_bytes_get_data (body, &size);

  if (!g_str_equal (get_choice (input, "SplitType"), "Line"))
    {
      g_ptr_array_add (pieces, g_bytes_ref (body));
      return pieces;
    }
  while (at < size)
    {
      const char *end = memchr (data + at, '\n', size - at);
      gsize next = end != NULL ? (gsize) (end - data) + 1 : size;

      /* A mini-batch holds as many whole lines as fit. */
      if (at > from && (single || next - from > max))
        {
          g_ptr_array_add (pieces, g_bytes_new_from_bytes (body, from, at - from));
          from = at;
        }
      at = next;
    }
  if (at > from)
    g_ptr_array_add (pieces, g_bytes_new_from_bytes (body, from, at - from));
  return pieces;
}

static void
fail_answer (TrestlePracticeTransform *self,
             const TrestlePracticeFile *file,
             const TrestlePracticeAnswer *answer)
{
  gsize size;
  const char *text = g_bytes_get_data (answer->body, &size);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", (gssize) size);

  add_log (self, "[sagemaker logs]: %s: Bad HTTP status received from algorithm: %d", file->name,
           answer->status);
  add_log (self, "[sagemaker logs]: %s: Message: %s", file->name, valid);
  self->reason = g_strdup_printf ("%s: Bad HTTP status received from algorithm: %d. %s",
                                  answer->status < 500 ? "ClientError" : "AlgorithmError",
                                  answer->status, valid);
}

static gboolean
ask (TrestlePracticeTransform *self,
     const TrestlePracticeFile *file,
     GBytes *piece,
     GByteArray *out)
{
  JsonObject *input = get_object (self->definition, "TransformInput");
  JsonObject *output = get_object (self->definition, "TransformOutput");
  g_auto (GStrv) lines = NULL;
  g_autoptr (TrestlePracticeAnswer) answer = NULL;
  gsize size;
  const guint8 *data;

  self->requests++;
  if (self->model == NULL)
    return TRUE;
  answer = self->model->invoke (piece, get_text (input, "ContentType"), get_text (output, "Accept"),
                                NULL, &lines);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    g_ptr_array_add (self->log, g_strdup (lines[i]));
  if (answer->status < 200 || answer->status > 299)
    {
      fail_answer (self, file, answer);
      return FALSE;
    }
  data = g_bytes_get_data (answer->body, &size);
  g_byte_array_append (out, data, (guint) size);
  if (g_str_equal (get_choice (output, "AssembleWith"), "Line")
      && (size == 0 || data[size - 1] != '\n'))
    g_byte_array_append (out, (const guint8 *) "\n", 1);
  return TRUE;
}

static gboolean
transform (TrestlePracticeTransform *self, const TrestlePracticeFile *file, gsize max)
{
  JsonObject *input = get_object (self->definition, "TransformInput");
  g_autofree char *name = g_strconcat (file->name, ".out", NULL);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (GBytes) body = g_bytes_ref (file->body);
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (get_choice (input, "CompressionType"), "Gzip"))
    {
      g_bytes_unref (body);
      body = trestle_practice_gunzip (file->body, (gsize) trestle_limit (TRESTLE_LIMIT_BATCH_BYTES),
                                      &error);
      if (body == NULL)
        {
          self->reason = g_strdup_printf ("ClientError: %s could not be decompressed: %s",
                                          file->name, error->message);
          return FALSE;
        }
    }
  pieces = split (self, body, max);
  for (guint i = 0; i < pieces->len; i++)
    {
      if (g_bytes_get_size (pieces->pdata[i]) > max)
        {
          self->reason = g_strdup_printf (
              "ClientError: A record of %s has %" G_GSIZE_FORMAT
              " bytes, more than MaxPayloadInMB allows (%" G_GSIZE_FORMAT " bytes).",
              file->name, g_bytes_get_size (pieces->pdata[i]), max);
          return FALSE;
        }
      if (!ask (self, file, pieces->pdata[i], out))
        return FALSE;
    }
  result = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  g_ptr_array_add (self->outputs, trestle_practice_file_new (NULL, name, result));
  return TRUE;
}

void
trestle_practice_transform_init (TrestlePracticeTransform *self)
{
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_practice_file_free);
  self->outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) trestle_practice_file_free);
  self->log = g_ptr_array_new_with_free_func (g_free);
}

void
trestle_practice_transform_clear (TrestlePracticeTransform *self)
{
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->outputs);
  g_ptr_array_unref (self->log);
  g_free (self->reason);
}

void
trestle_practice_transform_run (TrestlePracticeTransform *self)
{
  JsonObject *input = get_object (self->definition, "TransformInput");
  const char *split_type = get_choice (input, "SplitType");
  const char *strategy = get_text (self->definition, "BatchStrategy");
  gint64 mb = json_object_get_int_member_with_default (self->definition, "MaxPayloadInMB",
                                                       DEFAULT_MB);

  if (!g_str_equal (split_type, "None") && !g_str_equal (split_type, "Line"))
    {
      self->reason = g_strdup_printf (
          "ClientError: The practice account splits input by lines only,"
          " not as %s.",
          split_type);
      return;
    }
  add_log (self,
           "[sagemaker logs]: MaxConcurrentTransforms=%" G_GINT64_FORMAT
           ", MaxPayloadInMB=%" G_GINT64_FORMAT ", BatchStrategy=%s",
           json_object_get_int_member_with_default (self->definition, "MaxConcurrentTransforms", 1),
           mb, g_strcmp0 (strategy, "SingleRecord") == 0 ? "SINGLE_RECORD" : "MULTI_RECORD");
  /* 0: each payload comes in chunks, as large as it is. */
  if (self->model == NULL)
    add_log (self, "[sagemaker logs]: The image is bound to no model of the practice account; its"
                   " answers are empty.");
  for (guint i = 0; i < self->files->len; i++)
    if (!transform (self, self->files->pdata[i], mb > 0 ? (gsize) mb * MB : G_MAXSIZE))
      return;
}
