/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "domain/trestle-sample-trial.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** TRESTLE_SAMPLE_ADDRESS: where a container answers that somebody started here, mostly */
#define TRESTLE_SAMPLE_ADDRESS "http://127.0.0.1:8080"

/**
 * trestle_sample_trials_run:
 * @index: a version of the draft
 * @address: of a program on this computer that keeps SageMaker's contract, `http://127.0.0.1:8080`; no
 *   other computer is asked, so that nothing is billed
 *
 * Fetches the version's sample inputs, sends each to the model, and compares its answer with the
 * sample output.
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleSampleTrial, one for each sample that
 *   there is; %TRESTLE_WORKBENCH_ERROR_INPUT where there is none, or @address is none of this computer
 */
DexFuture *trestle_sample_trials_run (TrestleSession *session,
                                      TrestleOpenDraft *draft,
                                      guint index,
                                      const char *address);

/**
 * trestle_sample_trials_run_endpoint:
 * @endpoint: one that the account runs
 *
 * The same by InvokeEndpoint, one call for each sample; the calls are in the endpoint's history.
 *
 * Returns: (transfer full): as trestle_sample_trials_run()
 */
DexFuture *trestle_sample_trials_run_endpoint (TrestleSession *session,
                                               TrestleOpenDraft *draft,
                                               guint index,
                                               const char *endpoint);

/**
 * trestle_sample_trials_may_ask:
 * @account: (nullable): number of the seller's account
 *
 * Returns: whether @endpoint serves, and what runs on it is the seller's own: a call of somebody else's product
 *   may cost its price
 */
gboolean trestle_sample_trials_may_ask (TrestleEndpoint *endpoint, const char *account);

G_END_DECLS
