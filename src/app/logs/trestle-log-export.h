/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "logs/trestle-log-model.h"

G_BEGIN_DECLS

typedef enum
{
  TRESTLE_LOG_EXPORT_TEXT,       /* UTC time and text */
  TRESTLE_LOG_EXPORT_JSON_LINES, /* an object a line: timestamp, logStreamName, level, message */
} TrestleLogExportFormat;

/**
 * trestle_log_export:
 * @model: its shown lines are written, oldest first
 * @file: replaced when all is written
 *
 * Writes on the thread pool; what comes to @model meanwhile is left out.
 *
 * Returns: (transfer full): resolves to how many lines were written (int64)
 */
DexFuture *trestle_log_export (TrestleLogModel *model, GFile *file, TrestleLogExportFormat format);

/** trestle_log_export_guess: Returns: the format for @file, by its name */
TrestleLogExportFormat trestle_log_export_guess (GFile *file);

G_END_DECLS
