/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-facets.h"

struct _TrestleSearchResult
{
  GObject parent_instance;

  GListModel *listings;
  GListModel *facets;
  guint total;
  gint64 refreshed;
};

G_DEFINE_FINAL_TYPE (TrestleSearchResult, trestle_search_result, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LISTINGS,
  PROP_FACETS,
  PROP_TOTAL,
  PROP_REFRESHED,
  N_PROPS,
};

static void
trestle_search_result_finalize (GObject *object)
{
  TrestleSearchResult *self = TRESTLE_SEARCH_RESULT (object);

  g_clear_object (&self->listings);
  g_clear_object (&self->facets);
  G_OBJECT_CLASS (trestle_search_result_parent_class)->finalize (object);
}

static void
trestle_search_result_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleSearchResult *self = TRESTLE_SEARCH_RESULT (object);

  switch (id)
    {
    case PROP_LISTINGS:
      g_value_set_object (value, self->listings);
      break;
    case PROP_FACETS:
      g_value_set_object (value, self->facets);
      break;
    case PROP_TOTAL:
      g_value_set_uint (value, self->total);
      break;
    case PROP_REFRESHED:
      g_value_set_int64 (value, self->refreshed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_search_result_class_init (TrestleSearchResultClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamSpec *properties[N_PROPS] = { NULL };

  object_class->finalize = trestle_search_result_finalize;
  object_class->get_property = trestle_search_result_get_property;
  properties[PROP_LISTINGS] = g_param_spec_object ("listings", NULL, NULL, G_TYPE_LIST_MODEL,
                                                   flags);
  properties[PROP_FACETS] = g_param_spec_object ("facets", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_REFRESHED] = g_param_spec_int64 ("refreshed", NULL, NULL, 0, G_MAXINT64, 0,
                                                   flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_search_result_init (TrestleSearchResult *self)
{
}

TrestleSearchResult *
trestle_search_result_new (GListModel *listings, GListModel *facets, guint total, gint64 refreshed)
{
  TrestleSearchResult *self = g_object_new (TRESTLE_TYPE_SEARCH_RESULT, NULL);

  self->listings = g_object_ref (listings);
  self->facets = g_object_ref (facets);
  self->total = total;
  self->refreshed = refreshed;
  return self;
}

/** trestle_search_result_get_listings: Returns: (transfer none): of #TrestleListing */
GListModel *
trestle_search_result_get_listings (TrestleSearchResult *self)
{
  g_return_val_if_fail (TRESTLE_IS_SEARCH_RESULT (self), NULL);
  return self->listings;
}

/** trestle_search_result_get_facets: Returns: (transfer none): of #TrestleFacet */
GListModel *
trestle_search_result_get_facets (TrestleSearchResult *self)
{
  g_return_val_if_fail (TRESTLE_IS_SEARCH_RESULT (self), NULL);
  return self->facets;
}

/** trestle_search_result_get_total: Returns: how many there are, the limit left aside */
guint
trestle_search_result_get_total (TrestleSearchResult *self)
{
  g_return_val_if_fail (TRESTLE_IS_SEARCH_RESULT (self), 0);
  return self->total;
}

/** trestle_search_result_get_refreshed: Returns: when the catalogue was last read from AWS, µs; 0 never */
gint64
trestle_search_result_get_refreshed (TrestleSearchResult *self)
{
  g_return_val_if_fail (TRESTLE_IS_SEARCH_RESULT (self), 0);
  return self->refreshed;
}
