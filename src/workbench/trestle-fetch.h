/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/** trestle_fetch: a file by plain HTTP(S), kept on disk for a week; resolves to #GBytes */
DexFuture *trestle_fetch (TrestleContext *context, const char *uri, gsize max_body);

/** trestle_fetch_resolve: Returns: (transfer full): @uri, at the practice server's present address */
char *trestle_fetch_resolve (TrestleContext *context, const char *uri);

G_END_DECLS
