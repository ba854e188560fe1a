/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-report.h"

G_BEGIN_DECLS

/**
 * TrestleReportParts:
 *
 * Of what the bars of a report's chart are made up: its series, or else the columns that its main column is the sum
 * of, as far as there is something in them. A reading of a report, without a reference to it.
 */
typedef struct
{
  TrestleReport *report; /* (nullable) */
  guint n;
  guint columns[TRESTLE_REPORT_MAX_COLUMNS]; /* where it has no series */
  gboolean rest;                             /* the last part is what none of them holds */
} TrestleReportParts;

TrestleReportParts trestle_report_parts_of (TrestleReport *report);

/** trestle_report_parts_dup_label: Returns: (transfer full): what part @i is: "Batch" */
char *trestle_report_parts_dup_label (const TrestleReportParts *self, guint i);

/** trestle_report_parts_get_value: Returns: what of the main column of @row is part @i */
TrestleDecimal
trestle_report_parts_get_value (const TrestleReportParts *self, TrestleReportRow *row, guint i);

/** trestle_report_parts_get_series: Returns: which colour part @i has; the same for the same thing, whatever else there is */
guint trestle_report_parts_get_series (const TrestleReportParts *self, guint i);

G_END_DECLS
