/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-report.h"

G_BEGIN_DECLS

/**
 * TrestleReportTable:
 *
 * A report's rows, sortable by each column, and its totals under them, which stay there. Properties: "selected"
 * (string, nullable: key of a row), "narrow" (boolean: only what matters most), "beside"
 * (boolean: beside the drawing: what that shows).
 */
#define TRESTLE_TYPE_REPORT_TABLE (trestle_report_table_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportTable, trestle_report_table, TRESTLE, REPORT_TABLE, GtkWidget)

/** trestle_report_table_set_report: shows @report; a column that it was sorted by stays so where the report has it too */
void trestle_report_table_set_report (TrestleReportTable *self, TrestleReport *report);

/** trestle_report_table_set_needle: only rows that contain @needle (nullable) are shown; totals are still of all */
void trestle_report_table_set_needle (TrestleReportTable *self, const char *needle);

/** trestle_report_table_get_n_rows: Returns: how many rows are shown, totals left out */
guint trestle_report_table_get_n_rows (TrestleReportTable *self);

G_END_DECLS
