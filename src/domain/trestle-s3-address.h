/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** trestle_s3_address_is_valid: Returns: whether @text is the address of a bucket, or of something in one: "s3://BUCKET/…" */
gboolean trestle_s3_address_is_valid (const char *text);

/**
 * trestle_s3_address_split:
 * @bucket: (out) (transfer full): its name
 * @key: (out) (transfer full): what follows it, or its beginning; "" for the whole bucket
 *
 * Returns: whether @text is such an address; nothing is set where it is not
 */
gboolean trestle_s3_address_split (const char *text, char **bucket, char **key);

G_END_DECLS
