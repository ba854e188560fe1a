/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-catalogue.h"

#include "base/trestle-clock.h"
#include "base/trestle-future.h"
#include "domain/trestle-facet.h"
#include "services/trestle-discovery-service.h"
#include "workbench/trestle-facets.h"
#include "workbench/trestle-parts.h"
#include "workbench/trestle-price-hints.h"

#define REFRESHED "catalogue/refreshed"
/* Above this many listings a search is work for another thread. */
#define MANY 500

struct _TrestleCatalogue
{
  GObject parent_instance;

  TrestleContext *context;
  DexFuture *refresh;
  gint64 refreshed;
  GError *error;
};

G_DEFINE_FINAL_TYPE (TrestleCatalogue, trestle_catalogue, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_REFRESHING,
  PROP_REFRESHED,
  PROP_ERROR,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
trestle_catalogue_finalize (GObject *object)
{
  TrestleCatalogue *self = TRESTLE_CATALOGUE (object);

  dex_clear (&self->refresh);
  g_clear_object (&self->context);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (trestle_catalogue_parent_class)->finalize (object);
}

static void
trestle_catalogue_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleCatalogue *self = TRESTLE_CATALOGUE (object);

  switch (id)
    {
    case PROP_REFRESHING:
      g_value_set_boolean (value, self->refresh != NULL);
      break;
    case PROP_REFRESHED:
      g_value_set_int64 (value, self->refreshed);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_catalogue_class_init (TrestleCatalogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = trestle_catalogue_finalize;
  object_class->get_property = trestle_catalogue_get_property;
  properties[PROP_REFRESHING] = g_param_spec_boolean ("refreshing", NULL, NULL, FALSE, flags);
  properties[PROP_REFRESHED] = g_param_spec_int64 ("refreshed", NULL, NULL, 0, G_MAXINT64, 0,
                                                   flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
trestle_catalogue_init (TrestleCatalogue *self)
{
}

TrestleCatalogue *
trestle_catalogue_new (TrestleContext *context)
{
  TrestleCatalogue *self = g_object_new (TRESTLE_TYPE_CATALOGUE, NULL);
  g_autofree char *refreshed = NULL;

  self->context = g_object_ref (context);
  refreshed = trestle_store_recall (context->store, context->scope, REFRESHED);
  self->refreshed = refreshed != NULL ? g_ascii_strtoll (refreshed, NULL, 10) : 0;
  return self;
}

TrestleContext *
trestle_catalogue_get_context (TrestleCatalogue *self)
{
  return self->context;
}

typedef struct
{
  GPtrArray *listings;
  TrestleListingQuery *query;
  TrestleHints *hints;
  gint64 refreshed;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_clear_pointer (&self->listings, g_ptr_array_unref);
  g_object_unref (self->query);
  g_object_unref (self->hints);
  g_free (self);
}

static DexFuture *
apply_fiber (gpointer data)
{
  Search *self = data;

  return dex_future_new_take_object (
      trestle_facets_apply (self->listings, self->query, self->hints, self->refreshed));
}

static DexFuture *
found_cb (DexFuture *future, gpointer data)
{
  Search *self = data;
  Search *work = g_new0 (Search, 1);

  work->listings = g_value_dup_boxed (dex_future_get_value (future, NULL));
  work->query = g_object_ref (self->query);
  work->hints = g_object_ref (self->hints);
  work->refreshed = self->refreshed;
  if (work->listings->len > MANY)
    return trestle_pool_spawn (apply_fiber, work, search_free);
  future = apply_fiber (work);
  search_free (work);
  return future;
}

DexFuture *
trestle_catalogue_search (TrestleCatalogue *self, TrestleListingQuery *query)
{
  Search *search;

  g_return_val_if_fail (TRESTLE_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (TRESTLE_IS_LISTING_QUERY (query), NULL);

  search = g_new0 (Search, 1);
  search->query = g_object_ref (query);
  search->hints = trestle_hints_get (self->context);
  search->refreshed = self->refreshed;
  return dex_future_then (trestle_store_search (self->context->store, self->context->scope,
                                                trestle_listing_query_get_filter (query)->text),
                          found_cb, search, search_free);
}

typedef struct
{
  TrestleCatalogue *catalogue;
  GPtrArray *puts; /* of DexFuture */
  gint64 begun;
} Refresh;

static void
refresh_free (gpointer data)
{
  Refresh *self = data;

  g_object_unref (self->catalogue);
  g_ptr_array_unref (self->puts);
  g_free (self);
}

/* Each page is kept as it comes; the next one is under way meanwhile. */
static gboolean
keep_page (GListModel *items, gpointer data)
{
  Refresh *self = data;
  TrestleContext *context = self->catalogue->context;
  g_autoptr (GPtrArray) listings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    g_ptr_array_add (listings, g_list_model_get_item (items, i));
  g_ptr_array_add (self->puts,
                   trestle_store_put_listings (context->store, context->scope, listings));
  return TRUE;
}

/* The tree of categories is a convenience: without it they are a flat list. */
static void
refresh_categories (TrestleContext *context)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrestleHints) old = trestle_hints_get (context);
  g_autoptr (TrestleHints) hints = NULL;
  g_autoptr (GListModel)
      facets = dex_await_object (trestle_discovery_service_facets (context->client, NULL), &error);

  if (facets == NULL)
    {
      g_message ("Could not read the categories: %s", error->message);
      return;
    }
  hints = trestle_hints_edit (old);
  for (guint i = 0; i < g_list_model_get_n_items (facets); i++)
    {
      g_autoptr (TrestleFacet) facet = g_list_model_get_item (facets, i);

      if (g_strcmp0 (trestle_facet_get_group (facet), "CATEGORY") == 0)
        trestle_hints_set_parent (hints, trestle_facet_get_value (facet),
                                  trestle_facet_get_parent (facet));
    }
  trestle_hints_publish (hints, context);
}

static gboolean
refresh_listings (Refresh *self, gboolean *changed, GError **error)
{
  TrestleContext *context = self->catalogue->context;
  g_autoptr (GListModel) all = NULL;
  g_autofree char *now = NULL;

  if (!dex_await (trestle_context_ready (context), error))
    return FALSE;
  all = dex_await_object (
      trestle_discovery_service_search (context->client, NULL, keep_page, self, NULL), error);
  if (all == NULL)
    return FALSE;
  while (self->puts->len > 0)
    {
      GError *reason = NULL;
      DexFuture *put = g_ptr_array_steal_index (self->puts, 0);
      int n = dex_await_int (put, &reason);

      if (reason != NULL)
        {
          g_propagate_error (error, reason);
          return FALSE;
        }
      *changed |= n > 0;
    }
  if (dex_await_int (trestle_store_drop_listings (context->store, context->scope, self->begun),
                     NULL)
      > 0)
    *changed = TRUE;
  now = g_strdup_printf ("%" G_GINT64_FORMAT, self->begun);
  self->catalogue->refreshed = self->begun;
  return trestle_store_remember (context->store, context->scope, REFRESHED, now, error);
}

static void
hints_changed (gpointer data)
{
  g_signal_emit (data, signals[CHANGED], 0);
}

static DexFuture *
refresh_fiber (gpointer data)
{
  Refresh *refresh = data;
  TrestleCatalogue *self = refresh->catalogue;
  g_autoptr (DexFuture) hinting = NULL;
  g_autoptr (GError) error = NULL;
  gboolean changed = FALSE;

  refresh->begun = trestle_clock_now ();
  if (refresh_listings (refresh, &changed, &error))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFRESHED]);
      if (changed)
        g_signal_emit (self, signals[CHANGED], 0);
      refresh_categories (self->context);
    }
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  dex_clear (&self->refresh);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFRESHING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  if (error != NULL)
    return trestle_future_error (error);

  /* Against the practice account they take a moment, and are part of the answer; AWS allows few
   * calls a second, so there they come in behind it. */
  hinting = trestle_price_hints_refresh (self->context, hints_changed, g_object_ref (self),
                                         g_object_unref);
  if (trestle_context_is_practice (self->context))
    dex_await (dex_ref (hinting), NULL);
  return dex_future_new_true ();
}

DexFuture *
trestle_catalogue_refresh (TrestleCatalogue *self)
{
  Refresh *refresh;

  g_return_val_if_fail (TRESTLE_IS_CATALOGUE (self), NULL);

  if (self->refresh == NULL)
    {
      refresh = g_new0 (Refresh, 1);
      refresh->catalogue = g_object_ref (self);
      refresh->puts = g_ptr_array_new_with_free_func (dex_unref);
      self->refresh = trestle_fiber_spawn (refresh_fiber, refresh, refresh_free);
      trestle_context_keep (self->refresh);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFRESHING]);
    }
  return dex_ref (self->refresh);
}
