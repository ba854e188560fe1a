/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "practice/trestle-practice-state.h"

G_BEGIN_DECLS

/*
 * What Marketplace keeps copies of, so that a listing does not change when its seller's files do:
 * logos, licences, and what the packages were when their versions were published. They are objects
 * in buckets of Marketplace's own.
 */

/**
 * trestle_practice_keep_logo:
 * @type: "image/png", "image/jpeg", "image/gif"
 *
 * Returns: (transfer full): the address of the copy, "https://awsmp-logos.s3.amazonaws.com/…", for a
 *   product's `LogoUrl`
 */
char *trestle_practice_keep_logo (TrestlePracticeState *state,
                                  GBytes *logo,
                                  const char *type,
                                  gint64 now);

/**
 * trestle_practice_keep_eula:
 * @type: "text/plain", "application/pdf"
 *
 * Returns: (transfer full): the address of the copy, "https://awsmp-eulas.s3.amazonaws.com/…", for
 *   the `Url` of a CustomEula. A query may be put behind it: a presigned link looks so
 */
char *trestle_practice_keep_eula (TrestlePracticeState *state,
                                  GBytes *text,
                                  const char *type,
                                  gint64 now);

/**
 * trestle_practice_keep_package:
 * @arn: the seller's resource
 * @engine: the built-in model that its image is bound to, "" for none
 * @description: what DescribeModelPackage or DescribeAlgorithm answers
 *
 * Keeps what is sold under @arn, once and for all.
 */
void trestle_practice_keep_package (TrestlePracticeState *state,
                                    const char *arn,
                                    const char *engine,
                                    JsonObject *description,
                                    gint64 now);

/** trestle_practice_keep_find_package: Returns: (transfer full) (nullable): `engine` and `description` as they were kept */
JsonObject *trestle_practice_keep_find_package (TrestlePracticeState *state, const char *arn);

/**
 * trestle_practice_keep_dup_path:
 * @address: where a picture or licence is
 *
 * Returns: (transfer full): the path below the server's own address for a copy that is kept, or that
 *   comes with Trestle under the same name (pictures/logo/NAME, eula/NAME); @address for all else
 */
char *trestle_practice_keep_dup_path (TrestlePracticeState *state, const char *address);

/** trestle_practice_keep_read: Returns: (transfer full) (nullable): the copy behind "kept/BUCKET/KEY"; @type: (out) (transfer full): its content type */
GBytes *trestle_practice_keep_read (TrestlePracticeState *state, const char *path, char **type);

G_END_DECLS
