/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "aws/trestle-aws-credentials.h"
#include "aws/trestle-aws-protocol.h"
#include "aws/trestle-aws-signer.h"

G_BEGIN_DECLS

/**
 * TrestleAwsExchange:
 * @model: (nullable): the service; %NULL for a plain fetch, which is neither signed nor read
 * @operation: (nullable): with @model
 * @endpoint: scheme, host, port, and the path that goes before the request's
 * @signing_region: with @model
 * @practice: it goes to the practice account
 * @credentials: with @model: asked at each try
 * @request: what is sent, without host, date and signature
 * @upload: (nullable): in place of @request's body
 * @timeout_ms: for all tries and the waits between them, not for the wait before the first
 * @max_attempts: tries, the first included
 * @stream: give the body of a success as it comes
 * @max_body: bytes above which an answer is refused
 * @answer: (nullable): the last answer
 * @output: (nullable): its members
 * @body: (nullable): with @stream
 * @attempts: tries so far
 * @latency: microseconds from the first try's start to the last byte (stream: to the headers)
 *
 * One call on its way through the transport: what is asked, and what came of it. Main thread only.
 */
typedef struct
{
  const TrestleAwsModel *model;
  const TrestleAwsOperation *operation;
  GUri *endpoint;
  char *signing_region;
  gboolean practice;
  TrestleAwsCredentialsProvider *credentials;
  TrestleAwsHttp *request;
  GFile *upload;
  guint timeout_ms;
  guint max_attempts;
  gboolean stream;
  gsize max_body;

  TrestleAwsHttp *answer;
  JsonNode *output;
  GInputStream *body;
  guint attempts;
  gint64 latency;

  char *host;
  char *invocation_id;
  char *payload_hash;
  gsize upload_size;
} TrestleAwsExchange;

/**
 * trestle_aws_exchange_new:
 * @endpoint: an address without query
 * @request: (transfer full): what is sent
 */
TrestleAwsExchange *trestle_aws_exchange_new (const char *endpoint, TrestleAwsHttp *request);
TrestleAwsExchange *trestle_aws_exchange_ref (TrestleAwsExchange *self);
void trestle_aws_exchange_unref (TrestleAwsExchange *self);

/** trestle_aws_exchange_get_host: Returns: (transfer none): as in the Host header: "127.0.0.1:8080" */
const char *trestle_aws_exchange_get_host (TrestleAwsExchange *self);

/** trestle_aws_exchange_get_replay: Returns: what may be done when an answer does not come */
TrestleAwsReplay trestle_aws_exchange_get_replay (TrestleAwsExchange *self);

/**
 * trestle_aws_exchange_hash:
 *
 * Hashes the payload once for all tries, large ones on the thread pool.
 *
 * Returns: (transfer full): resolves to %TRUE; rejects where a file cannot be read
 */
DexFuture *trestle_aws_exchange_hash (TrestleAwsExchange *self);

/**
 * trestle_aws_exchange_message:
 * @credentials: (nullable): whose signature; %NULL leaves it unsigned
 * @date: UTC microseconds of the signature
 * @upload: (nullable): the opened file of this try
 *
 * The message of the next try, signed.
 *
 * Returns: (transfer full) (nullable): the message; %TRESTLE_AWS_ERROR_VALIDATION where a header
 *   holds a control character
 */
SoupMessage *trestle_aws_exchange_message (TrestleAwsExchange *self,
                                           TrestleAwsCredentials *credentials,
                                           gint64 date,
                                           GInputStream *upload,
                                           GError **error);

/**
 * trestle_aws_exchange_signing:
 * @signing: (out caller-allocates): how requests of this service are signed; borrows from @self
 */
void trestle_aws_exchange_signing (TrestleAwsExchange *self,
                                   TrestleAwsCredentials *credentials,
                                   gint64 date,
                                   TrestleAwsSigning *signing);

/** trestle_aws_exchange_path: Returns: (transfer full): the path on the wire */
char *trestle_aws_exchange_path (TrestleAwsExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsExchange, trestle_aws_exchange_unref)

G_END_DECLS
