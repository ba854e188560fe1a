/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-reports.h"

G_BEGIN_DECLS

/** TrestleReportPlaceDialog: asks for the bucket to which AWS delivers the data feeds, and reads them */
#define TRESTLE_TYPE_REPORT_PLACE_DIALOG (trestle_report_place_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportPlaceDialog,
                      trestle_report_place_dialog,
                      TRESTLE,
                      REPORT_PLACE_DIALOG,
                      AdwAlertDialog)

AdwDialog *trestle_report_place_dialog_new (TrestleReports *reports);

G_END_DECLS
