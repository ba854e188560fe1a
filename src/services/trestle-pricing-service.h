/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"

G_BEGIN_DECLS

/**
 * trestle_pricing_service_list:
 * @region: whose prices
 * @component: `Hosting`, `Training` …
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleInstancePrice of SageMaker (GetProducts)
 */
DexFuture *
trestle_pricing_service_list (TrestleAwsClient *client, const char *region, const char *component);

G_END_DECLS
