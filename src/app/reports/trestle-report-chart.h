/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-report.h"

G_BEGIN_DECLS

/**
 * TrestleReportChart:
 *
 * The main column of a report: stacked columns where its rows are times, lying bars else, in one currency. The table
 * is its twin: a row that is selected in one is in the other. Property: "selected" (string, nullable: key of a
 * row).
 */
#define TRESTLE_TYPE_REPORT_CHART (trestle_report_chart_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportChart, trestle_report_chart, TRESTLE, REPORT_CHART, GtkWidget)

/** trestle_report_chart_set_report: @report: (nullable); @currency: (nullable): the only one that is drawn; where amounts are in several, %NULL draws nothing */
void trestle_report_chart_set_report (TrestleReportChart *self,
                                      TrestleReport *report,
                                      const char *currency);

/** trestle_report_chart_get_n_drawn: Returns: how many columns or bars there are */
guint trestle_report_chart_get_n_drawn (TrestleReportChart *self);

G_END_DECLS
