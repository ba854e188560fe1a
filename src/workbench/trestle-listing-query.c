/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-workbench"

#include "workbench/trestle-listing-query.h"

#include "workbench/trestle-workbench-enums.h"

struct _TrestleListingQuery
{
  GObject parent_instance;

  TrestleListingFilter filter;
};

G_DEFINE_FINAL_TYPE (TrestleListingQuery, trestle_listing_query, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_KINDS,
  PROP_CATEGORIES,
  PROP_PUBLISHERS,
  PROP_PRICING,
  PROP_TAKES,
  PROP_MIN_RATING,
  PROP_TRIAL,
  PROP_MAX_HOURLY,
  PROP_SORT,
  PROP_LIMIT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
trestle_listing_query_finalize (GObject *object)
{
  TrestleListingFilter *filter = &TRESTLE_LISTING_QUERY (object)->filter;

  g_free (filter->text);
  g_strfreev (filter->kinds);
  g_strfreev (filter->categories);
  g_strfreev (filter->publishers);
  g_strfreev (filter->pricing);
  g_strfreev (filter->takes);
  g_free (filter->max_hourly);
  G_OBJECT_CLASS (trestle_listing_query_parent_class)->finalize (object);
}

static void
trestle_listing_query_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TrestleListingFilter *filter = &TRESTLE_LISTING_QUERY (object)->filter;

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, filter->text);
      break;
    case PROP_KINDS:
      g_value_set_boxed (value, filter->kinds);
      break;
    case PROP_CATEGORIES:
      g_value_set_boxed (value, filter->categories);
      break;
    case PROP_PUBLISHERS:
      g_value_set_boxed (value, filter->publishers);
      break;
    case PROP_PRICING:
      g_value_set_boxed (value, filter->pricing);
      break;
    case PROP_TAKES:
      g_value_set_boxed (value, filter->takes);
      break;
    case PROP_MIN_RATING:
      g_value_set_double (value, filter->min_rating);
      break;
    case PROP_TRIAL:
      g_value_set_boolean (value, filter->trial);
      break;
    case PROP_MAX_HOURLY:
      g_value_set_string (value, filter->max_hourly);
      break;
    case PROP_SORT:
      g_value_set_enum (value, filter->sort);
      break;
    case PROP_LIMIT:
      g_value_set_uint (value, filter->limit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_listing_query_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  TrestleListingFilter *filter = &TRESTLE_LISTING_QUERY (object)->filter;

  switch (id)
    {
    case PROP_TEXT:
      filter->text = g_value_dup_string (value);
      break;
    case PROP_KINDS:
      filter->kinds = g_value_dup_boxed (value);
      break;
    case PROP_CATEGORIES:
      filter->categories = g_value_dup_boxed (value);
      break;
    case PROP_PUBLISHERS:
      filter->publishers = g_value_dup_boxed (value);
      break;
    case PROP_PRICING:
      filter->pricing = g_value_dup_boxed (value);
      break;
    case PROP_TAKES:
      filter->takes = g_value_dup_boxed (value);
      break;
    case PROP_MIN_RATING:
      filter->min_rating = g_value_get_double (value);
      break;
    case PROP_TRIAL:
      filter->trial = g_value_get_boolean (value);
      break;
    case PROP_MAX_HOURLY:
      filter->max_hourly = g_value_dup_string (value);
      break;
    case PROP_SORT:
      filter->sort = g_value_get_enum (value);
      break;
    case PROP_LIMIT:
      filter->limit = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
trestle_listing_query_class_init (TrestleListingQueryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const struct
  {
    guint id;
    const char *name;
  } lists[] = {
    { PROP_KINDS, "kinds" },           { PROP_CATEGORIES, "categories" },
    { PROP_PUBLISHERS, "publishers" }, { PROP_PRICING, "pricing" },
    { PROP_TAKES, "takes" },
  };

  object_class->finalize = trestle_listing_query_finalize;
  object_class->get_property = trestle_listing_query_get_property;
  object_class->set_property = trestle_listing_query_set_property;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    properties[lists[i].id] = g_param_spec_boxed (lists[i].name, NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_MIN_RATING] = g_param_spec_double ("min-rating", NULL, NULL, 0, 5, 0, flags);
  properties[PROP_TRIAL] = g_param_spec_boolean ("trial", NULL, NULL, FALSE, flags);
  properties[PROP_MAX_HOURLY] = g_param_spec_string ("max-hourly", NULL, NULL, NULL, flags);
  properties[PROP_SORT] = g_param_spec_enum ("sort", NULL, NULL, TRESTLE_TYPE_SORT,
                                             TRESTLE_SORT_RELEVANCE, flags);
  properties[PROP_LIMIT] = g_param_spec_uint ("limit", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
trestle_listing_query_init (TrestleListingQuery *self)
{
}

const TrestleListingFilter *
trestle_listing_query_get_filter (TrestleListingQuery *self)
{
  g_return_val_if_fail (TRESTLE_IS_LISTING_QUERY (self), NULL);
  return &self->filter;
}
