/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "domain/trestle-container-plan.h"
#include "domain/trestle-container-result.h"
#include "workbench/trestle-packages.h"

G_BEGIN_DECLS

/**
 * TrestleContainerRun:
 *
 * One check of a container against SageMaker's contract. It speaks to this computer alone, and what
 * it starts is removed whatever happens. Properties, notified on the main thread: "checks"
 * (#GListModel of #TrestleContainerCheck, all of them from the beginning, replaced in place), "pings"
 * (#GListModel of #TrestleContainerPing), "log" (#GListModel of #TrestleLogEvent), "running"
 * (boolean), "result" (#TrestleContainerResult, %NULL until the end).
 */
#define TRESTLE_TYPE_CONTAINER_RUN (trestle_container_run_get_type ())
G_DECLARE_FINAL_TYPE (TrestleContainerRun, trestle_container_run, TRESTLE, CONTAINER_RUN, GObject)

TrestleContainerRun *trestle_container_run_new (TrestleContainerPlan *plan);

/**
 * trestle_container_run_start:
 *
 * Runs every check once. It goes on whether or not anybody waits for it.
 *
 * Returns: (transfer full): resolves to the #TrestleContainerResult, also where checks fail or it was
 *   stopped; rejects with %TRESTLE_WORKBENCH_ERROR_INPUT or GIO's error where there was nothing to
 *   check: no such address, image, folder or engine
 */
DexFuture *trestle_container_run_start (TrestleContainerRun *self);

/** trestle_container_run_stop: ends it now; what it started is removed before the future resolves */
void trestle_container_run_stop (TrestleContainerRun *self);

TrestleContainerPlan *trestle_container_run_get_plan (TrestleContainerRun *self);
GListModel *trestle_container_run_get_checks (TrestleContainerRun *self);
GListModel *trestle_container_run_get_pings (TrestleContainerRun *self);
GListModel *trestle_container_run_get_log (TrestleContainerRun *self);
gboolean trestle_container_run_get_running (TrestleContainerRun *self);

/** trestle_container_run_get_result: Returns: (transfer none) (nullable): what came of it; %NULL until the end */
TrestleContainerResult *trestle_container_run_get_result (TrestleContainerRun *self);

/**
 * trestle_container_recall:
 * @target: an image, an archive or an address
 *
 * Returns: (transfer full): resolves to the #TrestleContainerResult of its last check; rejects with
 *   %G_IO_ERROR_NOT_FOUND where there was none
 */
DexFuture *trestle_container_recall (const char *target);

/**
 * trestle_container_recall_package:
 * @arn: of an own package or algorithm
 *
 * Returns: (transfer full): resolves to the #TrestleContainerResult of the last check of its image, under the
 *   name in the registry or the one before it; without checks, and started at 0, where there was none
 */
DexFuture *trestle_container_recall_package (TrestlePackages *packages, const char *arn);

/** trestle_container_is_address: Returns: whether @target is an address and not an image */
gboolean trestle_container_is_address (const char *target);

G_END_DECLS
