/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "domain/trestle-package.h"

G_BEGIN_DECLS

/** trestle_package_service_describe: @arn: of a model package or an algorithm; resolves to #TrestlePackage (DescribeModelPackage, DescribeAlgorithm) */
DexFuture *trestle_package_service_describe (TrestleAwsClient *client, const char *arn);

/** trestle_package_service_list: the account's own; resolves to a #GListModel of #TrestlePackage without documents, newest first (ListModelPackages, ListAlgorithms) */
DexFuture *trestle_package_service_list (TrestleAwsClient *client, TrestleProductKind kind);

/** trestle_package_service_create: @input: (transfer full): the whole input; resolves to the ARN (CreateModelPackage, CreateAlgorithm) */
DexFuture *trestle_package_service_create (TrestleAwsClient *client,
                                           TrestleProductKind kind,
                                           JsonObject *input);

/** trestle_package_service_delete: resolves to a string without meaning (DeleteModelPackage, DeleteAlgorithm) */
DexFuture *trestle_package_service_delete (TrestleAwsClient *client, const char *arn);

G_END_DECLS
