/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-look.h"

#include "container/trestle-container-page.h"
#include "discover/trestle-discover-page.h"
#include "logs/trestle-logs-page.h"
#include "product/trestle-product-page.h"
#include "reports/trestle-report-order-dialog.h"
#include "reports/trestle-reports-page.h"
#include "subscriptions/trestle-subscriptions-page.h"
#include "trestle-look-container.h"
#include "trestle-look-deploy.h"
#include "trestle-look-sell.h"
#include "widgets/trestle-page-state.h"
#include "widgets/trestle-watch.h"

/* A page has settled when nothing was on its way for this many looks, LOOK_MSEC apart. */
#define LOOK_MSEC 50
#define LOOKS_QUIET 8
#define LOOK_SECONDS_MAX 40

typedef struct _Look Look;

/**
 * LookPage:
 * @name: what --look is given
 * @section: (nullable): section it begins in
 * @route: (nullable): page or dialog that is opened
 * @argument: (nullable): for @route; "@endpoint" is the newest endpoint that runs
 * @prepare: (nullable): what else is done with it, once it has settled
 * @account: (nullable): of the practice accounts; %NULL: the buyer's
 * @show: (nullable): as @prepare, where the page itself is enough
 */
typedef struct
{
  const char *name;
  const char *section;
  const char *route;
  const char *argument;
  void (*prepare) (Look *look);
  const char *account;
  void (*show) (GtkWidget *page);
} LookPage;

struct _Look
{
  TrestleWindow *window;
  const LookPage *page;
  GtkWidget *shown;
  guint quiet;
  guint looks;
  gboolean opened;
  gboolean prepared;
  gboolean drawn;
  gboolean (*until) (gpointer shown); /* what a page that settled may still be without */
};

static void
prepare_send (Look *look)
{
  gtk_widget_activate_action (look->shown, "bench.send", NULL);
}

static void
prepare_log_search (Look *look)
{
  trestle_logs_page_search (TRESTLE_LOGS_PAGE (look->shown), "invocations");
}

static void
prepare_log_line (Look *look)
{
  trestle_logs_page_show_line (TRESTLE_LOGS_PAGE (look->shown), 0);
}

static void
prepare_search (Look *look)
{
  trestle_discover_page_search (TRESTLE_DISCOVER_PAGE (look->shown), "speech");
}

static void
prepare_choice (Look *look)
{
  trestle_discover_page_choose (TRESTLE_DISCOVER_PAGE (look->shown), 3);
}

static void
prepare_compare (Look *look)
{
  prepare_choice (look);
  gtk_widget_activate_action (look->shown, "discover.compare", NULL);
}

static void
prepare_pricing (Look *look)
{
  trestle_product_page_show (TRESTLE_PRODUCT_PAGE (look->shown), "pricing");
}

static void
prepare_usage (Look *look)
{
  trestle_product_page_show (TRESTLE_PRODUCT_PAGE (look->shown), "usage");
}

static void
prepare_legal (Look *look)
{
  trestle_product_page_show (TRESTLE_PRODUCT_PAGE (look->shown), "legal");
}

static void
prepare_expand (Look *look)
{
  trestle_subscriptions_page_expand (TRESTLE_SUBSCRIPTIONS_PAGE (look->shown));
}

static void
prepare_code (Look *look)
{
  gtk_widget_activate_action (look->shown, "page.code", NULL);
}

/* What the page's one button does. */
static void
prepare_primary (Look *look)
{
  gtk_widget_activate_action (look->shown, "product.primary", NULL);
}

static void
prepare_deployment (Look *look)
{
  trestle_look_deploy (look->window, "clarion-speech-denoise");
}

static void
prepare_container (Look *look)
{
  trestle_look_container (TRESTLE_CONTAINER_PAGE (look->shown));
}

static void
prepare_promotion (Look *look)
{
  gtk_widget_activate_action (look->shown, "editor.section", "s", "promotion");
}

static void
prepare_versions (Look *look)
{
  gtk_widget_activate_action (look->shown, "editor.section", "s", "versions");
}

static void
prepare_prices (Look *look)
{
  gtk_widget_activate_action (look->shown, "editor.section", "s", "pricing");
}

static void
prepare_testers (Look *look)
{
  gtk_widget_activate_action (look->shown, "editor.section", "s", "testers");
}

static void
prepare_offer (Look *look)
{
  gtk_widget_activate_action (look->shown, "offers.new", NULL);
}

static void
prepare_unpublish (Look *look)
{
  gtk_widget_activate_action (look->shown, "publish.unpublish", NULL);
}

static void
prepare_review_code (Look *look)
{
  gtk_widget_activate_action (look->shown, "review.code", NULL);
}

static gboolean
has_report (gpointer page)
{
  return trestle_reports_page_get_report (page) != NULL;
}

static void
prepare_reports (Look *look)
{
  look->until = has_report;
}

static void
prepare_instances (Look *look)
{
  prepare_reports (look);
  trestle_reports_page_show (TRESTLE_REPORTS_PAGE (look->shown), "daily-usage",
                             TRESTLE_REPORT_GROUP_INSTANCE);
}

static void
prepare_order (Look *look)
{
  gtk_widget_activate_action (look->shown, "reports.order", NULL);
}

static gboolean
has_ordered (gpointer page)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (gtk_widget_get_root (page));
  gpointer dialog = adw_application_window_get_visible_dialog (window);

  /* Does nothing until the form is filled, nor once it is sent. */
  gtk_widget_activate_action (dialog, "order.send", NULL);
  return trestle_report_order_dialog_has_result (dialog);
}

static void
prepare_ordered (Look *look)
{
  prepare_order (look);
  look->until = has_ordered;
}

static void
prepare_ref_tags (Look *look)
{
  trestle_reports_page_show (TRESTLE_REPORTS_PAGE (look->shown), "ref-tags",
                             TRESTLE_REPORT_GROUP_MONTH);
}

static void
prepare_finding (Look *look)
{
  gtk_widget_activate_action (look->shown, "editor.first-error", NULL);
}

static void
prepare_history (Look *look)
{
  gtk_widget_activate_action (look->shown, "editor.history", NULL);
}

static void
prepare_sidebar (Look *look)
{
  trestle_window_show_sidebar (look->window);
}

static const LookPage pages[] = {
  { "discover", "discover", NULL, NULL, NULL },
  { "discover-search", "discover", NULL, NULL, prepare_search },
  { "discover-choice", "discover", NULL, NULL, prepare_choice },
  { "compare", "discover", NULL, NULL, prepare_compare },
  { "sidebar", "discover", NULL, NULL, prepare_sidebar },
  { "product", "discover", "product", "aerial-vehicle-counter", NULL },
  { "product-pricing", "discover", "product", "aerial-vehicle-counter", prepare_pricing },
  { "product-usage", "discover", "product", "aerial-vehicle-counter", prepare_usage },
  { "product-legal", "discover", "product", "aerial-vehicle-counter", prepare_legal },
  { "product-running", "discover", "product", "iris-classifier", NULL },
  { "subscribe", "discover", "product", "aerial-vehicle-counter", prepare_primary },
  { "subscriptions", "subscriptions", NULL, NULL, prepare_expand },
  { "arn", "subscriptions", "arn", "clarion-speech-denoise", NULL },
  { "deploy", "subscriptions", "deploy", "pitch", NULL },
  { "deploy-code", "subscriptions", "deploy", "pitch", prepare_code },
  { "endpoints", "endpoints", NULL, NULL, NULL },
  { "endpoint", "endpoints", "endpoint", "yard-counter", NULL },
  { "quit", "endpoints", "quit", NULL, NULL },
  { "accounts", "discover", "accounts", NULL, NULL },
  { "add-key", "discover", "add-key", NULL, NULL },
  { "preferences", "discover", "preferences", NULL, NULL },
  { "bench", "endpoints", "bench", "yard-counter", prepare_send },
  { "bench-sound", "endpoints", "bench", "clarion-denoise", prepare_send },
  { "bench-table", "endpoints", "bench", "iris", prepare_send },
  { "jobs", "jobs", NULL, NULL, NULL },
  { "logs", "logs", "logs", "iris", prepare_log_search },
  { "logs-detail", "logs", "logs", "iris", prepare_log_line },
  { "costs", "costs", NULL, NULL, NULL },
  { "sell", "listings", NULL, NULL, NULL },
  { "editor", "listings", "editor", "meadow-sorter", NULL, "seller" },
  { "editor-promotion", "listings", "editor", "meadow-sorter", prepare_promotion, "seller" },
  { "editor-versions", "listings", "editor", "meadow-sorter", prepare_versions, "seller" },
  { "editor-parameters", "listings", "editor", "meadow-sorter", NULL, "seller",
    trestle_look_parameters },
  { "parameter", "listings", "editor", "meadow-sorter", NULL, "seller", trestle_look_parameter },
  { "from-sample", "listings", "editor", "half-done", NULL, "seller", trestle_look_from_sample },
  { "new-version", "listings", "editor", "meadow-sorter", NULL, "seller",
    trestle_look_new_version },
  { "try-samples", "listings", "editor", "meadow-sorter", NULL, "seller", trestle_look_trials },
  { "similar", "listings", "editor", "meadow-sorter", NULL, "seller", trestle_look_similar },
  { "editor-pricing", "listings", "editor", "half-done", prepare_prices, "seller" },
  { "editor-testers", "listings", "editor", "meadow-sorter", prepare_testers, "seller" },
  { "editor-finding", "listings", "editor", "half-done", prepare_finding, "seller" },
  { "editor-history", "listings", "editor", "meadow-sorter", prepare_history, "seller" },
  { "editor-live", "listings", "editor", "petal-sorter", NULL, "seller" },
  { "editor-live-pricing", "listings", "editor", "petal-sorter", prepare_prices, "seller" },
  { "offers", "offers", NULL, NULL, NULL, "seller" },
  { "offer", "offers", NULL, NULL, prepare_offer, "seller" },
  { "review", "listings", "review", "meadow-sorter", NULL, "seller" },
  { "review-code", "listings", "review", "meadow-sorter", prepare_review_code, "seller" },
  { "listings", "listings", NULL, NULL, NULL, "seller" },
  { "changes", "changes", NULL, NULL, NULL, "seller" },
  { "publish", "listings", "publish", "prod-c8n4r0s6w2yjf", NULL, "seller" },
  { "unpublish", "listings", "publish", "prod-5qk2w7x9v3tdm", prepare_unpublish, "seller" },
  { "packages", "packages", NULL, NULL, NULL, "seller" },
  { "reports", "reports", NULL, NULL, prepare_reports, "seller" },
  { "reports-instances", "reports", NULL, NULL, prepare_instances, "seller" },
  { "reports-order", "reports", NULL, NULL, prepare_order, "seller" },
  { "reports-ordered", "reports", NULL, NULL, prepare_ordered, "seller" },
  { "reports-ref-tags", "reports", NULL, NULL, prepare_ref_tags, "seller" },
  { "package", "packages", "package",
    "arn:aws:sagemaker:us-east-1:444455556666:model-package/petal-sorter-v2", NULL, "seller" },
  { "bucket", "packages", "package", "", NULL, "seller", trestle_look_bucket },
  { "channel", "packages", "package", "algorithm", NULL, "seller", trestle_look_channel },
  { "hyperparameter", "packages", "package", "algorithm", NULL, "seller",
    trestle_look_hyperparameter },
  { "metric", "packages", "package", "algorithm", NULL, "seller", trestle_look_metric },
  { "package-details", "packages", "package-details",
    "arn:aws:sagemaker:us-east-1:444455556666:model-package/spot-count-v2-beta", NULL, "seller" },
  { "container", "packages", "container", "", NULL, "seller" },
  { "container-results", "packages", "container", "", prepare_container, "seller" },
  { "algorithm", "packages", "package",
    "arn:aws:sagemaker:us-east-1:444455556666:algorithm/meadow-learner", NULL, "seller" },
  { "algorithm-details", "packages", "package-details",
    "arn:aws:sagemaker:us-east-1:444455556666:algorithm/meadow-learner", NULL, "seller" },
  { "use-package", "packages", "use-package",
    "arn:aws:sagemaker:us-east-1:444455556666:model-package/petal-sorter-v2", NULL, "seller" },
  { "shortcuts", "discover", "shortcuts", NULL, NULL },
  { "about", "discover", "about", NULL, NULL },
  { "first-run", NULL, NULL, NULL, NULL },
  /* Last, for it leaves something in every list. */
  { "deploy-timeline", "endpoints", NULL, NULL, prepare_deployment },
};

const char *
trestle_look_get_account (const char *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, page) == 0)
      return pages[i].account;
  return NULL;
}

void
trestle_look_list (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    g_print ("%s\n", pages[i].name);
}

static gboolean
is_loading (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (TRESTLE_IS_PAGE_STATE (widget)
      && trestle_page_state_get_state (TRESTLE_PAGE_STATE (widget)) == TRESTLE_PAGE_LOADING)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_loading (child))
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full) (nullable): the newest endpoint that is in service, or the newest of all */
static char *
pick_endpoint (TrestleWindow *window)
{
  GListModel *endpoints = G_LIST_MODEL (
      trestle_session_get_endpoints (trestle_window_get_session (window)));
  g_autoptr (TrestleEndpoint) first = g_list_model_get_item (endpoints, 0);

  for (guint i = 0; i < g_list_model_get_n_items (endpoints); i++)
    {
      g_autoptr (TrestleEndpoint) endpoint = g_list_model_get_item (endpoints, i);

      if (trestle_endpoint_get_state (endpoint) == TRESTLE_ENDPOINT_STATE_IN_SERVICE)
        return g_strdup (trestle_endpoint_get_name (endpoint));
    }
  return first != NULL ? g_strdup (trestle_endpoint_get_name (first)) : NULL;
}

static void
open_page (Look *look)
{
  g_autofree char *argument = NULL;

  if (look->page->section != NULL)
    trestle_window_show_section (look->window, look->page->section);
  else
    trestle_window_show_first_run (look->window);

  if (look->page->route == NULL)
    {
      look->shown = trestle_window_get_page (look->window);
      return;
    }
  if (g_strcmp0 (look->page->argument, "@endpoint") == 0)
    argument = pick_endpoint (look->window);
  else
    argument = g_strdup (look->page->argument);
  look->shown = trestle_window_open (look->window, look->page->route, argument);
}

static gboolean
draw (Look *look)
{
  GtkWidget *widget = GTK_WIDGET (look->window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = g_strdup (g_getenv ("TRESTLE_LOOK_OUT"));
  graphene_rect_t bounds;

  if (file == NULL)
    file = g_strconcat (look->page->name, ".png", NULL);

  graphene_rect_init (&bounds, 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), bounds.size.width,
                          bounds.size.height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                                         &bounds);
  return gdk_texture_save_to_png (texture, file);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  g_object_unref (look->window);
  g_free (look);
}

/* What a picture began is taken back, or the next start would have to settle it. */
static gboolean
is_tidying (Look *look)
{
  TrestleSession *session = trestle_window_get_session (look->window);
  GListModel *tasks = session != NULL ? trestle_session_get_tasks (session) : NULL;
  gboolean running = FALSE;

  for (guint i = 0; tasks != NULL && i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (TrestleTask) task = g_list_model_get_item (tasks, i);

      if (trestle_task_get_state (task) != TRESTLE_TASK_STATE_RUNNING)
        continue;
      trestle_task_stop (task);
      running = TRUE;
    }
  return running;
}

static gboolean
on_look (gpointer data)
{
  Look *look = data;
  GApplication *application = G_APPLICATION (
      gtk_window_get_application (GTK_WINDOW (look->window)));
  gboolean needs_session = look->page->section != NULL;

  if (look->drawn)
    {
      if (is_tidying (look))
        return G_SOURCE_CONTINUE;
      g_application_quit (application);
      return G_SOURCE_REMOVE;
    }

  if (++look->looks > LOOK_SECONDS_MAX * 1000 / LOOK_MSEC)
    g_printerr ("trestle: %s did not settle\n", look->page->name);
  else if (!gtk_widget_get_mapped (GTK_WIDGET (look->window))
           || (needs_session && trestle_window_get_session (look->window) == NULL)
           || trestle_watch_get_pending () > 0 || is_loading (GTK_WIDGET (look->window))
           || (look->until != NULL && !look->until (look->shown)) || ++look->quiet < LOOKS_QUIET)
    {
      if (trestle_watch_get_pending () > 0 || is_loading (GTK_WIDGET (look->window)))
        look->quiet = 0;
      return G_SOURCE_CONTINUE;
    }
  else if (!look->opened)
    {
      look->opened = TRUE;
      look->quiet = 0;
      open_page (look);
      return G_SOURCE_CONTINUE;
    }
  else if (!look->prepared && (look->page->prepare != NULL || look->page->show != NULL))
    {
      look->prepared = TRUE;
      look->quiet = 0;
      if (look->page->prepare != NULL)
        look->page->prepare (look);
      else
        look->page->show (look->shown);
      return G_SOURCE_CONTINUE;
    }

  /* Whoever reads the window through AT-SPI wants it to stay, and ends the program. */
  if (g_getenv ("TRESTLE_LOOK_HOLD") != NULL)
    {
      g_print ("%s\n", look->page->name);
      return G_SOURCE_REMOVE;
    }

  /* A widget that waits for its place has no picture just now. */
  if (!draw (look) && look->looks <= LOOK_SECONDS_MAX * 1000 / LOOK_MSEC)
    return G_SOURCE_CONTINUE;
  look->drawn = TRUE;
  return G_SOURCE_CONTINUE;
}

gboolean
trestle_look_start (TrestleWindow *window, const char *page)
{
  const char *size = g_getenv ("TRESTLE_LOOK_SIZE");
  int width = 1280, height = 840;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, page))
      {
        Look *look = g_new0 (Look, 1);

        if (size != NULL && sscanf (size, "%dx%d", &width, &height) != 2)
          g_printerr ("trestle: TRESTLE_LOOK_SIZE is WIDTHxHEIGHT\n");
        gtk_window_set_default_size (GTK_WINDOW (window), width, height);
        /* A picture of something half way is of no use. */
        g_object_set (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-enable-animations", FALSE,
                      "gtk-decoration-layout", ":close", NULL);
        /* Without a compositor a window gets a frame that belongs to no picture. */
        gtk_widget_remove_css_class (GTK_WIDGET (window), "solid-csd");
        look->window = g_object_ref (window);
        look->page = &pages[i];
        if (pages[i].section == NULL)
          trestle_window_show_first_run (window);
        g_timeout_add_full (G_PRIORITY_LOW, LOOK_MSEC, on_look, look, look_free);
        return TRUE;
      }
  return FALSE;
}
