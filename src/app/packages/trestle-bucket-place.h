/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TrestleBucketPlace:
 *
 * The way to a folder in S3, each part of it a button that leads there. Signal "go": (string, string)
 * bucket and folder, both "" for the list of buckets.
 */
#define TRESTLE_TYPE_BUCKET_PLACE (trestle_bucket_place_get_type ())
G_DECLARE_FINAL_TYPE (TrestleBucketPlace, trestle_bucket_place, TRESTLE, BUCKET_PLACE, GtkWidget)

/** trestle_bucket_place_show: @bucket: "" for the list of buckets; @folder: "" or with its `/` at the end */
void trestle_bucket_place_show (TrestleBucketPlace *self, const char *bucket, const char *folder);

/** trestle_bucket_dup_last: Returns: (transfer full): the last part of @key, without its `/` */
char *trestle_bucket_dup_last (const char *key);

G_END_DECLS
