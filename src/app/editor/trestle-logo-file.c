/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "editor/trestle-logo-file.h"

#include <glib/gi18n.h>

#include "base/trestle-future.h"
#include "domain/trestle-limits.h"
#include "media/trestle-picture.h"

/* More is no logo, whatever it is. */
#define MAX_BYTES (20 * 1000 * 1000)

typedef struct
{
  GFile *folder;
  GFile *source; /* what is read */
  char *name;    /* what the result is to be called, if it can */
  GBytes *bytes; /* what is written */
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_object_unref (self->folder);
  g_object_unref (self->source);
  g_free (self->name);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static Work *
work_new (GFile *source, const char *draft_path, char *name)
{
  Work *self = g_new0 (Work, 1);
  g_autofree char *folder = g_path_get_dirname (draft_path);

  self->folder = g_file_new_for_path (folder);
  self->source = g_object_ref (source);
  self->name = name;
  return self;
}

static GBytes *
read_bytes (GFile *file, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                   _ ("The file is too large for a logo"));
      return NULL;
    }
  return g_file_load_bytes (file, NULL, NULL, error);
}

/* "logo.png", "logo-2.png", … the first that is free, or holds the same. */
static char *
write_beside (GFile *folder, const char *wanted, GBytes *bytes, GError **error)
{
  const char *dot = strrchr (wanted, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (wanted, dot - wanted) : g_strdup (wanted);

  for (guint i = 1; i < 1000; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup (wanted)
                                     : g_strdup_printf ("%s-%u%s", stem, i, dot != NULL ? dot : "");
      g_autoptr (GFile) file = g_file_get_child (folder, name);
      g_autoptr (GBytes) there = g_file_load_bytes (file, NULL, NULL, NULL);
      g_autoptr (GFileOutputStream) stream = NULL;
      g_autoptr (GError) reason = NULL;
      gsize size;
      gconstpointer data = g_bytes_get_data (bytes, &size);

      if (there != NULL && g_bytes_equal (there, bytes))
        return g_steal_pointer (&name);
      stream = g_file_create (file, G_FILE_CREATE_NONE, NULL, &reason);
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_EXISTS))
        continue;
      if (stream == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      if (!g_output_stream_write_all (G_OUTPUT_STREAM (stream), data, size, NULL, NULL, error)
          || !g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error))
        return NULL;
      return g_steal_pointer (&name);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("There are too many files of this name"));
  return NULL;
}

/* A thread may outlive the fiber that waits for it, and needs its own of everything. */
static Work *
work_copy (Work *self, GBytes *bytes)
{
  Work *copy = g_new0 (Work, 1);

  copy->folder = g_object_ref (self->folder);
  copy->source = g_object_ref (self->source);
  copy->name = g_strdup (self->name);
  copy->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  return copy;
}

static DexFuture *
write_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  char *name = write_beside (work->folder, work->name, work->bytes, &error);

  return name != NULL ? dex_future_new_take_string (name) : trestle_future_error (error);
}

static DexFuture *
read_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = read_bytes (work->source, &error);

  return bytes != NULL ? dex_future_new_take_boxed (G_TYPE_BYTES, bytes)
                       : trestle_future_error (error);
}

static GBytes *
await_bytes (Work *work, GError **error)
{
  return dex_await_boxed (trestle_pool_spawn (read_fiber, work_copy (work, NULL), work_free),
                          error);
}

static char *
await_written (Work *work, GBytes *bytes, GError **error)
{
  return dex_await_string (trestle_pool_spawn (write_fiber, work_copy (work, bytes), work_free),
                           error);
}

static DexFuture *
import_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = await_bytes (work, &error);
  g_autoptr (TrestlePicture) picture = NULL;
  char *name;

  if (bytes == NULL)
    return trestle_future_error (error);
  picture = dex_await_boxed (trestle_picture_decode (bytes, 64, 64), &error);
  if (picture == NULL)
    return trestle_future_error (error);
  name = await_written (work, bytes, &error);
  return name != NULL ? dex_future_new_take_string (name) : trestle_future_error (error);
}

DexFuture *
trestle_logo_file_import (GFile *source, const char *draft_path)
{
  g_return_val_if_fail (G_IS_FILE (source), NULL);
  g_return_val_if_fail (draft_path != NULL, NULL);

  return trestle_fiber_spawn (
      import_fiber, work_new (source, draft_path, g_file_get_basename (source)), work_free);
}

/* --- Cropping --------------------------------------------------------------------------- */

static TrestlePicture *
cut_square (const TrestlePicture *picture)
{
  int side = MIN (picture->width, picture->height);
  gsize left = (picture->width - side) / 2 * 4;
  gsize top = (picture->height - side) / 2;
  gsize stride = (gsize) side * 4;
  const guchar *from = g_bytes_get_data (picture->rgba, NULL);
  guchar *to = g_malloc (stride * side);
  TrestlePicture square = {
    .width = side, .height = side, .stride = stride, .full_width = side, .full_height = side
  };
  TrestlePicture *copy;

  for (int y = 0; y < side; y++)
    memcpy (to + y * stride, from + (top + y) * picture->stride + left, stride);
  square.rgba = g_bytes_new_take (to, stride * side);
  copy = trestle_picture_copy (&square);
  g_bytes_unref (square.rgba);
  return copy;
}

static DexFuture *
crop_fiber (gpointer data)
{
  Work *work = data;
  gint64 most = trestle_limit (TRESTLE_LIMIT_LOGO_MOST_PIXELS);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = await_bytes (work, &error);
  g_autoptr (GBytes) png = NULL;
  g_autoptr (TrestlePicture) picture = NULL;
  g_autoptr (TrestlePicture) square = NULL;
  char *name;
  int side;

  if (bytes == NULL)
    return trestle_future_error (error);
  picture = dex_await_boxed (trestle_picture_decode (bytes, 0, 0), &error);
  if (picture == NULL)
    return trestle_future_error (error);
  side = MIN (picture->width, picture->height);
  if (side > most)
    {
      int width = (int) (picture->width * most / side);
      int height = (int) (picture->height * most / side);

      g_clear_pointer (&picture, trestle_picture_free);
      picture = dex_await_boxed (trestle_picture_decode (bytes, width, height), &error);
      if (picture == NULL)
        return trestle_future_error (error);
    }
  square = cut_square (picture);
  png = dex_await_boxed (trestle_picture_encode_png (square), &error);
  if (png == NULL)
    return trestle_future_error (error);
  name = await_written (work, png, &error);
  return name != NULL ? dex_future_new_take_string (name) : trestle_future_error (error);
}

DexFuture *
trestle_logo_file_crop (const char *name, const char *draft_path)
{
  g_autofree char *folder = NULL;
  g_autofree char *stem = NULL;
  g_autoptr (GFile) source = NULL;
  const char *dot;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (draft_path != NULL, NULL);

  folder = g_path_get_dirname (draft_path);
  source = g_file_new_build_filename (folder, name, NULL);
  dot = strrchr (name, '.');
  stem = dot != NULL ? g_strndup (name, dot - name) : g_strdup (name);
  return trestle_fiber_spawn (
      crop_fiber, work_new (source, draft_path, g_strdup_printf ("%s-square.png", stem)),
      work_free);
}
