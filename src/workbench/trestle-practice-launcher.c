/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-practice-launcher.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "base/trestle-future.h"
#include "base/trestle-paths.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"

#define PROGRAM "trestle-practice"
#define START_MSEC 60000
#define HEALTH_MSEC 3000
#define MAX_LINE 16384

static GError *practice_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

static GError *
practice_error (const char *format, ...)
{
  va_list args;
  GError *error;

  va_start (args, format);
  error = g_error_new_valist (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_PRACTICE, format,
                              args);
  va_end (args);
  return error;
}

static char *
file_below (const char *name)
{
  g_autofree char *folder = trestle_paths_data ("practice");

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

static TrestlePracticeHandle *
read_handle (void)
{
  g_autofree char *path = file_below ("server.json");
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  return trestle_practice_handle_parse (text, (gssize) length, NULL);
}

/* Its process may be there and yet be somebody else's: only an answer counts. */
static gboolean
answers (TrestleAwsTransport *transport, const TrestlePracticeHandle *handle)
{
  g_autofree char *uri = g_strconcat (handle->endpoint, "/practice/health", NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (!trestle_practice_handle_is_alive (handle))
    return FALSE;
  bytes = dex_await_boxed (
      trestle_future_with_timeout (trestle_aws_transport_fetch (transport, uri, MAX_LINE),
                                   HEALTH_MSEC, "the practice account's answer"),
      NULL);
  return bytes != NULL
         && g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                          PROGRAM)
                != NULL;
}

/* TRESTLE_PRACTICE, beside this program's folder as in the build, or where it is installed. */
static char *
find_program (void)
{
  const char *given = g_getenv ("TRESTLE_PRACTICE");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self ? g_path_get_dirname (self) : NULL;

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  if (folder != NULL)
    {
      const char *const places[][2] = { { "..", "practice" }, { ".", "." }, { "..", "libexec" } };

      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        {
          g_autofree char *path = g_build_filename (folder, places[i][0], places[i][1], PROGRAM,
                                                    NULL);

          if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
            return g_canonicalize_filename (path, NULL);
        }
    }
  return g_build_filename (TRESTLE_LIBEXECDIR, PROGRAM, NULL);
}

static void
leave_terminal (gpointer data)
{
  /* Ctrl-C is meant for the command line, not for the server. */
  setsid ();
}

/* The last words of a server that did not come up. */
static char *
last_words (const char *log)
{
  g_autofree char *text = NULL;
  char *line;

  if (!g_file_get_contents (log, &text, NULL, NULL))
    return g_strdup ("it said nothing");
  g_strchomp (text);
  line = strrchr (text, '\n');
  line = line != NULL ? line + 1 : text;
  return g_strdup (*line != '\0' ? line : "it said nothing");
}

static char *
read_line (GInputStream *stream, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);

  while (strchr (line->str, '\n') == NULL && line->len < MAX_LINE)
    {
      g_autoptr (GBytes) bytes = dex_await_boxed (
          dex_input_stream_read_bytes (stream, 4096, G_PRIORITY_DEFAULT), error);

      if (bytes == NULL)
        return NULL;
      if (g_bytes_get_size (bytes) == 0)
        break;
      g_string_append_len (line, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static DexFuture *
ready_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  char *line = read_line (data, &error);

  return line != NULL ? dex_future_new_take_string (line) : trestle_future_error (error);
}

static TrestlePracticeHandle *
start (GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *program = find_program ();
  g_autofree char *log = file_below ("server.log");
  g_autofree char *line = NULL;
  g_autofree char *words = NULL;
  TrestlePracticeHandle *handle;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  g_subprocess_launcher_set_child_setup (launcher, leave_terminal, NULL, NULL);
  process = g_subprocess_launcher_spawn (launcher, &reason, program, NULL);
  if (process == NULL)
    {
      g_propagate_error (
          error, practice_error ("The practice account could not be started: %s", reason->message));
      return NULL;
    }
  line = dex_await_string (
      trestle_future_with_timeout (
          trestle_fiber_spawn (ready_fiber, g_object_ref (g_subprocess_get_stdout_pipe (process)),
                               g_object_unref),
          START_MSEC, "the practice account's start"),
      &reason);
  if (line != NULL && *line != '\0')
    {
      handle = trestle_practice_handle_parse (line, -1, &reason);
      if (handle != NULL)
        return handle;
    }
  words = last_words (log);
  g_propagate_error (error,
                     practice_error ("The practice account did not come up: %s",
                                     reason != NULL && line != NULL ? reason->message : words));
  return NULL;
}

static DexFuture *
launch_fiber (gpointer transport)
{
  g_autoptr (TrestlePracticeHandle) handle = read_handle ();
  g_autoptr (GError) error = NULL;

  if (handle == NULL || !answers (transport, handle))
    {
      g_clear_pointer (&handle, trestle_practice_handle_free);
      handle = start (&error);
    }
  if (handle == NULL)
    return trestle_future_error (error);
  return dex_future_new_take_boxed (TRESTLE_TYPE_PRACTICE_HANDLE, g_steal_pointer (&handle));
}

DexFuture *
trestle_practice_launch (TrestleAwsTransport *transport)
{
  return trestle_fiber_spawn (launch_fiber, g_object_ref (transport), g_object_unref);
}
