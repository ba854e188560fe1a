/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"

G_BEGIN_DECLS

/* SageMaker models, and the tags of any SageMaker resource. */

/** trestle_model_service_create: from a model package, network isolation on; @tags: (element-type utf8 utf8) (nullable); resolves to the ARN (CreateModel) */
DexFuture *trestle_model_service_create (TrestleAwsClient *client,
                                         const char *name,
                                         const char *role_arn,
                                         const char *package_arn,
                                         GHashTable *tags);

/** trestle_model_service_describe: resolves to a #TrestleModel (DescribeModel) */
DexFuture *trestle_model_service_describe (TrestleAwsClient *client, const char *name);

/** trestle_model_service_delete: resolves to a string without meaning (DeleteModel) */
DexFuture *trestle_model_service_delete (TrestleAwsClient *client, const char *name);

/** trestle_model_service_list: resolves to a #GListModel of #TrestleModel, newest first (ListModels) */
DexFuture *trestle_model_service_list (TrestleAwsClient *client);

/** trestle_tag_service_list: resolves to a #GHashTable (boxed, utf8 → utf8) (ListTags) */
DexFuture *trestle_tag_service_list (TrestleAwsClient *client, const char *arn);

/** trestle_tag_service_add: resolves to a string without meaning (AddTags) */
DexFuture *trestle_tag_service_add (TrestleAwsClient *client, const char *arn, GHashTable *tags);

G_END_DECLS
