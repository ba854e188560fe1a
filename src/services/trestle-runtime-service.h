/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "domain/trestle-invocation.h"

G_BEGIN_DECLS

/**
 * TrestleRuntimeCall:
 * @bytes: (nullable): the body
 * @file: (nullable): in place of @bytes: a file that is streamed
 * @size: bytes of the body
 * @file_name: (nullable): for the history
 *
 * One call of an endpoint.
 */
typedef struct
{
  const char *endpoint;
  const char *content_type;
  const char *accept;
  const char *attributes;
  const char *variant;
  GBytes *bytes;
  GFile *file;
  gint64 size;
  const char *file_name;
} TrestleRuntimeCall;

/** trestle_runtime_service_invoke: @call is copied; resolves to a #TrestleInvocation of a success (InvokeEndpoint) */
DexFuture *
trestle_runtime_service_invoke (TrestleAwsClient *client, const TrestleRuntimeCall *call);

/**
 * trestle_runtime_service_failed:
 * @when: when it was sent, µs
 * @latency: µs until the error
 *
 * Returns: (transfer full): the #TrestleInvocation of a call that ended with @error, with what AWS told about it
 */
TrestleInvocation *trestle_runtime_service_failed (const TrestleRuntimeCall *call,
                                                   const GError *error,
                                                   gint64 when,
                                                   gint64 latency);

G_END_DECLS
