/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-store"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-paths.h"
#include "domain/trestle-draft-field.h"
#include "domain/trestle-entity-draft.h"
#include "store/trestle-draft-history.h"
#include "store/trestle-draft-io.h"
#include "store/trestle-draft-store-private.h"
#include "store/trestle-yaml.h"

/* Drafts come, go, and change their names. */

/* More than anybody makes of one title; then the folder is not what it seems. */
#define MOST_NUMBERS 10000u

/* Moves a file to a name that none may have yet. */
static gboolean
move_to_new (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  /* not every file system knows it; then another program might come between */
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  if (g_file_test (to, G_FILE_TEST_EXISTS))
    {
      errno = EEXIST;
      return FALSE;
    }
  return g_rename (from, to) == 0;
}

char *
trestle_draft_store_create (TrestleDraftStore *self,
                            const char *wanted,
                            TrestleDraft *draft,
                            GError **error)
{
  g_autofree char *slug = NULL;
  g_autofree char *new_path = NULL;
  const char *title;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self) && TRESTLE_IS_DRAFT (draft), NULL);
  title = wanted != NULL ? wanted : trestle_draft_get_text (draft, "Product.ProductTitle");
  slug = trestle_slug (title);
  if (*slug == '\0')
    {
      g_free (slug);
      slug = g_strdup ("listing");
    }
  slug[MIN (strlen (slug), 100)] = '\0';
  new_path = trestle_draft_dup_fresh_path (self->folder);
  if (!trestle_draft_write (draft, new_path, error))
    return NULL;
  for (guint i = 1; i <= MOST_NUMBERS; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup (slug) : g_strdup_printf ("%s-%u", slug, i);
      g_autofree char *path = trestle_draft_store_path_of (self, name);

      if (move_to_new (new_path, path))
        {
          /* one that was left by another draft of this name would be taken for this one's */
          if (trestle_draft_store_save_base (self, name, NULL, error))
            return g_steal_pointer (&name);
          return NULL;
        }
      if (errno != EEXIST)
        break;
    }
  trestle_draft_store_fail (error, "The draft cannot be made", slug);
  g_unlink (new_path);
  return NULL;
}

char *
trestle_draft_store_duplicate (TrestleDraftStore *self, const char *name, GError **error)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_store_load (self, name, NULL, error);

  if (draft == NULL)
    return NULL;
  trestle_entity_draft_forget (draft);
  return trestle_draft_store_create (self, name, draft, error);
}

gboolean
trestle_draft_store_rename (TrestleDraftStore *self,
                            const char *name,
                            const char *to,
                            GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char *path = NULL;
  g_autofree char *to_path = NULL;
  g_autoptr (TrestleDraft) base = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), FALSE);
  if (!trestle_draft_store_check_name (name, error) || !trestle_draft_store_check_name (to, error))
    return FALSE;
  if (g_str_equal (name, to))
    return TRUE;
  locker = g_mutex_locker_new (&self->lock);
  path = trestle_draft_store_path_of (self, name);
  to_path = trestle_draft_store_path_of (self, to);
  if (g_file_test (to_path, G_FILE_TEST_EXISTS))
    {
      errno = EEXIST;
      return trestle_draft_store_fail (error, "There is another draft", to);
    }
  /* killed at any point, the draft still has its base under the name that it has */
  base = trestle_draft_store_load_base (self, name, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (!trestle_draft_store_save_base (self, to, base, error))
    return FALSE;
  if (!move_to_new (path, to_path))
    return trestle_draft_store_fail (error, "Cannot be renamed: the draft", name);
  return trestle_draft_store_save_base (self, name, NULL, error)
         && trestle_draft_history_move (self->folder, name, to, error);
}

gboolean
trestle_draft_store_remove (TrestleDraftStore *self, const char *name, GError **error)
{
  g_autofree char *path = NULL;

  if (!trestle_draft_store_keep (self, name, error))
    return FALSE;
  path = trestle_draft_store_path_of (self, name);
  if (g_unlink (path) != 0)
    return trestle_draft_store_fail (error, "Cannot be deleted: the draft", name);
  return trestle_draft_store_save_base (self, name, NULL, error);
}

/* Copies a file to one in @folder that none has yet: `NAME-FILE`. */
static char *
copy_beside (const char *folder, const char *name, const char *source, GError **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (source);
  g_autofree char *base = g_path_get_basename (source);

  for (guint i = 1;; i++)
    {
      g_autofree char *file = i == 1 ? g_strdup_printf ("%s-%s", name, base)
                                     : g_strdup_printf ("%s-%u-%s", name, i, base);
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autoptr (GFile) to = g_file_new_for_path (path);
      g_autoptr (GError) reason = NULL;

      if (g_file_copy (from, to, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &reason))
        return g_steal_pointer (&file);
      if (i == MOST_NUMBERS || !g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
    }
}

/* Copies the files that the draft at @from names into @folder, and lets it name the copies. */
static gboolean
bring_companions (TrestleDraft *draft,
                  const char *from,
                  const char *folder,
                  const char *name,
                  GError **error)
{
  guint n;
  const TrestleDraftField *fields = trestle_draft_field_all (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *value = trestle_draft_get_text (draft, fields[i].pattern);
      g_autofree char *source = NULL;
      g_autofree char *copy = NULL;

      if (fields[i].kind != TRESTLE_DRAFT_FIELD_KIND_FILE)
        continue;
      source = trestle_draft_dup_companion (from, value, NULL);
      /* what is not there is for the linter to say */
      if (source == NULL || !g_file_test (source, G_FILE_TEST_IS_REGULAR))
        continue;
      copy = copy_beside (folder, name, source, error);
      if (copy == NULL)
        return FALSE;
      trestle_draft_set_text (draft, fields[i].pattern, copy);
    }
  return TRUE;
}

/* A file's name without what is behind its last point. */
static char *
dup_stem (const char *path)
{
  char *stem = g_path_get_basename (path);
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  return stem;
}

/* Whether anything that a listing is made of is in @draft: other programs write YAML too. */
static gboolean
is_listing (TrestleDraft *draft)
{
  return trestle_draft_get (draft, "Product") != NULL
         || trestle_draft_get (draft, "Versions") != NULL
         || trestle_draft_get (draft, "Offer") != NULL;
}

char *
trestle_draft_store_import (TrestleDraftStore *self, const char *path, GError **error)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_read (path, NULL, error);
  g_autofree char *stem = dup_stem (path);
  g_autofree char *name = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (TRESTLE_IS_DRAFT_STORE (self), NULL);
  if (draft == NULL)
    return NULL;
  if (!is_listing (draft))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "“%s” is no draft of a listing: it has no Product, Versions or Offer", stem);
      return NULL;
    }
  name = trestle_draft_store_create (
      self, trestle_draft_has (draft, "Product.ProductTitle") ? NULL : stem, draft, error);
  if (name == NULL)
    return NULL;
  /* nobody has seen the first state, so that need not be in the history */
  to = trestle_draft_store_path_of (self, name);
  if (bring_companions (draft, path, self->folder, name, error)
      && trestle_draft_write (draft, to, error))
    return g_steal_pointer (&name);
  g_unlink (to); /* half a draft is none */
  return NULL;
}

gboolean
trestle_draft_store_export (TrestleDraftStore *self,
                            const char *name,
                            const char *path,
                            GError **error)
{
  g_autoptr (TrestleDraft) draft = trestle_draft_store_load (self, name, NULL, error);
  g_autofree char *from = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *stem = dup_stem (path);

  if (draft == NULL)
    return FALSE;
  from = trestle_draft_store_path_of (self, name);
  return bring_companions (draft, from, folder, stem, error)
         && trestle_draft_write (draft, path, error);
}

void
trestle_draft_store_sweep (const char *folder, gint64 now)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;
      GStatBuf about = { 0 };

      if (!g_str_has_prefix (file, TRESTLE_DRAFT_FRESH))
        continue;
      path = g_build_filename (folder, file, NULL);
      if (g_stat (path, &about) == 0
          && now - (gint64) about.st_mtim.tv_sec * TRESTLE_SECOND > TRESTLE_HOUR)
        g_unlink (path);
    }
}
