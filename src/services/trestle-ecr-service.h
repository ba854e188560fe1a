/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "domain/trestle-container-image.h"

G_BEGIN_DECLS

/** trestle_ecr_service_list_repositories: resolves to a #GListModel of #TrestleContainerImage with repository and address only (DescribeRepositories) */
DexFuture *trestle_ecr_service_list_repositories (TrestleAwsClient *client);

/**
 * trestle_ecr_service_list_images:
 * @repository: as trestle_ecr_service_list_repositories() gave it
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleContainerImage, in AWS's order (DescribeImages)
 */
DexFuture *
trestle_ecr_service_list_images (TrestleAwsClient *client, TrestleContainerImage *repository);

G_END_DECLS
