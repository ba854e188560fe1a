/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/trestle-report.h"

G_BEGIN_DECLS

/** trestle_report_print_new: Returns: (transfer full): what puts @report on paper: its table, its totals, and what should be looked at */
GtkPrintOperation *trestle_report_print_new (TrestleReport *report);

G_END_DECLS
