/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-container-private.h"

#include <string.h>

#include "base/trestle-future.h"
#include "domain/trestle-container-scan.h"
#include "workbench/trestle-workbench-error.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* What ECR's scan would find, asked of a scanner that is installed here. */

#define LONGEST_MSEC 600000
#define MOST_REPORT (64 * 1024 * 1024)

/* Where the image lies: with the engine, in a file, in a folder. Grype says which by the name’s beginning. */
static const char *
find_scheme (const char *target, gboolean archive)
{
  if (!archive)
    return "docker:";
  return g_file_test (target, G_FILE_TEST_IS_DIR) ? "oci-dir:" : "docker-archive:";
}

/* Returns: (nullable): the scanner's command; its report goes to @report */
static GStrv
make_command (const char *target, gboolean archive, const char *report)
{
  g_autofree char *trivy = g_find_program_in_path ("trivy");
  g_autofree char *grype = trivy == NULL ? g_find_program_in_path ("grype") : NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *named = g_strconcat (find_scheme (target, archive), target, NULL);

  if (trivy != NULL)
    {
      g_strv_builder_add_many (words, trivy, "image", "--quiet", "--scanners", "vuln", "--format",
                               "json", "--output", report, NULL);
      if (archive)
        g_strv_builder_add_many (words, "--input", target, NULL);
      else
        g_strv_builder_add_many (words, "--image-src", "docker", "--", target, NULL);
    }
  else if (grype != NULL)
    g_strv_builder_add_many (words, grype, "--quiet", "--output", "json", "--file", report, "--",
                             named, NULL);
  else
    return NULL;
  return g_strv_builder_end (words);
}

static void
judge (TrestleContainerRun *self, const char *scanner, TrestleContainerScan *scan)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_VULNERABILITIES;

  if (scan->critical + scan->high == 0)
    {
      trestle_container_pass (self, id, NULL, g_strdup (scanner), NULL);
      return;
    }
  g_ptr_array_add (scan->names, NULL);
  trestle_container_fail (self, id, g_strdup (_ ("Has critical or high vulnerabilities")),
                          g_strdup_printf (_ ("%u critical, %u high"), scan->critical, scan->high),
                          g_strjoinv ("\n", (char **) scan->names->pdata));
}

static DexFuture *
read_fiber (gpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  TrestleContainerScan *scan = NULL;

  if (g_file_get_contents (path, &text, &length, &error) && length > MOST_REPORT)
    g_set_error (&error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_FAILED,
                 "its report is too large to be read");
  if (error == NULL)
    scan = trestle_container_scan_read (text, length, &error);
  return scan != NULL ? dex_future_new_take_boxed (TRESTLE_TYPE_CONTAINER_SCAN, scan)
                      : trestle_future_error (error);
}

static GSubprocess *
start (TrestleContainerRun *self, const char *const *command, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const char *address = self->container_engine != NULL
                            ? trestle_container_engine_get_address (self->container_engine)
                            : NULL;

  if (address != NULL)
    g_subprocess_launcher_setenv (launcher, "DOCKER_HOST", address, TRUE);
  return g_subprocess_launcher_spawnv (launcher, command, error);
}

void
trestle_container_check_vulnerabilities (TrestleContainerRun *self, gboolean archive)
{
  const TrestleContainerCheckId id = TRESTLE_CHECK_VULNERABILITIES;
  g_autofree char *folder = trestle_container_scratch (self, "scan");
  g_autofree char *report = g_build_filename (folder, "report.json", NULL);
  g_auto (GStrv)
      command = make_command (trestle_container_plan_get_target (self->plan), archive, report);
  g_autofree char *scanner = command != NULL ? g_path_get_basename (command[0]) : NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (TrestleContainerScan) scan = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (command == NULL)
    {
      trestle_container_skip (
          self, id,
          g_strdup (_ ("Neither Trivy nor Grype is installed here. ECR scans the image when it "
                       "is pushed; the package form shows what it found.")));
      return;
    }
  trestle_container_begin (self, id);
  process = start (self, (const char *const *) command, &error);
  done = process != NULL
         && dex_await (
             dex_future_first (trestle_future_with_timeout (dex_subprocess_wait_check (process),
                                                            LONGEST_MSEC, scanner),
                               dex_ref (self->stop), NULL),
             &error);
  if (process != NULL)
    g_subprocess_force_exit (process);
  if (self->stopped)
    return;
  if (done)
    scan = dex_await_boxed (trestle_pool_spawn (read_fiber, g_strdup (report), g_free), &error);
  if (scan != NULL)
    judge (self, scanner, scan);
  else
    trestle_container_skip (
        self, id,
        /* Translators: name of a program, why it did not work */
        g_strdup_printf (_ ("%s could not scan it: %s"), scanner, error->message));
}
