/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/trestle-instance-price.h"
#include "domain/trestle-quota.h"
#include "workbench/trestle-context.h"

G_BEGIN_DECLS

/** trestle_prices_instances: resolves to a #GListModel of #TrestleInstancePrice for hosting in this Region, asked once a day */
DexFuture *trestle_prices_instances (TrestleContext *context);

/** trestle_prices_quotas: resolves to a #GListModel of #TrestleQuota for endpoints, asked once a day */
DexFuture *trestle_prices_quotas (TrestleContext *context);

/** trestle_prices_find: Returns: (transfer none) (nullable): the price of @instance_type in @prices (nullable) */
TrestleInstancePrice *trestle_prices_find (GListModel *prices, const char *instance_type);

/** trestle_prices_find_quota: Returns: instances of @instance_type that endpoints may have; -1 where @quotas (nullable) do not tell */
gint64 trestle_prices_find_quota (GListModel *quotas, const char *instance_type);

G_END_DECLS
