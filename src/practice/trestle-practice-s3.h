/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-protocol.h"
#include "practice/trestle-practice-context.h"

G_BEGIN_DECLS

/** trestle_practice_s3_make_default_bucket: the bucket that SageMaker's tools expect an account to have */
void trestle_practice_s3_make_default_bucket (TrestlePracticeState *state, const char *account);

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
