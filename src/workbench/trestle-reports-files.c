/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-reports-files.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "base/trestle-paths.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define ATTRIBUTES "standard::name,standard::type,standard::size,time::modified,time::modified-usec"
/* prefix/FEED/year/month/file, and then some; a home folder is not searched whole. */
#define MAX_DEPTH 8
#define MAX_FILES 20000

static TrestleStoredObject *
describe (GFileInfo *info, const char *key)
{
  g_autoptr (GDateTime) date = g_file_info_get_modification_date_time (info);
  gint64 modified = date != NULL ? g_date_time_to_unix_usec (date) : 0;
  g_autofree char *stamp = g_strdup_printf ("%" G_GINT64_FORMAT, modified);

  return g_object_new (TRESTLE_TYPE_STORED_OBJECT, "key", key, "etag", stamp, "size",
                       (gint64) g_file_info_get_size (info), "modified", modified, NULL);
}

static gboolean
list_folder (GFile *folder, const char *below, guint depth, GListStore *found, GError **error)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      folder, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
  GFileInfo *info;
  GFile *child;

  if (files == NULL)
    return FALSE;
  while (g_file_enumerator_iterate (files, &info, &child, NULL, error) && info != NULL)
    {
      const char *name = g_file_info_get_name (info);
      g_autofree char *key = *below ? g_strconcat (below, "/", name, NULL) : g_strdup (name);
      g_autoptr (TrestleStoredObject) object = NULL;

      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        {
          if (depth < MAX_DEPTH && *name != '.'
              && !list_folder (child, key, depth + 1, found, error))
            return FALSE;
          continue;
        }
      if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
          || !g_str_has_suffix (name, ".csv"))
        continue;
      if (g_list_model_get_n_items (G_LIST_MODEL (found)) >= MAX_FILES)
        {
          g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                       _ ("There are more than %d files; choose the folder with the feeds alone"),
                       MAX_FILES);
          return FALSE;
        }
      object = describe (info, key);
      g_list_store_append (found, object);
    }
  return *error == NULL;
}

static DexFuture *
list_fiber (gpointer data)
{
  GFile *root = data;
  g_autoptr (GListStore) found = g_list_store_new (TRESTLE_TYPE_STORED_OBJECT);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo)
      info = g_file_query_info (root, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, NULL, &error);

  if (info == NULL)
    return trestle_future_error (error);
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      if (!list_folder (root, "", 0, found, &error))
        return trestle_future_error (error);
    }
  else
    {
      g_autoptr (TrestleStoredObject) object = describe (info, "");

      g_list_store_append (found, object);
    }
  return dex_future_new_take_object (g_steal_pointer (&found));
}

DexFuture *
trestle_reports_list_files (GFile *root)
{
  return trestle_pool_spawn (list_fiber, g_object_ref (root), g_object_unref);
}

GFile *
trestle_reports_new_file (void)
{
  g_autofree char *folder = trestle_paths_cache ("reports");
  g_autofree char *name = g_uuid_string_random ();

  g_mkdir_with_parents (folder, 0700);
  return g_file_new_build_filename (folder, name, NULL);
}

TrestleReportsSaving *
trestle_reports_saving_new (TrestleContext *context,
                            const char *region,
                            const char *bucket,
                            TrestleStoredObject *object)
{
  TrestleReportsSaving *self = g_new0 (TrestleReportsSaving, 1);

  self->context = g_object_ref (context);
  self->region = g_strdup (region);
  self->bucket = g_strdup (bucket);
  self->object = g_object_ref (object);
  self->file = trestle_reports_new_file ();
  return self;
}

void
trestle_reports_saving_free (gpointer data)
{
  TrestleReportsSaving *self = data;

  g_object_unref (self->context);
  g_free (self->region);
  g_free (self->bucket);
  g_object_unref (self->object);
  g_object_unref (self->file);
  g_free (self);
}
