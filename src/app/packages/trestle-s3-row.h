/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TrestleS3Row:
 *
 * An address in S3, typed or chosen: its button opens a #TrestleBucketDialog on the window's session.
 * Properties: "files", "folders" (boolean): what may be chosen; "narrow" (boolean): the button is an icon.
 */
#define TRESTLE_TYPE_S3_ROW (trestle_s3_row_get_type ())
G_DECLARE_FINAL_TYPE (TrestleS3Row, trestle_s3_row, TRESTLE, S3_ROW, AdwEntryRow)

G_END_DECLS
