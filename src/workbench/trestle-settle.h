/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/** trestle_settle_can_ask: Returns: whether the table knows how to ask for @operation's outcome */
gboolean trestle_settle_can_ask (const char *operation);

/**
 * trestle_settle_ask:
 * @operation: "sagemaker:CreateModel"
 * @resource: what it made or changed
 * @facts: what the journal says about it
 * @begun: when it was sent, µs
 *
 * Asks AWS whether @operation took effect; several times, since what was just made may not be seen at once.
 *
 * Returns: (transfer full): resolves to an ARN, an id or "" where it did; rejects with %TRESTLE_AWS_ERROR_NOT_FOUND
 *   where it did not, with anything else where that could not be found out
 */
DexFuture *trestle_settle_ask (TrestleContext *context,
                               const char *operation,
                               const char *resource,
                               JsonObject *facts,
                               gint64 begun);

G_END_DECLS
