/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-credentials.h"

G_BEGIN_DECLS

#define TRESTLE_AWS_UNSIGNED_PAYLOAD "UNSIGNED-PAYLOAD"

/** TrestleAwsHeader: one header line; a name may repeat */
typedef struct
{
  char *name;
  char *value;
} TrestleAwsHeader;

void trestle_aws_header_clear (TrestleAwsHeader *self);

/**
 * trestle_aws_headers_new: Returns: (transfer full) (element-type TrestleAwsHeader): a #GArray
 * that frees its lines
 */
GArray *trestle_aws_headers_new (void);
void trestle_aws_headers_add (GArray *headers, const char *name, const char *value);
const char *trestle_aws_headers_get (GArray *headers, const char *name);

/**
 * TrestleAwsSignable:
 * @method: "POST"
 * @path: the path as it goes on the wire (already percent-encoded), "/" at least
 * @query: (nullable): the query as it goes on the wire, without "?"
 * @headers: (element-type TrestleAwsHeader): host included
 * @payload_hash: hex SHA-256 of the body, or %TRESTLE_AWS_UNSIGNED_PAYLOAD
 *
 * What is signed: the signer never sees a network type.
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *query;
  GArray *headers;
  const char *payload_hash;
} TrestleAwsSignable;

/**
 * TrestleAwsSigning:
 * @credentials: whose
 * @region: "us-east-1"
 * @service: the signing name, "sagemaker", "s3", "aws-marketplace"
 * @date: UTC microseconds, clock correction applied
 * @normalize: resolve ".", ".." and doubled slashes in the path (all but S3)
 * @double_encode: encode the path once more (all but S3)
 * @content_sha256_header: add and sign x-amz-content-sha256 (S3)
 * @omit_session_token: add the token after signing
 */
typedef struct
{
  TrestleAwsCredentials *credentials;
  const char *region;
  const char *service;
  gint64 date;
  gboolean normalize;
  gboolean double_encode;
  gboolean content_sha256_header;
  gboolean omit_session_token;
} TrestleAwsSigning;

/**
 * TrestleAwsSignature:
 *
 * Each stage by itself, for tests and for the practice account's answer to a wrong signature.
 */
typedef struct
{
  char *canonical_request;
  char *string_to_sign;
  char *signature;
  char *signed_headers;
  char *authorization; /* header kind */
  char *query;         /* query kind: the whole signed query */
} TrestleAwsSignature;

void trestle_aws_signature_free (TrestleAwsSignature *self);

/**
 * trestle_aws_sign_headers:
 *
 * Signs in the header form and adds X-Amz-Date, X-Amz-Security-Token, x-amz-content-sha256 (where
 * asked) and Authorization to @signable's headers. Refuses a request that carries a date or an
 * authorization of its own. Never signs user-agent, connection, x-amzn-trace-id, transfer-encoding,
 * expect. Signing keys are cached per day, Region, service and key.
 *
 * Returns: (transfer full) (nullable): what was made
 */
TrestleAwsSignature *trestle_aws_sign_headers (TrestleAwsSignable *signable,
                                               const TrestleAwsSigning *signing,
                                               GError **error);

/**
 * trestle_aws_sign_query:
 * @expires: seconds, 1–604800
 *
 * Presigns: the result's query takes the place of @signable's.
 */
TrestleAwsSignature *trestle_aws_sign_query (const TrestleAwsSignable *signable,
                                             const TrestleAwsSigning *signing,
                                             guint expires,
                                             GError **error);

/**
 * trestle_aws_verify:
 * @signable: a request as it arrived, Authorization header or signed query included
 * @secret_for: gives the secret of an access key id, or %NULL
 * @now: UTC microseconds
 * @identity: (out) (transfer full): access key id
 * @region: (out) (transfer full): of the credential scope
 * @service: (out) (transfer full): of the credential scope
 * @expected: (out) (transfer full) (optional): what was computed, for the error's text
 *
 * The practice account's half. The error's details carry AWS's code (MissingAuthenticationToken,
 * IncompleteSignature, InvalidClientTokenId or UnrecognizedClientException, SignatureDoesNotMatch,
 * RequestExpired …).
 *
 * Returns: whether the signature is right and its date within 5 minutes (15 for S3, the expiry of a
 *   presigned query)
 */
gboolean trestle_aws_verify (const TrestleAwsSignable *signable,
                             const char *(*secret_for) (const char *access_key_id, gpointer data),
                             gpointer data,
                             gint64 now,
                             char **identity,
                             char **region,
                             char **service,
                             TrestleAwsSignature **expected,
                             GError **error);

/**
 * trestle_aws_sha256_hex: Returns: (transfer full): lower-case hex of @bytes (nullable: of
 * nothing)
 */
char *trestle_aws_sha256_hex (GBytes *bytes);

/**
 * trestle_aws_uri_encode: Returns: (transfer full): AWS's percent-encoding; @slash: encode "/" too
 */
char *trestle_aws_uri_encode (const char *text, gboolean slash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsSignature, trestle_aws_signature_free)

G_END_DECLS
