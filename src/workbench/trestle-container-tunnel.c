/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-engine.h"

#include <unistd.h>

#include "base/trestle-future.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"

#define PROGRAM "trestle-container-forward"
#define START_MSEC 10000
#define PORT "8080"

/* Beside this program's folder as in the build, or where it is installed. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *built = folder != NULL
                               ? g_build_filename (folder, "..", "workbench", PROGRAM, NULL)
                               : NULL;

  if (built != NULL && g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_canonicalize_filename (built, NULL);
  return g_build_filename (TRESTLE_LIBEXECDIR, PROGRAM, NULL);
}

static void
discard_socket (gpointer path)
{
  unlink (path);
  g_free (path);
}

TrestleLocalHttp *
trestle_container_engine_forward (gint64 pid, GSubprocess **process, GError **error)
{
  static guint serial;
  g_autofree char *program = find_program ();
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, pid);
  g_autofree char *socket = g_strdup_printf ("%s/trestle-check-%d-%u.sock",
                                             g_get_user_runtime_dir (), getpid (), serial++);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) reason = NULL;
  TrestleLocalHttp *http;

  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);
  unlink (socket);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &reason, program, number, socket, PORT,
                            NULL);
  if (child != NULL)
    line = dex_await_boxed (trestle_future_with_timeout (
                                dex_input_stream_read_bytes (g_subprocess_get_stdout_pipe (child),
                                                             16, G_PRIORITY_DEFAULT),
                                START_MSEC, "the way into the container"),
                            &reason);
  if (line == NULL || g_bytes_get_size (line) == 0)
    {
      if (child != NULL)
        g_subprocess_force_exit (child);
      unlink (socket);
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                   "A container without a network can be asked by its owner alone, and this one is "
                   "another user’s%s%s. Use Podman without root, or publish port 8080 yourself and "
                   "check its address",
                   reason != NULL ? ": " : "", reason != NULL ? reason->message : "");
      return NULL;
    }
  http = trestle_local_http_new_for_socket (socket);
  g_object_set_data_full (G_OBJECT (child), "socket", g_steal_pointer (&socket), discard_socket);
  *process = g_steal_pointer (&child);
  return http;
}
