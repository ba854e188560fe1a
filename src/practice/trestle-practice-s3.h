/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-protocol.h"
#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

/** trestle_practice_s3_make_default_bucket: the bucket that SageMaker's tools expect an account to have */
void trestle_practice_s3_make_default_bucket (TrestlePracticeState *state, const char *account);

/** trestle_practice_s3_make_bucket: one in the practice account's home Region, where it is not there */
void trestle_practice_s3_make_bucket (TrestlePracticeState *state,
                                      const char *name,
                                      const char *account);

/* Objects as the account's own jobs see them: no signature, no answer. */

/** trestle_practice_s3_dup_owner: Returns: (transfer full) (nullable): the account of @bucket */
char *trestle_practice_s3_dup_owner (TrestlePracticeState *state, const char *bucket);
/** trestle_practice_s3_store: @meta: the user's metadata as JSON; @now: µs; Returns: (transfer full): the ETag, with its quotes */
char *trestle_practice_s3_store (TrestlePracticeState *state,
                                 const char *bucket,
                                 const char *key,
                                 const char *type,
                                 const char *meta,
                                 GBytes *body,
                                 gint64 now);
/** trestle_practice_s3_load: Returns: (transfer full) (nullable): the object's body */
GBytes *trestle_practice_s3_load (TrestlePracticeState *state, const char *bucket, const char *key);
/** trestle_practice_s3_list: Returns: (transfer full): keys that begin with @prefix, in order */
GStrv
trestle_practice_s3_list (TrestlePracticeState *state, const char *bucket, const char *prefix);

/**
 * trestle_practice_s3_is_bucket_call:
 * @bucket: (out) (transfer full): its name
 *
 * Making, looking at and deleting a bucket is not in the wire table: Trestle itself has no use for
 * it, but other tools begin with it.
 *
 * Returns: whether @request is such a call
 */
gboolean trestle_practice_s3_is_bucket_call (const TrestleAwsHttp *request, char **bucket);

/** trestle_practice_s3_bucket_call: Returns: (transfer full) (nullable): the answer; %NULL with the context's fault set */
TrestleAwsHttp *trestle_practice_s3_bucket_call (TrestlePracticeContext *ctx,
                                                 const TrestleAwsHttp *request,
                                                 const char *bucket);

G_END_DECLS
