/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "workbench/trestle-workbench-error.h"

#define BLOCK (64 * 1024)

/* ECR takes no layer above 52 GB; an image with more files than this was made to do harm. */
#define MOST_BYTES (64 * (gint64) 1000 * 1000 * 1000)
#define MOST_MEMBERS 5000000

/* Paths are checked, and then made absolute. */
#define UNPACK_FLAGS (ARCHIVE_EXTRACT_SECURE_NODOTDOT | ARCHIVE_EXTRACT_SECURE_SYMLINKS)

static gboolean
fail (GError **error, TrestleArchive *archive)
{
  const char *reason = archive != NULL ? archive_error_string (archive) : NULL;
  g_autofree char *valid = reason != NULL ? g_utf8_make_valid (reason, -1) : NULL;

  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
               "The archive cannot be read: %s", valid != NULL ? valid : "it is broken");
  return FALSE;
}

static TrestleArchive *
reader (void)
{
  TrestleArchive *self = archive_read_new ();

  archive_read_support_filter_gzip (self);
  archive_read_support_filter_zstd (self);
  archive_read_support_filter_bzip2 (self);
  archive_read_support_filter_xz (self);
  archive_read_support_format_tar (self);
  return self;
}

void
trestle_archive_free (TrestleArchive *self)
{
  archive_read_free (self);
}

TrestleArchive *
trestle_archive_open (const char *path, GError **error)
{
  g_autoptr (TrestleArchive) self = reader ();

  if (archive_read_open_filename (self, path, BLOCK) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  fail (error, self);
  return NULL;
}

typedef struct
{
  TrestleArchive *outer;
  char block[BLOCK];
} Member;

static la_ssize_t
read_member (TrestleArchive *inner, void *data, const void **block)
{
  Member *self = data;
  la_ssize_t n = archive_read_data (self->outer, self->block, BLOCK);

  *block = self->block;
  if (n < 0)
    archive_set_error (inner, EILSEQ, "it ends within a layer");
  return n < 0 ? -1 : n;
}

static int
close_member (TrestleArchive *inner, void *data)
{
  g_free (data);
  return ARCHIVE_OK;
}

TrestleArchive *
trestle_archive_open_member (TrestleArchive *outer, GError **error)
{
  g_autoptr (TrestleArchive) self = reader ();
  Member *member = g_new0 (Member, 1);

  /* A layer that adds nothing may have no bytes at all. */
  archive_read_support_format_empty (self);
  member->outer = outer;
  if (archive_read_open (self, member, NULL, read_member, close_member) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  fail (error, self);
  return NULL;
}

gboolean
trestle_archive_walk (TrestleArchive *self,
                      TrestleArchiveVisit visit,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  struct archive_entry *entry;

  for (guint n = 0;; n++)
    {
      int status = archive_read_next_header (self, &entry);
      const char *raw;
      g_autofree char *path = NULL;

      if (status == ARCHIVE_EOF)
        return TRUE;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return fail (error, self);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n >= MOST_MEMBERS || archive_filter_bytes (self, 0) > MOST_BYTES)
        {
          g_set_error_literal (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                               "The archive holds more than any image does");
          return FALSE;
        }
      raw = archive_entry_pathname (entry);
      path = g_utf8_make_valid (raw != NULL ? raw : "", -1);
      if (!visit (self, entry, path, data, error))
        return FALSE;
    }
}

GBytes *
trestle_archive_read (TrestleArchive *self, gsize most, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  while (bytes->len < most)
    {
      guint8 block[4096];
      la_ssize_t n = archive_read_data (self, block, MIN (sizeof block, most - bytes->len));

      if (n < 0)
        {
          fail (error, self);
          return NULL;
        }
      if (n == 0)
        break;
      g_byte_array_append (bytes, block, (guint) n);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

typedef struct
{
  TrestleArchive *disk;
  const char *folder;
} Unpacking;

static gboolean
copy_data (TrestleArchive *from, TrestleArchive *to, GError **error)
{
  for (;;)
    {
      const void *block;
      size_t size;
      la_int64_t offset;
      int status = archive_read_data_block (from, &block, &size, &offset);

      if (status == ARCHIVE_EOF)
        return TRUE;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return fail (error, from);
      if (archive_write_data_block (to, block, size, offset) < ARCHIVE_WARN)
        return fail (error, to);
    }
}

static gboolean
unpack_member (TrestleArchive *archive,
               struct archive_entry *entry,
               const char *path,
               gpointer data,
               GError **error)
{
  Unpacking *self = data;
  const char *link = archive_entry_hardlink (entry);
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autofree char *target = NULL;

  if (*path == '/' || g_strv_contains ((const char *const *) parts, "..")
      || (link != NULL && (*link == '/' || strstr (link, "..") != NULL)))
    {
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                   "%s leaves the archive’s folder", path);
      return FALSE;
    }
  if (archive_entry_filetype (entry) != AE_IFREG && archive_entry_filetype (entry) != AE_IFDIR
      && archive_entry_filetype (entry) != AE_IFLNK && link == NULL)
    return TRUE;
  target = g_build_filename (self->folder, path, NULL);
  archive_entry_set_pathname (entry, target);
  if (link != NULL)
    {
      g_autofree char *other = g_build_filename (self->folder, link, NULL);

      archive_entry_set_hardlink (entry, other);
    }
  /* Readable by whoever the container runs as, never set-user-id. */
  archive_entry_set_perm (entry, archive_entry_filetype (entry) == AE_IFDIR ? 0755 : 0644);
  if (archive_write_header (self->disk, entry) < ARCHIVE_WARN)
    return fail (error, self->disk);
  return archive_entry_size (entry) == 0 || copy_data (archive, self->disk, error);
}

gboolean
trestle_archive_unpack (const char *path,
                        const char *folder,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (TrestleArchive) archive = trestle_archive_open (path, error);
  /* Of the folder itself links are welcome. */
  g_autofree char *real = realpath (folder, NULL);
  Unpacking self = { .folder = real != NULL ? real : folder };
  gboolean done;

  if (archive == NULL)
    return FALSE;
  self.disk = archive_write_disk_new ();
  archive_write_disk_set_options (self.disk, UNPACK_FLAGS);
  done = trestle_archive_walk (archive, unpack_member, &self, cancellable, error);
  if (archive_write_free (self.disk) != ARCHIVE_OK && done)
    done = fail (error, NULL);
  return done;
}
