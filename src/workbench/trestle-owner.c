/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-owner.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/trestle-paths.h"

static char *
lock_file (const char *owner)
{
  g_autofree char *folder = trestle_paths_data ("owners");

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, owner, NULL);
}

const char *
trestle_owner_get (void)
{
  static char *owner;

  if (owner == NULL)
    {
      g_autofree char *path = NULL;
      int fd;

      owner = g_uuid_string_random ();
      path = lock_file (owner);
      /* Kept open, and with it locked, until the process ends. */
      fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0)
        g_warning ("Could not lock %s: %s", path, g_strerror (errno));
    }
  return owner;
}

gboolean
trestle_owner_is_alive (const char *owner)
{
  g_autofree char *path = NULL;
  gboolean alive;
  int fd;

  if (owner == NULL || *owner == '\0' || strchr (owner, '/') != NULL)
    return FALSE;
  if (g_str_equal (owner, trestle_owner_get ()))
    return TRUE;
  path = lock_file (owner);
  fd = open (path, O_RDWR | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  alive = flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  if (!alive)
    g_unlink (path);
  close (fd);
  return alive;
}
