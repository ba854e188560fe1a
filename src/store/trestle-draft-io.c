/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-draft-io.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "store/trestle-yaml.h"

/* Drafts are rarely longer than the first, and never than the other. */
#define FIRST_BYTES ((gsize) 64 * 1024)
#define MOST_ROOM ((gsize) TRESTLE_YAML_MOST_BYTES + 2)

char *
trestle_draft_dup_fresh_path (const char *folder)
{
  g_autofree char *name = g_strdup_printf (TRESTLE_DRAFT_FRESH "%08x", g_random_int ());

  return g_build_filename (folder, name, NULL);
}

char *
trestle_draft_read_text (const char *path, gsize *length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = NULL;
  gsize room = FIRST_BYTES;

  if (stream == NULL)
    return NULL;
  /* one byte more than there may be tells that there are more */
  for (*length = 0; *length <= TRESTLE_YAML_MOST_BYTES; room = MIN (2 * room, MOST_ROOM))
    {
      gsize n;

      text = g_realloc (text, room);
      if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text + *length, room - 1 - *length, &n,
                                    NULL, error))
        return NULL;
      *length += n;
      if (*length < room - 1)
        break;
    }
  text[*length] = '\0';
  return g_realloc (g_steal_pointer (&text), *length + 1);
}

TrestleDraft *
trestle_draft_parse (const char *path,
                     const char *text,
                     gsize length,
                     GPtrArray **notes,
                     GError **error)
{
  g_autoptr (JsonNode) root = trestle_yaml_read (text, length, notes, error);

  if (root == NULL)
    {
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *shown = g_filename_display_name (name);

      g_prefix_error (error, "%s:", shown);
      return NULL;
    }
  return trestle_draft_new_from_node (root);
}

TrestleDraft *
trestle_draft_read (const char *path, GPtrArray **notes, GError **error)
{
  gsize length;
  g_autofree char *text = trestle_draft_read_text (path, &length, error);

  return text != NULL ? trestle_draft_parse (path, text, length, notes, error) : NULL;
}

gboolean
trestle_draft_write_text (const char *path, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *fresh = trestle_draft_dup_fresh_path (folder);

  /* GLib does the same, but what it leaves behind when killed would be in people's sight */
  if (!g_file_set_contents_full (fresh, text, (gssize) strlen (text),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return FALSE;
  if (g_rename (fresh, path) != 0)
    {
      int reason = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason), "“%s” cannot be written: %s",
                   path, g_strerror (reason));
      g_unlink (fresh);
      return FALSE;
    }
  return TRUE;
}

gboolean
trestle_draft_write (TrestleDraft *draft, const char *path, GError **error)
{
  g_autofree char *text = trestle_yaml_write (trestle_draft_get_root (draft), error);

  return text != NULL && trestle_draft_write_text (path, text, error);
}

char *
trestle_draft_dup_companion (const char *path, const char *value, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *folder = NULL;

  if (*value == '\0' || strstr (value, "://") != NULL)
    return NULL;
  parts = g_strsplit (value, G_DIR_SEPARATOR_S, -1);
  if (g_path_is_absolute (value) || g_strv_contains ((const char *const *) parts, ".."))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                   "“%s” is not beside the draft: a draft can only name files in its own folder",
                   value);
      return NULL;
    }
  folder = g_path_get_dirname (path);
  return g_build_filename (folder, value, NULL);
}
