/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-samples.h"

#include "base/trestle-future.h"
#include "domain/trestle-limits.h"
#include "media/trestle-content-type.h"
#include "workbench/trestle-workbench-error.h"

/* So much of a file tells its type. */
#define HEAD 4096

/* All are held in memory while they are sent. */
#define MOST_SAMPLES 64
#define MOST_BYTES (256 * 1000 * 1000)

typedef struct
{
  GFile *folder;
  char **types;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_object_unref (self->folder);
  g_strfreev (self->types);
  g_free (self);
}

void
trestle_container_sample_free (gpointer sample)
{
  TrestleContainerSample *self = sample;

  g_free (self->name);
  g_free (self->type);
  g_bytes_unref (self->body);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *one = g_file_get_basename (*(GFile *const *) a);
  g_autofree char *two = g_file_get_basename (*(GFile *const *) b);

  return g_strcmp0 (one, two);
}

static GPtrArray *
list_files (GFile *folder, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) entries = NULL;

  if (g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_REGULAR)
    {
      g_ptr_array_add (files, g_object_ref (folder));
      return g_steal_pointer (&files);
    }
  entries = g_file_enumerate_children (folder, "standard::name,standard::type,standard::is-hidden",
                                       G_FILE_QUERY_INFO_NONE, NULL, error);
  while (entries != NULL)
    {
      GFileInfo *info;
      GFile *file;

      if (!g_file_enumerator_iterate (entries, &info, &file, NULL, error))
        return NULL;
      if (info == NULL)
        break;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
          && !g_file_info_get_is_hidden (info))
        g_ptr_array_add (files, g_object_ref (file));
    }
  if (entries == NULL)
    return NULL;
  g_ptr_array_sort (files, compare_names);
  return g_steal_pointer (&files);
}

static char *
type_of (const char *name, GBytes *body, const char *const *types)
{
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (body, 0, MIN (g_bytes_get_size (body), HEAD));
  g_autofree char *guess = trestle_content_type_guess (name, head);
  char *chosen = trestle_content_type_choose (guess, types);

  /* One type alone leaves no choice. */
  if (chosen == NULL && types != NULL && types[0] != NULL && types[1] == NULL)
    chosen = g_strdup (types[0]);
  return chosen;
}

static gboolean
refuse (GError **error, const char *format, const char *name)
{
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT, format, name);
  return FALSE;
}

static gboolean
read_file (Reading *self, GFile *file, GPtrArray *samples, gsize *total, GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *type = NULL;
  TrestleContainerSample *sample;

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_size (info) > trestle_limit (TRESTLE_LIMIT_INVOKE_BYTES))
    return refuse (error, "%s is larger than a call may be", name);
  *total += (gsize) g_file_info_get_size (info);
  if (samples->len >= MOST_SAMPLES || *total > MOST_BYTES)
    return refuse (error, "There are too many samples: %s is one more than can be sent", name);
  body = g_file_load_bytes (file, NULL, NULL, error);
  if (body == NULL)
    return FALSE;
  type = type_of (name, body, (const char *const *) self->types);
  if (type == NULL)
    return TRUE;
  sample = g_new0 (TrestleContainerSample, 1);
  sample->name = g_utf8_make_valid (name, -1);
  sample->type = g_steal_pointer (&type);
  sample->body = g_steal_pointer (&body);
  g_ptr_array_add (samples, sample);
  return TRUE;
}

static DexFuture *
read_fiber (gpointer data)
{
  Reading *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = list_files (self->folder, &error);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (trestle_container_sample_free);
  g_autofree char *path = g_file_get_parse_name (self->folder);
  gsize total = 0;

  if (files == NULL)
    {
      g_prefix_error (&error, "The samples cannot be read: ");
      return trestle_future_error (error);
    }
  for (guint i = 0; i < files->len; i++)
    if (!read_file (self, files->pdata[i], samples, &total, &error))
      return trestle_future_error (error);
  if (samples->len == 0)
    {
      refuse (&error,
              self->types != NULL && self->types[0] != NULL
                  ? "%s has no sample of a declared content type"
                  : "%s has no files to send",
              path);
      return trestle_future_error (error);
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&samples));
}

DexFuture *
trestle_container_samples_read (const char *folder, const char *const *types)
{
  Reading *self = g_new0 (Reading, 1);

  self->folder = g_file_new_for_path (folder);
  self->types = g_strdupv ((char **) types);
  return trestle_pool_spawn (read_fiber, self, reading_free);
}
