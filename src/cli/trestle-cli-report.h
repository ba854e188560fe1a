/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/trestle-cli.h"
#include "domain/trestle-report.h"

G_BEGIN_DECLS

/** TrestleCliReportOptions: what “reports show” takes */
typedef struct
{
  char *from;
  char *to;
  char *by;
  char *split;
  char *currency;
  char *compare;
  char *sort;
  char **products;
  char **instances;
  char **buyers;
  char **countries;
  gboolean ascending;
  gboolean csv;
  gboolean html;
} TrestleCliReportOptions;

void trestle_cli_report_options_clear (TrestleCliReportOptions *self);

/** trestle_cli_report_entries: Returns: (transfer full): #GOptionEntry for all of @options, ended */
GArray *trestle_cli_report_entries (TrestleCliReportOptions *options);

/** trestle_cli_report_query: Returns: (transfer full) (nullable): what @options ask of the report called @name; %TRESTLE_CLI_ERROR_USAGE */
TrestleReportQuery *
trestle_cli_report_query (TrestleCliReportOptions *options, const char *name, GError **error);

/** trestle_cli_report_group_name: Returns: what --by calls @group: "instance" */
const char *trestle_cli_report_group_name (TrestleReportGroup group);

/** trestle_cli_report_print: as table, JSON, CSV or HTML */
void
trestle_cli_report_print (TrestleCli *cli, TrestleCliReportOptions *options, TrestleReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrestleCliReportOptions, trestle_cli_report_options_clear)

G_END_DECLS
