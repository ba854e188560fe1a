/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "aws/trestle-aws-config.h"
#include "aws/trestle-aws-credentials.h"
#include "aws/trestle-aws-transport.h"

G_BEGIN_DECLS

/**
 * TrestleAwsReply:
 *
 * What one call brought; immutable.
 */
#define TRESTLE_TYPE_AWS_REPLY (trestle_aws_reply_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAwsReply, trestle_aws_reply, TRESTLE, AWS_REPLY, GObject)

/** trestle_aws_reply_get_output: Returns: (transfer none): modelled members as a JSON object, payload apart */
JsonNode *trestle_aws_reply_get_output (TrestleAwsReply *self);
/** trestle_aws_reply_get_payload: Returns: (transfer none) (nullable): a blob body */
GBytes *trestle_aws_reply_get_payload (TrestleAwsReply *self);
/** trestle_aws_reply_get_stream: Returns: (transfer none) (nullable): with #TrestleAwsCall.stream, the body as it comes */
GInputStream *trestle_aws_reply_get_stream (TrestleAwsReply *self);
const char *trestle_aws_reply_get_header (TrestleAwsReply *self, const char *name);
const char *trestle_aws_reply_get_request_id (TrestleAwsReply *self);
guint trestle_aws_reply_get_attempts (TrestleAwsReply *self);
/** trestle_aws_reply_get_latency: Returns: microseconds from the first try's start to the last byte (stream: first byte) */
gint64 trestle_aws_reply_get_latency (TrestleAwsReply *self);

/**
 * TrestleAwsCall:
 * @service: name of a wire table
 * @operation: "CreateEndpoint"
 * @input: (nullable) (transfer none): the input's members
 * @payload: (nullable) (transfer none): body of a blob operation
 * @upload: (nullable) (transfer none): in place of @payload: a file that is streamed, with UNSIGNED-PAYLOAD
 *   over https and a hash made beforehand over http
 * @region: (nullable): another Region than the client's
 * @timeout_ms: 0: the operation's or the default (60 s; InvokeEndpoint 70 s)
 * @stream: give the body as a stream
 * @max_body: bytes above which the answer is a protocol error; 0: 64 MiB
 */
typedef struct
{
  const char *service;
  const char *operation;
  JsonNode *input;
  GBytes *payload;
  GFile *upload;
  const char *region;
  guint timeout_ms;
  gboolean stream;
  gsize max_body;
} TrestleAwsCall;

/**
 * TrestleAwsCallRecord:
 * @service: "sagemaker"
 * @operation: "CreateEndpoint"
 * @region: where the caller was
 * @status: HTTP status of the last answer, 0 where none came
 * @request_id: (nullable): of the last answer
 * @attempts: tries
 * @latency: microseconds for all of them
 * @started: UTC microseconds
 * @error: (nullable): AWS's code, or the name of ours where AWS gave none; %NULL for a success
 *
 * A line of the request journal. Nothing in it is secret.
 */
typedef struct
{
  char *service;
  char *operation;
  char *region;
  guint status;
  char *request_id;
  guint attempts;
  gint64 latency;
  gint64 started;
  char *error;
} TrestleAwsCallRecord;

#define TRESTLE_TYPE_AWS_CALL_RECORD (trestle_aws_call_record_get_type ())
GType trestle_aws_call_record_get_type (void) G_GNUC_CONST;
TrestleAwsCallRecord *trestle_aws_call_record_copy (const TrestleAwsCallRecord *self);
void trestle_aws_call_record_free (TrestleAwsCallRecord *self);

/**
 * TrestleAwsClient:
 *
 * Calls AWS for one identity in one Region: endpoint, credentials, signature, transport and errors
 * in one place. Emits ::called (#TrestleAwsCallRecord) after each call that was tried, for the
 * request journal.
 */
#define TRESTLE_TYPE_AWS_CLIENT (trestle_aws_client_get_type ())
G_DECLARE_FINAL_TYPE (TrestleAwsClient, trestle_aws_client, TRESTLE, AWS_CLIENT, GObject)

TrestleAwsClient *trestle_aws_client_new (TrestleAwsTransport *transport,
                                          TrestleAwsConfig *config,
                                          TrestleAwsCredentialsProvider *credentials,
                                          const char *region);
const char *trestle_aws_client_get_region (TrestleAwsClient *self);

/**
 * trestle_aws_client_call:
 * @service: name of a wire table
 * @operation: its operation
 * @input: (nullable) (transfer none): members as JSON; a client token that is missing is made
 *
 * Returns: (transfer full): resolves to a #TrestleAwsReply; rejects with %TRESTLE_AWS_ERROR
 */
DexFuture *trestle_aws_client_call (TrestleAwsClient *self,
                                    const char *service,
                                    const char *operation,
                                    JsonNode *input);

/** trestle_aws_client_call_full: the same, with all that can be said; @call is copied */
DexFuture *trestle_aws_client_call_full (TrestleAwsClient *self, const TrestleAwsCall *call);

/**
 * trestle_aws_client_presign:
 * @call: a GET or PUT; its payload is not looked at
 * @expires: seconds, 1–604800
 *
 * Returns: (transfer full): resolves to the address as text; who has it may do this one thing until
 *   it expires
 */
DexFuture *
trestle_aws_client_presign (TrestleAwsClient *self, const TrestleAwsCall *call, guint expires);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsCallRecord, trestle_aws_call_record_free)

G_END_DECLS
