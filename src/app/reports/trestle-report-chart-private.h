/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reports/trestle-report-chart.h"
#include "reports/trestle-report-parts.h"

G_BEGIN_DECLS

#define TRESTLE_REPORT_BAR_SLOT 32

/** TrestleReportScale: where the drawing puts what */
typedef struct
{
  graphene_rect_t plot;
  guint first; /* row that is drawn first: narrow ones show the newest */
  float slot;
  double top;
  GdkRGBA dim;
  GdkRGBA faint;
  gboolean dark;
} TrestleReportScale;

struct _TrestleReportChart
{
  GtkWidget parent_instance;

  TrestleReport *report;
  TrestleReportParts parts;
  GPtrArray *rows; /* of #TrestleReportRow, as they are drawn */
  char *selected;
};

/** trestle_report_chart_draw_value: drawing alone rounds; figures are the table's */
double trestle_report_chart_draw_value (TrestleDecimal value);
TrestleDecimal trestle_report_chart_value_of (TrestleReportChart *self, TrestleReportRow *row);
double trestle_report_chart_highest (TrestleReportChart *self);
char *trestle_report_chart_dup_axis_text (TrestleReportChart *self, double value);
PangoLayout *trestle_report_chart_create_text (TrestleReportChart *self,
                                               const char *text,
                                               int *width,
                                               int *height);
gboolean trestle_report_chart_is_selected (TrestleReportChart *self, TrestleReportRow *row);

/** trestle_report_chart_draw_parts: the parts of a row one after the other, from the axis on */
void trestle_report_chart_draw_parts (TrestleReportChart *self,
                                      GtkSnapshot *snapshot,
                                      const TrestleReportScale *scale,
                                      TrestleReportRow *row,
                                      graphene_rect_t whole,
                                      gboolean vertical);

/** trestle_report_chart_snapshot_bars: lying bars, because names are long */
void trestle_report_chart_snapshot_bars (TrestleReportChart *self,
                                         GtkSnapshot *snapshot,
                                         TrestleReportScale *scale);

/** trestle_report_chart_measure_bars: Returns: how high they are, with their axis */
int trestle_report_chart_measure_bars (TrestleReportChart *self);

G_END_DECLS
