/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-endpoint.h"
#include "domain/trestle-offer.h"
#include "domain/trestle-price-row.h"
#include "domain/trestle-rate.h"

G_BEGIN_DECLS

/* What things cost, from what is known already: no call is made here. */

/**
 * TrestlePriceInput:
 * @offer: (nullable): whose software price
 * @recommended: (nullable): the seller's instance type
 * @supported: (nullable): types that the package runs on, where known
 * @instances: (nullable): of #TrestleInstancePrice
 * @quotas: (nullable): of #TrestleQuota
 * @endpoints: (nullable): of #TrestleEndpoint, whose instances are in use
 * @trial: a trial runs: the software costs nothing
 */
typedef struct
{
  TrestleOffer *offer;
  const char *recommended;
  const char *const *supported;
  GListModel *instances;
  GListModel *quotas;
  GListModel *endpoints;
  gboolean trial;
} TrestlePriceInput;

/** trestle_price_table_build: Returns: (transfer full): a #GListModel of #TrestlePriceRow, recommended first, then by total */
GListModel *trestle_price_table_build (const TrestlePriceInput *input);

/**
 * trestle_price_table_software:
 * @instance_type: `ml.m5.xlarge`
 *
 * Returns: (transfer full) (nullable): the seller's price of an hour of real-time hosting; zero where the hours
 *   are free, granted, or paid by call; %NULL where the offer does not tell
 */
TrestleMoney *trestle_price_table_software (TrestleOffer *offer, const char *instance_type);

/** trestle_price_table_inference: Returns: (transfer none) (nullable): price of one call, where calls are paid */
const TrestleMoney *trestle_price_table_inference (TrestleOffer *offer);

/** trestle_price_table_hint: Returns: (transfer full) (nullable): the seller's price in a few characters: "from $0.40/h", "$0.004/request", "Free", "$99/month" */
char *trestle_price_table_hint (TrestleOffer *offer);

/** trestle_price_table_trial_days: Returns: days of the trial in @offer, 0 without one */
guint trestle_price_table_trial_days (TrestleOffer *offer);

/** trestle_price_table_spent: Returns: (transfer full) (nullable): @hourly from @since to @until (µs) */
TrestleMoney *trestle_price_table_spent (const TrestleMoney *hourly, gint64 since, gint64 until);

G_END_DECLS
