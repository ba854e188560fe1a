/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-signer.h"

G_BEGIN_DECLS

#define TRESTLE_AWS_ALGORITHM "AWS4-HMAC-SHA256"

/*
 * Shared by the signer and the verifier.
 */

/** trestle_aws_canonical_path: @path in the form that is signed */
char *trestle_aws_canonical_path (const char *path, gboolean normalize, gboolean double_encode);

/**
 * trestle_aws_canonical_query: @query sorted and encoded, without the parameter @skip (nullable)
 */
char *trestle_aws_canonical_query (const char *query, const char *skip);

/** trestle_aws_names_to_sign: sorted lower-case names of the headers that are signed, each once */
char **trestle_aws_names_to_sign (GArray *headers);

/** trestle_aws_canonical_request: @names: sorted lower-case names of the headers that count */
char *trestle_aws_canonical_request (const TrestleAwsSignable *signable,
                                     const char *path,
                                     const char *query,
                                     const char *const *names);

/** trestle_aws_string_to_sign: from the date, the scope and the hash of @canonical_request */
char *
trestle_aws_string_to_sign (const char *amz_date, const char *scope, const char *canonical_request);

/**
 * trestle_aws_signature: the hex signature; the key derived from @secret is kept for a day's use
 */
char *trestle_aws_signature (const char *secret,
                             const char *day,
                             const char *region,
                             const char *service,
                             const char *string_to_sign);

/**
 * trestle_aws_query_get: Returns: (transfer full) (nullable): the decoded value of parameter @name
 */
char *trestle_aws_query_get (const char *query, const char *name);

G_END_DECLS
