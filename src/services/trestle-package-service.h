/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "domain/trestle-package.h"

G_BEGIN_DECLS

/** trestle_package_service_describe: @arn: of a model package or an algorithm; resolves to #TrestlePackage (DescribeModelPackage, DescribeAlgorithm) */
DexFuture *trestle_package_service_describe (TrestleAwsClient *client, const char *arn);

G_END_DECLS
