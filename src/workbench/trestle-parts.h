/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-context.h"
#include "workbench/trestle-drafts.h"
#include "workbench/trestle-own-products.h"
#include "workbench/trestle-packages.h"
#include "workbench/trestle-product-edit.h"
#include "workbench/trestle-reports.h"
#include "workbench/trestle-requests.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/* Of the workbench alone: how a session's parts are made, and the way from a session to what they share. */

TrestleCatalogue *trestle_catalogue_new (TrestleContext *context);
TrestleSubscriptions *trestle_subscriptions_new (TrestleContext *context);
TrestleEndpoints *trestle_endpoints_new (TrestleContext *context);

TrestleDrafts *trestle_drafts_new (TrestleContext *context);
TrestleOwnProducts *trestle_own_products_new (TrestleContext *context);
TrestlePackages *trestle_packages_new (TrestleContext *context);
TrestleReports *trestle_reports_new (TrestleContext *context);
TrestleRequests *trestle_requests_new (TrestleContext *context);

/** trestle_requests_note: takes in what was just read of one */
void trestle_requests_note (TrestleRequests *self, TrestleChangeRequest *request);

/**
 * trestle_requests_send:
 * @task: what shows the steps; ended by the caller
 *
 * What trestle_requests_submit() does, as a part of @task. Resolves to the #TrestleChangeRequest.
 */
DexFuture *trestle_requests_send (TrestleRequests *self,
                                  TrestleTask *task,
                                  JsonObject *changes,
                                  const char *title,
                                  const char *entity);

/** trestle_submission_get_name: Returns: (transfer none) (nullable): what the change set of @task is called, from the moment it is to be sent */
const char *trestle_submission_get_name (TrestleTask *task);

/** trestle_open_draft_new: @path: whole; (transfer full) (nullable) */
TrestleOpenDraft *trestle_open_draft_new (TrestleContext *context,
                                          TrestleDraftStore *store,
                                          const char *name,
                                          const char *path,
                                          GError **error);

/** trestle_findings_allow: Returns: whether none of @findings is an error; %TRESTLE_WORKBENCH_ERROR_INPUT says the first, and how many there are */
gboolean trestle_findings_allow (GListModel *findings, GError **error);

/** trestle_drafts_of_product: Returns: (transfer full): the draft by which @product would have been made */
TrestleDraft *trestle_drafts_of_product (TrestleOwnProduct *product);

/** trestle_session_get_context: Returns: (transfer none) */
TrestleContext *trestle_session_get_context (TrestleSession *self);

/** trestle_product_edit_get_context: Returns: (transfer none) */
TrestleContext *trestle_product_edit_get_context (TrestleProductEdit *self);

/** trestle_subscriptions_get_context: Returns: (transfer none) */
TrestleContext *trestle_subscriptions_get_context (TrestleSubscriptions *self);

/** trestle_catalogue_get_context: Returns: (transfer none) */
TrestleContext *trestle_catalogue_get_context (TrestleCatalogue *self);

/** trestle_endpoints_get_context: Returns: (transfer none) */
TrestleContext *trestle_endpoints_get_context (TrestleEndpoints *self);

G_END_DECLS
