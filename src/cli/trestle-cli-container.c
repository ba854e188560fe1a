/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/trestle-future.h"
#include "base/trestle-redact.h"
#include "cli/trestle-cli-print.h"
#include "domain/trestle-container-check.h"
#include "domain/trestle-container-report.h"
#include "domain/trestle-container-rules.h"
#include "workbench/trestle-container-run.h"

static const char *
mark_of (TrestleContainerCheck *check)
{
  switch (trestle_container_check_get_state (check))
    {
    case TRESTLE_CHECK_STATE_PASSED:
      return "✓";
    case TRESTLE_CHECK_STATE_FAILED:
      return trestle_container_check_get_severity (check) == TRESTLE_SEVERITY_ERROR ? "✗" : "!";
    case TRESTLE_CHECK_STATE_RUNNING:
      return "…";
    case TRESTLE_CHECK_STATE_SKIPPED:
    case TRESTLE_CHECK_STATE_WAITING:
    default:
      return "–";
    }
}

/* Below the check, every line of it. */
static void
print_indented (const char *text)
{
  g_autofree char *clean = trestle_redact (text);
  g_auto (GStrv) lines = clean != NULL ? g_strsplit (clean, "\n", -1) : NULL;

  for (char **line = lines; line != NULL && *line != NULL; line++)
    printf ("    %s\n", *line);
}

static void
print_check (TrestleContainerCheck *check)
{
  const char *figure = trestle_container_check_get_figure (check);

  printf ("%s %s%s%s\n", mark_of (check), trestle_container_check_get_title (check),
          figure != NULL ? " · " : "", figure != NULL ? figure : "");
  print_indented (trestle_container_check_get_reason (check));
  print_indented (trestle_container_check_get_remedy (check));
}

/* On a terminal the check that runs stands in the last line. */
static void
show_progress (GListModel *checks, guint position, guint removed, guint added, gpointer data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (TrestleContainerCheck) check = g_list_model_get_item (checks, i);

      if (trestle_container_check_get_state (check) == TRESTLE_CHECK_STATE_RUNNING)
        g_printerr ("\r\033[K… %s", trestle_container_check_get_title (check));
    }
}

static gboolean
interrupted (gpointer run)
{
  trestle_container_run_stop (run);
  return G_SOURCE_CONTINUE;
}

/* What becomes of Ctrl-C: the run ends, and removes what it made. */
static TrestleContainerResult *
run_to_end (TrestleContainerRun *run, GError **error)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  guint sources[G_N_ELEMENTS (signals)];
  TrestleContainerResult *result;

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    sources[i] = g_unix_signal_add (signals[i], interrupted, run);
  result = dex_await_object (trestle_container_run_start (run), error);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (sources[i]);
  return result;
}

static gboolean
save (const char *path, TrestleContainerResult *result, GError **error)
{
  g_autofree char *text = NULL;

  if (g_str_has_suffix (path, ".json"))
    {
      g_autoptr (JsonNode) node = trestle_container_result_to_json (result);

      text = trestle_json_to_string (node, TRUE);
    }
  else
    {
      text = trestle_container_result_to_markdown (result);
    }
  return g_file_set_contents (path, text, -1, error);
}

static DexFuture *
finish (TrestleCli *cli, TrestleContainerResult *result)
{
  TrestleContainerVerdict verdict = trestle_container_verdict (result);
  g_autofree char *summary = trestle_container_result_summary (result);
  GListModel *checks = trestle_container_result_get_checks (result);

  if (cli->json)
    trestle_cli_print_json (trestle_container_result_to_json (result), FALSE);
  else
    {
      for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
        {
          g_autoptr (TrestleContainerCheck) check = g_list_model_get_item (checks, i);

          if (trestle_container_check_get_state (check) != TRESTLE_CHECK_STATE_SKIPPED)
            print_check (check);
        }
      printf ("%s\n", summary);
    }
  if (verdict == TRESTLE_CONTAINER_VERDICT_FAILED || verdict == TRESTLE_CONTAINER_VERDICT_STOPPED)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_SAID, "The check failed");
  return dex_future_new_true ();
}

static DexFuture *
check (TrestleCli *cli, char **argv)
{
  g_auto (GStrv) types = NULL;
  g_auto (GStrv) accepts = NULL;
  g_auto (GStrv) fields = NULL;
  g_auto (GStrv) hyperparameters = NULL;
  g_autofree char *samples = NULL;
  g_autofree char *model = NULL;
  g_autofree char *training = NULL;
  g_autofree char *report = NULL;
  gboolean stream = FALSE, metered = FALSE;
  int ready = 480, answer = 60;
  const GOptionEntry entries[] = {
    { "samples", 0, 0, G_OPTION_ARG_FILENAME, &samples, N_ ("Folder of sample inputs"),
      N_ ("DIR") },
    { "content-type", 0, 0, G_OPTION_ARG_STRING_ARRAY, &types,
      N_ ("A type that the container takes; may be repeated"), N_ ("T") },
    { "accept", 0, 0, G_OPTION_ARG_STRING_ARRAY, &accepts,
      N_ ("A type that it answers with; may be repeated"), N_ ("T") },
    { "returns", 0, 0, G_OPTION_ARG_STRING_ARRAY, &fields,
      N_ ("A field that every answer has; may be repeated"), N_ ("NAME") },
    { "stream", 0, 0, G_OPTION_ARG_NONE, &stream, N_ ("Its answers are streamed"), NULL },
    { "metered", 0, 0, G_OPTION_ARG_NONE, &metered, N_ ("It is priced per inference"), NULL },
    { "model", 0, 0, G_OPTION_ARG_FILENAME, &model, N_ ("Folder or archive of the model"),
      N_ ("PATH") },
    { "training", 0, 0, G_OPTION_ARG_FILENAME, &training,
      N_ ("An algorithm: folder with a folder of data for each channel"), N_ ("DIR") },
    { "hyperparameter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &hyperparameters,
      N_ ("For the training; may be repeated"), N_ ("NAME=VALUE") },
    { "ready", 0, 0, G_OPTION_ARG_INT, &ready, N_ ("Seconds it may load"), N_ ("N") },
    { "answer", 0, 0, G_OPTION_ARG_INT, &answer, N_ ("Seconds a call may take"), N_ ("N") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &report,
      N_ ("Keep the report as Markdown, or as JSON"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (TrestleContainerPlan) plan = NULL;
  g_autoptr (TrestleContainerRun) run = NULL;
  g_autoptr (TrestleContainerResult) result = NULL;

  if (args == NULL)
    return trestle_cli_fail (&error);
  if (ready < 1 || ready > 480 || answer < 1 || answer > 60)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("--ready takes 1 to 480 seconds, --answer 1 to 60"));
  plan = g_object_new (
      TRESTLE_TYPE_CONTAINER_PLAN, "target", args[0], "kind",
      training != NULL ? TRESTLE_PRODUCT_KIND_ALGORITHM : TRESTLE_PRODUCT_KIND_MODEL, "samples",
      samples, "content-types", types, "accepts", accepts, "fields", fields, "stream", stream,
      "metered", metered, "model", model, "training", training, "hyperparameters", hyperparameters,
      "ready-seconds", (gint64) ready, "answer-seconds", (gint64) answer, NULL);
  run = trestle_container_run_new (plan);
  if (isatty (STDERR_FILENO))
    g_signal_connect (trestle_container_run_get_checks (run), "items-changed",
                      G_CALLBACK (show_progress), NULL);
  result = run_to_end (run, &error);
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K");
  /* 1 is said of a container alone; what could not be checked has neither passed nor failed. */
  if (result == NULL)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE, "%s", error->message);
  if (report != NULL && !save (report, result, &error))
    return trestle_cli_fail (&error);
  return finish (cli, result);
}

DexFuture *
trestle_cli_container (TrestleCli *cli, char **argv)
{
  static const TrestleCliVerb verbs[] = { { "check", check } };

  return trestle_cli_verb (cli, argv, verbs, G_N_ELEMENTS (verbs));
}
