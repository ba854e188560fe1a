/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "services/trestle-service.h"

G_BEGIN_DECLS

/**
 * trestle_logs_service_filter:
 * @since: µs, inclusive
 * @until: µs, exclusive; 0: open
 * @pattern: (nullable): CloudWatch filter pattern
 * @limit: events of a page; 0: as many as AWS gives
 * @page: (nullable): is told each page, also empty ones
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleLogEvent, oldest first (FilterLogEvents)
 */
DexFuture *trestle_logs_service_filter (TrestleAwsClient *client,
                                        const char *group,
                                        gint64 since,
                                        gint64 until,
                                        const char *pattern,
                                        guint limit,
                                        TrestleServicePage page,
                                        gpointer data,
                                        GDestroyNotify destroy);

/** trestle_logs_service_groups: resolves to a #GStrv of group names (DescribeLogGroups) */
DexFuture *trestle_logs_service_groups (TrestleAwsClient *client, const char *prefix);

G_END_DECLS
