/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "domain/trestle-rate-card.h"
#include "workbench/trestle-product-edit.h"
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

DexFuture *
trestle_cli_version (TrestleCli *cli, char **argv)
{
  static const TrestleCliVerb verbs[] = { { "add", add },
                                          { "update", update },
                                          { "restrict", restrict_version } };

  return trestle_cli_verb (cli, argv, verbs, G_N_ELEMENTS (verbs));
}
