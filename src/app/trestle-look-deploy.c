/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-app"

#include "trestle-look-deploy.h"

#include "base/trestle-future.h"
#include "domain/trestle-price-row.h"
#include "widgets/trestle-watch.h"

/* From the call to the container's first lines on the practice account. */
#define CONTAINER_MSEC 2600
#define FALLBACKS 2
#define NARROW_WIDTH 600

typedef struct
{
  TrestleWindow *window;
  char *slug;
} Deployment;

static void
deployment_free (gpointer data)
{
  Deployment *self = data;

  g_object_unref (self->window);
  g_free (self->slug);
  g_free (self);
}

/* Pictures of one page are taken side by side, and a name can be given once. */
static const char *
choose_name (TrestleWindow *window)
{
  static const char *const names[] = { "tram-clean", "studio-clean", "archive-clean",
                                       "street-clean" };
  AdwStyleManager *style = adw_style_manager_get_for_display (
      gtk_widget_get_display (GTK_WIDGET (window)));
  guint dark = adw_style_manager_get_dark (style) ? 1 : 0;
  guint narrow = gtk_widget_get_width (GTK_WIDGET (window)) < NARROW_WIDTH ? 2 : 0;

  return names[dark + narrow];
}

/* Resolves to what trestle_watch() waits for: TRUE when there is something to see. */
static DexFuture *
deploy_fiber (gpointer data)
{
  Deployment *self = data;
  TrestleSession *session = trestle_window_get_session (self->window);
  TrestleCatalogue *catalogue = trestle_session_get_catalogue (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleListing) listing = NULL;
  g_autoptr (TrestlePackage) package = NULL;
  g_autoptr (GListModel) prices = NULL;
  g_autoptr (TrestlePriceRow) first = NULL;
  g_autoptr (TrestleDeployPlan) plan = NULL;
  g_autoptr (TrestleTask) task = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) fallbacks = NULL;
  const char *name = choose_name (self->window);

  listing = dex_await_object (trestle_catalogue_find (catalogue, self->slug), &error);
  if (listing != NULL)
    package = dex_await_object (
        trestle_subscriptions_package (trestle_session_get_subscriptions (session), listing, NULL),
        &error);
  if (package != NULL)
    prices = dex_await_object (trestle_catalogue_prices (catalogue, listing, NULL), &error);
  if (prices == NULL)
    return trestle_future_error (error);

  first = g_list_model_get_item (prices, 0);
  for (guint i = 1; i <= FALLBACKS && i < g_list_model_get_n_items (prices); i++)
    {
      g_autoptr (TrestlePriceRow) row = g_list_model_get_item (prices, i);

      g_strv_builder_add (builder, trestle_price_row_get_instance_type (row));
    }
  fallbacks = g_strv_builder_end (builder);
  plan = g_object_new (TRESTLE_TYPE_DEPLOY_PLAN, "name", name, "listing", listing, "package",
                       package, "instance-type", trestle_price_row_get_instance_type (first),
                       "fallback-types", fallbacks, NULL);
  task = trestle_endpoints_deploy (trestle_session_get_endpoints (session), plan);
  trestle_window_open (self->window, "deploying", name);
  dex_await (dex_timeout_new_msec (CONTAINER_MSEC), NULL);
  return dex_future_new_true ();
}

static void
on_deployed (gpointer owner, const GValue *value, const GError *error)
{
  if (error != NULL)
    g_printerr ("trestle: nothing could be deployed: %s\n", error->message);
}

void
trestle_look_deploy (TrestleWindow *window, const char *slug)
{
  Deployment *self = g_new0 (Deployment, 1);

  self->window = g_object_ref (window);
  self->slug = g_strdup (slug);
  trestle_watch (window, NULL, trestle_fiber_spawn (deploy_fiber, self, deployment_free),
                 on_deployed);
}
