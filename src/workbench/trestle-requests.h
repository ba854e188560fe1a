/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "domain/trestle-change-request.h"
#include "workbench/trestle-remote-list.h"

G_BEGIN_DECLS

/**
 * TrestleRequests:
 *
 * The account's change sets of the last 90 days, newest first: a #TrestleRemoteList of
 * #TrestleChangeRequest. Those that run or failed lately come with their changes. While it is
 * watched it asks every 5 seconds for what is new, every minute for what takes longer, and every hour for
 * what people review. Properties: "n-open" (uint: those that run). Signal "ended": a change set
 * that ran came to its end (#TrestleChangeRequest).
 */
#define TRESTLE_TYPE_REQUESTS (trestle_requests_get_type ())
G_DECLARE_FINAL_TYPE (TrestleRequests, trestle_requests, TRESTLE, REQUESTS, TrestleRemoteList)

/** trestle_change_request_is_open: Returns: whether AWS is still at work on it */
gboolean trestle_change_request_is_open (TrestleChangeRequest *self);

/** trestle_change_request_is_review: Returns: whether people at AWS look at it, which takes days */
gboolean trestle_change_request_is_review (TrestleChangeRequest *self);

/** trestle_requests_describe: resolves to a #TrestleChangeRequest with its changes, as of now */
DexFuture *trestle_requests_describe (TrestleRequests *self, const char *id);

/** trestle_requests_cancel: only while it is being prepared; resolves to the #TrestleChangeRequest (CancelChangeSet) */
DexFuture *trestle_requests_cancel (TrestleRequests *self, const char *id);

/** trestle_requests_find_open: Returns: (transfer none) (nullable): the one that locks @entity, as last read */
TrestleChangeRequest *trestle_requests_find_open (TrestleRequests *self, const char *entity);

/**
 * trestle_requests_submit:
 * @changes: (transfer full): ChangeSet, and Intent where it is not APPLY: a StartChangeSet without name
 *   and token
 * @title: what it does, for people: "Publish Petal Sorter"
 * @entity: (nullable): the product or offer that it locks first
 *
 * Sends @changes once, whatever happens on the way, and follows them to their end. While another
 * change set holds one of the entities the task waits for it; that wait can be stopped.
 *
 * Returns: (transfer full): a task (steps sent, checked, applied) whose result is the
 *   #TrestleChangeRequest; a refusal is %TRESTLE_WORKBENCH_ERROR_FAILED
 */
TrestleTask *trestle_requests_submit (TrestleRequests *self,
                                      JsonObject *changes,
                                      const char *title,
                                      const char *entity);

/** trestle_submission_is: Returns: whether @task sends a change set, that of a draft too once its files are there */
gboolean trestle_submission_is (TrestleTask *task);

/** trestle_submission_get_request: Returns: (transfer none) (nullable): how far @task, of trestle_requests_submit(), has come at AWS */
TrestleChangeRequest *trestle_submission_get_request (TrestleTask *task);

G_END_DECLS
