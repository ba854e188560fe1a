/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/* What pages say about endpoints. Text is (transfer full). */

/** trestle_endpoint_dup_machines: "1 × ml.g4dn.xlarge"; %NULL where not known */
char *trestle_endpoint_dup_machines (TrestleEndpoint *endpoint);

/** trestle_endpoint_dup_due: "deletes itself 18:30", "was due 18:30"; %NULL without a delete-by time */
char *trestle_endpoint_dup_due (TrestleEndpoint *endpoint);

/** trestle_endpoint_bills: whether it costs something, or will in a moment */
gboolean trestle_endpoint_bills (TrestleEndpoint *endpoint);

/** trestle_cost_between: Returns: (transfer full) (nullable): what @hourly comes to; %NULL where it is not known */
TrestleMoney *trestle_cost_between (const TrestleMoney *hourly, gint64 from, gint64 until);

/**
 * trestle_tasks_find_deployment:
 * @name: an endpoint's
 *
 * Returns: (transfer none) (nullable): the newest task that deploys it, or did
 */
TrestleTask *trestle_tasks_find_deployment (TrestleSession *session, const char *name);

/** trestle_tasks_find_running: Returns: (transfer none) (nullable): what is being done to the endpoint @name now */
TrestleTask *trestle_tasks_find_running (TrestleSession *session, const char *name);

/** trestle_task_find_step: Returns: (transfer none) (nullable): the step that runs, or ran last */
TrestleStep *trestle_task_find_step (TrestleTask *task);

G_END_DECLS
