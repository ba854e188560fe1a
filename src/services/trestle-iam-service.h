/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"

G_BEGIN_DECLS

/** trestle_iam_service_list_roles: resolves to a #GListModel of #TrestleRole as IAM orders them (ListRoles) */
DexFuture *trestle_iam_service_list_roles (TrestleAwsClient *client);

/** trestle_iam_service_get_role: @name: last part of its ARN; resolves to a #TrestleRole (GetRole) */
DexFuture *trestle_iam_service_get_role (TrestleAwsClient *client, const char *name);

/** trestle_iam_trusts_sagemaker: @document: a trust policy, JSON, percent-encoded or not. Returns: whether SageMaker may assume the role */
gboolean trestle_iam_trusts_sagemaker (const char *document);

/** trestle_iam_trusts_marketplace: Returns: whether the account of AWS Marketplace that writes data sets may assume the role */
gboolean trestle_iam_trusts_marketplace (const char *document);

G_END_DECLS
