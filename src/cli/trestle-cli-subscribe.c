/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-cli"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "cli/trestle-cli-print.h"
#include "base/trestle-future.h"
#include "domain/trestle-term.h"
#include "workbench/trestle-workbench-error.h"

static TrestleOffer *
find_offer (TrestleCli *cli, TrestleListing *listing, const char *id, GError **error)
{
  g_autoptr (GListModel) offers = dex_await_object (
      trestle_catalogue_offers (trestle_session_get_catalogue (cli->session), listing), error);

  for (guint i = 0; offers != NULL && i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (TrestleOffer) offer = g_list_model_get_item (offers, i);

      if (strcmp (trestle_offer_get_id (offer), id) == 0)
        return g_steal_pointer (&offer);
    }
  if (offers != NULL)
    g_set_error (error, TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_FOUND,
                 _ ("“%s” has no offer “%s”; “trestle-cli offers %s” lists them"),
                 trestle_listing_get_title (listing), id, trestle_listing_get_slug (listing));
  return NULL;
}

static void
print_quote (TrestleListing *listing, TrestleQuote *quote)
{
  TrestleOffer *offer = trestle_quote_get_offer (quote);
  GListModel *terms = trestle_offer_get_terms (offer);
  g_autofree char *total = trestle_cli_money (trestle_quote_get_total (quote));

  printf (_ ("%s, offer %s\nDue now   %s\n"), trestle_listing_get_title (listing),
          trestle_offer_get_id (offer), total);
  for (guint i = 0; i < g_list_model_get_n_items (terms); i++)
    {
      g_autoptr (TrestleTerm) term = g_list_model_get_item (terms, i);
      const char *const *documents = trestle_term_get_document_urls (term);

      if (trestle_term_get_kind (term) == TRESTLE_TERM_KIND_TRIAL
          && trestle_quote_get_trial (quote))
        printf (_ ("Trial     %d days without software cost\n"),
                (int) trestle_term_get_trial_days (term));
      if (trestle_term_get_refund_policy (term) != NULL)
        printf (_ ("Refunds   %s\n"), trestle_term_get_refund_policy (term));
      for (guint j = 0; documents != NULL && documents[j] != NULL; j++)
        printf (_ ("Licence   %s\n"), documents[j]);
    }
  printf (_ ("Nothing has been bought. To accept: trestle-cli subscribe %s --accept\n"),
          trestle_listing_get_slug (listing));
}

DexFuture *
trestle_cli_subscribe (TrestleCli *cli, char **argv)
{
  g_autofree char *offer_id = NULL;
  gboolean accept = FALSE;
  const GOptionEntry entries[] = {
    { "offer", 0, 0, G_OPTION_ARG_STRING, &offer_id, N_ ("An offer of “offers LISTING”"), "ID" },
    { "accept", 0, 0, G_OPTION_ARG_NONE, &accept,
      N_ ("Accept the offer's terms: this makes the agreement"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, entries, 1, 1, &error);
  g_autoptr (TrestleListing) listing = NULL;
  g_autoptr (TrestleOffer) offer = NULL;
  g_autoptr (TrestleQuote) quote = NULL;
  g_autoptr (TrestleTask) task = NULL;
  TrestleSubscriptions *subscriptions;
  TrestleSubscription *made;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  subscriptions = trestle_session_get_subscriptions (cli->session);
  listing = dex_await_object (
      trestle_catalogue_find (trestle_session_get_catalogue (cli->session), args[0]), &error);
  if (listing == NULL)
    return trestle_cli_fail (&error);
  if (offer_id != NULL && (offer = find_offer (cli, listing, offer_id, &error)) == NULL)
    return trestle_cli_fail (&error);
  quote = dex_await_object (trestle_subscriptions_quote (subscriptions, listing, offer), &error);
  if (quote == NULL)
    return trestle_cli_fail (&error);
  if (!accept)
    {
      if (cli->json)
        trestle_cli_print_json (trestle_cli_json_quote (quote), FALSE);
      else
        print_quote (listing, quote);
      return dex_future_new_for_boolean (TRUE);
    }

  task = trestle_subscriptions_accept (subscriptions, listing, quote);
  if (!trestle_cli_watch (cli, task, &error))
    return trestle_cli_fail (&error);
  made = trestle_task_get_result (task);
  if (cli->json)
    {
      trestle_cli_print_json (trestle_cli_json_subscription (made), FALSE);
    }
  else
    {
      printf (_ ("Subscribed to %s, agreement %s\n"), trestle_listing_get_title (listing),
              trestle_agreement_get_id (trestle_subscription_get_agreement (made)));
      if (trestle_subscription_get_package_arn (made) != NULL)
        printf (_ ("Package %s\n"), trestle_subscription_get_package_arn (made));
    }
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_cli_subscriptions (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 0, 0, &error);
  TrestleSubscriptions *subscriptions;
  TrestleCliTable *table;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  subscriptions = trestle_session_get_subscriptions (cli->session);
  if (!dex_await (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (subscriptions)), &error))
    return trestle_cli_fail (&error);
  if (cli->json)
    {
      trestle_cli_print_items (G_LIST_MODEL (subscriptions), trestle_cli_json_subscription);
      return dex_future_new_for_boolean (TRUE);
    }
  table = trestle_cli_table_new (_ ("Product"), _ ("Status"), _ ("Since"), _ ("Agreement"),
                                 _ ("Package"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (subscriptions)); i++)
    {
      g_autoptr (TrestleSubscription) s = g_list_model_get_item (G_LIST_MODEL (subscriptions), i);
      TrestleAgreement *agreement = trestle_subscription_get_agreement (s);
      TrestleListing *listing = trestle_subscription_get_listing (s);
      g_autofree char *since = trestle_cli_when (trestle_agreement_get_accepted (agreement));

      trestle_cli_table_add (table,
                             listing ? trestle_listing_get_slug (listing)
                                     : trestle_agreement_get_product_id (agreement),
                             trestle_agreement_get_status (agreement), since,
                             trestle_agreement_get_id (agreement),
                             trestle_subscription_get_package_arn (s));
    }
  trestle_cli_table_print (table, _ ("No subscriptions"));
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_cli_unsubscribe (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 1, &error);
  g_autoptr (TrestleListing) listing = NULL;
  TrestleSubscriptions *subscriptions;
  g_autoptr (TrestleSubscription) subscription = NULL;
  int endpoints;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  subscriptions = trestle_session_get_subscriptions (cli->session);
  listing = dex_await_object (
      trestle_catalogue_find (trestle_session_get_catalogue (cli->session), args[0]), &error);
  if (listing == NULL)
    return trestle_cli_fail (&error);
  if (!dex_await (trestle_remote_list_refresh (TRESTLE_REMOTE_LIST (subscriptions)), &error))
    return trestle_cli_fail (&error);
  subscription = trestle_subscriptions_find (subscriptions,
                                             trestle_listing_get_product_id (listing));
  /* The list lets go of it when another takes its place. */
  if (subscription != NULL)
    g_object_ref (subscription);
  if (subscription == NULL)
    return dex_future_new_reject (TRESTLE_WORKBENCH_ERROR, TRESTLE_WORKBENCH_ERROR_NOT_SUBSCRIBED,
                                  _ ("There is no active subscription to “%s”"),
                                  trestle_listing_get_title (listing));
  endpoints = (int) trestle_subscription_get_endpoints (subscription);
  if (!dex_await (trestle_subscriptions_cancel (subscriptions, subscription), &error))
    return trestle_cli_fail (&error);
  if (cli->json)
    {
      JsonObject *o = json_object_new ();

      trestle_cli_set_string (
          o, "agreementId",
          trestle_agreement_get_id (trestle_subscription_get_agreement (subscription)));
      trestle_cli_set_string (o, "status", "CANCELLED");
      trestle_cli_print_json (trestle_cli_take_object (o), FALSE);
    }
  else
    {
      printf (_ ("The subscription to %s is cancelled\n"), trestle_listing_get_title (listing));
    }
  if (endpoints > 0)
    g_printerr (ngettext ("%d endpoint of it still runs and is still billed; delete it with "
                          "“trestle-cli delete-endpoint”\n",
                          "%d endpoints of it still run and are still billed; delete them with "
                          "“trestle-cli delete-endpoint”\n",
                          (gulong) endpoints),
                endpoints);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
trestle_cli_arn (TrestleCli *cli, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = trestle_cli_parse (cli, argv, NULL, 1, 2, &error);
  g_autoptr (TrestleListing) listing = NULL;
  g_autoptr (TrestlePackage) package = NULL;
  TrestleSubscriptions *subscriptions;

  if (args == NULL || trestle_cli_open (cli, &error) == NULL)
    return trestle_cli_fail (&error);
  subscriptions = trestle_session_get_subscriptions (cli->session);
  listing = dex_await_object (
      trestle_catalogue_find (trestle_session_get_catalogue (cli->session), args[0]), &error);
  if (listing == NULL)
    return trestle_cli_fail (&error);
  package = dex_await_object (
      args[1] ? trestle_subscriptions_prove (subscriptions, listing, NULL, args[1])
              : trestle_subscriptions_package (subscriptions, listing, NULL),
      &error);
  if (package == NULL)
    return trestle_cli_fail (&error);
  if (cli->json)
    trestle_cli_print_json (trestle_cli_json_package (package), FALSE);
  else
    printf ("%s\n", trestle_package_get_arn (package));
  return dex_future_new_for_boolean (TRUE);
}
