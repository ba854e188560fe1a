/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/trestle-database.h"
#include "store/trestle-report-store.h"

G_BEGIN_DECLS

/* Of the store alone. */

typedef struct
{
  gint64 id;
  guint rows;
  GBytes *current; /* a bit for each row; NULL while not known */
} TrestleReportSegment;

/** trestle_report_segments: Returns: (transfer full) (nullable): array of #TrestleReportSegment of a feed, in the order in which they were read */
GArray *
trestle_report_segments (sqlite3 *db, const char *scope, TrestleFeedId feed, GError **error);

/** trestle_report_segment_clear: frees what is in one */
void trestle_report_segment_clear (gpointer segment);

/** trestle_report_current_is_stale: @stale: (out): whether the valid rows of a feed are not known; Returns: %FALSE with @error */
gboolean
trestle_report_current_is_stale (sqlite3 *db, const char *scope, gboolean *stale, GError **error);

/** trestle_report_current_settle: marks the valid rows of feeds that have changed; in a transaction of the caller's that writes */
gboolean trestle_report_current_settle (sqlite3 *db, const char *scope, GError **error);

static inline gboolean
trestle_report_segment_has (const guint8 *current, guint row)
{
  return (current[row / 8] >> (row % 8)) & 1;
}

/** trestle_report_import: reads @file as a month, on the calling thread; (transfer full) (nullable) */
TrestleReportPart *trestle_report_import (sqlite3 *db,
                                          const char *scope,
                                          const TrestleFeed *feed,
                                          TrestleReportPart *part,
                                          GFile *file,
                                          GCancellable *cancellable,
                                          GError **error);

/** trestle_report_calculate: (transfer full) (nullable) */
TrestleReport *trestle_report_calculate (sqlite3 *db,
                                         const char *scope,
                                         TrestleReportQuery *query,
                                         GError **error);

/** trestle_report_compare: sets what the rows and totals of @report were in the period that its query compares with */
gboolean
trestle_report_compare (TrestleReport *report, sqlite3 *db, const char *scope, GError **error);

G_END_DECLS
