/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libdex.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

#define TRESTLE_CLI_ERROR (trestle_cli_error_quark ())

typedef enum
{
  TRESTLE_CLI_ERROR_USAGE, /* exit status 2 */
  TRESTLE_CLI_ERROR_SAID,  /* exit status 1; the reason has been printed already */
} TrestleCliError;

GQuark trestle_cli_error_quark (void);

/**
 * TrestleCli:
 *
 * What all commands share: the global options, and the session once it is open.
 */
typedef struct
{
  gboolean practice;
  char *account;
  char *profile;
  char *region;
  gboolean json;
  gboolean version;
  const char *command;
  TrestleSession *session;
} TrestleCli;

/**
 * TrestleCliCommand:
 * @arguments: as in the usage line: "LISTING [--offer ID]"
 * @summary: one line
 * @run: called in a fiber with the command's own arguments; resolves to anything, or rejects
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  DexFuture *(*run) (TrestleCli *cli, char **argv);
} TrestleCliCommand;

const TrestleCliCommand *trestle_cli_commands (guint *n);

/**
 * trestle_cli_parse:
 * @argv: the command's arguments, its own name first
 * @entries: (nullable): its options; they may stand among the arguments
 * @min: fewest arguments
 * @max: most, -1 for any number
 *
 * Returns: (transfer full) (nullable): what is not an option; %TRESTLE_CLI_ERROR_USAGE. `--help` prints and exits.
 */
char **trestle_cli_parse (TrestleCli *cli,
                          char **argv,
                          const GOptionEntry *entries,
                          int min,
                          int max,
                          GError **error);

/**
 * trestle_cli_open: awaits the session of the global options; settles what an earlier run left open
 *
 * Returns: (transfer none) (nullable): the session
 */
TrestleSession *trestle_cli_open (TrestleCli *cli, GError **error);

/** trestle_cli_fail: Returns: (transfer full): a rejection with @error, for "return trestle_cli_fail (&error)" */
DexFuture *trestle_cli_fail (GError **error);

/** trestle_cli_watch: awaits @task; on a terminal its steps are shown on stderr while they run */
gboolean trestle_cli_watch (TrestleCli *cli, TrestleTask *task, GError **error);

/** TrestleCliVerb: what a command of several does: "new" of "listing new" */
typedef struct
{
  const char *name;
  DexFuture *(*run) (TrestleCli *cli, char **argv);
} TrestleCliVerb;

/** trestle_cli_verb: runs the one of @verbs that is named first; %TRESTLE_CLI_ERROR_USAGE where none is */
DexFuture *
trestle_cli_verb (TrestleCli *cli, char **argv, const TrestleCliVerb *verbs, guint n_verbs);

/**
 * trestle_cli_submitted:
 * @task: of a change set
 * @wait: until it has ended; otherwise until AWS has taken it
 * @title: (nullable): of the product, for what to type next
 *
 * Awaits @task and prints what became of it.
 */
DexFuture *
trestle_cli_submitted (TrestleCli *cli, TrestleTask *task, gboolean wait, const char *title);

/** trestle_cli_put_price: Returns: whether "KEY=PRICE" was one, and is now in @prices (utf8 → utf8); %TRESTLE_CLI_ERROR_USAGE */
gboolean trestle_cli_put_price (GHashTable *prices, const char *argument, GError **error);

/* One file of commands each. */
DexFuture *trestle_cli_whoami (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_account (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_search (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_show (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_offers (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_subscribe (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_subscriptions (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_unsubscribe (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_arn (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_deploy (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_endpoints (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_endpoint (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_delete_endpoint (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_cleanup (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_invoke (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_logs (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_listing (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_package (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_container (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_version (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_price (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_private_offer (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_testers (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_publish (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_unpublish (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_changes (TrestleCli *cli, char **argv);
DexFuture *trestle_cli_reports (TrestleCli *cli, char **argv);

G_END_DECLS
