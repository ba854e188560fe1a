/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "logs/trestle-log-filter.h"
#include "logs/trestle-log-line.h"

G_BEGIN_DECLS

/** TrestleLogTimeStyle: how much of a line's time a row says */
typedef enum
{
  TRESTLE_LOG_TIME_CLOCK, /* 14:32:08.412 */
  TRESTLE_LOG_TIME_DAY,   /* 12-03 14:32:08.412 */
  TRESTLE_LOG_TIME_SHORT, /* 32:08 */
} TrestleLogTimeStyle;

/**
 * TrestleLogRow:
 *
 * The cell of a line: its height is the same for all, and what it says is cut at its end.
 */
#define TRESTLE_TYPE_LOG_ROW (trestle_log_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogRow, trestle_log_row, TRESTLE, LOG_ROW, GtkWidget)

GtkWidget *trestle_log_row_new (void);
/** trestle_log_row_set_line: @line: (nullable): shown. @query: (nullable): marks what it finds */
void trestle_log_row_set_line (TrestleLogRow *self,
                               TrestleLogLine *line,
                               TrestleLogQuery *query,
                               TrestleLogTimeStyle time_style);
TrestleLogLine *trestle_log_row_get_line (TrestleLogRow *self);
/** trestle_log_row_dup_label: Returns: (transfer full): what a screen reader says of it */
char *trestle_log_row_dup_label (TrestleLogRow *self);

/** trestle_log_level_word: Returns: (transfer none): "Error" */
const char *trestle_log_level_word (TrestleLogLevel level);
/** trestle_log_level_class: Returns: (transfer none): style class of its tone */
const char *trestle_log_level_class (TrestleLogLevel level);

G_END_DECLS
