/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleBucketBrowser:
 *
 * S3, a place at a time, to choose from: the account's buckets, or the folders and files of one. A
 * #GListModel of #TrestleBucket, or of #TrestleStoredObject, folders first. Properties: "bucket" (string:
 * which one; "" for the list of buckets), "prefix" (string: what the names of all items begin with), "more"
 * (boolean: there are further ones).
 */
#define TRESTLE_TYPE_BUCKET_BROWSER (trestle_bucket_browser_get_type ())
G_DECLARE_FINAL_TYPE (TrestleBucketBrowser,
                      trestle_bucket_browser,
                      TRESTLE,
                      BUCKET_BROWSER,
                      GObject)

/** trestle_bucket_browser_new: Returns: (transfer full): nowhere yet */
TrestleBucketBrowser *trestle_bucket_browser_new (TrestleSession *session);

/**
 * trestle_bucket_browser_open:
 * @bucket: "" for the list of buckets
 * @prefix: a folder with its `/`, and what the names in it begin with; of buckets what their names do
 *
 * Goes there and reads the first page (ListBuckets, which is asked once; GetBucketLocation, ListObjectsV2).
 *
 * Returns: (transfer full): resolves to TRUE once the items are there; %G_IO_ERROR_CANCELLED when another
 *   place was opened meanwhile
 */
DexFuture *
trestle_bucket_browser_open (TrestleBucketBrowser *self, const char *bucket, const char *prefix);

/** trestle_bucket_browser_read_more: appends the next page; resolves to TRUE, as trestle_bucket_browser_open() */
DexFuture *trestle_bucket_browser_read_more (TrestleBucketBrowser *self);

const char *trestle_bucket_browser_get_bucket (TrestleBucketBrowser *self);
const char *trestle_bucket_browser_get_prefix (TrestleBucketBrowser *self);
gboolean trestle_bucket_browser_get_more (TrestleBucketBrowser *self);

/** trestle_bucket_browser_dup_folder: Returns: (transfer full): the folder that is open, "" or with its `/` at the end */
char *trestle_bucket_browser_dup_folder (TrestleBucketBrowser *self);

/**
 * trestle_bucket_browser_get_elsewhere:
 *
 * Returns: (transfer none) (nullable): the Region of the bucket, if it is another than the session's; what
 *   SageMaker makes here cannot read from it
 */
const char *trestle_bucket_browser_get_elsewhere (TrestleBucketBrowser *self);

/**
 * trestle_bucket_browser_dup_address:
 * @item: (nullable): one of the items; the folder that is open for %NULL
 *
 * Returns: (transfer full) (nullable): "s3://…"; %NULL for the list of buckets itself
 */
char *trestle_bucket_browser_dup_address (TrestleBucketBrowser *self, gpointer item);

G_END_DECLS
