/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-practice"

#include "practice/trestle-practice-instance.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/trestle-json.h"
#include "practice/trestle-practice-put.h"

#define WAIT_MS 50
#define WAIT_TIMES 600

int
trestle_practice_instance_lock (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd >= 0 && errno == EWOULDBLOCK)
    {
      close (fd);
      return -1;
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Could not lock %s: %s", path,
               g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -2;
}

static void
put_keys (JsonBuilder *out, const TrestlePracticeAccount *account)
{
  put_text (out, "account", account->number);
  put_text (out, "access_key_id", account->access_key_id);
  put_text (out, "secret_access_key", account->secret_access_key);
}

char *
trestle_practice_instance_describe (TrestlePracticeWorld *world)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (out);
  put_text (out, "endpoint", world->base);
  put_text (out, "region", TRESTLE_PRACTICE_REGION);
  put_keys (out, &world->accounts[0]);
  put_int (out, "pid", getpid ());
  open_object (out, "accounts");
  for (guint i = 0; i < TRESTLE_PRACTICE_N_ACCOUNTS; i++)
    {
      open_object (out, world->accounts[i].role);
      put_keys (out, &world->accounts[i]);
      close_object (out);
    }
  close_object (out);
  json_builder_end_object (out);
  node = json_builder_get_root (out);
  return trestle_json_to_string (node, FALSE);
}

static char *
dup_path (const char *folder)
{
  return g_build_filename (folder, "server.json", NULL);
}

gboolean
trestle_practice_instance_publish (const char *folder, const char *line, GError **error)
{
  g_autofree char *path = dup_path (folder);
  g_autofree char *text = g_strconcat (line, "\n", NULL);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

void
trestle_practice_instance_withdraw (const char *folder)
{
  g_autofree char *path = dup_path (folder);

  g_unlink (path);
}

static char *
read_line (const char *folder, char **endpoint, gint64 *pid)
{
  g_autofree char *path = dup_path (folder);
  g_autofree char *text = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  doc = trestle_json_doc_parse (g_strstrip (text), -1, NULL);
  if (doc == NULL)
    return NULL;
  *endpoint = g_strdup (trestle_json_string (trestle_json_root (doc), "endpoint"));
  *pid = trestle_json_int (trestle_json_root (doc), "pid");
  if (trestle_json_doc_check (doc, NULL))
    return g_steal_pointer (&text);
  g_clear_pointer (endpoint, g_free);
  return NULL;
}

/* A stale file may name a port that somebody else has by now: the answer must carry the pid. */
static gboolean
ask (const char *method, const char *endpoint, const char *path, gint64 pid)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", 5u, NULL);
  g_autofree char *uri = g_strconcat (endpoint, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;

  if (message == NULL)
    return FALSE;
  bytes = soup_session_send_and_read (session, message, NULL, NULL);
  if (bytes == NULL || soup_message_get_status (message) != 200)
    return FALSE;
  doc = trestle_json_doc_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                NULL);
  return doc != NULL && trestle_json_int_or (trestle_json_root (doc), "pid", -1) == pid;
}

static gboolean
is_locked (const char *folder)
{
  int fd = trestle_practice_instance_lock (folder, NULL);

  if (fd >= 0)
    close (fd);
  return fd == -1;
}

char *
trestle_practice_instance_wait (const char *folder, GError **error)
{
  for (guint i = 0; i < WAIT_TIMES && is_locked (folder); i++)
    {
      g_autofree char *endpoint = NULL;
      gint64 pid = 0;
      g_autofree char *line = read_line (folder, &endpoint, &pid);

      if (line != NULL && ask ("GET", endpoint, "/practice/health", pid))
        return g_steal_pointer (&line);
      g_usleep (WAIT_MS * 1000);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
               "The practice account's server in %s does not answer", folder);
  return NULL;
}

gboolean
trestle_practice_instance_stop (const char *folder, gboolean *was_running, GError **error)
{
  g_autofree char *endpoint = NULL;
  g_autofree char *line = NULL;
  gint64 pid = 0;

  *was_running = is_locked (folder);
  if (!*was_running)
    return TRUE;
  /* One that is just starting is waited for; one that hangs is told in the other way. */
  g_free (trestle_practice_instance_wait (folder, NULL));
  line = read_line (folder, &endpoint, &pid);
  if (line != NULL && !ask ("POST", endpoint, "/practice/stop", pid) && is_locked (folder))
    kill ((pid_t) pid, SIGTERM);
  for (guint i = 0; i < WAIT_TIMES; i++)
    {
      if (!is_locked (folder))
        return TRUE;
      g_usleep (WAIT_MS * 1000);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
               "The practice account's server (process %" G_GINT64_FORMAT ") does not end", pid);
  return FALSE;
}
