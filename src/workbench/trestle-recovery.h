/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/* Flows of several calls have an entry of their own around those of the calls. */
#define TRESTLE_FLOW_DEPLOY "trestle:Deploy"
#define TRESTLE_FLOW_DELETE "trestle:Delete"

/**
 * trestle_recovery_run:
 *
 * Settles what an earlier run left in the journal: single calls by asking AWS; an interrupted deployment by
 * keeping the endpoint where there is one, else by deleting model and configuration; an interrupted deletion
 * by going on with it. Work of processes that still run is left alone.
 *
 * Returns: (transfer full): resolves to how many were settled (int)
 */
DexFuture *trestle_recovery_run (TrestleContext *context);

G_END_DECLS
