/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/* Deleting in the order that works: endpoint, configuration, model. What is not there any more is no error. */

/**
 * trestle_teardown_endpoint:
 * @step: (nullable): is told what it waits for
 * @accepted: (nullable): is resolved to TRUE as soon as AWS has taken the deletion
 *
 * Waits until the endpoint may be deleted, deletes it and waits until it is gone.
 *
 * Returns: (transfer full): resolves to TRUE
 */
DexFuture *trestle_teardown_endpoint (TrestleContext *context,
                                      const char *name,
                                      TrestleStep *step,
                                      DexPromise *accepted);

/** trestle_teardown_config: @name: (nullable): resolves to TRUE */
DexFuture *trestle_teardown_config (TrestleContext *context, const char *name);

/** trestle_teardown_model: @name: (nullable): resolves to TRUE */
DexFuture *trestle_teardown_model (TrestleContext *context, const char *name);

/**
 * trestle_teardown_parts:
 * @config: (nullable): a configuration whose endpoint is gone
 * @models: (nullable): what it ran
 * @config_step: (nullable): is told how it goes
 * @model_step: (nullable): is told how it goes
 *
 * Deletes what no other endpoint stands on; nothing where that cannot be found out.
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleLeftover: what was kept, and for whom
 */
DexFuture *trestle_teardown_parts (TrestleContext *context,
                                   const char *config,
                                   const char *const *models,
                                   TrestleStep *config_step,
                                   TrestleStep *model_step);

/**
 * trestle_teardown_orphans:
 * @config: (nullable): what a deployment had made
 * @model: (nullable): a model, deleted only if this installation made it
 *
 * As trestle_teardown_parts().
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleLeftover
 */
DexFuture *
trestle_teardown_orphans (TrestleContext *context, const char *config, const char *model);

/** trestle_teardown_is_absent: Returns: whether @error only says that there is no such thing */
gboolean trestle_teardown_is_absent (const GError *error);

/** trestle_teardown_may_pass: Returns: whether the same question may be answered a little later: the network, the service */
gboolean trestle_teardown_may_pass (const GError *error);

G_END_DECLS
