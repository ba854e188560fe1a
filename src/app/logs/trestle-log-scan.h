/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "logs/trestle-log-filter.h"

G_BEGIN_DECLS

/**
 * TrestleLogScan:
 *
 * Filters many chunks at once, on the thread pool.
 */
typedef struct _TrestleLogScan TrestleLogScan;

TrestleLogScan *trestle_log_scan_new (TrestleLogQuery *query);
TrestleLogScan *trestle_log_scan_ref (TrestleLogScan *self);
void trestle_log_scan_unref (TrestleLogScan *self);
TrestleLogQuery *trestle_log_scan_get_query (TrestleLogScan *self);

/** trestle_log_scan_add: @within: (nullable): as for trestle_log_filter(); only before it runs */
void trestle_log_scan_add (TrestleLogScan *self, TrestleLogChunk *chunk, TrestleLogMatches *within);

/** trestle_log_scan_run: Returns: (transfer full): resolves to TRUE when all chunks are filtered */
DexFuture *trestle_log_scan_run (TrestleLogScan *self);

/** trestle_log_scan_stop: lets the threads end soon; nobody will read what they found */
void trestle_log_scan_stop (TrestleLogScan *self);

/** trestle_log_scan_get: Returns: (transfer none) (nullable): what was found in @chunk, once it has run */
TrestleLogMatches *trestle_log_scan_get (TrestleLogScan *self, TrestleLogChunk *chunk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleLogScan, trestle_log_scan_unref)

G_END_DECLS
