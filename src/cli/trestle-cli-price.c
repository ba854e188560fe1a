/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "domain/trestle-dimensions.h"
#include "domain/trestle-price-formula.h"
#include "domain/trestle-price-sheet.h"
#include "domain/trestle-rate-card.h"
#include "workbench/trestle-product-edit.h"
#include "workbench/trestle-workbench-error.h"

/* More than the prices of all that AWS allows. */
#define MOST_BYTES (4 * 1024 * 1024)

gboolean
trestle_cli_put_price (GHashTable *prices, const char *argument, GError **error)
{
  const char *sign = strchr (argument, '=');

  if (sign == NULL || sign == argument || !trestle_price_is_valid (sign + 1))
    {
      g_set_error (error, TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                   _ ("“%s” is not KEY=PRICE, such as ml.m5.large.m.i.r=1.50"), argument);
      return FALSE;
    }
  g_hash_table_replace (prices, g_strndup (argument, (gsize) (sign - argument)),
                        g_strdup (sign + 1));
  return TRUE;
}

/* All that is priced, and all that the packages have besides. */
static char **
list_keys (TrestleProductEdit *edit)
{
  TrestleDraft *live = trestle_product_edit_get_live (edit);
  g_autoptr (GPtrArray) packages = g_ptr_array_new ();
  guint n = trestle_draft_get_length (live, "Versions");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *model = g_strdup_printf ("Versions[%u].SageMakerModelPackageArn", i);
      g_autofree char *algorithm = g_strdup_printf ("Versions[%u].SageMakerAlgorithmArn", i);
      g_autofree char *restricted = g_strdup_printf ("Versions[%u].Restricted", i);
      const char *arn = trestle_draft_get_text (live, model);
      TrestlePackage *package = trestle_product_edit_get_package (
          edit, *arn != '\0' ? arn : trestle_draft_get_text (live, algorithm));

      if (package != NULL && !trestle_draft_get_bool (live, restricted))
        g_ptr_array_add (packages, package);
    }
  return trestle_rate_card_dup_keys (live, packages);
}

static JsonNode *
json_price (TrestleDraft *draft, const char *key)
{
  g_autofree char *type = NULL;
  TrestleUsageMode mode = trestle_dimension_parse (key, &type);
  const char *price = trestle_rate_card_find (draft, key);
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "DimensionKey", key);
  if (price != NULL)
    trestle_cli_set_string (o, "Price", price);
  else
    json_object_set_null_member (o, "Price");
  trestle_cli_set_string (o, "instance_type", type);
  trestle_cli_set_string (o, "mode", trestle_rate_card_get_mode_name (mode));
  return trestle_cli_take_object (o);
}

static void
print_json_prices (TrestleDraft *draft, char **keys)
{
  JsonObject *o = json_object_new ();
  JsonArray *items = json_array_new ();

  for (char **key = keys; *key != NULL; key++)
    json_array_add_element (items, json_price (draft, *key));
  trestle_cli_set_string (o, "PricingModel", trestle_draft_get_text (draft, "Offer.PricingModel"));
  trestle_cli_set_string (o, "CurrencyCode", trestle_draft_get_text (draft, "Offer.CurrencyCode"));
  trestle_cli_set_string (o, "FreeTrial", trestle_draft_get_text (draft, "Offer.FreeTrial"));
  json_object_set_array_member (o, "items", items);
  trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
}

static DexFuture *
show (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 1, &error);
  g_autoptr (TrestleProductEdit) edit = NULL;
  g_auto (GStrv) keys = NULL;
  TrestleCliTable *table;
  TrestleDraft *live;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  edit = dex_await_object (trestle_product_edit_open (cli->session, args[0]), &error);
  if (edit == NULL)
    return trestle_cli_fail (&error);
  live = trestle_product_edit_get_live (edit);
  keys = list_keys (edit);
  if (cli->json)
    {
      print_json_prices (live, keys);
      return dex_future_new_true ();
    }
  table = trestle_cli_table_new (_ ("Dimension"), _ ("What"), _ (">Price"), NULL);
  for (char **key = keys; *key != NULL; key++)
    {
      g_autofree char *words = trestle_dimension_dup_words (*key);
      const char *price = trestle_rate_card_find (live, *key);
      g_autofree char *amount = price != NULL ? g_strconcat ("$", price, NULL) : NULL;

      trestle_cli_table_add (table, *key, words, amount != NULL ? amount : _ ("none yet"));
    }
  trestle_cli_table_print (table, _ ("No prices"));
  return dex_future_new_true ();
}

/* Sends @prices as the product's. */
static DexFuture *
change (TrestleCli *cli, const char *product, GHashTable *prices, gboolean wait)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleProductEdit)
      edit = dex_await_object (trestle_product_edit_open (cli->session, product), &error);
  g_autoptr (TrestleTask) task = NULL;
  g_auto (GStrv) keys = NULL;
  g_autofree char *words = NULL;
  GHashTableIter iter;
  gpointer key, price;
  const char *title;

  if (edit == NULL)
    return trestle_cli_fail (&error);
  title = trestle_own_product_get_title (trestle_product_edit_get_product (edit));
  keys = list_keys (edit);
  g_hash_table_iter_init (&iter, prices);
  while (g_hash_table_iter_next (&iter, &key, &price))
    {
      g_autofree char *real = trestle_rate_card_match (keys, key);

      if (real == NULL)
        return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                                      _ ("“%s” has no dimension “%s”; “trestle-cli price show %s” "
                                         "lists them"),
                                      title, (char *) key, product);
      trestle_rate_card_set (trestle_product_edit_get_draft (edit), real, price);
    }
  words = g_strdup_printf (_ ("Prices of %s"), title);
  task = dex_await_object (trestle_product_edit_submit (edit, words), &error);
  if (task == NULL)
    return trestle_cli_fail (&error);
  return trestle_cli_submitted (cli, task, wait, title);
}

static DexFuture *
set (TrestleCli *cli, char **argv)
{
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for AWS to carry it out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 2, -1, &error);
  g_autoptr (GHashTable) prices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (char **p = args != NULL ? args + 1 : NULL; p != NULL && *p != NULL; p++)
    if (!trestle_cli_put_price (prices, *p, &error))
      return trestle_cli_fail (&error);
  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  return change (cli, args[0], prices, wait);
}

static DexFuture *
import (TrestleCli *cli, char **argv)
{
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for AWS to carry it out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 2, 2, &error);
  g_autoptr (GHashTable) prices = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (args == NULL || !g_file_get_contents (args[1], &text, &length, &error))
    return trestle_cli_fail (&error);
  if (length > MOST_BYTES || strlen (text) != length || !g_utf8_validate (text, -1, NULL))
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  _ ("%s is no file of text"), args[1]);
  prices = trestle_price_sheet_read (text, &error);
  if (prices == NULL)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT, "%s: %s",
                                  args[1], error->message);
  if (g_hash_table_size (prices) == 0)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_INPUT,
                                  _ ("%s has no prices"), args[1]);
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  return change (cli, args[0], prices, wait);
}

DexFuture *
trestle_cli_price (TrestleCli *cli, char **argv)
{
  static const TrestleCliVerb verbs[] = { { "show", show }, { "set", set }, { "import", import } };

  return trestle_cli_verb (cli, argv, verbs, G_N_ELEMENTS (verbs));
}
