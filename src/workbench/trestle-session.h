/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "domain/trestle-account.h"
#include "domain/trestle-identity.h"
#include "store/trestle-store.h"
#include "workbench/trestle-catalogue.h"
#include "workbench/trestle-endpoints.h"
#include "workbench/trestle-drafts.h"
#include "workbench/trestle-own-products.h"
#include "workbench/trestle-packages.h"
#include "workbench/trestle-reports.h"
#include "workbench/trestle-requests.h"
#include "workbench/trestle-subscriptions.h"
#include "workbench/trestle-task.h"

G_BEGIN_DECLS

/**
 * TrestleSession:
 *
 * One account in one Region: credentials, services, caches, journal. Two may be open side by side
 * and never mix. Properties: "account" (#TrestleAccount), "region" (string), "identity"
 * (#TrestleIdentity, NULL until known), "tasks" (#GListModel of running and recent #TrestleTask).
 */
#define TRESTLE_TYPE_SESSION (trestle_session_get_type ())
G_DECLARE_FINAL_TYPE (TrestleSession, trestle_session, TRESTLE, SESSION, GObject)

/**
 * trestle_session_open:
 * @account: whose; a practice account starts its server when it is not running
 * @region: (nullable): else the account's, else us-east-1
 *
 * No call to AWS is made. Settling what an earlier run left unfinished is trestle_session_recover().
 *
 * Returns: (transfer full): resolves to a #TrestleSession
 */
DexFuture *trestle_session_open (TrestleAccount *account, const char *region);

TrestleAccount *trestle_session_get_account (TrestleSession *self);
const char *trestle_session_get_region (TrestleSession *self);
TrestleIdentity *trestle_session_get_identity (TrestleSession *self);
gboolean trestle_session_is_practice (TrestleSession *self);
TrestleAwsClient *trestle_session_get_client (TrestleSession *self);
TrestleStore *trestle_session_get_store (TrestleSession *self);
GListModel *trestle_session_get_tasks (TrestleSession *self);

/** trestle_session_get_tag: Returns: the value of `trestle:session` on what this installation makes */
const char *trestle_session_get_tag (TrestleSession *self);

TrestleCatalogue *trestle_session_get_catalogue (TrestleSession *self);
TrestleSubscriptions *trestle_session_get_subscriptions (TrestleSession *self);
TrestleEndpoints *trestle_session_get_endpoints (TrestleSession *self);
TrestleDrafts *trestle_session_get_drafts (TrestleSession *self);
TrestleOwnProducts *trestle_session_get_own_products (TrestleSession *self);
TrestlePackages *trestle_session_get_packages (TrestleSession *self);
TrestleReports *trestle_session_get_reports (TrestleSession *self);
TrestleRequests *trestle_session_get_requests (TrestleSession *self);

/** trestle_session_machine_prices: resolves to a #GListModel of #TrestleInstancePrice for hosting, batch and training in this Region, asked once a day */
DexFuture *trestle_session_machine_prices (TrestleSession *self);

/** trestle_session_identify: Returns: (transfer full): resolves to a #TrestleIdentity (STS GetCallerIdentity), cached */
DexFuture *trestle_session_identify (TrestleSession *self);

/** trestle_session_recover: settles journalled calls without an outcome by asking AWS, then enforces delete-by; resolves to the number settled (int) */
DexFuture *trestle_session_recover (TrestleSession *self);

/** trestle_session_add_task: keeps @task alive and in "tasks" */
void trestle_session_add_task (TrestleSession *self, TrestleTask *task);

/** trestle_session_fetch: a picture, sample file or text by plain HTTP(S), cached on disk; resolves to #GBytes */
DexFuture *trestle_session_fetch (TrestleSession *self, const char *uri, gsize max_body);

G_END_DECLS
