/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TrestlePracticeRates:
 *
 * How fast each account asks, by Region and operation: buckets that hold a second's worth and fill up in
 * real seconds, however fast states change. The figures are those of aws/trestle-aws-rates.h.
 */
typedef struct _TrestlePracticeRates TrestlePracticeRates;

TrestlePracticeRates *trestle_practice_rates_new (void);
void trestle_practice_rates_free (TrestlePracticeRates *self);

/** trestle_practice_rates_take: Returns: whether @account may do this now; else AWS would throttle it */
gboolean trestle_practice_rates_take (TrestlePracticeRates *self,
                                      const char *account,
                                      const char *region,
                                      const char *service,
                                      const char *operation);

G_END_DECLS
