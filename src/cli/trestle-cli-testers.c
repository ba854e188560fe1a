/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "workbench/trestle-product-edit.h"

#define FIELD "Product.BuyerAccounts"

/* The list as it is to be: without those that go, with those that come, each once. */
static char **
make_list (TrestleDraft *draft, char **add, char **remove)
{
  g_auto (GStrv) now = trestle_draft_dup_texts (draft, FIELD);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **p = now; *p != NULL; p++)
    if ((remove == NULL || !g_strv_contains ((const char *const *) remove, *p))
        && g_hash_table_add (seen, *p))
      g_strv_builder_add (builder, *p);
  for (char **p = add; p != NULL && *p != NULL; p++)
    if (g_hash_table_add (seen, *p))
      g_strv_builder_add (builder, *p);
  return g_strv_builder_end (builder);
}

static void
print_list (TrestleCli *cli, TrestleDraft *draft)
{
  g_auto (GStrv) testers = trestle_draft_dup_texts (draft, FIELD);
  JsonObject *o;

  if (!cli->json)
    {
      for (char **p = testers; *p != NULL; p++)
        printf ("%s\n", *p);
      if (*testers == NULL)
        g_printerr ("%s\n", _ ("Nobody but you sees the product while it is limited"));
      return;
    }
  o = json_object_new ();
  trestle_cli_set_strv (o, "BuyerAccounts", (const char *const *) testers);
  trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
}

DexFuture *
trestle_cli_testers (TrestleCli *cli, char **argv)
{
  g_auto (GStrv) add = NULL;
  g_auto (GStrv) remove = NULL;
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "add", 0, 0, G_OPTION_ARG_STRING_ARRAY, &add, N_ ("Show it to this account"), "ACCOUNT" },
    { "remove", 0, 0, G_OPTION_ARG_STRING_ARRAY, &remove, N_ ("Hide it from this account"),
      "ACCOUNT" },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for AWS to carry it out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (TrestleProductEdit) edit = NULL;
  g_autoptr (TrestleTask) task = NULL;
  g_auto (GStrv) list = NULL;
  g_autofree char *words = NULL;
  const char *title;

  if (args == NULL)
    return trestle_cli_fail (&error);
  for (char **p = add; p != NULL && *p != NULL; p++)
    if (strlen (*p) != 12 || strspn (*p, "0123456789") != 12)
      return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                    _ ("“%s” is no AWS account: these have twelve digits"), *p);
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  edit = dex_await_object (trestle_product_edit_open (cli->session, args[0]), &error);
  if (edit == NULL)
    return trestle_cli_fail (&error);
  if (add == NULL && remove == NULL)
    {
      print_list (cli, trestle_product_edit_get_live (edit));
      return dex_future_new_true ();
    }
  list = make_list (trestle_product_edit_get_draft (edit), add, remove);
  trestle_draft_set_texts (trestle_product_edit_get_draft (edit), FIELD,
                           (const char *const *) list);
  title = trestle_own_product_get_title (trestle_product_edit_get_product (edit));
  words = g_strdup_printf (_ ("Testers of %s"), title);
  task = dex_await_object (trestle_product_edit_submit (edit, words), &error);
  if (task == NULL)
    return trestle_cli_fail (&error);
  return trestle_cli_submitted (cli, task, wait, title);
}
