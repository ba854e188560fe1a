/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "cli/trestle-cli-print.h"
#include "domain/trestle-price-row.h"
#include "domain/trestle-sample.h"

/* The catalogue is asked again after this long; before, a search answers from the store alone. */
#define FRESH (15 * TRESTLE_MINUTE)

static void
print_listings (GListModel *listings)
{
  TrestleCliTable *table = trestle_cli_table_new (_ ("Name"), _ ("Title"), _ ("Publisher"),
                                                  _ ("Type"), _ (">Rating"), _ ("Price"), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (listings); i++)
    {
      g_autoptr (TrestleListing) l = g_list_model_get_item (listings, i);
      g_autofree char *rating = trestle_listing_get_rating (l) >= 0
                                    ? g_strdup_printf ("%.1f", trestle_listing_get_rating (l))
                                    : NULL;
      const char *price = trestle_listing_get_price_hint (l);

      if (price == NULL && trestle_listing_get_pricing (l) == TRESTLE_PRICING_KIND_FREE)
        price = _ ("free");
      trestle_cli_table_add (table, trestle_listing_get_slug (l), trestle_listing_get_title (l),
                             trestle_listing_get_publisher (l),
                             trestle_listing_get_kind (l) == TRESTLE_PRODUCT_KIND_MODEL
                                 ? _ ("model")
                                 : _ ("algorithm"),
                             rating, price);
    }
  trestle_cli_table_print (table, _ ("Nothing was found"));
}

/* A refresh that fails is told, and what was seen before is searched all the same. Returns: whether
 * AWS was asked. */
static gboolean
refresh_catalogue (TrestleCatalogue *catalogue, gint64 fresh)
{
  g_autoptr (GError) error = NULL;
  gint64 refreshed;

  g_object_get (catalogue, "refreshed", &refreshed, NULL);
  if (refreshed != 0 && trestle_clock_now () - refreshed < fresh)
    return FALSE;
  if (dex_await (trestle_catalogue_refresh (catalogue), &error))
    return TRUE;
  if (refreshed != 0)
    {
      g_autofree char *when = trestle_cli_when (refreshed);

      g_printerr (_ ("trestle-cli: %s; showing the catalogue of %s\n"), error->message, when);
    }
  else
    {
      g_printerr ("trestle-cli: %s\n", error->message);
    }
  return TRUE;
}

DexFuture *
trestle_cli_search (TrestleCli *cli, char **argv)
{
  g_autofree char *type = NULL, *category = NULL, *pricing = NULL, *text = NULL;
  int limit = 0;
  const GOptionEntry entries[] = {
    { "type", 0, 0, G_OPTION_ARG_STRING, &type, N_ ("model or algorithm"), "TYPE" },
    { "category", 0, 0, G_OPTION_ARG_STRING, &category, N_ ("Name or id of a category"), "C" },
    { "pricing", 0, 0, G_OPTION_ARG_STRING, &pricing, N_ ("free, hourly, per-request or contract"),
      "P" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("At most so many"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  static const char *const types[] = { "model", "algorithm", NULL };
  static const char *const pricings[] = { "free", "hourly", "per-request", "contract", NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 0, -1, &error);
  g_autoptr (TrestleListingQuery) query = NULL;
  g_autoptr (TrestleSearchResult) result = NULL;
  TrestleCatalogue *catalogue;
  gboolean asked;

  if (args == NULL)
    return trestle_cli_fail (&error);
  if ((type != NULL && !g_strv_contains (types, type))
      || (pricing != NULL && !g_strv_contains (pricings, pricing)) || limit < 0)
    return dex_future_new_reject (TRESTLE_CLI_ERROR, TRESTLE_CLI_ERROR_USAGE,
                                  _ ("--type takes model or algorithm, --pricing takes free, "
                                     "hourly, per-request or contract, --limit a number"));
  if (trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);

  catalogue = trestle_session_get_catalogue (cli->session);
  asked = refresh_catalogue (catalogue, FRESH);
  text = g_strjoinv (" ", args);
  query = g_object_new (TRESTLE_TYPE_LISTING_QUERY, "text", text, "kinds",
                        type ? (const char *[]) { type, NULL } : NULL, "categories",
                        category ? (const char *[]) { category, NULL } : NULL, "pricing",
                        pricing ? (const char *[]) { pricing, NULL } : NULL, "limit", (guint) limit,
                        NULL);
  result = dex_await_object (trestle_catalogue_search (catalogue, query), &error);
  /* what is not there may be new */
  if (result != NULL && !asked
      && g_list_model_get_n_items (trestle_search_result_get_listings (result)) == 0
      && refresh_catalogue (catalogue, 0))
    {
      g_clear_object (&result);
      result = dex_await_object (trestle_catalogue_search (catalogue, query), &error);
    }
  if (result == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    trestle_cli_print_items (trestle_search_result_get_listings (result), trestle_cli_json_listing);
  else
    print_listings (trestle_search_result_get_listings (result));
  return dex_future_new_for_boolean (TRUE);
}

static void
print_prices (GListModel *prices)
{
  TrestleCliTable *table = trestle_cli_table_new (_ ("Instance"), _ (">Software/h"),
                                                  _ (">Infrastructure/h"), _ (">Total/h"),
                                                  _ (">Quota"), "", NULL);

  for (guint i = 0; i < g_list_model_get_n_items (prices); i++)
    {
      g_autoptr (TrestlePriceRow) row = g_list_model_get_item (prices, i);
      g_autofree char *software = trestle_cli_money (trestle_price_row_get_software (row));
      g_autofree char *infrastructure = trestle_cli_money (
          trestle_price_row_get_infrastructure (row));
      g_autofree char *total = trestle_cli_money (trestle_price_row_get_total (row));
      g_autofree char *quota = trestle_price_row_get_quota (row) >= 0
                                   ? g_strdup_printf ("%d", (int) trestle_price_row_get_quota (row))
                                   : NULL;

      trestle_cli_table_add (table, trestle_price_row_get_instance_type (row), software,
                             infrastructure, total, quota,
                             trestle_price_row_get_recommended (row) ? _ ("recommended") : " ");
    }
  trestle_cli_table_print (table, _ ("The offer names no instance prices"));
}

static JsonNode *
json_sample (gpointer item)
{
  JsonObject *o = json_object_new ();

  trestle_cli_set_string (o, "name", trestle_sample_get_name (item));
  trestle_cli_set_string (o, "url", trestle_sample_get_url (item));
  return trestle_cli_take_object (o);
}

static void
set_items (JsonObject *object, const char *name, GListModel *model, JsonNode *(*make) (gpointer))
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      json_array_add_element (array, make (item));
    }
  json_object_set_array_member (object, name, array);
}

static void
print_listing (TrestleListing *l, GListModel *versions, GListModel *prices, GListModel *samples)
{
  const char *const *highlights = trestle_listing_get_highlights (l);

  printf ("%s\n%s · %s\n\n%s\n", trestle_listing_get_title (l), trestle_listing_get_publisher (l),
          trestle_listing_get_id (l), trestle_listing_get_short_description (l));
  for (guint i = 0; highlights != NULL && highlights[i] != NULL; i++)
    printf ("  • %s\n", highlights[i]);
  if (trestle_listing_get_long_description (l) != NULL)
    printf ("\n%s\n", trestle_listing_get_long_description (l));
  printf ("\n");
  print_prices (prices);
  printf ("\n");
  for (guint i = 0; i < g_list_model_get_n_items (versions); i++)
    {
      g_autoptr (TrestleVersion) version = g_list_model_get_item (versions, i);
      const char *notes = trestle_version_get_release_notes (version);

      printf (_ ("Version %s  %s\n"), trestle_version_get_title (version), notes ? notes : "");
    }
  for (guint i = 0; i < g_list_model_get_n_items (samples); i++)
    {
      g_autoptr (TrestleSample) sample = g_list_model_get_item (samples, i);

      printf (_ ("Sample %s  %s\n"), trestle_sample_get_name (sample),
              trestle_sample_get_url (sample));
    }
}

DexFuture *
trestle_cli_show (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 1, &error);
  g_autoptr (TrestleListing) listing = NULL;
  g_autoptr (TrestleVersion) newest = NULL;
  g_autoptr (GListModel) versions = NULL, prices = NULL, samples = NULL;
  TrestleCatalogue *catalogue;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  catalogue = trestle_session_get_catalogue (cli->session);
  listing = dex_await_object (trestle_catalogue_find (catalogue, args[0]), &error);
  if (listing == NULL)
    return trestle_cli_fail (&error);
  versions = dex_await_object (trestle_catalogue_versions (catalogue, listing), &error);
  if (versions == NULL)
    return trestle_cli_fail (&error);
  prices = dex_await_object (trestle_catalogue_prices (catalogue, listing, NULL), &error);
  if (prices == NULL)
    return trestle_cli_fail (&error);
  newest = g_list_model_get_item (versions, 0);
  samples = trestle_catalogue_samples (catalogue, listing, newest);

  if (cli->json)
    {
      JsonNode *node = trestle_cli_json_listing (listing);

      set_items (json_node_get_object (node), "versions", versions, trestle_cli_json_version);
      set_items (json_node_get_object (node), "prices", prices, trestle_cli_json_price_row);
      set_items (json_node_get_object (node), "samples", samples, json_sample);
      trestle_cli_print_json (node, FALSE);
    }
  else
    {
      print_listing (listing, versions, prices, samples);
    }
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_cli_offers (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 1, &error);
  g_autoptr (TrestleListing) listing = NULL;
  g_autoptr (GListModel) offers = NULL;
  TrestleCatalogue *catalogue;
  TrestleCliTable *table;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  catalogue = trestle_session_get_catalogue (cli->session);
  listing = dex_await_object (trestle_catalogue_find (catalogue, args[0]), &error);
  if (listing == NULL)
    return trestle_cli_fail (&error);
  offers = dex_await_object (trestle_catalogue_offers (catalogue, listing), &error);
  if (offers == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    {
      trestle_cli_print_items (offers, trestle_cli_json_offer);
      return dex_future_new_for_boolean (TRUE);
    }
  table = trestle_cli_table_new (_ ("Offer"), _ ("Name"), _ ("For"), _ ("Until"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (TrestleOffer) offer = g_list_model_get_item (offers, i);
      g_autofree char *until = trestle_cli_when (trestle_offer_get_expires (offer));

      trestle_cli_table_add (table, trestle_offer_get_id (offer), trestle_offer_get_name (offer),
                             trestle_offer_get_private (offer) ? _ ("you alone") : _ ("everybody"),
                             until);
    }
  trestle_cli_table_print (table, _ ("No offers"));
  return dex_future_new_for_boolean (TRUE);
}
