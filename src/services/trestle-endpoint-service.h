/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"

G_BEGIN_DECLS

/* SageMaker endpoints and their configurations. */

/**
 * trestle_endpoint_service_create_config:
 * @tags: (element-type utf8 utf8) (nullable)
 *
 * Returns: (transfer full): resolves to the ARN; one variant, `AllTraffic` (CreateEndpointConfig)
 */
DexFuture *trestle_endpoint_service_create_config (TrestleAwsClient *client,
                                                   const char *name,
                                                   const char *model,
                                                   const char *instance_type,
                                                   gint64 count,
                                                   GHashTable *tags);

/** trestle_endpoint_service_describe_config: resolves to a #TrestleEndpointConfig (DescribeEndpointConfig) */
DexFuture *trestle_endpoint_service_describe_config (TrestleAwsClient *client, const char *name);

/** trestle_endpoint_service_delete_config: resolves to a string without meaning (DeleteEndpointConfig) */
DexFuture *trestle_endpoint_service_delete_config (TrestleAwsClient *client, const char *name);

/** trestle_endpoint_service_list_configs: resolves to a #GListModel of #TrestleEndpointConfig, newest first (ListEndpointConfigs) */
DexFuture *trestle_endpoint_service_list_configs (TrestleAwsClient *client);

/** trestle_endpoint_service_create: resolves to the ARN (CreateEndpoint) */
DexFuture *trestle_endpoint_service_create (TrestleAwsClient *client,
                                            const char *name,
                                            const char *config,
                                            GHashTable *tags);

/** trestle_endpoint_service_describe: resolves to a #TrestleEndpoint as Describe knows it (DescribeEndpoint) */
DexFuture *trestle_endpoint_service_describe (TrestleAwsClient *client, const char *name);

/** trestle_endpoint_service_delete: resolves to a string without meaning (DeleteEndpoint) */
DexFuture *trestle_endpoint_service_delete (TrestleAwsClient *client, const char *name);

/** trestle_endpoint_service_list: resolves to a #GListModel of #TrestleEndpoint with name, ARN, state and times, newest first (ListEndpoints) */
DexFuture *trestle_endpoint_service_list (TrestleAwsClient *client);

G_END_DECLS
