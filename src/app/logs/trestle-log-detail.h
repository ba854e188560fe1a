/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "logs/trestle-log-line.h"

G_BEGIN_DECLS

/**
 * TrestleLogDetail:
 *
 * All of one line: its text, JSON indented, what can be read out of it, and its neighbours.
 * Signal "chosen" (#TrestleLogLine): somebody wants to see a neighbour.
 */
#define TRESTLE_TYPE_LOG_DETAIL (trestle_log_detail_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogDetail, trestle_log_detail, TRESTLE, LOG_DETAIL, GtkWidget)

/** trestle_log_detail_set_endpoint: @endpoint: (nullable): whose calls the log is about */
void trestle_log_detail_set_endpoint (TrestleLogDetail *self, const char *endpoint);

/**
 * trestle_log_detail_set_line:
 * @line: (nullable): the line
 * @around: (nullable) (element-type TrestleLogLine): it and its neighbours, newest first
 */
void trestle_log_detail_set_line (TrestleLogDetail *self, TrestleLogLine *line, GPtrArray *around);
TrestleLogLine *trestle_log_detail_get_line (TrestleLogDetail *self);

G_END_DECLS
