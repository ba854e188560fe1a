/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/trestle-session.h"

G_BEGIN_DECLS

/**
 * TrestleBucketDialog:
 *
 * Chooses an address in S3: the account's buckets, their folders and files, a page at a time. Signal
 * "chosen": (string) "s3://…"; the dialog closes then.
 */
#define TRESTLE_TYPE_BUCKET_DIALOG (trestle_bucket_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TrestleBucketDialog, trestle_bucket_dialog, TRESTLE, BUCKET_DIALOG, AdwDialog)

/**
 * trestle_bucket_dialog_new:
 * @address: (nullable): where it begins; what is no address in S3 begins with the buckets
 * @files: whether a file may be chosen
 * @folders: whether a folder, or a whole bucket, may be
 */
GtkWidget *trestle_bucket_dialog_new (TrestleSession *session,
                                      const char *title,
                                      const char *address,
                                      gboolean files,
                                      gboolean folders);

G_END_DECLS
