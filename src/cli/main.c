/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "aws/trestle-aws-error.h"
#include "base/trestle-future.h"
#include "base/trestle-redact.h"
#include "cli/trestle-cli-print.h"
#include "cli/trestle-cli.h"
#include "trestle-config.h"
#include "workbench/trestle-workbench-error.h"

typedef struct
{
  TrestleCli *cli;
  const TrestleCliCommand *command;
  char **argv;
} Run;

static DexFuture *
run_fiber (gpointer data)
{
  Run *run = data;

  return run->command->run (run->cli, run->argv);
}

static char *
request_id_of (const GError *error)
{
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);

  return details ? g_strdup (details->request_id) : NULL;
}

/* The name on which scripts act: AWS's own code where there is one. */
static const char *
code_of (const GError *error)
{
  const TrestleAwsErrorDetails *details = trestle_aws_error_details (error);

  if (details != NULL && details->code != NULL)
    return details->code;
  if (error->domain == TRESTLE_CLI_ERROR)
    return "Usage";
  if (error->domain == TRESTLE_AWS_ERROR)
    switch ((TrestleAwsError) error->code)
      {
      case TRESTLE_AWS_ERROR_NETWORK:
        return "Network";
      case TRESTLE_AWS_ERROR_TIMEOUT:
        return "Timeout";
      case TRESTLE_AWS_ERROR_THROTTLED:
        return "Throttled";
      case TRESTLE_AWS_ERROR_CREDENTIALS_MISSING:
        return "CredentialsMissing";
      case TRESTLE_AWS_ERROR_CREDENTIALS_EXPIRED:
        return "CredentialsExpired";
      case TRESTLE_AWS_ERROR_ACCESS_DENIED:
        return "AccessDenied";
      case TRESTLE_AWS_ERROR_NOT_FOUND:
        return "NotFound";
      case TRESTLE_AWS_ERROR_CONFLICT:
        return "Conflict";
      case TRESTLE_AWS_ERROR_VALIDATION:
        return "Validation";
      case TRESTLE_AWS_ERROR_QUOTA:
        return "Quota";
      case TRESTLE_AWS_ERROR_MODEL:
        return "Model";
      case TRESTLE_AWS_ERROR_SERVICE:
        return "Service";
      case TRESTLE_AWS_ERROR_PROTOCOL:
        return "Protocol";
      case TRESTLE_AWS_ERROR_CLOCK_SKEW:
        return "ClockSkew";
      case TRESTLE_AWS_ERROR_CONFIG:
        return "Config";
      default:
        return "Failed";
      }
  if (error->domain == TRESTLE_WORKBENCH_ERROR)
    switch ((TrestleWorkbenchError) error->code)
      {
      case TRESTLE_WORKBENCH_ERROR_NOT_FOUND:
        return "NotFound";
      case TRESTLE_WORKBENCH_ERROR_AMBIGUOUS:
        return "Ambiguous";
      case TRESTLE_WORKBENCH_ERROR_ALREADY_SUBSCRIBED:
        return "AlreadySubscribed";
      case TRESTLE_WORKBENCH_ERROR_NOT_SUBSCRIBED:
        return "NotSubscribed";
      case TRESTLE_WORKBENCH_ERROR_ARN_NEEDED:
        return "ArnNeeded";
      case TRESTLE_WORKBENCH_ERROR_INPUT:
        return "Input";
      case TRESTLE_WORKBENCH_ERROR_NO_ROLE:
        return "NoRole";
      case TRESTLE_WORKBENCH_ERROR_FAILED:
        return "Failed";
      case TRESTLE_WORKBENCH_ERROR_PRACTICE:
        return "Practice";
      default:
        return "Failed";
      }
  return "Failed";
}

static void
print_error (TrestleCli *cli, const GError *error)
{
  g_autofree char *message = trestle_redact (error->message);
  g_autofree char *request_id = request_id_of (error);

  if (cli->json)
    {
      JsonObject *inner = json_object_new (), *outer = json_object_new ();
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;

      json_object_set_string_member (inner, "code", code_of (error));
      json_object_set_string_member (inner, "message", message);
      if (request_id != NULL)
        json_object_set_string_member (inner, "request_id", request_id);
      else
        json_object_set_null_member (inner, "request_id");
      json_object_set_object_member (outer, "error", inner);
      node = trestle_cli_take_object (outer);
      text = json_to_string (node, FALSE);
      g_printerr ("%s\n", text);
      return;
    }
  if (request_id != NULL && strstr (message, request_id) == NULL)
    g_printerr ("trestle-cli: %s (request %s)\n", message, request_id);
  else
    g_printerr ("trestle-cli: %s\n", message);
}

static void
print_usage (FILE *out)
{
  guint n;
  const TrestleCliCommand *commands = trestle_cli_commands (&n);

  fprintf (out,
           "%s\n  trestle-cli [--practice [--account A]] [--profile P] [--region R] [--json] "
           "COMMAND …\n\n%s\n",
           _ ("Usage:"), _ ("Commands:"));
  for (guint i = 0; i < n; i++)
    fprintf (out, "  %-16s %s\n", commands[i].name, commands[i].summary);
  fprintf (
      out,
      "\n%s\n  --practice         %s\n  --account A        %s\n  --profile P        %s\n"
      "  --region R         %s\n  --json             %s\n  --version          %s\n\n%s\n",
      _ ("Options:"), _ ("Work with the practice account: no AWS account, no cost"),
      _ ("Which practice account: buyer (default), seller, tester; or one kept in the keyring"),
      _ ("A profile of ~/.aws"), _ ("AWS Region"), _ ("Print JSON"), _ ("Print the version"),
      _ ("“trestle-cli COMMAND --help” explains a command."));
}

static const TrestleCliCommand *
find_command (const char *name)
{
  guint n;
  const TrestleCliCommand *commands = trestle_cli_commands (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

/* The command's name is the first argument that is neither an option nor an option's value. */
static char **
find_command_argument (char **argv)
{
  static const char *const with_value[] = { "--account", "--profile", "--region", NULL };

  for (char **p = argv + 1; *p != NULL; p++)
    {
      if (**p != '-')
        return p;
      if (g_strv_contains (with_value, *p) && p[1] != NULL)
        p++;
    }
  return NULL;
}

static void
cli_clear (TrestleCli *cli)
{
  g_clear_object (&cli->session);
  g_free (cli->account);
  g_free (cli->profile);
  g_free (cli->region);
}

/* The command first, then all options: each command's parser knows the global ones too. */
static char **
move_command_first (char **argv, char **command)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, *command);
  for (char **p = argv + 1; *p != NULL; p++)
    if (p != command)
      g_strv_builder_add (builder, *p);
  return g_strv_builder_end (builder);
}

int
main (int argc, char **argv)
{
  TrestleCli cli = { 0 };
  Run run = { .cli = &cli };
  char **command;
  int status = 0;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) own = NULL;
  DexFuture *done;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TRESTLE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("trestle-cli");
  /* stdout belongs to the answer, also when somebody wants to see all messages. */
  g_log_writer_default_set_use_stderr (TRUE);
  dex_init ();

  command = find_command_argument (argv);
  if (command == NULL)
    {
      for (int i = 1; i < argc; i++)
        {
          if (strcmp (argv[i], "--version") == 0)
            {
              printf ("trestle-cli %s\n", TRESTLE_VERSION);
              return 0;
            }
          if (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0)
            {
              print_usage (stdout);
              return 0;
            }
        }
      print_usage (stderr);
      return 2;
    }
  for (char **p = argv + 1; *p != NULL; p++)
    cli.json |= strcmp (*p, "--json") == 0;
  run.command = find_command (*command);
  if (run.command == NULL)
    {
      error = g_error_new (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                           _ ("There is no command “%s”; “trestle-cli --help” lists them"),
                           *command);
      print_error (&cli, error);
      return 2;
    }
  cli.command = run.command->name;
  own = move_command_first (argv, command);
  run.argv = own;

  done = trestle_await_run (trestle_fiber_spawn (run_fiber, &run, NULL), &error);
  dex_clear (&done);
  if (error != NULL)
    {
      status = g_error_matches (error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE) ? 2 : 1;
      if (!g_error_matches (error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_SAID))
        print_error (&cli, error);
    }
  if (fflush (stdout) != 0 || ferror (stdout))
    status = MAX (status, 1);
  cli_clear (&cli);
  return status;
}
