/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "aws/trestle-aws-client.h"
#include "domain/trestle-bucket.h"
#include "domain/trestle-stored-object.h"
#include "domain/trestle-stored-page.h"

G_BEGIN_DECLS

/** trestle_s3_service_list_buckets: resolves to a #GListModel of #TrestleBucket (ListBuckets) */
DexFuture *trestle_s3_service_list_buckets (TrestleAwsClient *client);

/** trestle_s3_service_locate: resolves to the Region that @bucket is in (GetBucketLocation) */
DexFuture *trestle_s3_service_locate (TrestleAwsClient *client, const char *bucket);

/**
 * trestle_s3_service_put:
 * @region: where @bucket is
 *
 * Returns: (transfer full): resolves to the object's address, "https://…"; whether everybody can read it is
 *   the bucket's affair (PutObject)
 */
DexFuture *trestle_s3_service_put (TrestleAwsClient *client,
                                   const char *region,
                                   const char *bucket,
                                   const char *key,
                                   const char *content_type,
                                   GBytes *body);

/** trestle_s3_service_list: @prefix: (nullable); resolves to a #GListModel of #TrestleStoredObject (ListObjectsV2) */
DexFuture *trestle_s3_service_list (TrestleAwsClient *client,
                                    const char *region,
                                    const char *bucket,
                                    const char *prefix);

/**
 * trestle_s3_service_list_page:
 * @prefix: what the keys begin with; those that have a `/` behind it make a folder
 * @token: (nullable): from the page before
 *
 * Returns: (transfer full): resolves to a #TrestleStoredPage; the empty object that stands for the folder
 *   @prefix itself is none of its files (ListObjectsV2)
 */
DexFuture *trestle_s3_service_list_page (TrestleAwsClient *client,
                                         const char *region,
                                         const char *bucket,
                                         const char *prefix,
                                         const char *token);

/** trestle_s3_service_head: resolves to a #TrestleStoredObject (HeadObject) */
DexFuture *trestle_s3_service_head (TrestleAwsClient *client,
                                    const char *region,
                                    const char *bucket,
                                    const char *key);

/**
 * trestle_s3_service_save:
 * @etag: (nullable): only if it still has this one; else %TRESTLE_AWS_ERROR
 * @file: replaced; its folder is there
 *
 * Writes an object into a file as it comes, whatever its size.
 *
 * Returns: (transfer full): resolves to its bytes' number (int64) (GetObject)
 */
DexFuture *trestle_s3_service_save (TrestleAwsClient *client,
                                    const char *region,
                                    const char *bucket,
                                    const char *key,
                                    const char *etag,
                                    GFile *file);

/** trestle_s3_dup_address: Returns: (transfer full): the address of an object, "https://BUCKET.s3.REGION.amazonaws.com/KEY" */
char *trestle_s3_dup_address (const char *region, const char *bucket, const char *key);

G_END_DECLS
