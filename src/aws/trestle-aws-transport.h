/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

#include "aws/trestle-aws-config.h"

G_BEGIN_DECLS

/**
 * TrestleAwsTransport:
 *
 * The one SoupSession of a process with its TLS database, keep-alive and connection limits, AWS's
 * rates of requests (calls wait rather than be throttled), and the rules of sending again: tries,
 * delays, the retry quota, clock correction per host. Shared by
 * all clients. TLS is always verified.
 */
#define TRESTLE_TYPE_AWS_TRANSPORT (trestle_aws_transport_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAwsTransport, trestle_aws_transport, TRESTLE, AWS_TRANSPORT, GObject)

/** trestle_aws_transport_new: @ca_bundle: (nullable): PEM file in place of the system's authorities */
TrestleAwsTransport *trestle_aws_transport_new (const char *ca_bundle, GError **error);

/**
 * trestle_aws_transport_fetch:
 * @uri: http(s) address of a picture, sample file, EULA or Configure page: unsigned, redirects followed
 * @max_body: bytes above which it is refused
 *
 * Returns: (transfer full): resolves to #GBytes (boxed); rejects with %TRESTLE_AWS_ERROR
 */
DexFuture *trestle_aws_transport_fetch (TrestleAwsTransport *self, const char *uri, gsize max_body);

G_END_DECLS
