/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-check-store.h"

#include <gio/gio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "base/trestle-paths.h"
#include "domain/trestle-container-report.h"

#define MOST_BYTES (4 * 1024 * 1024)

/* "weld-inspector-0-3-1f0c…": a name that people recognize, and that no two targets share. */
static char *
path_of (const char *target)
{
  g_autofree char *folder = trestle_paths_data ("checks");
  g_autofree char *slug = trestle_slug (target);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, target, -1);
  g_autofree char *name = g_strdup_printf ("%.40s-%.12s.json", slug, sum);

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

typedef struct
{
  char *path;
  char *text;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_free (self->path);
  g_free (self->text);
  g_free (self);
}

static DexFuture *
save_fiber (gpointer data)
{
  Saving *self = data;
  g_autoptr (GError) error = NULL;

  return g_file_set_contents_full (self->path, self->text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, &error)
             ? dex_future_new_true ()
             : trestle_future_error (error);
}

DexFuture *
trestle_check_store_save (TrestleContainerResult *result)
{
  g_autoptr (JsonNode) node = trestle_container_result_to_json (result);
  Saving *saving = g_new0 (Saving, 1);

  saving->path = path_of (trestle_container_result_get_target (result));
  saving->text = trestle_json_to_string (node, TRUE);
  return trestle_pool_spawn (save_fiber, saving, saving_free);
}

static DexFuture *
read_fiber (gpointer path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_autoptr (TrestleContainerResult) result = NULL;

  if (bytes != NULL && g_bytes_get_size (bytes) > MOST_BYTES)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is too large", (char *) path);
  else if (bytes != NULL)
    result = trestle_container_result_from_json (g_bytes_get_data (bytes, NULL),
                                                 (gssize) g_bytes_get_size (bytes), &error);
  return result != NULL ? dex_future_new_take_object (g_steal_pointer (&result))
                        : trestle_future_error (error);
}

DexFuture *
trestle_check_store_load (const char *target)
{
  return trestle_pool_spawn (read_fiber, path_of (target), g_free);
}
