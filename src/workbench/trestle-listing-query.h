/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-catalogue.h"

G_BEGIN_DECLS

/**
 * TrestleListingFilter:
 *
 * What a #TrestleListingQuery asks, in its members; lists are (nullable), and one that is empty or
 * missing filters nothing.
 */
typedef struct
{
  char *text;
  char **kinds;
  char **categories;
  char **publishers;
  char **pricing;
  char **takes;
  double min_rating;
  gboolean trial;
  char *max_hourly;
  TrestleSort sort;
  guint limit;
} TrestleListingFilter;

/** trestle_listing_query_get_filter: Returns: (transfer none): as long as @self */
const TrestleListingFilter *trestle_listing_query_get_filter (TrestleListingQuery *self);

G_END_DECLS
