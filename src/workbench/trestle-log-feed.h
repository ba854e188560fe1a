/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-log-event.h"
#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleLogFeed:
 *
 * A #GListModel of #TrestleLogEvent of one log group, newest first. Properties: "group" (string), "follow"
 * (boolean, polls with back-off), "loading" (boolean), "complete" (boolean: the oldest asked for is there),
 * "missing" (boolean: the group does not exist yet), "error" (GError boxed, nullable).
 * Source: FilterLogEvents.
 */
#define TRESTLE_TYPE_LOG_FEED (trestle_log_feed_get_type ())
G_DECLARE_FINAL_TYPE (TrestleLogFeed, trestle_log_feed, TRESTLE, LOG_FEED, GObject)

/** trestle_log_feed_new: @since: µs; @pattern: (nullable): CloudWatch filter pattern */
TrestleLogFeed *trestle_log_feed_new (TrestleSession *session,
                                      const char *group,
                                      gint64 since,
                                      const char *pattern);
/** trestle_log_feed_load: resolves to TRUE when all pages since @since are in */
DexFuture *trestle_log_feed_load (TrestleLogFeed *self);
/** trestle_log_feed_poll: asks once for what is new; resolves to how many came (int) */
DexFuture *trestle_log_feed_poll (TrestleLogFeed *self);
void trestle_log_feed_set_follow (TrestleLogFeed *self, gboolean follow);

/** trestle_log_group_for_endpoint: Returns: (transfer full): `/aws/sagemaker/Endpoints/NAME` */
char *trestle_log_group_for_endpoint (const char *endpoint);

/** trestle_log_groups: resolves to a strv of the groups under `/aws/sagemaker/` (DescribeLogGroups) */
DexFuture *trestle_log_groups (TrestleSession *session);

G_END_DECLS
