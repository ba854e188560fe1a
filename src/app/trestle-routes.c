/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-routes.h"

#include <glib/gi18n.h>

#include "accounts/trestle-accounts-dialog.h"
#include "accounts/trestle-add-key-dialog.h"
#include "changes/trestle-changes-page.h"
#include "container/trestle-container-page.h"
#include "discover/trestle-discover-page.h"
#include "discover/trestle-listing-preview.h"
#include "editor/trestle-editor-page.h"
#include "editor/trestle-editor-sections.h"
#include "editor/trestle-review-page.h"
#include "endpoints/trestle-deploy-dialog.h"
#include "endpoints/trestle-deploying-page.h"
#include "endpoints/trestle-endpoint-page.h"
#include "endpoints/trestle-endpoints-page.h"
#include "endpoints/trestle-quit-dialog.h"
#include "invoke/trestle-bench-page.h"
#include "listings/trestle-listings-page.h"
#include "logs/trestle-logs-page.h"
#include "offers/trestle-offers-page.h"
#include "packages/trestle-package-details.h"
#include "packages/trestle-package-page.h"
#include "packages/trestle-packages-page.h"
#include "packages/trestle-use-package-dialog.h"
#include "preferences/trestle-preferences-dialog.h"
#include "pricing/trestle-pricing-form.h"
#include "product/trestle-arn-dialog.h"
#include "product/trestle-product-page.h"
#include "product/trestle-subscribe-dialog.h"
#include "publish/trestle-publish-page.h"
#include "reports/trestle-reports-page.h"
#include "subscriptions/trestle-subscriptions-page.h"
#include "trestle-shortcuts-dialog.h"
#include "versions/trestle-versions-section.h"
#include "widgets/trestle-plain-page.h"
#include "workbench/trestle-accounts.h"

/* Last, for TRESTLE_VERSION is also the name of a cast. */
#include "trestle-config.h"

static GtkWidget *
create_jobs (TrestleSession *session)
{
  return trestle_plain_page_new (
      _ ("Jobs"), "trestle-jobs-symbolic", _ ("Batch Jobs and Training Come Later"),
      _ ("Whole folders in one run, and algorithms trained on your data, will be started and watched "
         "here. Today an endpoint answers many files at once."),
      _ ("Show _Endpoints"), "endpoints");
}

static GtkWidget *
create_logs (TrestleSession *session)
{
  return trestle_logs_page_new (session, NULL);
}

static GtkWidget *
create_costs (TrestleSession *session)
{
  return trestle_plain_page_new (
      _ ("Costs"), "trestle-costs-symbolic", _ ("The Bill Comes Later"),
      _ ("The month’s forecast and a ledger of everything that was made will be here. Today Endpoints "
         "shows what runs, what it costs an hour and how much so far."),
      _ ("Show _Endpoints"), "endpoints");
}

static const TrestleSection sections[] = {
  { "discover", "buy", N_ ("Discover"), "trestle-discover-symbolic", trestle_discover_page_new },
  { "subscriptions", "buy", N_ ("Subscriptions"), "trestle-subscriptions-symbolic",
    trestle_subscriptions_page_new },
  { "endpoints", "buy", N_ ("Endpoints"), "trestle-endpoints-symbolic",
    trestle_endpoints_page_new },
  { "jobs", "buy", N_ ("Jobs"), "trestle-jobs-symbolic", create_jobs },
  { "logs", "buy", N_ ("Logs"), "trestle-logs-symbolic", create_logs },
  { "costs", "buy", N_ ("Costs"), "trestle-costs-symbolic", create_costs },
  { "listings", "sell", N_ ("Listings"), "trestle-listings-symbolic", trestle_listings_page_new },
  { "packages", "sell", N_ ("Packages"), "trestle-packages-symbolic", trestle_packages_page_new },
  { "offers", "sell", N_ ("Offers"), "trestle-offers-symbolic", trestle_offers_page_new },
  { "changes", "sell", N_ ("Changes"), "trestle-changes-symbolic", trestle_changes_page_new },
  { "reports", "sell", N_ ("Reports"), "trestle-reports-symbolic", trestle_reports_page_new },
};

static GtkWidget *
create_shortcuts (TrestleSession *session, const char *argument)
{
  return g_object_new (TRESTLE_TYPE_SHORTCUTS_DIALOG, NULL);
}

static GtkWidget *
create_about (TrestleSession *session, const char *argument)
{
  AdwAboutDialog *dialog = ADW_ABOUT_DIALOG (adw_about_dialog_new ());

  adw_about_dialog_set_application_name (dialog, _ ("Trestle"));
  adw_about_dialog_set_application_icon (dialog, TRESTLE_APP_ID);
  adw_about_dialog_set_version (dialog, TRESTLE_VERSION);
  adw_about_dialog_set_developer_name (dialog, _ ("The Trestle contributors"));
  adw_about_dialog_set_license_type (dialog, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (
      dialog, _ ("A workbench for the machine-learning products of AWS Marketplace.\n\n"
                 "Trestle is free software. It is independent of Amazon Web Services and not "
                 "endorsed by them; their names are used to say what it works with."));
  return GTK_WIDGET (dialog);
}

static GtkWidget *
create_bench (TrestleSession *session, const char *argument)
{
  return trestle_bench_page_new (session, argument);
}

/* The parts of a listing's editor, in order. */
static const TrestleDraftSection *const draft_sections[] = {
  &trestle_information_section, &trestle_promotion_section,
  &trestle_support_section,     &trestle_regions_section,
  &trestle_versions_section,    &trestle_pricing_section,
  &trestle_testers_section,     NULL,
};

static GtkWidget *
create_editor (TrestleSession *session, const char *argument)
{
  return trestle_editor_page_new (session, argument, draft_sections,
                                  trestle_product_page_new_preview, trestle_listing_preview_new);
}

static const TrestleRoute routes[] = {
  { "bench", "endpoints", create_bench },
  { "logs", "logs", trestle_logs_page_new },
  { "editor", "listings", create_editor },
  { "product", "discover", trestle_product_page_new },
  { "review", "listings", trestle_review_page_new },
  { "subscribe", NULL, trestle_subscribe_dialog_new },
  { "arn", NULL, trestle_arn_dialog_new },
  { "deploy", NULL, trestle_deploy_dialog_new },
  { "deploying", "endpoints", trestle_deploying_page_new },
  { "endpoint", "endpoints", trestle_endpoint_page_new },
  { "publish", "listings", trestle_publish_page_new },
  { "container", "packages", trestle_container_page_new },
  { "package", "packages", trestle_package_page_new },
  { "package-details", "packages", trestle_package_details_new },
  { "use-package", NULL, trestle_use_package_dialog_new },
  { "quit", NULL, trestle_quit_dialog_new },
  { "accounts", NULL, trestle_accounts_dialog_new },
  { "add-key", NULL, trestle_add_key_dialog_new },
  { "preferences", NULL, trestle_preferences_dialog_new },
  { "shortcuts", NULL, create_shortcuts },
  { "about", NULL, create_about },
};

const TrestleSection *
trestle_sections_get (guint *n_sections)
{
  *n_sections = G_N_ELEMENTS (sections);
  return sections;
}

const TrestleSection *
trestle_sections_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_strcmp0 (sections[i].id, id) == 0)
      return &sections[i];
  return NULL;
}

gboolean
trestle_section_is_open (const TrestleSection *self, TrestleSession *session)
{
  TrestleAccount *account = trestle_session_get_account (session);
  g_autoptr (TrestleAccount) seller = NULL;

  if (!g_str_equal (self->side, "sell") || !trestle_session_is_practice (session))
    return TRUE;
  seller = trestle_accounts_practice ("seller");
  return g_strcmp0 (trestle_account_get_id (account), trestle_account_get_id (seller)) == 0;
}

GtkWidget *
trestle_section_create (const TrestleSection *self, TrestleSession *session)
{
  g_autoptr (TrestleAccount) seller = NULL;
  GtkWidget *page;

  if (trestle_section_is_open (self, session))
    return self->create (session);

  seller = trestle_accounts_practice ("seller");
  page = trestle_plain_page_new (
      _ (self->title), self->icon_name, _ ("This Account Sells Nothing"),
      _ ("Of the practice accounts one is a seller’s: it has five products, one in each state, and a "
         "change set that failed. What you change there, the practice buyer sees in Discover."),
      NULL, NULL);
  trestle_plain_page_set_action (TRESTLE_PLAIN_PAGE (page), _ ("Change to the Practice _Seller"),
                                 "win.account", trestle_account_get_id (seller));
  return page;
}

const TrestleRoute *
trestle_routes_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_strcmp0 (routes[i].name, name) == 0)
      return &routes[i];
  return NULL;
}
