/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/**
 * trestle_usage_find:
 * @without: (nullable): endpoints that do not count, for they go as well
 *
 * What the account's endpoints stand on, whoever made them, and what deployments under way have made so far.
 * AWS deletes a configuration or a model without a word while an endpoint runs on it. Endpoints that are being
 * deleted do not count. Where one of them cannot be asked nothing is known to be unused, and the future rejects
 * (ListEndpoints, DescribeEndpoint, DescribeEndpointConfig).
 *
 * Returns: (transfer full): resolves to a #GHashTable (boxed) for trestle_usage_get_user()
 */
DexFuture *trestle_usage_find (TrestleContext *context, const char *const *without);

/**
 * trestle_usage_get_user:
 * @kind: "model" or "endpoint-config"
 *
 * Returns: (nullable): an endpoint that stands on @name; %NULL where none does
 */
const char *trestle_usage_get_user (GHashTable *usage, const char *kind, const char *name);

G_END_DECLS
