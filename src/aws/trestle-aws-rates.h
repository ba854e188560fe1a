/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/*
 * How many requests a second AWS takes of one account, operation by operation. Whoever keeps to it is
 * not throttled by AWS, unless somebody else uses the account as well.
 */

/**
 * trestle_aws_rate_find:
 * @service: name of the wire table
 * @region: where
 * @practice: of the practice account, which keeps to most of them as well
 *
 * Source: AWS's pages of quotas, as of August 2026.
 *
 * Returns: requests per second; 0 where AWS names no rate
 */
guint trestle_aws_rate_find (const char *service,
                             const char *operation,
                             const char *region,
                             gboolean practice);

/**
 * TrestleAwsRates:
 *
 * Lets calls go no faster than AWS takes them, each account, Region and operation for itself.
 */
typedef struct _TrestleAwsRates TrestleAwsRates;

TrestleAwsRates *trestle_aws_rates_new (void);
void trestle_aws_rates_free (TrestleAwsRates *self);

/**
 * trestle_aws_rates_wait:
 * @rate: of trestle_aws_rate_find(), above 0
 * @account: what tells one account's calls from another's
 *
 * Half a second's worth goes at once, and then one by one: what AWS counts in the same second as the
 * network brings it has room.
 *
 * Returns: (transfer full): resolves to %TRUE when the call may go. Dropping it gives up the place.
 */
DexFuture *trestle_aws_rates_wait (TrestleAwsRates *self,
                                   guint rate,
                                   const char *account,
                                   const char *region,
                                   const char *service,
                                   const char *operation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsRates, trestle_aws_rates_free)

G_END_DECLS
