/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * trestle_aws_endpoint_variable:
 * @service: name of a wire table
 *
 * Returns: (transfer full): what AWS's tools call it in variables: "SAGEMAKER_RUNTIME"
 */
char *trestle_aws_endpoint_variable (const char *service);

/**
 * trestle_aws_endpoint_default:
 * @region: where the caller is
 * @signing_region: (out) (transfer full): where the service is for such a caller
 *
 * Returns: (transfer full) (nullable): the address by the table of hosts; %TRESTLE_AWS_ERROR_CONFIG
 *   where @region is no Region's name
 */
char *trestle_aws_endpoint_default (const char *service,
                                    const char *region,
                                    char **signing_region,
                                    GError **error);

/**
 * trestle_aws_endpoint_signing_region:
 *
 * Returns: (transfer full): where @service is for a caller in @region
 */
char *trestle_aws_endpoint_signing_region (const char *service, const char *region);

/**
 * trestle_aws_endpoint_check:
 * @address: what a variable or file says
 * @where: what says so, for the error's text: "AWS_ENDPOINT_URL"
 *
 * An address must be https, or http to this computer; it has no user, query or fragment.
 *
 * Returns: (transfer full) (nullable): @address in its usual form, without a slash at the end
 */
char *trestle_aws_endpoint_check (const char *address, const char *where, GError **error);

G_END_DECLS
