/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-image-archive.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "base/trestle-json.h"
#include "workbench/trestle-archive.h"
#include "workbench/trestle-workbench-error.h"

#define MOST_JSON (4 * 1024 * 1024)
#define MOST_JSON_TOGETHER (64 * 1024 * 1024)
#define MOST_DEPTH 4
#define MOST_MANIFESTS 64
#define MOST_HEAD (256 * 1024)

/* An image that is being read: a folder, or an archive that is gone through twice. */
typedef struct
{
  char *path;
  gboolean folder;
  GCancellable *cancellable;
  TrestleImageFacts *facts;
  GHashTable *texts;  /* of an archive: path → GBytes of what is small enough for JSON */
  GHashTable *layers; /* paths of layers */
  gsize together;
  guint manifests;
  gint64 size;
} Image;

static void
image_free (gpointer data)
{
  Image *self = data;

  g_free (self->path);
  g_clear_object (&self->cancellable);
  trestle_image_facts_unref (self->facts);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->layers);
  g_free (self);
}

static Image *
image_new (const char *path, GCancellable *cancellable)
{
  Image *self = g_new0 (Image, 1);

  self->path = g_strdup (path);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->facts = trestle_image_facts_new ();
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_bytes_unref);
  self->layers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
               "This is not an image that “docker save” wrote, nor an OCI layout: %s", what);
  return FALSE;
}

static const char *
below (const char *path)
{
  return g_str_has_prefix (path, "./") ? path + 2 : path;
}

/* First time: manifests and configurations. */
static gboolean
collect (TrestleArchive *archive,
         struct archive_entry *entry,
         const char *path,
         gpointer data,
         GError **error)
{
  Image *self = data;
  gint64 size = archive_entry_size (entry);
  GBytes *text;

  if (archive_entry_filetype (entry) != AE_IFREG || size <= 0 || size > MOST_JSON)
    return TRUE;
  text = trestle_archive_read (archive, (gsize) size, error);
  if (text == NULL)
    return FALSE;
  if (g_bytes_get_size (text) == 0
      || strchr ("{[", *(char *) g_bytes_get_data (text, NULL)) == NULL)
    {
      g_bytes_unref (text);
      return TRUE;
    }
  self->together += g_bytes_get_size (text);
  g_hash_table_replace (self->texts, g_strdup (below (path)), text);
  return self->together <= MOST_JSON_TOGETHER || refuse (error, "its manifests are too large");
}

/* @name comes from a manifest: it may name anything. */
static gboolean
is_inside (const char *name)
{
  return !trestle_image_member_strays (name, NULL) && *name != '\0';
}

static JsonNode *
load (Image *self, const char *name)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *text;

  if (!is_inside (name))
    return NULL;
  if (self->folder)
    {
      g_autofree char *path = g_build_filename (self->path, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GFileInfo) info = g_file_query_info (
          file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
          G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);

      if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
          && g_file_info_get_size (info) <= MOST_JSON)
        bytes = g_file_load_bytes (file, NULL, NULL, NULL);
    }
  else
    {
      bytes = g_hash_table_lookup (self->texts, name);
      if (bytes != NULL)
        g_bytes_ref (bytes);
    }
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  return trestle_json_parse (text != NULL ? text : "", size, NULL);
}

/* "sha256:abc…" → "blobs/sha256/abc…" */
static char *
blob_of (const char *digest)
{
  const char *colon = digest != NULL ? strchr (digest, ':') : NULL;

  if (colon == NULL || strspn (colon + 1, "0123456789abcdef") != strlen (colon + 1)
      || strlen (colon + 1) < 32
      || digest + strspn (digest, "abcdefghijklmnopqrstuvwxyz0123456789") != colon)
    return NULL;
  return g_strdup_printf ("blobs/%.*s/%s", (int) (colon - digest), digest, colon + 1);
}

static JsonObject *
object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
array_in (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
text_in (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
add_config (Image *self, const char *name, GError **error)
{
  g_autoptr (JsonNode) config = name != NULL ? load (self, name) : NULL;

  if (object_of (config) == NULL)
    return refuse (error, "a configuration is missing");
  trestle_image_facts_add_config (self->facts, config);
  return TRUE;
}

/* What provenance and bills of materials leave in an index. */
static gboolean
is_attestation (JsonObject *descriptor)
{
  JsonObject *platform = object_of (json_object_get_member (descriptor, "platform"));
  JsonObject *notes = object_of (json_object_get_member (descriptor, "annotations"));

  return g_strcmp0 (text_in (platform, "os"), "unknown") == 0
         || text_in (notes, "vnd.docker.reference.type") != NULL;
}

static gboolean
add_manifest (Image *self, JsonNode *node, guint depth, GError **error)
{
  JsonObject *manifest = object_of (node);
  JsonArray *list = array_in (manifest, "manifests");
  JsonArray *layers = array_in (manifest, "layers");
  g_autofree char *config = NULL;

  if (manifest == NULL || depth > MOST_DEPTH || ++self->manifests > MOST_MANIFESTS)
    return refuse (error, manifest == NULL ? "a manifest is missing" : "its manifests do not end");
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *descriptor = object_of (json_array_get_element (list, i));
      g_autofree char *blob = blob_of (text_in (descriptor, "digest"));
      g_autoptr (JsonNode) inner = NULL;

      if (blob == NULL)
        return refuse (error, "a manifest has no digest");
      if (is_attestation (descriptor))
        {
          self->facts->attestations++;
          continue;
        }
      inner = load (self, blob);
      if (!add_manifest (self, inner, depth + 1, error))
        return FALSE;
    }
  if (list != NULL)
    return TRUE;
  config = blob_of (text_in (object_of (json_object_get_member (manifest, "config")), "digest"));
  for (guint i = 0; layers != NULL && i < json_array_get_length (layers); i++)
    {
      char *blob = blob_of (text_in (object_of (json_array_get_element (layers, i)), "digest"));

      if (blob == NULL)
        return refuse (error, "a layer has no digest");
      g_hash_table_add (self->layers, blob);
    }
  return add_config (self, config, error);
}

/* What `docker save` wrote before it wrote an OCI layout too. */
static gboolean
add_saved (Image *self, JsonArray *images, GError **error)
{
  for (guint i = 0; i < MIN (json_array_get_length (images), MOST_MANIFESTS); i++)
    {
      JsonObject *image = object_of (json_array_get_element (images, i));
      JsonArray *layers = array_in (image, "Layers");

      for (guint j = 0; layers != NULL && j < json_array_get_length (layers); j++)
        {
          JsonNode *node = json_array_get_element (layers, j);

          if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
            g_hash_table_add (self->layers, g_strdup (json_node_get_string (node)));
        }
      if (!add_config (self, text_in (image, "Config"), error))
        return FALSE;
    }
  return json_array_get_length (images) > 0 || refuse (error, "it has no manifest");
}

static gboolean
add_manifests (Image *self, GError **error)
{
  g_autoptr (JsonNode) index = load (self, "index.json");
  g_autoptr (JsonNode) saved = NULL;

  if (index != NULL)
    return add_manifest (self, index, 0, error);
  saved = load (self, "manifest.json");
  if (saved != NULL && JSON_NODE_HOLDS_ARRAY (saved))
    return add_saved (self, json_node_get_array (saved), error);
  return refuse (error, "it has neither index.json nor manifest.json");
}

/* A file of a layer. Links of an image may be absolute: its root is its own. */
static gboolean
look_at_file (TrestleArchive *archive,
              struct archive_entry *entry,
              const char *path,
              gpointer data,
              GError **error)
{
  Image *self = data;
  gint64 size = archive_entry_size (entry);
  g_autoptr (GBytes) head = NULL;
  gsize length = 0;
  const char *text = NULL;

  if (trestle_image_member_strays (path, NULL))
    trestle_image_facts_add_stray (self->facts, path);
  if (archive_entry_filetype (entry) != AE_IFREG)
    return TRUE;
  if (trestle_image_facts_wants (path, size))
    {
      head = trestle_archive_read (archive, MOST_HEAD, error);
      if (head == NULL)
        return FALSE;
      text = g_bytes_get_data (head, &length);
    }
  trestle_image_facts_add_file (self->facts, path, size, text, length);
  return TRUE;
}

static gboolean
look_at_layer (TrestleArchive *archive,
               struct archive_entry *entry,
               const char *path,
               gpointer data,
               GError **error)
{
  Image *self = data;
  g_autoptr (TrestleArchive) layer = NULL;

  if (!g_hash_table_contains (self->layers, below (path))
      || archive_entry_filetype (entry) != AE_IFREG)
    return TRUE;
  self->size += archive_entry_size (entry);
  layer = trestle_archive_open_member (archive, error);
  return layer != NULL
         && trestle_archive_walk (layer, look_at_file, self, self->cancellable, error);
}

static gboolean
look_at_folder (Image *self, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->layers);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *path = g_build_filename (self->path, name, NULL);
      g_autoptr (TrestleArchive) layer = NULL;
      GStatBuf info;

      if (!is_inside (name) || g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
        return refuse (error, "a layer is missing");
      self->size += info.st_size;
      layer = trestle_archive_open (path, error);
      if (layer == NULL
          || !trestle_archive_walk (layer, look_at_file, self, self->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk (Image *self, TrestleArchiveVisit visit, GError **error)
{
  g_autoptr (TrestleArchive) archive = trestle_archive_open (self->path, error);

  return archive != NULL && trestle_archive_walk (archive, visit, self, self->cancellable, error);
}

static DexFuture *
image_fiber (gpointer data)
{
  Image *self = data;
  g_autoptr (GError) error = NULL;

  self->folder = g_file_test (self->path, G_FILE_TEST_IS_DIR);
  if ((!self->folder && !walk (self, collect, &error)) || !add_manifests (self, &error)
      || (self->folder ? !look_at_folder (self, &error) : !walk (self, look_at_layer, &error)))
    return trestle_future_error (error);
  self->facts->layers = (gint64) g_hash_table_size (self->layers);
  self->facts->size = self->size;
  return dex_future_new_take_boxed (TRESTLE_TYPE_IMAGE_FACTS,
                                    trestle_image_facts_ref (self->facts));
}

DexFuture *
trestle_image_archive_read (const char *path, GCancellable *cancellable)
{
  return trestle_pool_spawn (image_fiber, image_new (path, cancellable), image_free);
}

/* A model's links, unlike an image's, have to stay in its folder. */
static gboolean
look_at_model (TrestleArchive *archive,
               struct archive_entry *entry,
               const char *path,
               gpointer data,
               GError **error)
{
  Image *self = data;
  const char *hard = archive_entry_hardlink (entry);
  const char *soft = archive_entry_symlink (entry);

  if (trestle_image_member_strays (path, soft)
      || (hard != NULL && trestle_image_member_strays (hard, NULL)))
    trestle_image_facts_add_stray (self->facts, path);
  return TRUE;
}

static DexFuture *
model_fiber (gpointer data)
{
  Image *self = data;
  g_autoptr (GError) error = NULL;

  if (!walk (self, look_at_model, &error))
    return trestle_future_error (error);
  return dex_future_new_take_boxed (TRESTLE_TYPE_IMAGE_FACTS,
                                    trestle_image_facts_ref (self->facts));
}

DexFuture *
trestle_model_archive_read (const char *path, GCancellable *cancellable)
{
  return trestle_pool_spawn (model_fiber, image_new (path, cancellable), image_free);
}
