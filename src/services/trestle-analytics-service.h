/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"

G_BEGIN_DECLS

/**
 * trestle_analytics_service_generate:
 * @set: dataSetType
 * @date: UTC microseconds: which day's or month's
 * @role: ARN of the role that writes it
 * @bucket: where to, of the caller's account
 * @prefix: (nullable): before its key
 * @topic: ARN of the topic that is told; Commerce Analytics wants one
 *
 * Asks for a data set, which is written minutes later as PREFIX/SET_DATE.csv and .meta.json.
 *
 * Returns: (transfer full): resolves to the request's identifier, which the .meta.json names (GenerateDataSet)
 */
DexFuture *trestle_analytics_service_generate (TrestleAwsClient *client,
                                               const char *set,
                                               gint64 date,
                                               const char *role,
                                               const char *bucket,
                                               const char *prefix,
                                               const char *topic);

G_END_DECLS
