/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "workbench/trestle-private-offers.h"

/* What create and clone take. */
typedef struct
{
  char **buyers;
  char **price_arguments;
  char *until;
  char *name;
  char *discount;
  gboolean wait;
  GHashTable *prices;
} Options;

static void
options_clear (Options *self)
{
  g_strfreev (self->buyers);
  g_strfreev (self->price_arguments);
  g_free (self->until);
  g_free (self->name);
  g_free (self->discount);
  g_clear_pointer (&self->prices, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char **
parse (TrestleCli *cli, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "buyer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->buyers,
      N_ ("Make it to this account; may be given again"), "ACCOUNT" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &options->until,
      N_ ("Last day on which it can be accepted, as 2027-01-31"), "DATE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options->name, N_ ("What it is called"), "NAME" },
    { "discount", 0, 0, G_OPTION_ARG_STRING, &options->discount, N_ ("What goes off every price"),
      "PERCENT" },
    { "price", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->price_arguments,
      N_ ("Price of one dimension; may be given again"), "KEY=PRICE" },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &options->wait, N_ ("Wait for AWS to carry it out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, error);

  if (args == NULL)
    return NULL;
  options->prices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (char **p = options->price_arguments; p != NULL && *p != NULL; p++)
    if (!trestle_cli_put_price (options->prices, *p, error))
      return NULL;
  return g_steal_pointer (&args);
}

static TrestleOfferWish
wish_of (Options *options)
{
  return (TrestleOfferWish) {
    .name = options->name,
    .buyers = (const char *const *) options->buyers,
    .until = options->until,
    .discount = options->discount,
    .prices = options->prices,
  };
}

static DexFuture *
submitted (TrestleCli *cli, DexFuture *future, gboolean wait)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleTask) task = dex_await_object (future, &error);

  if (task == NULL)
    return trestle_cli_fail (&error);
  return trestle_cli_submitted (cli, task, wait, NULL);
}

static DexFuture *
create (TrestleCli *cli, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = parse (cli, argv, &options, &error);
  TrestleOfferWish wish;

  if (args == NULL)
    return trestle_cli_fail (&error);
  if (options.buyers == NULL || options.until == NULL)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("A private offer needs --buyer and --until"));
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  wish = wish_of (&options);
  return submitted (cli, trestle_private_offers_create (cli->session, args[0], &wish),
                    options.wait);
}

static DexFuture *
clone_offer (TrestleCli *cli, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = parse (cli, argv, &options, &error);
  TrestleOfferWish wish;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  wish = wish_of (&options);
  return submitted (cli, trestle_private_offers_clone (cli->session, args[0], &wish), options.wait);
}

static DexFuture *
expire (TrestleCli *cli, char **argv)
{
  gboolean wait = FALSE;
  const GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &wait, N_ ("Wait for AWS to carry it out"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  return submitted (cli, trestle_private_offers_expire (cli->session, args[0]), wait);
}

static JsonNode *
json_offer (TrestleCli *cli, TrestleEntity *offer)
{
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "EntityId", trestle_entity_get_id (offer));
  trestle_cli_set_string (o, "Name", trestle_entity_get_name (offer));
  trestle_cli_set_string (o, "ProductId", trestle_entity_get_product_id (offer));
  trestle_cli_set_string (o, "ProductTitle",
                          trestle_private_offers_get_title (cli->session, offer));
  trestle_cli_set_strv (o, "BuyerAccounts", trestle_entity_get_buyer_accounts (offer));
  trestle_cli_set_string (o, "State", trestle_entity_get_state (offer));
  trestle_cli_set_time (o, "ReleaseDate", trestle_entity_get_released (offer));
  trestle_cli_set_time (o, "AvailabilityEndDate", trestle_entity_get_available_until (offer));
  trestle_cli_set_time (o, "LastModifiedDate", trestle_entity_get_modified (offer));
  json_object_set_boolean_member (o, "over", trestle_private_offers_is_over (offer));
  return trestle_cli_take_object (o);
}

static void
print_json_offers (TrestleCli *cli, GListModel *offers)
{
  JsonObject *o = json_object_new ();
  JsonArray *items = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (TrestleEntity) offer = g_list_model_get_item (offers, i);

      json_array_add_element (items, json_offer (cli, offer));
    }
  json_object_set_array_member (o, "items", items);
  trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
}

static void
add_row (TrestleCli *cli, TrestleCliTable *table, TrestleEntity *offer)
{
  const char *const *buyers = trestle_entity_get_buyer_accounts (offer);
  g_autofree char *list = buyers != NULL ? g_strjoinv (", ", (char **) buyers) : NULL;
  gint64 until = trestle_entity_get_available_until (offer);
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (until / G_USEC_PER_SEC);
  g_autofree char *date = until != 0 ? g_date_time_format (day, "%Y-%m-%d") : NULL;

  trestle_cli_table_add (
      table, trestle_entity_get_id (offer), trestle_private_offers_get_title (cli->session, offer),
      trestle_entity_get_name (offer), list, date,
      trestle_private_offers_is_over (offer) ? _ ("over") : trestle_entity_get_state (offer));
}

static DexFuture *
list (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 0, 0, &error);
  g_autoptr (GListModel) offers = NULL;
  TrestleCliTable *table;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  offers = dex_await_object (trestle_private_offers_list (cli->session), &error);
  if (offers == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    {
      print_json_offers (cli, offers);
      return dex_future_new_true ();
    }
  table = trestle_cli_table_new (_ ("Offer"), _ ("Product"), _ ("Name"), _ ("Buyers"), _ ("Until"),
                                 _ ("State"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (TrestleEntity) offer = g_list_model_get_item (offers, i);

      add_row (cli, table, offer);
    }
  trestle_cli_table_print (table, _ ("No private offers"));
  return dex_future_new_true ();
}

DexFuture *
trestle_cli_private_offer (TrestleCli *cli, char **argv)
{
  static const TrestleCliVerb verbs[] = {
    { "create", create }, { "clone", clone_offer }, { "expire", expire }, { "list", list }
  };

  return trestle_cli_verb (cli, argv, verbs, G_N_ELEMENTS (verbs));
}
