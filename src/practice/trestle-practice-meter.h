/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/trestle-practice-world.h"

G_BEGIN_DECLS

/*
 * What the practice accounts use of the practice seller's products, as it comes into its reports:
 * the table `metering`, quantities in millionths.
 */

/**
 * trestle_practice_meter_add:
 * @package: what models and variants remember of the package
 * @key: "ml.m5.large.m.i.r"; what the agreement has no price for is not counted
 * @micro: millionths of an hour or of a call
 *
 * Counts use of a product of the practice seller by an account that is subscribed to it; of any other
 * it does nothing.
 */
void trestle_practice_meter_add (TrestlePracticeWorld *world,
                                 const char *account,
                                 const char *region,
                                 const char *package,
                                 const char *key,
                                 gint64 micro,
                                 gint64 time);

/** trestle_practice_meter_call: an inference that was answered with success */
void trestle_practice_meter_call (TrestlePracticeWorld *world,
                                  const char *account,
                                  const char *region,
                                  const char *package,
                                  gint64 time);

/**
 * trestle_practice_meter_endpoints:
 * @account: (nullable): whose; %NULL for all that run
 * @endpoint: (nullable): one that stops: its last minute counts, even if it has only begun
 *
 * Counts the minutes of endpoints that are in service.
 */
void trestle_practice_meter_endpoints (TrestlePracticeWorld *world,
                                       const char *account,
                                       const char *region,
                                       const char *endpoint,
                                       gint64 now);

/** trestle_practice_meter_job: counts the minutes of a batch transform job of @count instances that ran from @from to @to, begun ones whole */
void trestle_practice_meter_job (TrestlePracticeWorld *world,
                                 const char *account,
                                 const char *region,
                                 const char *package,
                                 const char *type,
                                 gint64 count,
                                 gint64 from,
                                 gint64 to);

G_END_DECLS
