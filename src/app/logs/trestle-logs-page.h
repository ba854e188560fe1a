/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "logs/trestle-log-source.h"

G_BEGIN_DECLS

/**
 * TrestleLogsPage:
 *
 * The lines of a log, newest first. Properties: "follow", "detail", "narrow", "error", "warning", "info",
 * "debug" (booleans), "period" (string: "15m", "1h", "3h", "1d", "1w"); all are actions `logs.*` but
 * "narrow".
 */
#define TRESTLE_TYPE_LOGS_PAGE (trestle_logs_page_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogsPage, trestle_logs_page, TRESTLE, LOGS_PAGE, AdwNavigationPage)

/** trestle_logs_page_new: @endpoint: (nullable): whose log; without, one of all groups can be chosen */
GtkWidget *trestle_logs_page_new (TrestleSession *session, const char *endpoint);

/** trestle_logs_page_new_for_source: @source: (transfer full): what is shown */
GtkWidget *trestle_logs_page_new_for_source (TrestleLogSource *source);

/** trestle_logs_page_search: types @text into the filter */
void trestle_logs_page_search (TrestleLogsPage *self, const char *text);

/** trestle_logs_page_show_line: chooses the line at @position and shows all of it */
void trestle_logs_page_show_line (TrestleLogsPage *self, guint position);

G_END_DECLS
