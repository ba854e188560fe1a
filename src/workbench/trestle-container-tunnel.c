/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include "base/trestle-future.h"
#include "workbench/trestle-workbench-error.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"
#include <glib/gi18n-lib.h>

#define PROGRAM "trestle-container-forward"
#define SOCKET "way"
#define INSIDE "/trestle"
#define START_MSEC 10000
#define STEP_MSEC 20
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

static gboolean
copy_program (const char *folder, GError **error)
{
  g_autofree char *program = find_program ();
  g_autofree char *copy = g_build_filename (folder, PROGRAM, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (program);
  g_autoptr (GFile) to = g_file_new_for_path (copy);

  return dex_await (dex_file_copy (from, to, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT), error);
}

/* Until the socket has its name; an error says what the other container said instead. */
static gboolean
await_socket (TrestleContainerRun *self, const char *path, GError **error)
{
  gint64 until = g_get_monotonic_time () + START_MSEC * (gint64) 1000;

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      TrestleContainerState state;
      g_autoptr (GError) passed = NULL;
      g_autofree char *said = NULL;

      if (!dex_await (dex_timeout_new_msec (STEP_MSEC), &passed)
          && trestle_error_is_cancelled (passed))
        {
          g_propagate_error (error, g_steal_pointer (&passed));
          return FALSE;
        }
      if (!trestle_container_engine_state (self->container_engine, self->way, &state, error))
        return FALSE;
      if (state.running && g_get_monotonic_time () < until)
        continue;
      said = trestle_container_engine_logs (self->container_engine, self->way);
      g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                   _ ("it should listen within %d s, and has status %d: %s"), START_MSEC / 1000,
                   state.exit_code, g_strchomp (said));
      return FALSE;
    }
  return TRUE;
}

gboolean
trestle_container_enter (TrestleContainerRun *self, GError **error)
{
  g_autofree char *name = g_strdup_printf ("way-%u", self->n_ways++);
  g_autofree char *folder = trestle_container_scratch (self, name);
  g_autofree char *bind = g_strdup_printf ("%s:" INSIDE, folder);
  g_autofree char *socket = g_build_filename (folder, SOCKET, NULL);
  static const char *const command[] = { INSIDE "/" PROGRAM, INSIDE "/" SOCKET, PORT, NULL };
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (self->container != NULL && self->way == NULL, FALSE);
  if (copy_program (folder, &reason))
    self->way = trestle_container_engine_create_beside (
        self->container_engine, self->container, trestle_container_plan_get_target (self->plan),
        bind, command, &reason);
  if (self->way == NULL
      || !trestle_container_engine_start (self->container_engine, self->way, &reason)
      || !await_socket (self, socket, &reason))
    {
      g_propagate_prefixed_error (
          error, g_steal_pointer (&reason),
          _ ("The container has no network, and the small program that carries requests into it "
             "could not be run beside it. Publish port 8080 yourself and check its address, or see "
             "why: "));
      return FALSE;
    }
  g_clear_object (&self->http);
  self->http = trestle_local_http_new_for_socket (socket);
  return TRUE;
}
