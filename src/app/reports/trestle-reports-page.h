/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TrestleReportsPage: what the seller earns: a report, a chart with its table, and what should be looked at */
#define TRESTLE_TYPE_REPORTS_PAGE (trestle_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportsPage,
                      trestle_reports_page,
                      TRESTLE,
                      REPORTS_PAGE,
                      AdwNavigationPage)

GtkWidget *trestle_reports_page_new (TrestleSession *session);

/** trestle_reports_page_show: @report: "billed-revenue", as trestle_report_info_find() takes it; @group: of its rows */
void
trestle_reports_page_show (TrestleReportsPage *self, const char *report, TrestleReportGroup group);

/** trestle_reports_page_get_report: Returns: (transfer none) (nullable): what is shown */
TrestleReport *trestle_reports_page_get_report (TrestleReportsPage *self);

G_END_DECLS
