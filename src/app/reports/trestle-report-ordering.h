/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "domain/trestle-report-data-set.h"
#include "workbench/trestle-reports.h"

G_BEGIN_DECLS

/**
 * TrestleReportOrdering: what becomes of a data set that was ordered: AWS's answer, where the file comes, what was
 * read. Signals "ended": there is no more to wait for; "show-report" (string): that report is to be shown
 */
#define TRESTLE_TYPE_REPORT_ORDERING (trestle_report_ordering_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportOrdering,
                      trestle_report_ordering,
                      TRESTLE,
                      REPORT_ORDERING,
                      AdwBin)

/** trestle_report_ordering_follow: @task: of trestle_reports_order() */
void trestle_report_ordering_follow (TrestleReportOrdering *self,
                                     TrestleReports *reports,
                                     const TrestleDataSet *set,
                                     TrestleTask *task);

/** trestle_report_ordering_has_feed: Returns: whether the data feed is kept that says what @set says */
gboolean trestle_report_ordering_has_feed (TrestleReports *reports, const TrestleDataSet *set);

G_END_DECLS
