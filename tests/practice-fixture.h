/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>
#include <libdex.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "base/trestle-json.h"
#include "trestle-test.h"

/* A practice server of the test's own, in a home of its own, which is deleted with it. */

typedef struct
{
  char *home;
  char *endpoint;
  char *access_key_id; /* the buyer's */
  char *secret_access_key;
  char *seller_access_key_id;
  char *seller_secret_access_key;
  GSubprocess *process;
} PracticeFixture;

static PracticeFixture practice;

/* Before anything reads the environment: GLib looks at it once. */
static inline void
practice_fixture_home (void)
{
  g_autoptr (GError) error = NULL;
  static const char *const folders[] = { "data", "config", "cache", "state" };
  static const char *const names[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
                                       "XDG_STATE_HOME" };

  /* a program that the test starts is at home where the test is */
  practice.home = g_strdup (g_getenv ("TRESTLE_TEST_HOME"));
  if (practice.home == NULL)
    practice.home = g_dir_make_tmp ("trestle-test-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (practice.home, folders[i], NULL);

      g_mkdir (path, 0700);
      g_setenv (names[i], path, TRUE);
    }
  g_setenv ("HOME", practice.home, TRUE);
  g_setenv ("TRESTLE_PRACTICE_IDLE_SECONDS", "120", TRUE);
}

/* A test that aborts takes its server along. */
static inline void
practice_fixture_tie (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* @speed: how fast states change; the server runs in the foreground and ends with the test */
static inline void
practice_fixture_start (const char *speed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  g_autoptr (TrestleJsonDoc) doc = NULL;
  TrestleJson root, seller;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, practice_fixture_tie, NULL, NULL);
  practice.process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("TRESTLE_PRACTICE"),
                                                  "--foreground", "--speed", speed, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (practice.process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  doc = trestle_json_doc_parse (line, -1, &error);
  g_assert_no_error (error);
  root = trestle_json_root (doc);
  g_set_str (&practice.endpoint, trestle_json_string (root, "endpoint"));
  g_set_str (&practice.access_key_id, trestle_json_string (root, "access_key_id"));
  g_set_str (&practice.secret_access_key, trestle_json_string (root, "secret_access_key"));
  seller = trestle_json_member (trestle_json_member (root, "accounts"), "seller");
  g_set_str (&practice.seller_access_key_id, trestle_json_string (seller, "access_key_id"));
  g_set_str (&practice.seller_secret_access_key, trestle_json_string (seller, "secret_access_key"));
}

/* As a power cut would. */
static inline void
practice_fixture_kill (void)
{
  g_subprocess_send_signal (practice.process, SIGKILL);
  g_subprocess_wait (practice.process, NULL, NULL);
  g_clear_object (&practice.process);
}

static inline void
practice_fixture_delete (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (g_file_test (below, G_FILE_TEST_IS_DIR) && !g_file_test (below, G_FILE_TEST_IS_SYMLINK))
        practice_fixture_delete (below);
      else
        g_unlink (below);
    }
  g_rmdir (path);
}

static inline void
practice_fixture_end (void)
{
  if (practice.process != NULL)
    practice_fixture_kill ();
  practice_fixture_delete (practice.home);
  g_clear_pointer (&practice.home, g_free);
  g_clear_pointer (&practice.endpoint, g_free);
  g_clear_pointer (&practice.access_key_id, g_free);
  g_clear_pointer (&practice.secret_access_key, g_free);
  g_clear_pointer (&practice.seller_access_key_id, g_free);
  g_clear_pointer (&practice.seller_secret_access_key, g_free);
}

/* One unsigned request; the server is another process, so waiting for it blocks nothing of it. */
static inline void
practice_fixture_post (const char *method, const char *path, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *request = NULL;
  char answer[4096] = "";
  gsize n = 0;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_uri (client, practice.endpoint, 80, NULL, &error);
  g_assert_no_error (error);
  request = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n"
                             "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                             method, path, practice.endpoint + strlen ("http://"), strlen (body),
                             body);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                           sizeof answer - 1, &n, NULL, NULL);
  if (!g_str_has_prefix (answer, "HTTP/1.1 200"))
    g_error ("%s %s: %s", method, path, answer);
}

/* @faults: JSON as the practice account's --faults takes it */
static inline void
practice_fixture_break (const char *faults)
{
  practice_fixture_post ("POST", "/practice/faults", faults);
}

static inline void
practice_fixture_mend (void)
{
  practice_fixture_post ("DELETE", "/practice/faults", "");
}
