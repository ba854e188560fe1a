/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "cli/trestle-cli-print.h"
#include "base/trestle-future.h"
#include "domain/trestle-change.h"
#include "domain/trestle-change-set-builder.h"
#include "domain/trestle-difference.h"
#include "domain/trestle-draft-info.h"
#include "domain/trestle-finding.h"
#include "workbench/trestle-workbench-error.h"

static const char *
severity_name (TrestleSeverity severity)
{
  switch (severity)
    {
    case TRESTLE_SEVERITY_ERROR:
      return "error";
    case TRESTLE_SEVERITY_WARNING:
      return "warning";
    case TRESTLE_SEVERITY_INFO:
    default:
      return "info";
    }
}

static JsonNode *
json_finding (gpointer item)
{
  TrestleFinding *finding = item;
  JsonObject *o = json_object_new ();
  const char *code = trestle_finding_get_code (finding);

  trestle_cli_set_string (o, "field", trestle_finding_get_field (finding));
  trestle_cli_set_string (o, "severity", severity_name (trestle_finding_get_severity (finding)));
  if (code != NULL)
    json_object_set_string_member (o, "code", code);
  else
    json_object_set_null_member (o, "code");
  trestle_cli_set_string (o, "message", trestle_finding_get_message (finding));
  trestle_cli_set_string (o, "fix", trestle_finding_get_fix (finding));
  return trestle_cli_take_object (o);
}

/* Returns: how many are errors */
static guint
print_findings (TrestleCli *cli, GListModel *findings)
{
  guint n = g_list_model_get_n_items (findings), n_errors = 0, n_warnings = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrestleFinding) finding = g_list_model_get_item (findings, i);
      TrestleSeverity severity = trestle_finding_get_severity (finding);
      const char *field = trestle_finding_get_field (finding);
      const char *fix = trestle_finding_get_fix (finding);

      n_errors += severity == TRESTLE_SEVERITY_ERROR;
      n_warnings += severity == TRESTLE_SEVERITY_WARNING;
      if (!cli->json)
        printf ("%s: %s: %s%s%s\n", severity_name (severity),
                field != NULL && *field != '\0' ? field : _ ("the listing"),
                trestle_finding_get_message (finding), fix != NULL ? " " : "",
                fix != NULL ? fix : "");
    }
  if (cli->json)
    trestle_cli_print_items (findings, json_finding);
  else if (n == 0)
    printf ("%s\n", _ ("Nothing was found that AWS would refuse"));
  else
    g_printerr (_ ("%u errors, %u warnings\n"), n_errors, n_warnings);
  return n_errors;
}

static DexFuture *
lint (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reason = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 1, &error);
  g_autoptr (GListModel) findings = NULL;
  g_autofree char *path = NULL;

  if (args == NULL)
    return trestle_cli_fail (&error);
  /* Without an account a draft's file is held against the rules alone. */
  if (trestle_cli_open (cli, &reason) == NULL
      && (cli->practice || cli->account != NULL || cli->profile != NULL))
    return trestle_cli_fail (&reason);
  if (cli->session != NULL)
    path = trestle_drafts_resolve (trestle_session_get_drafts (cli->session), args[0], &error);
  else
    path = g_strdup (args[0]);
  if (path == NULL)
    return trestle_cli_fail (&error);
  findings = dex_await_object (trestle_drafts_lint (cli->session, path), &error);
  if (findings == NULL)
    return trestle_cli_fail (&error);
  if (print_findings (cli, findings) > 0)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_SAID, "said");
  return dex_future_new_true ();
}

static JsonNode *
json_draft (gpointer item)
{
  TrestleDraftInfo *info = item;
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "draft", trestle_draft_info_get_name (info));
  trestle_cli_set_string (o, "path", trestle_draft_info_get_path (info));
  trestle_cli_set_string (o, "ProductTitle", trestle_draft_info_get_title (info));
  trestle_cli_set_string (o, "EntityId", trestle_draft_info_get_product_id (info));
  trestle_cli_set_time (o, "modified", trestle_draft_info_get_modified (info));
  trestle_cli_set_string (o, "problem", trestle_draft_info_get_problem (info));
  return trestle_cli_take_object (o);
}

static DexFuture *
new_draft (TrestleCli *cli, char **argv)
{
  g_autofree char *from = NULL, *product = NULL, *like = NULL;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, N_ ("Begin with a copy of this file"), "FILE" },
    { "product", 0, 0, G_OPTION_ARG_STRING, &product,
      N_ ("Begin with a product as it is live; what is sent then changes it"), "PRODUCT" },
    { "like", 0, 0, G_OPTION_ARG_STRING, &like, N_ ("Begin with a copy of another draft"),
      "DRAFT" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 0, 1, &error);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  TrestleDrafts *drafts;

  if (args == NULL)
    return trestle_cli_fail (&error);
  if ((from != NULL) + (product != NULL) + (like != NULL) + (args[0] != NULL) > 1)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("A draft begins with one thing: a title, --from, --product "
                                     "or --like"));
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  drafts = trestle_session_get_drafts (cli->session);
  if (product != NULL)
    {
      g_autoptr (TrestleOwnProduct) own = dex_await_object (
          trestle_own_products_resolve (trestle_session_get_own_products (cli->session), product),
          &error);

      if (own != NULL)
        name = dex_await_string (trestle_drafts_import_product (drafts, own), &error);
    }
  else if (from != NULL)
    {
      name = dex_await_string (trestle_drafts_import_file (drafts, from), &error);
    }
  else if (like != NULL)
    {
      name = dex_await_string (trestle_drafts_duplicate (drafts, like), &error);
    }
  else
    {
      name = dex_await_string (trestle_drafts_create (drafts, args[0], NULL), &error);
    }
  if (name == NULL || (path = trestle_drafts_resolve (drafts, name, &error)) == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    {
      JsonObject *o = json_object_new ();

      trestle_cli_set_string (o, "draft", name);
      trestle_cli_set_string (o, "path", path);
      trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
    }
  else
    {
      printf ("%s\n", path);
    }
  return dex_future_new_true ();
}

static JsonNode *
json_product (gpointer item)
{
  TrestleOwnProduct *product = item;
  TrestleEntity *offer = trestle_own_product_get_offer (product);
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "EntityId", trestle_own_product_get_id (product));
  trestle_cli_set_string (o, "ProductTitle", trestle_own_product_get_title (product));
  trestle_cli_set_string (o, "slug", trestle_own_product_get_slug (product));
  trestle_cli_set_string (o, "Visibility", trestle_own_product_get_visibility (product));
  json_object_set_int_member (o, "revision", trestle_own_product_get_revision (product));
  json_object_set_int_member (o, "versions", trestle_own_product_get_n_versions (product));
  trestle_cli_set_string (o, "OfferId", offer != NULL ? trestle_entity_get_id (offer) : NULL);
  trestle_cli_set_strv (o, "BuyerAccounts", trestle_own_product_get_testers (product));
  trestle_cli_set_time (o, "LastModifiedDate", trestle_own_product_get_modified (product));
  return trestle_cli_take_object (o);
}

static DexFuture *
list (TrestleCli *cli, char **argv)
{
  gboolean drafts_only = FALSE;
  const GOptionEntry entries[] = {
    { "drafts", 0, 0, G_OPTION_ARG_NONE, &drafts_only,
      N_ ("Only the drafts on this computer; needs no network"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 0, 0, &error);
  TrestleOwnProducts *products;
  TrestleDrafts *drafts;
  TrestleCliTable *table;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  drafts = trestle_session_get_drafts (cli->session);
  if (!dex_await (trestle_drafts_refresh (drafts), &error))
    return trestle_cli_fail (&error);
  if (drafts_only)
    {
      if (cli->json)
        {
          trestle_cli_print_items (G_LIST_MODEL (drafts), json_draft);
          return dex_future_new_true ();
        }
      table = trestle_cli_table_new (_ ("Draft"), _ ("Product"), _ ("Changed"), _ ("File"), NULL);
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (drafts)); i++)
        {
          g_autoptr (TrestleDraftInfo) info = g_list_model_get_item (G_LIST_MODEL (drafts), i);
          g_autofree char *modified = trestle_cli_when (trestle_draft_info_get_modified (info));

          trestle_cli_table_add (table, trestle_draft_info_get_name (info),
                                 trestle_draft_info_get_product_id (info), modified,
                                 trestle_draft_info_get_path (info));
        }
      trestle_cli_table_print (table, _ ("No drafts"));
      return dex_future_new_true ();
    }
  products = trestle_session_get_own_products (cli->session);
  if (!dex_await (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (products)), &error))
    return trestle_cli_fail (&error);
  if (cli->json)
    {
      trestle_cli_print_items (G_LIST_MODEL (products), json_product);
      return dex_future_new_true ();
    }
  table = trestle_cli_table_new (_ ("Product"), _ ("Title"), _ ("State"), _ (">Versions"),
                                 _ ("Draft"), _ ("Changed"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (products)); i++)
    {
      g_autoptr (TrestleOwnProduct) product = g_list_model_get_item (G_LIST_MODEL (products), i);
      g_autoptr (TrestleDraftInfo)
          info = trestle_drafts_find (drafts, trestle_own_product_get_id (product));
      g_autofree char *modified = trestle_cli_when (trestle_own_product_get_modified (product));
      g_autofree char *n = g_strdup_printf ("%d",
                                            (int) trestle_own_product_get_n_versions (product));

      trestle_cli_table_add (table, trestle_own_product_get_id (product),
                             trestle_own_product_get_title (product),
                             trestle_own_product_get_visibility (product), n,
                             info != NULL ? trestle_draft_info_get_name (info) : NULL, modified);
    }
  trestle_cli_table_print (table, _ ("This account sells nothing yet"));
  return dex_future_new_true ();
}

static DexFuture *
show (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 1, &error);
  g_autoptr (TrestleOwnProduct) product = NULL;
  TrestleEntity *offer;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  product = dex_await_object (
      trestle_own_products_resolve (trestle_session_get_own_products (cli->session), args[0]),
      &error);
  if (product == NULL)
    return trestle_cli_fail (&error);
  offer = trestle_own_product_get_offer (product);
  if (cli->json)
    {
      JsonNode *node = json_product (product);
      JsonObject *o = json_node_get_object (node);

      json_object_set_member (o, "DetailsDocument",
                              json_node_copy ((JsonNode *) trestle_entity_get_document (
                                  trestle_own_product_get_product (product))));
      if (offer != NULL)
        json_object_set_member (o, "Offer",
                                json_node_copy ((JsonNode *) trestle_entity_get_document (offer)));
      trestle_cli_print_json (node, FALSE);
    }
  else
    {
      const char *const *testers = trestle_own_product_get_testers (product);
      g_autofree char *accounts = testers != NULL ? g_strjoinv (", ", (char **) testers) : NULL;

      printf (_ ("%s (%s, revision %d)\n"), trestle_own_product_get_title (product),
              trestle_own_product_get_id (product),
              (int) trestle_own_product_get_revision (product));
      printf (_ ("State     %s\n"), trestle_own_product_get_visibility (product));
      printf (_ ("Versions  %d\n"), (int) trestle_own_product_get_n_versions (product));
      printf (_ ("Offer     %s\n"), offer != NULL ? trestle_entity_get_id (offer) : "–");
      printf (_ ("Testers   %s\n"), accounts != NULL && *accounts != '\0' ? accounts : "–");
    }
  return dex_future_new_true ();
}

static const char *
kind_name (TrestleDifferenceKind kind)
{
  switch (kind)
    {
    case TRESTLE_DIFFERENCE_KIND_ADDED:
      return "added";
    case TRESTLE_DIFFERENCE_KIND_REMOVED:
      return "removed";
    case TRESTLE_DIFFERENCE_KIND_CHANGED:
    default:
      return "changed";
    }
}

static JsonNode *
json_difference (TrestleDifference *difference)
{
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "field", trestle_difference_get_path (difference));
  trestle_cli_set_string (o, "kind", kind_name (trestle_difference_get_kind (difference)));
  trestle_cli_set_string (o, "mine", trestle_difference_get_mine (difference));
  trestle_cli_set_string (o, "base", trestle_difference_get_base (difference));
  trestle_cli_set_string (o, "live", trestle_difference_get_theirs (difference));
  json_object_set_boolean_member (o, "conflict", trestle_difference_get_conflict (difference));
  json_object_set_boolean_member (o, "incoming", trestle_difference_get_incoming (difference));
  return trestle_cli_take_object (o);
}

static void
print_side (const char *sign, const char *text)
{
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    printf ("  %s %s\n", sign, lines[i]);
}

static DexFuture *
diff (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 1, &error);
  g_autoptr (TrestleOpenDraft) draft = NULL;
  g_autoptr (GPtrArray) differences = NULL;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  draft = dex_await_object (
      trestle_drafts_open (trestle_session_get_drafts (cli->session), args[0]), &error);
  if (draft == NULL || !dex_await (trestle_open_draft_check (draft), &error))
    return trestle_cli_fail (&error);
  differences = trestle_open_draft_diff (draft);
  if (cli->json)
    {
      JsonObject *o = json_object_new ();
      JsonArray *items = json_array_new ();

      for (guint i = 0; i < differences->len; i++)
        json_array_add_element (items, json_difference (differences->pdata[i]));
      json_object_set_array_member (o, "items", items);
      trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
      return dex_future_new_true ();
    }
  for (guint i = 0; i < differences->len; i++)
    {
      TrestleDifference *difference = differences->pdata[i];
      gboolean live = trestle_open_draft_get_live (draft) != NULL;

      printf ("%s%s%s\n", trestle_difference_get_path (difference),
              trestle_difference_get_conflict (difference) ? _ (" (changed on both sides)") : "",
              trestle_difference_get_incoming (difference) ? _ (" (changed only at AWS)") : "");
      print_side ("-", live ? trestle_difference_get_theirs (difference)
                            : trestle_difference_get_base (difference));
      print_side ("+", trestle_difference_get_mine (difference));
    }
  if (differences->len == 0)
    g_printerr ("%s\n", _ ("No differences"));
  return dex_future_new_true ();
}

static void
print_plan (TrestleCli *cli, TrestleChangeSet *changes)
{
  GListModel *list = trestle_change_set_get_changes (changes);
  const char *const *later = trestle_change_set_get_later (changes);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (TrestleChange) change = g_list_model_get_item (list, i);
      const char *const *words = trestle_change_get_words (change);

      printf ("%s\n", trestle_change_get_change_type (change));
      for (guint j = 0; words != NULL && words[j] != NULL; j++)
        printf ("  %s\n", words[j]);
    }
  for (guint j = 0; later != NULL && later[j] != NULL; j++)
    printf (_ ("Later: %s\n"), later[j]);
}

static DexFuture *
submit (TrestleCli *cli, char **argv)
{
  gboolean wait = FALSE, validate = FALSE, dry = FALSE;
  g_autofree char *bucket = NULL;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for AWS to carry it out"), NULL },
    { "validate", 0, 0, G_OPTION_ARG_NONE, &validate,
      N_ ("Have AWS check what it can, and change nothing"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, N_ ("Print what would be sent"), NULL },
    { "bucket", 0, 0, G_OPTION_ARG_STRING, &bucket, N_ ("Bucket in which logo and licence are put"),
      "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (TrestleOpenDraft) draft = NULL;
  g_autoptr (TrestleTask) task = NULL;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  draft = dex_await_object (
      trestle_drafts_open (trestle_session_get_drafts (cli->session), args[0]), &error);
  if (draft == NULL)
    return trestle_cli_fail (&error);
  if (dry)
    {
      g_autoptr (TrestleChangeSet) changes = NULL;

      if (!dex_await (trestle_open_draft_check (draft), &error))
        return trestle_cli_fail (&error);
      changes = trestle_open_draft_build (draft);
      if (cli->json)
        trestle_cli_print_json (trestle_change_set_to_json (changes, NULL, NULL), FALSE);
      else
        print_plan (cli, changes);
      return dex_future_new_true ();
    }
  task = trestle_open_draft_submit (draft, bucket, validate);
  return trestle_cli_submitted (
      cli, task, wait,
      trestle_draft_get_text (trestle_open_draft_get_draft (draft), "Product.ProductTitle"));
}

static DexFuture *export (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 2, 2, &error);
  g_autofree char *path = NULL;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  if (!dex_await (
          trestle_drafts_export (trestle_session_get_drafts (cli->session), args[0], args[1]),
          &error))
    return trestle_cli_fail (&error);
  path = g_canonicalize_filename (args[1], NULL);
  if (cli->json)
    {
      JsonObject *o = json_object_new ();

      trestle_cli_set_string (o, "path", path);
      trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
    }
  else
    {
      printf ("%s\n", path);
    }
  return dex_future_new_true ();
}

DexFuture *
trestle_cli_listing (TrestleCli *cli, char **argv)
{
  static const TrestleCliVerb verbs[] = {
    { "new", new_draft }, { "list", list },     { "show", show },     { "lint", lint },
    { "diff", diff },     { "export", export }, { "submit", submit },
  };

  return trestle_cli_verb (cli, argv, verbs, G_N_ELEMENTS (verbs));
}
