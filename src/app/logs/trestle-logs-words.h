/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "logs/trestle-log-source.h"

G_BEGIN_DECLS

/* The words of the Logs page, and what they stand for. */

/** trestle_logs_period: Returns: µs of "15m", "1h", "3h", "1d", "1w"; 0 for anything else */
gint64 trestle_logs_period (const char *name);
/** trestle_logs_period_label: Returns: (transfer none): "Last 3 hours" */
const char *trestle_logs_period_label (const char *name);
/** trestle_logs_range_label: Returns: (transfer full): "14:20–14:35" */
char *trestle_logs_range_label (gint64 since, gint64 until);

/** trestle_logs_group_title: @group: (nullable). Returns: (transfer full): "iris" of an endpoint's group */
char *trestle_logs_group_title (const char *group);
/** trestle_logs_group_expression: Returns: (transfer full): the title of a #GtkStringObject's group */
GtkExpression *trestle_logs_group_expression (void);

/** trestle_logs_footer: Returns: (transfer full): "1,284 lines match “x” of 4,310 · newest first" */
char *trestle_logs_footer (TrestleLogModel *model, gboolean brief);

/** trestle_logs_say_empty: what @page says and @button does where there are no lines, and why */
void trestle_logs_say_empty (AdwStatusPage *page,
                             GtkButton *button,
                             TrestleLogsState state,
                             const char *group,
                             const char *period);

/** trestle_logs_show_code: how to read what @source reads, filtered by @text, as code */
void trestle_logs_show_code (GtkWidget *widget, TrestleLogSource *source, const char *text);

/** trestle_logs_code: @cli: (out): for the AWS CLI. @python: (out): for boto3 */
void trestle_logs_code (const char *group,
                        gint64 since,
                        gint64 until,
                        const char *text,
                        char **cli,
                        char **python);

G_END_DECLS
