/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TrestleReportFigure: a figure over a report. Properties: "caption", "value", "note" (strings) */
#define TRESTLE_TYPE_REPORT_FIGURE (trestle_report_figure_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportFigure, trestle_report_figure, TRESTLE, REPORT_FIGURE, GtkWidget)

GtkWidget *trestle_report_figure_new (const char *caption, const char *value, const char *note);

G_END_DECLS
