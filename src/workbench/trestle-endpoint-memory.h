/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-package.h"
#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/*
 * What the model behind an endpoint takes, kept over runs: four calls tell it, and a command that sends one small file
 * should not wait for them each time. Forgotten when the endpoint is deployed, deleted or answers with an error.
 */

/** trestle_endpoint_memory_keep: remembers the types of @package for @endpoint */
void trestle_endpoint_memory_keep (TrestleContext *context,
                                   const char *endpoint,
                                   TrestlePackage *package);

/** trestle_endpoint_memory_recall: Returns: (transfer full) (nullable): ARN, content and response types only */
TrestlePackage *trestle_endpoint_memory_recall (TrestleContext *context, const char *endpoint);

void trestle_endpoint_memory_forget (TrestleContext *context, const char *endpoint);

G_END_DECLS
