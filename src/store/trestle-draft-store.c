/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include "store/trestle-draft-store.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "domain/trestle-draft-info.h"
#include "store/trestle-draft-history.h"
#include "store/trestle-draft-io.h"
#include "store/trestle-draft-store-private.h"
#include "store/trestle-yaml.h"

#define SUFFIX ".yaml"

/* File systems take 255 bytes; a temporary file's name is longer than that of the draft. */
#define MOST_NAME_BYTES 200

G_DEFINE_FINAL_TYPE (TrestleDraftStore, trestle_draft_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_monitor_changed (GFileMonitor *monitor,
                    GFile *file,
                    GFile *other,
                    GFileMonitorEvent event,
                    TrestleDraftStore *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
trestle_draft_store_finalize (GObject *object)
{
  TrestleDraftStore *self = TRESTLE_DRAFT_STORE (object);

  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->folder, g_free);
  g_mutex_clear (&self->lock);
  g_mutex_clear (&self->known_lock);
  g_hash_table_unref (self->known);
  G_OBJECT_CLASS (trestle_draft_store_parent_class)->finalize (object);
}

static void
trestle_draft_store_class_init (TrestleDraftStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trestle_draft_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

/* A file that was read: another of these, or a change, is another file for all who know it. */
typedef struct
{
  dev_t device;
  ino_t node;
  off_t size;
  struct timespec modified;
  TrestleDraftInfo *info;
} Known;

static void
known_free (gpointer data)
{
  Known *known = data;

  g_object_unref (known->info);
  g_free (known);
}

static void
trestle_draft_store_init (TrestleDraftStore *self)
{
  g_mutex_init (&self->lock);
  g_mutex_init (&self->known_lock);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
}

gboolean
trestle_draft_store_fail (GError **error, const char *doing, const char *name)
{
  int reason = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason), "%s “%s”: %s", doing, name,
               g_strerror (reason));
  return FALSE;
}

char *
trestle_draft_store_dup_folder (const char *account)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *otherwise = g_build_filename (g_get_home_dir (), "Documents", NULL);
  g_autofree char *name = g_strdup (account);

  /* what a person called the account must stay one folder, and a visible one */
  g_strdelimit (name, G_DIR_SEPARATOR_S, '-');
  if (*name == '.' || *name == '\0')
    {
      g_autofree char *hidden = g_steal_pointer (&name);

      name = g_strconcat ("_", hidden, NULL);
    }
  return g_build_filename (documents != NULL ? documents : otherwise, "Trestle", name, NULL);
}

TrestleDraftStore *
trestle_draft_store_new (const char *folder, GError **error)
{
  g_autoptr (TrestleDraftStore) self = NULL;
  g_autofree char *base = g_build_filename (folder, ".base", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  if (g_mkdir_with_parents (base, 0700) != 0)
    {
      trestle_draft_store_fail (error, "The drafts' folder cannot be made", folder);
      return NULL;
    }
  self = g_object_new (TRESTLE_TYPE_DRAFT_STORE, NULL);
  self->folder = g_strdup (folder);
  trestle_draft_store_sweep (folder, trestle_clock_now ());
  trestle_draft_store_sweep (base, trestle_clock_now ());
  /* where nothing can be watched, drafts work all the same */
  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_monitor_changed), self);
  return g_steal_pointer (&self);
}

const char *
trestle_draft_store_get_folder (TrestleDraftStore *self)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), NULL);
  return self->folder;
}

gboolean
trestle_draft_store_check_name (const char *name, GError **error)
{
  gboolean good = *name != '\0' && *name != '.' && strlen (name) <= MOST_NAME_BYTES
                  && strchr (name, G_DIR_SEPARATOR) == NULL && g_utf8_validate (name, -1, NULL);

  for (const char *p = name; good && *p != '\0'; p++)
    good = !g_ascii_iscntrl (*p);
  if (!good)
    g_set_error (
        error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
        "“%s” cannot be a draft's name: it is empty, too long, begins with a point, or has "
        "a slash in it",
        name);
  return good;
}

char *
trestle_draft_store_path_of (TrestleDraftStore *self, const char *name)
{
  g_autofree char *file = g_strconcat (name, SUFFIX, NULL);

  return g_build_filename (self->folder, file, NULL);
}

char *
trestle_draft_store_base_of (TrestleDraftStore *self, const char *name)
{
  g_autofree char *file = g_strconcat (name, SUFFIX, NULL);

  return g_build_filename (self->folder, ".base", file, NULL);
}

char *
trestle_draft_store_dup_path (TrestleDraftStore *self, const char *draft, GError **error)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), NULL);
  if (strchr (draft, G_DIR_SEPARATOR) != NULL || g_str_has_suffix (draft, SUFFIX)
      || g_str_has_suffix (draft, ".yml"))
    return g_strdup (draft);
  if (!trestle_draft_store_check_name (draft, error))
    return NULL;
  return trestle_draft_store_path_of (self, draft);
}

static TrestleDraftInfo *
read_info (const char *path, const char *name, const GStatBuf *about)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleDraft) draft = trestle_draft_read (path, NULL, &error);
  const char *title = draft != NULL ? trestle_draft_get_text (draft, "Product.ProductTitle") : "";
  const char *id = draft != NULL ? trestle_draft_get_text (draft, "Product.Identifier") : "";
  gint64 modified = (gint64) about->st_mtim.tv_sec * TRESTLE_SECOND + about->st_mtim.tv_nsec / 1000;

  return g_object_new (TRESTLE_TYPE_DRAFT_INFO, "name", name, "path", path, "title",
                       *title != '\0' ? title : NULL, "product-id", *id != '\0' ? id : NULL,
                       "modified", modified, "problem", error != NULL ? error->message : NULL,
                       NULL);
}

static gboolean
is_same_file (const Known *known, const GStatBuf *about)
{
  return known != NULL && known->device == about->st_dev && known->node == about->st_ino
         && known->size == about->st_size && known->modified.tv_sec == about->st_mtim.tv_sec
         && known->modified.tv_nsec == about->st_mtim.tv_nsec;
}

/* Who saves a draft each second makes the folder be listed each second: hundreds of others need not be
 * read again for that. Returns: (transfer full) (nullable): NULL: gone meanwhile */
static TrestleDraftInfo *
describe (TrestleDraftStore *self, const char *name)
{
  g_autofree char *path = trestle_draft_store_path_of (self, name);
  g_autoptr (TrestleDraftInfo) info = NULL;
  GStatBuf about = { 0 };
  Known *known;

  if (g_stat (path, &about) != 0)
    return NULL;
  g_mutex_lock (&self->known_lock);
  known = g_hash_table_lookup (self->known, name);
  if (is_same_file (known, &about))
    info = g_object_ref (known->info);
  g_mutex_unlock (&self->known_lock);
  if (info != NULL)
    return g_steal_pointer (&info);

  info = read_info (path, name, &about);
  known = g_new0 (Known, 1);
  *known = (Known) { about.st_dev, about.st_ino, about.st_size, about.st_mtim,
                     g_object_ref (info) };
  g_mutex_lock (&self->known_lock);
  g_hash_table_replace (self->known, g_strdup (name), known);
  g_mutex_unlock (&self->known_lock);
  return g_steal_pointer (&info);
}

static int
last_changed_first (gconstpointer a, gconstpointer b)
{
  gint64 one = trestle_draft_info_get_modified ((gpointer) a);
  gint64 other = trestle_draft_info_get_modified ((gpointer) b);

  if (one != other)
    return one > other ? -1 : 1;
  return strcmp (trestle_draft_info_get_name ((gpointer) a),
                 trestle_draft_info_get_name ((gpointer) b));
}

GPtrArray *
trestle_draft_store_list (TrestleDraftStore *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDir) dir = NULL;
  const char *file;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), NULL);
  dir = g_dir_open (self->folder, 0, error);
  if (dir == NULL)
    return NULL;
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, SUFFIX))
      {
        g_autofree char *name = g_strndup (file, strlen (file) - strlen (SUFFIX));
        TrestleDraftInfo *info = trestle_draft_store_check_name (name, NULL) ? describe (self, name)
                                                                             : NULL;

        if (info != NULL)
          g_ptr_array_add (list, info);
      }
  g_ptr_array_sort_values (list, last_changed_first);
  return g_steal_pointer (&list);
}

TrestleDraft *
trestle_draft_store_load (TrestleDraftStore *self,
                          const char *name,
                          GPtrArray **notes,
                          GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), NULL);
  if (!trestle_draft_store_check_name (name, error))
    return NULL;
  path = trestle_draft_store_path_of (self, name);
  return trestle_draft_read (path, notes, error);
}

/* Puts what the file holds aside where that is due or asked for. */
static gboolean
put_aside (TrestleDraftStore *self,
           const char *name,
           const char *text,
           gboolean due,
           char **displaced,
           GError **error)
{
  gint64 now = trestle_clock_now ();
  g_autofree char *kept = NULL;

  if (!due && !trestle_draft_history_is_due (self->folder, name, now))
    return TRUE;
  kept = trestle_draft_history_add (self->folder, name, text, now, error);
  if (kept == NULL)
    return FALSE;
  trestle_draft_history_thin (self->folder, name, now);
  if (displaced != NULL)
    *displaced = g_steal_pointer (&kept);
  return TRUE;
}

gboolean
trestle_draft_store_save_text (TrestleDraftStore *self,
                               const char *name,
                               const char *text,
                               const char *known,
                               char **displaced,
                               GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char *path = NULL;
  g_autofree char *there = NULL;
  g_autoptr (GError) reason = NULL;
  gsize length;
  gboolean strange;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), FALSE);
  if (displaced != NULL)
    *displaced = NULL;
  if (!trestle_draft_store_check_name (name, error))
    return FALSE;
  locker = g_mutex_locker_new (&self->lock);
  path = trestle_draft_store_path_of (self, name);
  there = trestle_draft_read_text (path, &length, &reason);
  if (there == NULL && !g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (g_strcmp0 (there, text) == 0)
    return TRUE;
  strange = there != NULL && known != NULL && !g_str_equal (there, known);
  if (there != NULL && !put_aside (self, name, there, strange, strange ? displaced : NULL, error))
    return FALSE;
  return trestle_draft_write_text (path, text, error);
}

gboolean
trestle_draft_store_save (TrestleDraftStore *self,
                          const char *name,
                          TrestleDraft *draft,
                          GError **error)
{
  g_autofree char *text = trestle_yaml_write (trestle_draft_get_root (draft), error);

  return text != NULL && trestle_draft_store_save_text (self, name, text, NULL, NULL, error);
}

gboolean
trestle_draft_store_keep_text (TrestleDraftStore *self,
                               const char *name,
                               const char *text,
                               GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return put_aside (self, name, text, TRUE, NULL, error);
}

gboolean
trestle_draft_store_keep (TrestleDraftStore *self, const char *name, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), FALSE);
  if (!trestle_draft_store_check_name (name, error))
    return FALSE;
  path = trestle_draft_store_path_of (self, name);
  text = trestle_draft_read_text (path, &length, error);
  return text != NULL && trestle_draft_store_keep_text (self, name, text, error);
}

TrestleDraft *
trestle_draft_store_load_base (TrestleDraftStore *self, const char *name, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) reason = NULL;
  TrestleDraft *base;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), NULL);
  if (!trestle_draft_store_check_name (name, error))
    return NULL;
  path = trestle_draft_store_base_of (self, name);
  base = trestle_draft_read (path, NULL, &reason);
  if (base == NULL && !g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&reason));
  return base;
}

gboolean
trestle_draft_store_save_base (TrestleDraftStore *self,
                               const char *name,
                               TrestleDraft *base,
                               GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), FALSE);
  if (!trestle_draft_store_check_name (name, error))
    return FALSE;
  path = trestle_draft_store_base_of (self, name);
  if (base != NULL)
    return trestle_draft_write (base, path, error);
  if (g_unlink (path) != 0 && errno != ENOENT)
    return trestle_draft_store_fail (error, "Cannot be deleted: the base of", name);
  return TRUE;
}

GPtrArray *
trestle_draft_store_history (TrestleDraftStore *self, const char *name)
{
  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), NULL);
  return trestle_draft_store_check_name (name, NULL)
             ? trestle_draft_history_list (self->folder, name)
             : g_ptr_array_new_with_free_func (g_object_unref);
}
