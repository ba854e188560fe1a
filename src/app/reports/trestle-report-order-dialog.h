/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-reports.h"

G_BEGIN_DECLS

/**
 * TrestleReportOrderDialog: has Commerce Analytics write a data set, says what AWS answered, and reads the result.
 * Signal "show-report" (string): the name of the report that was made of it is to be shown
 */
#define TRESTLE_TYPE_REPORT_ORDER_DIALOG (trestle_report_order_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleReportOrderDialog,
                      trestle_report_order_dialog,
                      TRESTLE,
                      REPORT_ORDER_DIALOG,
                      AdwDialog)

AdwDialog *trestle_report_order_dialog_new (TrestleReports *reports);

/** trestle_report_order_dialog_choose: @set: name of a data set that is to be chosen */
void trestle_report_order_dialog_choose (TrestleReportOrderDialog *self, const char *set);

/** trestle_report_order_dialog_has_result: Returns: whether what was ordered has come, or cannot come */
gboolean trestle_report_order_dialog_has_result (TrestleReportOrderDialog *self);

G_END_DECLS
