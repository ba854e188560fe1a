/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/trestle-redact.h"
#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "workbench/trestle-accounts.h"

/* Longer than any secret key or session token that AWS gives out. */
#define MAX_SECRET 8192

DexFuture *
trestle_cli_whoami (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 0, 0, &error);
  g_autoptr (TrestleIdentity) identity = NULL;
  TrestleSession *session;

  if (args == NULL)
    return trestle_cli_fail (&error);
  session = trestle_cli_open (cli, &error);
  if (session == NULL)
    return trestle_cli_fail (&error);
  identity = dex_await_object (trestle_session_identify (session), &error);
  if (identity == NULL)
    return trestle_cli_fail (&error);

  if (cli->json)
    {
      JsonNode *node = trestle_cli_json_identity (identity);

      trestle_cli_set_string (json_node_get_object (node), "region",
                              trestle_session_get_region (session));
      trestle_cli_print_json (node, FALSE);
      return dex_future_new_for_boolean (TRUE);
    }
  printf (_ ("Account   %s (%s)\nIdentity  %s\nRegion    %s\n"),
          trestle_identity_get_account (identity),
          trestle_account_get_name (trestle_session_get_account (session)),
          trestle_identity_get_arn (identity), trestle_session_get_region (session));
  return dex_future_new_for_boolean (TRUE);
}

/* One line from standard input, not shown while it is typed. */
static char *
read_secret (const char *prompt, GError **error)
{
  struct termios before, hidden;
  gboolean terminal = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &before) == 0;
  g_autofree char *line = g_malloc0 (MAX_SECRET);
  gboolean got;

  if (terminal)
    {
      g_printerr ("%s", prompt);
      hidden = before;
      hidden.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
    }
  got = fgets (line, MAX_SECRET, stdin) != NULL;
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      g_printerr ("\n");
    }
  g_strstrip (line);
  if (!got || *line == '\0')
    {
      g_set_error_literal (error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                           _ ("The secret access key is read from standard input, but nothing was "
                              "there"));
      return NULL;
    }
  trestle_redact_add (line);
  return g_steal_pointer (&line);
}

static DexFuture *
account_add (TrestleCli *cli, const char *name, const char *access_key_id, gboolean with_token)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL, *token = NULL;
  g_autoptr (TrestleAccount) account = NULL;

  if (access_key_id == NULL)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("Name the access key id with --access-key-id"));
  secret = read_secret (_ ("Secret access key: "), &error);
  if (secret != NULL && with_token)
    token = read_secret (_ ("Session token: "), &error);
  if (error != NULL)
    return trestle_cli_fail (&error);
  account = dex_await_object (
      trestle_accounts_add (name, access_key_id, secret, token, cli->region), &error);
  if (account == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    trestle_cli_print_json (trestle_cli_json_account (account), FALSE);
  else
    g_printerr (_ ("“%s” is kept in the keyring; use it with --account %s\n"), name, name);
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
account_list (TrestleCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) accounts = dex_await_object (trestle_accounts_list (), &error);
  TrestleCliTable *table;

  if (accounts == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    {
      trestle_cli_print_items (accounts, trestle_cli_json_account);
      return dex_future_new_for_boolean (TRUE);
    }
  table = trestle_cli_table_new (_ ("Name"), _ ("From"), _ ("Account"), _ ("Access key"),
                                 _ ("Region"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (TrestleAccount) account = g_list_model_get_item (accounts, i);
      g_autofree char *from = g_strndup (trestle_account_get_id (account),
                                         strcspn (trestle_account_get_id (account), ":"));

      trestle_cli_table_add (
          table, trestle_account_get_name (account), from, trestle_account_get_number (account),
          trestle_account_get_access_key_id (account), trestle_account_get_region (account));
    }
  trestle_cli_table_print (table, _ ("No accounts"));
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_cli_account (TrestleCli *cli, char **argv)
{
  g_autofree char *access_key_id = NULL;
  gboolean with_token = FALSE;
  const GOptionEntry entries[] = {
    { "access-key-id", 0, 0, G_OPTION_ARG_STRING, &access_key_id,
      N_ ("Access key id; the secret is read from standard input"), "ID" },
    { "session-token", 0, 0, G_OPTION_ARG_NONE, &with_token,
      N_ ("A session token follows on a second line of standard input"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 2, &error);

  if (args == NULL)
    return trestle_cli_fail (&error);
  if (strcmp (args[0], "list") == 0 && args[1] == NULL)
    return account_list (cli);
  if (strcmp (args[0], "add") == 0 && args[1] != NULL)
    return account_add (cli, args[1], access_key_id, with_token);
  if (strcmp (args[0], "remove") == 0 && args[1] != NULL)
    return trestle_accounts_remove (args[1]);
  return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                _ ("Use it as “account add NAME --access-key-id ID”, “account "
                                   "list” or “account remove NAME”"));
}
