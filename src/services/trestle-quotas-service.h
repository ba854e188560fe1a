/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"

G_BEGIN_DECLS

/** trestle_quotas_service_list: resolves to a #GListModel of #TrestleQuota of SageMaker (ListServiceQuotas) */
DexFuture *trestle_quotas_service_list (TrestleAwsClient *client);

G_END_DECLS
