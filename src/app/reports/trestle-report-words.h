/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-report.h"

G_BEGIN_DECLS

/* What a report's chart, table and legend have in common: names and colours. */

/** trestle_report_chart_colour: the colour of series @series; what comes after the fifth is grey */
void trestle_report_chart_colour (guint series, gboolean dark, GdkRGBA *colour);

/** trestle_report_chart_dup_name: Returns: (transfer full): what @row of @report is about, as people call it: "November 2026" */
char *trestle_report_chart_dup_name (TrestleReport *report, TrestleReportRow *row);

/** trestle_report_is_running: Returns: whether the month that @row is about is not over, as far as @report knows */
gboolean trestle_report_is_running (TrestleReport *report, TrestleReportRow *row);

/** trestle_report_group_is_time: Returns: whether rows of @group are months or days */
gboolean trestle_report_group_is_time (TrestleReportGroup group);

G_END_DECLS
