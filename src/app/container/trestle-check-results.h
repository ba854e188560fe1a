/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-container-run.h"

G_BEGIN_DECLS

/**
 * TrestleCheckResults:
 *
 * What a check of a container found: while it runs in the order in which it comes, afterwards failed
 * first.
 */
#define TRESTLE_TYPE_CHECK_RESULTS (trestle_check_results_get_type ())
G_DECLARE_FINAL_TYPE (TrestleCheckResults, trestle_check_results, TRESTLE, CHECK_RESULTS, AdwBin)

/** trestle_check_results_set_run: follows @run to its end */
void trestle_check_results_set_run (TrestleCheckResults *self, TrestleContainerRun *run);

/** trestle_check_results_set_result: shows a check that has ended */
void trestle_check_results_set_result (TrestleCheckResults *self, TrestleContainerResult *result);

G_END_DECLS
