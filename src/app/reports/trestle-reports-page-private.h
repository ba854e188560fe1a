/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reports/trestle-report-chart.h"
#include "reports/trestle-report-table.h"
#include "reports/trestle-reports-page.h"
#include "widgets/trestle-page-state.h"

G_BEGIN_DECLS

struct _TrestleReportsPage
{
  AdwNavigationPage parent_instance;

  AdwToggleGroup *kinds;
  GtkDropDown *kind_list;
  GtkWidget *export_button;
  GtkWidget *progress;
  GtkLabel *progress_label;
  TrestlePageState *state;
  GtkLabel *empty_text;
  GtkWidget *read_button;
  GtkWidget *place_button;
  GtkStack *pages;
  GtkLabel *ended_text;
  GtkDropDown *period;
  GtkDropDown *product;
  GtkDropDown *buyer;
  GtkDropDown *country;
  GtkDropDown *currency;
  GtkDropDown *compare;
  GtkBox *alarms;
  GtkBox *figures;
  GtkLabel *heading;
  AdwToggleGroup *groups;
  GtkDropDown *group_list;
  GtkBox *body;
  GtkWidget *drawing;
  AdwWrapBox *legend;
  TrestleReportChart *chart;
  GtkLabel *chart_note;
  GtkWidget *search;
  TrestleReportTable *table;
  GtkLabel *foot;
  GtkWidget *foot_end;

  TrestleSession *session;
  TrestleReports *reports;
  TrestleReport *report;
  TrestleTask *task;
  TrestleReportKind kind;
  TrestleReportGroup group;
  gboolean filling; /* lists are being filled, nobody chose anything */
  gboolean asked;   /* once: then a currency is chosen where there are several */
  gboolean all_alarms;
  guint tick;
  DexFuture *loading;
  DexFuture *asking;
};

/** trestle_reports_page_ask: calculates what the filters say */
void trestle_reports_page_ask (TrestleReportsPage *self);

/** trestle_reports_page_update: shows that nothing is kept, or what was calculated */
void trestle_reports_page_update (TrestleReportsPage *self);

/** trestle_reports_page_present: fills figures, legend, chart, table, alarms and foot from the report */
void trestle_reports_page_present (TrestleReportsPage *self);

/** trestle_reports_page_arrange: puts drawing and table side by side where there is room for both */
void trestle_reports_page_arrange (TrestleReportsPage *self);

/** trestle_reports_page_choose: selects @key in @list, a list of #TrestleReportChoice, where it is there */
void trestle_reports_page_choose (GtkDropDown *list, const char *key);

/** trestle_reports_page_get_choice: Returns: (transfer none) (nullable): the key that is selected in @list; %NULL for all */
const char *trestle_reports_page_get_choice (GtkDropDown *list);

/** trestle_reports_page_set_kind: shows another report, with its own rows where it cannot have the ones before */
void trestle_reports_page_set_kind (TrestleReportsPage *self, TrestleReportKind kind);

/** trestle_reports_page_follow: follows the reading that runs, if one does */
void trestle_reports_page_follow (TrestleReportsPage *self);

/** trestle_reports_page_install_actions: what reads, saves and prints */
void trestle_reports_page_install_actions (GtkWidgetClass *klass);

G_END_DECLS
