/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleReportSwatch: a series of a chart in its legend: its colour and its name */
#define TRESTLE_TYPE_REPORT_SWATCH (trestle_report_swatch_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportSwatch, trestle_report_swatch, TRESTLE, REPORT_SWATCH, GtkWidget)

GtkWidget *trestle_report_swatch_new (guint series, const char *name);

G_END_DECLS
