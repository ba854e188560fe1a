/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "domain/trestle-report-feed.h"
#include "domain/trestle-report-part.h"
#include "domain/trestle-report-query.h"
#include "domain/trestle-report.h"

G_BEGIN_DECLS

/**
 * TrestleReportStore:
 *
 * The seller's data feeds, kept on this computer in a SQLite file of their own, column by column. A month is read in
 * one transaction and replaced whole; a program killed in between leaves the months before it. @scope says whose
 * rows they are. All that takes longer runs on the thread pool.
 */
#define TRESTLE_TYPE_REPORT_STORE (trestle_report_store_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportStore, trestle_report_store, TRESTLE, REPORT_STORE, GObject)

/** trestle_report_store_open: @path: (nullable): else `reports.db` in the data folder; %TRESTLE_STORE_ERROR */
TrestleReportStore *trestle_report_store_open (const char *path, GError **error);

/** trestle_report_store_get_notice: Returns: (transfer none) (nullable): what happened to a file that could not be read */
const char *trestle_report_store_get_notice (TrestleReportStore *self);

/** trestle_report_store_list: resolves to a #GListModel of #TrestleReportPart, by feed and month */
DexFuture *trestle_report_store_list (TrestleReportStore *self, const char *scope);

/**
 * trestle_report_store_import:
 * @feed: (nullable): which it is; %NULL to know it by its columns
 * @part: feed is not looked at; the others say what is read, rows and time are found
 * @file: CSV
 * @cancellable: (nullable): ends it; nothing of the month is kept then
 *
 * Reads a month and puts it in the place of what was known of it.
 *
 * Returns: (transfer full): resolves to the #TrestleReportPart as it is kept; rejects with %TRESTLE_CSV_ERROR,
 *   which names file, line and column
 */
DexFuture *trestle_report_store_import (TrestleReportStore *self,
                                        const char *scope,
                                        const TrestleFeed *feed,
                                        TrestleReportPart *part,
                                        GFile *file,
                                        GCancellable *cancellable);

/** trestle_report_store_settle: finds the valid rows of what was read since; resolves to TRUE. A report does it by itself. */
DexFuture *trestle_report_store_settle (TrestleReportStore *self, const char *scope);

/** trestle_report_store_forget: forgets all of @scope; resolves to TRUE */
DexFuture *trestle_report_store_forget (TrestleReportStore *self, const char *scope);

/** trestle_report_store_query: resolves to a #TrestleReport */
DexFuture *
trestle_report_store_query (TrestleReportStore *self, const char *scope, TrestleReportQuery *query);

G_END_DECLS
