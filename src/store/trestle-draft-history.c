/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-draft-history.h"

#include <glib/gstdio.h>
#include <string.h>

#include "domain/trestle-draft-snapshot.h"
#include "store/trestle-draft-io.h"

#define SUFFIX ".yaml"

static char *
folder_of (const char *folder, const char *name)
{
  return g_build_filename (folder, ".history", name, NULL);
}

/* Sorts by its name; microseconds, for two may be put aside within a second. */
static char *
path_for (const char *where, gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc_usec (time);
  g_autofree char *file = g_date_time_format (date, "%Y%m%dT%H%M%S.%fZ" SUFFIX);

  return g_build_filename (where, file, NULL);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  gint64 one = trestle_draft_snapshot_get_taken ((gpointer) a);
  gint64 other = trestle_draft_snapshot_get_taken ((gpointer) b);

  return one > other ? -1 : one < other;
}

GPtrArray *
trestle_draft_history_list (const char *folder, const char *name)
{
  g_autofree char *where = folder_of (folder, name);
  g_autoptr (GDir) dir = g_dir_open (where, 0, NULL);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (where, file, NULL);
      g_autofree char *stem = NULL;
      gint64 taken;

      if (!g_str_has_suffix (file, SUFFIX))
        continue;
      stem = g_strndup (file, strlen (file) - strlen (SUFFIX));
      if (trestle_clock_parse (stem, &taken))
        g_ptr_array_add (list, g_object_new (TRESTLE_TYPE_DRAFT_SNAPSHOT, "name", name, "path",
                                             path, "taken", taken, NULL));
    }
  g_ptr_array_sort_values (list, newest_first);
  return list;
}

char *
trestle_draft_history_add (const char *folder,
                           const char *name,
                           const char *text,
                           gint64 now,
                           GError **error)
{
  g_autoptr (GPtrArray) list = trestle_draft_history_list (folder, name);
  g_autofree char *where = folder_of (folder, name);
  g_autofree char *path = NULL;

  if (list->len > 0)
    {
      TrestleDraftSnapshot *newest = g_ptr_array_index (list, 0);
      g_autofree char *last = NULL;
      gsize length;

      last = trestle_draft_read_text (trestle_draft_snapshot_get_path (newest), &length, NULL);
      if (g_strcmp0 (last, text) == 0)
        return g_strdup (trestle_draft_snapshot_get_path (newest));
      now = MAX (now, trestle_draft_snapshot_get_taken (newest) + 1);
    }
  if (g_mkdir_with_parents (where, 0700) != 0)
    {
      int reason = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason),
                   "The history's folder cannot be made: %s", g_strerror (reason));
      return NULL;
    }
  path = path_for (where, now);
  if (!trestle_draft_write_text (path, text, error))
    return NULL;
  return g_steal_pointer (&path);
}

gboolean
trestle_draft_history_is_due (const char *folder, const char *name, gint64 now)
{
  g_autoptr (GPtrArray) list = trestle_draft_history_list (folder, name);

  return list->len == 0
         || now - trestle_draft_snapshot_get_taken (g_ptr_array_index (list, 0))
                >= TRESTLE_DRAFT_HISTORY_PAUSE;
}

/* Of those that give the same number only the newest stays. */
static gint64
bucket_of (gint64 taken, gint64 now)
{
  gint64 age = now - taken;

  if (age <= TRESTLE_HOUR)
    return taken;
  if (age <= TRESTLE_DAY)
    return taken - taken % (10 * TRESTLE_MINUTE);
  if (age <= 30 * TRESTLE_DAY)
    return taken - taken % TRESTLE_DAY;
  return taken - taken % (30 * TRESTLE_DAY);
}

void
trestle_draft_history_thin (const char *folder, const char *name, gint64 now)
{
  g_autoptr (GPtrArray) list = trestle_draft_history_list (folder, name);
  gint64 last = G_MININT64;

  for (guint i = 0; i < list->len; i++)
    {
      TrestleDraftSnapshot *snapshot = g_ptr_array_index (list, i);
      gint64 bucket = bucket_of (trestle_draft_snapshot_get_taken (snapshot), now);

      if (bucket == last)
        g_unlink (trestle_draft_snapshot_get_path (snapshot));
      last = bucket;
    }
}

gboolean
trestle_draft_history_move (const char *folder, const char *name, const char *to, GError **error)
{
  g_autofree char *from_path = folder_of (folder, name);
  g_autofree char *to_path = folder_of (folder, to);

  if (g_rename (from_path, to_path) == 0 || errno == ENOENT)
    return TRUE;
  /* a draft of that name has been: both histories are kept in one */
  if (errno == ENOTEMPTY || errno == EEXIST)
    {
      g_autoptr (GPtrArray) list = trestle_draft_history_list (folder, name);

      for (guint i = 0; i < list->len; i++)
        {
          const char *path = trestle_draft_snapshot_get_path (g_ptr_array_index (list, i));
          g_autofree char *file = g_path_get_basename (path);
          g_autofree char *target = g_build_filename (to_path, file, NULL);

          if (g_rename (path, target) != 0)
            break;
        }
      if (g_rmdir (from_path) == 0)
        return TRUE;
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               "The history of “%s” cannot be moved: %s", name, g_strerror (errno));
  return FALSE;
}
