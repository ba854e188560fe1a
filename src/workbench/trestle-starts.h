/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-context.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleStarts:
 * @n: how many starts are remembered, at most five
 * @median: µs, from CreateEndpoint to InService
 * @shortest: likewise
 * @longest: likewise
 *
 * How long the last endpoints of a product on an instance type took to start.
 */
typedef struct
{
  guint n;
  gint64 median;
  gint64 shortest;
  gint64 longest;
} TrestleStarts;

/** trestle_starts_recall: @listing_id: (nullable); @starts: (out): all zero where nothing is known */
void trestle_starts_recall (TrestleSession *session,
                            const char *listing_id,
                            const char *instance_type,
                            TrestleStarts *starts);

/** trestle_starts_note: for the deploy flow: remembers a start of @duration µs */
void trestle_starts_note (TrestleContext *context,
                          const char *listing_id,
                          const char *instance_type,
                          gint64 duration);

G_END_DECLS
