/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/trestle-money.h"
#include "domain/trestle-deploy-plan.h"
#include "domain/trestle-endpoint.h"
#include "domain/trestle-leftover.h"
#include "domain/trestle-listing.h"
#include "domain/trestle-package.h"
#include "workbench/trestle-remote-list.h"
#include "workbench/trestle-task.h"

G_BEGIN_DECLS

/**
 * TrestleEndpoints:
 *
 * A #TrestleRemoteList of #TrestleEndpoint of the account in this Region, newest first; read every 5 s
 * while something changes, else every 60 s. Properties: "hourly" (#TrestleMoney boxed, nullable: all
 * that run), "so-far" (#TrestleMoney boxed, nullable: today), "n-running" (uint).
 */
#define TRESTLE_TYPE_ENDPOINTS (trestle_endpoints_get_type ())
G_DECLARE_FINAL_TYPE (TrestleEndpoints, trestle_endpoints, TRESTLE, ENDPOINTS, TrestleRemoteList)

/** trestle_endpoints_find: Returns: (transfer none) (nullable): as last refreshed */
TrestleEndpoint *trestle_endpoints_find (TrestleEndpoints *self, const char *name);

/** trestle_endpoints_describe: asks AWS now; resolves to #TrestleEndpoint */
DexFuture *trestle_endpoints_describe (TrestleEndpoints *self, const char *name);

/** trestle_endpoints_roles: resolves to a #GListModel of #TrestleRole, those that trust SageMaker first (ListRoles) */
DexFuture *trestle_endpoints_roles (TrestleEndpoints *self);

/** trestle_deploy_plan_check: names, types and limits, before anything is sent; %TRESTLE_WORKBENCH_ERROR_INPUT */
gboolean trestle_deploy_plan_check (TrestleDeployPlan *self, GError **error);

/** trestle_deploy_plan_to_code: @language: "cli" or "python"; Returns: (transfer full): the same as code to copy */
char *trestle_deploy_plan_to_code (TrestleDeployPlan *self,
                                   TrestleEndpoints *endpoints,
                                   const char *language);

/**
 * trestle_endpoints_deploy:
 *
 * Model → configuration → endpoint, network isolation on, tagged, journalled; a failure undoes what was made.
 *
 * Returns: (transfer full): a task (steps model, configuration, endpoint) whose result is a #TrestleEndpoint
 */
TrestleTask *trestle_endpoints_deploy (TrestleEndpoints *self, TrestleDeployPlan *plan);

/**
 * trestle_endpoints_delete:
 * @keep_model: keep the model, and the configuration too, to start again sooner
 *
 * Endpoint → configuration → model. What another endpoint stands on is kept.
 *
 * Returns: (transfer full): a task whose result is a #GListModel of #TrestleLeftover: what was kept for another
 */
TrestleTask *
trestle_endpoints_delete (TrestleEndpoints *self, const char *name, gboolean keep_model);

/**
 * trestle_endpoints_postpone:
 * @delete_by: µs; 0: never
 *
 * Returns: (transfer full): resolves to the #TrestleEndpoint with its new delete-by (AddTags)
 */
DexFuture *trestle_endpoints_postpone (TrestleEndpoints *self, const char *name, gint64 delete_by);

/**
 * trestle_endpoints_enforce:
 *
 * Deletes what this installation made and is past its delete-by. AWS is asked only when the ledger or
 * the last refresh says that something is due.
 *
 * Returns: (transfer full): resolves to how many are being deleted (int), once AWS has taken the calls
 */
DexFuture *trestle_endpoints_enforce (TrestleEndpoints *self);

/**
 * trestle_endpoints_leftovers:
 * @all: also what still runs
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleLeftover: what this installation made
 *   (by tag) and what is left of it
 */
DexFuture *trestle_endpoints_leftovers (TrestleEndpoints *self, gboolean all);

/** trestle_endpoints_clean_up: deletes @leftovers in the order that works; Returns: (transfer full): a task */
TrestleTask *trestle_endpoints_clean_up (TrestleEndpoints *self, GListModel *leftovers);

G_END_DECLS
