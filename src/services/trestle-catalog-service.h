/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "domain/trestle-change-request.h"
#include "domain/trestle-entity.h"

G_BEGIN_DECLS

/* The Marketplace Catalog: products, offers and the change sets that change them. */

#define TRESTLE_ENTITY_PRODUCT "MachineLearningProduct"
#define TRESTLE_ENTITY_OFFER "Offer"

/**
 * trestle_catalog_service_start:
 * @input: (transfer full): the whole input but Catalog, with ClientRequestToken
 *
 * Returns: (transfer full): resolves to the change set's identifier (StartChangeSet)
 */
DexFuture *trestle_catalog_service_start (TrestleAwsClient *client, JsonObject *input);

/** trestle_catalog_service_describe_request: resolves to a #TrestleChangeRequest with its changes (DescribeChangeSet) */
DexFuture *trestle_catalog_service_describe_request (TrestleAwsClient *client, const char *id);

/** trestle_catalog_service_cancel: resolves to the change set's identifier; only while it is being prepared (CancelChangeSet) */
DexFuture *trestle_catalog_service_cancel (TrestleAwsClient *client, const char *id);

/**
 * trestle_catalog_service_list_requests:
 * @entity: (nullable): only those that touch this product or offer
 * @after: UTC microseconds, begun later than this; 0 for all
 * @limit: at most about so many, newest first; 0 for all
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleChangeRequest (ListChangeSets)
 */
DexFuture *trestle_catalog_service_list_requests (TrestleAwsClient *client,
                                                  const char *entity,
                                                  gint64 after,
                                                  guint limit);

/** trestle_catalog_service_list_products: resolves to a #GListModel of #TrestleEntity, last changed first (ListEntities) */
DexFuture *trestle_catalog_service_list_products (TrestleAwsClient *client);

/**
 * trestle_catalog_service_list_offers:
 * @product: (nullable): only this product's
 *
 * Offers that were never released are listed too.
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleEntity, last changed first (ListEntities)
 */
DexFuture *trestle_catalog_service_list_offers (TrestleAwsClient *client, const char *product);

/** trestle_catalog_service_describe: resolves to a #TrestleEntity with its document (DescribeEntity) */
DexFuture *trestle_catalog_service_describe (TrestleAwsClient *client, const char *id);

/**
 * trestle_catalog_service_describe_all:
 * @ids: any number; AWS is asked for twenty at a time
 *
 * Returns: (transfer full): resolves to a #GListModel of #TrestleEntity in the order of @ids; those that AWS
 *   does not answer for are left out (BatchDescribeEntities)
 */
DexFuture *trestle_catalog_service_describe_all (TrestleAwsClient *client, const char *const *ids);

/* Tags and resource policies of an entity or a change set, by its ARN. */

/** trestle_catalog_service_list_tags: resolves to a #GHashTable (boxed, utf8 → utf8) (ListTagsForResource) */
DexFuture *trestle_catalog_service_list_tags (TrestleAwsClient *client, const char *arn);
/** trestle_catalog_service_tag: @tags: (element-type utf8 utf8); resolves to a string without meaning (TagResource) */
DexFuture *
trestle_catalog_service_tag (TrestleAwsClient *client, const char *arn, GHashTable *tags);
/** trestle_catalog_service_untag: resolves to a string without meaning (UntagResource) */
DexFuture *
trestle_catalog_service_untag (TrestleAwsClient *client, const char *arn, const char *const *keys);
/** trestle_catalog_service_get_policy: resolves to the policy's JSON text (GetResourcePolicy) */
DexFuture *trestle_catalog_service_get_policy (TrestleAwsClient *client, const char *arn);
/** trestle_catalog_service_put_policy: resolves to a string without meaning (PutResourcePolicy) */
DexFuture *
trestle_catalog_service_put_policy (TrestleAwsClient *client, const char *arn, const char *policy);
/** trestle_catalog_service_delete_policy: resolves to a string without meaning (DeleteResourcePolicy) */
DexFuture *trestle_catalog_service_delete_policy (TrestleAwsClient *client, const char *arn);

G_END_DECLS
