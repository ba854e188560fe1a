/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-endpoint.h"
#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/**
 * trestle_endpoint_detail:
 *
 * Asks for all that there is to say about an endpoint: itself, its configuration, its model, its
 * tags, where it comes from and what it costs. Only the endpoint itself must answer.
 *
 * Returns: (transfer full): resolves to a #TrestleEndpoint
 */
DexFuture *trestle_endpoint_detail (TrestleContext *context, const char *name);

/** trestle_endpoint_detail_forget: the tags of @endpoint changed */
void trestle_endpoint_detail_forget (TrestleContext *context, const char *name);

/** trestle_endpoint_cost: Returns: (transfer full): @endpoint with what it has cost until now */
TrestleEndpoint *trestle_endpoint_cost (TrestleEndpoint *endpoint);

/** trestle_endpoint_is_running: Returns: whether it serves or is about to, and so costs */
gboolean trestle_endpoint_is_running (TrestleEndpoint *endpoint);

G_END_DECLS
