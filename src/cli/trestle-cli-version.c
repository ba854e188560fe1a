/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "domain/trestle-rate-card.h"
#include "workbench/trestle-product-edit.h"
#include "workbench/trestle-sample-trials.h"
#include "workbench/trestle-workbench-error.h"

/* @field of the version @index; a value that begins with "@" is a file. */
static gboolean
set_field (TrestleDraft *draft, int index, const char *field, const char *value, GError **error)
{
  g_autofree char *path = g_strdup_printf ("Versions[%d].%s", index, field);
  g_autofree char *content = NULL;

  if (value == NULL)
    return TRUE;
  if (*value == '@')
    {
      if (!g_file_get_contents (value + 1, &content, NULL, error))
        return FALSE;
      value = g_strchomp (content);
    }
  if (!trestle_draft_set_text (draft, path, value))
    {
      g_set_error (error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                   _ ("“%s” is no field of a version"), field);
      return FALSE;
    }
  return TRUE;
}

static int
find_version (TrestleProductEdit *edit, const char *name, GError **error)
{
  int index = trestle_product_edit_find_version (edit, name);

  if (index < 0)
    g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                 _ ("“%s” has no version “%s”"),
                 trestle_own_product_get_title (trestle_product_edit_get_product (edit)), name);
  return index;
}

static DexFuture *
submit (TrestleCli *cli, TrestleProductEdit *edit, const char *words, gboolean wait)
{
  g_autoptr (GError) error = NULL;
  const char *title = trestle_own_product_get_title (trestle_product_edit_get_product (edit));
  g_autofree char *name = g_strdup_printf ("%s: %s", title, words);
  g_autoptr (TrestleTask)
      task = dex_await_object (trestle_product_edit_submit (edit, name), &error);

  if (task == NULL)
    return trestle_cli_fail (&error);
  return trestle_cli_submitted (cli, task, wait, title);
}

static DexFuture *
add (TrestleCli *cli, char **argv)
{
  g_autofree char *package = NULL, *title = NULL, *notes = NULL, *role = NULL, *like = NULL;
  g_auto (GStrv) price_arguments = NULL;
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "package", 0, 0, G_OPTION_ARG_STRING, &package,
      N_ ("A model package or algorithm of yours: its ARN or its name"), "ARN" },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_ ("What the version is called"), "T" },
    { "notes", 0, 0, G_OPTION_ARG_STRING, &notes, N_ ("What is new in it; @FILE reads a file"),
      "TEXT" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role,
      N_ ("The role by which AWS Marketplace reads the package; else the one used last"), "ARN" },
    { "like", 0, 0, G_OPTION_ARG_STRING, &like,
      N_ ("Take the usage information of this version; else of the newest"), "VERSION" },
    { "price", 0, 0, G_OPTION_ARG_STRING_ARRAY, &price_arguments,
      N_ ("Price of a dimension that it brings; may be given again"), "KEY=PRICE" },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for AWS to carry it out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (GHashTable) prices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (TrestleProductEdit) edit = NULL;
  GHashTableIter iter;
  gpointer key, price;
  int index;

  if (args == NULL)
    return trestle_cli_fail (&error);
  if (package == NULL || title == NULL)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("A version needs --package and --title"));
  for (char **p = price_arguments; p != NULL && *p != NULL; p++)
    if (!trestle_cli_put_price (prices, *p, &error))
      return trestle_cli_fail (&error);
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  edit = dex_await_object (trestle_product_edit_open (cli->session, args[0]), &error);
  if (edit == NULL)
    return trestle_cli_fail (&error);
  index = dex_await_int (trestle_product_edit_add_version (edit, package, like, role), &error);
  if (error != NULL
      || !set_field (trestle_product_edit_get_draft (edit), index, "VersionTitle", title, &error)
      || !set_field (trestle_product_edit_get_draft (edit), index, "ReleaseNotes",
                     notes != NULL ? notes : title, &error))
    return trestle_cli_fail (&error);
  g_hash_table_iter_init (&iter, prices);
  while (g_hash_table_iter_next (&iter, &key, &price))
    trestle_rate_card_set (trestle_product_edit_get_draft (edit), key, price);
  return submit (cli, edit, title, wait);
}

static DexFuture *
update (TrestleCli *cli, char **argv)
{
  g_autofree char *title = NULL, *notes = NULL, *usage = NULL, *notebook = NULL;
  g_autofree char *repository = NULL;
  g_auto (GStrv) fields = NULL;
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_ ("What the version is called"), "T" },
    { "notes", 0, 0, G_OPTION_ARG_STRING, &notes, N_ ("What is new in it; @FILE reads a file"),
      "TEXT" },
    { "usage", 0, 0, G_OPTION_ARG_FILENAME, &usage, N_ ("A file with the usage instructions"),
      "FILE" },
    { "notebook", 0, 0, G_OPTION_ARG_STRING, &notebook, N_ ("Address of the sample notebook"),
      "URL" },
    { "repository", 0, 0, G_OPTION_ARG_STRING, &repository, N_ ("Address of the repository"),
      "URL" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &fields,
      N_ ("Any other field, such as InputProperties.Limitations=@FILE; may be given again"),
      "FIELD=TEXT" },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for AWS to carry it out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 2, 2, &error);
  g_autoptr (TrestleProductEdit) edit = NULL;
  g_autofree char *usage_file = usage != NULL ? g_strconcat ("@", usage, NULL) : NULL;
  TrestleDraft *draft;
  int index;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  edit = dex_await_object (trestle_product_edit_open (cli->session, args[0]), &error);
  if (edit == NULL || (index = find_version (edit, args[1], &error)) < 0)
    return trestle_cli_fail (&error);
  draft = trestle_product_edit_get_draft (edit);
  if (!set_field (draft, index, "VersionTitle", title, &error)
      || !set_field (draft, index, "ReleaseNotes", notes, &error)
      || !set_field (draft, index, "UsageInstructions", usage_file, &error)
      || !set_field (draft, index, "SampleNotebookUrl", notebook, &error)
      || !set_field (draft, index, "RepositoryUrl", repository, &error))
    return trestle_cli_fail (&error);
  for (char **p = fields; p != NULL && *p != NULL; p++)
    {
      const char *sign = strchr (*p, '=');
      g_autofree char *field = sign != NULL ? g_strndup (*p, (gsize) (sign - *p)) : g_strdup (*p);

      if (!set_field (draft, index, sign != NULL ? field : "", sign != NULL ? sign + 1 : "",
                      &error))
        return trestle_cli_fail (&error);
    }
  return submit (cli, edit, args[1], wait);
}

static DexFuture *
restrict_version (TrestleCli *cli, char **argv)
{
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for AWS to carry it out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 2, 2, &error);
  g_autoptr (TrestleProductEdit) edit = NULL;
  g_autofree char *path = NULL;
  int index;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  edit = dex_await_object (trestle_product_edit_open (cli->session, args[0]), &error);
  if (edit == NULL || (index = find_version (edit, args[1], &error)) < 0)
    return trestle_cli_fail (&error);
  path = g_strdup_printf ("Versions[%d].Restricted", index);
  trestle_draft_set_bool (trestle_product_edit_get_draft (edit), path, TRUE);
  return submit (cli, edit, args[1], wait);
}

/* --- Samples -------------------------------------------------------------------------------- */

static const char *
judge (TrestleSampleTrial *trial)
{
  return trestle_sample_trial_get_problem (trial) != NULL ? "failed"
         : trestle_sample_trial_get_matches (trial)       ? "matches"
         : trestle_sample_trial_get_promised (trial)      ? "differs"
                                                          : "no-sample-output";
}

static JsonNode *
json_trial (gpointer trial)
{
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "sample", trestle_sample_trial_get_part (trial));
  trestle_cli_set_string (o, "result", judge (trial));
  trestle_cli_set_string (o, "content_type", trestle_sample_trial_get_content_type (trial));
  json_object_set_int_member (o, "status", trestle_sample_trial_get_status (trial));
  json_object_set_int_member (o, "latency_us", trestle_sample_trial_get_latency (trial));
  trestle_cli_set_string (o, "answer_type", trestle_sample_trial_get_answer_type (trial));
  trestle_cli_set_string (o, "answer", trestle_sample_trial_get_answer (trial));
  trestle_cli_set_string (o, "problem", trestle_sample_trial_get_problem (trial));
  return trestle_cli_take_object (o);
}

/* Returns: how many are not as they should be */
static guint
print_trials (TrestleCli *cli, GListModel *trials)
{
  TrestleCliTable *table = trestle_cli_table_new (_ ("SAMPLE"), _ ("RESULT"), _ ("SENT AS"),
                                                  _ ("ANSWERED"), _ (">LATENCY"), _ ("PROBLEM"),
                                                  NULL);
  guint n_bad = 0;

  for (guint i = 0; i < g_list_model_get_n_items (trials); i++)
    {
      g_autoptr (TrestleSampleTrial) trial = g_list_model_get_item (trials, i);
      g_autofree char *latency = g_strdup_printf (
          "%.1f ms", (double) trestle_sample_trial_get_latency (trial) / 1000);

      n_bad += g_str_equal (judge (trial), "failed") || g_str_equal (judge (trial), "differs");
      trestle_cli_table_add (table, trestle_sample_trial_get_part (trial), judge (trial),
                             trestle_sample_trial_get_content_type (trial),
                             trestle_sample_trial_get_answer_type (trial), latency,
                             trestle_sample_trial_get_problem (trial));
    }
  if (!cli->json)
    {
      trestle_cli_table_print (table, "");
      return n_bad;
    }
  trestle_cli_table_free (table);
  trestle_cli_print_items (trials, json_trial);
  return n_bad;
}

/* The version called @title, the newest without; -1 where there is none. */
static int
find_drafted (TrestleDraft *draft, const char *title, GError **error)
{
  for (guint i = trestle_draft_get_length (draft, "Versions"); i-- > 0;)
    {
      g_autofree char *path = g_strdup_printf ("Versions[%u].VersionTitle", i);

      if (title == NULL || g_str_equal (trestle_draft_get_text (draft, path), title))
        return (int) i;
    }
  g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
               title != NULL ? _ ("The draft has no version “%s”") : _ ("The draft has no version"),
               title);
  return -1;
}

static DexFuture *
try_samples (TrestleCli *cli, char **argv)
{
  g_autofree char *endpoint = NULL, *container = NULL, *title = NULL;
  const GOptionEntry entries[] = {
    { "endpoint", 0, 0, G_OPTION_ARG_STRING, &endpoint,
      N_ ("Send them to this endpoint of the account"), "NAME" },
    { "container", 0, 0, G_OPTION_ARG_STRING, &container,
      N_ ("Send them to a container on this computer; http://127.0.0.1:8080 without either"),
      "URL" },
    { "version", 0, 0, G_OPTION_ARG_STRING, &title,
      N_ ("Those of the version called so; else of the newest"), "VERSION" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (TrestleOpenDraft) draft = NULL;
  g_autoptr (GListModel) findings = NULL;
  g_autoptr (GListModel) trials = NULL;
  int index;

  if (args == NULL)
    return trestle_cli_fail (&error);
  if (endpoint != NULL && container != NULL)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("Samples are sent to one of --endpoint and --container"));
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  draft = dex_await_object (
      trestle_drafts_open (trestle_session_get_drafts (cli->session), args[0]), &error);
  if (draft == NULL
      || (index = find_drafted (trestle_open_draft_get_draft (draft), title, &error)) < 0)
    return trestle_cli_fail (&error);
  /* what the package takes and answers; without it that is guessed */
  findings = dex_await_object (trestle_open_draft_check (draft), NULL);
  trials = dex_await_object (
      endpoint != NULL
          ? trestle_sample_trials_run_endpoint (cli->session, draft, (guint) index, endpoint)
          : trestle_sample_trials_run (cli->session, draft, (guint) index,
                                       container != NULL ? container : TRESTLE_SAMPLE_ADDRESS),
      &error);
  if (trials == NULL)
    return trestle_cli_fail (&error);
  if (print_trials (cli, trials) > 0)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_SAID, "said");
  return dex_future_new_true ();
}

DexFuture *
trestle_cli_version (TrestleCli *cli, char **argv)
{
  static const TrestleCliVerb verbs[] = {
    { "add", add }, { "update", update }, { "restrict", restrict_version }, { "try", try_samples }
  };

  return trestle_cli_verb (cli, argv, verbs, G_N_ELEMENTS (verbs));
}
