/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-invocation.h"
#include "domain/trestle-invoke-request.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/** trestle_invoke_guess_type: resolves to a content type text for @file among @supported (nullable), by content and name (string) */
DexFuture *trestle_invoke_guess_type (GFile *file, const char *const *supported);

/** trestle_invoke_check: size, type and attributes against the limits; @size in bytes; %TRESTLE_WORKBENCH_ERROR_INPUT says which route would fit */
gboolean trestle_invoke_check (TrestleInvokeRequest *request, gsize size, GError **error);

/**
 * trestle_invoke_send:
 *
 * Checks, sends and keeps it in the history. Resolves to a #TrestleInvocation also when the endpoint or AWS
 * answered with an error ("error-code" says so) or the check refused it; rejects only when the file cannot be read.
 */
DexFuture *trestle_invoke_send (TrestleSession *session, TrestleInvokeRequest *request);

/**
 * trestle_invoke_package:
 *
 * Returns: (transfer full): resolves to a #TrestlePackage with what the model behind @endpoint takes: remembered from an
 *   earlier call, else asked (DescribeEndpoint, DescribeEndpointConfig, DescribeModel, DescribeModelPackage). Its
 *   lists are empty where that cannot be told.
 */
DexFuture *trestle_invoke_package (TrestleSession *session, const char *endpoint);

/** trestle_invoke_history: @endpoint: (nullable): all; resolves to a #GListModel of #TrestleInvocation, newest first, without bodies */
DexFuture *trestle_invoke_history (TrestleSession *session, const char *endpoint, guint limit);

/** trestle_invoke_recall: resolves to the #TrestleInvocation of the history with its body */
DexFuture *trestle_invoke_recall (TrestleSession *session, gint64 id);

G_END_DECLS
