/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-parts.h"

G_BEGIN_DECLS

/** trestle_endpoints_drop: takes @name, and what was remembered of it, out of the list */
void trestle_endpoints_drop (TrestleEndpoints *self, const char *name);

/** trestle_endpoint_sum_hourly: Returns: (transfer full) (nullable): an hour of all of @endpoints that run */
TrestleMoney *trestle_endpoint_sum_hourly (GListModel *endpoints);

/** trestle_endpoint_sum_today: Returns: (transfer full) (nullable): since midnight: @endpoints, and what the ledger says ran and is gone */
TrestleMoney *trestle_endpoint_sum_today (GListModel *endpoints, TrestleContext *context);

/** trestle_delete_by_keep: remembers a delete-by (µs) other than the ledger's; 0: never; negative: as the ledger says */
void trestle_delete_by_keep (TrestleContext *context, const char *name, gint64 delete_by);

/** trestle_roles_remember: @arn served; it comes first the next time */
void trestle_roles_remember (TrestleContext *context, const char *arn);

G_END_DECLS
