/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include "cli/trestle-cli.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "workbench/trestle-accounts.h"

G_DEFINE_QUARK (trestle-cli-error-quark, trestle_cli_error)

static const TrestleCliCommand commands[] = {
  { "whoami", "", N_ ("Say which account, identity and Region this is"), trestle_cli_whoami },
  { "account", "add NAME | list | remove NAME", N_ ("Keep AWS keys in the keyring"),
    trestle_cli_account },
  { "search", "[TEXT]", N_ ("Find models and algorithms"), trestle_cli_search },
  { "show", "LISTING", N_ ("Show a product: description, prices, versions, samples"),
    trestle_cli_show },
  { "offers", "LISTING", N_ ("List what a product can be bought for"), trestle_cli_offers },
  { "subscribe", "LISTING", N_ ("Quote a subscription, and accept it with --accept"),
    trestle_cli_subscribe },
  { "subscriptions", "", N_ ("List subscriptions"), trestle_cli_subscriptions },
  { "unsubscribe", "LISTING", N_ ("Cancel a subscription"), trestle_cli_unsubscribe },
  { "arn", "LISTING [ARN]", N_ ("Show or remember the package of a subscription"),
    trestle_cli_arn },
  { "deploy", "LISTING|ARN --name NAME", N_ ("Make an endpoint"), trestle_cli_deploy },
  { "endpoints", "", N_ ("List endpoints with their cost"), trestle_cli_endpoints },
  { "endpoint", "NAME", N_ ("Show one endpoint"), trestle_cli_endpoint },
  { "invoke", "ENDPOINT FILE…", N_ ("Send files to an endpoint"), trestle_cli_invoke },
  { "delete-endpoint", "NAME", N_ ("Delete an endpoint, its configuration and its model"),
    trestle_cli_delete_endpoint },
  { "logs", "ENDPOINT | --group GROUP", N_ ("Read the log of an endpoint"), trestle_cli_logs },
  { "cleanup", "", N_ ("List and delete what this installation made"), trestle_cli_cleanup },
  { "listing",
    "new [TITLE] | list | show PRODUCT | lint DRAFT | diff DRAFT | export DRAFT FILE | "
    "submit DRAFT",
    N_ ("Write listings: drafts, what AWS would refuse, what differs, sending"),
    trestle_cli_listing },
  { "package", "list | show NAME | create FILE", N_ ("Make model packages and algorithms"),
    trestle_cli_package },
  { "container", "check IMAGE|ARCHIVE|URL [--samples DIR]",
    N_ ("Test a container against SageMaker’s contract before it is uploaded"),
    trestle_cli_container },
  { "version", "add PRODUCT | update PRODUCT VERSION | restrict PRODUCT VERSION | try DRAFT",
    N_ ("Add, change and restrict versions of a product; try a draft’s samples"),
    trestle_cli_version },
  { "price", "show PRODUCT | set PRODUCT KEY=PRICE… | import PRODUCT FILE",
    N_ ("Show and change the prices of a product"), trestle_cli_price },
  { "private-offer", "create PRODUCT | clone OFFER | expire OFFER | list",
    N_ ("Make offers to buyers by name"), trestle_cli_private_offer },
  { "testers", "PRODUCT", N_ ("List and change who sees a product while it is limited"),
    trestle_cli_testers },
  { "publish", "PRODUCT", N_ ("Make a product public"), trestle_cli_publish },
  { "unpublish", "PRODUCT", N_ ("Take a product off the market"), trestle_cli_unpublish },
  { "changes", "[ID]", N_ ("List change sets, or show one"), trestle_cli_changes },
  { "reports", "list | fetch | order SET | show REPORT | forget",
    N_ ("Read the seller's data feeds, and report usage, revenue, payments and tax"),
    trestle_cli_reports },
};

const TrestleCliCommand *
trestle_cli_commands (guint *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}

static const TrestleCliCommand *
command_of (TrestleCli *cli)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, cli->command))
      return &commands[i];
  g_return_val_if_reached (&commands[0]);
}

DexFuture *
trestle_cli_fail (GError **error)
{
  return dex_future_new_for_error (g_steal_pointer (error));
}

char **
trestle_cli_parse (TrestleCli *cli,
                   char **argv,
                   const GOptionEntry *entries,
                   int min,
                   int max,
                   GError **error)
{
  const GOptionEntry global[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, &cli->practice, N_ ("Work with the practice account"),
      NULL },
    { "account", 0, 0, G_OPTION_ARG_STRING, &cli->account,
      N_ ("buyer, seller or tester; or a name in the keyring"), "A" },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &cli->profile, N_ ("A profile of ~/.aws"), "P" },
    { "region", 0, 0, G_OPTION_ARG_STRING, &cli->region, N_ ("AWS Region"), "R" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  const TrestleCliCommand *command = command_of (cli);
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *parameters = g_strconcat (command->name, " ", command->arguments, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) reason = NULL;
  g_auto (GStrv) copy = NULL;
  int count;

  context = g_option_context_new (parameters);
  g_option_context_set_summary (context, gettext (command->summary));
  g_option_context_set_translation_domain (context, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, global, NULL);

  g_strv_builder_add (builder, "trestle-cli");
  g_strv_builder_addv (builder, (const char **) argv + 1);
  copy = g_strv_builder_end (builder);
  if (!g_option_context_parse_strv (context, &copy, &reason))
    {
      g_set_error (error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                   _ ("%s; “trestle-cli %s --help” explains it"), reason->message, command->name);
      return NULL;
    }
  count = (int) g_strv_length (copy) - 1;
  if (count < min || (max >= 0 && count > max))
    {
      g_set_error (error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                   _ ("Use it as “trestle-cli %s”; “trestle-cli %s --help” explains it"),
                   parameters, command->name);
      return NULL;
    }
  return g_strdupv (copy + 1);
}

/* The verb is the first argument that is neither an option nor a global option's value. */
static char **
find_verb (char **argv)
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

DexFuture *
trestle_cli_verb (TrestleCli *cli, char **argv, const TrestleCliVerb *verbs, guint n_verbs)
{
  char **verb = find_verb (argv);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  g_auto (GStrv) rest = NULL;

  if (verb == NULL && g_strv_contains ((const char *const *) argv, "--help"))
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 0, -1, &error);

      return trestle_cli_fail (&error);
    }
  for (char **p = argv; *p != NULL; p++)
    if (p != verb)
      g_strv_builder_add (builder, *p);
  rest = g_strv_builder_end (builder);
  for (guint i = 0; i < n_verbs; i++)
    {
      if (verb != NULL && g_str_equal (*verb, verbs[i].name))
        return verbs[i].run (cli, rest);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", verbs[i].name);
    }
  if (verb == NULL)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("“%s” needs one of: %s"), cli->command, names->str);
  return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                _ ("“%s” has no “%s”, but %s"), cli->command, *verb, names->str);
}

static TrestleAccount *
find_account (TrestleCli *cli, GError **error)
{
  static const char *const roles[] = { "buyer", "seller", "tester", NULL };

  if (cli->practice)
    {
      const char *role = cli->account ? cli->account : "buyer";

      if (!g_strv_contains (roles, role))
        {
          g_set_error (error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                       _ ("The practice account has buyer, seller and tester, but no “%s”"), role);
          return NULL;
        }
      return trestle_accounts_practice (role);
    }
  if (cli->account != NULL)
    return dex_await_object (trestle_accounts_find (cli->account), error);
  return dex_await_object (trestle_accounts_default (cli->profile), error);
}

/* Whether the local store alone says that something is due; most runs need no call for it. */
static gboolean
something_is_due (TrestleSession *session)
{
  g_autofree char *scope = g_strdup_printf (
      "%s/%s", trestle_account_get_id (trestle_session_get_account (session)),
      trestle_session_get_region (session));
  TrestleStore *store = trestle_session_get_store (session);
  g_autoptr (GPtrArray) open = trestle_store_journal_open (store, scope, NULL);
  g_autoptr (GPtrArray) running = trestle_store_ledger_list (store, scope, TRUE, NULL);

  if (open != NULL && open->len > 0)
    return TRUE;
  for (guint i = 0; running != NULL && i < running->len; i++)
    {
      TrestleLedgerEntry *entry = g_ptr_array_index (running, i);

      if (entry->delete_by != 0 && entry->delete_by <= trestle_clock_now ())
        return TRUE;
    }
  return FALSE;
}

TrestleSession *
trestle_cli_open (TrestleCli *cli, GError **error)
{
  g_autoptr (TrestleAccount) account = find_account (cli, error);
  const char *notice;

  if (account == NULL)
    return NULL;
  cli->session = dex_await_object (trestle_session_open (account, cli->region), error);
  if (cli->session == NULL)
    return NULL;
  notice = trestle_store_get_notice (trestle_session_get_store (cli->session));
  if (notice != NULL)
    g_printerr ("trestle-cli: %s\n", notice);
  if (something_is_due (cli->session))
    {
      g_autoptr (GError) reason = NULL;

      if (!dex_await (trestle_session_recover (cli->session), &reason))
        g_printerr ("trestle-cli: %s\n", reason->message);
    }
  return cli->session;
}

static void
show_step (TrestleStep *step, GParamSpec *pspec, gpointer data)
{
  const char *detail = trestle_step_get_detail (step);

  switch (trestle_step_get_state (step))
    {
    case TRESTLE_TASK_STATE_RUNNING:
      g_printerr ("\r\033[K… %s%s%s", trestle_step_get_title (step), detail ? ": " : "",
                  detail ? detail : "");
      break;
    case TRESTLE_TASK_STATE_DONE:
      g_printerr ("\r\033[K✓ %s (%.1f s)\n", trestle_step_get_title (step),
                  (double) (trestle_step_get_ended (step) - trestle_step_get_started (step)) / 1e6);
      break;
    case TRESTLE_TASK_STATE_FAILED:
      g_printerr ("\r\033[K✗ %s\n", trestle_step_get_title (step));
      break;
    case TRESTLE_TASK_STATE_UNDONE:
      g_printerr ("\r\033[K↶ %s\n", trestle_step_get_title (step));
      break;
    case TRESTLE_TASK_STATE_WAITING:
    default:
      break;
    }
}

static void
steps_changed (GListModel *steps, guint position, guint removed, guint added, gpointer data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (TrestleStep) step = g_list_model_get_item (steps, i);

      g_signal_connect (step, "notify", G_CALLBACK (show_step), NULL);
      show_step (step, NULL, NULL);
    }
}

gboolean
trestle_cli_watch (TrestleCli *cli, TrestleTask *task, GError **error)
{
  GListModel *steps = trestle_task_get_steps (task);

  if (isatty (STDERR_FILENO))
    {
      g_signal_connect (steps, "items-changed", G_CALLBACK (steps_changed), NULL);
      steps_changed (steps, 0, 0, g_list_model_get_n_items (steps), NULL);
    }
  return dex_await (trestle_task_wait (task), error);
}
