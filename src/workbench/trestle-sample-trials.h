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

G_END_DECLS
