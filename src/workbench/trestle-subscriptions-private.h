/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-parts.h"

G_BEGIN_DECLS

/**
 * trestle_subscriptions_adopt:
 *
 * Puts the subscription of @agreement, new or changed, in its place; to be called from a fiber.
 *
 * Returns: (transfer full): the subscription
 */
TrestleSubscription *
trestle_subscriptions_adopt (TrestleSubscriptions *self, TrestleAgreement *agreement);

/** trestle_subscriptions_trial_left: Returns: days left of a trial of @days begun at @begun (µs), counting the one that runs; -1 where it is over */
gint64 trestle_subscriptions_trial_left (gint64 days, gint64 begun, gint64 now);

/** trestle_subscriptions_read_configure: @option: (nullable): a version's id, else the first; @version: (out): its title; Returns: (transfer full) (nullable): the ARN that a Configure @page names for @region */
char *trestle_subscriptions_read_configure (const char *page,
                                            const char *region,
                                            const char *option,
                                            char **version);

/** trestle_subscriptions_check_arn: whether @arn is one of a package or algorithm in @region; %TRESTLE_WORKBENCH_ERROR_INPUT */
gboolean trestle_subscriptions_check_arn (const char *arn, const char *region, GError **error);

G_END_DECLS
