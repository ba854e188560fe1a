/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "aws/trestle-aws-model.h"

G_BEGIN_DECLS

/*
 * Values in between are JSON whatever the protocol: members by their names, timestamps as epoch
 * seconds (a number, maybe with a fraction), blobs as base64 texts, the streaming payload apart,
 * "NaN" and the infinities as texts. Members of an answer that the table does not know are left
 * out, but for a union's: its one unknown member stays as it came, so that a new kind is told apart
 * from none.
 */

/**
 * TrestleAwsHttp:
 * @path: percent-encoded
 * @query: (nullable): percent-encoded, without "?"
 * @headers: (element-type TrestleAwsHeader): without host
 * @body: (nullable): the body
 *
 * A request or an answer before it meets the network.
 */
typedef struct
{
  char *method;
  char *path;
  char *query;
  guint status;
  GArray *headers;
  GBytes *body;
} TrestleAwsHttp;

TrestleAwsHttp *trestle_aws_http_new (void);
void trestle_aws_http_free (TrestleAwsHttp *self);

/**
 * trestle_aws_protocol_write_request:
 * @input: (nullable): the operation's input as JSON
 * @payload: (nullable): for operations whose body is a blob or stream
 *
 * Returns: (transfer full) (nullable): the request; %TRESTLE_AWS_ERROR_VALIDATION where @input does
 *   not
 *   fit (a missing path member, an object for a text)
 */
TrestleAwsHttp *trestle_aws_protocol_write_request (const TrestleAwsModel *model,
                                                    const TrestleAwsOperation *operation,
                                                    JsonNode *input,
                                                    GBytes *payload,
                                                    GError **error);

/**
 * trestle_aws_protocol_host_prefix:
 *
 * Returns: (transfer full) (nullable): what goes before the host of @operation ("stream-"), "" as a
 *   rule;
 *   %TRESTLE_AWS_ERROR_VALIDATION where a member of @input that belongs there cannot stand in a
 *   host's name
 */
char *trestle_aws_protocol_host_prefix (const TrestleAwsOperation *operation,
                                        JsonNode *input,
                                        GError **error);

/**
 * trestle_aws_protocol_read_response:
 * @answer: status, headers and (unless the output streams) body
 *
 * Returns: (transfer full) (nullable): the output as a JSON object; for an error answer %NULL and
 *   the error
 *   by trestle_aws_error_classify() with code, message, request id; %TRESTLE_AWS_ERROR_PROTOCOL
 *   where it cannot be read
 */
JsonNode *trestle_aws_protocol_read_response (const TrestleAwsModel *model,
                                              const TrestleAwsOperation *operation,
                                              const TrestleAwsHttp *answer,
                                              GError **error);

/** trestle_aws_protocol_request_id: Returns: (transfer full) (nullable) */
char *trestle_aws_protocol_request_id (const TrestleAwsHttp *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsHttp, trestle_aws_http_free)

G_END_DECLS
